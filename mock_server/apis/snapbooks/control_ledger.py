"""Control plane: the ledger of a client account, with assets as the dimension of its lines.

Decides the shapes of accounts, balances and entries; amounts are decimals, debits positive. What may be
posted, the books decide.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from mock_server.apis.decimals import amount, money
from mock_server.apis.snapbooks.chart import kind_of, normality_of
from mock_server.apis.snapbooks.control_request import holdings_of
from mock_server.apis.snapbooks.errors import decimal, refused
from mock_server.domain.accounts import Account
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Voucher
from mock_server.domain.instants import start_of
from mock_server.domain.journal import Journal, Note, Posting
from mock_server.surface import Answer, Handler, Request

Shape = dict[str, Any]


def accounts(request: Request) -> Answer:
    """The chart, by code."""
    kept = holdings_of(request)
    return Answer(200, {"data": [_account(kept, account) for account in _by_code(kept)]})


def set_account(request: Request) -> Answer:
    """Open an account, or say whether one demands an asset."""
    kept, code, body = holdings_of(request), request.path["account_code"], request.body
    with kept.undo.command():
        account = kept.chart.keyed(code)
        if account is None:
            account, _new = kept.chart.open(
                body.get("description", code),
                parent=None,
                kind=kind_of(code),
                normality=normality_of(code),
                subtype="",
                key=code,
            )
        if "asset_dimension_mandatory" in body:
            kept.vouchers.set_demand(account, body["asset_dimension_mandatory"])
    return Answer(200, {"data": _account(kept, account)})


def balances(request: Request) -> Answer:
    """Every account's balance, of all lines or of those about one asset."""
    kept, asset_id = holdings_of(request), request.query.get("asset_id")
    about = None if asset_id is None else kept.ledger.balances_about(asset_id)
    shown = [
        {
            **_account(kept, account),
            "balance": amount(kept.ledger.balance(account) if about is None else about.get(account, 0)),
        }
        for account in _by_code(kept)
    ]
    return Answer(200, {"data": shown})


def entries(request: Request) -> Answer:
    """One page of the entries."""
    query, vouchers = request.query, holdings_of(request).vouchers
    number, size = query["page"], query["per_page"]
    found = vouchers.about(query["asset_id"]) if "asset_id" in query else vouchers.all()
    meta = {"page": number, "pages": -(-len(found) // size), "per_page": size, "records": len(found)}
    rows = found[(number - 1) * size : number * size]
    return Answer(200, {"data": [_entry(voucher) for voucher in rows], "meta": meta})


def post_entry(request: Request) -> Answer:
    """Post an entry, or keep a draft of it."""
    kept, body = holdings_of(request), request.body
    postings = tuple(_posting(kept, line) for line in body["lines"])
    left_over = sum(posting.minor for posting in postings)
    if left_over:  # the ledger would say so in whole cents
        message = f"The amounts of an entry must add up to zero; these add up to {decimal(left_over)}"
        raise refused(400, message)
    note = Note(memo=body.get("memo", ""))
    journal = Journal(start_of(date.fromisoformat(body["date"])), postings, note=note)
    write = kept.vouchers.draft if body.get("is_draft", False) else kept.vouchers.post
    return Answer(201, {"data": _entry(write(journal))})


def publish(request: Request) -> Answer:
    """Post a draft."""
    voucher = _voucher(request)
    holdings_of(request).vouchers.publish(voucher)
    return Answer(200, {"data": _entry(voucher)})


def cancel(request: Request) -> Answer:
    """Cancel an entry."""
    voucher = _voucher(request)
    holdings_of(request).vouchers.cancel(voucher)
    return Answer(200, {"data": _entry(voucher)})


HANDLERS: Final[dict[str, Handler]] = {
    "control.accounts.get": accounts,
    "control.accounts.put": set_account,
    "control.balances.get": balances,
    "control.entries.get": entries,
    "control.entries.post": post_entry,
    "control.entries.publish": publish,
    "control.entries.cancel": cancel,
}


def account_at(kept: Holdings, code: str) -> Account:
    """The account with that code. Raises Refusal (400)."""
    account = kept.chart.keyed(code)
    if account is None:
        raise refused(400, f"There is no account {code}")
    return account


def _voucher(request: Request) -> Voucher:
    voucher = holdings_of(request).vouchers.find(request.path["entry_id"])
    assert voucher is not None
    return voucher


def _by_code(kept: Holdings) -> list[Account]:
    return sorted(kept.chart, key=lambda account: account.key or "")


def _posting(kept: Holdings, line: Shape) -> Posting:
    return Posting(account_at(kept, line["account_code"]), money(line["amount"]), line.get("asset_id"))


def _account(kept: Holdings, account: Account) -> Shape:
    return {
        "account_code": account.key,
        "description": account.name,
        "asset_dimension_mandatory": kept.vouchers.demands_asset(account),
    }


def _entry(voucher: Voucher) -> Shape:
    shown: Shape = {
        "entry_id": voucher.number,
        "date": voucher.journal.instant.day.isoformat(),
        "memo": voucher.journal.note.memo,
        "is_draft": voucher.entry is None,
        "cancelled": voucher.cancelled,
        "lines": [_line(posting) for posting in voucher.journal.postings],
    }
    if voucher.cancels is not None:
        shown["cancels"] = voucher.cancels
    if voucher.cancelled_by is not None:
        shown["cancelled_by"] = voucher.cancelled_by
    return shown


def _line(posting: Posting) -> Shape:
    about = {} if posting.about is None else {"asset_id": posting.about}
    return {"account_code": posting.account.key, **about, "amount": amount(posting.minor)}
