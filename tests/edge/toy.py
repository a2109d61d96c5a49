"""A small API of our own, so that the edge is tested without any vendor: shelves that hold things.

Its template path stands before the literal one on purpose: the document's order must not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException

from mock_server.app import serve
from mock_server.http.mount import Mount
from mock_server.surface import Answer, Handler, Refusal, Request, Surface, Violation, Where

SHELF = "0aaaaaaa-1111-4111-8111-aaaaaaaaaaaa"
OTHER_SHELF = "0bbbbbbb-2222-4222-8222-bbbbbbbbbbbb"
UNKNOWN = "0ccccccc-3333-4333-8333-cccccccccccc"
TOKEN = "toy-token"
THINGS = f"/toy/v1/shelves/{SHELF}/things"

STATUS = {
    Where.ROUTE: 404,
    Where.METHOD: 405,
    Where.TOKEN: 401,
    Where.PATH: 404,
    Where.QUERY: 400,
    Where.HEADER: 400,
    Where.MEDIA_TYPE: 415,
    Where.SIZE: 413,
    Where.JSON: 400,
    Where.BODY: 400,
    Where.RATE: 429,
    Where.SERVER: 500,
}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _operation(operation_id: str, *ok: str, **members: Any) -> dict[str, Any]:
    answers = {status: {"description": "done", **_json({})} for status in ok}
    errors = {f"{kind}XX": {"description": "refused", **_json(_ref("Errors"))} for kind in (4, 5)}
    return {"operationId": operation_id, "responses": {**answers, **errors}, **members}


def _body(schema: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {"required": required, **_json(schema)}


def _parameter(name: str, where: str, schema: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": schema, **members}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Shelves", "version": "1"},
    "servers": [{"url": "/toy/v1"}],
    "security": [{"bearer": []}],
    "paths": {
        "/ping": {"get": _operation("ping.get", "200", security=[])},
        "/counters/{number}": {
            "parameters": [_parameter("number", "path", {"type": "integer", "format": "int64"}, required=True)],
            "get": _operation("counters.get", "200"),
        },
        "/echo": {
            "post": _operation("echo.post", "200", requestBody=_body({})),
            "put": _operation("echo.put", "200", requestBody=_body({}, required=False)),
        },
        "/faults/{kind}": {
            "parameters": [_parameter("kind", "path", {"type": "string"}, required=True)],
            "get": {
                "operationId": "faults.get",
                "responses": {
                    "200": {"description": "a number", **_json({"type": "integer"})},
                    "202": {"description": "taken note of"},
                    "204": {"description": "nothing"},
                    "429": {
                        "description": "too many",
                        "headers": {"Retry-After": {"required": True, "schema": {"type": "integer"}}},
                        **_json(_ref("Errors")),
                    },
                    "4XX": {"description": "refused", **_json(_ref("Errors"))},
                },
            },
        },
        "/shelves/{shelfId}/things/{thingId}": {
            "parameters": [
                _parameter("shelfId", "path", {"type": "string", "format": "uuid"}, required=True),
                _parameter("thingId", "path", {"type": "string", "format": "uuid"}, required=True),
            ],
            "get": _operation("things.thingId.get", "200"),
            "patch": _operation("things.thingId.patch", "200", requestBody=_body(_ref("Thing"))),
            "delete": _operation("things.thingId.delete", "200"),
        },
        "/shelves/{shelfId}/things/latest": {
            "parameters": [_parameter("shelfId", "path", {"type": "string", "format": "uuid"}, required=True)],
            "get": _operation("things.latest.get", "200"),
            "post": _operation("things.latest.post", "201", requestBody=_body(_ref("Thing"))),
        },
        "/shelves/{shelfId}/things": {
            "parameters": [_parameter("shelfId", "path", {"type": "string", "format": "uuid"}, required=True)],
            "get": _operation(
                "things.get",
                "200",
                parameters=[
                    _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 9, "default": 5}),
                    _parameter("loose", "query", {"type": "boolean"}),
                    _parameter("ratio", "query", {"type": "number"}),
                    _parameter("since", "query", {"type": "string", "format": "date-time"}),
                    _parameter("owner", "query", {"type": "string", "format": "uuid"}),
                    _parameter("tag", "query", {"type": "array", "items": {"type": "integer"}}),
                    _parameter("name", "query", {"type": "string", "maxLength": 20}),
                    _parameter("X-Trace", "header", {"type": "string", "format": "uuid"}),
                ],
            ),
            "post": _operation(
                "things.post",
                "201",
                requestBody=_body(_ref("Thing")),
                parameters=[_parameter("X-Reason", "header", {"type": "string", "maxLength": 10})],
            ),
        },
        "/required": {
            "get": _operation(
                "required.get",
                "200",
                parameters=[
                    _parameter("mode", "query", {"type": "string", "enum": ["a", "b"]}, required=True),
                    _parameter("X-Scope", "header", {"type": "string"}, required=True),
                ],
            )
        },
    },
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["name", "price"],
                "additionalProperties": False,
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "price": {"type": "integer", "format": "int64", "minimum": 1},
                    "weight": {"type": "number", "minimum": 0, "exclusiveMinimum": True, "multipleOf": 0.01},
                    "note": {"type": "string", "nullable": True},
                    "colour": {"type": "string", "enum": ["red", "blue"]},
                    "made_at": {"type": "string", "format": "date-time"},
                    "made_on": {"type": "string", "format": "date"},
                    "owner": {"type": "string", "format": "uuid"},
                    "extra": {"type": "object", "nullable": True, "additionalProperties": True},
                    "place": {"oneOf": [_ref("ById"), _ref("ByName"), {"type": "string", "minLength": 1}]},
                    "parts": {"type": "array", "items": _ref("Thing")},
                },
            },
            "ById": {
                "type": "object",
                "required": ["type", "id"],
                "properties": {
                    "type": {"type": "string", "enum": ["ById"]},
                    "id": {"type": "string", "format": "uuid"},
                },
            },
            "ByName": {
                "type": "object",
                "required": ["type", "name"],
                "properties": {
                    "type": {"type": "string", "enum": ["ByName"]},
                    "name": {"type": "string", "minLength": 1},
                },
            },
            "Errors": {
                "type": "object",
                "required": ["faults"],
                "properties": {
                    "faults": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["where", "message", "at"],
                            "properties": {"at": {"type": "string"}},
                        },
                    }
                },
            },
        },
    },
}

CONTROL: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Shelves control", "version": "1"},
    "servers": [{"url": "/_sandbox/toy"}],
    "security": [],
    "paths": {"/reset": {"post": _operation("control.reset.post", "204")}},
    "components": {"schemas": {"Errors": deepcopy(DOCUMENT["components"]["schemas"]["Errors"])}},
}
CONTROL["paths"]["/reset"]["post"]["responses"]["204"] = {"description": "done"}


class Toy:
    """Shelves in memory; `asked` is every request that a handler has seen, `stored` what was posted."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.stored: list[Any] = []

    def surface(self) -> Surface:
        return Surface(
            handlers={**_HANDLERS, **dict.fromkeys(self._plain(), self._answer)},
            identify=lambda token: {"token": token} if token == TOKEN else None,
            admit=self._admit,
            refuse=refuse,
        )

    def control(self) -> Surface:
        def reset(_request: Request) -> Answer:
            self.stored.clear()
            return Answer(204)

        return replace(self.surface(), handlers={"control.reset.post": reset}, admit=lambda _request: None)

    def _plain(self) -> list[str]:
        every = (
            operation["operationId"]
            for item in DOCUMENT["paths"].values()
            for method, operation in item.items()
            if method != "parameters"
        )
        return [name for name in every if name not in _HANDLERS]

    def _admit(self, request: Request) -> None:
        shelf = request.path.get("shelfId", SHELF)
        if shelf != SHELF:
            raise Refusal(refuse((Violation(Where.PATH, f"no shelf {shelf}", "/shelfId"),)))
        request.tenant = shelf

    def _answer(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.operation_id.endswith("post") and request.operation_id != "echo.post":
            self.stored.append(request.body)
            return Answer(201, {"data": request.body}, {"Location": "/toy/v1/somewhere"})
        return Answer(
            200,
            {
                "operation": request.operation_id,
                "path": request.path,
                "query": request.query,
                "headers": request.headers,
                "body": request.body,
            },
        )


def refuse(violations: Sequence[Violation]) -> Answer:
    faults = [
        {"where": found.where.name, "message": found.message, "at": found.pointer, "keyword": found.keyword}
        for found in violations
    ]
    return Answer(STATUS[violations[0].where], {"faults": faults})


def _faults(request: Request) -> Answer:
    answers: dict[str, Callable[[], Any]] = {
        "crash": lambda: 1 / 0,
        "wrong-body": lambda: Answer(200, "not a number"),
        "wrong-status": lambda: Answer(203, 1),
        "body-where-none": lambda: Answer(204, 1),
        "no-body": lambda: Answer(200),
        "no-header": lambda: Answer(429, refuse((Violation(Where.RATE, "slowly"),)).body),
        "header": lambda: Answer(429, refuse((Violation(Where.RATE, "slowly"),)).body, {"Retry-After": "1"}),
        "refusal-outside": lambda: _raise(Refusal(Answer(404, "not the shape"))),
        "not-json": lambda: Answer(200, object()),
        "teapot": lambda: _raise(HTTPException(418)),
        "fine": lambda: Answer(200, 1),
        "empty": lambda: Answer(204),
        "accepted": lambda: Answer(202),
    }
    answer: Answer = answers[request.path["kind"]]()
    return answer


def _raise(error: Exception) -> Answer:
    raise error


_HANDLERS: Mapping[str, Handler] = {"faults.get": _faults}


def toy_mounts(toy: Toy, document: dict[str, Any] | None = None) -> list[Mount]:
    return [
        Mount("toy", document or deepcopy(DOCUMENT), toy.surface()),
        Mount("toy control", deepcopy(CONTROL), toy.control()),
    ]


def toy_app(toy: Toy, document: dict[str, Any] | None = None) -> Any:
    return serve(toy_mounts(toy, document))
