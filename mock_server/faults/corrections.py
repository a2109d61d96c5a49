"""Faults of what a correction leaves: voids, reversals and amendments.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.ACCOUNTING)


@SHELF.books(
    "void-without-reversal", "Voiding a value change marks it and posts nothing.", "A1", "V1", "M3", "K5", "layer.R18"
)
class _VoidWithoutReversal(Changes):
    def void(self, change: ValueChange) -> ValueChange:
        return change if not change.live else self._marked(change)

    def _marked(self, change: ValueChange) -> ValueChange:
        with self._undo.command():
            voided = revised(change, voided_ns=self._now_ns())
            self._exchange(change, voided)
            return voided


@SHELF.books(
    "void-works-once", "Only the first void of a business posts a reversal.", "A1", "V1", "M3", "K5", "layer.R18"
)
class _VoidWorksOnce(_VoidWithoutReversal):
    def void(self, change: ValueChange) -> ValueChange:
        if change.live and not vars(self).get("_voided_one"):
            vars(self)["_voided_one"] = True
            return super(_VoidWithoutReversal, self).void(change)
        return super().void(change)


@SHELF.books("void-twice", "Voiding a value change a second time reverses it a second time.", "A2", "K5")
class _VoidTwice(Changes):
    def void(self, change: ValueChange) -> ValueChange:
        if change.live:
            return super().void(change)
        self._ledger.post(change.entry.journal.reversed(), origin=change.id)
        return change


@SHELF.books(
    "void-of-the-first",
    "Voiding reverses the entry of the asset's first live change, whichever is voided.",
    "A1",
    "V1",
    "M3",
    "layer.R18",
)
class _VoidOfTheFirst(Changes):
    def void(self, change: ValueChange) -> ValueChange:
        if not change.live:
            return change
        first = self.of(self._assets.at(change.asset))[0]
        if first.entry is not change.entry:
            self._ledger.post(change.entry.journal, origin=change.id)
            self._ledger.post(first.entry.journal.reversed(), origin=change.id)
        return super().void(change)


@SHELF.books(
    "reversal-short",
    "A reversal is one cent smaller than what it reverses.",
    "A1",
    "L7",
    "V1",
    "M3",
    "layer.R9",
    "layer.R18",
)
class _ReversalShort(Ledger):
    def _write(self, journal: Journal, **named: Any) -> Entry:
        if named.get("reverses") is not None and min(abs(one.minor) for one in journal.postings) > 1:
            first, second, *rest = journal.postings
            if first.minor == -second.minor:
                step = 1 if first.minor > 0 else -1
                shorter = (Posting(first.account, first.minor - step), Posting(second.account, second.minor + step))
                journal = revised(journal, postings=(*shorter, *rest))
        return super()._write(journal, **named)


@SHELF.books(
    "amend-keeps-entry", "An amendment changes the record and leaves its entry as it was.", "layer.R9", "V1", "M4", "K6"
)
class _AmendKeepsEntry(Changes):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        return self._quietly(change, terms)

    def _quietly(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        self._check_live(change)
        with self._undo.command():
            counter = self._chart.resolve(terms.counter)
            amended = revised(
                change,
                amount_minor=terms.amount_minor,
                effect=terms.effect,
                counter=counter,
                instant=terms.instant,
                note=terms.note,
            )
            self._exchange(change, amended)
            return amended


@SHELF.books("amend-of-date", "An amendment of the date alone leaves the entry on its old day.", "layer.R9", "O1", "O3")
class _AmendOfDate(_AmendKeepsEntry):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        same = (change.amount_minor, change.effect) == (terms.amount_minor, terms.effect)
        if same and self._chart.resolve(terms.counter) is change.counter and change.live:
            return self._quietly(change, terms)
        return super(_AmendKeepsEntry, self).amend(change, terms)


@SHELF.books("amend-of-account", "An amendment of the counter account alone leaves the entry as it was.", "layer.R9")
class _AmendOfAccount(_AmendKeepsEntry):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        was = (change.amount_minor, change.effect, change.instant)
        if was == (terms.amount_minor, terms.effect, terms.instant) and change.live:
            return self._quietly(change, terms)
        return super(_AmendKeepsEntry, self).amend(change, terms)


@SHELF.books(
    "amend-adds", "An amendment posts the new entry and does not reverse the old one.", "layer.R9", "V1", "M4", "K6"
)
class _AmendAdds(Changes):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        amended = super().amend(change, terms)
        if amended.entry is not change.entry:
            self._ledger.post(change.entry.journal, origin=change.id)
        return amended


@SHELF.books("quiet-amend-posts", "An amendment of a note alone reverses the entry and posts it anew.", "layer.R10")
class _QuietAmendPosts(Changes):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        amended = super().amend(change, terms)
        if amended.entry is not change.entry or amended.note == change.note:
            return amended
        with self._undo.command():
            self._ledger.reverse(change.entry)
            again = revised(amended, entry=self._ledger.post(change.entry.journal, origin=change.id))
            self._exchange(amended, again)
            return again


@SHELF.books("reverse-again", "An entry that was reversed is reversed again when asked to.", "layer.R24")
class _ReverseAgain(Ledger):
    def reversal_of(self, entry: Entry) -> Entry | None:
        return None if vars(self).get("_asked_to_reverse") else super().reversal_of(entry)

    def reverse(self, entry: Entry) -> tuple[Entry, bool]:
        vars(self)["_asked_to_reverse"] = True
        try:
            return super().reverse(entry)
        finally:
            vars(self)["_asked_to_reverse"] = False
