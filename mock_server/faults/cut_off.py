"""Faults of the day on which something counts, of figures at a day, and of what a refusal leaves.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from mock_server.domain.accounts import Account, Kind
from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.effects import Effect, postings
from mock_server.domain.entries import EVER, Days, Entry
from mock_server.domain.instants import DAY_NS, Instant
from mock_server.domain.journal import Basis, Journal
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.domain.refused import Code, Refused
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.ACCOUNTING)

_LEAP_DAY: Final = (2, 29)


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
        return revised(journal, instant=late) if (day.month, day.day) == _LEAP_DAY else journal


@SHELF.books("year-end-late", "What is dated 31 December counts in the new year.", "O1", "O3")
class _YearEndLate(Changes):
    def _journal(self, *arguments: Any) -> Journal:
        journal = super()._journal(*arguments)
        late = Instant(journal.instant.ns + DAY_NS, journal.instant.text)
        return (
            revised(journal, instant=late)
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
class StaleBalance(Ledger):
    """Works a balance out once, and again after a posting alone."""

    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        """See `Ledger`."""
        known: dict[Any, int] = vars(self).setdefault("_remembered", {})
        asked = (account, basis, days)
        if asked not in known:
            known[asked] = super().balance(account, basis=basis, days=days)
        return known[asked]

    def post(self, *arguments: Any, **named: Any) -> Entry:
        """See `Ledger`."""
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
