"""The plays about value changes: record, amend, void, send again.

A play is one drawn step, as plain data that means something in every state; carrying it out makes
the operations that it stands for. The fields' first values are what shrinking ends at.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum, auto

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import Probe
from stateful.machine.palette import WHENS, Amount, Counter
from stateful.machine.stage import Stage
from stateful.model.outlook import Outcome
from stateful.model.words import Basis, Effect
from stateful.operations import MEMO, Members


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


def _between(day: date, when: datetime) -> tuple[op.Reading, ...]:
    """What shows on which of two days something counts: the earlier one."""
    other = op.day_of(when)
    return () if other == day else (op.ReadTrial(min(day, other), Basis.ACCRUAL),)


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
        if self.what is What.NOTES:
            self._note(stage)
            return
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
        # Another counter account or date shows there alone.
        probe = Probe.COUNTER if amend.counter is not None and self.probe is Probe.NONE else self.probe
        readings = () if amend.instant is None else _between(change.day, amend.instant)
        stage.carry_out(amend, probe, readings=readings)

    def _note(self, stage: Stage) -> None:
        """One note in place of another, on a change that has them all."""
        change = cast.described_change(stage)
        name, value = next(iter(self.notes.items()), (MEMO, "amended"))
        stage.carry_out(op.Amend(change.key, members={name: value}), self.probe)


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
