"""Walking a document: references settled, parameters merged, statuses found by their class."""

from __future__ import annotations

from typing import Any

import pytest

from spec import Document, Operation, operations, resolve, server_path

DOCUMENT: Document = {
    "servers": [{"url": "https://api.example.com/v2/"}],
    "security": [{"Bearer": []}],
    "paths": {
        "/a/{id}": {
            "parameters": [
                {"$ref": "#/components/parameters/Id"},
                {"name": "limit", "in": "query", "schema": {"type": "integer"}},
            ],
            "get": {
                "operationId": "a.get",
                "parameters": [{"name": "limit", "in": "query", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {"$ref": "#/components/responses/Fine"},
                    "4XX": {"description": "no"},
                },
            },
            "post": {
                "operationId": "a.post",
                "security": [],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "object"},
                            "examples": {"one": {"$ref": "#/components/examples/One"}, "two": {"value": None}},
                        }
                    },
                },
                "responses": {"204": {"description": "done"}},
            },
        }
    },
    "components": {
        "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}},
        "examples": {"One": {"value": {"n": 1}}},
        "responses": {
            "Fine": {
                "description": "yes",
                "headers": {"A": {"$ref": "#/components/headers/A"}, "B": {"schema": {}}},
                "content": {"application/json": {"schema": {"type": "array"}}},
            }
        },
        "headers": {"A": {"required": True, "schema": {}}, "Again": {"$ref": "#/components/headers/A"}},
    },
}


@pytest.fixture
def found() -> dict[str, Operation]:
    return {operation.operation_id: operation for operation in operations(DOCUMENT)}


def test_operations_come_with_method_and_path(found: dict[str, Operation]) -> None:
    assert [(operation.method, operation.path) for operation in found.values()] == [
        ("GET", "/a/{id}"),
        ("POST", "/a/{id}"),
    ]


def test_an_operations_own_parameter_replaces_the_paths(found: dict[str, Operation]) -> None:
    seen = [(p.name, p.where, p.required, p.schema["type"]) for p in found["a.get"].parameters]
    assert seen == [("id", "path", True, "string"), ("limit", "query", True, "string")]
    assert [(p.name, p.required) for p in found["a.post"].parameters] == [("id", True), ("limit", False)]


def test_bodies_and_their_examples_are_settled(found: dict[str, Operation]) -> None:
    assert found["a.get"].body is None
    assert not found["a.get"].body_required
    assert found["a.post"].body == {"type": "object"}
    assert found["a.post"].body_required
    assert found["a.post"].body_examples == {"one": {"n": 1}, "two": None}


def test_a_response_is_found_by_status_or_by_its_class(found: dict[str, Operation]) -> None:
    answer = found["a.get"].response
    fine, refused = answer(200), answer(418)
    assert fine is not None
    assert fine.schema == {"type": "array"}
    assert fine.headers == {"A": True, "B": False}
    assert refused is not None
    assert (refused.status, refused.schema) == ("4XX", None)
    assert answer(500) is None


def test_security_is_the_documents_unless_the_operation_has_its_own(found: dict[str, Operation]) -> None:
    assert found["a.get"].secured
    assert not found["a.post"].secured


def test_references_are_followed_to_their_end() -> None:
    assert resolve(DOCUMENT, {"$ref": "#/components/headers/Again"}) == {"required": True, "schema": {}}
    assert resolve(DOCUMENT, {"plain": 1}) == {"plain": 1}


@pytest.mark.parametrize("reference", ["#/components/headers/C", "#/paths/~1a~1{id}/get/operationId", "x.yaml#/a"])
def test_a_reference_to_nothing_or_to_no_object_is_an_error(reference: str) -> None:
    with pytest.raises(KeyError):
        resolve(DOCUMENT, {"$ref": reference})


def test_escaped_references_are_unescaped() -> None:
    item: dict[str, Any] = DOCUMENT["paths"]["/a/{id}"]
    assert resolve(DOCUMENT, {"$ref": "#/paths/~1a~1{id}/get"}) is item["get"]


@pytest.mark.parametrize(
    ("url", "path"),
    [("https://api.example.com/v2/", "/v2"), ("/v1", "/v1"), ("/", ""), ("https://api.example.com", "")],
)
def test_the_servers_path_has_no_trailing_slash(url: str, path: str) -> None:
    assert server_path({"servers": [{"url": url}]}) == path
