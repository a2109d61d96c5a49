"""A document's schemas as compiled validators, and what they found as sentences.

Decides how a broken keyword reads and where its JSON Pointer points: at the member that is
missing or unknown, and at the form that was meant where a schema allows several. Knows neither
HTTP nor any API.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from jsonschema_rs import Draft4Validator, ValidationError

import spec
from mock_server.http.formats import FORMATS, UUID
from mock_server.http.jsontext import encode, pointer_of, shortened
from mock_server.surface import Violation, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MOST_VALUES: Final = 1_000
"""A value of more members and items than this is told its first violation only. The validator finds all
violations at once, and a body of 2 MiB can hold 400,000: seconds in which nobody else is answered."""

_EXCLUSIVE: Final = (("exclusiveMinimum", "minimum", max), ("exclusiveMaximum", "maximum", min))


class Compiled:
    """One schema of a document, compiled once. `accepts(value)` is the quick yes or no."""

    def __init__(self, document: spec.Document, schema: spec.Schema) -> None:
        self._schema = _draft4(spec.json_schema(document, schema))
        self.accepts: Callable[[Any], bool] = _compiled(_matched(self._schema)).is_valid

    @cached_property
    def _validator(self) -> Draft4Validator:
        """The one that tells what is wrong."""
        return _compiled(self._schema)

    def violations(self, value: Any, where: Where, *, at: str = "") -> tuple[Violation, ...]:
        """What is wrong with `value`, pointers relative to `at`; empty if nothing is.

        Everything, unless `value` is larger than MOST_VALUES: then the first violation.
        """
        errors = self._first(value) if _is_large(value) else self._validator.iter_errors(value)
        return tuple(
            Violation(where, _sentence(error), at + _pointer(error), error.kind.name) for error in _meant(errors)
        )

    def _first(self, value: Any) -> tuple[ValidationError, ...]:
        try:
            self._validator.validate(value)
        except ValidationError as error:
            return (error,)
        return ()


def _compiled(schema: spec.Schema) -> Draft4Validator:
    return Draft4Validator(schema, formats=dict(FORMATS), validate_formats=True)


def _is_large(value: Any) -> bool:
    """Whether `value` holds more than MOST_VALUES members and items, at all depths together."""
    seen, waiting = 0, [value]
    while waiting and seen <= MOST_VALUES:
        inner = waiting.pop()
        if isinstance(inner, dict | list):
            seen += len(inner)
            if seen <= MOST_VALUES:
                waiting.extend(inner.values() if isinstance(inner, dict) else inner)
    return seen > MOST_VALUES


def _draft4(schema: spec.Schema) -> spec.Schema:
    """The same assertions in Draft 4.

    OpenAPI 3.0 builds on a draft in which 1.0 is not an integer; in 2020-12, which `spec` speaks,
    it is one, and would reach handlers that count in whole cents.
    """
    plain = dict(schema)
    plain.pop("$schema", None)
    for exclusive, inclusive, tighter in _EXCLUSIVE:
        if exclusive in plain:
            limit = plain[exclusive]
            plain[exclusive] = tighter(limit, plain.get(inclusive, limit)) == limit
            plain[inclusive] = tighter(limit, plain.get(inclusive, limit))
    return _with_parts(plain, _draft4)


def _matched(schema: spec.Schema) -> spec.Schema:
    """The same assertions, uuids told by a pattern: the validator calls Python for a format that is ours.

    It says less of what is wrong, and a reply's handful of ids cost a quarter.
    """
    if schema.get("format") != "uuid":
        return _with_parts(schema, _matched)
    patterned = {name: part for name, part in schema.items() if name != "format"}
    return _with_parts({**patterned, "allOf": [*schema.get("allOf", ()), {"pattern": f"^{UUID}$"}]}, _matched)


def _with_parts(schema: spec.Schema, of: Callable[[spec.Schema], spec.Schema]) -> spec.Schema:
    """The schema with `of` applied to each schema within it."""
    plain = dict(schema)
    for keyword in ("items", "not", "additionalProperties"):
        if isinstance(plain.get(keyword), dict):
            plain[keyword] = of(plain[keyword])
    for keyword in ("allOf", "anyOf", "oneOf"):
        if keyword in plain:
            plain[keyword] = [of(part) for part in plain[keyword]]
    for keyword in ("properties", "$defs"):
        if keyword in plain:
            plain[keyword] = {name: of(part) for name, part in plain[keyword].items()}
    return plain


def _meant(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """The same errors, a choice of forms replaced by what is wrong with the form that was meant."""
    for error in errors:
        forms = getattr(error.kind, "context", None) or []
        near = [form for form in forms if form and not any(_rules_out(inner, error) for inner in form)]
        if len(near) == 1 or (near and _lacking(error, near)):
            yield from _meant(near[0])
        else:
            yield error


def _lacking(choice: ValidationError, forms: Iterable[Iterable[ValidationError]]) -> bool:
    """Whether forms of which any will do differ in what they require alone: the first is then the usual one."""
    return choice.kind.name == "anyOf" and all(inner.kind.name == "required" for form in forms for inner in form)


def _rules_out(inner: ValidationError, choice: ValidationError) -> bool:
    """Whether this error says that another form was meant: another type, or another tag within it."""
    depth = len(inner.instance_path) - len(choice.instance_path)
    return (inner.kind.name == "type" and depth == 0) or (inner.kind.name == "enum" and depth <= 1)


def _pointer(error: ValidationError) -> str:
    missing = getattr(error.kind, "property", None)
    unknown = getattr(error.kind, "unexpected", None)
    steps = list(error.instance_path)
    if error.kind.name == "required" and missing is not None:
        steps.append(missing)
    elif unknown and len(unknown) == 1:
        steps.append(unknown[0])
    return pointer_of(*steps)


def _sentence(error: ValidationError) -> str:
    say = _SENTENCES.get(error.kind.name)
    return say(error.kind) if say else shortened(error.message, 200)


def _plain(value: object) -> str:
    return encode(value).decode()


def _any_of(values: Iterable[object]) -> str:
    return shortened(" or ".join(_plain(value) for value in values), 200)


def _count(limit: int, noun: str) -> str:
    return f"{limit} {noun}" if limit == 1 else f"{limit} {noun}s"


_SENTENCES: Final[Mapping[str, Callable[[Any], str]]] = {
    "additionalProperties": lambda kind: f"no such member: {_any_of(kind.unexpected)}",
    "anyOf": lambda _: "has none of the allowed forms",
    "enum": lambda kind: f"must be {_any_of(kind.options)}",
    "exclusiveMaximum": lambda kind: f"must be less than {kind.limit}",
    "exclusiveMinimum": lambda kind: f"must be more than {kind.limit}",
    "format": lambda kind: f"is not a valid {kind.format}",
    "maxItems": lambda kind: f"must hold at most {_count(kind.limit, 'item')}",
    "maxLength": lambda kind: f"must have at most {_count(kind.limit, 'character')}",
    "maxProperties": lambda kind: f"must have at most {_count(kind.limit, 'member')}",
    "maximum": lambda kind: f"must be at most {kind.limit}",
    "minItems": lambda kind: f"must hold at least {_count(kind.limit, 'item')}",
    "minLength": lambda kind: f"must have at least {_count(kind.limit, 'character')}",
    "minProperties": lambda kind: f"must have at least {_count(kind.limit, 'member')}",
    "minimum": lambda kind: f"must be at least {kind.limit}",
    "multipleOf": lambda kind: f"must be a multiple of {kind.multiple_of}",
    "oneOf": lambda _: "does not have exactly one of the allowed forms",
    "pattern": lambda kind: f"does not match {kind.pattern}",
    "required": lambda _: "is required",
    "type": lambda kind: f"must be of type {' or '.join(kind.types)}",
    "uniqueItems": lambda _: "holds the same item twice",
}
