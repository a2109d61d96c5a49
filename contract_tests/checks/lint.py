"""Does a document keep its own rules?

Decides what is looked at: examples against their schemas, `nullable` that says nothing, literal
paths behind the templates that swallow them, names that lead nowhere. A document that contradicts
itself cannot be kept. Knows no server.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

from contract_tests.checks import rules
from contract_tests.scope import parameters_in
from contract_tests.session import Session
from contract_tests.verdict import Failure
from spec import Document, Operation, Schema, json_schema, operations

_COMBINING: Final = ("allOf", "anyOf", "oneOf", "not", "$ref")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a document. `operation` is the operationId at fault, "" where none is."""

    operation: str
    seen: str
    expected: str


def lint(session: Session) -> None:
    """Put the state of the judged document on record."""
    flaws = tuple(flaws_of(session.api.judged))
    for flaw in flaws:
        session.recorder.fail(
            Failure(rules.LINT.id, flaw.operation, flaw.seen, flaw.expected, history=(), seed=session.seed)
        )
    session.recorder.observe(rules.LINT.id, len(list(operations(session.api.judged))))


def flaws_of(document: Document) -> Iterator[Flaw]:
    """Everything that is wrong with an OpenAPI 3.0 document, beyond what its own schema says."""
    found = tuple(operations(document))
    for operation in found:
        yield from _examples(document, operation)
        yield from _path_parameters(operation)
        yield from _links(operation, {other.operation_id for other in found})
    for operation_id, times in Counter(operation.operation_id for operation in found).items():
        if times > 1:
            yield Flaw(operation_id, f"{times} operations of that operationId", "one")
    yield from _shadowed_paths(document)
    yield from _silent_nullables(document)


def _examples(document: Document, operation: Operation) -> Iterator[Flaw]:
    bodies = [("the request", operation.body, operation.body_examples)]
    bodies += [(f"status {status}", reply.schema, reply.examples) for status, reply in operation.responses.items()]
    for where, schema, examples in bodies:
        if schema is not None and examples:
            yield from _misfits(document, operation, where, schema, examples)


def _misfits(
    document: Document, operation: Operation, where: str, schema: Schema, examples: Mapping[str, Any]
) -> Iterator[Flaw]:
    validator = Draft202012Validator(json_schema(document, schema), validate_formats=True)
    for name, example in examples.items():
        for error in validator.iter_errors(example):
            place = "/".join(str(key) for key in error.instance_path)
            yield Flaw(
                operation.operation_id,
                f"example {name} of {where}: /{place}: {error.message}",
                "an example that fits its schema",
            )


def _path_parameters(operation: Operation) -> Iterator[Flaw]:
    declared = {parameter.name for parameter in operation.parameters if parameter.where == "path"}
    places = set(parameters_in(operation.path))
    for name in sorted(declared ^ places):
        missing = "declaration" if name in places else "place in the path"
        yield Flaw(operation.operation_id, f"path parameter {name} without a {missing}", "both")


def _links(operation: Operation, known: set[str]) -> Iterator[Flaw]:
    for status, reply in operation.responses.items():
        for name, link in reply.raw.get("links", {}).items():
            aim = link.get("operationId", "")
            if aim and aim not in known:
                yield Flaw(operation.operation_id, f"link {name} of status {status} to {aim}", "a known operationId")


def _shadowed_paths(document: Document) -> Iterator[Flaw]:
    """A path that a router which takes the first match would never reach."""
    for earlier, later in combinations(document["paths"], 2):
        pattern = "([^/]+)".join(re.escape(part) for part in re.split(r"\{[^{}]+\}", earlier))
        if "{" in earlier and re.fullmatch(pattern, later) and not _same_shape(earlier, later):
            yield Flaw("", f"path {later} comes after {earlier}, which matches it", "the literal path first")


def _same_shape(one: str, other: str) -> bool:
    return len(parameters_in(one)) == len(parameters_in(other))


def _silent_nullables(document: Document) -> Iterator[Flaw]:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        for place, node in _schemas(schema, name):
            if node.get("nullable") is True and "type" not in node:
                reason = next((word for word in _COMBINING if word in node), "no type")
                yield Flaw("", f"nullable beside {reason} in {place}", "a type beside it (OpenAPI 3.0.3, nullable)")


def _schemas(node: Any, place: str) -> Iterator[tuple[str, Document]]:
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            if key not in ("enum", "default", "example"):
                yield from _schemas(value, f"{place}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _schemas(value, f"{place}/{index}")
