"""Plays at the edges: amounts at the end of 64 bits, closed periods, the other default basis.

Decides what they do; all of them put back what they have changed, for others use the business too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER
from stateful.machine.palette import Counter
from stateful.machine.stage import Stage
from stateful.model.outlook import Outcome
from stateful.model.records import Value
from stateful.model.words import INT64_MAX, Basis, Effect
from stateful.operations import ReadSheet, ReadTrial, Template
from stateful.rules.law import Pair
from stateful.sights import SeenTrial, Sight

_EDGES: Final = (
    (2**53 + 1, 2**53 + 3, 1),
    (2**62, 2**62, 1),
    (INT64_MAX, 1),
    (2**62, 2**62 - 1, 1),
    (2**62 + 1, 2**62 - 1, 2),
)
"""Amounts whose sums come to the edge of 64 bits, reach it, or would pass it."""


@dataclass(frozen=True, slots=True)
class Brimming:
    """Fill an account to the end of 64 bits and one step beyond (rule L8), then void it all."""

    edge: int
    effect: Effect
    counter: Counter

    def play(self, stage: Stage) -> None:
        """Amounts that go together to the edge, and what there is beyond."""
        asset = cast.asset(stage, 0, self.effect)
        counter = cast.counter(stage, self.counter)
        for minor in _EDGES[self.edge % len(_EDGES)]:
            key = cast.next_change(stage)
            when = datetime(2024, 5, 1, tzinfo=UTC)
            stage.carry_out(op.Record(key, asset.key, self.effect, minor, when, counter))
        tidy(stage)


def tidy(stage: Stage) -> None:
    """Void every large change, as a part of the history. Raises Violation."""
    for change in cast.live(stage):
        if change.key in stage.large:
            stage.carry_out(op.Void(change.key))


@dataclass(frozen=True, slots=True)
class Closing:
    """Close the books up to a day, try to post before it and on it, and open them again."""

    day: date
    effect: Effect

    def play(self, stage: Stage) -> None:
        """Refused before the day; carried out on it; notes may still be changed."""
        asset = cast.asset(stage, 0, self.effect)
        cast.endow(stage, asset.key, 10_000)
        before, on = (datetime.combine(self.day - timedelta(days=gap), time(), UTC) for gap in (1, 0))
        old = cast.next_change(stage)
        counter = Template.EXPENSE
        cast.must(stage, op.Record(old, asset.key, self.effect, 300, before, counter))
        stage.carry_out(op.Configure(closed_before=self.day), look=False)
        try:
            late = op.Record(cast.next_change(stage), asset.key, self.effect, 100, before, counter)
            stage.carry_out(late)
            stage.carry_out(op.Amend(old, minor=301))
            stage.carry_out(op.Void(old))
            stage.carry_out(op.Record(cast.next_change(stage), asset.key, self.effect, 100, on, counter))
        finally:
            stage.restore()
        stage.carry_out(op.Void(old))


@dataclass(frozen=True, slots=True)
class OtherBasis:
    """Let reports default to the cash basis: what is posted stays accrual only."""

    effect: Effect

    def play(self, stage: Stage) -> None:
        """A change under the other default, and statements that name no basis."""
        asset = cast.asset(stage, 0, self.effect)
        cast.endow(stage, asset.key, 10_000)
        stage.carry_out(op.Configure(basis=Basis.CASH), look=False)
        try:
            when = datetime(2024, 5, 1, tzinfo=UTC)
            key = cast.next_change(stage)
            record = op.Record(key, asset.key, self.effect, 100, when, Template.EXPENSE)
            if stage.carry_out(record) is Outcome.DONE:
                ways = (ReadTrial(FOREVER, Basis.CASH), ReadTrial(FOREVER))
                read = stage.look(*ways, ReadSheet(FOREVER))
                one, other = (_rows(read.get(way), asset.account) for way in ways)
                by = ("on the cash basis", "without a basis, which is the cash basis now")
                stage.look(pairs=[Pair("M8", one, other, by)])
        finally:
            stage.restore()


def _rows(trial: Sight | None, account: str) -> dict[str, Value]:
    return {account: trial.rows.get(account, 0)} if isinstance(trial, SeenTrial) else {}
