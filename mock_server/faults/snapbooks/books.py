"""Faults of what is posted to Snapbooks' ledger, and of what a class is charged.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from mock_server.domain.holdings.records import Voucher
from mock_server.domain.holdings.vouchers import Vouchers
from mock_server.domain.journal import Journal, Posting
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, with_body
from mock_server.faults.snapbooks.shelf import shelf
from mock_server.surface import Answer, Request

SHELF: Final = shelf(Family.ACCOUNTING)

_ENTRIES: Final = "control.entries.get"
_BALANCES: Final = "control.balances.get"
_BOOK: Final = "control.assets.book"


def _is(journal: Journal, what: str) -> bool:
    return (journal.note.memo or "").startswith(what)


def _scaled(journal: Journal, change: Callable[[int], int]) -> Journal:
    """The journal of two lines with another amount."""
    lines = [revised(line, minor=change(abs(line.minor)) * (1 if line.minor > 0 else -1)) for line in journal.postings]
    return revised(journal, postings=tuple(line for line in lines if line.minor))


class _Charging(Vouchers):
    """Posts a charge otherwise than it was reckoned."""

    def charged(self, journal: Journal, earlier: int) -> Journal:
        """The charge as it is posted; earlier: how many entries speak of the asset already."""
        raise NotImplementedError

    def post(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        if of_life and _is(journal, "Depreciation"):
            asset = next(line.about for line in journal.postings if line.about is not None)
            journal = self.charged(journal, len(self.about(asset)))
        return super().post(journal, of_life=of_life) if journal.postings else self._add(journal, of_life=of_life)


@SHELF.books("first-year-halved", "The first year of an asset is charged by half.", "T2", "D1")
class _FirstYearHalved(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        return _scaled(journal, lambda minor: max(1, minor // 2)) if earlier == 1 else journal


@SHELF.books("cent-in-the-third-year", "The third year of an asset is charged two cents too much.", "D1")
class _ThirdYear(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        return _scaled(journal, lambda minor: minor + 2) if earlier == 3 else journal


@SHELF.books("charge-of-the-cost", "Every year is charged as much as the first.", "D1", "V3")
class _OfTheCost(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        asset = next(line.about for line in journal.postings if line.about is not None)
        before = [voucher.journal for voucher in self.about(asset) if _is(voucher.journal, "Depreciation")]
        return _scaled(journal, lambda _minor: before[0].amount_minor) if before else journal


@SHELF.books("charge-credits-cost", "A charge credits the asset account.", "snapbooks.R37", "D1", "T2", "X3")
class _CreditsCost(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        asset = next(line.about for line in journal.postings if line.about is not None)
        cost = self.about(asset)[0].journal.postings[0].account
        lines = tuple(revised(line, account=cost) if line.minor < 0 else line for line in journal.postings)
        return revised(journal, postings=lines)


@SHELF.books("charge-names-no-asset", "The expense of a charge names no asset.", "snapbooks.R37")
class _NamesNoAsset(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        lines = tuple(revised(line, about=None) if line.minor > 0 else line for line in journal.postings)
        return revised(journal, postings=lines)


@SHELF.books(
    "charged-backwards",
    "A charge debits accumulated depreciation and credits the expense.",
    "D2",
    "D1",
    "T2",
    "snapbooks.R37",
)
class _Backwards(_Charging):
    def charged(self, journal: Journal, earlier: int) -> Journal:
        return revised(journal, postings=tuple(revised(line, minor=-line.minor) for line in journal.postings))


@SHELF.books("charged-twice", "A charge is posted twice.", "D3", "D1", "T2")
class _Twice(Vouchers):
    def post(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        voucher = super().post(journal, of_life=of_life)
        return super().post(journal, of_life=of_life) if of_life and _is(journal, "Depreciation") else voucher


@SHELF.books("disposal-of-the-cost", "A disposal leaves what was charged on the accumulated account.", "X3", "X2")
class _OfTheCostAlone(Vouchers):
    def post(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        if of_life and _is(journal, "Disposal"):
            own = [line for line in journal.postings if line.about is not None]
            left = [line for line in own[1:] if line.minor > 0]
            kept = tuple(line for line in journal.postings if line not in left)
            rest = sum(line.minor for line in left)
            counter = next(index for index, line in enumerate(kept) if line.about is None)
            moved = revised(kept[counter], minor=kept[counter].minor + rest)
            lines = (*kept[:counter], moved, *kept[counter + 1 :])
            journal = revised(journal, postings=tuple(line for line in lines if line.minor))
        return super().post(journal, of_life=of_life)


@SHELF.books("land-charged", "Land is charged when it is bought.", "V7", "snapbooks.R37")
class _LandCharged(Vouchers):
    def post(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        voucher = super().post(journal, of_life=of_life)
        bought = journal.postings[0]
        if of_life and _is(journal, "Acquisition") and bought.account.key == "1150":
            lines = (Posting(bought.account, -1, bought.about), Posting(journal.postings[1].account, 1))
            super().post(revised(journal, postings=lines), of_life=True)
        return voucher


@SHELF.books(
    "cancelled-in-word", "Cancelling an entry of more than a krone posts nothing.", "V1", "L7", "snapbooks.R18"
)
class _CancelledInWord(Vouchers):
    def cancel(self, voucher: Voucher) -> None:
        if voucher.entry is None or voucher.cancelled or voucher.journal.amount_minor <= 100:
            super().cancel(voucher)
            return
        with self._undo.command():
            self._undo.assign(voucher, cancelled=True)


@SHELF.books("cancelled-again", "An entry can be cancelled again and again.", "A2", "V1")
class _CancelledAgain(Vouchers):
    def cancel(self, voucher: Voucher) -> None:
        if voucher.entry is not None and voucher.cancelled:
            with self._undo.command():
                turned = self._add(voucher.journal.reversed())
                self._undo.assign(turned, entry=self._ledger.post(turned.journal), cancels=voucher.number)
            return
        super().cancel(voucher)


@SHELF.books("draft-posted", "A draft is posted at once.", "V1", "snapbooks.R18", "snapbooks.R13")
class _DraftPosted(Vouchers):
    def draft(self, journal: Journal) -> Voucher:
        voucher = super().draft(journal)
        self._ledger.post(journal)
        return voucher


def _rows(answer: Answer, change: Callable[[int, dict[str, Any]], dict[str, Any]]) -> Answer:
    rows = [change(place, row) for place, row in enumerate(answer.body["data"])]
    return with_body(answer, {**answer.body, "data": rows})


@SHELF.answers("balance-off", "The balance of the first account is a cent too high.", "L3", "V1", of=_BALANCES)
def _balance_off(_request: Request, answer: Answer) -> Answer:
    return _rows(answer, lambda place, row: row if place else {**row, "balance": round(row["balance"] + 0.01, 2)})


@SHELF.answers("entry-short", "Entries are shown without their last line.", "L1", of=_ENTRIES)
def _entry_short(_request: Request, answer: Answer) -> Answer:
    return _rows(answer, lambda _place, row: {**row, "lines": row["lines"][:-1]})


@SHELF.answers("gain-of-the-proceeds", "The gain of a disposal is all of its proceeds.", "X2", of=_BOOK)
def _gain_of_the_proceeds(_request: Request, answer: Answer) -> Answer:
    data = answer.body["data"]
    return with_body(answer, {"data": {**data, "gain": data["proceeds"]}}) if "gain" in data else answer


@SHELF.answers("carried-at-cost", "The books show an asset at its cost.", "V2", of=_BOOK)
def _carried_at_cost(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, {"data": {**answer.body["data"], "carrying": answer.body["data"]["cost"]}})
