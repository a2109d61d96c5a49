"""Requests by the byte, in process or over a real socket, so that both can be held to the same tests."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPResponse
from threading import Event, Thread
from typing import Any, Protocol
from urllib.parse import unquote

import uvicorn

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def faults(self) -> list[dict[str, str]]:
        """The toy API's error body; the status is in the message when it is something else."""
        assert self.header("content-type") == "application/json", (self.status, self.body)
        faults: list[dict[str, str]] = self.json()["faults"]
        return faults


class Exchange(Protocol):
    def send(self, method: str, target: str, headers: Headers = (), body: bytes | Sequence[bytes] = b"") -> Reply:
        """One request; `target` is as it stands in the request line. Several bodies are sent chunked."""


class InProcess:
    """Drives the ASGI app itself, as a server would that splits nothing and adds nothing."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def send(self, method: str, target: str, headers: Headers = (), body: bytes | Sequence[bytes] = b"") -> Reply:
        return asyncio.run(self._send(method, target, headers, body))

    async def _send(self, method: str, target: str, headers: Headers, body: bytes | Sequence[bytes]) -> Reply:
        chunks = [body] if isinstance(body, bytes) else list(body)
        sent: list[Any] = []

        async def receive() -> Any:
            if not chunks:
                await asyncio.Event().wait()  # the client stays, and says no more
            chunk = chunks.pop(0)
            return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope(method, target, headers), receive, send)
        start = sent[0]
        return Reply(
            start["status"],
            tuple((name.decode(), value.decode("latin-1")) for name, value in start["headers"]),
            b"".join(message.get("body", b"") for message in sent[1:]),
        )


def scope(method: str, target: str, headers: Headers = ()) -> dict[str, Any]:
    path, _, query = target.encode("latin-1").partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "root_path": "",
        "query_string": query,
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }


class OverSocket:
    """Writes HTTP/1.1 by hand to a uvicorn server on a loopback port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def send(self, method: str, target: str, headers: Headers = (), body: bytes | Sequence[bytes] = b"") -> Reply:
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in headers]
        if isinstance(body, bytes):
            content = body
            lines += [f"Content-Length: {len(body)}"] if body else []
        else:
            content = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in body) + b"0\r\n\r\n"
            lines += ["Transfer-Encoding: chunked"]
        return self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content, method)

    def raw(self, request: bytes, method: str = "GET") -> Reply:
        """Send these very bytes and read one response; the connection is kept open until then."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(request)
            response = HTTPResponse(connection, method=method)
            response.begin()
            return Reply(response.status, tuple(response.getheaders()), response.read())


class Server:
    """An app on a free loopback port, served by uvicorn from a thread until closed."""

    def __init__(self, app: Any) -> None:
        started = Event()

        class Announcing(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                started.set()

        self._listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(app, access_log=False, log_level="critical", ws="none")
        self._server = Announcing(config)
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._listener]})
        self._thread.start()
        assert started.wait(20)
        self.port: int = self._listener.getsockname()[1]

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()
