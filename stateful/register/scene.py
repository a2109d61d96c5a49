"""What a rule about a register may look at: one moment of a history.

Decides the shapes of a `Scene` and of a `Course`, which is what the ledger shows of one asset's depreciation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from stateful.model.register import Plan
from stateful.model.register_course import Calendar
from stateful.register.operations import Accounts, Flaw, Kept, Operation
from stateful.register.sights import SeenAsset, SeenEntries, SeenEntry, SeenType, SeenTypes, SeenWalk, Sight
from stateful.rules import finding

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Course:
    """What has been charged for one registered asset, by day. through: the last day that has been run."""

    asset: str
    plan: Plan
    price: int
    calendar: Calendar
    charges: tuple[tuple[date, int], ...]
    through: date
    at: tuple[int, ...] = ()

    @property
    def whole(self) -> int:
        """The depreciable amount."""
        return self.plan.depreciable(self.price)

    @property
    def total(self) -> int:
        """All that has been charged."""
        return sum(minor for _, minor in self.charges)

    def before(self, day: date) -> int:
        """All that has been charged before a day."""
        return sum(minor for on, minor in self.charges if on < day)

    def years(self) -> Iterator[tuple[date, date, int, int]]:
        """Each financial year that has been run whole: first and last day, charges before it, its own."""
        first = self.calendar.first_day(self.plan.start)
        while (last := self.calendar.last_day(first)) <= self.through:
            yield first, last, self.before(first), self.before(last + timedelta(days=1)) - self.before(first)
            first = last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Disposed:
    """A disposal and what shows it: its figures, and what was posted for the asset until and after it."""

    asset: str
    accounts: Accounts
    on: date
    price: int
    proceeds: int
    entries: tuple[SeenEntry, ...]
    shown: SeenAsset
    at: tuple[int, ...] = ()

    def clearing(self) -> SeenEntry | None:
        """The journal that takes the cost away."""
        found = [entry for entry in self.entries if entry.net(self.accounts.cost) < 0]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment: a call that may have written, and everything that was read after it.

    operation: None for a look on its own. accepted: whether the call was. flaws: what spoke against it.
    before, after: what the kit knows of its own records around it. was: records as they were last read
    before the call. replayed: the call carried a key and a body that an earlier call had; `answered` is
    the record that it was answered with, as it was then. readings: how the target may be read to
    compute book values. own: the organisation is the kit's own, with types of these `accounts`, in which
    depreciation was run through `depreciated` and the books are locked to the end of `locked`; `late`: assets
    that were registered after a run; `rolled_back`: the last of the runs has been taken back; `undone`: a
    disposal has been.
    """

    operation: Operation | None = None
    accepted: bool = True
    flaw: Flaw | None = None
    before: Mapping[str, Kept] = field(default_factory=dict)
    after: Mapping[str, Kept] = field(default_factory=dict)
    reply: Sight | None = None
    reply_fields: int | None = None
    sights: tuple[Sight, ...] = ()
    was: Mapping[str, SeenAsset] = field(default_factory=dict)
    walks: tuple[SeenWalk, ...] = ()
    courses: tuple[Course, ...] = ()
    disposals: tuple[Disposed, ...] = ()
    replayed: bool = False
    answered: str | None = None
    readings: frozenset[str] = frozenset()
    own: bool = False
    accounts: Accounts | None = None
    depreciated: date | None = None
    locked: date | None = None
    late: frozenset[str] = frozenset()
    rolled_back: bool = False
    undone: bool = False
    place: int = -1

    def of(self, kind: type[Seen]) -> Iterator[Seen]:
        """Everything of one kind that was shown: in the reply, or read after it."""
        shown: Iterable[Sight | None] = (self.reply, *self.sights)
        return (sight for sight in shown if isinstance(sight, kind))

    def assets(self) -> Iterator[SeenAsset]:
        """Every asset that was shown by itself."""
        return self.of(SeenAsset)

    def types(self) -> Iterator[SeenType]:
        """Every type that was shown, by itself or in the list."""
        yield from self.of(SeenType)
        yield from (row for listed in self.of(SeenTypes) for row in listed.rows)

    def entries(self, asset: str) -> SeenEntries | None:
        """What was shown to be posted for an asset."""
        return next((seen for seen in self.of(SeenEntries) if seen.asset == asset), None)


Law = finding.Law[Scene]
