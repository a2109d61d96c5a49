"""The plays of ordinary life: record, amend, void, send again, upsert, archive, post directly.

A play is one drawn step, as plain data that means something in every state; carrying it out makes
the operations that it stands for. The fields' first values are what shrinking ends at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Protocol

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, Probe
from stateful.machine.palette import WHENS, Amount, Counter, members_of
from stateful.machine.stage import Stage
from stateful.model.outlook import Outcome
from stateful.model.words import Basis, Effect
from stateful.operations import MEMO, Members, Role


class Play(Protocol):
    """One step of a history."""

    def play(self, stage: Stage) -> None:
        """Carry it out. Raises Violation, Abandoned and what the driver raises."""


@dataclass(frozen=True, slots=True)
class Resting:
    """Do nothing. What shrinking makes of a step that does not matter; costs a target nothing."""

    def play(self, stage: Stage) -> None:
        """No call at all."""


class Named(Enum):
    """How a value change names its asset."""

    BY_ID = auto()
    BY_EXTERNAL = auto()
    BY_BOTH = auto()


@dataclass(frozen=True, slots=True)
class Recording:
    """Record a value change."""

    slot: int
    effect: Effect
    amount: Amount
    when: datetime
    counter: Counter
    named: Named = Named.BY_ID
    notes: Members = field(default_factory=dict)
    probe: Probe = Probe.NONE
    external: bool = False

    def play(self, stage: Stage) -> None:
        """One call, and what shows its effect; a second one where the first was rightly refused."""
        asset = cast.asset(stage, self.slot, self.effect)
        record = self._record(stage, asset.key)
        if stage.carry_out(record, self.probe, readings=_around(self.when)) is Outcome.REFUSED:
            # Some keep values above zero, some take one selector only: give it worth, name it once.
            cast.endow(stage, asset.key, 2 * record.minor - stage.books.lowest(asset.key))
            again = replace(self, named=Named.BY_ID)._record(stage, asset.key)
            stage.carry_out(replace(again, minor=record.minor), self.probe)

    def _record(self, stage: Stage, asset: str) -> op.Record:
        key = cast.next_change(stage)
        return op.Record(
            change=key,
            asset=asset,
            effect=self.effect,
            minor=self.amount.resolve(stage.books.carrying(asset)),
            instant=self.when,
            counter=cast.counter(stage, self.counter),
            external=key if self.external else None,
            by_id=self.named is not Named.BY_EXTERNAL,
            by_external=None if self.named is Named.BY_ID else asset,
            members=dict(self.notes),
        )


def _around(when: datetime) -> tuple[op.Reading, ...]:
    """What shows on which day an instant counts, where that is not plain: both sides of its midnight."""
    if when in WHENS:
        return ()
    day = op.day_of(when)
    return tuple(op.ReadTrial(on, Basis.ACCRUAL) for on in (day - timedelta(days=1), day))


class What(Enum):
    """What an amendment changes."""

    AMOUNT = auto()
    EFFECT = auto()
    DATE = auto()
    COUNTER = auto()
    ALL = auto()
    NOTES = auto()
    NOTHING = auto()  # a value that is equal to the stored one


@dataclass(frozen=True, slots=True)
class Amending:
    """Change what a live value change says."""

    slot: int
    what: What
    effect: Effect
    amount: Amount
    when: datetime
    counter: Counter
    notes: Members
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call, and what shows its effect."""
        change = cast.change(stage, self.slot)
        asset = stage.books.assets()[change.asset]
        fits = asset.part(self.effect) is not None and not asset.archived
        every = self.what is What.ALL
        minor = self.amount.resolve(stage.books.carrying(asset.key))
        amend = op.Amend(change.key, members=dict(self.notes))
        if fits and (every or self.what is What.EFFECT):
            amend = replace(amend, effect=self.effect)
        if every or self.what is What.AMOUNT:
            amend = replace(amend, minor=minor)
        if self.what is What.NOTHING:
            amend = replace(amend, minor=change.minor)
        if every or self.what is What.DATE:
            amend = replace(amend, instant=self.when)
        if every or self.what is What.COUNTER:
            amend = replace(amend, counter=cast.counter(stage, self.counter))
        if self.what is What.NOTES and not self.notes:
            amend = replace(amend, members={MEMO: "amended"})
        stage.carry_out(amend, self.probe)


@dataclass(frozen=True, slots=True)
class Voiding:
    """Void a live value change; perhaps a second time."""

    slot: int
    again: bool = False
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call or two, and what shows their effect."""
        change = cast.change(stage, self.slot)
        stage.carry_out(op.Void(change.key), self.probe)
        if self.again:
            stage.carry_out(op.Void(change.key), self.probe)


@dataclass(frozen=True, slots=True)
class Resending:
    """Send a value change again under the external id that it has."""

    effect: Effect
    amount: Amount
    when: datetime
    counter: Counter
    differing: bool = False
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """The same call twice; or the second with another amount."""
        asset = cast.asset(stage, 0, self.effect)
        key = cast.next_change(stage)
        minor = self.amount.resolve(stage.books.carrying(asset.key))
        against = cast.counter(stage, self.counter)
        record = op.Record(key, asset.key, self.effect, minor, self.when, against, external=key)
        if stage.carry_out(record) is Outcome.DONE:
            stage.carry_out(replace(record, minor=minor + self.differing), self.probe)


class Likeness(Enum):
    """How an external id resembles one that is taken."""

    NOT = auto()
    CASE = auto()
    LONGER = auto()
    SHORTER = auto()
    ACCENT = auto()

    def of(self, known: str, number: int) -> str:
        """An external id of that likeness."""
        return {
            Likeness.NOT: f"other-{number}",
            Likeness.CASE: known.upper(),
            Likeness.LONGER: f"{known}0",
            Likeness.SHORTER: known[:-1],
            Likeness.ACCENT: known.replace("a", "ä"),
        }[self]


@dataclass(frozen=True, slots=True)
class Creating:
    """Create an asset under an external id that resembles one that is taken."""

    like: Likeness
    members: Members
    depreciable: bool = False
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call; before it, where nothing is there to resemble, one for the first asset."""
        known = cast.asset(stage, 0)
        accumulated = cast.account(stage, Role.ACCUMULATED) if self.depreciable else None
        key = self.like.of(known.key, len(stage.books.assets()))
        if key not in stage.books.assets():
            members = members_of("Asset", 1, self.members)
            stage.carry_out(op.CreateAsset(key, key, members, accumulated), self.probe)


@dataclass(frozen=True, slots=True)
class Upserting:
    """Send a known external id of an asset again, with other members."""

    slot: int
    members: Members
    notes: Members
    kind: int = 0
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call, and the record that it leaves."""
        asset = cast.described_asset(stage, depreciable=self.slot == 1)
        members = members_of("Renamed", self.kind, self.members, self.notes)
        stage.carry_out(op.CreateAsset(asset.key, asset.key, members, asset.accumulated), self.probe)


@dataclass(frozen=True, slots=True)
class AmendingAsset:
    """Change members of an asset; perhaps give it another accumulated account."""

    slot: int
    members: Members
    notes: Members
    other_account: bool = False
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call, and the record that it leaves."""
        asset = cast.described_asset(stage, depreciable=self.slot == 1)
        other = cast.account(stage, Role.ACCUMULATED, 2) if self.other_account else None
        members = {**self.members, **self.notes} or {MEMO: "amended"}
        stage.carry_out(op.AmendAsset(asset.key, members, other), self.probe)


@dataclass(frozen=True, slots=True)
class Archiving:
    """Archive an asset that has worth; then perhaps once more, or void what it had."""

    slot: int
    again: bool = False
    void: bool = False
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """The change that gives it worth, and the calls that take it away."""
        asset = cast.asset(stage, self.slot)
        cast.change_of(stage, asset.key)
        if stage.carry_out(op.ArchiveAsset(asset.key), self.probe) is Outcome.REFUSED:
            return
        if self.again:
            stage.carry_out(op.ArchiveAsset(asset.key))
        changes = stage.books.changes(asset.key)
        if self.void and changes:
            stage.carry_out(op.Void(changes[0].key), self.probe)


@dataclass(frozen=True, slots=True)
class Posting:
    """Post to an asset's account directly, as a purchase does; then perhaps send it again, or reverse it."""

    slot: int
    minor: int
    when: datetime
    resend: bool = False
    reversals: int = 0
    probe: Probe = Probe.NONE

    def play(self, stage: Stage) -> None:
        """One call to three, and what shows their effect."""
        asset = cast.asset(stage, self.slot)
        funding = cast.account(stage, Role.FUNDING)
        key = f"entry-{1 + sum(1 for known in stage.told if known.startswith('entry-'))}"
        lines = ((asset.account, self.minor), (funding, -self.minor))
        post = op.Post(key, self.when, lines, external=key)
        stage.carry_out(post, self.probe)
        if self.resend:
            stage.carry_out(post)
        for number in range(self.reversals):
            stage.carry_out(op.Reverse(key, f"{key} reversed {number + 1}"), self.probe)


class Statement(Enum):
    """A statement to look at on its own."""

    TRIAL = auto()
    SHEET = auto()
    CASH_SHEET = auto()
    BALANCES = auto()
    ALL_BALANCES = auto()


@dataclass(frozen=True, slots=True)
class Stating:
    """Read a statement at a day."""

    statement: Statement
    when: datetime

    def play(self, stage: Stage) -> None:
        """One reading."""
        day = op.day_of(self.when)
        readings: dict[Statement, op.Reading] = {
            Statement.TRIAL: op.ReadTrial(day, Basis.ACCRUAL),
            Statement.SHEET: op.ReadSheet(day, Basis.ACCRUAL),
            Statement.CASH_SHEET: op.ReadSheet(FOREVER, Basis.CASH),
            Statement.BALANCES: op.ReadBalances(day),
            Statement.ALL_BALANCES: op.ReadBalances(),
        }
        stage.look(readings[self.statement])


@dataclass(frozen=True, slots=True)
class BackDating:
    """Record two changes, look at two days, record one in between, and look again."""

    slot: int
    effect: Effect
    amount: Amount
    whens: tuple[datetime, datetime, datetime]
    counter: Counter

    def play(self, stage: Stage) -> None:
        """The third change is judged against the figures of before it."""
        first, between, last = sorted(self.whens)
        asset = cast.asset(stage, self.slot, self.effect)
        against = cast.counter(stage, self.counter)
        cast.endow(stage, asset.key, 1_000_000)
        for when in (first, last):
            key = cast.next_change(stage)
            cast.must(stage, op.Record(key, asset.key, self.effect, 700, when, against))
        day = op.day_of(between)
        days = (day - timedelta(days=1), day, op.day_of(last))
        statements = tuple(op.ReadTrial(on, Basis.ACCRUAL) for on in dict.fromkeys(days))
        stage.look(*statements)
        minor = self.amount.resolve(stage.books.carrying(asset.key))
        key = cast.next_change(stage)
        record = op.Record(key, asset.key, self.effect, minor, between, against)
        stage.carry_out(record, readings=statements)
