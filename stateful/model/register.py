"""How an asset is depreciated, in sums: what may be charged in all, and at what rate a year.

Decides depreciable amount, yearly rate and gain (accounting.md V2, D5, X5). Amounts are minor units,
rates fractions of 1 a year, lives years. Knows no calendar: that is `register_course`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final


class Method(Enum):
    """How the charge of a year is found. The value is what reports call it."""

    NONE = "no depreciation"
    STRAIGHT_LINE = "straight line"
    DIMINISHING_100 = "diminishing value 100 %"
    DIMINISHING_150 = "diminishing value 150 %"
    DIMINISHING_200 = "diminishing value 200 %"
    FULL = "full depreciation"


class Averaging(Enum):
    """How a part of a year is measured."""

    FULL_MONTH = "full months"
    ACTUAL_DAYS = "actual days"


FACTORS: Final[Mapping[Method, Fraction]] = MappingProxyType(
    {
        Method.DIMINISHING_100: Fraction(1),
        Method.DIMINISHING_150: Fraction(3, 2),
        Method.DIMINISHING_200: Fraction(2),
    }
)
"""By how much a diminishing value's rate is quicker than a straight line's over the same life (D5)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one asset is to be depreciated. At most one of rate and life.

    start: the first day of depreciation. limit_minor: how much of the price is depreciated at most.
    """

    method: Method
    start: date
    averaging: Averaging = Averaging.FULL_MONTH
    rate: Fraction | None = None
    life: Fraction | None = None
    limit_minor: int | None = None
    residual_minor: int = 0

    def depreciable(self, price_minor: int) -> int:
        """The limit or the price, less the residual value (V2)."""
        base = price_minor if self.limit_minor is None else self.limit_minor
        return base - self.residual_minor

    def yearly(self) -> Fraction:
        """The rate a year: as it was given, or by the life."""
        if self.rate is not None:
            return self.rate
        if self.life is None:
            return Fraction(0)
        return FACTORS.get(self.method, Fraction(1)) / self.life


@dataclass(frozen=True, slots=True)
class Gain:
    """What a disposal brings: `ordinary` may be a loss, below zero."""

    ordinary: int
    capital: int


def gain(proceeds: int, price: int, book: int) -> Gain:
    """The split of proceeds less book value: what exceeds the price is a capital gain (X5)."""
    capital = max(0, proceeds - price)
    return Gain(proceeds - book - capital, capital)


def settled(book: int, price: int, accumulated: int, prior: int | None) -> frozenset[str]:
    """Which of the accepted readings of a book value fit the figures beside it.

    "since_start": `accumulated` is all depreciation. "this_year": it is that of the financial year, and
    `prior`, where it is shown, that of the years before.
    """
    readings = {"since_start": accumulated, "this_year": accumulated + (prior or 0)}
    return frozenset(name for name, taken in readings.items() if price - taken == book)
