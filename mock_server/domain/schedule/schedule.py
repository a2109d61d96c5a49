"""Months out of years: how much each month charges, and how much is charged by any day.

Decides how a year's line is cut into months, or told whole where whole years are counted: the running
total is rounded half up, and a month is the difference of two of them (DECISIONS 25). So no month is
negative (D2), months add up to their year and straight line to the depreciable amount (D1), and the total
is never more than half a unit off. The charge stops at the depreciable amount (D6, V3); straight line by
life ends with the life, whose last month takes the rest. Years are worked out once, in order, when they
are first asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from mock_server.domain.schedule.policies import POLICIES, Books, Course
from mock_server.domain.schedule.terms import Method, Terms

_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Period:
    """One month of a schedule, or one financial year where whole years are counted.

    first: later than the month's first day where depreciation starts within it. last: the month's last
    day. minor: the month's charge. accumulated_minor, carrying_minor: after it.
    """

    first: date
    last: date
    minor: int
    accumulated_minor: int
    carrying_minor: int


@dataclass(frozen=True, slots=True)
class _Year:
    """A financial year's line in whole numbers: after n units the total is (constant + slope times n) // divisor.

    Half a unit is in the constant, so that the floor rounds half up.
    """

    course: Course
    first: int  # the first unit that counts
    constant: int
    slope: int
    divisor: int
    exact: Fraction  # the line at the year's end
    before_minor: int  # what was charged before the year
    charged_minor: int  # the line at the year's end, rounded and clamped


def half_up(amount: Fraction) -> int:
    """The whole number nearest to an amount from zero up; of two, the larger."""
    return (amount + _HALF) // 1


class Schedule:
    """The months of some terms. Any month and any day can be asked for, in any order.

    before: what was booked under other terms, until the day before these start (`revised`).
    yearly, end: where the terms do not say them: the share that a year takes, and the last month or day.
    """

    def __init__(
        self, terms: Terms, before: Schedule | None = None, *, yearly: Fraction | None = None, end: int | None = None
    ) -> None:
        self.terms = terms
        self.before = before
        self.opening_minor = before.accumulated_until(terms.start) if before else 0
        left = 0 if terms.method is Method.NONE else max(0, terms.depreciable_minor - self.opening_minor)
        self.left_minor = left
        self.yearly = terms.yearly if yearly is None else yearly
        self.count = terms.count
        self.pieces = self.count.pieces
        self.begin = self.count.at(terms.start)
        if end is None and terms.method is Method.STRAIGHT_LINE and terms.life is not None:
            end = self.count.end(terms.start, terms.life)
        self.end = end
        self._first_year = self.count.year_of(self.begin)
        self._years: list[_Year] = []
        self._latest = (-1, 0)  # the month asked for last, and the total at its end: a walk asks for the next

    @property
    def start(self) -> date:
        """The first day of depreciation, under whatever terms."""
        return self.before.start if self.before else self.terms.start

    def accumulated(self, through: date) -> int:
        """All that is charged up to and including the day.

        A month or year that has begun counts in full where whole ones are counted, its days otherwise.
        """
        if through < self.terms.start:
            return self.before.accumulated(through) if self.before else 0
        return self.opening_minor + self._total(self.count.at(through))

    def accumulated_until(self, day: date) -> int:
        """All that is charged before the day; in whole months or years, before the one that holds the day."""
        opening = self.count.opening(day)
        return self.accumulated(opening - timedelta(days=1)) if opening > date.min else 0

    def at_year_end(self, day: date) -> int:
        """All that is charged by the last month end of the financial year that holds the day, under these terms."""
        return self.accumulated(self.count.closing(self.count.year_of(self.count.at(day))))

    def exact(self, first: date, last: date) -> Fraction:
        """What the days would be charged if units could be split, and the line never stopped."""
        if self.before is not None and first < self.terms.start:
            before = self.before.exact(first, min(last, self.terms.start - timedelta(days=1)))
            return before + (self.exact(self.terms.start, last) if last >= self.terms.start else 0)
        begin, end = self.count.at(first), self.count.at(last)
        charge = Fraction(0)
        for number in range(self.count.year_of(begin), self.count.year_of(end) + 1):
            opens, closes = self.count.first(number), self.count.last(number)
            units = min(end, closes) - max(begin, opens) + 1
            charge += self._year(number - self._first_year).course.annual * units / (closes - opens + 1)
        return charge

    def period(self, day: date) -> Period | None:
        """The month that holds the day; None before the start and after the end."""
        return self._period(self.pieces.at(day))

    def periods(self, through: date | None = None) -> Iterator[Period]:
        """The months in order, until everything is depreciated.

        Diminishing value comes to no end: with `through`, the month that holds that day is the last; without,
        the months stop before the first financial year after which no unit would ever be charged again.
        """
        number = self.pieces.at(self.start)
        last = self.pieces.at(date.max if through is None else through)
        while number <= last:
            period = self._period(number)
            if period is None or (through is None and self._idle(period.last)):
                return
            yield period
            number += 1

    def _period(self, number: int) -> Period | None:
        if number < self.pieces.at(self.terms.start) and self.before is not None:
            return self.before._period(number)
        last = self.pieces.last(number)
        if last < self.start:
            return None
        first = self.pieces.first(number)
        latest, earlier = self._latest
        if latest != number - 1:
            earlier = self.accumulated_until(first) if first > self.start else 0
        if self._ended(first, earlier):
            return None
        total = self.accumulated(last)
        self._latest = (number, total)
        return Period(max(first, self.start), last, total - earlier, total, self.terms.cost_minor - total)

    def _ended(self, first: date, earlier: int) -> bool:
        """Whether nothing is left for the month that begins on `first`, and no life runs on."""
        if earlier < self.opening_minor + self.left_minor:
            return False
        return not self.left_minor or self.end is None or self.count.at(first) > self.end

    def _idle(self, day: date) -> bool:
        """Whether the financial year of the day charges nothing, and so does every one after it."""
        if day < self.terms.start or self.end is not None:
            return False
        index = self._index(self.count.at(day))
        year, following = self._year(index), self._year(index + 1)
        # A first year may be too short for a unit that a whole year would charge.
        whole = index > 0 or not year.course.annual
        return whole and year.charged_minor == year.before_minor and following.course == year.course

    def _total(self, at: int) -> int:
        if self.end is not None and at >= self.end:
            return self.left_minor
        year = self._year(self._index(at))
        return min(self.left_minor, (year.constant + year.slope * (at - year.first + 1)) // year.divisor)

    def _index(self, at: int) -> int:
        return self.count.year_of(at) - self._first_year

    def _year(self, index: int) -> _Year:
        while len(self._years) <= index:
            self._years.append(self._next_year())
        return self._years[index]

    def _next_year(self) -> _Year:
        number = self._first_year + len(self._years)
        begin, last = self.count.first(number), self.count.last(number)
        first = max(begin, self.begin)
        exact, charged = (self._years[-1].exact, self._years[-1].charged_minor) if self._years else (Fraction(0), 0)
        course = POLICIES[self.terms.method](Books(self.left_minor, self.yearly, exact, charged))
        step = course.annual / (last - begin + 1)
        closing = course.opening + step * (last - first + 1)
        raised = course.opening + _HALF
        return _Year(
            course=course,
            first=first,
            constant=raised.numerator * step.denominator,
            slope=step.numerator * raised.denominator,
            divisor=raised.denominator * step.denominator,
            exact=closing,
            before_minor=charged,
            charged_minor=min(self.left_minor, half_up(closing)),
        )
