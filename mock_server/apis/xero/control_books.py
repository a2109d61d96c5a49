"""Control plane: what is done to all assets of an organisation, and its ledger.

Decides the shapes of organisations, accounts, balances and entries; money is in decimals, sums are
debit-positive. What may be done, the register decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from mock_server.apis.decimals import amount
from mock_server.apis.xero.control_fields import saying
from mock_server.apis.xero.tenants import Tenant
from mock_server.domain.accounts import Account
from mock_server.domain.entries import Days, Entry
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask
from mock_server.domain.refused import Code
from mock_server.domain.register import locking, runs
from mock_server.domain.timeline import Sort
from mock_server.surface import Answer, Handler, Request

Shape = dict[str, Any]


def accounts(request: Request) -> Answer:
    """The chart."""
    tenant: Tenant = request.tenant
    return Answer(200, {"data": [_account(account) for account in tenant.register.chart]})


def balances(request: Request) -> Answer:
    """Every account's balance through a day."""
    tenant: Tenant = request.tenant
    said = request.query.get("through")
    days = Days(through=None if said is None else date.fromisoformat(said))
    ledger = tenant.register.ledger
    shown = [
        {**_account(account), "balance": amount(ledger.balance(account, days=days))}
        for account in tenant.register.chart
    ]
    return Answer(200, {"data": shown})


def entries(request: Request) -> Answer:
    """One page of the entries."""
    tenant: Tenant = request.tenant
    query, ledger = request.query, tenant.register.ledger
    page, size = query["page"], query["page_size"]
    account_id, asset_id = (query.get(name) for name in ("account_id", "asset_id"))
    first = (page - 1) * size
    if account_id is None and asset_id is None:
        found = ledger.page(Ask(size, after=first), sort=Sort.CREATION)
        rows, total = found.rows, found.total
    else:
        picked = _picked(ledger, account_id, asset_id)
        rows, total = picked[first : first + size], len(picked)
    pagination = {"page": page, "page_size": size, "page_count": -(-total // size), "item_count": total}
    return Answer(200, {"data": [_entry(ledger, entry) for entry in rows], "pagination": pagination})


def lock(request: Request) -> Answer:
    """Set the lock date."""
    tenant: Tenant = request.tenant
    said = request.body.get("date")
    locking.lock(tenant.register, None if said is None else date.fromisoformat(said))
    return Answer(200, {"data": organisation(tenant)})


def run(request: Request) -> Answer:
    """Run depreciation."""
    tenant: Tenant = request.tenant
    through = date.fromisoformat(request.body["through"])
    posted = runs.run(tenant.register, through)
    told = {"through": through.isoformat(), "journals": posted.journals, "amount": amount(posted.minor)}
    return Answer(200, {"data": told})


def roll_back(request: Request) -> Answer:
    """Roll depreciation back."""
    tenant: Tenant = request.tenant
    to = date.fromisoformat(request.body["to"])
    undone = runs.roll_back(tenant.register, to)
    told = {"to": to.isoformat(), "journals": undone.journals, "amount": amount(undone.minor)}
    return Answer(200, {"data": told})


_DAYS: Final = (Code.NOT_A_MONTH_END, Code.BEFORE_START, Code.TOO_FAR, Code.CLOSED_PERIOD)
HANDLERS: Final[dict[str, Handler]] = {
    "control.accounts.get": accounts,
    "control.balances.get": balances,
    "control.entries.get": entries,
    "control.lock.put": saying(dict.fromkeys(_DAYS, "Date"), lock),
    "control.depreciation.post": saying(dict.fromkeys(_DAYS, "Through"), run),
    "control.rollback.post": saying(dict.fromkeys(_DAYS, "To"), roll_back),
}


def organisation(tenant: Tenant) -> Shape:
    """An Organisation."""
    kept = tenant.register.organisation
    shown = {
        "tenant_id": tenant.id,
        "name": tenant.name,
        "country": kept.country,
        "start_date": kept.start_date.isoformat(),
        "year_end": f"{kept.year_end.month:02}-{kept.year_end.day:02}",
        "lock_date": None if kept.lock is None else kept.lock.isoformat(),
        "last_depreciation_date": None if kept.last_depreciation is None else kept.last_depreciation.isoformat(),
    }
    return {name: value for name, value in shown.items() if value is not None}


def _account(account: Account) -> Shape:
    return {
        "account_id": account.id,
        "code": account.number,
        "name": account.name,
        "class": account.kind.name,
        "type": account.subtype,
    }


def _entry(ledger: Ledger, entry: Entry) -> Shape:
    original, reversal = ledger.original_of(entry), ledger.reversal_of(entry)
    shown = {
        "entry_id": entry.id,
        "number": entry.number,
        "date": entry.journal.instant.day.isoformat(),
        "memo": entry.journal.note.memo,
        "asset_id": entry.origin,
        "lines": [
            {
                "account_id": posting.account.id,
                "debit": amount(max(posting.minor, 0)),
                "credit": amount(max(-posting.minor, 0)),
            }
            for posting in entry.journal.postings
        ],
    }
    if original is not None:
        shown["reverses"] = original.id
    if reversal is not None:
        shown["reversed_by"] = reversal.id
    return shown


def _picked(ledger: Ledger, account_id: str | None, asset_id: str | None) -> tuple[Entry, ...]:
    """The entries with a line on that account and for that asset. It looks at all of them."""
    every: Iterable[Entry] = ledger.page(Ask(max(1, len(ledger))), sort=Sort.CREATION).rows
    return tuple(
        entry
        for entry in every
        if asset_id in (None, entry.origin)
        if account_id is None or any(posting.account.id == account_id for posting in entry.journal.postings)
    )
