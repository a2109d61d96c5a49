"""The calendar's months, and the day on which financial years end.

Decides how months are numbered, and which days can end a financial year. Must not know how time is counted
within one: that is `counting`'s.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from mock_server.domain.schedule.errors import BadTerms

_LEAP_YEAR: Final = 2024
_PLAIN_YEAR: Final = 2023
_LAST_MONTH: Final = 9999 * 12 + 11
_MONTHS_KEPT: Final = 4096  # schedules name the same few months over and over


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The day on which every financial year ends; 29 February is the 28th where there is no 29th.

    Raises BadTerms: no day of the calendar.
    """

    month: int = 12
    day: int = 31

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12 or not 1 <= self.day <= days_of(_LEAP_YEAR, self.month):
            raise BadTerms(f"A financial year cannot end on day {self.day} of month {self.month}.")

    @property
    def closes_its_month(self) -> bool:
        """Whether the year ends with a month, be it in years without a 29 February only."""
        return self.day >= days_of(_PLAIN_YEAR, self.month)


def month_number(day: date) -> int:
    """Months since the year 0 began; consecutive months have consecutive numbers."""
    return 12 * day.year + day.month - 1


@lru_cache(maxsize=_MONTHS_KEPT)
def month_start(number: int) -> date:
    """The first day of the month with that number."""
    return date(number // 12, number % 12 + 1, 1)


@lru_cache(maxsize=_MONTHS_KEPT)
def month_end(number: int) -> date:
    """The last day of the month with that number."""
    return date.max if number == _LAST_MONTH else month_start(number + 1) - timedelta(days=1)


def days_of(year: int, month: int) -> int:
    """How many days the month has."""
    return monthrange(year, month)[1]
