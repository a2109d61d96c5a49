"""Faults of what a value change posts: its sides, its accounts, its books.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.domain.accounts import Account
from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.effects import Effect, postings
from mock_server.domain.entries import Entry
from mock_server.domain.journal import BOTH_BASES, Journal
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.ACCOUNTING)

_SMALL: Final = 10**9


@SHELF.books(
    "swapped-sides",
    "A value change debits what it should credit, and the other way round.",
    "V1",
    "layer.R1",
    "layer.R3",
    "layer.R4",
)
class _SwappedSides(Changes):
    def _journal(self, *arguments: Any) -> Journal:
        return super()._journal(*arguments).reversed()


@SHELF.books("swapped-revaluation", "Only a downward revaluation swaps its sides.", "V1", "layer.R1", "layer.R4")
class _SwappedRevaluation(Changes):
    def _journal(self, asset: Any, counter: Account, terms: ChangeTerms, at: str = "") -> Journal:
        journal = super()._journal(asset, counter, terms, at)
        return journal.reversed() if terms.effect is Effect.REVALUATION_DOWN else journal


@SHELF.books(
    "depreciation-of-cost",
    "Depreciation credits the asset's own account in place of the accumulated one.",
    "V1",
    "layer.R1",
    "layer.R3",
)
class _DepreciationOfCost(Changes):
    def _journal(self, asset: Any, counter: Account, terms: ChangeTerms, at: str = "") -> Journal:
        journal = super()._journal(asset, counter, terms, at)
        if terms.effect is not Effect.DEPRECIATION or counter is asset.account:
            return journal
        sides = postings(terms.effect, terms.amount_minor, moved=asset.account, counter=counter)
        return revised(journal, postings=sides)


@SHELF.books(
    "impairment-accumulated",
    "An impairment credits the accumulated account where the asset has one.",
    "V1",
    "layer.R1",
    "layer.R4",
)
class _ImpairmentAccumulated(Changes):
    def _journal(self, asset: Any, counter: Account, terms: ChangeTerms, at: str = "") -> Journal:
        journal = super()._journal(asset, counter, terms, at)
        if terms.effect is not Effect.IMPAIRMENT or asset.accumulated in (None, counter):
            return journal
        sides = postings(terms.effect, terms.amount_minor, moved=asset.accumulated, counter=counter)
        return revised(journal, postings=sides)


@SHELF.books("improvement-twice", "An improvement posts its entry twice.", "V1", "layer.R1")
class _ImprovementTwice(Changes):
    def post(self, *arguments: Any, **named: Any) -> tuple[ValueChange, bool]:
        change, new = super().post(*arguments, **named)
        if new and change.effect is Effect.IMPROVEMENT:
            self._ledger.post(change.entry.journal, origin=change.id)
        return change, new


@SHELF.books("cash-too", "Value changes are in the cash-basis books too.", "C1", "M8")
class _CashToo(Changes):
    def _journal(self, *arguments: Any) -> Journal:
        return revised(super()._journal(*arguments), bases=BOTH_BASES)


@SHELF.books(
    "void-in-cash", "A reversal of less than ten million units is in the cash-basis books too.", "C1", "C2", "M8"
)
class _VoidInCash(Ledger):
    def _write(self, journal: Journal, **named: Any) -> Entry:
        small = named.get("reverses") is not None and journal.amount_minor < _SMALL
        bases = BOTH_BASES if small else journal.bases
        return super()._write(revised(journal, bases=bases), **named)
