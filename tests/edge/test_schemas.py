"""What is wrong with a value is said in whole sentences, each pointing at its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_server.http.formats import is_uuid
from mock_server.http.schemas import MOST_VALUES, Compiled
from mock_server.surface import Where
from tests.edge.toy import DOCUMENT, SHELF

THING = Compiled(DOCUMENT, {"$ref": "#/components/schemas/Thing"})
GOOD = {"name": "Van", "price": 5}


def found(schema: dict[str, Any], value: Any) -> list[tuple[str, str, str]]:
    compiled = Compiled(DOCUMENT, schema)
    violations = compiled.violations(value, Where.BODY)
    assert compiled.accepts(value) is not bool(violations)
    assert all(violation.where is Where.BODY for violation in violations)
    return [(violation.pointer, violation.message, violation.keyword) for violation in violations]


def of_thing(**members: Any) -> list[tuple[str, str, str]]:
    return found({"$ref": "#/components/schemas/Thing"}, GOOD | members)


def test_a_good_value_has_no_violations() -> None:
    assert of_thing(parts=[GOOD], place={"type": "ById", "id": SHELF}, weight=Decimal("0.05")) == []


def test_all_violations_are_found_at_once() -> None:
    wrong = {"price": "1", "colour": "green", "a/b": 1, "parts": [{"name": "", "price": 0}]}
    assert {(pointer, keyword) for pointer, _, keyword in found({"$ref": "#/components/schemas/Thing"}, wrong)} == {
        ("/name", "required"),
        ("/price", "type"),
        ("/colour", "enum"),
        ("/a~1b", "additionalProperties"),
        ("/parts/0/name", "minLength"),
        ("/parts/0/price", "minimum"),
    }


def test_of_forms_that_differ_in_what_they_require_the_first_is_meant() -> None:
    either = {"type": "object", "anyOf": [{"required": ["name", "number"]}, {"required": ["id"]}]}
    assert found(either, {"id": 1}) == found(either, {"name": 1, "number": 2}) == []
    assert found(either, {}) == [("/name", "is required", "required"), ("/number", "is required", "required")]
    assert found(either, {"name": 1}) == [("/number", "is required", "required")]


def test_several_unknown_members_are_named_together() -> None:
    assert of_thing(x=1, y=2) == [("", 'no such member: "x" or "y"', "additionalProperties")]


@pytest.mark.parametrize("number", [Decimal("1.0"), Decimal("1E+3"), Decimal("16.5"), True, "1"])
def test_an_integer_has_neither_fraction_nor_exponent(number: Any) -> None:
    assert of_thing(price=number) == [("/price", "must be of type integer", "type")]


def test_exclusive_bounds_exclude_their_bound() -> None:
    assert of_thing(weight=0) == [("/weight", "must be more than 0", "exclusiveMinimum")]
    assert of_thing(weight=Decimal("0.01")) == []
    assert of_thing(weight=Decimal("0.001")) == [("/weight", "must be a multiple of 0.01", "multipleOf")]


@pytest.mark.parametrize(("lowest", "ok"), [(5, 6), (-(2**70), -(2**63))])
def test_exclusive_bounds_and_the_range_of_a_format_both_hold(lowest: int, ok: int) -> None:
    schema = {"type": "integer", "format": "int64", "minimum": lowest, "exclusiveMinimum": True}
    assert found(schema, ok) == []
    assert found(schema, ok - 1)
    assert found(schema, 2**63)


def test_the_form_that_was_meant_is_the_one_that_is_judged() -> None:
    assert of_thing(place={"type": "ById"}) == [("/place/id", "is required", "required")]
    assert of_thing(place={"type": "ById", "id": 1}) == [("/place/id", "must be of type string", "type")]
    assert of_thing(place="") == [("/place", "must have at least 1 character", "minLength")]


@pytest.mark.parametrize("place", [{"type": "Elsewhere"}, {}, 7])
def test_where_no_form_was_meant_the_choice_itself_is_at_fault(place: Any) -> None:
    assert [(pointer, keyword) for pointer, _, keyword in of_thing(place=place)] == [("/place", "oneOf")]


def test_more_than_one_form_is_no_choice() -> None:
    schema = {"oneOf": [{"type": "integer"}, {"minimum": 0}]}
    assert found(schema, 1) == [("", "does not have exactly one of the allowed forms", "oneOf")]


@pytest.mark.parametrize(
    ("schema", "value", "sentence"),
    [
        ({"type": "string", "nullable": True}, 1, "must be of type null or string"),
        ({"enum": ["a", 1, None]}, "b", 'must be "a" or 1 or null'),
        ({"type": "string", "format": "uuid"}, "x", "is not a valid uuid"),
        ({"type": "string", "format": "date-time"}, "x", "is not a valid date-time"),
        ({"type": "string", "maxLength": 1}, "ab", "must have at most 1 character"),
        ({"type": "string", "pattern": "^a$"}, "b", "does not match ^a$"),
        ({"type": "array", "minItems": 2, "items": {}}, [], "must hold at least 2 items"),
        ({"type": "array", "maxItems": 1, "items": {}}, [1, 2], "must hold at most 1 item"),
        ({"type": "array", "uniqueItems": True, "items": {}}, [1, 1], "holds the same item twice"),
        ({"type": "object", "minProperties": 1}, {}, "must have at least 1 member"),
        ({"type": "object", "maxProperties": 0}, {"a": 1}, "must have at most 0 members"),
        ({"type": "number", "maximum": 1}, 2, "must be at most 1"),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, 1, "must be less than 1"),
        ({"anyOf": [{"type": "string"}, {"type": "boolean"}]}, 1, "has none of the allowed forms"),
    ],
)
def test_each_keyword_has_a_sentence(schema: dict[str, Any], value: Any, sentence: str) -> None:
    assert [message for _, message, _ in found(schema, value)] == [sentence]


def test_a_keyword_without_a_sentence_speaks_in_the_validators_words_at_bounded_length() -> None:
    [(_, message, keyword)] = found({"not": {}}, "x" * 10_000)
    assert keyword == "not"
    assert 0 < len(message) <= 200


def test_of_a_large_value_only_the_first_violation_is_looked_for() -> None:
    few = MOST_VALUES // 2
    assert len(of_thing(parts=[{}] * few)) == 2 * few  # two members are missing from each
    assert len(of_thing(parts=[{}] * MOST_VALUES)) == 1
    nested: Any = [[{}] * few for _ in range(3)]
    assert len(of_thing(parts=nested)) == 1


def test_pointers_can_be_relative_to_a_parameter() -> None:
    [violation] = THING.violations(GOOD | {"price": 0}, Where.QUERY, at="/filter")
    assert (violation.where, violation.pointer) == (Where.QUERY, "/filter/price")


@pytest.mark.parametrize("number", [10**300, Decimal("1e300"), Decimal("1e-300"), -(10**299)])
def test_extreme_numbers_are_judged_without_a_crash(number: Any) -> None:
    assert of_thing(price=number)
    assert of_thing(weight=number) is not None


UUID = "0b9f2c3d-1111-4A22-8333-944455556666"
TEXTS = st.one_of(
    st.uuids().map(str),
    st.from_regex(r"[0-9a-fA-F-]{34,38}\n?", fullmatch=True),
    st.integers(0, 36).flatmap(lambda at: st.characters().map(lambda other: UUID[:at] + other + UUID[at + 1 :])),
    st.text(),
    st.integers(),
    st.none(),
)


@given(TEXTS)
@example(UUID)
@example(f"{UUID}\n")
@example(f"{{{UUID}}}")
@example(f"urn:uuid:{UUID}")
@example(UUID.replace("0", "\u0660"))
def test_the_quick_answer_is_the_one_that_is_told(value: Any) -> None:
    """Ids are matched by a pattern first, and what is wrong with them is told by their format."""
    schema = Compiled(DOCUMENT, {"type": "object", "properties": {"id": {"format": "uuid", "allOf": [{}]}}})
    told = schema.violations({"id": value}, Where.BODY)
    assert schema.accepts({"id": value}) is (not told)
    assert [violation.keyword for violation in told] == ["format"] * (isinstance(value, str) and not is_uuid(value))
