"""Every document that is here keeps the house's rules for documents, whatever its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

import spec
from spec import Document, Operation

EDGE_STATUSES = {"400", "401", "404", "405", "413", "429"}
FORMATTED = {"uuid", "date-time", "date"}


def readings(*names: str) -> list[Any]:
    """One test parameter for each document of that reading that an API has."""
    return [
        pytest.param(document, id=f"{api.name}-{name}")
        for api in map(spec.load, spec.available())
        for name in names
        if (document := getattr(api, name)) is not None
    ]


EVERY = readings("served", "judged", "documented", "control")
WRITTEN = readings("served", "control")  # as the sandbox serves them, not derived


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document but those inside examples, which are data."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, dict):
        yield node
        for name, value in node.items():
            if name not in ("example", "examples"):
                yield from nodes(value)


def bodies(operation: Operation) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Name, schema and examples of the request body and of every reply body."""
    if operation.body is not None:
        yield "request", operation.body, dict(operation.body_examples)
    for status, response in operation.responses.items():
        if response.schema is not None:
            yield status, response.schema, dict(response.examples)


@pytest.mark.parametrize("document", EVERY)
def test_the_openapi_validator_finds_nothing(document: Document) -> None:
    assert [error.message for error in OpenAPIV30SpecValidator(document).iter_errors()] == []


@pytest.mark.parametrize("document", EVERY)
def test_every_example_fits_its_schema(document: Document) -> None:
    wrong = []
    for operation in spec.operations(document):
        for where, schema, examples in bodies(operation):
            plain = spec.json_schema(document, schema)
            Draft202012Validator.check_schema(plain)
            checker = Draft202012Validator(plain, format_checker=Draft202012Validator.FORMAT_CHECKER)
            wrong += [
                f"{operation.operation_id} {where} {name}: {error.json_path} {error.message}"
                for name, example in examples.items()
                for error in checker.iter_errors(example)
            ]
    assert wrong == []


def test_the_format_checker_knows_the_formats_that_the_examples_need() -> None:
    assert set(Draft202012Validator.FORMAT_CHECKER.checkers) >= FORMATTED


@pytest.mark.parametrize("document", WRITTEN)
def test_every_body_has_an_example(document: Document) -> None:
    without = [
        f"{operation.operation_id} {where}"
        for operation in spec.operations(document)
        for where, _schema, examples in bodies(operation)
        if not examples
    ]
    assert without == []


@pytest.mark.parametrize("document", WRITTEN)
def test_literal_paths_stand_before_the_templates_that_would_swallow_them(document: Document) -> None:
    paths = [path.strip("/").split("/") for path in document["paths"]]
    swallowed = [
        f"{'/'.join(template)} stands before {'/'.join(literal)}"
        for index, template in enumerate(paths)
        for literal in paths[index + 1 :]
        if len(template) == len(literal)
        and template != literal
        and all(ours == theirs or ours.startswith("{") for ours, theirs in zip(template, literal, strict=True))
    ]
    assert swallowed == []


@pytest.mark.parametrize("name", spec.available())
def test_every_operation_declares_every_status_of_the_edge(name: str) -> None:
    for operation in spec.operations(spec.load(name).served):
        expected = EDGE_STATUSES | ({"415"} if operation.body is not None else set())
        assert expected <= set(operation.responses), operation.operation_id
        assert any(status.startswith("2") for status in operation.responses), operation.operation_id


@pytest.mark.parametrize("document", EVERY)
def test_no_response_is_a_default(document: Document) -> None:
    assert [op.operation_id for op in spec.operations(document) if "default" in op.responses] == []


@pytest.mark.parametrize("document", WRITTEN)
def test_every_405_says_which_methods_there_are(document: Document) -> None:
    assert all(op.responses["405"].headers.get("Allow") for op in spec.operations(document))


@pytest.mark.parametrize("document", EVERY)
def test_every_link_leads_to_an_operation_and_its_parameters(document: Document) -> None:
    known = {operation.operation_id: operation for operation in spec.operations(document)}
    wrong = []
    for operation in known.values():
        for response in operation.responses.values():
            for name, link in response.raw.get("links", {}).items():
                target = known.get(link["operationId"])
                names = {parameter.name for parameter in target.parameters} if target else set()
                if target is None or not set(link["parameters"]) <= names:
                    wrong.append(f"{operation.operation_id} {name}")
    assert wrong == []


@pytest.mark.parametrize("document", EVERY)
def test_a_nullable_schema_has_a_type(document: Document) -> None:
    assert [node for node in nodes(document) if node.get("nullable") and not isinstance(node.get("type"), str)] == []


@pytest.mark.parametrize("document", WRITTEN)
def test_what_may_be_null_is_never_required(document: Document) -> None:
    wrong = []
    for node in nodes(document):
        for name in node.get("required", []) if isinstance(node.get("properties"), dict) else []:
            if spec.resolve(document, node["properties"][name]).get("nullable"):
                wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("document", EVERY)
def test_nothing_stands_beside_a_reference(document: Document) -> None:
    assert [node for node in nodes(document) if "$ref" in node and len(node) > 1] == []


@pytest.mark.parametrize("document", EVERY)
def test_every_integer_has_a_format(document: Document) -> None:
    unbounded = [
        name
        for node in nodes(document)
        for name, member in (node.get("properties") or {}).items()
        if isinstance(member, dict) and member.get("type") == "integer"
        if member.get("format") not in ("int32", "int64")
    ]
    # Between an entry and its reversal of the same day a running balance may exceed 64 bits (spec/layer).
    assert set(unbounded) <= {"running_balance"}


@pytest.mark.parametrize("document", WRITTEN)
def test_operation_ids_and_summaries_are_there_once(document: Document) -> None:
    found = list(spec.operations(document))
    assert len({operation.operation_id for operation in found}) == len(found)
    assert all(operation.raw["summary"] and not operation.raw["summary"].endswith(".") for operation in found)


@pytest.mark.parametrize("document", WRITTEN)
def test_every_component_is_used(document: Document) -> None:
    text = repr(document)
    unused = [
        f"{kind}/{name}"
        for kind, components in document["components"].items()
        if kind != "securitySchemes"
        for name in components
        if f"#/components/{kind}/{name}'" not in text
    ]
    assert unused == []


@pytest.mark.parametrize("document", WRITTEN)
def test_evidence_is_one_of_the_known_kinds(document: Document) -> None:
    kinds = {node["x-evidence"] for node in nodes(document) if "x-evidence" in node}
    assert kinds <= {"documented", "inferred", "chosen"}


@pytest.mark.parametrize("document", WRITTEN)
def test_replies_are_strict_where_they_can_be(document: Document) -> None:
    """The sandbox must not send a member that its document does not name."""
    loose = []
    for operation in spec.operations(document):
        for status, response in operation.responses.items():
            if response.schema is not None:
                reply = spec.resolve(document, response.schema)
                reply = spec.resolve(document, reply["items"]) if reply.get("type") == "array" else reply
                if reply.get("additionalProperties") is not False:
                    loose.append(f"{operation.operation_id} {status}")
    assert loose == []
