"""Whole years: the year of acquisition counts in full, the year of disposal not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.schedule import Averaging, Method, Period, Schedule, Terms, YearEnd, charge_of_year, revised
from tests.domain import naive_schedule
from tests.domain.test_schedule import DATES, MONTH_ENDS, a_terms

WHOLE = Averaging.WHOLE_YEAR
OFFICE = Terms(10_000_000, date(2024, 5, 10), Method.DIMINISHING, WHOLE, rate=Fraction(30, 100))
VEHICLES = Terms(33_333_333, date(2024, 12, 31), Method.DIMINISHING, WHOLE, rate=Fraction(24, 100))
SOFTWARE = Terms(12_000_000, date(2024, 1, 15), Method.STRAIGHT_LINE, rate=Fraction(33, 100))


def charges(terms: Terms, count: int) -> list[int]:
    return [period.minor for period in islice(Schedule(terms).periods(), count)]


def booked(terms: Terms, count: int) -> list[int]:
    """The charges of `count` years, each asked for as the years before were charged."""
    first = terms.count.year_of(terms.count.at(terms.start))
    found: list[int] = []
    for year in range(first, first + count):
        found.append(charge_of_year(terms, year, sum(found)))
    return found


# -- worked figures


def test_a_share_of_what_is_left_from_the_year_of_acquisition_on() -> None:
    years = [3_000_000, 2_100_000, 1_470_000, 1_029_000, 720_300, 504_210]
    assert charges(OFFICE, 6) == booked(OFFICE, 6) == years
    assert 10_000_000 - sum(years) == 1_176_490


def test_years_are_rounded_half_up() -> None:
    years = [8_000_000, 6_080_000, 4_620_800, 3_511_808, 2_668_974, 2_028_420]
    assert charges(VEHICLES, 6) == booked(VEHICLES, 6) == years


@pytest.mark.parametrize(
    ("cost", "rate", "charge"), [(5, 10, 1), (15, 10, 2), (4, 10, 0), (25, 2, 1), (24, 2, 0), (125, 20, 25)]
)
def test_half_a_unit_is_one(cost: int, rate: int, charge: int) -> None:
    terms = replace(OFFICE, cost_minor=cost, rate=Fraction(rate, 100))
    assert Schedule(terms).accumulated(terms.start) == charge_of_year(terms, 2024, 0) == charge


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2024, 5, 10), date(2024, 12, 31)])
def test_the_day_of_acquisition_makes_no_difference(day: date) -> None:
    assert charges(replace(OFFICE, start=day), 4) == charges(OFFICE, 4)


def test_a_period_is_a_financial_year() -> None:
    periods = list(islice(Schedule(OFFICE).periods(), 2))
    assert periods == [
        Period(date(2024, 5, 10), date(2024, 12, 31), 3_000_000, 3_000_000, 7_000_000),
        Period(date(2025, 1, 1), date(2025, 12, 31), 2_100_000, 5_100_000, 4_900_000),
    ]
    assert Schedule(OFFICE).period(date(2025, 7, 7)) == periods[1]
    assert Schedule(OFFICE).period(date(2023, 12, 31)) is None


def test_a_financial_year_of_its_own() -> None:
    terms = replace(OFFICE, year_end=YearEnd(4, 5))
    first, second = islice(Schedule(terms).periods(), 2)
    assert (first.first, first.last, first.minor) == (date(2024, 5, 10), date(2025, 4, 5), 3_000_000)
    assert (second.first, second.last, second.minor) == (date(2025, 4, 6), date(2026, 4, 5), 2_100_000)


def test_a_year_that_has_begun_counts_in_full() -> None:
    schedule = Schedule(OFFICE)
    assert schedule.accumulated(date(2024, 5, 9)) == 0
    assert schedule.accumulated(date(2024, 5, 10)) == schedule.accumulated(date(2024, 12, 31)) == 3_000_000
    assert schedule.accumulated_until(date(2025, 6, 1)) == 3_000_000


def test_straight_line_in_whole_years_ends_with_its_life_whose_last_year_takes_the_rest() -> None:
    terms = Terms(100, date(2024, 11, 1), Method.STRAIGHT_LINE, WHOLE, life=Fraction(3))
    assert charges(terms, 9) == booked(terms, 3) == [33, 34, 33]
    assert charges(replace(terms, life=Fraction(5, 2)), 9) == [40, 40, 20]


def test_all_of_it_at_once_is_one_year() -> None:
    terms = Terms(100, date(2024, 11, 1), Method.FULL, WHOLE, residual_minor=10)
    assert list(Schedule(terms).periods()) == [Period(date(2024, 11, 1), date(2024, 12, 31), 90, 90, 10)]
    assert booked(terms, 2) == [90, 0]


def test_no_depreciation_has_no_years() -> None:
    terms = Terms(100, date(2024, 11, 1), Method.NONE, WHOLE)
    assert list(Schedule(terms).periods()) == []
    assert booked(terms, 3) == [0, 0, 0]


def test_a_re_estimate_changes_the_year_of_its_day_and_those_that_follow() -> None:
    schedule = revised(Schedule(OFFICE), date(2026, 8, 1), rate=Fraction(1, 4))
    assert [period.minor for period in islice(schedule.periods(), 4)] == [3_000_000, 2_100_000, 1_225_000, 918_750]


def test_the_first_and_the_last_year_of_the_calendar() -> None:
    first = replace(OFFICE, start=date(1, 1, 1), year_end=YearEnd(6, 30))
    assert Schedule(first).period(date(1, 6, 30)) == Period(
        date(1, 1, 1), date(1, 6, 30), 3_000_000, 3_000_000, 7_000_000
    )
    assert Schedule(first).accumulated_until(date(1, 1, 1)) == 0
    last = replace(OFFICE, start=date(9999, 8, 1), year_end=YearEnd(6, 30))
    assert [period.last for period in Schedule(last).periods()] == [date(9999, 12, 31)]


# -- properties


@given(a_terms(averagings=[WHOLE]), st.integers(1, 40))
def test_years_agree_with_a_walk_through_the_calendar(terms: Terms, count: int) -> None:
    """The engine against the slow reading of DECISIONS 30."""
    expected = naive_schedule.whole_years(terms, count)
    found = list(islice(Schedule(terms).periods(), count))
    assert [(period.first, period.last, period.minor) for period in found] == expected[: len(found)]
    assert not any(charge for _, _, charge in expected[len(found) :])


@given(st.one_of(a_terms(year_ends=MONTH_ENDS), a_terms(averagings=[Averaging.ACTUAL_DAYS, WHOLE])), st.integers(1, 30))
def test_books_that_are_as_the_schedule_says_are_charged_as_it_says(terms: Terms, count: int) -> None:
    """Whatever the averaging: a year's charge is what the schedule's running total grows by in it."""
    schedule, day, totals = Schedule(terms), terms.start, [0]
    for _ in range(count):
        last = naive_schedule.year_end_after(day, terms)
        totals.append(schedule.accumulated(last))
        day = last + naive_schedule.DAY
    assert booked(terms, count) == [after - before for before, after in pairwise(totals)]
    assert charge_of_year(terms, terms.count.year_of(terms.count.at(terms.start)) - 1, 0) == 0


@given(a_terms(), st.integers(0, 30), st.integers(0, 2**63 - 1), st.one_of(st.none(), DATES))
def test_no_year_charges_less_than_nothing_or_more_than_is_left(
    terms: Terms, years: int, charged: int, gone: date | None
) -> None:
    charge = charge_of_year(terms, terms.start.year + years, charged, gone)
    assert 0 <= charge <= max(0, terms.depreciable_minor - charged)


# -- books that differ from the schedule, and disposal


def test_a_share_is_one_of_what_is_left_whatever_was_charged() -> None:
    assert charge_of_year(OFFICE, 2026, 0) == 3_000_000
    assert charge_of_year(OFFICE, 2026, 9_999_999) == 0
    assert charge_of_year(OFFICE, 2026, 9_999_998) == 1
    assert charge_of_year(OFFICE, 2026, 10_000_001) == 0


def test_a_share_of_the_cost_is_a_years_worth_at_most_and_the_remainder_comes_last() -> None:
    assert booked(SOFTWARE, 5) == [3_960_000, 3_960_000, 3_960_000, 120_000, 0]
    assert charge_of_year(SOFTWARE, 2026, 3_960_000) == 3_960_000  # 2025 was left out: nothing is caught up
    assert charge_of_year(SOFTWARE, 2028, 11_880_000) == 120_000


def test_the_first_year_counts_months_that_of_acquisition_included() -> None:
    assert booked(replace(SOFTWARE, start=date(2024, 5, 31)), 5) == [2_640_000, 3_960_000, 3_960_000, 1_440_000, 0]
    assert booked(replace(SOFTWARE, start=date(2024, 12, 31)), 1) == [330_000]


def test_the_last_year_of_a_life_takes_what_was_left_out() -> None:
    terms = replace(SOFTWARE, rate=None, life=Fraction(3))
    assert booked(terms, 4) == [4_000_000, 4_000_000, 4_000_000, 0]
    assert charge_of_year(terms, 2026, 4_000_000) == 8_000_000


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_in_whole_years_the_year_of_disposal_charges_nothing(day: date) -> None:
    assert charge_of_year(OFFICE, 2025, 3_000_000, gone=day) == 2_100_000
    assert charge_of_year(OFFICE, 2026, 5_100_000, gone=day) == 0
    assert charge_of_year(OFFICE, 2027, 5_100_000, gone=day) == 0


def test_in_months_the_month_of_disposal_is_the_last_to_count() -> None:
    assert charge_of_year(SOFTWARE, 2025, 3_960_000, gone=date(2025, 3, 1)) == 990_000
    assert charge_of_year(SOFTWARE, 2026, 4_950_000, gone=date(2025, 3, 1)) == 0


def test_what_leaves_in_the_year_in_which_it_came_is_never_charged() -> None:
    assert charge_of_year(OFFICE, 2024, 0, gone=date(2024, 12, 31)) == 0
