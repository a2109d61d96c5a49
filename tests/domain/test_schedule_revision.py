"""Re-estimates act forward only (D8), and what is booked stays booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mock_server.domain.schedule import Averaging, BadTerms, Method, Schedule, Terms, YearEnd, revised
from tests.domain.test_schedule import DATES, LIVES, RATES, a_terms

DAYS = Averaging.ACTUAL_DAYS
MACHINE = Terms(6_000_000, date(2020, 1, 1), Method.STRAIGHT_LINE, life=Fraction(8), residual_minor=400_000)


def years(schedule: Schedule, count: int = 20) -> list[int]:
    """What calendar years charge."""
    months = list(islice(schedule.periods(), 12 * count))
    return [sum(period.minor for period in months[start : start + 12]) for start in range(0, len(months), 12)]


# -- properties

RESIDUALS = st.one_of(st.none(), st.integers(0, 10**6))


@st.composite
def a_revised(draw: st.DrawFn) -> tuple[Schedule, date, Schedule]:
    schedule = Schedule(draw(a_terms()))
    on = schedule.start + timedelta(days=draw(st.integers(0, 4_000)))
    changes: dict[str, object] = draw(
        st.one_of(
            LIVES.map(lambda life: {"life": life}),
            RATES.map(lambda rate: {"rate": rate}),
            st.sampled_from(Method).map(lambda method: {"method": method}),
            st.just({}),
        )
    )
    residual = draw(RESIDUALS)
    if residual is not None:
        changes = {**changes, "residual_minor": residual}
    try:
        return schedule, on, revised(schedule, on, **changes)  # type: ignore[arg-type]
    except BadTerms:
        assume(False)
        raise AssertionError from None


@given(a_revised())
def test_booked_periods_keep_their_amounts(made: tuple[Schedule, date, Schedule]) -> None:
    before, on, after = made
    holds = before.pieces.first(before.pieces.at(on))
    booked = list(before.periods(holds - timedelta(days=1)))
    assert list(islice(after.periods(), len(booked))) == booked
    assert after.start == before.start
    if before.terms.averaging is DAYS and on > before.start:
        yesterday = on - timedelta(days=1)
        assert after.accumulated(yesterday) == before.accumulated(yesterday)


@given(a_revised())
def test_what_follows_is_never_negative_and_stops_at_the_new_residual_value(
    made: tuple[Schedule, date, Schedule],
) -> None:
    """D2, V3, V4."""
    _, on, after = made
    accumulated = 0
    floor = min(after.terms.residual_minor, after.terms.cost_minor - after.opening_minor)
    for period in islice(after.periods(), 500):
        assert period.minor >= 0
        accumulated += period.minor
        assert period.accumulated_minor == accumulated
        if period.last >= on:
            assert period.carrying_minor >= floor - (after.terms.cost_minor - after.terms.depreciable_minor)


@given(a_terms(Method.STRAIGHT_LINE), DATES, LIVES)
def test_a_revised_straight_line_charges_all_that_is_left(terms: Terms, on: date, life: Fraction) -> None:
    """D1 on the remaining amount."""
    assume(on >= terms.start)
    total = sum(period.minor for period in revised(Schedule(terms), on, life=life).periods())
    assert total == terms.depreciable_minor


@given(a_terms(Method.STRAIGHT_LINE, by_life=True), st.integers(0, 300))
def test_a_re_estimate_that_changes_nothing_keeps_the_end(terms: Terms, days: int) -> None:
    on = terms.start + timedelta(days=days)
    schedule = Schedule(terms)
    try:
        after = revised(schedule, on)
    except BadTerms:
        assume(False)
    assume(after.left_minor)  # where everything is charged already, no month follows
    assert [period.last for period in after.periods()] == [period.last for period in schedule.periods()]
    assert after.accumulated(date(2099, 12, 31)) == terms.depreciable_minor


# -- each kind of change


def test_a_new_remaining_life() -> None:
    """Carrying value less residual over the remaining life: 60,000 less 35,000 less 4,000 over 7."""
    after = revised(Schedule(MACHINE), date(2025, 1, 1), life=Fraction(7))
    assert years(after) == [700_000] * 5 + [300_000] * 7


def test_a_new_residual_value_keeps_the_life() -> None:
    after = revised(Schedule(MACHINE), date(2025, 1, 1), residual_minor=100_000)
    assert years(after) == [700_000] * 5 + [800_000] * 3


def test_a_residual_value_above_the_carrying_value_stops_the_charge_and_a_lower_one_resumes_it() -> None:
    """V4."""
    stopped = revised(Schedule(MACHINE), date(2025, 1, 1), residual_minor=3_000_000)
    assert years(stopped) == [700_000] * 5
    assert stopped.accumulated(date(2026, 1, 1)) == 3_500_000
    resumed = revised(stopped, date(2026, 1, 1), residual_minor=500_000, life=Fraction(2))
    assert resumed.accumulated(date(2025, 12, 31)) == 3_500_000
    assert resumed.accumulated(date(2027, 12, 31)) == 5_500_000


def test_a_new_straight_line_rate_is_one_of_the_whole_depreciable_amount() -> None:
    by_rate = replace(MACHINE, life=None, rate=Fraction(1, 8))
    after = revised(Schedule(by_rate), date(2025, 1, 1), rate=Fraction(1, 4))
    assert years(after) == [700_000] * 5 + [1_400_000, 700_000]


def test_a_straight_line_rate_that_is_not_changed_is_a_life_that_goes_on() -> None:
    by_rate = replace(MACHINE, life=None, rate=Fraction(1, 8))
    after = revised(Schedule(by_rate), date(2025, 1, 1), residual_minor=100_000)
    assert years(after) == [700_000] * 5 + [800_000] * 3
    again = revised(after, date(2026, 1, 1), residual_minor=0)
    assert years(again) == [700_000] * 5 + [800_000] + [850_000] * 2


def test_from_straight_line_to_diminishing_value_over_the_life_that_is_left() -> None:
    after = revised(Schedule(MACHINE), date(2024, 1, 1), method=Method.DIMINISHING, factor=200)
    assert years(after)[:6] == [700_000] * 4 + [1_400_000, 700_000]


def test_a_rate_is_kept_across_methods() -> None:
    by_rate = replace(MACHINE, life=None, rate=Fraction(1, 8))
    after = revised(Schedule(by_rate), date(2024, 1, 1), method=Method.DIMINISHING)
    assert years(after)[:6] == [700_000] * 4 + [350_000, 306_250]
    back = revised(after, date(2025, 1, 1), method=Method.STRAIGHT_LINE)
    assert years(back)[4:7] == [350_000, 700_000, 700_000]


def test_from_diminishing_value_to_straight_line_over_the_life_that_is_left() -> None:
    """D6: the switch that ends a diminishing schedule."""
    falling = replace(MACHINE, method=Method.DIMINISHING, residual_minor=0, factor=200)
    after = revised(Schedule(falling), date(2022, 1, 1), method=Method.STRAIGHT_LINE)
    assert years(after) == [1_500_000, 1_125_000] + [562_500] * 6


def test_diminishing_value_keeps_its_rate() -> None:
    falling = replace(MACHINE, method=Method.DIMINISHING, residual_minor=0)
    after = revised(Schedule(falling), date(2021, 1, 1), residual_minor=250_000)
    assert years(after)[:2] == [750_000, 625_000]


def test_to_no_depreciation_and_to_all_of_it_and_back() -> None:
    none = revised(Schedule(MACHINE), date(2021, 1, 1), method=Method.NONE)
    assert years(none) == [700_000]
    full = revised(none, date(2022, 5, 1), method=Method.FULL)
    assert full.accumulated(date(2022, 4, 30)) == 700_000
    assert full.accumulated(date(2022, 5, 1)) == 5_600_000
    back = revised(none, date(2023, 1, 1), method=Method.STRAIGHT_LINE, life=Fraction(7))
    assert back.accumulated(date(2023, 12, 31)) == 1_400_000


def test_by_days_a_month_may_be_cut() -> None:
    """Half of April 2025 under the old estimate, half under the new one."""
    terms = Terms(36_500, date(2025, 1, 1), Method.STRAIGHT_LINE, DAYS, life=Fraction(1))
    after = revised(Schedule(terms), date(2025, 4, 16), rate=Fraction(2))
    april = after.period(date(2025, 4, 30))
    assert april is not None
    assert april.minor == 15 * 100 + 15 * 200
    assert (april.first, april.last) == (date(2025, 4, 1), date(2025, 4, 30))


def test_in_whole_months_the_month_of_the_day_is_the_first_to_change() -> None:
    after = revised(Schedule(MACHINE), date(2025, 1, 20), life=Fraction(7))
    assert years(after) == [700_000] * 5 + [300_000] * 7
    at_start = revised(Schedule(replace(MACHINE, start=date(2020, 1, 15))), date(2020, 1, 20), life=Fraction(4))
    assert years(at_start) == [1_400_000] * 4
    assert at_start.accumulated(date(2020, 1, 14)) == 0


def test_the_financial_year_goes_on() -> None:
    terms = replace(MACHINE, method=Method.DIMINISHING, residual_minor=0, year_end=YearEnd(6, 30))
    after = revised(Schedule(terms), date(2020, 4, 1), rate=Fraction(1, 2))
    booked = after.accumulated(date(2020, 3, 31))
    assert after.accumulated(date(2020, 6, 30)) - booked == (6_000_000 - booked) // 8 + 1
    assert after.at_year_end(date(2020, 5, 1)) == after.accumulated(date(2020, 6, 30))


# -- refusals


def test_a_re_estimate_before_the_start_is_refused() -> None:
    with pytest.raises(BadTerms, match="comes before"):
        revised(Schedule(MACHINE), date(2019, 12, 31), life=Fraction(2))
    once = revised(Schedule(MACHINE), date(2025, 1, 1), life=Fraction(2))
    with pytest.raises(BadTerms, match="comes before"):
        revised(once, date(2024, 1, 1), life=Fraction(2))


def test_after_the_end_of_the_life_a_new_one_must_be_said() -> None:
    with pytest.raises(BadTerms, match="nothing is left of the life"):
        revised(Schedule(MACHINE), date(2028, 1, 1), residual_minor=0)
    after = revised(Schedule(MACHINE), date(2028, 1, 1), residual_minor=0, life=Fraction(1))
    assert years(after) == [700_000] * 8 + [400_000]


def test_what_has_no_pace_needs_one() -> None:
    none = Schedule(Terms(1_000, date(2025, 1, 1), Method.NONE))
    with pytest.raises(BadTerms, match="nothing is left of the life"):
        revised(none, date(2025, 1, 1), method=Method.STRAIGHT_LINE)


def test_bad_new_estimates_are_refused_and_the_schedule_is_as_it_was() -> None:
    schedule = Schedule(MACHINE)
    before = list(schedule.periods())
    with pytest.raises(BadTerms, match="above the cost"):
        revised(schedule, date(2025, 1, 1), residual_minor=6_000_001)
    with pytest.raises(BadTerms, match="exclude"):
        revised(schedule, date(2025, 1, 1), life=Fraction(1), rate=Fraction(1))
    assert list(schedule.periods()) == before
