"""Which terms make a schedule, and which are refused (V2, V6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.schedule import Averaging, BadTerms, Method, Terms, YearEnd, gain
from mock_server.domain.schedule.calendar import month_end, month_number, month_start
from mock_server.domain.schedule.counting import Days, Months, Years

START = date(2025, 1, 1)
LIFE = {"life": Fraction(5)}


def terms(**changes: Any) -> Terms:
    given = {"cost_minor": 1_000, "start": START, "method": Method.STRAIGHT_LINE} | LIFE | changes
    return Terms(**given)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cost_minor": -1}, "negative"),
        ({"residual_minor": -1}, "negative"),
        ({"limit_minor": -1}, "negative"),
        ({"limit_minor": 1_001}, "above the cost"),
        ({"residual_minor": 1_001}, "above the cost"),
        ({"residual_minor": 601, "limit_minor": 600}, "above the cost limit"),
        ({"rate": Fraction(1, 5)}, "exclude each other"),
        ({"method": Method.NONE, "rate": Fraction(1, 5)}, "exclude each other"),
        ({"life": None}, "needs a rate or a life"),
        ({"life": None, "method": Method.DIMINISHING}, "needs a rate or a life"),
        ({"life": None, "rate": Fraction(-1, 5)}, "negative"),
        ({"life": Fraction(0)}, "longer than nothing"),
        ({"life": Fraction(-5)}, "longer than nothing"),
        ({"life": Fraction(7_975)}, "after the year 9999"),
        ({"method": Method.DIMINISHING, "factor": 0}, "above zero"),
        ({"method": Method.DIMINISHING, "factor": -100}, "above zero"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_one_sentence(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(BadTerms, match=words) as refused:
        terms(**changes)
    assert str(refused.value).endswith(".")
    assert str(refused.value).count(".") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"residual_minor": 1_000},
        {"limit_minor": 1_000, "residual_minor": 1_000},
        {"limit_minor": 0},
        {"cost_minor": 0},
        {"life": None, "rate": Fraction(0)},
        {"life": None, "rate": Fraction(3)},
        {"life": Fraction(5, 2)},
        {"life": Fraction(7_974)},
        {"life": None, "method": Method.NONE},
        {"life": None, "method": Method.FULL},
        {"method": Method.FULL},
    ],
)
def test_terms_at_the_edge_of_sense_are_taken(changes: dict[str, Any]) -> None:
    assert terms(**changes).depreciable_minor >= 0


def test_the_yearly_share() -> None:
    assert terms().yearly == Fraction(1, 5)
    assert terms(method=Method.DIMINISHING, factor=150).yearly == Fraction(3, 10)
    assert terms(method=Method.DIMINISHING, factor=150, life=None, rate=Fraction(1, 7)).yearly == Fraction(1, 7)
    assert terms(method=Method.FULL).yearly == terms(method=Method.NONE, life=None).yearly == 0


@pytest.mark.parametrize("day", [(0, 1), (13, 1), (4, 31), (2, 30), (12, 0), (12, 32)])
def test_a_year_cannot_end_on_a_day_that_is_none(day: tuple[int, int]) -> None:
    with pytest.raises(BadTerms, match="cannot end"):
        YearEnd(*day)


# -- financial years


@pytest.mark.parametrize("year_end", [YearEnd(), YearEnd(2, 28), YearEnd(2, 29), YearEnd(4, 5), YearEnd(1, 1)])
@given(st.dates())
def test_financial_years_follow_each_other_without_a_gap(year_end: YearEnd, day: date) -> None:
    for count in (Months(year_end), Days(year_end)):
        number = count.at(day)
        year = count.year_of(number)
        assert count.first(year) <= number <= count.last(year)
        assert count.last(year) + 1 == count.first(year + 1)
        length = count.last(year) - count.first(year) + 1
        assert length == 12 if isinstance(count, Months) else length in (365, 366, 364, 367)


def test_a_year_that_ends_with_february_ends_on_the_29th_where_there_is_one() -> None:
    days = Days(YearEnd(2, 29))
    assert days.last(2024) == date(2024, 2, 29).toordinal()
    assert days.last(2025) == date(2025, 2, 28).toordinal()
    assert days.last(2024) - days.first(2024) + 1 == 366


@pytest.mark.parametrize(
    ("year_end", "day", "year"),
    [
        (YearEnd(), date(2025, 12, 31), 2025),
        (YearEnd(6, 30), date(2025, 6, 30), 2025),
        (YearEnd(6, 30), date(2025, 7, 1), 2026),
        (YearEnd(4, 5), date(2025, 3, 31), 2025),
        (YearEnd(4, 5), date(2025, 4, 1), 2026),  # April ends in the next year, so April is a month of it
        (YearEnd(2, 28), date(2024, 2, 29), 2024),
    ],
)
def test_a_month_belongs_to_the_year_that_it_ends_in(year_end: YearEnd, day: date, year: int) -> None:
    assert Months(year_end).year_of(Months(year_end).at(day)) == year


@given(st.dates())
def test_months_are_numbered_in_order(day: date) -> None:
    number = month_number(day)
    assert month_start(number) <= day <= month_end(number)
    assert month_number(month_end(number)) == number


def test_the_calendar_ends() -> None:
    assert month_end(month_number(date.max)) == date.max


# -- disposal

AMOUNTS = st.integers(0, 2**63 - 1)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_gain_and_capital_gain_add_up_to_price_less_book_value(price: int, cost: int, book: int) -> None:
    """X5."""
    split = gain(price, cost, book)
    assert split.gain_loss_minor + split.capital_gain_minor == price - book
    assert split.capital_gain_minor == max(0, price - cost)
    assert split.gain_loss_minor == min(price, cost) - book


def test_every_averaging_has_its_count() -> None:
    made: list[Callable[..., object]] = [type(terms(averaging=averaging).count) for averaging in Averaging]
    assert made == [Months, Days, Years]
