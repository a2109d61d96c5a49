"""An ASGI application called in process, synchronously, with no socket in between.

Decides how a synchronous caller in any thread talks to an application that lives on its own event
loop. Knows HTTP's shape and ASGI's, no API.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, MutableMapping, Sequence
from threading import Thread
from time import monotonic
from typing import Any, Self, TypeVar
from urllib.parse import unquote, urlsplit

import httpx

from contract_tests.call import Call, Reply
from contract_tests.driver import Meter
from contract_tests.target import Target
from contract_tests.tokens import Tokens
from contract_tests.wire import base_url, decoded, encoded, request_headers, request_target

T = TypeVar("T")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
RawReply = tuple[int, list[tuple[bytes, bytes]], bytes]


class InProcess:
    """One application on a private event loop in a thread of its own, lifespan included.

    Use as a context manager; `exchange` may then be called from any number of threads, whose
    requests meet in the loop as they would in a server.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self._lifespan = Lifespan(app)

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="asgi app", daemon=True)
        self._thread.start()
        try:
            self._await(self._lifespan.start())
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        try:
            self._await(self._lifespan.stop())
        finally:
            self._end()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def exchange(self, method: str, target: str, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> RawReply:
        """One request and its reply: status, headers, body. The application's exceptions pass through."""
        return self._await(_exchange(self._app, method, target, headers, body))

    def _await(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class AsgiDriver:
    """A driver that calls an application in process, under the path of the target's base URL."""

    def __init__(self, target: Target, app: InProcess) -> None:
        self.target = target
        self.meter = Meter()
        self._tokens = Tokens(target)
        self._app = app
        self._host = (b"host", urlsplit(target.base_url).netloc.encode("ascii"))

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply, whatever its status."""
        body = call.body or b""
        sent = encoded(request_headers(self.target, call, self._tokens.shown_by(call)))
        headers = [self._host, *((name.lower(), value) for name, value in sent)]  # as ASGI wants them
        if call.body is not None and ("transfer-encoding", "chunked") not in call.headers:
            headers.append((b"content-length", str(len(body)).encode("ascii")))
        self.meter.add()
        started = monotonic()
        path = request_target(urlsplit(base_url(self.target, call)).path, call)
        status, replied, content = self._app.exchange(call.method, path, headers, body)
        return Reply(status, decoded(replied), content, started, monotonic())


class AsgiTransport(httpx.BaseTransport):
    """Lets a synchronous `httpx.Client` talk to an application in process."""

    def __init__(self, app: InProcess) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry out one request of the client."""
        status, headers, body = self._app.exchange(
            request.method,
            request.url.raw_path.decode("ascii"),
            [(name.lower(), value) for name, value in request.headers.raw],
            request.read(),
        )
        return httpx.Response(status, headers=headers, content=body, request=request)


class Lifespan:
    """The start and the end of an application's life (ASGI's lifespan protocol).

    An application that does not take part in it is started and stopped without a word.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._outbox: asyncio.Queue[Message] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Run the application's start-up. Raises RuntimeError when it says that it failed."""
        self._task = asyncio.create_task(self._run())
        await self._say("lifespan.startup")

    async def stop(self) -> None:
        """Run its shutdown. Raises RuntimeError when it says that it failed."""
        if self._task is not None and not self._task.done():
            await self._say("lifespan.shutdown")
            await self._task

    async def _run(self) -> None:
        scope: dict[str, Any] = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": {},
        }
        try:
            await self._app(scope, self._inbox.get, self._outbox.put)
        except Exception as error:
            # ASGI: raising at this scope is how an application says that it has no lifespan.
            await self._outbox.put({"type": "lifespan.none", "message": str(error)})
        else:
            await self._outbox.put({"type": "lifespan.none"})

    async def _say(self, event: str) -> None:
        await self._inbox.put({"type": event})
        answer = await self._outbox.get()
        if answer["type"] == f"{event}.failed":
            raise RuntimeError(f"the application failed at {event}: {answer.get('message', '')}")


async def _exchange(
    app: AsgiApp, method: str, target: str, headers: Sequence[tuple[bytes, bytes]], body: bytes
) -> RawReply:
    """Call the application once, as a server does."""
    raw_path, _, query = target.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode("ascii"),
        "root_path": "",
        "query_string": query.encode("ascii"),
        "headers": list(headers),
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    incoming = _request_messages(body)
    done = asyncio.Event()
    outgoing: list[Message] = []

    async def receive() -> Message:
        for message in incoming:
            return message
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        outgoing.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            done.set()

    await app(scope, receive, send)
    start = next((message for message in outgoing if message["type"] == "http.response.start"), None)
    if start is None:
        raise RuntimeError("the application returned without an answer")
    content = b"".join(message.get("body", b"") for message in outgoing if message["type"] == "http.response.body")
    sent = [(bytes(name), bytes(value)) for name, value in start.get("headers", ())]
    return int(start["status"]), sent, b"" if method == "HEAD" else content


def _request_messages(body: bytes) -> Iterator[Message]:
    yield {"type": "http.request", "body": body, "more_body": False}
