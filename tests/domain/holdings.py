"""A small client account for tests, and everything that can be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any, Final

from mock_server.domain.accounts import Account, ByKey, Chart, Kind, Normality, Template
from mock_server.domain.holdings import life
from mock_server.domain.holdings.holdings import Holdings, Which
from mock_server.domain.holdings.lists import page
from mock_server.domain.holdings.records import Asset, AssetClass, Voucher
from mock_server.domain.instants import start_of
from mock_server.domain.journal import Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.schedule import Averaging, Method, Terms
from mock_server.domain.undo import Undo
from tests.domain.books import ids

DEMANDING: Final = ("1200", "1210", "1299")
TEMPLATES: Final = (
    Template("1200", "Machines", Kind.ASSET, Normality.DEBIT, ""),
    Template("1210", "Machines to be", Kind.ASSET, Normality.DEBIT, ""),
    Template("1299", "Less depreciation", Kind.ASSET, Normality.CREDIT, ""),
    Template("1920", "Bank", Kind.ASSET, Normality.DEBIT, ""),
    Template("3880", "Gain", Kind.REVENUE, Normality.CREDIT, ""),
    Template("6000", "Depreciation", Kind.EXPENSE, Normality.DEBIT, ""),
    Template("7880", "Loss", Kind.EXPENSE, Normality.DEBIT, ""),
)
USER: Final = 7


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_client_account(new_id: Iterator[int] | None = None) -> Holdings:
    """An empty one, with a clock that goes on by one with each look."""
    undo = Undo()
    chart = Chart(TEMPLATES, ids().__next__, undo)
    clock = count(1)
    ledger = Ledger(clock.__next__, ids().__next__, undo)
    kept = Holdings(chart, ledger, undo, now_ns=clock.__next__, new_id=(new_id or count(1)).__next__)
    for code in DEMANDING:
        kept.vouchers.set_demand(account(kept, code), True)
    return kept


def account(kept: Holdings, code: str) -> Account:
    return kept.chart.resolve(ByKey(code))


def an_asset(kept: Holdings, name: str = "Lathe") -> Asset:
    return kept.create(name, USER)


def journal(kept: Holdings, *lines: tuple[str, int, int | None], on: str = "2024-03-15") -> Journal:
    """A journal of lines: code, minor units, asset."""
    return Journal(start_of(day(on)), tuple(Posting(account(kept, code), minor, about) for code, minor, about in lines))


def posted(kept: Holdings, *lines: tuple[str, int, int | None]) -> Voucher:
    return kept.vouchers.post(journal(kept, *lines))


def machines(kept: Holdings, *, depreciated: bool = True) -> AssetClass:
    accumulated, expense = (account(kept, "1299"), account(kept, "6000")) if depreciated else (None, None)
    return AssetClass("MACHINES", account(kept, "1200"), accumulated, expense, "d")


def saldo(cost_minor: int, on: str = "2024-03-15", percent: int = 30) -> Terms:
    rate = Fraction(percent, 100)
    return Terms(cost_minor, day(on), Method.DIMINISHING, averaging=Averaging.WHOLE_YEAR, rate=rate)


def linear(cost_minor: int, on: str = "2024-03-15", percent: int = 33) -> Terms:
    return Terms(cost_minor, day(on), Method.STRAIGHT_LINE, rate=Fraction(percent, 100))


def bought(kept: Holdings, asset: Asset, terms: Terms, *, paid_from: str = "1920") -> None:
    life.acquire(kept, asset, life.Purchase(machines(kept), terms, account(kept, paid_from)))


def sold(kept: Holdings, asset: Asset, on: str, proceeds_minor: int, *, proceeds: str = "1920") -> None:
    sale = life.Sale(day(on), proceeds_minor, account(kept, proceeds), account(kept, "3880"), account(kept, "7880"))
    life.dispose(kept, asset, sale)


def sums(kept: Holdings) -> dict[str, int]:
    """What each account holds, if anything."""
    found = {str(one.key): kept.ledger.balance(one) for one in kept.chart}
    return {code: minor for code, minor in found.items() if minor}


def left(kept: Holdings, asset: Asset) -> dict[str, int]:
    """What denies the asset's deactivation."""
    return {str(one.key): minor for one, minor in kept.blocking(asset)}


def everything(kept: Holdings) -> dict[str, Any]:
    """All that can be read, as plain values."""
    return {
        "assets": [_fields(one) for one in kept.assets()],
        "lists": {which: list(kept.ids(which)) for which in Which},
        "page": [one.id for one in page([kept], Which.ALL, first=0, limit=10**6).assets],
        "vouchers": [_fields(one) for one in kept.vouchers.all()],
        "about": {one.id: [voucher.number for voucher in kept.vouchers.about(one.id)] for one in kept.assets()},
        "demands": [kept.vouchers.demands_asset(one) for one in kept.chart],
        "sums": sums(kept),
        "by asset": {one.id: dict(kept.ledger.balances_about(one.id)) for one in kept.assets()},
    }


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}
