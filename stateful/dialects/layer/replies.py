"""Layer's replies as sights.

Decides how a reply is read, not whether it is right: what is missing or ill-typed is Unreadable,
what is null counts as absent. Identifiers become our keys where they are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import singledispatch
from typing import Any

from contract_tests.call import NotJson, Reply
from stateful import operations as op
from stateful import sights as see
from stateful.dialects.layer import tables
from stateful.machine.exchanges import Unreadable
from stateful.names import Names
from stateful.operations import (
    ACCUMULATED,
    ASSET,
    EFFECT,
    EXTERNAL,
    INSTANT,
    KIND,
    MINOR,
    Listing,
    Operation,
)
from stateful.sights import Sight

Json = Any  # what json.loads gives; it goes no further than this file


def sight_of(operation: Operation, reply: Reply, names: Names) -> Sight:
    """What an accepted call's reply shows. Raises Unreadable."""
    try:
        return _sight(operation, reply.json(), names)
    except NotJson as error:
        raise Unreadable(f"the body is not JSON: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


@singledispatch
def _sight(operation: object, body: Json, names: Names) -> Sight:
    raise NotImplementedError(f"Layer answers nothing to {type(operation).__name__}")


@_sight.register(op.OpenAccount)
def _account(_operation: op.OpenAccount, body: Json, _names: Names) -> Sight:
    return see.SeenAccount(_reference(body["data"]))


@_sight.register(op.CreateAsset)
@_sight.register(op.AmendAsset)
@_sight.register(op.ArchiveAsset)
@_sight.register(op.ReadAsset)
def _asset(_operation: Operation, body: Json, names: Names) -> Sight:
    return _read_asset(body["data"], names)


@_sight.register(op.Record)
@_sight.register(op.Amend)
@_sight.register(op.Void)
@_sight.register(op.ReadChange)
def _change(_operation: Operation, body: Json, names: Names) -> Sight:
    return _read_change(body["data"], names)


@_sight.register(op.ReadChangesOf)
def _changes(operation: op.ReadChangesOf, body: Json, names: Names) -> Sight:
    return see.SeenChanges(operation.asset, tuple(_read_change(row, names) for row in body["data"]))


@_sight.register(op.Post)
@_sight.register(op.Reverse)
@_sight.register(op.ReadJournal)
def _journal(_operation: Operation, body: Json, names: Names) -> Sight:
    return _read_journal(body["data"], names)


@_sight.register(op.ReadBalances)
def _balances(operation: op.ReadBalances, body: Json, names: Names) -> Sight:
    rows = tuple(_walk(body["data"]["accounts"], (), names))
    return see.SeenBalances(rows, operation.on)


_TOTAL = "TOTAL"  # the key of the row that a trial balance ends with


@_sight.register(op.ReadTrial)
def _trial(operation: op.ReadTrial, body: Json, names: Names) -> Sight:
    cells = {names.key_of(row["row_key"]): row["cells"] for row in body["data"]["rows"]}
    total = cells.pop(_TOTAL, None)
    rows = {account: (_whole(shown["debit"]), _whole(shown["credit"])) for account, shown in cells.items()}
    return see.SeenTrial(
        rows={account: debit - credit for account, (debit, credit) in rows.items()},
        debit=None if total is None else _whole(total["debit"]),
        credit=None if total is None else _whole(total["credit"]),
        on=operation.on,
        basis=operation.basis,
    )


@_sight.register(op.ReadSheet)
def _sheet(operation: op.ReadSheet, body: Json, _names: Names) -> Sight:
    data = body["data"]
    return see.SeenSheet(
        assets=_total(data["assets"]),
        funding=_total(data["liabilities_and_equity"]),
        on=operation.on,
        basis=operation.basis,
    )


@_sight.register(op.Configure)
@_sight.register(op.ReadSettings)
def _settings(_operation: Operation, body: Json, _names: Names) -> Sight:
    data = body["data"]
    closing = data.get("closing_date")
    return see.SeenSettings(
        closed_before=None if closing is None else date.fromisoformat(closing),
        basis=tables.BASIS_OF.get(data["default_reporting_basis"]),
    )


@_sight.register(op.ReadPage)
def _page(operation: op.ReadPage, body: Json, names: Names) -> Sight:
    read = _ROWS[operation.listing]
    pagination = body["meta"]["pagination"]
    return see.SeenPage(
        listing=operation.listing,
        rows=tuple(read(row, names) for row in body["data"]),
        more=bool(pagination["has_more"]),
        cursor=pagination.get("cursor"),
        limit=operation.limit,
        total=pagination.get("total_count"),
    )


# ---- records ----------------------------------------------------------------------------------


def _read_asset(row: Json, names: Names) -> see.SeenAsset:
    accumulated = row.get("accumulated_depreciation_account")
    members = _told(row, names)
    members[KIND] = tables.KINDS.index(row["asset_type"])
    members[ACCUMULATED] = None if accumulated is None else names.key_of(_reference(accumulated))
    return see.SeenAsset(
        id=row["id"],
        key=names.key_of(row["id"]),
        account=names.key_of(_reference(row["ledger_account"])),
        archived=row.get("archived_at") is not None,
        members=members,
    )


def _read_change(row: Json, names: Names) -> see.SeenChange:
    members = _told(row, names)
    members[ASSET] = names.key_of(row["asset_id"])
    members[MINOR] = _whole(row["amount"])
    members[EFFECT] = tables.EFFECT_OF[row["update_type"]]
    members[INSTANT] = _instant(row["date"])
    return see.SeenChange(
        id=row["id"], key=names.key_of(row["id"]), archived=row.get("archived_at") is not None, members=members
    )


def _told(row: Json, names: Names) -> dict[str, Any]:
    members = {name: row.get(spelling) for name, spelling in tables.MEMBERS.items()}
    external = row.get("external_id")
    members[EXTERNAL] = None if external is None else names.external_key(external)
    return members


def _read_journal(row: Json, names: Names) -> see.SeenJournal:
    return see.SeenJournal(
        id=row["id"],
        lines=tuple(_read_line(line, names) for line in row["line_items"]),
        instant=_instant(row["entry_at"]),
        reversal_of=row.get("reversal_of_id"),
        reversed_by=row.get("reversal_id"),
        memo=row.get("memo"),
    )


def _read_line(row: Json, names: Names) -> see.SeenLine:
    account = row["account"]
    side = tables.SIDES[row["direction"]]
    running = row.get("running_balance")
    if running is not None:
        running = _whole(running) * tables.SIDES[account["normality"]].value
    created = row.get("createdAt")
    return see.SeenLine(
        id=row["id"],
        journal=row["entry_id"],
        account=names.key_of(_reference(account)),
        minor=side.value * _whole(row["amount"]),
        instant=_instant(row["entry_at"]),
        created=None if created is None else _instant(created),
        running=running,
    )


_ROWS: dict[Listing, Callable[[Json, Names], see.Row]] = {
    Listing.ASSETS: _read_asset,
    Listing.CHANGES: _read_change,
    Listing.JOURNALS: _read_journal,
    Listing.LINES: _read_line,
}


def _walk(nodes: Json, under: tuple[str, ...], names: Names) -> Iterator[see.SeenBalance]:
    """Every account of a tree, each with its ancestors."""
    for node in nodes:
        account = names.key_of(_reference(node))
        minor = _whole(node["balance"]) * tables.SIDES[node["normality"]].value
        yield see.SeenBalance(account, minor, under)
        stable = node.get("stable_name")
        fixed = stable is not None and stable["stable_name"] == tables.FIXED_ASSETS
        name = see.FIXED_ASSETS if fixed else account
        yield from _walk(node["sub_accounts"], (*under, name), names)


# ---- values -----------------------------------------------------------------------------------


def _reference(account: Json) -> str:
    return str(account["id"]["id"])


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def _whole(number: Json) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"{number!r} is not a whole number")
    return number


def _total(lines: Json) -> int:
    return sum(_whole(line["value"]) * (-1 if line.get("is_contra") else 1) for line in lines)
