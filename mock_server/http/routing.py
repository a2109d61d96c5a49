"""Which operation a request is for, and what to say when there is none.

Decides 404, 405 with its `Allow`, and OPTIONS. A table of path segments stands where Connexion
has Starlette's list of regular expressions: the first match there lets a template swallow a
literal path, `Allow` tells one operation's method, a trailing slash is redirected, and the last
of thirty routes costs four times the first. Everything around it is Connexion's: it walks the
document (`AbstractRoutingAPI`), and the routed middlewares behind find the operation in the
routing context as they always do. Knows no API.

HEAD is answered as GET without its body (RFC 9110 9.3.2). OPTIONS is answered 204 with `Allow`,
to anybody: it tells no more than the document does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from connexion.middleware.abstract import ROUTING_CONTEXT, AbstractRoutingAPI, SpecMiddleware

from mock_server.http.mount import path_of
from mock_server.http.refusals import Refused
from mock_server.surface import Violation, Where

if TYPE_CHECKING:
    from connexion.operations import AbstractOperation
    from connexion.spec import Specification
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANY_CASING: Final = "x-paths-in-any-casing"
"""A member of a document's root: true where the API's paths answer in any casing."""

TRAILING_SLASHES: Final = "x-trailing-slashes"
"""A member of a document's root: true where the API's paths answer with a slash at their end, too."""


class PathItem:
    """One path of one document: its operations by method, and the names of its parameters."""

    def __init__(self, base_path: str, names: tuple[str, ...]) -> None:
        self.base_path = base_path
        self.names = names
        self.operations: dict[str, str] = {}

    @property
    def allow(self) -> str:
        """Every method that this path answers, as `Allow` lists them."""
        implied = {"OPTIONS", "HEAD"} if "GET" in self.operations else {"OPTIONS"}
        return ", ".join(sorted(implied | self.operations.keys()))

    def operation_for(self, method: str) -> str | None:
        """The operationId that answers this method; HEAD falls back to GET."""
        found = self.operations.get(method)
        return self.operations.get("GET") if found is None and method == "HEAD" else found


class _Node:
    __slots__ = ("folded", "item", "literals", "template")

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.folded: dict[str, _Node] = {}  # of documents whose paths answer in any casing
        self.template: _Node | None = None
        self.item: PathItem | None = None


class Table:
    """Every path of every document, by segments; a literal segment wins over a template."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, base_path: str, path: str, *, any_casing: bool = False) -> PathItem:
        """The item at that path template, made on first mention."""
        node, names = self._root, []
        for segment in (base_path + path).split("/")[1:]:
            if segment.startswith("{") and segment.endswith("}"):
                names.append(segment[1:-1])
                node.template = node = node.template or _Node()
            elif any_casing:
                node = node.folded.setdefault(segment.lower(), _Node())
            else:
                node = node.literals.setdefault(segment, _Node())
        if node.item is None:
            node.item = PathItem(base_path, tuple(names))
        return node.item

    def find(self, segments: list[str]) -> tuple[PathItem, list[str]] | None:
        """The item for these decoded segments, with the texts that stand for its templates."""
        texts: list[str] = []
        item = _walk(self._root, segments, 0, texts)
        return None if item is None else (item, texts)


def _walk(node: _Node, segments: list[str], depth: int, texts: list[str]) -> PathItem | None:
    """The item below `node`; `texts` is of no use where there is none."""
    while depth < len(segments):
        segment = segments[depth]
        depth += 1
        literal = node.literals.get(segment) or (node.folded and node.folded.get(segment.lower()))
        template = node.template if segment else None
        if literal and template:
            found = _walk(literal, segments, depth, passed := list(texts))
            if found is not None:
                texts[:] = passed
                return found
        elif literal:
            node = literal
            continue
        if template is None:
            return None
        texts.append(segment)
        node = template
    return node.item


def segments_of(scope: Scope) -> list[str]:
    """The path's segments, split before they are decoded, so that %2F stays within its segment.

    Bytes that are not UTF-8 come out as lone surrogates, which nothing matches.
    """
    raw = scope.get("raw_path")
    if raw is None:
        return path_of(scope).split("/")[1:]
    path = str(raw, "latin-1").removeprefix(scope.get("root_path", ""))
    segments = path.split("/")[1:]
    if "%" not in path and path.isascii():
        return segments
    return [unquote_to_bytes(segment.encode("latin-1")).decode("utf-8", "surrogateescape") for segment in segments]


class _TableApi(AbstractRoutingAPI[str]):
    """Connexion's walk over one document, each operation put into the table."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        self._table = table
        super().__init__(*args, **kwargs)

    def make_operation(self, operation: AbstractOperation) -> str:
        return str(operation.operation_id)

    @staticmethod
    def _framework_path_and_name(operation: AbstractOperation, path: str) -> tuple[str, str]:
        return path, operation.operation_id

    def _add_operation_internal(self, method: str, path: str, operation: str, name: str | None = None) -> None:
        del name
        any_casing = bool(self.specification.get(ANY_CASING, False))
        spellings = (path, f"{path}/") if self.specification.get(TRAILING_SLASHES, False) else (path,)
        for spelling in spellings:
            self._table.add(self.base_path, spelling, any_casing=any_casing).operations[method.upper()] = operation


class Routing(SpecMiddleware):
    """Puts the operation into Connexion's routing context and the path's texts into `path_params`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._table = Table()

    def add_api(self, specification: Specification, **kwargs: Any) -> None:
        """Take in one document; Connexion calls this."""
        _TableApi(specification, table=self._table, **kwargs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a known operation on. Raises Refused for an unknown path or method."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        found = self._table.find(segments_of(scope))
        if found is None:
            raise Refused.because(Where.ROUTE, "there is nothing at this path")
        item, texts = found
        method = scope["method"]
        operation_id = item.operation_for(method)
        if operation_id is not None:
            scope["path_params"] = dict(zip(item.names, texts, strict=True))
            context = {"api_base_path": item.base_path, "operation_id": operation_id}
            scope["extensions"] = {**scope.get("extensions", {}), ROUTING_CONTEXT: context}
            await self._app(scope, receive, _without_body(send) if method == "HEAD" else send)
        elif method == "OPTIONS":
            headers = [(b"allow", item.allow.encode())]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body"})
        else:
            message = f"{method} is not offered here; the methods are {item.allow}"
            raise Refused((Violation(Where.METHOD, message),), {"Allow": item.allow})


def _without_body(send: Send) -> Send:
    async def headers_only(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return headers_only
