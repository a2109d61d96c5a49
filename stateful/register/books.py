"""What the ledger shows of assets in use, put together from what was sent and what was read.

Decides which journals make the course of an asset's depreciation. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from stateful.model.register import Averaging, Method, Plan
from stateful.model.register_course import Calendar
from stateful.register import operations as op
from stateful.register.operations import Accounts, Dispose, Kept, Status
from stateful.register.scene import Course, Disposed
from stateful.register.sights import SeenAsset, SeenEntries


@dataclass(frozen=True, slots=True)
class Ledger:
    """An organisation of the kit's own. depreciated: the day through which depreciation was run."""

    accounts: Accounts
    calendar: Calendar
    depreciated: date | None


def plan_of(members: op.Members) -> Plan | None:
    """The plan that an asset's members say; None where they say none. The start is the purchase's without one."""
    method, start = members.get(op.METHOD), members.get(op.START, members.get(op.PURCHASED))
    if not isinstance(method, Method) or not isinstance(start, date):
        return None
    averaging, limit, residual = (members.get(name) for name in (op.AVERAGING, op.LIMIT, op.RESIDUAL))
    rate, life = members.get(op.RATE), members.get(op.LIFE)
    return Plan(
        method,
        start,
        averaging if isinstance(averaging, Averaging) else Averaging.FULL_MONTH,
        rate if isinstance(rate, Fraction) else None,
        life if isinstance(life, Fraction) else None,
        limit if isinstance(limit, int) else None,
        residual if isinstance(residual, int) else 0,
    )


def courses_of(known: Mapping[str, Kept], posted: Mapping[str, SeenEntries], ledger: Ledger) -> Iterator[Course]:
    """What has been charged for each asset in use: what its journals add to accumulated depreciation, by day."""
    for key, entries in posted.items():
        price, plan = known[key].members.get(op.PRICE), plan_of(known[key].members)
        if known[key].status is not Status.REGISTERED or plan is None or not isinstance(price, int):
            continue
        days: dict[date, int] = {}
        for entry in entries.rows:
            days[entry.on] = days.get(entry.on, 0) - entry.net(ledger.accounts.accumulated)
        charges = tuple(sorted((on, minor) for on, minor in days.items() if minor))
        through = ledger.depreciated or plan.start - timedelta(days=1)
        yield Course(key, plan, price, ledger.calendar, charges, through, (entries.at,))


def disposals_of(
    known: Mapping[str, Kept],
    posted: Mapping[str, SeenEntries],
    ledger: Ledger,
    made: Mapping[str, Dispose],
    shown: Mapping[str, SeenAsset],
) -> Iterator[Disposed]:
    """Each disposal that was `made`, with what shows it."""
    for key, disposal in made.items():
        price = known[key].members.get(op.PRICE)
        if key in shown and key in posted and isinstance(price, int):
            at, rows = (shown[key].at, posted[key].at), posted[key].rows
            yield Disposed(key, ledger.accounts, disposal.on, price, disposal.proceeds, rows, shown[key], at)
