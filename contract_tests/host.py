"""An application served on a free loopback port, from a thread of this process.

Decides how an ASGI or a WSGI application becomes an address, so that the parts of a check that need
sockets mean the same everywhere. Knows no API.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import iscoroutinefunction, signature
from threading import Event, Thread
from typing import Any, Final

import uvicorn

from contract_tests.target import Misuse

_LOOPBACK: Final = "127.0.0.1"
_GRACE_S: Final = 3  # what a request that is still running at the end may take


@contextmanager
def hosted(app: Any, *, host: str = _LOOPBACK, port: int = 0) -> Iterator[str]:
    """Serve `app` and yield its address (`http://127.0.0.1:<port>`), until the block ends.

    ASGI goes to uvicorn, WSGI to Werkzeug with a thread for each connection. Port 0 is any free one.
    Raises Misuse: not an application, the port is taken, Werkzeug is missing, it failed at start-up.
    """
    listener = _listen(host, port)
    with listener:
        serve = _serve_asgi if _is_asgi(app) else _serve_wsgi
        with serve(app, listener):
            bound_host, bound_port = listener.getsockname()[:2]
            yield f"http://{bound_host}:{bound_port}"


def load_app(text: str) -> Any:
    """The application that `module:attribute` names, or that `module:factory()` makes.

    Raises Misuse: no such module, no such attribute, or the module or the factory fails.
    """
    module_name, _, attribute = text.partition(":")
    path = attribute.removesuffix("()")
    if not module_name or not path:
        raise Misuse(f"{text!r} does not name an application as module:attribute")
    try:
        found: Any = import_module(module_name)
    except ModuleNotFoundError as error:
        raise Misuse(f"there is no module {error.name!r} to take {text!r} from") from error
    except (Exception, SystemExit) as error:
        raise Misuse(f"module {module_name!r} fails when imported: {type(error).__name__}: {error}") from error
    for name in path.split("."):
        if not hasattr(found, name):
            raise Misuse(f"module {module_name!r} has no {path!r}")
        found = getattr(found, name)
    return found if path == attribute else _made(found, text)


def _made(factory: Any, text: str) -> Any:
    try:
        return factory()
    except (Exception, SystemExit) as error:
        raise Misuse(f"{text} fails: {type(error).__name__}: {error}") from error


def _is_asgi(app: Any) -> bool:
    """Whether `app` speaks ASGI: (scope, receive, send) against WSGI's (environ, start_response)."""
    if not callable(app):
        raise Misuse(f"{app!r} is not an application: it cannot be called")
    if iscoroutinefunction(app) or iscoroutinefunction(type(app).__call__):
        return True
    try:
        wanted = [item for item in signature(app).parameters.values() if item.default is item.empty]
    except (TypeError, ValueError):  # some things that are written in C do not tell
        wanted = []
    if len(wanted) not in (2, 3):
        hint = "" if wanted else "; what makes one is named with brackets, as module:name()"
        raise Misuse(f"{app!r} is neither an ASGI nor a WSGI application{hint}")
    return len(wanted) == 3


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        raise Misuse(f"cannot listen on {host}:{port}: {error.strerror or error}") from error


class _Server(uvicorn.Server):
    """uvicorn, saying when it would answer."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.settled = Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.settled.set()


@contextmanager
def _serve_asgi(app: Any, listener: socket.socket) -> Iterator[None]:
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            log_level="critical",
            ws="none",
            timeout_graceful_shutdown=_GRACE_S,
        )
    )

    def run() -> None:
        try:
            server.run(sockets=[listener])
        except SystemExit:  # how uvicorn says that the lifespan failed; `started` stays false
            server.should_exit = True
        finally:
            server.settled.set()

    with _in_thread(run) as thread:
        server.settled.wait()
        if not server.started:
            thread.join()
            raise Misuse(f"{app!r} failed at start-up")
        try:
            yield
        finally:
            server.should_exit = True


@contextmanager
def _serve_wsgi(app: Any, listener: socket.socket) -> Iterator[None]:
    try:
        from werkzeug.serving import WSGIRequestHandler, make_server
    except ImportError as error:
        raise Misuse("serving a WSGI application needs Werkzeug: pip install werkzeug") from error

    class Handler(WSGIRequestHandler):
        """Quick and quiet."""

        disable_nagle_algorithm = True  # headers and body are two writes: 40 ms apart otherwise

        def log(self, *_anything: object) -> None:
            """Say nothing: what was asked and answered is in the report."""

    host, port = listener.getsockname()[:2]
    server = make_server(host, port, app, threaded=True, request_handler=Handler, fd=listener.fileno())
    try:
        with _in_thread(lambda: server.serve_forever(poll_interval=0.05)):
            try:
                yield
            finally:
                server.shutdown()
    finally:
        server.server_close()


@contextmanager
def _in_thread(run: Callable[[], None]) -> Iterator[Thread]:
    thread = Thread(target=run, name="hosted app", daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        thread.join()
