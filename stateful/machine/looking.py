"""What is read after a call, so that it can be judged.

Decides the least that shows whether the call did what it says: the accounts that it must have
moved. A `Probe` adds one more reading; which one is drawn, so that all kinds come up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import Final

from stateful import operations as op
from stateful.model.books import Books, Change
from stateful.model.outlook import Outcome
from stateful.model.words import Basis
from stateful.operations import Listing, Operation, Reading, ReadPage, ReadSheet, ReadTrial, day_of
from stateful.rules.figures import owned

FOREVER: Final = date(2100, 1, 1)
"""A day after everything that the kit posts."""


class Probe(Enum):
    """One further reading after a call."""

    NONE = "nothing more"
    COUNTER = "the counter account"
    RECORD = "the record"
    LIST = "the asset's list of changes"
    BYSTANDER = "the accounts of other assets"
    JOURNAL = "a journal that was read before"
    THAT_DAY = "the trial balance of its day"
    DAY_BEFORE = "the trial balance of the day before"
    CASH = "the cash-basis trial balance"
    SHEET = "the balance sheet of its day"
    CASH_SHEET = "the cash-basis balance sheet"
    BALANCES = "all balances"


def lines_of(account: str) -> ReadPage:
    """The reading of one account's lines."""
    return ReadPage(Listing.LINES, account=account)


def look_after(
    operation: Operation, outcome: Outcome, before: Books, after: Books, probe: Probe
) -> tuple[Reading, ...]:
    """What to read after a call, each reading once."""
    readings = [*_usual(operation, outcome, before, after), *_probed(operation, before, after, probe)]
    return tuple(dict.fromkeys(readings))


def _usual(operation: Operation, outcome: Outcome, before: Books, after: Books) -> Iterator[Reading]:
    refused = outcome is Outcome.REFUSED
    if isinstance(operation, op.Record | op.Amend | op.Void):
        moved = _against(operation.change, before, after)
        asset = operation.asset if isinstance(operation, op.Record) else _asset(operation.change, before)
        if asset is not None and not moved:
            moved = [before.assets()[asset].account]
        yield from map(lines_of, moved)
        if refused and asset is not None:
            yield op.ReadChangesOf(asset)
        elif isinstance(operation, op.Amend):
            yield op.ReadChange(operation.change)
    elif isinstance(operation, op.Post):
        yield from (lines_of(account) for account, _ in operation.lines[:1])
    elif isinstance(operation, op.Reverse):
        yield from (
            lines_of(name) for item in before.posted() if item.key == operation.entry for name, _ in item.shifts[:1]
        )
    elif isinstance(operation, op.CreateAsset | op.AmendAsset | op.ArchiveAsset):
        if operation.asset in after.assets() and operation.asset in before.assets():
            yield op.ReadAsset(operation.asset)
        known = after.assets().get(operation.asset)
        if known is not None:
            accounts = (known.account, known.accumulated if isinstance(operation, op.ArchiveAsset) else None)
            yield from (lines_of(account) for account in accounts if account)


def _probed(operation: Operation, before: Books, after: Books, probe: Probe) -> Iterator[Reading]:
    day = _day(operation, before, after)
    change = getattr(operation, "change", None)
    asset = getattr(operation, "asset", None) or _asset(change, after) or _asset(change, before)
    accounts = owned(after)
    match probe:
        case Probe.COUNTER:
            items = [item for item in (*before.posted(), *after.posted()) if item.key == change]
            names = [item.counter for item in items if isinstance(item, Change) and item.counter in accounts]
            yield from map(lines_of, names)
        case Probe.RECORD if change is not None and _exists(change, after):
            yield op.ReadChange(change)
        case Probe.RECORD if asset is not None and asset in after.assets():
            yield op.ReadAsset(asset)
        case Probe.LIST if asset is not None and asset in after.assets():
            yield op.ReadChangesOf(asset)
        case Probe.BYSTANDER:
            yield from (lines_of(other.account) for key, other in after.assets().items() if key != asset)
        case Probe.THAT_DAY:
            yield ReadTrial(day, Basis.ACCRUAL)
        case Probe.DAY_BEFORE:
            yield ReadTrial(day - timedelta(days=1), Basis.ACCRUAL)
        case Probe.CASH:
            yield ReadTrial(FOREVER, Basis.CASH)
        case Probe.SHEET:
            yield ReadSheet(day, Basis.ACCRUAL)
        case Probe.CASH_SHEET:
            yield ReadSheet(day, Basis.CASH)
        case Probe.BALANCES:
            yield op.ReadBalances(day)


def _against(key: str, before: Books, after: Books) -> list[str]:
    """The asset's accounts that a change has moved, before and after the call."""
    items = [item for item in (*before.posted(), *after.posted()) if item.key == key]
    return list(dict.fromkeys(item.against for item in items if isinstance(item, Change)))


def _asset(key: str | None, books: Books) -> str | None:
    found = [item.asset for item in books.posted() if isinstance(item, Change) and item.key == key]
    return found[-1] if found else None


def _exists(key: str, books: Books) -> bool:
    return any(item.key == key for item in books.posted())


def _day(operation: Operation, before: Books, after: Books) -> date:
    """The day that a call is about."""
    instant = getattr(operation, "instant", None)
    if instant is not None:
        return day_of(instant)
    key = getattr(operation, "change", getattr(operation, "entry", None))
    days = [item.day for item in (*before.posted(), *after.posted()) if item.key == key]
    return days[-1] if days else max((item.day for item in after.posted()), default=FOREVER)
