"""A load of one prepared request over kept-alive connections, and what it cost the server.

Decides how requests are sent and counted: raw bytes over asyncio transports, one request in flight per
connection, replies framed by Content-Length. Knows no API.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from time import perf_counter

import psutil

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Load:
    """One window: how many replies, in how many seconds, for how many CPU seconds of the server.

    refused, answered: of all requests, also those before the window began.
    """

    replies: int
    seconds: float
    cpu_seconds: float
    refused: int
    answered: int

    @property
    def per_second(self) -> float:
        """Replies per second of wall time."""
        return self.replies / self.seconds

    @property
    def cpu_us(self) -> float:
        """CPU microseconds of the server per reply: what contention cannot spoil."""
        return self.cpu_seconds / self.replies * 1e6


class _Connection(asyncio.Protocol):
    def __init__(self, request: bytes) -> None:
        self._request = request
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self.replies = 0
        self.refused = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        length = _LENGTH.search(self._buffer, 0, head + 2)
        end = head + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < end:
            return
        self.replies += 1
        self.refused += self._buffer[9:10] != b"2"
        self._buffer = self._buffer[end:]
        if self._transport is not None:
            self._transport.write(self._request)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def drive(port: int, request: bytes, *, pid: int, connections: int = 16, seconds: float = 3.0) -> Load:
    """Send `request` over `connections` connections for `seconds`; `pid` is the server's process."""
    server = psutil.Process(pid)
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(lambda: _Connection(request), "127.0.0.1", port))[1] for _ in range(connections)
    ]
    before, cpu, started = sum(one.replies for one in opened), server.cpu_times(), perf_counter()
    await asyncio.sleep(seconds)
    took, after = perf_counter() - started, server.cpu_times()
    replies = sum(one.replies for one in opened) - before
    for one in opened:
        one.close()
    await asyncio.sleep(0)  # lets the loop close the sockets
    spent = after.user + after.system - cpu.user - cpu.system
    refused, answered = sum(one.refused for one in opened), sum(one.replies for one in opened)
    return Load(replies, took, spent, refused, answered)


def post(path: str, body: bytes, token: str) -> bytes:
    """The bytes of one POST request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
