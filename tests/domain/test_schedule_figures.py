"""Every figure of the fact sheet on Xero's depreciation (xero.md, section 4), to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import islice

import pytest

from mock_server.domain.schedule import Averaging, Gain, Method, Schedule, Terms, gain

JANUARY = date(2025, 1, 1)
# The help pages' asset: price 1,500, residual value 200.
ASSET = Terms(150_000, JANUARY, Method.STRAIGHT_LINE, rate=Fraction(1, 5), residual_minor=20_000)
BY_LIFE = replace(ASSET, rate=None, life=Fraction(8))
BY_DAYS = replace(ASSET, averaging=Averaging.ACTUAL_DAYS)


def charges(terms: Terms, count: int = 12) -> list[int]:
    return [period.minor for period in islice(Schedule(terms).periods(), count)]


def years(terms: Terms, count: int) -> list[int]:
    months = charges(terms, 12 * count)
    return [sum(months[start : start + 12]) for start in range(0, 12 * count, 12)]


def test_the_depreciable_value_is_price_or_limit_less_residual() -> None:
    """4.1"""
    assert ASSET.depreciable_minor == 130_000
    limited = Terms(2_000_000, JANUARY, Method.STRAIGHT_LINE, life=Fraction(5), limit_minor=1_500_000)
    assert limited.depreciable_minor == 1_500_000
    *_, last = Schedule(limited).periods()
    assert (last.accumulated_minor, last.carrying_minor) == (1_500_000, 500_000)
    assert replace(limited, residual_minor=100_000).depreciable_minor == 1_400_000


@pytest.mark.parametrize(
    ("method", "factor", "rate", "first_year"),
    [
        (Method.STRAIGHT_LINE, 100, Fraction("12.5"), 16_250),
        (Method.DIMINISHING, 100, Fraction("12.5"), 16_250),
        (Method.DIMINISHING, 150, Fraction("18.75"), 24_375),
        (Method.DIMINISHING, 200, Fraction(25), 32_500),
    ],
)
def test_the_rate_of_a_life_of_eight_years(method: Method, factor: int, rate: Fraction, first_year: int) -> None:
    """4.2: D5."""
    terms = replace(BY_LIFE, method=method, factor=factor)
    assert terms.yearly * 100 == rate
    assert years(terms, 1) == [first_year]


@pytest.mark.parametrize("factor", [100, 150, 200])
def test_an_entered_rate_is_used_as_it_is(factor: int) -> None:
    """4.2: D5."""
    assert years(replace(ASSET, method=Method.DIMINISHING, factor=factor), 1) == [26_000]


def test_the_annual_amounts() -> None:
    """4.3: D4, the residual value is taken off the base first."""
    assert years(ASSET, 5) == [26_000] * 5
    assert years(replace(ASSET, method=Method.DIMINISHING), 3) == [26_000, 20_800, 16_640]


def test_full_months() -> None:
    """4.4"""
    assert charges(ASSET) == [2_167, 2_166, 2_167] * 4
    assert charges(replace(ASSET, start=date(2025, 1, 30)), 1) == [2_167]


def test_actual_days() -> None:
    """4.4: over 2025."""
    assert charges(BY_DAYS) == [2_208, 1_995, 2_208, 2_137, 2_208, 2_137, 2_208, 2_209, 2_137, 2_208, 2_137, 2_208]


def test_fourteen_days() -> None:
    """4.4: 9.97 where a day is not rounded first, as the help page does (9.94)."""
    assert charges(replace(BY_DAYS, start=date(2025, 1, 18)), 1) == [997]


def test_diminishing_value_by_days_from_august() -> None:
    """4.4: 40 % of 1,969.99 from 11 August 2026: 21 days, and 143 to the end of the year."""
    terms = Terms(196_999, date(2026, 8, 11), Method.DIMINISHING, Averaging.ACTUAL_DAYS, rate=Fraction(2, 5))
    assert charges(terms, 1) == [4_534]
    assert Schedule(terms).accumulated(date(2026, 12, 31)) == 30_872


@pytest.mark.parametrize(
    ("price", "capital_gain", "gain_loss"),
    [(12_000, 2_000, 4_000), (10_000, 0, 4_000), (7_000, 0, 1_000), (6_000, 0, 0), (5_000, 0, -1_000), (0, 0, -6_000)],
)
def test_disposals(price: int, capital_gain: int, gain_loss: int) -> None:
    """4.9: cost 10,000, book value 6,000 (X5)."""
    assert gain(price, 10_000, 6_000) == Gain(gain_loss_minor=gain_loss, capital_gain_minor=capital_gain)
