"""Faults of how much is charged when: terms that are misread, years and months that are miscounted.

Decides these faults alone. The register and its ledger agree; both are wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from mock_server.domain.journal import Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.domain.register.dues import Schedules
from mock_server.domain.schedule import Averaging, Method, Schedule, Terms, YearEnd
from mock_server.domain.schedule.calendar import month_end, month_number
from mock_server.domain.schedule.schedule import half_up
from mock_server.faults.fault import Family, Parts, recast, with_body
from mock_server.faults.xero.postings import posting
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Request

SHELF: Final = shelf(Family.MONEY)

_DAY: Final = timedelta(days=1)
_HALF: Final = Fraction(1, 2)
_LEAP_YEAR: Final = 366
_MANY: Final = 1_000_000


def _by_terms(change: Callable[[Terms], Terms]) -> Callable[[Parts], Parts]:
    """The terms of every asset are read otherwise."""

    class _Misread(Schedules):
        def _terms(self, *arguments: Any) -> Terms:
            return change(super()._terms(*arguments))

    return lambda parts: recast(parts, _Misread)


def _by_schedule(wrong: type[Schedule]) -> Callable[[Parts], Parts]:
    """Schedules of another class, upon the one that stands there already."""

    class _Miscounted(Schedules):
        def _kind(self) -> type[Schedule]:
            return type(wrong.__name__, (wrong, super()._kind()), {})

    return lambda parts: recast(parts, _Miscounted)


# ---- terms ------------------------------------------------------------------------------------


def _leap_day_late(terms: Terms) -> Terms:
    leap_day = (terms.start.month, terms.start.day) == (2, 29)
    return replace(terms, start=terms.start + _DAY) if leap_day else terms


def _next_month(terms: Terms) -> Terms:
    late = month_end(month_number(terms.start)) + _DAY
    return replace(terms, start=late) if terms.averaging is Averaging.FULL_MONTH else terms


def _next_day(terms: Terms) -> Terms:
    by_days = terms.averaging is Averaging.ACTUAL_DAYS and terms.method is not Method.FULL
    return replace(terms, start=terms.start + _DAY) if by_days else terms


def _whole_base(terms: Terms) -> Terms:
    return replace(terms, residual_minor=0) if terms.method is Method.DIMINISHING else terms


def _all_at_once(terms: Terms) -> Terms:
    return replace(terms, residual_minor=0) if terms.method is Method.FULL else terms


def _never_kept(terms: Terms) -> Terms:
    whole = terms.depreciable_minor
    return terms if whole else replace(terms, residual_minor=terms.residual_minor - 100)


def _a_month_longer(terms: Terms) -> Terms:
    straight = terms.method is Method.STRAIGHT_LINE and terms.life is not None
    return replace(terms, life=(terms.life or 0) + Fraction(1, 12)) if straight else terms


SHELF.fault("leap-start-late", "What starts on 29 February is depreciated from 1 March.", "T2", "D1", "V2")(
    _by_terms(_leap_day_late)
)
SHELF.fault("month-of-start-skipped", "Full months are counted from the one after the start.", "T1", "T2", "D1", "D10")(
    _by_terms(_next_month)
)
SHELF.fault("day-of-start-skipped", "Actual days are counted from the one after the start.", "T1", "T2", "D1", "D5")(
    _by_terms(_next_day)
)
SHELF.fault(
    "residual-in-the-base",
    "A diminishing value is a share of the whole cost, residual value included.",
    "D1",
    "D5",
    "T2",
)(_by_terms(_whole_base))
SHELF.fault("limit-ignored", "The cost limit is not looked at.", "V2", "V3", "D1", "D5", "T2")(
    _by_terms(lambda terms: replace(terms, limit_minor=None))
)
SHELF.fault("calendar-years", "Financial years end in December, whatever was set.", "D1", "D5", "T1", "T2", "D3")(
    _by_terms(lambda terms: replace(terms, year_end=YearEnd()))
)
SHELF.fault("factor-150-as-100", "DiminishingValue150 by life goes down as DiminishingValue100 does.", "D5")(
    _by_terms(lambda terms: replace(terms, factor=100) if terms.factor == 150 else terms)
)
SHELF.fault("residual-at-once", "Full depreciation takes the residual value, too.", "D10", "V3")(
    _by_terms(_all_at_once)
)
SHELF.fault("never-kept", "Of what is worth its price to the end one unit is charged all the same.", "V4")(
    _by_terms(_never_kept)
)
SHELF.fault("life-a-month-longer", "A life ends a month late.", "V2", "D1", "T1", "T2", "D3")(
    _by_terms(_a_month_longer)
)


# ---- years and months -------------------------------------------------------------------------


class _Stepping(Schedule):
    """Takes other steps through a year, which is so many months or days long."""

    def _step(self, step: Fraction, _length: int) -> Fraction:
        return step

    def _next_year(self) -> Any:
        number = self._first_year + len(self._years)
        year, last = super()._next_year(), self.count.last(number)
        step = self._step(Fraction(year.slope, year.divisor), last - self.count.first(number) + 1)
        closing = year.course.opening + step * (last - year.first + 1)
        raised = year.course.opening + _HALF
        return replace(
            year,
            constant=raised.numerator * step.denominator,
            slope=step.numerator * raised.denominator,
            divisor=raised.denominator * step.denominator,
            exact=closing,
            charged_minor=min(self.left_minor, half_up(closing)),
        )


class _LeapYears(_Stepping):
    def _step(self, step: Fraction, length: int) -> Fraction:
        step = super()._step(step, length)
        return step * Fraction(length, length - 1) if length == _LEAP_YEAR else step


class _DailyCents(_Stepping):
    def _step(self, step: Fraction, length: int) -> Fraction:
        step = super()._step(step, length)
        return Fraction(half_up(step)) if self.terms.averaging is Averaging.ACTUAL_DAYS else step


class _RestLeft(Schedule):
    def _total(self, at: int) -> int:
        months = None if self.end is None else self.end - self.begin + 1
        if months is None or at < (self.end or 0) or self.terms.averaging is not Averaging.FULL_MONTH:
            return super()._total(at)
        return min(self.left_minor - self.left_minor % months, super()._total(at))


class _Endless(Schedule):
    def _total(self, at: int) -> int:
        if self.terms.method is not Method.STRAIGHT_LINE or self.end is not None:
            return super()._total(at)
        year = self._year(self._index(at))
        total: int = (year.constant + year.slope * (at - year.first + 1)) // year.divisor
        return total


SHELF.fault("leap-years-of-365", "A day of a leap year is charged a 365th of the year.", "D1", "D5", "T1", "T2")(
    _by_schedule(_LeapYears)
)
SHELF.fault("daily-cents", "The charge of a day is rounded to the cent before days are counted.", *("D1", "D5", "T2"))(
    _by_schedule(_DailyCents)
)
SHELF.fault("rest-left", "The last month of a life does not take the rest.", "V2", "D1")(_by_schedule(_RestLeft))
SHELF.fault("beyond-the-end", "A straight line by rate goes on when all is charged.", "V3", "V5", "D1")(
    _by_schedule(_Endless)
)


# ---- single months ----------------------------------------------------------------------------


def _a_cent_off(fits: Callable[[date], bool], cent: int) -> Callable[[Ledger, Journal], Journal]:
    def wrong(_ledger: Ledger, journal: Journal) -> Journal:
        if not fits(journal.instant.day) or journal.amount_minor <= 1:
            return journal
        steps = (cent if one.minor > 0 else -cent for one in journal.postings)
        sides = (Posting(one.account, one.minor + step) for one, step in zip(journal.postings, steps, strict=True))
        return revised(journal, postings=tuple(sides))

    return wrong


SHELF.fault(
    "cent-in-sixty", "One month in sixty (March 2021, March 2026, ...) is posted one cent too low.", *("V1", "D1")
)(posting("Depreciation", _a_cent_off(lambda day: day.month == 3 and day.year % 5 == 1, -1)))
SHELF.fault("cent-on-29-february", "A charge of 29 February is posted one cent too high.", "V1", "D1", "V2")(
    posting("Depreciation", _a_cent_off(lambda day: (day.month, day.day) == (2, 29), 1))
)


@SHELF.answers(
    "large-prices-whole", "A price of a million or more is shown without its cents.", "xero.R6", of="getAssetById"
)
def _large_prices_whole(_request: Request, answer: Answer) -> Answer:
    price = answer.body.get("purchasePrice")
    if not isinstance(price, Decimal) or price < _MANY:
        return answer
    return with_body(answer, {**answer.body, "purchasePrice": int(price)})
