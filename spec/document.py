"""How an OpenAPI 3.0 document is walked: references and operations.

Decides what an operation is made of once path-level parameters and `$ref`s are settled. It must
not know any API, nor what a schema means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

Document: TypeAlias = dict[str, Any]
"""An OpenAPI 3.0 document as plain JSON data."""

Schema: TypeAlias = dict[str, Any]
"""A schema of such a document, `$ref`s and all."""

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation; `where` is path, query, header or cookie."""

    name: str
    where: str
    required: bool
    schema: Schema


@dataclass(frozen=True, slots=True)
class Response:
    """What an operation may answer with one status.

    status: as in the document ("200", "4XX"). schema: of the JSON body, None where no body is
    declared. headers: name → required. examples: by name. raw: the response object, resolved.
    """

    status: str
    schema: Schema | None
    headers: Mapping[str, bool]
    examples: Mapping[str, Any]
    raw: Document


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, every `$ref` outside schemas settled.

    method: upper case. path: the template, without the server's own path. parameters: those of
    the path item and of the operation, the operation's winning. body: the JSON schema of the
    request body in the document's dialect, None where the operation takes none. secured: whether
    it asks for credentials. raw: the operation object as it stands in the document.
    """

    operation_id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    body_required: bool
    body_examples: Mapping[str, Any]
    responses: Mapping[str, Response]
    secured: bool
    raw: Document

    def response(self, status: int) -> Response | None:
        """What the document says of that status: the status itself, else its class ("4XX")."""
        return self.responses.get(str(status)) or self.responses.get(f"{status // 100}XX")


def resolve(document: Document, node: Document) -> Document:
    """The object that `node` stands for: itself, or what its `$ref` points to in the document.

    Raises KeyError with the reference where nothing is there.
    """
    while "$ref" in node:
        reference = str(node["$ref"])
        node = at(document, reference)
    return node


def at(document: Document, reference: str) -> Document:
    """The object at a local reference ("#/components/schemas/Asset"). Raises KeyError."""
    head, _, tail = reference.partition("#/")
    if head or not tail:
        raise KeyError(reference)
    found: Any = document
    for token in tail.split("/"):
        try:
            found = found[token.replace("~1", "/").replace("~0", "~")]
        except (KeyError, TypeError):
            raise KeyError(reference) from None
    if not isinstance(found, dict):
        raise KeyError(reference)
    return found


def operations(document: Document) -> Iterator[Operation]:
    """Every operation of the document, in its order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item)


def server_path(document: Document) -> str:
    """The path of the document's first server ("/v1"), without a trailing slash."""
    url: str = document["servers"][0]["url"]
    return urlsplit(url).path.rstrip("/")


def _operation(document: Document, path: str, method: str, item: Document) -> Operation:
    raw: Document = item[method]
    body = resolve(document, raw.get("requestBody", {}))
    media = body.get("content", {}).get(JSON, {})
    return Operation(
        operation_id=raw["operationId"],
        method=method.upper(),
        path=path,
        parameters=_parameters(document, [*item.get("parameters", ()), *raw.get("parameters", ())]),
        body=media.get("schema"),
        body_required=bool(body.get("required", False)),
        body_examples=_examples(document, media),
        responses={status: _response(document, status, response) for status, response in raw["responses"].items()},
        secured=bool(raw.get("security", document.get("security", ()))),
        raw=raw,
    )


def _parameters(document: Document, written: list[Document]) -> tuple[Parameter, ...]:
    found: dict[tuple[str, str], Parameter] = {}
    for node in written:
        raw = resolve(document, node)
        found[raw["name"], raw["in"]] = Parameter(
            name=raw["name"],
            where=raw["in"],
            required=bool(raw.get("required", False)),
            schema=raw["schema"],
        )
    return tuple(found.values())


def _response(document: Document, status: str, node: Document) -> Response:
    raw = resolve(document, node)
    media = raw.get("content", {}).get(JSON, {})
    return Response(
        status=status,
        schema=media.get("schema"),
        headers={
            name: bool(resolve(document, header).get("required", False))
            for name, header in raw.get("headers", {}).items()
        },
        examples=_examples(document, media),
        raw=raw,
    )


def _examples(document: Document, media: Document) -> dict[str, Any]:
    return {name: resolve(document, node)["value"] for name, node in media.get("examples", {}).items()}
