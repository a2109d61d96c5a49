"""Depreciation of all registered assets, forwards and back.

Decides that after every command each registered asset is charged exactly through the last depreciation
date, that a run goes to a month end and never into the lock (T7), and that what has been disposed of keeps
its depreciation when the rest is rolled back: its journal has cleared it.
"""

from __future__ import annotations

from datetime import date

from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.charging import NOTHING, Posted, charge_through, take_back
from mock_server.domain.register.dues import check_reach
from mock_server.domain.register.records import Status
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule.calendar import month_end, month_number


def run(register: Register, through: date) -> Posted:
    """Charge every registered asset through that month end. Through the same day again it posts nothing.

    Raises Refused: NOT_A_MONTH_END, CLOSED_PERIOD, BEFORE_START, TOO_FAR; what `charge_through` raises.
    """
    organisation = register.organisation
    if through != month_end(month_number(through)):
        raise Refused(Code.NOT_A_MONTH_END, f"Depreciation is run through a month end; {through} is none.")
    if organisation.lock is not None and through <= organisation.lock:
        raise Refused(Code.CLOSED_PERIOD, f"The books are locked through {organisation.lock}; got {through}.")
    if through < organisation.start_date:
        raise Refused(Code.BEFORE_START, f"The register starts on {organisation.start_date}; got {through}.")
    check_reach(organisation, through)
    if organisation.last_depreciation is not None and through <= organisation.last_depreciation:
        return NOTHING
    with register.undo.command():
        posted = charge_through(register, register.listed(Status.REGISTERED), through)
        register.change(organisation, last_depreciation=through)
    return posted


def roll_back(register: Register, to: date) -> Posted:
    """Reverse all charges of registered assets after that day, each at its own date.

    Raises Refused: BEFORE_START, CLOSED_PERIOD.
    """
    organisation = register.organisation
    if to < organisation.start_date:
        message = f"The register starts on {organisation.start_date}, and is not rolled back before it; got {to}."
        raise Refused(Code.BEFORE_START, message)
    if organisation.lock is not None and to < organisation.lock:
        message = f"The books are locked through {organisation.lock}, and are not rolled back before it; got {to}."
        raise Refused(Code.CLOSED_PERIOD, message)
    last = organisation.last_depreciation
    if last is None or last <= to:
        return NOTHING
    with register.undo.command():
        undone = [
            take_back(register, asset, unless=lambda charge: charge.month_end <= to)
            for asset in register.listed(Status.REGISTERED)
        ]
        register.change(organisation, last_depreciation=_last_month_end(to, since=organisation.start_date))
    return Posted(sum(each.journals for each in undone), sum(each.minor for each in undone))


def _last_month_end(day: date, *, since: date) -> date | None:
    number = month_number(day)
    if day != month_end(number):
        number -= 1
    found = month_end(number) if number >= month_number(date.min) else None
    return found if found is not None and found >= since else None
