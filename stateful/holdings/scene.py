"""What a rule about holdings may look at: one moment of a history.

Decides the shapes of a `Scene`, and of a `Course`, which is what the ledger shows of one asset in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from stateful.holdings.operations import Deactivate, Flaw, Operation, Rename
from stateful.holdings.sights import SeenAsset, SeenEntries, SeenEntry, SeenList, SeenRefusal, SeenWalk, Sight
from stateful.holdings.terms import Terms
from stateful.model.classes import Held
from stateful.model.holdings import Holdings
from stateful.rules import finding

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the kit knows of an asset of its own: its name, and whether it is still active."""

    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Holding:
    """An asset that was bought: its class and cost, and what it was sold for.

    through: the last year that was charged; again: whether it was run more than once.
    """

    asset: str
    held: Held
    proceeds: int = 0
    through: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One asset in use, and what the ledger shows of it."""

    holding: Holding
    entries: SeenEntries

    @property
    def asset(self) -> str:
        """Its key."""
        return self.holding.asset

    @property
    def held(self) -> Held:
        """Its class and cost."""
        return self.holding.held

    @property
    def total(self) -> int:
        """All that was charged."""
        return sum(minor for _, minor in self.charges())

    def charges(self) -> Iterator[tuple[int, int]]:
        """Each year in which something was charged, with how much; a disposal's clearing is none."""
        years: dict[int, int] = {}
        for entry in self._charging():
            minor = -entry.net(self.held.kind.accumulated_account or "", self.asset)
            years[entry.on.year] = years.get(entry.on.year, 0) + minor
        yield from sorted((year, minor) for year, minor in years.items() if minor)

    def before(self, year: int) -> int:
        """All that was charged before a year."""
        return sum(minor for on, minor in self.charges() if on < year)

    def clearing(self) -> SeenEntry | None:
        """The entry that takes the cost away."""
        found = [row for row in self.entries.rows if row.net(self.held.kind.cost_account, self.asset) < 0]
        return found[-1] if found else None

    def _charging(self) -> Iterator[SeenEntry]:
        clearing = self.clearing()
        return (row for row in self.entries.rows if clearing is None or row.id != clearing.id)


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment: a call that may have written, and everything that was read after it.

    operation: None for a look on its own. accepted: whether the call was. flaw: what spoke against it. refusal: how
    it was refused. outstanding: what the ledger held against a deactivation by the model's sums; None where nobody
    can say. drafted: whether it holds drafts, or cancelled entries, that speak of the asset. awaiting: whether a
    draft among them is one still. named: what the refusal says of balances. known: the kit's own assets afterwards.
    was: records as they were last read before. unread: keys of known assets whose record was asked for and refused.
    newest: the latest instant that any record had shown before. account: the client account; own: it is the kit's
    own, so that nobody else makes assets in it. made: the kit's own assets, in the order in which they were.
    holdings: all that was bought. books: the model's sums; None while the target posts amounts of its own.
    """

    terms: Terms
    operation: Operation | None = None
    accepted: bool = True
    flaw: Flaw | None = None
    refusal: SeenRefusal | None = None
    outstanding: Mapping[str, int] | None = None
    drafted: bool = False
    awaiting: bool = False
    named: Mapping[str, int] | None = None
    known: Mapping[str, Kept] = field(default_factory=dict)
    reply: Sight | None = None
    sights: tuple[Sight, ...] = ()
    was: Mapping[str, SeenAsset] = field(default_factory=dict)
    unread: tuple[tuple[str, int], ...] = ()
    newest: datetime | None = None
    walks: tuple[SeenWalk, ...] = ()
    courses: tuple[Course, ...] = ()
    holdings: tuple[Holding, ...] = ()
    account: str = ""
    own: bool = False
    made: tuple[SeenAsset, ...] = ()
    books: Holdings | None = None
    place: int = -1

    def of(self, kind: type[Seen]) -> Iterator[Seen]:
        """Everything of one kind that was shown: in the reply, or read after it."""
        shown: Iterable[Sight | None] = (self.reply, *self.sights)
        return (sight for sight in shown if isinstance(sight, kind))

    def assets(self) -> Iterator[SeenAsset]:
        """Every asset that was shown by itself."""
        return self.of(SeenAsset)

    def pages(self) -> Iterator[SeenList]:
        """Every page that was shown, alone or in a walk."""
        yield from self.of(SeenList)
        yield from (page for walk in self.walks for page in walk.pages)

    def beside(self) -> Iterator[tuple[SeenAsset, SeenAsset]]:
        """Each record that was read before, as it was and as it is shown now."""
        for shown in self.assets():
            was = self.was.get(shown.key)
            if was is not None and was.at != shown.at:
                yield was, shown

    def subject(self) -> Iterator[tuple[SeenAsset, SeenAsset]]:
        """The asset that an accepted change is about, as it was and wherever it is shown since."""
        if isinstance(self.operation, Rename | Deactivate) and self.accepted:
            key = self.operation.asset
            yield from ((was, shown) for was, shown in self.beside() if shown.key == key)


Law = finding.Law[Scene]
