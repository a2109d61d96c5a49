"""What has been accepted so far, and every sum that follows from it.

Event-sourced: `Books` is a tuple of events and a few folds over it. There is no journal here: a
value change is one signed amount and two names of accounts. Figures are integer minor units,
debit-positive; a day is the calendar day on which something counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from stateful.model.words import MOVES, Basis, Effect, Part


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset: the account that is its own, and the accumulated account in force, if any."""

    key: str
    account: str
    accumulated: str | None = None
    archived: bool = False

    def part(self, effect: Effect) -> str | None:
        """The account that `effect` moves; None where the asset lacks it."""
        return self.accumulated if MOVES[effect][1] is Part.ACCUMULATED else self.account


@dataclass(frozen=True, slots=True)
class Change:
    """A live value change. `against` is the asset's account that it moved when it was posted.

    late: its instant is not the very start of its day.
    """

    key: str
    asset: str
    effect: Effect
    minor: int
    day: date
    counter: str
    against: str
    late: bool = False

    @property
    def bases(self) -> tuple[Basis, ...]:
        """Value changes are not recognised in cash-basis books (rules C1, C2)."""
        return (Basis.ACCRUAL,)

    @property
    def shifts(self) -> tuple[tuple[str, int], ...]:
        """What it adds to which account."""
        signed = MOVES[self.effect][0].value * self.minor
        return ((self.against, signed), (self.counter, -signed))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something posted to accounts directly: the caller's own lines, debit-positive."""

    key: str
    day: date
    shifts: tuple[tuple[str, int], ...]
    late: bool = False

    @property
    def bases(self) -> tuple[Basis, ...]:
        """What is posted directly stands in both books."""
        return (Basis.ACCRUAL, Basis.CASH)


Item = Change | Entry


@dataclass(frozen=True, slots=True)
class Convention:
    """What documents leave open about a figure at the start of a day (DECISIONS.md 5 and 6).

    whole_day: what falls later on that day counts too. voids_now, amends_now: what was voided, or was
    posted anew, ends today and not on its own day, so that earlier figures still hold it.
    """

    whole_day: bool = True
    voids_now: bool = False
    amends_now: bool = False


USUAL = Convention()


@dataclass(frozen=True, slots=True)
class Opened:
    """An asset has been created, or its record replaced by this one."""

    asset: Asset


@dataclass(frozen=True, slots=True)
class Posted:
    """An item counts from its day on."""

    item: Item


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The item of that key no longer counts: voided, reversed, or about to be posted anew."""

    key: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Days before this one take no posting; None opens the books."""

    before: date | None


Event = Opened | Posted | Withdrawn | Closed


@dataclass(frozen=True, slots=True)
class Books:
    """The events so far. Every question is a fold over them."""

    events: tuple[Event, ...] = field(default=())

    def after(self, *events: Event) -> Books:
        """These books with more events."""
        return replace(self, events=self.events + events)

    def assets(self) -> dict[str, Asset]:
        """Every asset as it is now, in order of creation."""
        return {event.asset.key: event.asset for event in self.events if isinstance(event, Opened)}

    def live(self) -> dict[str, Item]:
        """What counts now, in order of first posting."""
        found: dict[str, Item | None] = {}
        for event in self.events:
            if isinstance(event, Posted):
                found[event.item.key] = event.item
            elif isinstance(event, Withdrawn):
                found[event.key] = None
        return {key: item for key, item in found.items() if item is not None}

    def changes(self, asset: str) -> tuple[Change, ...]:
        """The live value changes of one asset, in order of first posting."""
        return tuple(item for item in self.live().values() if isinstance(item, Change) and item.asset == asset)

    def posted(self) -> tuple[Item, ...]:
        """Everything that was ever posted, withdrawn or not."""
        return tuple(event.item for event in self.events if isinstance(event, Posted))

    def withdrawn(self) -> frozenset[str]:
        """The keys that were posted once and no longer count."""
        return frozenset(item.key for item in self.posted()) - self.live().keys()

    def closed_before(self) -> date | None:
        """The first open day, if earlier days are closed."""
        closings = [event.before for event in self.events if isinstance(event, Closed)]
        return closings[-1] if closings else None

    def balance(
        self,
        account: str,
        on: date | None = None,
        basis: Basis = Basis.ACCRUAL,
        convention: Convention = USUAL,
    ) -> int:
        """The account's balance as of day `on`, a day in the past, or of everything (rule O1)."""
        items: Iterable[Item] = self.live().values() if on is None else self._held(convention)
        return sum(
            minor
            for item in items
            if basis in item.bases and (on is None or _counts(item, on, convention))
            for name, minor in item.shifts
            if name == account
        )

    def blurred(self, on: date) -> bool:
        """Whether something was ever posted whose time of day or offset may carry it into or out of `on`."""
        return any(item.late and abs((item.day - on).days) <= 1 for item in self.posted())

    def accumulated(self, asset: str, on: date | None = None) -> int:
        """The asset's own part of its accumulated account, as a positive amount."""
        return -self._part(asset, Part.ACCUMULATED, on)

    def carrying(self, asset: str, on: date | None = None) -> int:
        """The carrying value: the asset's own account less its part of the accumulated one (V1)."""
        owned = self.balance(self.assets()[asset].account, on)
        return owned + self._part(asset, Part.ACCUMULATED, on)

    def lowest(self, asset: str) -> int:
        """The lowest carrying value at the end of any day, or with no day at all: zero."""
        account = self.assets()[asset].account
        days = {
            item.day
            for item in self.live().values()
            if (isinstance(item, Change) and item.asset == asset) or account in dict(item.shifts)
        }
        return min((self.carrying(asset, day) for day in days), default=0)

    def volume(self) -> int:
        """The amounts of everything that is live, whatever their direction."""
        return sum(abs(minor) for item in self.live().values() for _, minor in item.shifts) // 2

    def _held(self, convention: Convention) -> Iterator[Item]:
        """What a figure at a day of the past may hold."""
        live, posted = self.live(), self.posted()
        for place, item in enumerate(posted):
            if any(later.key == item.key for later in posted[place + 1 :]):
                kept = convention.amends_now
            else:
                kept = convention.voids_now or item.key in live
            if kept:
                yield item

    def _part(self, asset: str, part: Part, on: date | None) -> int:
        counted = (change for change in self.changes(asset) if on is None or change.day <= on)
        return sum(
            MOVES[change.effect][0].value * change.minor for change in counted if MOVES[change.effect][1] is part
        )


def _counts(item: Item, on: date, convention: Convention) -> bool:
    return item.day < on or (item.day == on and (convention.whole_day or not item.late))
