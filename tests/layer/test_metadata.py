"""When two JSON objects are the same (DECISIONS 19)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.apis.layer.metadata import Metadata, same

NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, Decimal("1.0")),
        (Decimal("1e2"), 100),
        (2**70, Decimal(2**70)),
        ({"a": 1, "b": [None, {}]}, {"b": [None, {}], "a": 1}),
        (0, Decimal("-0.0")),
    ],
)
def test_spelling_and_order_do_not_count(one: Any, other: Any) -> None:
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (0, None),
        (1, "1"),
        (2**53, 2**53 + 1),
        (Decimal("0.1"), Decimal("0.10000000000000000001")),
        ("a", "A"),
        ([], {}),
        ([1, 2], [2, 1]),
        ([1], [1, 1]),
        ({"a": None}, {}),
        ({"a": {"b": 1}}, {"a": {"b": 2}}),
        ({"a": [True]}, {"a": [1]}),
    ],
)
def test_different_values_are_different(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert not same(other, one)


@given(VALUES)
def test_a_value_is_the_same_as_itself_written_and_read_again(value: Any) -> None:
    text = json.dumps(value, default=lambda decimal: {"decimal": str(decimal)})
    plain = json.loads(text)
    assert same(plain, json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs))))
    assert same(value, value)


@given(st.dictionaries(st.text(max_size=2), VALUES, max_size=3), st.dictionaries(st.text(max_size=2), VALUES))
def test_equal_objects_have_equal_hashes(one: dict[str, Any], other: dict[str, Any]) -> None:
    left, right = Metadata(one), Metadata(other)
    assert left != right or hash(left) == hash(right)
    assert left != one
