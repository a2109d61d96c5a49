"""Canonical operations as Layer's calls.

Decides paths, bodies and how a flaw is written into them. Judges nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import singledispatch
from urllib.parse import quote

from contract_tests.call import Call
from stateful import operations as op
from stateful.dialects.layer import tables
from stateful.dialects.layer.flaws import Body, account_id, spoil, stable_name
from stateful.model.outlook import Objection
from stateful.model.words import Basis, Side
from stateful.names import Names
from stateful.operations import KIND, MEMO, REFERENCE, Members, Operation, Template


def call_of(operation: Operation, names: Names) -> Call:
    """The one call that carries the operation out. Raises KeyError for a key that has no id yet."""
    return _call(operation, names)


@singledispatch
def _call(operation: object, names: Names) -> Call:
    raise NotImplementedError(f"Layer has no call for {type(operation).__name__}")


# ---- accounts and assets ----------------------------------------------------------------------


@_call.register(op.OpenAccount)
def _open_account(operation: op.OpenAccount, names: Names) -> Call:
    parent, normality, account_type, subtype = tables.ROLES[operation.role]
    body: Body = {
        "name": f"{operation.role.value} {names.external(operation.account)}",
        "normality": normality,
        "parent_id": stable_name(parent),
        "account_type": account_type,
        "account_subtype": subtype,
    }
    if operation.external is not None:
        body["stable_name"] = names.external(operation.external)
    return _write("POST", "/ledger/accounts", "business.ledger.accounts.post", names, body)


@_call.register(op.CreateAsset)
def _create_asset(operation: op.CreateAsset, names: Names) -> Call:
    body = _members(operation.members)
    if operation.external is not None:
        body["external_id"] = names.external(operation.external)
    if operation.accumulated is not None:
        body["accumulated_depreciation_account"] = _account(operation.accumulated, names)
    spoil(body, operation.flaw)
    return _write("POST", "/assets", "business.assets.post", names, body)


@_call.register(op.AmendAsset)
def _amend_asset(operation: op.AmendAsset, names: Names) -> Call:
    body = _members(operation.members)
    if operation.accumulated is not None:
        body["accumulated_depreciation_account"] = _account(operation.accumulated, names)
    spoil(body, operation.flaw)
    return _write("PATCH", _asset_path(operation.asset, names), "business.assets.assetId.patch", names, body)


@_call.register(op.ArchiveAsset)
def _archive_asset(operation: op.ArchiveAsset, names: Names) -> Call:
    return _plain("DELETE", _asset_path(operation.asset, names), "business.assets.assetId.delete", names)


@_call.register(op.ReadAsset)
def _read_asset(operation: op.ReadAsset, names: Names) -> Call:
    return _plain("GET", _asset_path(operation.asset, names), "business.assets.assetId.get", names)


# ---- value changes ----------------------------------------------------------------------------


@_call.register(op.Record)
def _record(operation: op.Record, names: Names) -> Call:
    body: Body = {
        **_named(operation, names),
        "amount": operation.minor,
        "update_type": tables.EFFECTS[operation.effect],
        "counter_account": _account(operation.counter, names),
        "date": instant_text(operation.instant),
        **_members(operation.members),
    }
    if operation.external is not None:
        body["external_id"] = names.external(operation.external)
    else:  # what is made on somebody's system can be told from what is theirs
        free = [name for name in (REFERENCE, MEMO) if name not in operation.members]
        body |= {tables.MEMBERS[name]: names.external("change") for name in free[:1]}
    spoil(body, operation.flaw)
    return _write("POST", "/assets/value-updates", "business.assets.valueUpdates.post", names, body)


@_call.register(op.Amend)
def _amend(operation: op.Amend, names: Names) -> Call:
    body = _members(operation.members)
    if operation.minor is not None:
        body["amount"] = operation.minor
    if operation.effect is not None:
        body["update_type"] = tables.EFFECTS[operation.effect]
    if operation.counter is not None:
        body["counter_account"] = _account(operation.counter, names)
    if operation.instant is not None:
        body["date"] = instant_text(operation.instant)
    spoil(body, operation.flaw)
    path = _change_path(operation.change, names, operation.flaw)
    return _write("PATCH", path, "business.assets.valueUpdates.valueUpdateId.patch", names, body)


@_call.register(op.Void)
def _void(operation: op.Void, names: Names) -> Call:
    path = _change_path(operation.change, names, operation.flaw)
    return _plain("DELETE", path, "business.assets.valueUpdates.valueUpdateId.delete", names)


@_call.register(op.ReadChange)
def _read_change(operation: op.ReadChange, names: Names) -> Call:
    path = _change_path(operation.change, names)
    return _plain("GET", path, "business.assets.valueUpdates.valueUpdateId.get", names)


@_call.register(op.ReadChangesOf)
def _read_changes(operation: op.ReadChangesOf, names: Names) -> Call:
    path = f"{_asset_path(operation.asset, names)}/value-updates"
    return _plain("GET", path, "business.assets.assetId.valueUpdates.get", names)


# ---- ledger -----------------------------------------------------------------------------------


@_call.register(op.Post)
def _post(operation: op.Post, names: Names) -> Call:
    body: Body = {
        "entry_at": instant_text(operation.instant),
        "created_by": "fixtura",
        "line_items": [
            {
                "account_identifier": _account(account, names),
                "amount": abs(minor),
                "direction": Side.of(minor).name,
            }
            for account, minor in operation.lines
        ],
    }
    if operation.external is not None:
        body["external_id"] = names.external(operation.external)
    spoil(body, operation.flaw)
    return _write("POST", "/ledger/journal-entries", "business.ledger.journalEntries.post", names, body)


@_call.register(op.Reverse)
def _reverse(operation: op.Reverse, names: Names) -> Call:
    path = f"/ledger/entries/{_id(operation.entry, names)}/reverse"
    return _plain("POST", path, "business.ledger.entries.entryId.reverse.post", names)


@_call.register(op.Configure)
def _configure(operation: op.Configure, names: Names) -> Call:
    body: Body = {}
    if operation.closed_before is not None:
        body["closing_date"] = operation.closed_before.isoformat()
    if operation.reopen:
        body["closing_date"] = None
    if operation.basis is not None:
        body["default_reporting_basis"] = tables.BASES[operation.basis]
    return _write("PATCH", "/accounting-config", "business.accountingConfig.patch", names, body)


@_call.register(op.ReadSettings)
def _read_settings(_operation: op.ReadSettings, names: Names) -> Call:
    return _plain("GET", "/accounting-config", "business.accountingConfig.get", names)


@_call.register(op.ReadJournal)
def _read_journal(operation: op.ReadJournal, names: Names) -> Call:
    path = f"/ledger/entries/{quote(operation.journal, safe='')}"
    return _plain("GET", path, "business.ledger.entries.entryId.get", names)


@_call.register(op.ReadBalances)
def _read_balances(operation: op.ReadBalances, names: Names) -> Call:
    query = () if operation.on is None else (("end_date", _midnight(operation.on)),)
    return _plain("GET", "/ledger/balances", "business.ledger.balances.get", names, query)


@_call.register(op.ReadTrial)
def _read_trial(operation: op.ReadTrial, names: Names) -> Call:
    path = "/reports/unified/trial-balance"
    return _plain("GET", path, "business.reports.unified.trialBalance.get", names, _to(operation.on, operation.basis))


@_call.register(op.ReadSheet)
def _read_sheet(operation: op.ReadSheet, names: Names) -> Call:
    path = "/reports/balance-sheet"
    return _plain("GET", path, "business.reports.balanceSheet.get", names, _to(operation.on, operation.basis))


@_call.register(op.ReadPage)
def _read_page(operation: op.ReadPage, names: Names) -> Call:
    template, operation_id, by_date = tables.LISTS[operation.listing]
    path = template.format(account=_id(operation.account, names)) if operation.account else template
    asked = {
        "sort_by": tables.CREATION_ORDER if operation.by_creation else by_date,
        "sort_order": None if operation.newest_first is None else _order(operation.newest_first),
        "limit": None if operation.limit is None else str(operation.limit),
        "cursor": operation.cursor,
        "show_total_count": "true" if operation.counted else None,
    }
    query = tuple((name, text) for name, text in asked.items() if text is not None)
    return _plain("GET", path, operation_id, names, query)


# ---- parts of calls ---------------------------------------------------------------------------


def instant_text(instant: datetime) -> str:
    """RFC 3339, with Z for no offset."""
    text = instant.isoformat(timespec="seconds" if not instant.microsecond else "milliseconds")
    return text.removesuffix("+00:00") + "Z" if instant.utcoffset() == timedelta(0) else text


def _plain(method: str, path: str, operation_id: str, names: Names, query: tuple[tuple[str, str], ...] = ()) -> Call:
    business = quote(names.scope["business_id"], safe="")
    return Call(method, f"/businesses/{business}{path}", query, operation_id=operation_id, who=names.who)


def _write(method: str, path: str, operation_id: str, names: Names, body: Body) -> Call:
    return _plain(method, path, operation_id, names).with_json(body)


def _members(members: Members) -> Body:
    body: Body = {tables.MEMBERS[name]: value for name, value in members.items() if name != KIND}
    kind = members.get(KIND)
    if isinstance(kind, int):
        body["asset_type"] = tables.KINDS[kind]
    return body


def _named(operation: op.Record, names: Names) -> Body:
    """The selector members of a value change."""
    body: Body = {}
    if operation.by_id:
        body["asset_id"] = names.id_of(operation.asset)
    if operation.by_external is not None:
        body["asset_external_id"] = names.external(operation.by_external)
    return body


def _account(account: str | Template, names: Names) -> Body:
    if isinstance(account, Template):
        return stable_name(tables.TEMPLATES[account])
    return account_id(names.id_of(account))


def _id(key: str, names: Names) -> str:
    return quote(names.id_of(key), safe="")


def _asset_path(key: str, names: Names) -> str:
    return f"/assets/{_id(key, names)}"


def _change_path(key: str, names: Names, flaw: Objection | None = None) -> str:
    identifier = tables.NOBODY if flaw is Objection.UNKNOWN_CHANGE else _id(key, names)
    return f"/assets/value-updates/{identifier}"


def _order(newest_first: bool) -> str:
    return "DESC" if newest_first else "ASC"


def _midnight(day: date) -> str:
    return instant_text(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _to(on: date, basis: Basis | None) -> tuple[tuple[str, str], ...]:
    query = (("effective_date", _midnight(on)),)
    return query if basis is None else (*query, ("reporting_basis", tables.BASES[basis]))
