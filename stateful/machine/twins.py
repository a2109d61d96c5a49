"""Plays that compare two ways to the same figures, without asking the model (M1 M3 M4 M5 M6 M8 M9).

Decides what each of the two ways is. Which figures are equal is what `rules.relations` claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, Probe, lines_of
from stateful.machine.palette import Amount, Counter
from stateful.machine.stage import Stage
from stateful.model.outlook import Outcome
from stateful.model.records import Value
from stateful.model.words import Basis, Effect
from stateful.operations import ReadTrial, Role, Template
from stateful.rules.law import Pair
from stateful.sights import SeenLines


class Relation(Enum):
    """The relations that take two assets. The value is the rule's id."""

    REORDERED = "M1"
    AMENDED = "M4"
    SPLIT = "M5"
    SCALED = "M9"


@dataclass(frozen=True, slots=True)
class Event:
    """One value change of a twin."""

    effect: Effect
    minor: int
    when: datetime


_FACTOR: Final = 3
_BY: Final = {
    Relation.REORDERED: ("in one order", "in the other"),
    Relation.AMENDED: ("recorded as it is", "recorded otherwise and amended"),
    Relation.SPLIT: ("in two changes", "in one with their sum"),
    Relation.SCALED: ("as drawn", f"with all amounts times {_FACTOR}"),
}


@dataclass(frozen=True, slots=True)
class Comparing:
    """Give two new assets changes that a relation says come to the same."""

    relation: Relation
    events: tuple[Event, ...]
    counter: Counter

    def play(self, stage: Stage) -> None:
        """Two assets, their changes, and a look at the accounts of both."""
        depreciable = any(event.effect is Effect.DEPRECIATION for event in self.events)
        counter = cast.counter(stage, self.counter)
        number = sum(1 for key in stage.books.assets() if key.startswith("twin"))
        twins = (f"twin-{number + 1}", f"twin-{number + 2}")
        for place, twin in enumerate(twins, start=number + 1):
            accumulated = cast.account(stage, Role.ACCUMULATED, place + 10) if depreciable else None
            cast.make_asset(stage, twin, accumulated)
        worth = 2 * sum(event.minor for event in self.events)
        for place, twin in enumerate(twins):
            cast.endow(stage, twin, worth * (_FACTOR if place and self.relation is Relation.SCALED else 1))
        _MAKERS[self.relation](stage, twins, self.events, counter)
        figures = [_figures(stage, twin) for twin in twins]
        scale = _FACTOR if self.relation is Relation.SCALED else 1
        at = (*figures[0][1], *figures[1][1])
        stage.look(pairs=[Pair(self.relation.value, figures[0][0], figures[1][0], _BY[self.relation], scale, at)])


def _record(stage: Stage, asset: str, event: Event, counter: Template | str) -> str:
    key = cast.next_change(stage)
    cast.must(stage, op.Record(key, asset, event.effect, event.minor, event.when, counter))
    return key


def _reordered(stage: Stage, twins: tuple[str, str], events: tuple[Event, ...], counter: Template | str) -> None:
    for event in events:
        _record(stage, twins[0], event, counter)
    for event in reversed(events):
        _record(stage, twins[1], event, counter)


def _amended(stage: Stage, twins: tuple[str, str], events: tuple[Event, ...], counter: Template | str) -> None:
    for event in events:
        _record(stage, twins[0], event, counter)
    others = events[1:] + events[:1]
    for event, other in zip(events, others, strict=True):
        key = _record(stage, twins[1], Event(other.effect, event.minor + 1, other.when), counter)
        effect = event.effect if event.effect is not other.effect else None
        when = event.when if event.when != other.when else None
        stage.carry_out(op.Amend(key, effect=effect, minor=event.minor, instant=when), look=False)


def _split(stage: Stage, twins: tuple[str, str], events: tuple[Event, ...], counter: Template | str) -> None:
    for event in events:
        part = event.minor // 3
        for minor in (part, event.minor - part):
            if minor:
                _record(stage, twins[0], Event(event.effect, minor, event.when), counter)
        _record(stage, twins[1], event, counter)


def _scaled(stage: Stage, twins: tuple[str, str], events: tuple[Event, ...], counter: Template | str) -> None:
    for event in events:
        _record(stage, twins[0], event, counter)
        _record(stage, twins[1], Event(event.effect, event.minor * _FACTOR, event.when), counter)


_MAKERS: Final = {
    Relation.REORDERED: _reordered,
    Relation.AMENDED: _amended,
    Relation.SPLIT: _split,
    Relation.SCALED: _scaled,
}


def _figures(stage: Stage, twin: str) -> tuple[dict[str, Value], tuple[int, ...]]:
    """What a twin's accounts show, by what they are to it, and where."""
    asset = stage.books.assets()[twin]
    figures: dict[str, Value] = {}
    places = []
    for name, account in (("at cost", asset.account), ("accumulated", asset.accumulated)):
        seen = None if account is None else stage.look(lines_of(account)).get(lines_of(account))
        if isinstance(seen, SeenLines):
            figures[name] = seen.balance
            places.append(seen.at)
    return figures, tuple(places)


@dataclass(frozen=True, slots=True)
class Vanishing:
    """Record a change and void it again; look at account and cash books before, between and after."""

    slot: int
    effect: Effect
    amount: Amount
    when: datetime
    counter: Counter

    def play(self, stage: Stage) -> None:
        """The figures at the end are those of the start (M3), the cash books' throughout (M8)."""
        asset = cast.asset(stage, self.slot, self.effect)
        counter = cast.counter(stage, self.counter)
        minor = self.amount.resolve(stage.books.carrying(asset.key))
        cast.endow(stage, asset.key, 2 * minor)
        against = asset.part(self.effect)
        stage.look(ReadTrial(FOREVER, Basis.CASH), *([] if against is None else [lines_of(against)]))
        key = cast.next_change(stage)
        record = op.Record(key, asset.key, self.effect, minor, self.when, counter)
        stated = (op.ReadBalances(),)  # before the void, too: who remembers them, shows it
        if stage.carry_out(record, Probe.CASH, readings=stated) is Outcome.DONE:
            stage.carry_out(op.Void(key), Probe.CASH, readings=stated)


@dataclass(frozen=True, slots=True)
class Bystanding:
    """Record a change of one asset while another one is looked at (M6)."""

    effect: Effect
    amount: Amount
    when: datetime
    void: bool = False

    def play(self, stage: Stage) -> None:
        """The other asset's account, before and after."""
        bystander = cast.asset(stage, 0)
        other = cast.asset(stage, 1, self.effect)
        cast.endow(stage, other.key, 2 * self.amount.resolve(stage.books.carrying(other.key)))
        accounts = [lines_of(account) for account in (bystander.account, bystander.accumulated) if account]
        if not all(account in stage.memory.standing(stage.books) for account in [bystander.account]):
            stage.look(*accounts)
        key = cast.next_change(stage)
        minor = self.amount.resolve(stage.books.carrying(other.key))
        counter = cast.counter(stage, Counter.TEMPLATE_EXPENSE)
        record = op.Record(key, other.key, self.effect, minor, self.when, counter)
        if stage.carry_out(record, readings=accounts) is Outcome.DONE and self.void:
            stage.carry_out(op.Void(key), readings=accounts)
