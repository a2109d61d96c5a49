"""The sandbox in process: an app, and clients that reach it without a socket.

Decides what a `Sandbox` offers to a test; what it serves is `mock_server`'s affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import httpx

import mock_server
import spec
from contract_tests.asgi import AsgiTransport, InProcess
from contract_tests.scope import scope_headers
from fixtura.sandbox_time import SandboxTime

ORIGIN = "http://sandbox"


class Sandbox:
    """One API with books of its own, open until it is closed or its `with` block ends.

    app: the ASGI app. client, async_client: httpx clients whose base URL is the API's (its document's
    paths follow) and which carry the first tenant's token, and its id where a header names it. scope, token:
    that tenant; other: the second tenant's. clock: the time in there. Attributes of a closed sandbox's clients
    must not be used.
    """

    def __init__(
        self,
        api: str = "layer",
        *,
        seed: int | None = None,
        token: str | None = None,
        any_token: bool = False,
        open_tenants: bool = False,
        fault_ids: Sequence[str] = (),
        variant_names: Sequence[str] = (),
        now: str | None = None,
        **switches: bool,
    ) -> None:
        """Open the books. The options are those of `fixtura serve`; `switches` are the profile's.

        Raises spec.UnknownApi, spec.UnknownSwitch, UnknownFault, UnknownVariant, BadTime.
        """
        contract = spec.load(api, switches or None)
        served = mock_server.open_sandbox(
            [api],
            seed=seed,
            token=token,
            any_token=any_token,
            open_tenants=open_tenants,
            switches=switches,
            fault_ids=fault_ids,
            variant_names=variant_names,
            now=now,
        )
        instance = served.instances[api]
        self._served = served
        self.app = served.app
        self.clock = SandboxTime(served.clock)
        self.scope = dict(instance.access.scope)
        self.token = instance.access.token
        self.other = instance.other
        self._process = InProcess(self.app).__enter__()
        settings: dict[str, Any] = {
            "base_url": ORIGIN + contract.base_path,
            "headers": [("authorization", f"Bearer {self.token}"), *scope_headers(contract, self.scope)],
        }
        self.client = httpx.Client(transport=AsgiTransport(self._process), **settings)
        self.async_client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), **settings)

    def misbehave(self, *fault_ids: str) -> None:
        """Have these seeded faults and no others, from the next request on; the books stay.

        Raises UnknownFault.
        """
        self._served.misbehave(fault_ids)

    def close(self) -> None:
        """Close the synchronous client and what drives the app for it; a second time does nothing."""
        if not self.client.is_closed:
            self.client.close()
            self._process.__exit__()

    async def aclose(self) -> None:
        """Close both clients."""
        await self.async_client.aclose()
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


sandbox = Sandbox
