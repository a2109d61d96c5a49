"""The sandbox on a socket: from a thread for tests and clients that need a URL, or until it is stopped.

Decides what a running server says of itself (the ready file) and how it starts and stops. What it serves
is `mock_server`'s affair.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

import mock_server
import spec
from contract_tests.host import hosted
from contract_tests.report.files import write
from contract_tests.target import Misuse
from mock_server import Access, Sandbox

GRACE_S = 3
"""How long a request that is still running may take when the server is told to stop."""

_SELDOM = 50_000, 20, 20
"""When Python looks for garbage in a server's process: more seldom than by itself, because each search walks over
books that only grow."""


@dataclass(frozen=True, slots=True)
class Served:
    """One API of a running server: where it answers, and the ways in.

    base_url: with the document's server path. scope, token: the first tenant's; other: the second
    tenant's. documentation: the Swagger UI page.
    """

    base_url: str
    token: str
    scope: Mapping[str, str]
    other: Access
    documentation: str


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its root address and its APIs by name."""

    base_url: str
    access: Mapping[str, Served]

    def ready(self) -> dict[str, Any]:
        """What the ready file holds; `fixtura check --target` reads it."""
        return {
            "base_url": self.base_url,
            "pid": os.getpid(),
            "apis": {
                name: {
                    "base_url": api.base_url,
                    "token": api.token,
                    "scope": dict(api.scope),
                    "other": {"scope": dict(api.other.scope), "token": api.other.token},
                }
                for name, api in self.access.items()
            },
        }


@contextmanager
def serving(
    apis: Sequence[str] | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    seed: int | None = None,
    token: str | None = None,
    any_token: bool = False,
    open_tenants: bool = False,
    fault_ids: Sequence[str] = (),
    variant_names: Sequence[str] = (),
    now: str | None = None,
    **switches: bool,
) -> Iterator[Server]:
    """Serve sandboxes from a thread until the block ends; port 0 is any free one.

    The rest is as in `fixtura serve`; `switches` are the profiles'. Raises spec.UnknownApi,
    spec.UnknownSwitch, UnknownFault, UnknownVariant, and Misuse when the port is taken.
    """
    sandbox = mock_server.open_sandbox(
        apis,
        seed=seed,
        token=token,
        any_token=any_token,
        open_tenants=open_tenants,
        switches=switches,
        fault_ids=fault_ids,
        variant_names=variant_names,
        now=now,
    )
    with hosted(sandbox.app, host=host, port=port) as url:
        yield describe(sandbox, url)


def describe(sandbox: Sandbox, url: str) -> Server:
    """What `sandbox` is called when it answers at `url`."""
    return Server(
        url,
        {
            name: Served(
                base_url=url + spec.load(name).base_path,
                token=instance.access.token,
                scope=instance.access.scope,
                other=instance.other,
                documentation=url + sandbox.documentation[name],
            )
            for name, instance in sandbox.instances.items()
        },
    )


def serve_until_stopped(sandbox: Sandbox, host: str, port: int, ready: Callable[[Server], None]) -> None:
    """Serve in this thread until Ctrl-C or SIGTERM; `ready` is called when requests are answered.

    Raises Misuse when the address cannot be had.
    """
    listener = _listen(host, port)
    server = _Announcing(
        uvicorn.Config(
            sandbox.app, access_log=False, log_level="warning", ws="none", timeout_graceful_shutdown=GRACE_S
        ),
        lambda: ready(describe(sandbox, _url(listener))),
    )
    # uvicorn shuts down cleanly and then raises the signal again, for whoever handled it before: that
    # SIGTERM must not end the process as if it had been killed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    gc.freeze()  # what was loaded stays
    gc.set_threshold(*_SELDOM)
    with listener, suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def write_ready_file(path: Path, server: Server) -> None:
    """Write the ready file in one piece: who finds it, finds it whole. Raises Misuse."""
    write(path, json.dumps(server.ready(), indent=2))


def withdraw_ready_file(path: Path) -> None:
    """Remove the ready file, unless another server has written its own there since."""
    with suppress(OSError, ValueError):
        if json.loads(path.read_text("utf-8"))["pid"] == os.getpid():
            path.unlink()


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell: from here on a request is answered."""
        await super().startup(sockets)
        if self.started:
            self._announce()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise Misuse(f"cannot listen on {host}:{port}: {error.strerror or error}") from error


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
