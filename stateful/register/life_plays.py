"""The plays about assets in use: what an API's screens do, in an organisation of the kit's own.

A run of depreciation is about a whole organisation, so that each play opens one. Every figure is judged
by `Stage.look_at_books`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

from stateful.machine.exchanges import Abandoned
from stateful.model.register_course import end_of_life, month_end
from stateful.register import operations as op
from stateful.register.books import plan_of
from stateful.register.operations import Flaw, Members, PutAsset
from stateful.register.plays import new_asset, new_type
from stateful.register.stage import Stage

_FIRST_DAY: Final = date(2018, 1, 1)
_LATEST: Final = date(2027, 12, 31)


class Pace(Enum):
    """How often depreciation is run."""

    ONCE = auto()
    YEARLY = auto()
    MONTHLY = auto()  # for the first months, then yearly


@dataclass(frozen=True, slots=True)
class Depreciating:
    """Register assets, run depreciation, perhaps take some back and run again; look at the books."""

    plans: tuple[Members, ...]
    price: int
    month: int = 12
    pace: Pace = Pace.ONCE
    paid: bool = True
    back: bool = False
    kept: bool = False  # whether the last of them is worth its whole price to the end
    again: bool = False  # whether the last run is made twice
    alone: bool = True  # whether the first of the plans is the only one

    def play(self, stage: Stage) -> None:
        """An organisation of its own, and a look after the last run or after each."""
        plans = self.plans[:1] if self.alone else self.plans
        if self.kept:
            last = {name: value for name, value in plans[-1].items() if name != op.LIMIT}
            plans = (*plans[:-1], {**last, op.RESIDUAL: self.price})
        keys = _registered(stage, plans, self.price, self.month, paid=self.paid)
        stage.look_at_books(*keys)
        for through in self._stops(stage, keys):
            stage.move(op.Depreciate(through))
            if self.pace is not Pace.ONCE:
                stage.look_at_books(*keys)
        if self.again:
            stage.move(op.Depreciate(_last(stage, keys)))
        stage.look_at_books(*keys)
        if self.back:
            middle = month_end(date(2021, 6, 1))
            stage.move(op.RollBack(middle))
            stage.look_at_books(*keys)
            stage.move(op.Depreciate(_last(stage, keys)))
            stage.look_at_books(*keys)

    def _stops(self, stage: Stage, keys: list[str]) -> list[date]:
        last, stops = _last(stage, keys), []
        if self.pace is Pace.MONTHLY:
            day = month_end(date(2020, 1, 1))
            for _ in range(6):
                stops.append(day)
                day = month_end(day + timedelta(days=1))
        day = stage.calendar.last_day(date(2020, 12, 31))
        while self.pace is not Pace.ONCE and day < last:
            stops.append(day)
            day = stage.calendar.last_day(day + timedelta(days=1))
        return [*stops, last]


@dataclass(frozen=True, slots=True)
class Late:
    """Run depreciation of one asset, and register another one that has been in use as long."""

    plan: Members
    price: int

    def play(self, stage: Stage) -> None:
        """A look as soon as it is registered, and after a further run."""
        (first,) = _registered(stage, (self.plan,), self.price, 12, paid=True)
        stage.move(op.Depreciate(date(2021, 12, 31)))
        facts = {name: value for name, value in stage.known[first].members.items() if name not in (op.NAME, op.NUMBER)}
        late = new_asset(stage, facts)
        stage.move(op.Register(late))
        stage.look_at_books(first, late)
        stage.move(op.Depreciate(date(2022, 12, 31)))
        stage.look_at_books(first, late)


@dataclass(frozen=True, slots=True)
class Disposing:
    """Register an asset, depreciate and sell it; run on, perhaps undo the sale."""

    plan: Members
    price: int
    on: date = date(2021, 8, 31)
    permille: int = 500  # of the price
    to_date: bool = True
    undo: bool = False

    def play(self, stage: Stage) -> None:
        """A look after the disposal, after a further run, and after it was undone."""
        (key,) = _registered(stage, (self.plan,), self.price, 12, paid=True)
        stage.move(op.Depreciate(date(2021, 6, 30)))
        stage.look_at_books(key)
        stage.move(op.Dispose(key, self.on, self.price * self.permille // 1000, self.to_date))
        stage.look_at_books(key)
        stage.look(*(op.ReadList(status) for status in op.Status))
        stage.move(op.Depreciate(date(2021, 12, 31)))
        stage.look_at_books(key)
        if self.undo:
            stage.move(op.UndoDisposal(key))
            stage.look_at_books(key)


@dataclass(frozen=True, slots=True)
class Locking:
    """Lock what has been posted, look, and unlock it; and try to change what is no draft."""

    plan: Members
    price: int

    def play(self, stage: Stage) -> None:
        """A look before, within and after the lock; then a change that has to be refused."""
        (key,) = _registered(stage, (self.plan,), self.price, 12, paid=False)
        stage.move(op.Depreciate(date(2021, 12, 31)))
        stage.look_at_books(key)
        stage.move(op.Lock(date(2021, 12, 31)))
        stage.look_at_books(key)
        stage.move(op.Lock(None))
        stage.look_at_books(key)
        members = {op.NAME: "refused", op.NUMBER: stage.known[key].members[op.NUMBER]}
        stage.carry_out(PutAsset(key, members, new=False, flaw=Flaw.NOT_A_DRAFT), op.ReadAsset(key))


def _registered(stage: Stage, plans: tuple[Members, ...], price: int, month: int, *, paid: bool) -> list[str]:
    """New assets in use in a new organisation. Raises Abandoned."""
    stage.open_organisation(_FIRST_DAY, month)
    kind = new_type(stage)
    keys = []
    for plan in plans:
        known = plan_of(plan)
        if known is None:
            raise Abandoned("the play needs a plan")
        facts = {op.TYPE: kind, op.PRICE: price, op.PURCHASED: known.start, **plan}
        keys.append(new_asset(stage, facts))
    for key in keys:
        stage.move(op.Register(key, paid))
    return keys


def _last(stage: Stage, keys: list[str]) -> date:
    """A financial year's end by which every life is over, or some years have gone by."""
    plans = [plan for key in keys if (plan := plan_of(stage.known[key].members)) is not None]
    ends = [end_of_life(replace(plan)) or plan.start.replace(day=1, year=plan.start.year + 5) for plan in plans]
    return min(stage.calendar.last_day(max(ends)), _LATEST)
