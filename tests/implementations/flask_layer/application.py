"""The Flask application: from a request to a view and back.

Decides the order in which a request is looked at (route, method, token, body, document, business)
and what each breach answers; knows no accounting.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

import spec
from tests.implementations.flask_layer import instants, strict_json
from tests.implementations.flask_layer.contract import JSON, Answer, Arrived, Contract, Parsed, ends
from tests.implementations.flask_layer.pages import Lists
from tests.implementations.flask_layer.refusals import Fault, Refused, missing
from tests.implementations.flask_layer.store import BUSINESSES, Store
from tests.implementations.flask_layer.views import VIEWS, Ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST_BODY: Final = 10 * 1024 * 1024  # bytes
METHODS: Final = ("get", "post", "patch", "delete")
TOKENS: Final = {token: business_id for business_id, token, _ in BUSINESSES}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document."""

    operation_id: str
    takes_body: bool


def create_app(
    books: type[Lists] = Lists,
    *,
    store: type[Store] = Store,
    checks_itself: bool = True,
    now: Callable[[], str] = instants.now,
) -> Flask:
    """A server with fresh books of its own, which cannot be reset.

    books and store: what keeps the books; a wrong server hands in a subclass, and does not check
    its replies, for it believes that it is right. now: the clock.
    """
    app = Flask("flask_layer", static_folder=None)
    app.url_map.merge_slashes = False
    server = _Server(store(), books, now, contract() if checks_itself else None)
    for path, operations in _paths().items():
        # One rule for all methods of a path: with a rule for each, a DELETE on a literal path
        # would fall through to the template beside it.
        app.url_map.add(Rule(path.replace("{", "<").replace("}", ">"), endpoint=path))
        app.view_functions[path] = server.view(operations)
    app.register_error_handler(HTTPException, _http_error)
    return app


@cache
def contract() -> Contract:
    """Layer's document, compiled once in a process."""
    return Contract(_document())


@cache
def _document() -> dict[str, Any]:
    return spec.load("layer").served


@cache
def _paths() -> dict[str, dict[str, Operation]]:
    """Each path of the document, the server's own included: method → operation."""
    document = _document()
    prefix = document["servers"][0]["url"]
    return {
        prefix + path: {
            method.upper(): Operation(item[method]["operationId"], "requestBody" in item[method])
            for method in METHODS
            if method in item
        }
        for path, item in document["paths"].items()
    }


class _Server:
    """How requests reach one application's books."""

    def __init__(self, store: Store, books: type[Lists], now: Callable[[], str], replies: Contract | None) -> None:
        self._store = store
        self._books = books
        self._now = now
        self._replies = replies

    def view(self, operations: Mapping[str, Operation]) -> Callable[..., Response]:
        """The Flask view of one path."""
        allowed = {"Allow": ", ".join(sorted({*operations, "OPTIONS", *(["HEAD"] if "GET" in operations else [])}))}

        def answer(**path: str) -> Response:
            if request.method == "OPTIONS":
                return Response(status=204, headers=allowed)
            operation = operations.get(request.method.replace("HEAD", "GET"))
            if operation is None:
                fault = Fault(f"This path has no {request.method[:40]}; it has {allowed['Allow']}.")
                return _response(405, Refused(405, fault).body, allowed)
            return self._checked(operation, path)

        return answer

    def _checked(self, operation: Operation, path: dict[str, str]) -> Response:
        """The answer to a request, itself held against the document."""
        headers: Mapping[str, str] = {}
        try:
            status, body = self._answered(operation, path)
        except Refused as refused:
            status, body, headers = refused.status, refused.body, refused.headers
        if self._replies is not None:
            breaches = self._replies.breaches(Arrived(request, None), Answer(status, Parsed(ends(body)), headers))
            if breaches:
                raise AssertionError(f"{operation.operation_id} answered {status} with {breaches}")
        return _response(status, body, headers)

    def _answered(self, operation: Operation, path: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and body of an accepted request. Raises Refused."""
        own = _business()
        body = _body() if operation.takes_body else None
        faults = [*_repeated(), *contract().faults(Arrived(request, body))]
        if faults:
            raise Refused(400, *faults)
        business_id = path.get("businessId", own)
        if business_id.lower() != own:
            raise missing(f"business {business_id} for this token", "/businessId")
        transaction = self._store.reading if request.method in ("GET", "HEAD") else self._store.writing
        with transaction() as db:
            ask = Ask(path, request.args.to_dict(), None if body is None else body.value)
            return VIEWS[operation.operation_id](self._books(db, own, self._now()), ask)


def _business() -> str:
    """The business that the token is of. Raises Refused with 401."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or token not in TOKENS:
        fault = Fault("Send a known token as `Authorization: Bearer <token>`.", "", "Unauthorized", "Unauthorized")
        raise Refused(401, fault, headers={"WWW-Authenticate": 'Bearer realm="layer"'})
    return TOKENS[token]


def _body() -> Parsed | None:
    """The request's JSON, or None where nothing was sent. Raises Refused with 400, 413 or 415."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise _too_large()
    try:
        raw = request.stream.read(LARGEST_BODY + 1)
        if len(raw) > LARGEST_BODY:  # sent in chunks: the client listens once it has sent them all
            while request.stream.read(LARGEST_BODY):
                pass
            raise _too_large()
    except OSError as error:
        raise Refused(400, Fault("The body is not sent in proper chunks.")) from error
    if not raw:
        return None
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype != JSON or charset.lower() != "utf-8":
        raise Refused(415, Fault(f"Send the body as {JSON} in UTF-8."))
    try:
        return Parsed(strict_json.parse(raw))
    except strict_json.BadJson as error:
        raise Refused(400, Fault(str(error))) from error


def _too_large() -> Refused:
    return Refused(413, Fault(f"A body may have {LARGEST_BODY} bytes at most."))


def _repeated() -> list[Fault]:
    """A fault for each query parameter that was sent more than once."""
    return [
        Fault("Send this parameter once.", f"/{name[:100]}") for name, values in request.args.lists() if len(values) > 1
    ]


def _response(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Response:
    return Response(strict_json.encode(body), status, headers, mimetype=JSON)


def _http_error(error: HTTPException) -> Response:
    """What Flask itself refuses: an unknown path, and a crash of ours, which Flask has logged."""
    if error.code == 404:
        refused = missing(f"resource at {request.path[:100]!r}")
    else:
        refused = Refused(error.code or 500, Fault(error.name))
    return _response(refused.status, refused.body)
