"""The values that histories of a register are made of, weighted towards the boundaries.

Data only; the first of each is the one that shrinking ends at. Amounts are minor units.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from stateful.model.register import Averaging, Method
from stateful.register.operations import (
    AVERAGING,
    DESCRIPTION,
    DISPOSAL_PRICE,
    LIFE,
    LIMIT,
    METHOD,
    PRICE,
    PURCHASED,
    RATE,
    RESIDUAL,
    SERIAL,
    START,
    WARRANTY,
    Members,
)

FACTS: Final[tuple[Members, ...]] = (
    {},
    {PURCHASED: date(2020, 2, 29), PRICE: 300_000},
    {PURCHASED: date(2021, 12, 31), PRICE: 1, SERIAL: "123-é"},
    {PURCHASED: date(2019, 1, 1), PRICE: 196_999, DESCRIPTION: "for computing ✓"},
    {PRICE: 10_000, DISPOSAL_PRICE: 2_323},
    {PRICE: 10_000_000_001, WARRANTY: "2030-04-11T00:00:00", SERIAL: "0"},
    {DESCRIPTION: "Gabelstapler „Ä“ 1 𝄞", PURCHASED: date(2016, 4, 11)},
    {PRICE: 0},
)
"""Members of a draft beside its name and number."""

_MONTHS: Final = Averaging.FULL_MONTH
_DAYS: Final = Averaging.ACTUAL_DAYS

STRAIGHT: Final[Members] = {
    METHOD: Method.STRAIGHT_LINE,
    AVERAGING: _DAYS,
    RATE: Fraction(33, 100),
    START: date(2020, 7, 1),
}


def _by(method: Method, averaging: Averaging, start: date, **more: object) -> Members:
    named = {"rate": RATE, "life": LIFE, "limit": LIMIT, "residual": RESIDUAL}
    return {METHOD: method, AVERAGING: averaging, START: start, **{named[name]: value for name, value in more.items()}}


PLANS: Final[tuple[Members, ...]] = (
    _by(Method.STRAIGHT_LINE, _MONTHS, date(2020, 1, 1), life=Fraction(5)),
    _by(Method.STRAIGHT_LINE, _MONTHS, date(2020, 1, 31), rate=Fraction(20, 100), residual=20_000),
    _by(Method.STRAIGHT_LINE, _DAYS, date(2020, 2, 29), life=Fraction(3), limit=150_000),
    _by(Method.STRAIGHT_LINE, _DAYS, date(2019, 8, 11), rate=Fraction(33, 100)),
    _by(Method.STRAIGHT_LINE, _MONTHS, date(2020, 4, 15), life=Fraction(5, 2), residual=1),
    _by(Method.STRAIGHT_LINE, _DAYS, date(2020, 4, 1), life=Fraction(1)),
    _by(Method.DIMINISHING_100, _MONTHS, date(2020, 1, 1), rate=Fraction(40, 100)),
    _by(Method.DIMINISHING_100, _DAYS, date(2020, 8, 11), rate=Fraction(40, 100)),
    _by(Method.DIMINISHING_100, _MONTHS, date(2020, 3, 31), life=Fraction(8), residual=20_000),
    _by(Method.DIMINISHING_150, _MONTHS, date(2020, 7, 1), life=Fraction(8)),
    _by(Method.DIMINISHING_150, _DAYS, date(2020, 12, 31), life=Fraction(4), limit=100_000),
    _by(Method.DIMINISHING_200, _DAYS, date(2020, 1, 1), life=Fraction(5)),
    _by(Method.DIMINISHING_200, _MONTHS, date(2020, 10, 30), life=Fraction(3), residual=33_333),
    _by(Method.FULL, _MONTHS, date(2020, 5, 20), residual=10_000),
    _by(Method.FULL, _DAYS, date(2021, 2, 28)),
    _by(Method.NONE, _MONTHS, date(2020, 6, 1)),
)
"""How to depreciate an asset; every residual value and limit is below every price of `PRICES`."""

PRICES: Final = (300_000, 196_999, 1_000_001, 250_003)
"""Prices of what is registered, odd cents included."""

KINDS: Final[tuple[Members, ...]] = (
    {METHOD: Method.STRAIGHT_LINE, AVERAGING: _MONTHS, RATE: Fraction(20, 100)},
    {METHOD: Method.DIMINISHING_200, AVERAGING: _DAYS, LIFE: Fraction(5)},
    {METHOD: Method.DIMINISHING_100, AVERAGING: _DAYS, RATE: Fraction(40, 100)},
    {METHOD: Method.NONE},
    {METHOD: Method.STRAIGHT_LINE, AVERAGING: _DAYS, LIFE: Fraction(5, 2)},
)
"""The settings of a type."""

CHANGES: Final[tuple[Members, ...]] = (
    {DESCRIPTION: "changed"},
    {SERIAL: "S-2", WARRANTY: "2031-01-01T00:00:00"},
    {PURCHASED: date(2024, 2, 29)},
    {PRICE: 10_000_000_007},
    {DESCRIPTION: "é ✓ 𝄞", SERIAL: "x"},
)
"""What is changed of a draft; no price is below a limit or a residual value of `PLANS`."""

YEAR_ENDS: Final = (12, 3, 6, 12)
"""The months that financial years end with."""
