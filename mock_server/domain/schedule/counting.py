"""Time counted: months, days and financial years.

Decides which part of a financial year a stretch of time is (rules T1 to T3, DECISIONS 25, 30), for the
three ways of counting: whole months, of which every year has twelve, actual days, of which a year has
365 or 366, and whole years. Each puts time on a line of whole numbers (month numbers, day numbers as
`date.toordinal` counts them, or years), and says in which pieces a schedule is told, so that the rest of
the engine need not know which it is. Must not know amounts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from fractions import Fraction
from typing import ClassVar, Final, Protocol

from mock_server.domain.schedule.calendar import YearEnd, days_of, month_end, month_number, month_start

_CYCLE_YEARS: Final = 400  # after which the calendar repeats itself
_CYCLE_DAYS: Final = 146_097
_LAST_MONTH: Final = month_number(date.max)


class Averaging(Enum):
    """How a part of a year is measured: in whole months or years, any part of one counting as one, or in days."""

    FULL_MONTH = auto()
    ACTUAL_DAYS = auto()
    WHOLE_YEAR = auto()


class Pieces(Protocol):
    """Time in the pieces that a schedule is told in, numbered one after the other."""

    @property
    def a_year(self) -> int:
        """How many of them are a year."""

    def at(self, day: date) -> int:
        """The piece that holds the day."""

    def first(self, number: int) -> date:
        """Its first day."""

    def last(self, number: int) -> date:
        """Its last day."""


class Count(Protocol):
    """Time as whole units, and the financial years on that line, each named by the year it ends in."""

    @property
    def pieces(self) -> Pieces:
        """What a schedule is told in: months, or whole financial years where nothing less is counted."""

    def at(self, day: date) -> int:
        """The number of the unit that holds the day."""

    def opening(self, day: date) -> date:
        """The first day of the unit that holds the day."""

    def year_of(self, number: int) -> int:
        """The financial year that the unit belongs to."""

    def first(self, year: int) -> int:
        """The financial year's first unit."""

    def last(self, year: int) -> int:
        """The financial year's last unit."""

    def closing(self, year: int) -> date:
        """The last day of the financial year that ends a piece."""

    def end(self, start: date, life: Fraction) -> int:
        """The last unit of a life of so many years."""


class Monthly:
    """The months of the calendar."""

    a_year: Final = 12

    def at(self, day: date) -> int:
        """See `Pieces`."""
        return month_number(day)

    def first(self, number: int) -> date:
        """See `Pieces`."""
        return month_start(number)

    def last(self, number: int) -> date:
        """See `Pieces`."""
        return month_end(number)


class Months:
    """Counting in whole months: a month is one of the financial year in which it ends."""

    __slots__ = ("_offset",)

    pieces: Final = Monthly()

    def __init__(self, year_end: YearEnd) -> None:
        # Where the year ends within a month, that month ends in the next financial year.
        self._offset = year_end.month - (1 if year_end.closes_its_month else 2)

    def at(self, day: date) -> int:
        """See `Count`."""
        return month_number(day)

    def opening(self, day: date) -> date:
        """See `Count`."""
        return day.replace(day=1)

    def year_of(self, number: int) -> int:
        """See `Count`."""
        return -((self._offset - number) // 12)

    def first(self, year: int) -> int:
        """See `Count`."""
        return self.last(year) - 11

    def last(self, year: int) -> int:
        """See `Count`."""
        return 12 * year + self._offset

    def closing(self, year: int) -> date:
        """See `Count`."""
        return month_end(min(self.last(year), _LAST_MONTH))

    def end(self, start: date, life: Fraction) -> int:
        """See `Count`. A month that the life ends in is whole."""
        return month_number(start) + _whole_months(life) - 1


@dataclass(frozen=True, slots=True)
class Days:
    """Counting in actual days: 366 to a financial year that holds a 29 February."""

    pieces: ClassVar[Pieces] = Monthly()

    year_end: YearEnd

    def at(self, day: date) -> int:
        """See `Count`."""
        return day.toordinal()

    def opening(self, day: date) -> date:
        """See `Count`."""
        return day

    def year_of(self, number: int) -> int:
        """See `Count`."""
        year = date.fromordinal(number).year
        return year if number <= self.last(year) else year + 1

    def first(self, year: int) -> int:
        """See `Count`."""
        return self.last(year - 1) + 1

    def last(self, year: int) -> int:
        """See `Count`."""
        # A financial year may begin before the year 1 or end after 9999, where there are no dates.
        cycles = 1 if year < 1 else -1 if year > 9999 else 0
        known = year + cycles * _CYCLE_YEARS
        day = min(self.year_end.day, days_of(known, self.year_end.month))
        return date(known, self.year_end.month, day).toordinal() - cycles * _CYCLE_DAYS

    def closing(self, year: int) -> date:
        """See `Count`."""
        day = date.fromordinal(min(self.last(year), date.max.toordinal()))
        number = month_number(day)
        return day if day == month_end(number) else month_end(number - 1)

    def end(self, start: date, life: Fraction) -> int:
        """See `Count`. The day before the anniversary (T2); a part of a month is rounded up."""
        number = month_number(start) + _whole_months(life)
        year, month = divmod(number, 12)
        if start.day > days_of(year, month + 1):  # no such anniversary: the month's last day ends it (T3)
            return month_end(number).toordinal()
        return date(year, month + 1, start.day).toordinal() - 1


@dataclass(frozen=True, slots=True)
class Yearly:
    """Financial years, as far as the calendar reaches."""

    a_year: ClassVar[int] = 1

    days: Days

    def at(self, day: date) -> int:
        """See `Pieces`."""
        return self.days.year_of(day.toordinal())

    def first(self, number: int) -> date:
        """See `Pieces`."""
        return date.fromordinal(max(self.days.first(number), date.min.toordinal()))

    def last(self, number: int) -> date:
        """See `Pieces`."""
        return date.fromordinal(min(self.days.last(number), date.max.toordinal()))


class Years:
    """Counting in whole financial years: each is one unit."""

    __slots__ = ("pieces",)

    def __init__(self, year_end: YearEnd) -> None:
        self.pieces = Yearly(Days(year_end))

    def at(self, day: date) -> int:
        """See `Count`."""
        return self.pieces.at(day)

    def opening(self, day: date) -> date:
        """See `Count`."""
        return self.pieces.first(self.at(day))

    def year_of(self, number: int) -> int:
        """See `Count`."""
        return number

    def first(self, year: int) -> int:
        """See `Count`."""
        return year

    def last(self, year: int) -> int:
        """See `Count`."""
        return year

    def closing(self, year: int) -> date:
        """See `Count`."""
        return self.pieces.last(year)

    def end(self, start: date, life: Fraction) -> int:
        """See `Count`. A year that the life ends in is whole."""
        return self.at(start) - (-life // 1) - 1


COUNTS: Final[dict[Averaging, type[Months] | type[Days] | type[Years]]] = {
    Averaging.FULL_MONTH: Months,
    Averaging.ACTUAL_DAYS: Days,
    Averaging.WHOLE_YEAR: Years,
}


def _whole_months(life: Fraction) -> int:
    return -(-life * 12 // 1)
