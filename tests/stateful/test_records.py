"""What a record must say: the members that were told, compared as JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from stateful.model.records import Told, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        (2**53 + 1, 2**53 + 1),
        (1, Decimal("1.0")),
        ({"a": 1, "b": [None, {}]}, {"b": [None, {}], "a": 1}),
        (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_these_are_the_same(one: object, other: object) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (2**53 + 1, 2**53),
        (True, 1),
        ({"a": None}, {}),
        ({"a": 1}, {"a": 2}),
        ([1, 2], [2, 1]),
        ([1], [1, 1]),
        ("1", 1),
        ({}, []),
        (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)),
    ],
)
def test_these_are_not(one: object, other: object) -> None:
    assert not same(one, other)


def test_what_is_sent_replaces_and_what_is_absent_stays() -> None:
    told = Told({"name": "old", "memo": "kept"}).merged({"name": "new"})
    assert told.members == {"name": "new", "memo": "kept"}


def test_of_a_member_sent_as_null_nothing_is_said() -> None:
    assert Told({"memo": "old"}).merged({"memo": None}).members == {}


def test_only_told_members_can_differ() -> None:
    told = Told({"name": "Forklift", "memo": "note"})
    shown = {"name": "Forklift", "memo": None, "extra": 1}
    assert list(told.differences(shown)) == [("memo", None, "note")]
