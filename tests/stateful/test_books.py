"""The model's books: what is on record, and every sum that follows from it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stateful.model.books import (
    Asset,
    Books,
    Change,
    Closed,
    Convention,
    Entry,
    Event,
    Opened,
    Posted,
    Withdrawn,
)
from stateful.model.words import MOVES, Basis, Effect, Part, Side

FORKLIFT = Asset("forklift", "at cost", "accumulated")
MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 15), date(2024, 7, 1)


def change(key: str, effect: Effect, minor: int, day: date = JUNE, **more: bool) -> Change:
    against = FORKLIFT.part(effect)
    assert against is not None
    return Change(key, "forklift", effect, minor, day, "counter", against, **more)


def bought(*events: Event) -> Books:
    purchase = Entry("purchase", MAY, (("at cost", 4_000_000), ("cash", -4_000_000)))
    return Books().after(Opened(FORKLIFT), Posted(purchase), *events)


def test_the_guides_forklift_after_its_three_calls() -> None:
    # DECISIONS 2: the figures after seed 000's calls, without and with the purchase.
    guide = (
        Posted(Change("february", "forklift", Effect.DEPRECIATION, 66_667, MAY, "expense", "accumulated")),
        Posted(Change("june", "forklift", Effect.IMPROVEMENT, 50_000, JUNE, "cash", "at cost")),
    )
    books = Books().after(Opened(FORKLIFT), *guide)
    figures = {name: books.balance(name) for name in ("at cost", "accumulated", "expense", "cash")}
    assert figures == {"at cost": 50_000, "accumulated": -66_667, "expense": 66_667, "cash": -50_000}
    assert books.carrying("forklift") == -16_667
    assert books.accumulated("forklift") == 66_667
    assert all(books.balance(name, basis=Basis.CASH) == 0 for name in figures)
    assert bought(*guide).carrying("forklift") == 3_983_333
    assert bought(*guide).balance("at cost", basis=Basis.CASH) == 4_000_000


@pytest.mark.parametrize("effect", Effect)
def test_each_effect_moves_the_carrying_value_its_way(effect: Effect) -> None:
    side, part = MOVES[effect]
    before, after = bought(), bought(Posted(change("one", effect, 700)))
    assert after.carrying("forklift") - before.carrying("forklift") == 700 * side.value
    assert after.balance("counter") == -700 * side.value
    assert after.accumulated("forklift") == (700 if part is Part.ACCUMULATED else 0)


def test_a_figure_holds_what_counts_on_its_day_and_before() -> None:
    books = bought(Posted(change("one", Effect.IMPROVEMENT, 5, JUNE)))
    assert [books.carrying("forklift", day) for day in (date(2024, 5, 30), MAY, JUNE, JULY)] == [
        0,
        4_000_000,
        4_000_005,
        4_000_005,
    ]
    assert books.balance("at cost", MAY) == 4_000_000
    assert books.balance("counter", JUNE) == -5


def test_a_withdrawn_change_counts_nowhere() -> None:
    books = bought(Posted(change("one", Effect.IMPROVEMENT, 5)), Withdrawn("one"))
    assert books.balance("at cost") == 4_000_000
    assert books.changes("forklift") == ()
    assert books.withdrawn() == {"one"}


def test_an_amended_change_counts_once_and_keeps_its_place() -> None:
    first, second = change("one", Effect.IMPROVEMENT, 5), change("two", Effect.IMPAIRMENT, 2)
    again = change("one", Effect.IMPROVEMENT, 9)
    books = bought(Posted(first), Posted(second), Withdrawn("one"), Posted(again))
    assert books.changes("forklift") == (again, second)
    assert books.withdrawn() == frozenset()


def test_where_withdrawals_are_dated_today_earlier_figures_still_hold_what_was_withdrawn() -> None:
    books = bought(Posted(change("one", Effect.IMPROVEMENT, 5)), Withdrawn("one"))
    assert books.balance("at cost", JULY, convention=Convention(voids_now=True)) == 4_000_005
    assert books.balance("at cost", JULY) == 4_000_000
    assert books.balance("at cost", convention=Convention(voids_now=True, amends_now=True)) == 4_000_000


def test_what_falls_later_on_the_day_may_count_or_not() -> None:
    books = bought(Posted(change("late", Effect.IMPROVEMENT, 5, late=True)))
    assert books.balance("at cost", JUNE) == 4_000_005
    assert books.balance("at cost", JUNE, convention=Convention(whole_day=False)) == 4_000_000
    assert books.balance("at cost", JULY, convention=Convention(whole_day=False)) == 4_000_005


def test_voids_and_amendments_may_end_today_each_for_itself() -> None:
    first, second = change("amended", Effect.IMPROVEMENT, 5), change("amended", Effect.IMPROVEMENT, 7)
    gone = change("voided", Effect.IMPROVEMENT, 100)
    books = bought(Posted(first), Withdrawn("amended"), Posted(second), Posted(gone), Withdrawn("voided"))
    stands = {
        (voids, amends): books.balance("at cost", JULY, convention=Convention(voids_now=voids, amends_now=amends))
        for voids in (False, True)
        for amends in (False, True)
    }
    worth = 4_000_007
    assert stands == {
        (False, False): worth,
        (False, True): worth + 5,
        (True, False): worth + 100,
        (True, True): worth + 105,
    }


def test_a_time_of_day_blurs_its_own_day_and_its_neighbours_and_no_other() -> None:
    books = bought(Posted(change("late", Effect.IMPROVEMENT, 5, JUNE, late=True)))
    near = [JUNE + timedelta(days=days) for days in range(-2, 3)]
    assert [books.blurred(day) for day in near] == [False, True, True, True, False]
    assert not bought(Posted(change("plain", Effect.IMPROVEMENT, 5, JUNE))).blurred(JUNE)


def test_the_lowest_value_is_that_of_the_worst_day() -> None:
    early = change("early", Effect.IMPAIRMENT, 10, date(2024, 1, 1))
    assert bought(Posted(early)).lowest("forklift") == -10
    assert Books().after(Opened(FORKLIFT)).lowest("forklift") == 0
    stranger = Entry("stranger", MAY, (("cash", 1), ("bank", -1)))
    assert Books().after(Opened(FORKLIFT), Posted(stranger)).lowest("forklift") == 0


def test_the_volume_counts_every_live_amount_once() -> None:
    books = bought(Posted(change("one", Effect.IMPROVEMENT, 5)), Posted(change("two", Effect.IMPAIRMENT, 2)))
    assert books.volume() == 4_000_007
    assert books.after(Withdrawn("two")).volume() == 4_000_005


def test_books_close_and_open() -> None:
    books = bought(Closed(JUNE))
    assert books.closed_before() == JUNE
    assert books.after(Closed(None)).closed_before() is None
    assert bought().closed_before() is None


def test_an_asset_without_an_accumulated_account_has_no_part_for_depreciation() -> None:
    plain = Asset("plain", "at cost")
    assert plain.part(Effect.DEPRECIATION) is None
    assert plain.part(Effect.IMPAIRMENT) == "at cost"


def test_sides_are_signs() -> None:
    assert (Side.of(3), Side.of(-3)) == (Side.DEBIT, Side.CREDIT)
    assert (Side.DEBIT.other, Side.CREDIT.other) == (Side.CREDIT, Side.DEBIT)


CHANGES = st.lists(
    st.builds(
        change,
        key=st.integers(0, 5).map(str),
        effect=st.sampled_from(Effect),
        minor=st.integers(1, 10**12),
        day=st.dates(date(2020, 1, 1), date(2025, 1, 1)),
    ),
    max_size=6,
    unique_by=lambda item: item.key,
)


@given(CHANGES, st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter(changes: list[Change], random: Random) -> None:
    shuffled = list(changes)
    random.shuffle(shuffled)
    one, other = (bought(*map(Posted, way)) for way in (changes, shuffled))
    assert one.carrying("forklift") == other.carrying("forklift")


@given(CHANGES, st.dates(date(2019, 1, 1), date(2026, 1, 1)))
def test_the_sums_of_all_accounts_cancel_out_on_every_day(changes: list[Change], on: date) -> None:
    books = bought(*map(Posted, changes))
    accounts = ("at cost", "accumulated", "counter", "cash")
    assert sum(books.balance(account, on) for account in accounts) == 0


@given(CHANGES)
def test_withdrawing_everything_leaves_what_was_posted_directly(changes: list[Change]) -> None:
    books = bought(*map(Posted, changes), *(Withdrawn(item.key) for item in changes))
    assert books.carrying("forklift") == 4_000_000
    assert set(books.live()) == {"purchase"}
