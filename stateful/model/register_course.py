"""What must have been charged by a day, in closed form and unrounded (accounting.md D, T).

Decides how time is measured: by a clock in years, of which any two days are as far apart as the share
of the financial years between them. A charge is then a product, never a sum over months: nothing is
shared with a schedule that goes from month to month. Results are exact fractions of minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from stateful.model.register import FACTORS, Averaging, Method, Plan

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Financial years, each ending with the last day of `month`."""

    month: int = 12

    def first_day(self, day: date) -> date:
        """The first day of the financial year that `day` is in."""
        turn = self.month % 12 + 1
        return date(day.year - (day.month < turn), turn, 1)

    def last_day(self, day: date) -> date:
        """The last day of the financial year that `day` is in."""
        first = self.first_day(day)
        return first.replace(year=first.year + 1) - _DAY

    def clock(self, morning: date, averaging: Averaging) -> Fraction:
        """Years up to the start of a day; only differences mean something."""
        first = self.first_day(morning)
        if averaging is Averaging.FULL_MONTH:
            return first.year + Fraction((morning.month - first.month) % 12, 12)
        return first.year + Fraction((morning - first).days, (self.last_day(morning) - first).days + 1)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def end_of_life(plan: Plan) -> date | None:
    """The last day of a straight line by life; None for what ends otherwise.

    Raises ValueError for a life that is not of whole months.
    """
    if plan.life is None or plan.method is not Method.STRAIGHT_LINE:
        return None
    months = plan.life * 12
    if months.denominator != 1:
        raise ValueError("a life of whole months is wanted")
    count = plan.start.year * 12 + plan.start.month - 1 + int(months)
    year, month = divmod(count, 12)
    if plan.averaging is Averaging.FULL_MONTH:
        return date(year, month + 1, 1) - _DAY
    first = date(year, month + 1, 1)
    anniversary = min(first + timedelta(days=plan.start.day - 1), month_end(first))
    return anniversary - _DAY


def elapsed(plan: Plan, through: date, calendar: Calendar) -> Fraction:
    """The years from the start of depreciation to the end of a day, both days included (T2)."""
    if through < plan.start:
        return Fraction(0)
    return calendar.clock(through + _DAY, plan.averaging) - calendar.clock(plan.start, plan.averaging)


def taken(plan: Plan, price_minor: int, through: date, calendar: Calendar) -> Fraction:
    """All depreciation from the start to the end of a day, which is a month end or the last of a life."""
    whole = plan.depreciable(price_minor)
    if through < plan.start or plan.method is Method.NONE or whole <= 0:
        return Fraction(0)
    if plan.method is Method.FULL:
        return Fraction(whole)
    end = end_of_life(plan)
    if end is not None and through >= end:
        return Fraction(whole)
    if plan.method is Method.STRAIGHT_LINE:
        return min(Fraction(whole), whole * plan.yearly() * elapsed(plan, through, calendar))
    return whole - whole * _left(plan, through, calendar)


def year_charge(plan: Plan, price_minor: int, before: int, through: date, calendar: Calendar) -> Fraction:
    """The charge of the financial year of `through` up to then, `before` being all that came before it.

    A diminishing value goes on from what has really been charged; a straight line from its start, but
    its last charge takes what is left.
    """
    whole = plan.depreciable(price_minor)
    first = calendar.first_day(through)
    if plan.method in FACTORS:
        share = elapsed(plan, through, calendar) - elapsed(plan, first - _DAY, calendar)
        return max(Fraction(0), min(Fraction(1), plan.yearly() * share) * (whole - before))
    total = taken(plan, price_minor, through, calendar)
    return total - (before if total == whole else taken(plan, price_minor, first - _DAY, calendar))


def _left(plan: Plan, through: date, calendar: Calendar) -> Fraction:
    """The part of a diminishing value that is left: a product of one factor for each financial year."""
    rate = plan.yearly()
    years = calendar.first_day(through).year - calendar.first_day(plan.start).year
    if not years:
        return _kept(rate * elapsed(plan, through, calendar))
    first_year = _kept(rate * elapsed(plan, calendar.last_day(plan.start), calendar))
    this_year = calendar.clock(through + _DAY, plan.averaging) - calendar.clock(
        calendar.first_day(through), plan.averaging
    )
    return first_year * _kept(rate) ** (years - 1) * _kept(rate * this_year)


def _kept(part: Fraction) -> Fraction:
    """What is left of 1 when `part` is charged; never less than nothing."""
    return max(Fraction(0), 1 - part)
