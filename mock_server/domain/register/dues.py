"""What an asset owes in depreciation: its schedule, and the months that have not been charged yet.

Decides what has to be said of an asset before it can be depreciated, and that months are owed in order,
each up to what the schedule has reached by then (DECISIONS 25). An asset whose rate was changed follows
the old rate before the change and the new one from it on (DECISIONS 28). Posts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final

from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.records import Accounts, Asset, Facts, FormerRate, Organisation, Plan
from mock_server.domain.schedule import Averaging, BadTerms, Method, Schedule, Terms, YearEnd
from mock_server.domain.schedule.calendar import month_end, month_number

MOST_MONTHS: Final = 1_200
"""How far a single command may reach beyond what has been depreciated: a slip of the pen must not cost minutes."""

_SCHEDULES_KEPT: Final = 1 << 14
"""How many schedules a register keeps; a run of every month would make all of them anew otherwise."""

_PACED: Final = frozenset({Method.STRAIGHT_LINE, Method.DIMINISHING})


class Schedules:
    """The schedules of one register's assets. A schedule works its years out once, and is kept."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Keep none of those that were made."""
        self._made = lru_cache(maxsize=_SCHEDULES_KEPT)(self._make)

    def of(self, asset: Asset, organisation: Organisation) -> Schedule:
        """The asset's schedule as it now stands.

        Raises Refused: INCOMPLETE, BAD_PLAN, BEFORE_START. Its `at` is the name of the field in `Facts` or `Plan`.
        """
        terms = self._terms(asset.facts, asset.plan, organisation.year_end)
        _check_start(terms.start, asset.facts, organisation)
        return self._made(terms, asset.former_rates)

    def _kind(self) -> type[Schedule]:
        return Schedule

    def _terms(self, facts: Facts, plan: Plan | None, year_end: YearEnd) -> Terms:
        return _terms(facts, plan, year_end)

    def _make(self, terms: Terms, former_rates: tuple[FormerRate, ...]) -> Schedule:
        """The schedule of these terms; the rates in `former_rates` come before the terms' own."""
        if not former_rates:
            return self._kind()(terms)
        rates = [former.rate for former in former_rates] + [terms.rate]
        schedule = self._kind()(replace(terms, rate=rates[0]))
        for former, rate in zip(former_rates, rates[1:], strict=True):
            schedule = self._at_another_rate(schedule, replace(terms, start=former.before, rate=rate))
        return schedule

    def _at_another_rate(self, before: Schedule, terms: Terms) -> Schedule:
        """`before` until the terms start, then the terms: straight line still takes a share of the whole."""
        yearly = terms.yearly
        left = terms.depreciable_minor - before.accumulated_until(terms.start)
        if terms.method is Method.STRAIGHT_LINE and left:
            yearly *= Fraction(terms.depreciable_minor, left)
        return self._kind()(terms, before, yearly=yearly)


def accounts_of(facts: Facts) -> Accounts:
    """The accounts that the asset posts to, all three.

    Raises Refused (INCOMPLETE).
    """
    accounts = Accounts() if facts.type is None else facts.type.accounts
    if accounts.cost is None or accounts.expense is None or accounts.accumulated is None:
        raise Refused(Code.INCOMPLETE, "The asset needs a type with its three accounts.", "type")
    return accounts


def dues(asset: Asset, schedule: Schedule, through: date) -> Iterator[tuple[date, int]]:
    """The charges that are missing through that day: month ends, or that day itself, with their amounts.

    Every month takes what brings the asset up to its schedule; what a change of the rate left behind is
    taken by the first. Months without an amount are left out.
    """
    charged, total = asset.charged_minor, schedule.accumulated(through)
    number = month_number(asset.charges[-1].month_end) + 1 if asset.charges else month_number(schedule.start)
    last = month_number(through)
    while charged < total:
        day = month_end(number) if number < last else through
        due = schedule.accumulated(day) - charged
        if due > 0:
            yield day, due
            charged += due
        number += 1


def check_reach(organisation: Organisation, through: date) -> None:
    """Raises Refused (TOO_FAR)."""
    done = organisation.last_depreciation or organisation.start_date
    if month_number(through) - month_number(done) > MOST_MONTHS:
        message = f"One command reaches {MOST_MONTHS} months beyond {done} at most; got {through}."
        raise Refused(Code.TOO_FAR, message)


def _terms(facts: Facts, plan: Plan | None, year_end: YearEnd) -> Terms:
    accounts_of(facts)
    if facts.purchased is None:
        raise Refused(Code.INCOMPLETE, "The asset needs a purchase date.", "purchased")
    if not facts.price_minor:
        raise Refused(Code.INCOMPLETE, "The asset needs a purchase price above zero.", "price_minor")
    if plan is None or plan.method is None:
        raise Refused(Code.INCOMPLETE, "The asset needs a depreciation method.", "method")
    if plan.method in _PACED and plan.averaging is None:
        raise Refused(Code.INCOMPLETE, "The asset's depreciation method needs an averaging method.", "averaging")
    try:
        return Terms(
            cost_minor=facts.price_minor,
            start=facts.purchased if plan.start is None else plan.start,
            method=plan.method,
            averaging=plan.averaging or Averaging.FULL_MONTH,
            rate=plan.rate,
            life=plan.life,
            factor=plan.factor,
            residual_minor=plan.residual_minor or 0,
            limit_minor=plan.limit_minor,
            year_end=year_end,
        )
    except BadTerms as error:
        raise Refused(Code.BAD_PLAN, str(error)) from error


def _check_start(start: date, facts: Facts, organisation: Organisation) -> None:
    assert facts.purchased is not None
    earliest = max(facts.purchased, organisation.start_date)
    if start < earliest:
        what = "purchase" if earliest == facts.purchased else "register's start date"
        message = f"Depreciation starts on {start}, which is before the {what}, {earliest}."
        raise Refused(Code.BEFORE_START, message, "start")
