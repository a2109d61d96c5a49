"""Re-estimates that act forward only (IAS 8.36 to 38, IAS 16.51 and .61; rule D8).

Decides what a new life, residual value, rate or method does to the months that are still to come: what is
left to depreciate is spread anew from the day on. What is booked keeps its amounts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypedDict, Unpack

from mock_server.domain.schedule.errors import BadTerms
from mock_server.domain.schedule.schedule import Schedule
from mock_server.domain.schedule.terms import PACED, Method, Terms


class Changes(TypedDict, total=False):
    """What may be estimated anew. life: the years that remain, counted from the day of the change."""

    method: Method
    factor: int
    rate: Fraction
    life: Fraction
    residual_minor: int


def revised(schedule: Schedule, on: date, **changes: Unpack[Changes]) -> Schedule:
    """The schedule whose months from `on` are as the new estimates say; earlier ones are as they were.

    What is not estimated anew is kept, the end of the life too: straight line spreads what is left over the
    life that is left, diminishing value keeps its rate. A new straight-line rate is one of the whole
    depreciable amount. In whole months or years, the one that holds `on` is the first to change. A residual
    value above the carrying value stops the charge (V4).

    Raises BadTerms: `on` before the start (of the last re-estimate, where there was one); no life left
    and no new one; new terms that no schedule can be made of.
    """
    old = schedule.terms
    if on < old.start:
        raise BadTerms(f"A re-estimate on {on} comes before depreciation under the old terms starts, on {old.start}.")
    start = max(old.start, schedule.count.opening(on))
    method = changes.get("method", old.method)
    rate, life, end = changes.get("rate"), changes.get("life"), None
    if method in PACED and rate is None and life is None:
        if _keeps_pace(old, method):
            rate, life = old.rate, old.life
        else:
            life, end = _years_left(schedule, start), _end(schedule)
    terms = replace(
        old,
        start=start,
        method=method,
        rate=rate,
        life=life,
        factor=changes.get("factor", old.factor),
        residual_minor=changes.get("residual_minor", old.residual_minor),
    )
    made = Schedule(terms, schedule, end=end)
    if method is Method.STRAIGHT_LINE and rate is not None and made.left_minor:
        return Schedule(terms, schedule, yearly=rate * terms.depreciable_minor / made.left_minor)
    return made


def _keeps_pace(old: Terms, method: Method) -> bool:
    """Whether the old rate, or what the old life makes of it, goes on being used."""
    if old.method is method:
        return method is Method.DIMINISHING
    return old.rate is not None


def _end(schedule: Schedule) -> int | None:
    old = schedule.terms
    return schedule.count.end(old.start, old.life) if schedule.end is None and old.life is not None else schedule.end


def _years_left(schedule: Schedule, start: date) -> Fraction:
    in_all = _years_in_all(schedule)
    left = None if in_all is None else in_all - _years_gone(schedule, start)
    if left is None or left <= 0:
        raise BadTerms(f"On {start} nothing is left of the life, so a re-estimate has to say a new one.")
    return left


def _years_in_all(schedule: Schedule) -> Fraction | None:
    if schedule.terms.method is Method.DIMINISHING:
        return schedule.terms.life
    return 1 / schedule.yearly if schedule.yearly else None


def _years_gone(schedule: Schedule, start: date) -> Fraction:
    count, begin, last = schedule.count, schedule.begin, schedule.count.at(start) - 1
    gone = Fraction(0)
    for year in range(count.year_of(begin), count.year_of(last) + 1):
        first_of_year, last_of_year = count.first(year), count.last(year)
        units = min(last_of_year, last) - max(first_of_year, begin) + 1
        gone += Fraction(units, last_of_year - first_of_year + 1)
    return gone
