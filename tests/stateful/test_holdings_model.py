"""What a ledger with assets as a dimension holds, and what classes and tax pools come to, by figures from outside."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stateful.model.classes import (
    AssetClass,
    Held,
    Pool,
    Way,
    charge,
    charged_at_least,
    charged_at_most,
    taken,
    taken_to_income,
)
from stateful.model.holdings import Holdings, reversed_lines

OFFICE = AssetClass("office", Way.DECLINING, "a", Fraction(30, 100), "1280", "1299", "6015")
LORRIES = AssetClass("lorries", Way.DECLINING, "c", Fraction(24, 100), "1237", "1299", "6010")
SOFTWARE = AssetClass("software", Way.STRAIGHT, None, Fraction(33, 100), "1060", "1299", "6029")
LAND = AssetClass("land", Way.NONE, None, Fraction(0), "1150", None, None)

LEDGER = Holdings(frozenset({"1200", "1210"}))


# ---- what stands against letting an asset go -------------------------------------------------------


def test_each_account_stands_for_itself() -> None:
    books = LEDGER.with_lines([("1200", "lathe", 1_500_000), ("1210", "lathe", -250_000), ("1920", None, -1_250_000)])
    assert books.outstanding("lathe") == {"1200": 1_500_000, "1210": -250_000}


def test_accounts_do_not_make_up_for_each_other() -> None:
    books = LEDGER.with_lines([("1200", "lathe", 10_000), ("1210", "lathe", -10_000)])
    assert books.outstanding("lathe") == {"1200": 10_000, "1210": -10_000}


@pytest.mark.parametrize(
    "lines",
    [
        [("1200", "lathe", 50_000), ("1200", "lathe", -50_000)],
        [("1920", "lathe", 99_900)],
        [("1200", "van", 10_000)],
        [("1200", None, 10_000)],
    ],
    ids=["zero after all", "an account that demands nothing", "another asset", "no asset"],
)
def test_nothing_else_does(lines: list[tuple[str, str | None, int]]) -> None:
    assert LEDGER.with_lines(lines).outstanding("lathe") == {}


LINES = st.lists(
    st.tuples(st.sampled_from(("1200", "1210", "1920")), st.sampled_from(("lathe", None)), st.integers(-9, 9))
)


@given(LINES)
def test_lines_and_their_opposite_leave_nothing(lines: list[tuple[str, str | None, int]]) -> None:
    books = LEDGER.with_lines(lines).with_lines(reversed_lines(lines))
    assert set(books.sums.values()) <= {0}


@given(LINES)
def test_an_account_holds_what_its_assets_do(lines: list[tuple[str, str | None, int]]) -> None:
    books = LEDGER.with_lines(lines)
    assert books.of_account("1200") == books.balance("1200", "lathe") + books.balance("1200", None)


# ---- charges: figures of facts 3.4 ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "cost", "charges"),
    [
        (OFFICE, 10_000_000, [3_000_000, 2_100_000, 1_470_000, 1_029_000, 720_300, 504_210]),
        (LORRIES, 33_333_333, [8_000_000, 6_080_000, 4_620_800, 3_511_808, 2_668_974, 2_028_420]),
    ],
    ids=["a", "c"],
)
def test_a_declining_balance_takes_its_share_of_what_is_left(kind: AssetClass, cost: int, charges: list[int]) -> None:
    held, before = Held(kind, cost, date(2020, 11, 30)), 0
    for year, expected in enumerate(charges, 2020):
        assert abs(charge(held, year, before) - expected) <= Fraction(1, 2)
        before += expected
        assert abs(taken(held, year) - before) <= year - 2019


def test_a_straight_line_takes_the_rest_last() -> None:
    held = Held(SOFTWARE, 12_000_000, date(2020, 1, 15))
    charges = [charge(held, year, int(taken(held, year - 1))) for year in range(2020, 2025)]
    assert charges == [3_960_000, 3_960_000, 3_960_000, 120_000, 0]


def test_a_straight_line_counts_the_month_of_acquisition() -> None:
    held = Held(SOFTWARE, 12_000_000, date(2020, 7, 31))
    assert charge(held, 2020, 0) == 1_980_000
    assert charge(held, 2021, 1_980_000) == 3_960_000


def test_an_end_cuts_a_straight_line_and_stops_a_declining_balance() -> None:
    gone = date(2021, 6, 15)
    assert charge(Held(SOFTWARE, 12_000_000, date(2020, 1, 1), gone), 2021, 3_960_000) == 1_980_000
    assert charge(Held(OFFICE, 10_000_000, date(2020, 1, 1), gone), 2021, 3_000_000) == 0
    assert taken(Held(OFFICE, 10_000_000, date(2020, 1, 1), gone), 2025) == 3_000_000
    assert charge(Held(SOFTWARE, 12_000_000, date(2020, 1, 1), gone), 2022, 5_940_000) == 0


def test_land_is_never_charged_nor_anything_before_its_time() -> None:
    assert (
        charge(Held(LAND, 10_000_000, date(2020, 1, 1)), 2021, 0) == taken(Held(LAND, 1, date(2020, 1, 1)), 2021) == 0
    )
    assert charge(Held(OFFICE, 10_000_000, date(2020, 1, 1)), 2019, 0) == 0


@given(st.integers(1, 10**12), st.integers(1, 12), st.integers(0, 12))
def test_no_more_than_the_cost_is_ever_taken(cost: int, month: int, years: int) -> None:
    for kind in (OFFICE, SOFTWARE):
        held = Held(kind, cost, date(2020, month, 1))
        assert 0 <= taken(held, 2020 + years) <= cost
        assert taken(held, 2020 + years) <= taken(held, 2021 + years)


# ---- tax pools: the examples of the official returns ---------------------------------------------------


@pytest.mark.parametrize(
    ("group", "rate", "basis", "expected"),
    [("a", 30, 10_000_000, 3_000_000), ("c", 24, 50_000_000, 12_000_000), ("g", 5, 10_000_000, 500_000)],
)
def test_a_positive_basis_is_depreciated_at_its_rate(group: str, rate: int, basis: int, expected: int) -> None:
    pool = Pool(group, Fraction(rate, 100), basis, 0, 0)
    assert charged_at_least(pool) == charged_at_most(pool, 2024) == expected


def test_a_small_positive_basis_may_be_written_off() -> None:
    pool = Pool("a", Fraction(30, 100), 2_999_999, 0, 0)
    assert (charged_at_least(pool), charged_at_most(pool, 2024)) == (Fraction(8_999_997, 10), 2_999_999)
    assert charged_at_most(pool, 2023) == charged_at_least(pool)


@pytest.mark.parametrize(
    ("pool", "income", "gain"),
    [
        (Pool("c", Fraction(24, 100), 10_000_000, 4_000_000, 20_000_000), 1_440_000, 0),
        (Pool("d", Fraction(20, 100), -1_400_000, 0, 0), 1_400_000, 0),
        (Pool("d", Fraction(20, 100), -3_000_000, 0, 0), 600_000, 0),
        (Pool("b", Fraction(20, 100), 0, 0, 500), 0, 500),
        (Pool("e", Fraction(14, 100), 1_000, 0, 400), 0, -600),
    ],
    ids=["c", "small", "at the limit", "goodwill", "a ship that is gone"],
)
def test_a_negative_basis_is_income_or_a_gain(pool: Pool, income: int, gain: int) -> None:
    assert taken_to_income(pool, 2024) == (income, gain)
