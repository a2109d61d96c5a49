"""A small chart, a clock that steps, ids that count: books for tests, and everything that can be read of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from mock_server.domain.accounts import AccountRef, ByKey, Kind, Normality, Template
from mock_server.domain.assets import Asset, AssetRef, AssetTerms
from mock_server.domain.book import Book, JournalTerms
from mock_server.domain.changes import ChangeTerms, ValueChange
from mock_server.domain.effects import Effect
from mock_server.domain.entries import Days, Entry
from mock_server.domain.instants import parse
from mock_server.domain.journal import NO_NOTE, Basis, Note
from mock_server.domain.order import Ask, Page
from mock_server.domain.statements import net_income, rolled_up, trial_balance
from mock_server.domain.timeline import Sort

DEBIT, CREDIT = Normality.DEBIT, Normality.CREDIT
TEMPLATES = (
    Template("assets", "Assets", Kind.ASSET, DEBIT, "asset"),
    Template("cash", "Cash", Kind.ASSET, DEBIT, "cash", "assets", "10"),
    Template("fixed", "Fixed assets", Kind.ASSET, DEBIT, "fixed", "assets"),
    Template("accumulated", "Accumulated", Kind.ASSET, CREDIT, "contra", "fixed"),
    Template("debts", "Debts", Kind.LIABILITY, CREDIT, "debt"),
    Template("equity", "Equity", Kind.EQUITY, CREDIT, "equity"),
    Template("surplus", "Surplus", Kind.EQUITY, CREDIT, "equity", "equity"),
    Template("drawings", "Drawings", Kind.EQUITY, DEBIT, "equity", "equity"),
    Template("revenue", "Revenue", Kind.REVENUE, CREDIT, "revenue"),
    Template("expenses", "Expenses", Kind.EXPENSE, DEBIT, "expense"),
    Template("charges", "Charges", Kind.EXPENSE, DEBIT, "expense", "expenses", required=False),
    Template("depreciation", "Depreciation", Kind.EXPENSE, DEBIT, "expense", "charges", required=False),
)
CASH, ACCUMULATED, DEPRECIATION, SURPLUS = map(ByKey, ("cash", "accumulated", "depreciation", "surplus"))


def ids() -> Iterator[str]:
    """id-1, id-2, …"""
    return (f"id-{number}" for number in count(1))


def a_book(*, keeps_floor: bool = False) -> Book:
    """A book on the chart above; its clock steps by one nanosecond."""
    return Book(
        TEMPLATES,
        asset_parent=ByKey("fixed"),
        now_ns=count(1).__next__,
        new_id=ids().__next__,
        keeps_floor=keeps_floor,
    )


def an_asset(book: Book, name: str = "Forklift", *, accumulated: AccountRef | None = ACCUMULATED) -> Asset:
    """A new asset, by default one that can be depreciated; its external id is its name."""
    terms = AssetTerms(name=name, category="equipment", accumulated=accumulated)
    asset, _ = book.assets.record(terms, external_id=name)
    return asset


def terms(
    amount_minor: int = 66_667,
    effect: Effect = Effect.DEPRECIATION,
    *,
    counter: AccountRef = DEPRECIATION,
    on: str = "2024-02-29",
    note: Note = NO_NOTE,
) -> ChangeTerms:
    """A value change; `on` is a day, at midnight UTC, or an RFC 3339 instant."""
    return ChangeTerms(amount_minor, effect, counter, parse(on if "T" in on else f"{on}T00:00:00Z"), note)


def post(book: Book, asset: Asset, change: ChangeTerms, *, external_id: str | None = None) -> ValueChange:
    """Post a value change that is not there yet."""
    posted, new = book.changes.post(AssetRef(id=asset.id), change, external_id=external_id)
    assert new
    return posted


def journal(*lines: tuple[AccountRef, int], on: str = "2024-01-31", note: Note = NO_NOTE) -> JournalTerms:
    """A journal; debits positive."""
    return JournalTerms(parse(on if "T" in on else f"{on}T00:00:00Z"), lines, note)


def balance(book: Book, key: str, through: str | None = None, *, basis: Basis = Basis.ACCRUAL) -> int:
    """The own balance of the account with that key, debit-positive; 0 where it is not open."""
    account = book.chart.keyed(key)
    days = Days(through=None if through is None else date.fromisoformat(through))
    return 0 if account is None else book.ledger.balance(account, basis=basis, days=days)


def carried(entry: Entry) -> list[tuple[str, int]]:
    """An entry's postings by name of account."""
    return [(posting.account.name, posting.minor) for posting in entry.journal.postings]


def rows(page: Page[Any]) -> list[Any]:
    """A page's rows as a list."""
    return list(page.rows)


def everything(book: Book) -> dict[str, object]:
    """All that can be read of a book: what a refused command must leave as it was."""
    whole = Ask(limit=10_000)
    entries = book.ledger.page(whole, sort=Sort.CREATION).rows
    accounts = tuple(book.chart)
    days = sorted({entry.journal.instant.day for entry in entries})
    return {
        "accounts": accounts,
        "entries": entries,
        "entries by time": book.ledger.page(whole, sort=Sort.TIME).rows,
        "lines of entries": [book.ledger.lines(entry) for entry in entries],
        "reversals": [book.ledger.reversal_of(entry) for entry in entries],
        "lines": {
            account: [
                (line, book.ledger.running(line))
                for line in book.ledger.page_of_lines(account, whole, sort=Sort.TIME).rows
            ]
            for account in accounts
        },
        "balances": {
            (basis, through): rolled_up(book.chart, book.ledger, basis=basis, days=Days(through=through))
            for basis in Basis
            for through in (None, *days)
        },
        "trial balances": [trial_balance(book.chart, book.ledger, basis=b, through=d) for b in Basis for d in days],
        "net income": net_income(rolled_up(book.chart, book.ledger)),
        "live": book.ledger.live_minor,
        "settings": (book.ledger.closed_before, book.default_basis),
        "assets": [book.assets.at(serial) for serial in range(len(book.assets))],
        "active assets": book.assets.page(whole).rows,
        "changes": [book.changes.at(serial) for serial in range(len(book.changes))],
        "live changes": [book.changes.page(whole, sort=sort) for sort in Sort],
        "changes of assets": [book.changes.of(book.assets.at(serial)) for serial in range(len(book.assets))],
    }
