"""Books that correct and list in another way, and are just as right.

Decides what a void may leave: nothing at all, or a reversal of today. Each class stands in for one of the
books', as those of faults do; being rarely in use, they may cost more than what they replace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from mock_server.domain.accounts import Account
from mock_server.domain.assets import Asset
from mock_server.domain.changes import Changes, ValueChange
from mock_server.domain.entries import EVER, Days, Entry, Line
from mock_server.domain.instants import Instant, written
from mock_server.domain.journal import Journal
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask, Page, page_of, place
from mock_server.domain.record import revised
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort

T = TypeVar("T")

_ALL: Final = Ask(limit=1 << 40)
_LARGEST: Final = 10**13


class VoidInPlace(Ledger):
    """Shows neither the entry of a change that was taken back nor its reversal: together they are nothing."""

    def find(self, entry_id: str) -> Entry | None:
        """The entry with that id, unless it is gone."""
        entry = super().find(entry_id)
        return None if entry is not None and self._gone(entry) else entry

    def running(self, line: Line) -> int:
        """The account's sum after the line, of those that are there."""
        there = self._lines_of(line.posting.account, EVER)
        return sum(one.posting.minor for one in there if _by_day(one) <= _by_day(line))

    def page(self, ask: Ask, *, sort: Sort, days: Days = EVER) -> Page[Entry]:
        """One page of the entries that are there."""
        every = super().page(_ALL, sort=Sort.CREATION, days=days).rows
        there = (entry for entry in every if not self._gone(entry))
        return _page({_position(one.number, one.journal.instant, sort): one for one in there}, ask)

    def page_of_lines(self, account: Account, ask: Ask, *, sort: Sort, days: Days = EVER) -> Page[Line]:
        """One page of the account's lines that are there."""
        there = self._lines_of(account, days)
        return _page({_position(one.serial, one.entry.journal.instant, sort): one for one in there}, ask)

    def _lines_of(self, account: Account, days: Days) -> list[Line]:
        every = super().page_of_lines(account, _ALL, sort=Sort.CREATION, days=days).rows
        return [line for line in every if not self._gone(line.entry)]

    def _gone(self, entry: Entry) -> bool:
        of_a_change = entry.origin is not None
        return of_a_change and (entry.reverses is not None or self.reversal_of(entry) is not None)


class ReversalNow(Ledger):
    """Dates a reversal when it is made.

    What was reversed goes on counting on the days before, so that no total there would be bounded by what is
    live now; amounts are bounded one by one.
    """

    def post(self, journal: Journal, **named: Any) -> Entry:
        """Post a journal. Raises Refused as `Ledger.post` does."""
        if journal.amount_minor > _LARGEST:
            raise Refused(Code.AMOUNT_TOO_LARGE, f"The amount may be {_LARGEST} at most; got {journal.amount_minor}.")
        return super().post(journal, **named)

    def _write(self, journal: Journal, **named: Any) -> Entry:
        if named.get("reverses") is not None:
            now_ns = self._now_ns()
            journal = revised(journal, instant=Instant(now_ns, written(now_ns)))
        return super()._write(journal, **named)


class ChangesById(Changes):
    """Lists changes that are equal in what they are sorted by in the order of their ids."""

    def of(self, asset: Asset) -> tuple[ValueChange, ...]:
        """The asset's live changes."""
        return tuple(sorted(super().of(asset), key=_place_by_id))

    def page(self, ask: Ask, *, sort: Sort) -> Page[ValueChange]:
        """One page of the live changes of all assets."""
        if sort is not Sort.TIME:
            return super().page(ask, sort=sort)
        live = super().page(_ALL, sort=Sort.CREATION).rows
        return _page({_place_by_id(one): one for one in live}, ask)


def _place_by_id(change: ValueChange) -> int:
    """By instant, then by the first half of the id: all of it would be too long for a cursor."""
    return place(change.instant.ns << 64 | int(change.id.replace("-", "")[:16], 16), change.serial)


def _by_day(line: Line) -> tuple[int, int]:
    return line.entry.journal.instant.day_number, line.serial


def _position(serial: int, instant: Instant, sort: Sort) -> int:
    return place(instant.ns, serial) if sort is Sort.TIME else serial


def _page(rows: Mapping[int, T], ask: Ask) -> Page[T]:
    """One page of rows by their positions."""
    after = ask.after
    behind = [at for at in rows if after is None or (at < after if ask.descending else at > after)]
    return page_of(sorted(behind, reverse=ask.descending), ask, len(rows), rows.__getitem__)
