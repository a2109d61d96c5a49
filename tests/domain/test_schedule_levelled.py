"""Equal months, and the last one takes the rest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.schedule import Averaging, Method, Schedule, Terms, YearEnd, levelled, revised
from tests.domain.test_schedule import a_terms

FORKLIFT = Schedule(Terms(4_000_000, date(2024, 2, 1), Method.STRAIGHT_LINE, life=Fraction(5)))


def amounts(schedule: Schedule, through: date | None = None) -> list[int]:
    return [period.minor for period in levelled(schedule, through)]


def test_the_guides_forklift() -> None:
    assert amounts(FORKLIFT) == [66_667] * 59 + [66_647]


@given(a_terms())
def test_no_month_is_negative_and_the_total_is_the_schedules(terms: Terms) -> None:
    """D1, D2: also for amounts so small that rounding each month would overshoot."""
    schedule = Schedule(terms)
    months = list(islice(levelled(schedule), 240))
    running = 0
    for period in months:
        assert period.minor >= 0
        running += period.minor
        assert period.accumulated_minor == running <= terms.depreciable_minor
        assert period.carrying_minor == terms.cost_minor - running
    if months and len(months) < 240:
        assert running == schedule.accumulated(months[-1].last)


@given(a_terms(), st.integers(1, 200))
def test_stopping_early_changes_no_month(terms: Terms, count: int) -> None:
    months = list(islice(levelled(Schedule(terms)), count))
    if months:
        assert list(levelled(Schedule(terms), months[-1].last)) == months


@given(a_terms(Method.DIMINISHING))
def test_diminishing_value_is_trued_up_at_the_end_of_each_financial_year(terms: Terms) -> None:
    schedule, count = Schedule(terms), terms.count
    for period in islice(levelled(schedule), 60):
        if period.last == count.closing(count.year_of(count.at(period.last))):
            assert period.accumulated_minor == schedule.accumulated(period.last)


def test_a_year_that_ends_within_a_month_is_trued_up_at_its_last_month_end() -> None:
    """28 February ends the year also where there is a 29th: then it is January that is trued up."""
    terms = Terms(106, date(2000, 1, 1), Method.DIMINISHING, Averaging.ACTUAL_DAYS, rate=Fraction(7, 100),
                  year_end=YearEnd(2, 28))  # fmt: skip
    assert min(amounts(Schedule(terms), date(2010, 12, 31))) == 0


def test_two_cents_over_four_months() -> None:
    assert amounts(Schedule(Terms(2, date(2025, 1, 1), Method.STRAIGHT_LINE, life=Fraction(1, 3)))) == [1, 1, 0, 0]


def test_a_re_estimate_ends_a_stretch() -> None:
    schedule = revised(Schedule(Terms(1_000, date(2025, 1, 1), Method.STRAIGHT_LINE, life=Fraction(1, 2))),
                       date(2025, 4, 1), life=Fraction(1, 4))  # fmt: skip
    assert amounts(schedule) == [167, 167, 166, 167, 167, 166]
    by_rate = revised(Schedule(Terms(1_000, date(2025, 1, 1), Method.DIMINISHING, rate=Fraction(1))),
                      date(2025, 4, 1), rate=Fraction(2))  # fmt: skip
    assert amounts(by_rate) == [83, 83, 84, 125, 125, 125, 125, 125, 125]


def test_a_month_cut_by_a_re_estimate_is_levelled_over_both_parts() -> None:
    terms = Terms(36_500, date(2025, 1, 1), Method.STRAIGHT_LINE, Averaging.ACTUAL_DAYS, life=Fraction(1))
    schedule = revised(Schedule(terms), date(2025, 4, 16), rate=Fraction(2))
    assert amounts(schedule, date(2025, 5, 31)) == [3_100, 2_800, 3_100, 4_500, 6_200]


def test_the_last_month_of_the_calendar() -> None:
    schedule = Schedule(Terms(1_200, date(9999, 11, 1), Method.DIMINISHING, rate=Fraction(1, 10)))
    assert amounts(schedule) == [10, 10]
