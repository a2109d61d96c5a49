"""Schedules: what they add up to, where they begin and end, and that they can be asked in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.domain.schedule import Averaging, Method, Period, Schedule, Terms, YearEnd
from tests.domain import naive_schedule

FORKLIFT = Terms(4_000_000, date(2024, 2, 1), Method.STRAIGHT_LINE, life=Fraction(5))
# "A laptop": the help pages' 1,500 with 200 left, 20 % a year, bought on a first of January.
LAPTOP = Terms(150_000, date(2025, 1, 1), Method.STRAIGHT_LINE, rate=Fraction(1, 5), residual_minor=20_000)
DAYS = Averaging.ACTUAL_DAYS


def charges(terms: Terms, count: int | None = None) -> list[int]:
    return [period.minor for period in islice(Schedule(terms).periods(), count)]


# -- strategies

DATES = st.dates(date(1995, 1, 1), date(2040, 12, 31))
RATES = st.fractions(Fraction(1, 100), Fraction(3, 2), max_denominator=1000)
LIVES = st.one_of(
    st.integers(1, 25).map(Fraction),
    st.integers(1, 300).map(lambda months: Fraction(months, 12)),
    st.fractions(Fraction(1, 30), 12, max_denominator=40),
)
MONTH_ENDS = (YearEnd(), YearEnd(3, 31), YearEnd(6, 30), YearEnd(2, 29), YearEnd(2, 28), YearEnd(9, 30))
ALL_YEAR_ENDS = (*MONTH_ENDS, YearEnd(4, 5), YearEnd(7, 30))


@st.composite
def a_terms(
    draw: st.DrawFn,
    method: Method | None = None,
    by_life: bool | None = None,
    year_ends: Sequence[YearEnd] = ALL_YEAR_ENDS,
    averagings: Sequence[Averaging] = tuple(Averaging),
) -> Terms:
    cost = draw(st.one_of(st.integers(0, 50), st.integers(0, 10**7), st.integers(0, 2**63 - 1)))
    limit = draw(st.one_of(st.none(), st.integers(0, cost)))
    residual = draw(st.one_of(st.just(0), st.integers(0, cost if limit is None else limit)))
    by_life = draw(st.booleans()) if by_life is None else by_life
    return Terms(
        cost,
        draw(DATES),
        draw(st.sampled_from([Method.STRAIGHT_LINE, Method.DIMINISHING])) if method is None else method,
        draw(st.sampled_from(averagings)),
        rate=None if by_life else draw(RATES),
        life=draw(LIVES) if by_life else None,
        factor=draw(st.sampled_from([100, 150, 200])),
        residual_minor=residual,
        limit_minor=limit,
        year_end=draw(st.sampled_from(year_ends)),
    )


# -- what every schedule keeps


@given(a_terms(Method.STRAIGHT_LINE))
def test_straight_line_charges_the_depreciable_amount_to_the_unit(terms: Terms) -> None:
    """D1."""
    assert sum(charges(terms)) == terms.depreciable_minor


@given(a_terms())
def test_no_month_is_negative_and_nothing_goes_below_the_residual_value(terms: Terms) -> None:
    """D2, V3: also for two cents over four months, where rounding each month would overshoot."""
    accumulated = 0
    for period in islice(Schedule(terms).periods(), 400):
        assert period.minor >= 0
        accumulated += period.minor
        assert period.accumulated_minor == accumulated <= terms.depreciable_minor
        assert period.carrying_minor == terms.cost_minor - accumulated >= terms.residual_minor


@given(a_terms(Method.STRAIGHT_LINE, by_life=True).map(lambda terms: replace(terms, averaging=Averaging.FULL_MONTH)))
def test_equal_months_differ_by_one_unit_at_most(terms: Terms) -> None:
    """D3. The last month is left out: of a life in parts of a month it is shorter."""
    months = charges(terms)[:-1]
    assert not months or max(months) - min(months) <= 1


@given(a_terms(Method.STRAIGHT_LINE, by_life=True).map(lambda terms: replace(terms, averaging=Averaging.FULL_MONTH)))
def test_the_running_total_is_never_more_than_half_a_unit_off(terms: Terms) -> None:
    assert terms.life is not None
    for number, period in enumerate(Schedule(terms).periods(), start=1):
        exact = min(Fraction(number, 12) / terms.life, 1) * terms.depreciable_minor
        assert abs(period.accumulated_minor - exact) <= Fraction(1, 2)


@given(a_terms(year_ends=MONTH_ENDS, averagings=(Averaging.FULL_MONTH, DAYS)), st.integers(1, 60))
@settings(deadline=None)
def test_months_agree_with_a_walk_through_the_calendar(terms: Terms, count: int) -> None:
    """D3 to D5, T1 to T3, DECISIONS 25: the engine against the slow reading of them."""
    expected = naive_schedule.charges(terms, count)
    # the walk rounds the anniversary to its month; what the last one takes is told by the other tests
    assert charges(terms, count) == expected[: len(charges(terms, count))]
    assert not any(expected[len(charges(terms, count)) :])


@given(a_terms(), st.lists(DATES, max_size=8))
def test_any_day_can_be_asked_in_any_order(terms: Terms, days: list[date]) -> None:
    asked = Schedule(terms)
    answers = [(asked.accumulated(day), asked.period(day)) for day in days]
    assert answers == [(Schedule(terms).accumulated(day), Schedule(terms).period(day)) for day in days]
    for day, (accumulated, period) in zip(days, answers, strict=True):
        if day < terms.start:
            assert accumulated == 0
        elif period is not None:
            assert period.accumulated_minor - period.minor <= accumulated <= period.accumulated_minor
            assert period.first <= period.last


@given(a_terms(), st.integers(0, 80))
def test_a_walk_gives_what_single_months_give(terms: Terms, months: int) -> None:
    end = terms.start + timedelta(days=30 * months)
    walked = list(Schedule(terms).periods(end))
    schedule = Schedule(terms)
    assert walked == [schedule.period(period.last) for period in walked]
    for earlier, later in pairwise(walked):
        assert later.first == earlier.last + timedelta(days=1)
    if walked:
        assert walked[0].first == terms.start
        assert schedule.accumulated(walked[-1].last) == walked[-1].accumulated_minor


# -- straight line


def test_the_guides_forklift() -> None:
    months = charges(FORKLIFT)
    assert months[:3] == [66_667, 66_666, 66_667]
    assert len(months) == 60
    assert sum(months) == 4_000_000


def test_a_rate_ends_when_everything_is_depreciated() -> None:
    """A third a year, less a little: the 37th month takes the last of it."""
    months = charges(Terms(10_000, date(2025, 1, 1), Method.STRAIGHT_LINE, rate=Fraction(33, 100)))
    assert len(months) == 37
    assert months[35:] == [275, 100]


def test_a_life_of_part_months_ends_in_a_shorter_one() -> None:
    assert charges(Terms(700, date(2025, 1, 1), Method.STRAIGHT_LINE, life=Fraction(7, 24))) == [200, 200, 200, 100]


def test_a_life_runs_to_its_end_also_when_it_rounds_to_nothing() -> None:
    assert charges(Terms(2, date(2025, 1, 1), Method.STRAIGHT_LINE, life=Fraction(5, 12))) == [0, 1, 0, 1, 0]


# -- actual days


def test_a_year_of_days_in_a_leap_year_is_the_years_charge() -> None:
    terms = Terms(36_600, date(2024, 1, 1), Method.STRAIGHT_LINE, DAYS, rate=Fraction(1))
    assert charges(terms) == [3_100, 2_900, 3_100, 3_000, 3_100, 3_000, 3_100, 3_100, 3_000, 3_100, 3_000, 3_100]


def test_first_and_last_period_make_one_whole_one() -> None:
    """T2: both ends count in the first period, and the last ends the day before the anniversary."""
    periods = list(Schedule(Terms(36_500, date(2025, 3, 10), Method.STRAIGHT_LINE, DAYS, life=Fraction(1))).periods())
    assert (periods[0].first, periods[0].last, periods[0].minor) == (date(2025, 3, 10), date(2025, 3, 31), 2_200)
    assert (periods[-1].first, periods[-1].last, periods[-1].minor) == (date(2026, 3, 1), date(2026, 3, 31), 900)
    assert len(periods) == 13


def test_a_start_on_the_first_has_no_part_month() -> None:
    """T1."""
    periods = list(Schedule(Terms(36_500, date(2025, 3, 1), Method.STRAIGHT_LINE, DAYS, life=Fraction(1))).periods())
    assert len(periods) == 12
    assert periods[0].minor == 3_100


@pytest.mark.parametrize(
    ("start", "life", "last"),
    [
        (date(2024, 1, 31), Fraction(1, 12), date(2024, 2, 29)),
        (date(2023, 1, 31), Fraction(1, 12), date(2023, 2, 28)),
        (date(2023, 1, 31), Fraction(2, 12), date(2023, 3, 30)),
        (date(2024, 2, 29), Fraction(1), date(2025, 2, 28)),
        (date(2024, 2, 29), Fraction(4), date(2028, 2, 28)),
        (date(2024, 3, 31), Fraction(3, 12), date(2024, 6, 30)),
        (date(2024, 1, 15), Fraction(1), date(2025, 1, 14)),
        (date(2024, 12, 1), Fraction(1), date(2025, 11, 30)),
    ],
)
def test_a_life_ends_before_its_anniversary_or_with_the_month_that_has_none(
    start: date, life: Fraction, last: date
) -> None:
    """T2, T3."""
    schedule = Schedule(Terms(1_000_000_000, start, Method.STRAIGHT_LINE, DAYS, life=life))
    assert schedule.accumulated(last) == 1_000_000_000
    assert schedule.accumulated(last - timedelta(days=1)) < 1_000_000_000


def test_a_day_within_a_month_is_charged_by_its_days() -> None:
    schedule = Schedule(Terms(36_500, date(2025, 1, 1), Method.STRAIGHT_LINE, DAYS, rate=Fraction(1)))
    assert schedule.accumulated(date(2025, 1, 1)) == 100
    assert schedule.accumulated(date(2025, 2, 14)) == 4_500
    assert schedule.accumulated(date(2024, 12, 31)) == 0


def test_a_month_that_has_begun_is_charged_whole_in_whole_months() -> None:
    schedule = Schedule(replace(FORKLIFT, start=date(2024, 2, 20)))
    assert schedule.accumulated(date(2024, 2, 19)) == 0
    assert schedule.accumulated(date(2024, 2, 20)) == schedule.accumulated(date(2024, 2, 29)) == 66_667
    assert schedule.period(date(2024, 2, 29)) == Period(date(2024, 2, 20), date(2024, 2, 29), 66_667, 66_667, 3_933_333)


# -- diminishing value


def test_a_first_year_that_is_short_is_charged_in_part_and_the_next_starts_from_what_is_left() -> None:
    terms = replace(LAPTOP, method=Method.DIMINISHING, start=date(2025, 10, 17), year_end=YearEnd(3, 31))
    months = charges(terms, 18)
    assert sum(months[:6]) == 13_000
    assert sum(months[6:]) == (130_000 - 13_000) // 5


def test_diminishing_value_is_clamped_where_a_year_takes_more_than_there_is() -> None:
    """D6: double declining over one year is 200 % a year."""
    terms = Terms(1_200, date(2025, 1, 1), Method.DIMINISHING, life=Fraction(1), factor=200)
    assert charges(terms) == [200] * 6


def test_diminishing_value_comes_to_rest_without_reaching_the_residual_value() -> None:
    """D6: two cents at a fifth a year are never charged."""
    terms = Terms(100, date(2025, 7, 1), Method.DIMINISHING, rate=Fraction(1, 5), residual_minor=10)
    periods = list(Schedule(terms).periods())
    assert periods[-1].last.month == 12
    assert 10 < periods[-1].carrying_minor == 12
    assert sum(period.minor for period in periods[-12:]) > 0
    further = list(Schedule(terms).periods(date(2060, 12, 31)))
    assert further[: len(periods)] == periods
    assert len(further) == 35 * 12 + 6
    assert not any(period.minor for period in further[len(periods) :])


def test_a_first_year_too_short_for_a_unit_is_no_rest() -> None:
    terms = Terms(2, date(2025, 12, 1), Method.DIMINISHING, rate=Fraction(1, 2))
    assert charges(terms) == [*[0] * 6, 1, *[0] * 17, 1]


# -- no depreciation, all of it, nothing to depreciate


def test_no_depreciation_has_no_months() -> None:
    schedule = Schedule(Terms(100_000, date(2025, 1, 1), Method.NONE))
    assert list(schedule.periods()) == []
    assert schedule.period(date(2025, 1, 31)) is None
    assert schedule.accumulated(date(2099, 1, 1)) == 0


@pytest.mark.parametrize("averaging", [Averaging.FULL_MONTH, DAYS])
def test_full_depreciation_is_one_month(averaging: Averaging) -> None:
    """D10: the depreciable amount, in the month of the start."""
    terms = Terms(100_000, date(2025, 5, 20), Method.FULL, averaging, residual_minor=1_000, limit_minor=90_000)
    assert list(Schedule(terms).periods()) == [
        Period(date(2025, 5, 20), date(2025, 5, 31), 89_000, 89_000, 11_000),
    ]
    assert Schedule(terms).accumulated(date(2025, 5, 19)) == 0
    assert Schedule(terms).accumulated(date(2025, 5, 20)) == 89_000


@pytest.mark.parametrize("method", Method)
def test_what_is_all_residual_value_has_no_months(method: Method) -> None:
    """V4."""
    terms = Terms(100, date(2025, 1, 1), method, life=Fraction(1), residual_minor=100)
    assert charges(terms) == []


def test_a_rate_of_nothing_charges_nothing_for_ever() -> None:
    terms = replace(LAPTOP, rate=Fraction(0))
    assert charges(terms) == []
    assert [period.minor for period in Schedule(terms).periods(date(2025, 3, 31))] == [0, 0, 0]


# -- the ends of the calendar


def test_the_first_and_the_last_year_of_the_calendar() -> None:
    first = Terms(3_650, date(1, 1, 1), Method.STRAIGHT_LINE, DAYS, rate=Fraction(1), year_end=YearEnd(6, 30))
    assert Schedule(first).accumulated_until(date(1, 1, 1)) == 0
    assert charges(first, 1) == [310]
    whole = replace(first, averaging=Averaging.FULL_MONTH)
    assert Schedule(whole).accumulated_until(date(1, 1, 20)) == 0
    last = replace(first, start=date(9999, 11, 30), method=Method.DIMINISHING, rate=Fraction(1, 10))
    assert [period.last for period in Schedule(last).periods()] == [date(9999, 11, 30), date(9999, 12, 31)]
