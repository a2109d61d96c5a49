"""The ledger: journals that were posted, and what can be read from them.

Decides that entries are only ever added (L6), that a reversal is made once for each entry (L7, A2),
that nothing is posted into the closed period (DECISIONS 7), and that what all live entries add up to
stays within 64 bits, which bounds every balance and total at every date (L8, DECISIONS 8).
Knows neither assets nor where a journal comes from.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from mock_server.domain import money
from mock_server.domain.accounts import Account
from mock_server.domain.entries import EVER, Days, Entry, Line
from mock_server.domain.journal import Basis, Journal
from mock_server.domain.order import Ask, Page
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort, Timeline
from mock_server.domain.track import Track
from mock_server.domain.undo import Undo

_NOTHING: Final[Mapping[Account, int]] = MappingProxyType({})


class Ledger:
    """All entries of one book. Sums are debit-positive."""

    def __init__(self, now_ns: Callable[[], int], new_id: Callable[[], str], undo: Undo) -> None:
        self._now_ns = now_ns
        self._new_id = new_id
        self._undo = undo
        self._entries: list[Entry] = []  # entry number n at n - 1
        self._by_id: dict[str, Entry] = {}
        self._by_external_id: dict[str, Entry] = {}
        self._reversals: dict[int, Entry] = {}  # an entry's number → the entry that reverses it
        self._timeline = Timeline()  # of entry numbers
        self._line_ids: list[str] = []
        self._line_entries = array("q")  # a line's serial → its entry's number
        self._tracks: dict[Account, Track] = {}
        self._about: dict[int, dict[Account, int]] = {}  # what lines are about → account → their sum, if not zero
        self._closed_before: date | None = None
        self._live_minor = 0

    # ---- writing ------------------------------------------------------------------------------

    def post(self, journal: Journal, *, origin: str | None = None, external_id: str | None = None) -> Entry:
        """Post a journal.

        Raises Refused: CLOSED_PERIOD, AMOUNT_TOO_LARGE.
        """
        with self._undo.command():
            self._check_open(journal)
            self._count(journal.amount_minor)
            return self._write(journal, origin=origin, external_id=external_id)

    def reverse(self, entry: Entry) -> tuple[Entry, bool]:
        """The entry's reversal, and whether it was made now (it is made once).

        Raises Refused: CLOSED_PERIOD; AMOUNT_TOO_LARGE where it makes an earlier entry live again.
        """
        known = self.reversal_of(entry)
        if known is not None:
            return known, False
        with self._undo.command():
            self._check_open(entry.journal)
            amount = entry.journal.amount_minor
            self._count(amount if entry.depth % 2 else -amount)
            reversal = self._write(
                entry.journal.reversed(),
                origin=entry.origin,
                external_id=entry.external_id,
                reverses=entry,
            )
            self._undo.put(self._reversals, entry.number, reversal)
            return reversal, True

    def close(self, before: date | None) -> None:
        """Close all days before that one; None opens them."""
        with self._undo.command():
            self._undo.did(setattr, self, "_closed_before", self._closed_before)
            self._closed_before = before

    # ---- reading ------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def closed_before(self) -> date | None:
        """The first open day, or None where no day is closed."""
        return self._closed_before

    @property
    def live_minor(self) -> int:
        """What the amounts of the live entries add up to: not reversed, and no reversal of a live one."""
        return self._live_minor

    def find(self, entry_id: str) -> Entry | None:
        """The entry with that id."""
        return self._by_id.get(entry_id)

    def find_external(self, external_id: str) -> Entry | None:
        """The entry that was posted with that id of the caller's."""
        return self._by_external_id.get(external_id)

    def reversal_of(self, entry: Entry) -> Entry | None:
        """The entry that reverses this one."""
        return self._reversals.get(entry.number)

    def original_of(self, entry: Entry) -> Entry | None:
        """The entry that this one reverses."""
        return None if entry.reverses is None else self._entry(entry.reverses)

    def lines(self, entry: Entry) -> tuple[Line, ...]:
        """The entry's lines, in its own order."""
        return tuple(self._line(entry.first_line + row) for row in range(len(entry.journal.postings)))

    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        """What the account's own lines on those days add up to."""
        track = self._tracks.get(account)
        return 0 if track is None else track.balance(basis, days.since, days.through)

    def balances_about(self, subject: int) -> Mapping[Account, int]:
        """What the lines about it add up to, in both books and at any time, on each account where that is not zero."""
        return self._about.get(subject, _NOTHING)

    def has_lines(self, account: Account, *, basis: Basis, through: date) -> bool:
        """Whether the account has a line on that day or before."""
        track = self._tracks.get(account)
        return track is not None and track.has_lines(basis, through)

    def running(self, line: Line) -> int:
        """The account's sum after the line, by day and then by creation."""
        return self._tracks[line.posting.account].running(line.serial, line.entry.journal.instant.day_number)

    def page(self, ask: Ask, *, sort: Sort, days: Days = EVER) -> Page[Entry]:
        """One page of the entries."""
        return self._timeline.page(
            ask,
            sort=sort,
            span=days.span,
            time_of=lambda number: self._entry(number).journal.instant.ns,
            row=self._entry,
        )

    def page_of_lines(self, account: Account, ask: Ask, *, sort: Sort, days: Days = EVER) -> Page[Line]:
        """One page of the account's own lines."""
        track = self._tracks.get(account)
        return (Track() if track is None else track).lines.page(
            ask,
            sort=sort,
            span=days.span,
            time_of=lambda serial: self._entry(self._line_entries[serial]).journal.instant.ns,
            row=self._line,
        )

    # ---- inside -------------------------------------------------------------------------------

    def _check_open(self, journal: Journal) -> None:
        closed = self._closed_before
        if closed is not None and journal.instant.day_number < closed.toordinal():
            message = f"The books are closed before {closed}; got an entry of {journal.instant.day}."
            raise Refused(Code.CLOSED_PERIOD, message)

    def _count(self, minor: int) -> None:
        self._undo.did(setattr, self, "_live_minor", self._live_minor)
        self._live_minor = money.added(self._live_minor, minor)

    def _write(
        self,
        journal: Journal,
        *,
        origin: str | None,
        external_id: str | None,
        reverses: Entry | None = None,
    ) -> Entry:
        # Ids and time come from outside and may fail: drawn before anything is changed.
        entry = Entry(
            id=self._new_id(),
            number=len(self._entries) + 1,
            journal=journal,
            created_ns=self._now_ns(),
            first_line=len(self._line_ids),
            reverses=None if reverses is None else reverses.number,
            depth=0 if reverses is None else reverses.depth + 1,
            origin=origin,
            external_id=external_id,
        )
        line_ids = [self._new_id() for _ in journal.postings]
        self._entries.append(entry)
        self._by_id[entry.id] = entry
        if external_id is not None and reverses is None:
            self._by_external_id[external_id] = entry
        self._timeline.add(entry.number, journal.instant.ns)
        for posting, line_id in zip(journal.postings, line_ids, strict=True):
            track = self._tracks.get(posting.account)
            if track is None:
                track = self._tracks[posting.account] = Track()
            track.add(len(self._line_ids), journal.instant, posting.minor, bases=journal.bases)
            self._line_ids.append(line_id)
            self._line_entries.append(entry.number)
            if posting.about is not None:
                self._move(posting.about, posting.account, posting.minor)
        self._undo.did(self._erase)
        return entry

    def _erase(self) -> None:
        """Take the newest entry back: the mirror of `_write`, from its last line on."""
        entry = self._entries.pop()
        for posting in reversed(entry.journal.postings):
            self._line_ids.pop()
            self._line_entries.pop()
            track = self._tracks[posting.account]
            track.drop(len(self._line_ids), entry.journal.instant, bases=entry.journal.bases)
            if not len(track.lines):
                del self._tracks[posting.account]
            if posting.about is not None:
                self._move(posting.about, posting.account, -posting.minor)
        self._timeline.drop(entry.journal.instant.ns)
        if entry.external_id is not None and entry.reverses is None:
            del self._by_external_id[entry.external_id]
        del self._by_id[entry.id]

    def _move(self, about: int, account: Account, minor: int) -> None:
        sums = self._about.setdefault(about, {})
        total = sums.pop(account, 0) + minor
        if total:
            sums[account] = total
        elif not sums:
            del self._about[about]

    def _entry(self, number: int) -> Entry:
        return self._entries[number - 1]

    def _line(self, serial: int) -> Line:
        entry = self._entry(self._line_entries[serial])
        return Line(self._line_ids[serial], serial, entry, entry.journal.postings[serial - entry.first_line])
