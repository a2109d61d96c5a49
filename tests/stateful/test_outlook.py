"""What the model objects to, and which outcomes an objection leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from stateful.model.books import Asset, Books, Change, Closed, Entry, Opened, Posted
from stateful.model.outlook import (
    Objection,
    Outcome,
    outcomes,
    to_amending,
    to_posting,
    to_recording,
    to_withdrawing,
)
from stateful.model.words import INT64_MAX, Effect

JUNE = date(2024, 6, 15)
PLAIN = Asset("plain", "at cost")
WORTH = Entry("worth", date(2020, 1, 1), (("at cost", 1_000), ("cash", -1_000)))
BOOKS = Books().after(Opened(PLAIN), Posted(WORTH))


def recording(books: Books = BOOKS, asset: Asset = PLAIN, **more: Any) -> frozenset[Objection]:
    given: dict[str, Any] = {"effect": Effect.IMPAIRMENT, "minor": 100, "day": JUNE, "counter": "loss"} | more
    return to_recording(books, asset=asset, **given)


def test_nothing_is_objected_to_in_an_ordinary_change() -> None:
    assert recording() == frozenset()


@pytest.mark.parametrize(
    ("more", "objection"),
    [
        ({"minor": 0}, Objection.NOT_POSITIVE),
        ({"minor": -1}, Objection.NOT_POSITIVE),
        ({"minor": INT64_MAX + 1}, Objection.BEYOND_INT64),
        ({"minor": 1_001}, Objection.BELOW_ZERO),
        ({"counter": "at cost"}, Objection.SAME_ACCOUNT),
        ({"effect": Effect.DEPRECIATION}, Objection.NO_ACCUMULATED),
        ({"asset": replace(PLAIN, archived=True)}, Objection.ARCHIVED_ASSET),
        ({"books": BOOKS.after(Closed(date(2024, 6, 16)))}, Objection.CLOSED),
    ],
)
def test_each_flaw_has_its_objection(more: dict[str, Any], objection: Objection) -> None:
    assert recording(**more) == {objection}


def test_the_day_of_closing_itself_is_open() -> None:
    assert recording(BOOKS.after(Closed(JUNE))) == frozenset()


def test_the_last_amount_that_fits_is_no_overflow_and_one_more_is() -> None:
    room = INT64_MAX - 1_000
    assert Objection.OVERFLOW not in recording(effect=Effect.IMPROVEMENT, minor=room)
    assert Objection.OVERFLOW in recording(effect=Effect.IMPROVEMENT, minor=room + 1)


def test_a_large_amount_and_a_large_sum_of_amounts_may_meet_a_limit() -> None:
    assert recording(effect=Effect.IMPROVEMENT, minor=10**13) == frozenset()
    assert recording(effect=Effect.IMPROVEMENT, minor=10**13 + 1) == {Objection.CROWDED}
    many = BOOKS.after(*(Posted(replace(CHANGE, key=f"c{n}", minor=10**13)) for n in range(2**60 // 10**13)))
    assert recording(many, effect=Effect.IMPROVEMENT, minor=10**13) == {Objection.CROWDED}


def test_an_archived_asset_may_let_none_of_its_changes_be_touched() -> None:
    archived = BOOKS.after(Posted(CHANGE), Opened(replace(BOOKS.assets()["plain"], archived=True)))
    assert to_withdrawing(archived, CHANGE) == {Objection.ARCHIVED_ASSET}
    assert to_amending(archived, CHANGE, CHANGE) == {Objection.ARCHIVED_ASSET}


def test_raising_a_value_that_is_below_zero_is_nobodys_floor() -> None:
    loss = Change("loss", "plain", Effect.IMPAIRMENT, 2_000, JUNE, "loss", "at cost")
    assert recording(BOOKS.after(Posted(loss)), effect=Effect.IMPROVEMENT) == frozenset()


CHANGE = Change("one", "plain", Effect.IMPROVEMENT, 500, JUNE, "cash", "at cost")


def test_an_amendment_that_says_the_same_is_never_objected_to() -> None:
    closed = BOOKS.after(Posted(CHANGE), Closed(date(2025, 1, 1)))
    assert to_amending(closed, CHANGE, CHANGE) == frozenset()


def test_an_amendment_is_judged_as_taking_back_and_recording() -> None:
    books = BOOKS.after(Posted(CHANGE))
    assert to_amending(books, CHANGE, replace(CHANGE, minor=400)) == frozenset()
    assert to_amending(books, CHANGE, replace(CHANGE, minor=0)) == {Objection.NOT_POSITIVE}
    closed = books.after(Closed(date(2024, 7, 1)))
    later = replace(CHANGE, day=date(2024, 8, 1))
    assert to_amending(closed, CHANGE, later) == {Objection.CLOSED_WITHDRAWAL}
    assert to_amending(closed, CHANGE, replace(CHANGE, minor=1)) >= {Objection.CLOSED, Objection.CLOSED_WITHDRAWAL}


def test_taking_back_what_holds_the_value_up_may_meet_a_floor() -> None:
    books = BOOKS.after(Posted(CHANGE))
    assert to_withdrawing(books, CHANGE) == frozenset()
    assert to_withdrawing(books, WORTH) == frozenset()
    loss = Change("loss", "plain", Effect.IMPAIRMENT, 1_200, JUNE, "loss", "at cost")
    assert to_withdrawing(books.after(Posted(loss)), CHANGE) == {Objection.BELOW_ZERO}


def test_a_decrease_that_was_taken_back_may_count_until_today_and_meet_a_floor() -> None:
    loss = Change("loss", "plain", Effect.IMPAIRMENT, 600, JUNE, "loss", "at cost")
    books = BOOKS.after(Posted(loss))
    assert to_amending(books, loss, replace(loss, counter="other")) == {Objection.BELOW_ZERO}
    assert to_amending(books, loss, replace(loss, minor=300)) == frozenset()


def test_an_entry_must_balance_and_fall_on_an_open_day() -> None:
    entry = Entry("entry", JUNE, (("at cost", 5), ("cash", -5)))
    assert to_posting(BOOKS, entry) == frozenset()
    assert to_posting(BOOKS, replace(entry, shifts=(("at cost", 5), ("cash", -4)))) == {Objection.UNBALANCED}
    assert to_posting(BOOKS.after(Closed(date(2025, 1, 1))), entry) == {Objection.CLOSED}


def test_without_objection_a_call_is_carried_out() -> None:
    assert outcomes((), {}) == {Outcome.DONE}


def test_an_objection_means_refusal_unless_latitude_is_given() -> None:
    either = {Objection.BELOW_ZERO: frozenset({Outcome.DONE, Outcome.REFUSED})}
    assert outcomes({Objection.NO_NAME}, either) == {Outcome.REFUSED}
    assert outcomes({Objection.BELOW_ZERO}, either) == {Outcome.DONE, Outcome.REFUSED}


def test_every_objection_must_admit_the_outcome() -> None:
    either = {Objection.BELOW_ZERO: frozenset({Outcome.DONE, Outcome.REFUSED})}
    assert outcomes({Objection.BELOW_ZERO, Objection.NO_NAME}, either) == {Outcome.REFUSED}
