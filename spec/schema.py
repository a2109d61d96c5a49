"""From OpenAPI 3.0's schema dialect to plain JSON Schema 2020-12.

The one place that says what `nullable`, boolean `exclusiveMinimum` and `int64` mean, so that the
sandbox, the kit and the tests cannot read the same document differently. It keeps assertions and
drops annotations. It must not know any API or validator.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from spec.document import Document, Schema, at

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_RANGES: Final = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
_SUBSCHEMA: Final = ("items", "not")
_SUBSCHEMAS: Final = ("allOf", "anyOf", "oneOf")
_COPIED: Final = frozenset(
    {
        "default",
        "enum",
        "format",
        "maximum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "minimum",
        "minItems",
        "minLength",
        "minProperties",
        "multipleOf",
        "pattern",
        "required",
        "type",
        "uniqueItems",
    }
)
# Formats that say how a value is written or shown, and assert nothing in 2020-12.
_SILENT_FORMATS: Final = frozenset({*_RANGES, "float", "double", "byte", "binary", "password"})


def json_schema(document: Document, schema: Schema) -> Schema:
    """The same assertions in JSON Schema 2020-12, self-contained.

    Referenced components become `$defs` of the same name; recursion is kept. As OpenAPI 3.0.3
    has it, members beside a `$ref` are ignored, `nullable` without `type` says nothing, and an
    enum admits null only where it lists it.
    Raises KeyError for a reference that leads nowhere.
    """
    definitions: dict[str, Schema] = {}
    plain = _Translation(document, definitions).of(schema)
    return {"$schema": DIALECT, **plain, **({"$defs": definitions} if definitions else {})}


class _Translation:
    """One schema's translation; `definitions` collects the components that it reaches."""

    def __init__(self, document: Document, definitions: dict[str, Schema]) -> None:
        self._document = document
        self._definitions = definitions

    def of(self, schema: Schema) -> Schema:
        if "$ref" in schema:
            return {"$ref": self._define(schema["$ref"])}
        plain: Schema = {keyword: schema[keyword] for keyword in schema if keyword in _COPIED}
        for keyword in _SUBSCHEMA:
            if keyword in schema:
                plain[keyword] = self.of(schema[keyword])
        for keyword in _SUBSCHEMAS:
            if keyword in schema:
                plain[keyword] = [self.of(part) for part in schema[keyword]]
        if "properties" in schema:
            plain["properties"] = {name: self.of(part) for name, part in schema["properties"].items()}
        if "additionalProperties" in schema:
            extra = schema["additionalProperties"]
            plain["additionalProperties"] = self.of(extra) if isinstance(extra, dict) else extra
        _bound(plain, schema)
        if schema.get("nullable") and "type" in plain:
            plain["type"] = [plain["type"], "null"]
        return plain

    def _define(self, reference: str) -> str:
        # Component names are unique within their kind, and only schemas are referred to here.
        name = reference.rpartition("/")[2]
        if name not in self._definitions:
            self._definitions[name] = {}  # holds the place, so that recursion ends
            self._definitions[name].update(self.of(at(self._document, reference)))
        return f"#/$defs/{name}"


def _bound(plain: Schema, schema: Mapping[str, Any]) -> None:
    """Set numeric bounds: the format's range within the written one, boolean exclusives as numbers."""
    for exclusive, inclusive in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(exclusive) and inclusive in plain:
            plain[exclusive] = plain.pop(inclusive)
    written = schema.get("format")
    if written in _SILENT_FORMATS:
        del plain["format"]
    if written in _RANGES:
        lowest, highest = _RANGES[written]
        plain["minimum"] = max(lowest, plain.get("minimum", lowest))
        plain["maximum"] = min(highest, plain.get("maximum", highest))
