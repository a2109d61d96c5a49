"""Faults of accounting: what is posted, when it counts, and what a correction leaves.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from mock_server.domain.accounts import Account, Kind
from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.effects import Effect, postings
from mock_server.domain.entries import EVER, Days, Entry
from mock_server.domain.instants import DAY_NS, Instant
from mock_server.domain.journal import BOTH_BASES, Basis, Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.refused import Code, Refused
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.ACCOUNTING)

_LEAP_DAY: Final = (2, 29)
_SMALL: Final = 10**9


# ---- what a value change posts ----------------------------------------------------------------


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
        return replace(journal, postings=sides)


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
        return replace(journal, postings=sides)


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
        return replace(super()._journal(*arguments), bases=BOTH_BASES)


@SHELF.books(
    "void-in-cash", "A reversal of less than ten million units is in the cash-basis books too.", "C1", "C2", "M8"
)
class _VoidInCash(Ledger):
    def _write(self, journal: Journal, **named: Any) -> Entry:
        small = named.get("reverses") is not None and journal.amount_minor < _SMALL
        bases = BOTH_BASES if small else journal.bases
        return super()._write(replace(journal, bases=bases), **named)


# ---- voiding and amending ---------------------------------------------------------------------


@SHELF.books(
    "void-without-reversal", "Voiding a value change marks it and posts nothing.", "A1", "V1", "M3", "K5", "layer.R18"
)
class _VoidWithoutReversal(Changes):
    def void(self, change: ValueChange) -> ValueChange:
        return change if not change.live else self._marked(change)

    def _marked(self, change: ValueChange) -> ValueChange:
        with self._undo.command():
            voided = replace(change, voided_ns=self._now_ns())
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
                journal = replace(journal, postings=(*shorter, *rest))
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
            amended = replace(
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
            again = replace(amended, entry=self._ledger.post(change.entry.journal, origin=change.id))
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


# ---- which day, and which books ---------------------------------------------------------------


@SHELF.books("as-of-exclusive", "A figure at a day leaves that day out.", "O1", "O3")
class _AsOfExclusive(Ledger):
    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        if days.through is not None and days.through > date.min:
            days = Days(days.since, days.through - timedelta(days=1))
        return super().balance(account, basis=basis, days=days)


@SHELF.books(
    "as-of-posting-time", "A figure at a day goes by when an entry was posted, not by its own date.", "O1", "O3"
)
class _AsOfPostingTime(Ledger):
    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        if days.through is None:
            return super().balance(account, basis=basis, days=days)
        return sum(
            line.posting.minor
            for line in map(self._line, range(len(self._line_ids)))
            if line.posting.account is account
            and basis in line.entry.journal.bases
            and Instant(line.entry.created_ns, "").day <= days.through
        )


@SHELF.books("leap-day-late", "What is dated 29 February counts from 1 March.", "O1", "O3", "layer.R26")
class _LeapDayLate(Changes):
    def _journal(self, *arguments: Any) -> Journal:
        journal = super()._journal(*arguments)
        day = journal.instant.day
        late = Instant(journal.instant.ns + DAY_NS, journal.instant.text)
        return replace(journal, instant=late) if (day.month, day.day) == _LEAP_DAY else journal


@SHELF.books("year-end-late", "What is dated 31 December counts in the new year.", "O1", "O3")
class _YearEndLate(Changes):
    def _journal(self, *arguments: Any) -> Journal:
        journal = super()._journal(*arguments)
        late = Instant(journal.instant.ns + DAY_NS, journal.instant.text)
        return (
            replace(journal, instant=late)
            if (journal.instant.day.month, journal.instant.day.day) == (12, 31)
            else journal
        )


@SHELF.books(
    "stale-balance",
    "A figure is remembered until something is posted; a reversal does not count as that.",
    "A1",
    "L3",
    "O1",
    "M3",
    "layer.R9",
    "layer.R18",
)
class _StaleBalance(Ledger):
    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        known: dict[Any, int] = vars(self).setdefault("_remembered", {})
        asked = (account, basis, days)
        if asked not in known:
            known[asked] = super().balance(account, basis=basis, days=days)
        return known[asked]

    def post(self, *arguments: Any, **named: Any) -> Entry:
        vars(self).pop("_remembered", None)
        return super().post(*arguments, **named)


@SHELF.books("expenses-left-out", "A trial balance leaves the expense accounts out.", "L3", "O1")
class _ExpensesLeftOut(Ledger):
    def has_lines(self, account: Account, *, basis: Basis, through: date) -> bool:
        return account.kind is not Kind.EXPENSE and super().has_lines(account, basis=basis, through=through)


@SHELF.books("reversal-into-closed", "A reversal is posted into a closed period.", "layer.R21")
class _ReversalIntoClosed(Ledger):
    def reverse(self, entry: Entry) -> tuple[Entry, bool]:
        closed, self._closed_before = self._closed_before, None
        try:
            return super().reverse(entry)
        finally:
            self._closed_before = closed


@SHELF.books("closed-by-posting-time", "Nothing is refused for being dated into a closed period.", "layer.R21")
class _NeverClosed(Ledger):
    def _check_open(self, journal: Journal) -> None:
        return


@SHELF.books(
    "refused-posts",
    "A value change that names an unknown account is refused, and posted all the same.",
    "L5",
    "M11",
    "V1",
)
class _RefusedPosts(Changes):
    def post(self, asset: Any, terms: ChangeTerms, *, external_id: str | None = None) -> tuple[ValueChange, bool]:
        try:
            return super().post(asset, terms, external_id=external_id)
        except Refused as refused:
            if refused.code is Code.UNKNOWN_ACCOUNT:
                moved = self._assets.resolve(asset).account
                other = next(account for account in self._chart if account is not moved)
                sides = postings(Effect.IMPROVEMENT, terms.amount_minor, moved=moved, counter=other)
                self._ledger.post(Journal(terms.instant, sides))
            raise
