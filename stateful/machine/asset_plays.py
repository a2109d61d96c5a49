"""The plays about assets' records: create, send again, amend, archive."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import Probe
from stateful.machine.palette import members_of
from stateful.machine.stage import Stage
from stateful.model.outlook import Outcome
from stateful.operations import MEMO, Members, Role


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
