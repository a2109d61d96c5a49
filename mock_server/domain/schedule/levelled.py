"""Equal months, and the last one takes the rest.

Decides the other usual way of cutting a stretch into months (accounting.md 5): each month is rounded for
itself, so that equal months are equal, and what rounding left over is trued up in the stretch's last
month. A stretch is a life under straight line, a financial year under diminishing value, and ends where
a re-estimate begins; its total is the schedule's. No month takes more than is left, so the last one is
never negative, however small the amounts are (D2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mock_server.domain.schedule.schedule import Period, Schedule, half_up
from mock_server.domain.schedule.terms import Method


def levelled(schedule: Schedule, through: date | None = None) -> Iterator[Period]:
    """The months of the schedule with equal charges; `through` as for `Schedule.periods`."""
    given, cost = 0, schedule.terms.cost_minor
    for period in schedule.periods(through):
        if _ends_stretch(schedule, period):
            minor = period.accumulated_minor - given
        else:
            left = _total(schedule, period.last) - given
            minor = min(left, half_up(schedule.exact(period.first, period.last)))
        given += minor
        yield replace(period, minor=minor, accumulated_minor=given, carrying_minor=cost - given)


def _ends_stretch(schedule: Schedule, period: Period) -> bool:
    following = None if period.last == date.max else schedule.period(period.last + timedelta(days=1))
    return following is None or _stretch(schedule, following.last) != _stretch(schedule, period.last)


def _stretch(schedule: Schedule, day: date) -> tuple[date, int]:
    terms, year = (part := _in_force(schedule, day)).terms, part.count.year_of(part.count.at(day))
    return terms.start, year if terms.method is Method.DIMINISHING else 0


def _in_force(schedule: Schedule, day: date) -> Schedule:
    while schedule.before is not None and day < schedule.terms.start:
        schedule = schedule.before
    return schedule


def _total(schedule: Schedule, day: date) -> int:
    """What is charged by the end of the stretch that holds the day."""
    limit = schedule.opening_minor + schedule.left_minor
    while schedule.before is not None and day < schedule.terms.start:
        limit, schedule = schedule.opening_minor, schedule.before
    return min(limit, schedule.at_year_end(day)) if schedule.terms.method is Method.DIMINISHING else limit
