"""What a history has read so far, and which of it still stands.

Decides when two readings may be compared without a model: when nothing was accepted in between
that could have moved them, or when just the one thing was that a relation speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from stateful.model.books import Books, Change, Closed, Entry, Event, Opened, Posted, Withdrawn
from stateful.model.outlook import Outcome
from stateful.model.records import Value
from stateful.model.words import Basis
from stateful.operations import Operation, Reading, ReadTrial, Record, Void
from stateful.rules.figures import owned
from stateful.rules.law import Pair
from stateful.sights import (
    SeenAsset,
    SeenChange,
    SeenChanges,
    SeenJournal,
    SeenLines,
    SeenTrial,
    Sight,
)


@dataclass(slots=True)
class Memory:
    """Readings of one history, by what was read."""

    journals: dict[str, SeenJournal] = field(default_factory=dict)
    _lines: dict[str, tuple[SeenLines, int]] = field(default_factory=dict)
    _trials: dict[ReadTrial, tuple[SeenTrial, Books]] = field(default_factory=dict)
    _reads: dict[Reading, Sight] = field(default_factory=dict)
    _before: dict[str, tuple[SeenLines, int]] = field(default_factory=dict)

    def standing(self, books: Books) -> dict[str, SeenLines]:
        """The lines of every account that nothing has touched since they were read."""
        return {account: lines for account, (lines, stamp) in self._lines.items() if stamp == _stamp(books, account)}

    def keeps(self, reading: Reading) -> bool:
        """Whether the reading was made since something was last accepted."""
        return reading in self._reads

    def pairs(
        self, operation: Operation, outcome: Outcome, before: Books, after: Books, read: Mapping[Reading, Sight]
    ) -> Iterator[Pair]:
        """Every pair of figures that a relation speaks of, after a call and the readings that followed."""
        if outcome is not Outcome.DONE:
            yield from self._repeated(outcome, read)
            return
        standing = self.standing(before)
        for lines in (sight for sight in read.values() if isinstance(sight, SeenLines)):
            was = standing.get(lines.account)
            if was is not None and _stamp(before, lines.account) == _stamp(after, lines.account):
                by = ("before another asset was changed", "after it")
                yield _of_lines("M6", was, lines, by)
            if isinstance(operation, Void):
                yield from self._vanished(operation, before, lines)
        for reading, sight in read.items():
            if isinstance(reading, ReadTrial) and isinstance(sight, SeenTrial):
                yield from self._moved(operation, reading, sight, before, after)

    def remember(
        self,
        operation: Operation | None,
        outcome: Outcome,
        before: Books,
        after: Books,
        read: Mapping[Reading, Sight],
    ) -> None:
        """Keep what was read after a call."""
        if isinstance(operation, Record) and outcome is Outcome.DONE:
            for account, lines in self.standing(before).items():
                if _stamp(after, account) > _stamp(before, account):
                    self._before[operation.change + account] = (lines, _stamp(before, account))
        if outcome is Outcome.DONE:
            self._reads.clear()
        self._reads.update(read)
        for reading, sight in read.items():
            if isinstance(sight, SeenLines):
                self._lines[sight.account] = (sight, _stamp(after, sight.account))
            elif isinstance(sight, SeenJournal):
                self.journals[sight.id] = sight
            elif isinstance(sight, SeenTrial) and isinstance(reading, ReadTrial):
                self._trials[reading] = (sight, after)

    def _repeated(self, outcome: Outcome, read: Mapping[Reading, Sight]) -> Iterator[Pair]:
        refused = outcome is Outcome.REFUSED
        by = ("before", "after the refused call") if refused else ("before", "after the repeated call")
        for reading, sight in read.items():
            was = self._reads.get(reading)
            if was is not None:
                relation = "M11" if refused else "M7"
                yield Pair(relation, _content(was), _content(sight), by, at=(was.at, sight.at))

    def _vanished(self, operation: Void, before: Books, lines: SeenLines) -> Iterator[Pair]:
        """The balance before a change was recorded, beside that after it was voided."""
        kept = self._before.get(operation.change + lines.account)
        if kept is not None and _stamp(before, lines.account) == kept[1] + 1:
            yield _of_lines("M3", kept[0], lines, ("before the change was recorded", "after it was voided"))

    def _moved(
        self, operation: Operation, reading: ReadTrial, sight: SeenTrial, before: Books, after: Books
    ) -> Iterator[Pair]:
        """The same statement before and after one value change."""
        kept = self._trials.get(reading)
        if kept is None:
            return
        was, books = kept
        if reading.basis is Basis.CASH and _entries(books) == _entries(after):
            figures = {account: was.rows.get(account, 0) for account in owned(books)}
            now = {account: sight.rows.get(account, 0) for account in figures}
            by = ("before a value change", "after it")
            yield Pair("M8", dict(figures), dict(now), by, at=(was.at, sight.at))
        change = after.live().get(operation.change) if isinstance(operation, Record) else None
        odd = any(item.late for item in after.posted())
        if reading.basis is Basis.ACCRUAL and books == before and isinstance(change, Change) and not odd:
            shifts = dict(change.shifts) if change.day <= reading.on else {}
            accounts = owned(after)
            shifted = {name: was.rows.get(name, 0) + shifts.get(name, 0) for name in accounts}
            now = {name: sight.rows.get(name, 0) for name in accounts}
            by = (f"expected at {reading.on} from the figures before the change of {change.day}", "after it")
            yield Pair("M2", dict(shifted), dict(now), by, at=(was.at, sight.at))


def _of_lines(relation: str, one: SeenLines, other: SeenLines, by: tuple[str, str]) -> Pair:
    return Pair(
        relation,
        {other.account: one.balance},
        {other.account: other.balance},
        by,
        at=(one.at, other.at),
    )


def _content(sight: Sight) -> dict[str, Value]:
    """What a reading showed, by names that stay the same from reading to reading."""
    if isinstance(sight, SeenLines):
        return {sight.account: sight.balance, f"lines of {sight.account}": len(sight.rows)}
    if isinstance(sight, SeenAsset | SeenChange):
        return {f"{sight.key}: {name}": value for name, value in sight.members.items()}
    if isinstance(sight, SeenChanges):
        rows = {f"{row.key}: {name}": value for row in sight.rows for name, value in row.members.items()}
        return {f"changes of {sight.asset}": len(sight.rows), **rows}
    return {}


def _stamp(books: Books, account: str) -> int:
    """How many events have touched an account: a figure read at one stamp stands until the next."""
    return sum(1 for event in books.events if account in _touched(books, event))


def _touched(books: Books, event: Event) -> tuple[str, ...]:
    if isinstance(event, Opened | Closed):
        return ()
    if isinstance(event, Withdrawn):
        items = [item for item in books.posted() if item.key == event.key]
        return tuple(account for item in items for account, _ in item.shifts)
    assert isinstance(event, Posted)
    return tuple(account for account, _ in event.item.shifts)


def _entries(books: Books) -> int:
    """How many events concern what was posted directly."""
    keys = {item.key for item in books.posted() if isinstance(item, Entry)}
    return sum(
        1
        for event in books.events
        if (isinstance(event, Withdrawn) and event.key in keys)
        or (isinstance(event, Posted) and event.item.key in keys)
    )
