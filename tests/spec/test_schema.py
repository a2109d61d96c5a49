"""The one normaliser agrees with an independent reading of OpenAPI 3.0.3."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from spec import Document, json_schema
from spec.schema import DIALECT

EMPTY: Document = {"components": {"schemas": {}}}


def plain(schema: dict[str, Any], document: Document = EMPTY) -> dict[str, Any]:
    translated = json_schema(document, schema)
    Draft202012Validator.check_schema(translated)
    assert translated.pop("$schema") == DIALECT
    return translated


def test_nullable_adds_null_to_the_type() -> None:
    assert plain({"type": "string", "nullable": True}) == {"type": ["string", "null"]}


def test_nullable_without_a_type_says_nothing() -> None:
    assert plain({"nullable": True, "minLength": 1}) == {"minLength": 1}


def test_an_enum_admits_null_only_where_it_lists_it() -> None:
    assert not Draft202012Validator(plain({"type": "string", "nullable": True, "enum": ["a"]})).is_valid(None)
    only_null = Draft202012Validator(plain({"type": "string", "nullable": True, "enum": [None]}))
    assert only_null.is_valid(None)
    assert not only_null.is_valid("a")


def test_integer_formats_become_ranges() -> None:
    assert plain({"type": "integer", "format": "int32"}) == {
        "type": "integer",
        "minimum": -(2**31),
        "maximum": 2**31 - 1,
    }
    assert plain({"type": "integer", "format": "int64"}) == {
        "type": "integer",
        "minimum": -(2**63),
        "maximum": 2**63 - 1,
    }


def test_a_written_bound_within_the_format_stays() -> None:
    schema = {"type": "integer", "format": "int64", "minimum": 1, "maximum": 2**70}
    assert plain(schema) == {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}


def test_boolean_exclusive_bounds_become_numbers() -> None:
    schema = {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": True}
    assert plain(schema) == {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 9}
    assert plain({"minimum": 0, "exclusiveMinimum": False}) == {"minimum": 0}
    assert plain({"exclusiveMinimum": True}) == {}


def test_an_exclusive_bound_survives_the_range_of_a_format() -> None:
    schema = {"type": "integer", "format": "int32", "minimum": 0, "exclusiveMinimum": True}
    accepts = Draft202012Validator(plain(schema)).is_valid
    assert (accepts(0), accepts(1), accepts(2**31)) == (False, True, False)


def test_annotations_and_marks_are_dropped() -> None:
    schema = {
        "type": "string",
        "title": "T",
        "description": "D",
        "example": "e",
        "deprecated": True,
        "readOnly": True,
        "xml": {},
        "x-evidence": "chosen",
        "format": "password",
    }
    assert plain(schema) == {"type": "string"}


def test_asserting_formats_and_defaults_stay() -> None:
    assert plain({"type": "string", "format": "uuid", "default": "d"}) == {
        "type": "string",
        "format": "uuid",
        "default": "d",
    }


def test_references_become_definitions_and_what_stands_beside_them_is_ignored() -> None:
    document = {"components": {"schemas": {"Name": {"type": "string", "nullable": True}}}}
    assert plain({"$ref": "#/components/schemas/Name", "maxLength": 1}, document) == {
        "$ref": "#/$defs/Name",
        "$defs": {"Name": {"type": ["string", "null"]}},
    }


def test_recursive_components_end() -> None:
    node = {"type": "object", "properties": {"below": {"type": "array", "items": {"$ref": "#/components/schemas/N"}}}}
    accepts = Draft202012Validator(plain({"$ref": "#/components/schemas/N"}, {"components": {"schemas": {"N": node}}}))
    assert accepts.is_valid({"below": [{"below": []}]})
    assert not accepts.is_valid({"below": [{"below": 1}]})


def test_a_member_called_like_a_keyword_is_a_member() -> None:
    schema = {"type": "object", "properties": {"description": {"type": "integer"}, "nullable": {"type": "string"}}}
    assert plain(schema) == schema


@pytest.mark.parametrize("reference", ["#/components/schemas/Gone", "other.yaml#/a", "#"])
def test_a_reference_that_leads_nowhere_is_named(reference: str) -> None:
    with pytest.raises(KeyError, match=reference.replace("#", ".")):
        json_schema(EMPTY, {"$ref": reference})


def bounds(least: int, most: int) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "minimum": st.integers(least, most),
            "maximum": st.integers(least, most),
            "exclusiveMinimum": st.booleans(),
            "exclusiveMaximum": st.booleans(),
            "format": st.sampled_from(["int32", "int64"]),
            "nullable": st.booleans(),
        },
    )


LEAVES = st.one_of(
    bounds(-5, 5).map(lambda extra: {"type": "integer", **extra}),
    st.booleans().map(lambda null: {"type": "string", "nullable": null}),
    st.booleans().map(lambda null: {"type": "boolean", "nullable": null}),
    st.just({"type": "string", "enum": ["a", "b"]}),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda items, null: {"type": "array", "items": items, "nullable": null}, inner, st.booleans()),
        st.lists(inner, min_size=1, max_size=3).flatmap(
            lambda parts: st.sampled_from([{kind: parts} for kind in ("allOf", "anyOf", "oneOf")])
        ),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda members, required, extra: {
                "type": "object",
                "properties": members,
                "additionalProperties": extra,
                **({"required": required} if required else {}),
            },
            st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
            st.lists(st.sampled_from("abc"), unique=True),
            st.booleans() | inner,
        ),
    ),
    max_leaves=6,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-6, 6) | st.sampled_from(["a", "b", "c", 2**31, -(2**63) - 1]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(SCHEMAS, VALUES)
def test_it_admits_what_an_independent_reading_admits(schema: dict[str, Any], value: object) -> None:
    theirs = OAS30Validator(schema, format_checker=oas30_format_checker).is_valid(value)
    assert Draft202012Validator(plain(schema)).is_valid(value) == theirs
