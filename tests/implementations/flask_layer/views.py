"""What each operation of the document does.

Decides which method of the books answers which operationId, and with which status. Requests come
here validated; the transaction around a view is kept only if the view returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.implementations.flask_layer import instants, reports, wire
from tests.implementations.flask_layer.pages import Asked, Lists, days

if TYPE_CHECKING:
    from sqlite3 import Row

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """A validated request. `path` and `query` are text; `body` is parsed JSON."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any


View = Callable[[Lists, Ask], tuple[int, Json]]
Show = Callable[["Row", Lists], Json]


def _one(show: Show, found: Callable[[Lists, Ask], Row]) -> View:
    """200 and the record."""
    return lambda books, ask: (200, {"data": show(found(books, ask), books)})


def _made(show: Show, made: Callable[[Lists, Ask], tuple[Row, bool]]) -> View:
    """201 and the new record, or 200 and the one that was there."""

    def view(books: Lists, ask: Ask) -> tuple[int, Json]:
        record, is_new = made(books, ask)
        return (201 if is_new else 200), {"data": show(record, books)}

    return view


def _data(read: Callable[[Lists, Ask], Any]) -> View:
    """200 and whatever is read."""
    return lambda books, ask: (200, {"data": read(books, ask)})


def _page(name: str, show: Show, sort_by: str) -> View:
    """200 and one page of the list."""

    def view(books: Lists, ask: Ask) -> tuple[int, Json]:
        place, arguments = name, days(ask.query)
        if "accountId" in ask.path:
            account = books.find("accounts", ask.path["accountId"])
            place, arguments = f"{name} of {account['id']}", {**arguments, "account": account["seq"]}
        asked = Asked.read(ask.query, place, sort_by)
        page = books.page(name, asked, **arguments)
        return 200, {"data": [show(row, books) for row in page.rows], "meta": wire.page_meta(page, asked)}

    return view


def _value_updates_of_asset(books: Lists, ask: Ask) -> list[Json]:
    asset = books.find("assets", ask.path["assetId"])
    sql = "SELECT * FROM value_updates WHERE asset = ? ORDER BY date, seq"
    return [wire.value_update(row, books) for row in books.db.execute(sql, (asset["seq"],)).fetchall()]


def _balances(books: Lists, ask: Ask) -> Json:
    sums = books.rolled_sums(**days(ask.query), basis=ask.query.get("reporting_basis", "ACCRUAL"))
    return {"type": "Ledger_Balances", "accounts": reports.balances(books, sums)}


def _balance_sheet(books: Lists, ask: Ask) -> Json:
    last, basis = _day_and_basis(books, ask)
    sheet = reports.balance_sheet(books, books.rolled_sums(None, last, basis))
    return {"type": "Balance_Sheet", "business_id": books.business_id, "reporting_basis": basis, **sheet}


def _trial_balance(books: Lists, ask: Ask) -> Json:
    last, basis = _day_and_basis(books, ask)
    table = reports.trial_balance(books, books.own_sums(None, last, basis))
    return {"type": "Unified_Report", "business_id": books.business_id, "reporting_basis": basis, **table}


def _day_and_basis(books: Lists, ask: Ask) -> tuple[str, str]:
    return instants.day(ask.query["effective_date"]), ask.query.get("reporting_basis", books.business["basis"])


def _whoami(books: Lists, _ask: Ask) -> Json:
    """The business behind the token is the client."""
    return {"type": "whoami", "clientName": books.business["name"], "clientId": books.business_id}


VIEWS: Final[Mapping[str, View]] = {
    "business.assets.post": _made(wire.asset, lambda books, ask: books.put_asset(ask.body)),
    "business.assets.get": _page("assets", wire.asset, "created_at"),
    "business.assets.assetId.get": _one(wire.asset, lambda books, ask: books.find("assets", ask.path["assetId"])),
    "business.assets.assetId.patch": _one(
        wire.asset, lambda books, ask: books.patch_asset(ask.path["assetId"], ask.body)
    ),
    "business.assets.assetId.delete": _one(wire.asset, lambda books, ask: books.archive_asset(ask.path["assetId"])),
    "business.assets.assetId.valueUpdates.get": _data(_value_updates_of_asset),
    "business.assets.valueUpdates.post": _made(wire.value_update, lambda books, ask: books.add_value_update(ask.body)),
    "business.assets.valueUpdates.get": _page("value_updates", wire.value_update, "date"),
    "business.assets.valueUpdates.valueUpdateId.get": _one(
        wire.value_update, lambda books, ask: books.find("value_updates", ask.path["valueUpdateId"])
    ),
    "business.assets.valueUpdates.valueUpdateId.patch": _one(
        wire.value_update, lambda books, ask: books.patch_value_update(ask.path["valueUpdateId"], ask.body)
    ),
    "business.assets.valueUpdates.valueUpdateId.delete": _one(
        wire.value_update, lambda books, ask: books.archive_value_update(ask.path["valueUpdateId"])
    ),
    "business.ledger.accounts.get": _data(_balances),
    "business.ledger.accounts.post": _made(
        lambda row, _books: wire.account(row), lambda books, ask: books.open_account(ask.body)
    ),
    "business.ledger.accounts.accountId.lines.get": _page("lines", wire.account_line, "entry_at"),
    "business.ledger.chart.get": _data(
        lambda books, _ask: {"type": "Chart_Of_Accounts", "accounts": reports.chart(books)}
    ),
    "business.ledger.balances.get": _data(_balances),
    "business.ledger.entries.get": _page("entries", wire.entry, "entry_at"),
    "business.ledger.entries.entryId.get": _one(
        wire.entry, lambda books, ask: books.find("entries", ask.path["entryId"])
    ),
    "business.ledger.entries.entryId.reverse.post": _made(
        wire.entry, lambda books, ask: books.reverse_by_hand(ask.path["entryId"])
    ),
    "business.ledger.journalEntries.post": _made(wire.entry, lambda books, ask: books.post_by_hand(ask.body)),
    "business.reports.balanceSheet.get": _data(_balance_sheet),
    "business.reports.unified.trialBalance.get": _data(_trial_balance),
    "business.accountingConfig.get": _data(lambda books, _ask: wire.config(books.business)),
    "business.accountingConfig.patch": _data(lambda books, ask: wire.config(books.configure(ask.body))),
    "whoami.get": _data(_whoami),
}
