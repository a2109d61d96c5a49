"""The plays about the books themselves: post and reverse directly, read statements, date back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, Probe
from stateful.machine.palette import Amount, Counter
from stateful.machine.stage import Stage
from stateful.model.words import Basis, Effect


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
        funding = cast.account(stage, op.Role.FUNDING)
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
