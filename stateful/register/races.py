"""Part C, races of registers: the same number or name, and changes of one asset, from many clients at once.

Decides what is raced and what must hold afterwards in whatever order the target took the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from contract_tests.session import Session
from contract_tests.verdict import Goal, Level, Rule
from stateful.model.records import Value, same
from stateful.racing import CLIENTS, Outcome, Race, Raced, goals_of, hold_all
from stateful.register import operations as op
from stateful.register.operations import Operation, PutAsset, PutType, ReadList
from stateful.register.palette import KINDS, PLANS
from stateful.register.plays import new_asset, new_type, walked
from stateful.register.run import Run
from stateful.register.sights import SeenAsset, SeenEntries, SeenTypes
from stateful.register.stage import Stage
from stateful.rules.finding import money

ONE_ASSET: Final = Rule(
    "K1",
    Level.MUST,
    "The same number, sent by many clients at once, makes one asset",
    "The API documents numbers as unique",
)
ONE_TYPE: Final = Rule(
    "K2",
    Level.MUST,
    "The same name of a type, sent by many clients at once, makes one type",
    "The API documents names of types as unique",
)
NO_LOSS: Final = Rule(
    "K3", Level.MUST, "Assets created at once are all there: none is lost", "A create that is accepted makes an asset"
)
ALL_KEPT: Final = Rule(
    "K4",
    Level.MUST,
    "Changes of different members of one asset at once are all kept, where an update keeps what it does not send",
    "A change that is accepted is stored",
)
ONE_WHOLE: Final = Rule(
    "K5",
    Level.MUST,
    "Of changes of the same members at once one is kept, and kept whole",
    "A change that is accepted is stored",
)
ONE_RUN: Final = Rule(
    "K6",
    Level.MUST,
    "Depreciation that many clients run at once charges every month once",
    "A run through a day that has been run charges nothing twice (IAS 16.50)",
)
ONE_MOVE: Final = Rule(
    "K7",
    Level.MUST,
    "An asset that many clients register, or dispose of, at once is bought and cleared once",
    "V1 and X3, at once",
)

OF_CONTROL: Final = (ONE_RUN, ONE_MOVE)
"""Rules of races between what an API's screens do."""

RULES: Final = (ONE_ASSET, ONE_TYPE, NO_LOSS, ALL_KEPT, ONE_WHOLE, *OF_CONTROL)


def goals(quick: bool) -> tuple[Goal, ...]:
    """How many races must really have overlapped before a rule may pass."""
    return goals_of(RULES, quick=quick)


def judge(session: Session, run: Run, until: float) -> None:
    """Race until then on the session's clock, each kind once at least. Raises Unreachable."""
    hold_all(session, run, (*_RACES, *(_RACES_OF_CONTROL if run.control else ())), until)


def _same_number(stage: Stage) -> list[Operation]:
    members = {op.NAME: "raced", op.NUMBER: stage.names.external("raced")}
    return [PutAsset(f"raced-{client}", members) for client in range(CLIENTS)]


def _is_one_asset(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    accepted = [place for _, place in raced.accepted()]
    if not accepted:
        return
    seen = f"{len(accepted)} of {CLIENTS} clients were told that they have made an asset with one number"
    yield ONE_ASSET, seen, "one", tuple(accepted), len(accepted) == 1
    walk = walked(stage, ReadList(page=1, size=200, text=stage.names.external("raced")))
    if walk.pages:
        yield ONE_ASSET, f"{len(walk.rows)} assets with the number are listed", "one", walk.at, len(walk.rows) == 1


def _same_name(stage: Stage) -> list[Operation]:
    members = {op.NAME: stage.names.external("raced type"), **KINDS[0]}
    return [PutType(f"raced-{client}", members) for client in range(CLIENTS)]


def _is_one_type(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    listed = stage.transcript.read(op.ReadTypes())
    if isinstance(listed, SeenTypes) and any(raced.accepted()):
        rows = [row for row in listed.rows if row.members.get(op.NAME) == stage.names.external("raced type")]
        yield ONE_TYPE, f"{len(rows)} types of that name are listed", "one", (listed.at,), len(rows) == 1


def _many_assets(stage: Stage) -> list[Operation]:
    number = stage.names.external
    return [PutAsset(f"raced-{n}", {op.NAME: "raced", op.NUMBER: number(f"many-{n}")}) for n in range(CLIENTS)]


def _is_complete(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    ids = {}
    for operation, place in raced.accepted():
        shown = stage.transcript.sight(operation, place)
        if isinstance(shown, SeenAsset):
            ids[shown.id] = operation.asset
    count = sum(1 for _ in raced.accepted())
    yield NO_LOSS, f"{count} accepted creates made {len(ids)} assets", f"{count}", raced.places, len(ids) == count
    walk = walked(stage, ReadList(page=1, size=200, text=stage.names.external("many-")))
    missing = sorted(name for found, name in ids.items() if found not in {row.id for row in walk.rows})
    if walk.complete:
        yield NO_LOSS, f"{', '.join(missing)} is not listed", "every asset", (*raced.places, *walk.at), not missing


_PARTS: Final[tuple[dict[str, Value], ...]] = (
    {op.DESCRIPTION: "raced"},
    {op.SERIAL: "raced-1"},
    {op.WARRANTY: "2031-01-01T00:00:00"},
    {op.PRICE: 123_400},
    {op.PURCHASED: date(2022, 2, 28)},
    {op.DISPOSAL_PRICE: 5_600},
)


def _different_members(stage: Stage) -> list[Operation]:
    key = new_asset(stage, {op.DESCRIPTION: "before", op.SERIAL: "before"})
    kept = stage.known[key].members
    usual = {op.NAME: kept[op.NAME], op.NUMBER: kept[op.NUMBER]}
    stage.carry_out(PutAsset(key, {**usual, op.SERIAL: "again"}, new=False))
    return [PutAsset(key, {**usual, **_PARTS[n % len(_PARTS)]}, new=False) for n in range(CLIENTS)]


def _is_all_kept(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    key = raced.operations[0].asset
    if op.DESCRIPTION not in stage.known[key].members:
        return  # an update clears what it does not send, which is not ours to judge
    shown = stage.transcript.read(op.ReadAsset(key))
    if isinstance(shown, SeenAsset):
        sent: dict[str, Value] = {}
        for operation, _place in raced.accepted():
            sent |= operation.members
        lost = sorted(name for name, value in sent.items() if not same(shown.members.get(name), value))
        places = (*raced.places, shown.at)
        yield ALL_KEPT, f"{', '.join(lost)} of {key} is not as it was sent", "every change", places, not lost


def _same_members(stage: Stage) -> list[Operation]:
    key = new_asset(stage, {})
    number = stage.known[key].members[op.NUMBER]
    return [
        PutAsset(key, {op.NAME: f"raced {n}", op.NUMBER: number, op.DESCRIPTION: f"raced {n}"}, new=False)
        for n in range(CLIENTS)
    ]


def _is_one_whole(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    shown = stage.transcript.read(op.ReadAsset(raced.operations[0].asset))
    if isinstance(shown, SeenAsset):
        name, description = shown.members.get(op.NAME), shown.members.get(op.DESCRIPTION)
        seen = f"the name is {name!r} and the description {description!r}"
        whole = any(operation.members[op.NAME] == name == description for operation, _ in raced.accepted())
        yield ONE_WHOLE, seen, "both of one call", (*raced.places, shown.at), whole


_PRICE: Final = 196_999


def _in_use(stage: Stage, *, registered: bool) -> str:
    """An asset in an organisation of its own, from the start of 2020 on; or a draft that may become one."""
    stage.open_organisation(date(2018, 1, 1), 12)
    facts = {op.TYPE: new_type(stage), op.PRICE: _PRICE, op.PURCHASED: date(2020, 1, 1), **PLANS[0]}
    key = new_asset(stage, facts)
    if registered:
        stage.move(op.Register(key))
    return key


def _same_run(stage: Stage) -> list[Operation]:
    _in_use(stage, registered=True)
    return [op.Depreciate(date(2020, 12, 31))] * CLIENTS


def _is_one_run(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    (key,) = (key for key in stage.known if key.startswith("asset"))
    posted = stage.transcript.read(op.ReadEntries(key))
    if isinstance(posted, SeenEntries) and stage.accounts is not None and any(raced.accepted()):
        days = [entry.on for entry in posted.rows if entry.net(stage.accounts.accumulated)]
        twice = sorted({f"{day}" for day in days if days.count(day) > 1})
        seen = f"{len(days)} charges, of which {', '.join(twice[:2])} has more than one"
        yield ONE_RUN, seen, "one a month", (*raced.places, posted.at), not twice


def _same_entry(stage: Stage) -> list[Operation]:
    return [op.Register(_in_use(stage, registered=False))] * CLIENTS


def _same_sale(stage: Stage) -> list[Operation]:
    key = _in_use(stage, registered=True)
    return [op.Dispose(key, date(2021, 3, 31), _PRICE // 2)] * CLIENTS


def _stands_at(minor: int) -> Callable[[Stage, Raced], Iterator[Outcome]]:
    def judge(stage: Stage, raced: Raced) -> Iterator[Outcome]:
        posted = stage.transcript.read(op.ReadEntries(raced.operations[0].asset))
        if isinstance(posted, SeenEntries) and stage.accounts is not None and any(raced.accepted()):
            cost = sum(entry.net(stage.accounts.cost) for entry in posted.rows)
            seen = f"the cost stands at {money(cost)} after {len(posted.rows)} journals"
            yield ONE_MOVE, seen, money(minor), (*raced.places, posted.at), cost == minor

    return judge


_RACES_OF_CONTROL: Final = (
    Race((ONE_RUN,), _same_run, _is_one_run),
    Race((ONE_MOVE,), _same_entry, _stands_at(_PRICE)),
    Race((ONE_MOVE,), _same_sale, _stands_at(0)),
)

_RACES: Final = (
    Race((ONE_ASSET,), _same_number, _is_one_asset),
    Race((ONE_TYPE,), _same_name, _is_one_type),
    Race((NO_LOSS,), _many_assets, _is_complete),
    Race((ALL_KEPT,), _different_members, _is_all_kept),
    Race((ONE_WHOLE,), _same_members, _is_one_whole),
)
