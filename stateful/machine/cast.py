"""Who plays in a history: accounts, assets and changes, made when they are first needed.

Decides which of them a slot stands for, so that a drawn number always means something and a
history that is shorter needs fewer of them. Nothing made here is looked at: that is for the plays.
"""

from __future__ import annotations

from typing import Final

from stateful.machine.exchanges import Abandoned
from stateful.machine.palette import DESCRIPTION, LONG_AGO, NOTED, WHENS, Counter, members_of
from stateful.machine.stage import Stage
from stateful.model.books import Asset, Change
from stateful.model.outlook import Outcome
from stateful.model.words import MOVES, Effect, Part
from stateful.operations import CreateAsset, OpenAccount, Record, Role, Template

_PLAIN: Final = "asset-1"
_DEPRECIABLE: Final = "asset-2"
_SHARING: Final = "asset-3"  # its accumulated account is the second asset's

_ROLES: Final = {Counter.EXPENSE: Role.EXPENSE, Counter.FUNDING: Role.FUNDING, Counter.SURPLUS: Role.SURPLUS}


def account(stage: Stage, role: Role, number: int = 1) -> str:
    """The kit's own account of that role, opened when it is first needed."""
    key = f"the {role.value} account" + ("" if number == 1 else f" {number}")
    if key not in stage.told:
        stage.carry_out(OpenAccount(key, role), look=False)
    return key


def counter(stage: Stage, which: Counter) -> str | Template:
    """A counter account."""
    if which is Counter.TEMPLATE_EXPENSE:
        return Template.EXPENSE
    if which is Counter.TEMPLATE_FUNDING:
        return Template.FUNDING
    return account(stage, _ROLES[which])


def asset(stage: Stage, slot: int, effect: Effect | None = None) -> Asset:
    """An active asset that can take the effect; the first of each is made when it is first needed."""
    needs_accumulated = effect is not None and MOVES[effect][1] is Part.ACCUMULATED
    keys = (_DEPRECIABLE, _SHARING) if needs_accumulated else (_PLAIN, _DEPRECIABLE, _SHARING)
    key = keys[slot % len(keys)]
    while key in stage.books.assets() and stage.books.assets()[key].archived:
        key += "-next"
    if key not in stage.books.assets():
        accumulated = None if key.startswith(_PLAIN) else account(stage, Role.ACCUMULATED)
        make_asset(stage, key, accumulated)
    return stage.books.assets()[key]


def make_asset(stage: Stage, key: str, accumulated: str | None = None) -> None:
    """Create an asset whose external id is its key."""
    members = members_of(key, 0)
    stage.carry_out(CreateAsset(key, key, members, accumulated), look=False)


def described_asset(stage: Stage, *, depreciable: bool) -> Asset:
    """A new asset of which every member is told, so that one that gets lost is missed."""
    key = f"described-{1 + sum(1 for known in stage.books.assets() if known.startswith('described'))}"
    accumulated = account(stage, Role.ACCUMULATED) if depreciable else None
    stage.carry_out(CreateAsset(key, key, members_of(key, 0, DESCRIPTION), accumulated), look=False)
    return stage.books.assets()[key]


def described_change(stage: Stage) -> Change:
    """A new value change of which every note is told, so that one that gets lost is missed."""
    key = next_change(stage)
    noted = Record(key, asset(stage, 0).key, Effect.IMPROVEMENT, 100, WHENS[0], Template.FUNDING, members=NOTED)
    if stage.carry_out(noted) is not Outcome.DONE:
        raise Abandoned("the play needs a value change that the target may refuse")
    return next(item for item in live(stage) if item.key == key)


def endow(stage: Stage, asset_key: str, minor: int) -> None:
    """Give an asset worth of `minor` from long ago, unless it has as much throughout.

    Only where the target keeps values above zero; elsewhere it would but lengthen the history.
    """
    if stage.judges.floors and stage.books.lowest(asset_key) < minor:
        key = next_change(stage)
        must(stage, Record(key, asset_key, Effect.REVALUATION_UP, minor, LONG_AGO, Template.FUNDING))


def must(stage: Stage, record: Record) -> None:
    """Record a value change that the play needs, without a look. Raises Abandoned where it is refused."""
    if stage.carry_out(record, look=False) is not Outcome.DONE:
        raise Abandoned("the play needs a value change that the target may refuse")


def next_change(stage: Stage) -> str:
    """A key that no value change of this history has had yet."""
    taken = {item.key for item in stage.books.posted()} | set(stage.told)
    return next(f"change-{number}" for number in range(1, len(taken) + 2) if f"change-{number}" not in taken)


def live(stage: Stage) -> list[Change]:
    """The live value changes, oldest first."""
    return [item for item in stage.books.live().values() if isinstance(item, Change)]


def change_of(stage: Stage, asset_key: str) -> Change:
    """A live value change of that asset, recorded where there is none."""
    if not stage.books.changes(asset_key):
        key = next_change(stage)
        record = Record(key, asset_key, Effect.IMPROVEMENT, 100, WHENS[0], Template.FUNDING, external=key)
        stage.carry_out(record)
    return stage.books.changes(asset_key)[-1]


def change(stage: Stage, slot: int) -> Change:
    """A live value change; one is recorded where there is none. 0 is the last, 1 the first, 2 the middle."""
    found = live(stage) or [change_of(stage, asset(stage, 0).key)]
    return (found[-1], found[0], found[len(found) // 2])[slot % 3]
