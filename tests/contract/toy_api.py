"""The toy's contract, as `spec.load` would hold it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from spec import Api, Evidence, OperationNote, Probe, Profile, ScopeKey, without

JSON = "application/json"
UUID = {"type": "string", "format": "uuid"}
BOX_ID = "0b0e7f5c-1111-4222-8333-444444444444"


def content(schema: str, **examples: Any) -> dict[str, Any]:
    media: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if examples:
        media["examples"] = {name: {"value": value} for name, value in examples.items()}
    return {JSON: media}


def response(text: str, schema: str | None = None, **more: Any) -> dict[str, Any]:
    return {"description": text, **({"content": content(schema)} if schema else {}), **more}


REFUSALS = {
    "400": response("Wrong.", "Error", **{"x-evidence": "inferred"}),
    "401": response(
        "Who?",
        "Error",
        headers={"WWW-Authenticate": {"required": True, "x-evidence": "inferred", "schema": {"type": "string"}}},
    ),
    "404": response("Nothing.", "Error", **{"x-evidence": "inferred"}),
    "405": response("No.", "Error", **{"x-evidence": "inferred"}),
    "415": response("What?", "Error", **{"x-evidence": "chosen"}),
}
GIVEN = {
    "name": {"type": "string"},
    "size": {"type": "integer", "format": "int64"},
    "inside": {"type": "string", "format": "uuid", "nullable": True},
    "tags": {"type": "object", "nullable": True, "additionalProperties": True},
}
BOX = {
    "type": "object",
    "required": ["id", "name", "size"],
    "properties": {"id": UUID, **GIVEN, "owner": {"type": "object", "properties": {"id": UUID}}},
}
EXAMPLE = {"id": BOX_ID, "name": "blue", "size": 3}
SHOP_PARAMETER = {"name": "shop", "in": "path", "required": True, "schema": UUID}
BOX_PARAMETER = {"name": "boxId", "in": "path", "required": True, "schema": UUID}
BOX_REPLY = {"description": "It.", "content": content("BoxReply", it={"data": EXAMPLE})}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Boxes", "version": "1"},
    "servers": [{"url": "/v1"}],
    "security": [{"Bearer": []}],
    "paths": {
        "/shops/{shop}/boxes": {
            "parameters": [SHOP_PARAMETER],
            "get": {
                "operationId": "boxes.list",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 999}}
                ],
                "responses": {"200": response("All.", "BoxList"), **REFUSALS},
            },
            "post": {
                "operationId": "boxes.create",
                "requestBody": {"required": True, "content": content("NewBox", blue={"name": "blue", "size": 3})},
                "responses": {
                    "201": {
                        **BOX_REPLY,
                        "links": {
                            "read": {
                                "operationId": "boxes.read",
                                "parameters": {"shop": "$request.path.shop", "boxId": "$response.body#/data/id"},
                            }
                        },
                    },
                    **REFUSALS,
                },
            },
        },
        "/shops/{shop}/boxes/{boxId}": {
            "parameters": [SHOP_PARAMETER, BOX_PARAMETER],
            "get": {"operationId": "boxes.read", "responses": {"200": BOX_REPLY, **REFUSALS}},
            "patch": {
                "operationId": "boxes.change",
                "requestBody": {"required": True, "content": content("BoxChange", bigger={"size": 4})},
                "responses": {"200": BOX_REPLY, **REFUSALS},
            },
            "delete": {"operationId": "boxes.delete", "responses": {"204": {"description": "Gone."}, **REFUSALS}},
        },
        "/shops/{shop}/settings": {
            "parameters": [SHOP_PARAMETER],
            "get": {"operationId": "settings.read", "responses": {"200": response("Them.", "Any"), **REFUSALS}},
            "patch": {
                "operationId": "settings.change",
                "requestBody": {"required": True, "content": content("Any", grey={"colour": "grey"})},
                "responses": {"200": response("Them.", "Any"), **REFUSALS},
            },
        },
    },
    "components": {
        "securitySchemes": {"Bearer": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Box": BOX,
            "NewBox": {"type": "object", "required": ["name"], "properties": GIVEN},
            "BoxChange": {"type": "object", "properties": GIVEN},
            "BoxReply": {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "#/components/schemas/Box"}},
            },
            "BoxList": {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Box"}}},
            },
            "Any": {"type": "object"},
            "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}},
        },
    },
}

PROFILE = Profile(
    title="Boxes",
    scope={"shop": ScopeKey("shop", "path")},
    switches={},
    points={},
    operations={
        "boxes.create": OperationNote(refuses=frozenset({400})),
        "boxes.change": OperationNote(refuses=frozenset({400})),
        "settings.read": OperationNote(scope="business"),
        "settings.change": OperationNote(scope="business"),
    },
    rules=(),
    probe=Probe("boxes.create", {"name": "{fresh}", "inside": "{specimen:boxId}"}, "name", "size", "tags"),
)


def toy_api(document: dict[str, Any] = DOCUMENT) -> Api:
    """The toy's contract, or one that a test has changed."""
    served = deepcopy(document)
    return Api(
        name="toy",
        profile=PROFILE,
        served=served,
        judged=without(served, Evidence.CHOSEN),
        documented=without(served, Evidence.CHOSEN, Evidence.INFERRED),
        control=None,
    )
