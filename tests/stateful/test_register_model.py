"""The model of a register: what may be charged in all, at what rate, and by which day; and what a disposal brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stateful.model.register import Averaging, Gain, Method, Plan, gain, settled
from stateful.model.register_course import Calendar, elapsed, end_of_life, month_end, taken, year_charge

DAYS, MONTHS = Averaging.ACTUAL_DAYS, Averaging.FULL_MONTH
CALENDAR = Calendar()
MARCH = Calendar(3)


def by_life(years: int | Fraction, start: date, averaging: Averaging = MONTHS, **more: int) -> Plan:
    return Plan(Method.STRAIGHT_LINE, start, averaging, life=Fraction(years), **more)


def by_rate(percent: int, start: date, averaging: Averaging = MONTHS, method: Method = Method.STRAIGHT_LINE) -> Plan:
    return Plan(method, start, averaging, rate=Fraction(percent, 100))


# ---- amounts ------------------------------------------------------------------------------------


def test_the_depreciable_amount_is_the_limit_or_the_price_less_the_residual_value() -> None:
    plan = by_rate(20, date(2020, 1, 1))
    assert replace(plan, residual_minor=20_000).depreciable(150_000) == 130_000
    assert replace(plan, limit_minor=1_500_000).depreciable(2_000_000) == 1_500_000
    assert replace(plan, limit_minor=1_500_000, residual_minor=1).depreciable(2_000_000) == 1_499_999


@pytest.mark.parametrize(
    ("method", "rate"),
    [
        (Method.STRAIGHT_LINE, Fraction(1, 8)),
        (Method.DIMINISHING_100, Fraction(1, 8)),
        (Method.DIMINISHING_150, Fraction(3, 16)),
        (Method.DIMINISHING_200, Fraction(1, 4)),
    ],
)
def test_a_life_of_eight_years_gives_the_rate_of_the_help_page(method: Method, rate: Fraction) -> None:
    assert Plan(method, date(2020, 1, 1), life=Fraction(8)).yearly() == rate


def test_a_rate_is_used_as_it_is_whatever_the_method() -> None:
    assert by_rate(20, date(2020, 1, 1), method=Method.DIMINISHING_200).yearly() == Fraction(1, 5)
    assert Plan(Method.NONE, date(2020, 1, 1)).yearly() == 0


@pytest.mark.parametrize(
    ("sale", "ordinary", "capital"),
    [(12_000, 4_000, 2_000), (10_000, 4_000, 0), (7_000, 1_000, 0), (6_000, 0, 0), (5_000, -1_000, 0), (0, -6_000, 0)],
)
def test_a_disposal_is_split_at_the_price(sale: int, ordinary: int, capital: int) -> None:
    assert gain(sale, 10_000, 6_000) == Gain(ordinary, capital)


@given(*[st.integers(0, 10**9)] * 3)
def test_both_parts_of_a_gain_add_up_to_proceeds_less_book_value(sale: int, price: int, book: int) -> None:
    split = gain(sale, price, book)
    assert split.ordinary + split.capital == sale - book
    assert split.capital >= 0


def test_a_book_value_is_read_in_one_of_two_ways() -> None:
    assert settled(700, 1_000, 300, 100) == {"since_start"}
    assert settled(600, 1_000, 300, 100) == {"this_year"}
    assert settled(700, 1_000, 300, None) == {"since_start", "this_year"}
    assert settled(999, 1_000, 300, 100) == frozenset()


# ---- time ---------------------------------------------------------------------------------------


def test_financial_years_end_with_a_month() -> None:
    assert MARCH.first_day(date(2024, 3, 31)) == date(2023, 4, 1)
    assert MARCH.last_day(date(2024, 4, 1)) == date(2025, 3, 31)
    assert Calendar(2).last_day(date(2024, 1, 1)) == date(2024, 2, 29)
    assert CALENDAR.first_day(date(2024, 12, 31)) == date(2024, 1, 1)


@pytest.mark.parametrize(("day", "end"), [(date(2024, 2, 1), 29), (date(2023, 2, 28), 28), (date(2024, 12, 31), 31)])
def test_a_month_ends_where_it_ends(day: date, end: int) -> None:
    assert month_end(day) == day.replace(day=end)


@pytest.mark.parametrize("averaging", Averaging)
@pytest.mark.parametrize("calendar", [CALENDAR, MARCH, Calendar(6)])
@given(day=st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_the_clock_goes_on_by_one_in_a_financial_year(averaging: Averaging, calendar: Calendar, day: date) -> None:
    first = calendar.first_day(day)
    following = calendar.first_day(calendar.last_day(day).replace(day=1)).replace(year=first.year + 1)
    assert calendar.clock(following, averaging) - calendar.clock(first, averaging) == 1
    assert calendar.clock(first, averaging) <= calendar.clock(day, averaging) < calendar.clock(following, averaging)


def test_a_part_of_a_month_is_a_month_or_its_days() -> None:
    plan = by_rate(20, date(2024, 2, 15))
    assert elapsed(plan, date(2024, 2, 29), CALENDAR) == Fraction(1, 12)
    assert elapsed(replace(plan, averaging=DAYS), date(2024, 2, 29), CALENDAR) == Fraction(15, 366)
    assert elapsed(plan, date(2024, 1, 31), CALENDAR) == 0


@pytest.mark.parametrize(
    ("plan", "end"),
    [
        (by_life(5, date(2020, 1, 31)), date(2024, 12, 31)),
        (by_life(Fraction(5, 2), date(2020, 4, 15)), date(2022, 9, 30)),
        (by_life(3, date(2020, 2, 29), DAYS), date(2023, 2, 27)),
        (by_life(1, date(2020, 4, 1), DAYS), date(2021, 3, 31)),
        (by_rate(20, date(2020, 1, 1)), None),
        (Plan(Method.DIMINISHING_200, date(2020, 1, 1), life=Fraction(5)), None),
    ],
)
def test_a_straight_line_by_life_ends_the_day_before_its_anniversary(plan: Plan, end: date | None) -> None:
    assert end_of_life(plan) == end


def test_a_life_of_parts_of_months_is_beyond_the_model() -> None:
    with pytest.raises(ValueError, match="whole months"):
        end_of_life(by_life(Fraction(1, 7), date(2020, 1, 1)))


# ---- charges ------------------------------------------------------------------------------------

PRICE = 150_000  # 1,500.00, of which 1,300.00 are to be depreciated, as on the vendor's help pages
HELP = replace(by_rate(20, date(2025, 1, 1)), residual_minor=20_000)


def test_the_help_pages_straight_line_is_260_a_year() -> None:
    assert taken(HELP, PRICE, date(2025, 12, 31), CALENDAR) == 26_000
    assert taken(HELP, PRICE, date(2025, 1, 31), CALENDAR) == Fraction(26_000, 12)
    assert taken(HELP, PRICE, date(2029, 12, 31), CALENDAR) == 130_000
    assert taken(HELP, PRICE, date(2040, 12, 31), CALENDAR) == 130_000


def test_fourteen_actual_days_of_260_are_9_97() -> None:
    plan = replace(HELP, averaging=DAYS, start=date(2025, 1, 18))
    assert round(taken(plan, PRICE, date(2025, 1, 31), CALENDAR)) == 997


def test_the_help_pages_diminishing_value_is_260_208_and_166_40() -> None:
    plan = replace(HELP, method=Method.DIMINISHING_100)
    ends = [taken(plan, PRICE, date(year, 12, 31), CALENDAR) for year in (2025, 2026, 2027)]
    assert ends == [26_000, 46_800, 63_440]


def test_a_diminishing_value_in_actual_days_as_worked_out_by_hand() -> None:
    plan = by_rate(40, date(2026, 8, 11), DAYS, Method.DIMINISHING_100)
    assert round(taken(plan, 196_999, date(2026, 8, 31), CALENDAR)) == 4_534
    assert round(taken(plan, 196_999, date(2026, 12, 31), CALENDAR)) == 30_872


def test_a_diminishing_value_that_takes_more_than_everything_takes_everything() -> None:
    plan = Plan(Method.DIMINISHING_200, date(2025, 1, 1), life=Fraction(1))
    assert taken(plan, PRICE, date(2025, 12, 31), CALENDAR) == PRICE
    assert taken(plan, PRICE, date(2028, 6, 30), CALENDAR) == PRICE


def test_nothing_is_taken_before_the_start_nor_where_nothing_is_to_be_taken() -> None:
    assert taken(HELP, PRICE, date(2024, 12, 31), CALENDAR) == 0
    assert taken(replace(HELP, residual_minor=PRICE), PRICE, date(2030, 12, 31), CALENDAR) == 0
    assert taken(replace(HELP, method=Method.NONE), PRICE, date(2030, 12, 31), CALENDAR) == 0


def test_full_depreciation_takes_everything_at_once() -> None:
    full = replace(HELP, method=Method.FULL, rate=None)
    assert taken(full, PRICE, date(2025, 1, 31), CALENDAR) == 130_000
    assert year_charge(full, PRICE, 0, date(2025, 12, 31), CALENDAR) == 130_000
    assert year_charge(full, PRICE, 130_000, date(2026, 12, 31), CALENDAR) == 0


def test_a_life_in_actual_days_is_over_with_all_of_it_charged() -> None:
    plan = by_life(3, date(2020, 2, 29), DAYS)
    assert taken(plan, 100_000, date(2023, 1, 31), CALENDAR) < 100_000
    assert taken(plan, 100_000, date(2023, 2, 28), CALENDAR) == 100_000


@pytest.mark.parametrize("method", [Method.STRAIGHT_LINE, Method.DIMINISHING_100, Method.DIMINISHING_200])
@pytest.mark.parametrize("averaging", Averaging)
@pytest.mark.parametrize("calendar", [CALENDAR, MARCH])
def test_years_add_up_to_what_is_taken_by_their_end(method: Method, averaging: Averaging, calendar: Calendar) -> None:
    plan = Plan(method, date(2020, 8, 11), averaging, life=Fraction(4), residual_minor=333)
    end, before = calendar.last_day(plan.start), Fraction(0)
    for _ in range(7):
        charge = year_charge(plan, 196_999, before, end, calendar)  # type: ignore[arg-type]
        assert before + charge == taken(plan, 196_999, end, calendar)
        before, end = before + charge, calendar.last_day(end.replace(year=end.year + 1, day=1))


def test_the_charge_of_a_diminishing_year_goes_on_from_what_was_charged() -> None:
    plan = by_rate(20, date(2025, 7, 1), method=Method.DIMINISHING_100)
    assert year_charge(plan, 100_000, 0, date(2025, 12, 31), CALENDAR) == 10_000
    assert year_charge(plan, 100_000, 10_001, date(2026, 12, 31), CALENDAR) == Fraction(89_999, 5)
    assert year_charge(plan, 100_000, 100_001, date(2026, 12, 31), CALENDAR) == 0


def test_the_last_charge_of_a_straight_line_takes_what_is_left() -> None:
    plan = by_life(2, date(2025, 1, 1))
    assert year_charge(plan, 100_001, 50_001, date(2026, 12, 31), CALENDAR) == 50_000
    assert year_charge(plan, 100_001, 0, date(2025, 12, 31), CALENDAR) == Fraction(100_001, 2)
    assert year_charge(replace(plan, method=Method.NONE), 100_001, 0, date(2025, 12, 31), CALENDAR) == 0
