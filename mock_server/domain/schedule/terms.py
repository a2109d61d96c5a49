"""What a schedule is made of.

Decides which terms make sense (rules V2, V6; DECISIONS 25) and refuses the others, so that no other
file has to ask again. Knows no dates but the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from fractions import Fraction
from typing import Final

from mock_server.domain.schedule.calendar import YearEnd
from mock_server.domain.schedule.counting import COUNTS, Averaging, Count
from mock_server.domain.schedule.errors import BadTerms

_HUNDRED: Final = 100
CALENDAR_YEAR: Final = YearEnd()


class Method(Enum):
    """How a cost is spread over the years."""

    NONE = auto()
    STRAIGHT_LINE = auto()
    DIMINISHING = auto()
    FULL = auto()  # all of it in the month of the start (D10)


PACED: Final = frozenset({Method.STRAIGHT_LINE, Method.DIMINISHING})


@dataclass(frozen=True, slots=True)
class Terms:
    """Cost, time and method of one asset's depreciation.

    cost_minor, residual_minor, limit_minor: minor units; limit: how much of the cost is depreciated, all
    of it when None. rate: a year, 1/5 is 20 %, used as it is. life: in years, 5/2 is two and a half.
    factor: percent; diminishing value by life takes factor/life a year (D5), which is double declining
    at 200. year_end: of the financial years that diminishing value goes down by.

    Raises BadTerms: residual above cost or limit, limit above cost, a negative amount or rate, a life that
    is not above zero or ends after the year 9999, or not exactly one of rate and life where one is needed.
    """

    cost_minor: int
    start: date
    method: Method
    averaging: Averaging = Averaging.FULL_MONTH
    rate: Fraction | None = None
    life: Fraction | None = None
    factor: int = 100
    residual_minor: int = 0
    limit_minor: int | None = None
    year_end: YearEnd = CALENDAR_YEAR

    def __post_init__(self) -> None:
        self._check_amounts()
        self._check_pace()

    @property
    def depreciable_minor(self) -> int:
        """The cost, or as much of it as the limit allows, less the residual value (V2)."""
        return self._limited_minor - self.residual_minor

    @property
    def yearly(self) -> Fraction:
        """The share that a year takes: the rate, or what the life makes of it; zero where neither is used."""
        if self.method not in PACED:
            return Fraction(0)
        if self.rate is not None:
            return self.rate
        assert self.life is not None
        return (Fraction(self.factor, _HUNDRED) if self.method is Method.DIMINISHING else 1) / self.life

    @property
    def count(self) -> Count:
        """How time is measured."""
        return COUNTS[self.averaging](self.year_end)

    @property
    def _limited_minor(self) -> int:
        return self.cost_minor if self.limit_minor is None else self.limit_minor

    def _check_amounts(self) -> None:
        if min(self.cost_minor, self.residual_minor, self._limited_minor) < 0:
            raise BadTerms("Cost, cost limit and residual value cannot be negative.")
        if self._limited_minor > self.cost_minor:
            raise BadTerms("The cost limit is above the cost.")
        if self.residual_minor > self._limited_minor:
            what = "cost" if self.limit_minor is None else "cost limit"
            raise BadTerms(f"The residual value is above the {what}.")

    def _check_pace(self) -> None:
        if self.rate is not None and self.life is not None:
            raise BadTerms("A rate and a life exclude each other.")
        if self.method in PACED and self.rate is None and self.life is None:
            raise BadTerms("This method needs a rate or a life.")
        if self.rate is not None and self.rate < 0:
            raise BadTerms("A rate cannot be negative.")
        if self.factor <= 0:
            raise BadTerms("The factor of diminishing value is a percentage above zero.")
        if self.life is not None and self.life <= 0:
            raise BadTerms("A life is longer than nothing.")
        if self.life is not None and self.start.year + self.life > 9999:
            raise BadTerms("The life ends after the year 9999.")
