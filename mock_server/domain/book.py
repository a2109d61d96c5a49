"""A book: everything that one tenant keeps, and the only thing that changes.

Decides how the parts belong together and what may be done to the ledger directly. Every command
either happens as a whole or leaves nothing (L5); a snapshot is a mark to come back to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mock_server.domain.accounts import AccountRef, Chart, Template
from mock_server.domain.assets import Assets
from mock_server.domain.changes import Changes
from mock_server.domain.entries import Entry
from mock_server.domain.instants import Instant
from mock_server.domain.journal import NO_NOTE, Basis, Journal, Note, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.recasting import recast
from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Mark, Undo


@dataclass(frozen=True, slots=True)
class JournalTerms:
    """A journal as a caller writes it. lines: each an account and its amount, debit > 0, credit < 0."""

    instant: Instant
    lines: Sequence[tuple[AccountRef, int]]
    note: Note = NO_NOTE


class Book:
    """The books of one tenant. Not safe for threads: one command at a time."""

    def __init__(
        self,
        templates: Sequence[Template],
        *,
        asset_parent: AccountRef,
        now_ns: Callable[[], int],
        new_id: Callable[[], str],
        keeps_floor: bool = False,
    ) -> None:
        """`asset_parent`: the account under which each asset's own account is opened.

        keeps_floor: refuse value changes that take an asset's carrying value below zero.
        """
        self._undo = Undo()
        self.chart = Chart(templates, new_id, self._undo)
        self.ledger = Ledger(now_ns, new_id, self._undo)
        self.assets = Assets(self.chart, self._undo, parent=asset_parent, now_ns=now_ns, new_id=new_id)
        self.changes = Changes(
            self.assets,
            self.chart,
            self.ledger,
            self._undo,
            now_ns=now_ns,
            new_id=new_id,
            keeps_floor=keeps_floor,
        )
        self.default_basis = Basis.ACCRUAL

    def post_journal(self, terms: JournalTerms, *, external_id: str | None = None) -> tuple[Entry, bool]:
        """Post a journal directly, in both books, or find the same one; and whether it is new.

        Raises Refused: what `Chart.resolve`, `Journal` and `Ledger.post` raise; REPLAY_DIFFERS.
        """
        with self._undo.command():
            postings = tuple(Posting(self.chart.resolve(ref), minor) for ref, minor in terms.lines)
            journal = Journal(terms.instant, postings, note=terms.note)
            known = None if external_id is None else self.ledger.find_external(external_id)
            if known is None:
                return self.ledger.post(journal, external_id=external_id), True
            if known.journal != journal:
                message = f"External id {external_id!r:.80} is that of an entry with other contents."
                raise Refused(Code.REPLAY_DIFFERS, message)
            return known, False

    def reverse(self, entry: Entry) -> tuple[Entry, bool]:
        """Reverse an entry that was posted directly; and whether that was done now.

        Raises Refused: ENTRY_OF_A_CHANGE (DECISIONS 15); what `Ledger.reverse` raises.
        """
        if entry.origin is not None:
            message = "The entry belongs to a value change; void the change instead."
            raise Refused(Code.ENTRY_OF_A_CHANGE, message)
        return self.ledger.reverse(entry)

    def keep_books_on(self, basis: Basis) -> None:
        """Set the basis that reports take when none is asked for."""
        with self._undo.command():
            self._undo.did(setattr, self, "default_basis", self.default_basis)
            self.default_basis = basis

    def recast(self, classes: Mapping[type, type]) -> None:
        """Let its parts behave as these subclasses of their classes do; a part that is not named as its own does.

        See `recasting`.
        """
        own = {Chart: self.chart, Ledger: self.ledger, Assets: self.assets, Changes: self.changes}
        recast({Book: self, **own}, classes)

    def snapshot(self) -> Mark:
        """Mark the present state; see `Undo.mark`."""
        return self._undo.mark()

    def restore(self, mark: Mark) -> None:
        """Go back to a snapshot. Raises StaleMark."""
        self._undo.restore(mark)

    def release(self, mark: Mark) -> None:
        """Forget a snapshot. Raises StaleMark."""
        self._undo.release(mark)
