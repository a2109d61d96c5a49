"""Calls that must be refused: one flaw each, and everything around it read before and after.

Decides which flaws are tried on which operation. How a flaw is spelled is the dialect's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import lines_of
from stateful.machine.palette import WHENS, members_of
from stateful.machine.stage import Stage
from stateful.model.outlook import Objection
from stateful.model.words import Effect
from stateful.operations import NAME, Listing, Reading, Role, Template


class On(Enum):
    """The operation that a flaw is written into."""

    RECORD = auto()
    AMEND = auto()
    VOID = auto()
    CREATE = auto()
    UPSERT = auto()
    AMEND_ASSET = auto()
    POST = auto()


@dataclass(frozen=True, slots=True)
class Wrong:
    """One way of being wrong. `minor`: the amount that is the flaw, where an amount is."""

    on: On
    objection: Objection
    minor: int = 100

    def play(self, stage: Stage) -> None:
        """Read, send the flawed call, and read again."""
        operation, readings = _MAKERS[self.on](stage, self)
        unread = [reading for reading in readings if not stage.memory.keeps(reading)]
        if unread:
            stage.look(*unread)
        stage.carry_out(operation, look=False, readings=readings)

    @property
    def flaw(self) -> Objection | None:
        """What the dialect has to spoil; None where the books object by themselves."""
        return None if self.objection in _BY_THE_BOOKS else self.objection


_BY_THE_BOOKS: Final = frozenset(
    {
        Objection.NO_ACCUMULATED,
        Objection.NOT_POSITIVE,
        Objection.BEYOND_INT64,
        Objection.SAME_ACCOUNT,
        Objection.ARCHIVED_ASSET,
        Objection.ARCHIVED_UPSERT,
        Objection.ARCHIVED_PATCH,
        Objection.VOIDED,
        Objection.UNBALANCED,
    }
)

WRONGS: Final = (
    Wrong(On.RECORD, Objection.NO_ACCUMULATED),
    Wrong(On.RECORD, Objection.NO_ASSET),
    Wrong(On.RECORD, Objection.TWO_ASSETS),
    Wrong(On.RECORD, Objection.UNKNOWN_ASSET),
    Wrong(On.RECORD, Objection.UNKNOWN_ASSET_EXTERNAL),
    Wrong(On.RECORD, Objection.UNKNOWN_ACCOUNT),
    Wrong(On.RECORD, Objection.UNKNOWN_ACCOUNT_NAME),
    Wrong(On.RECORD, Objection.UNKNOWN_EFFECT),
    Wrong(On.RECORD, Objection.NOT_POSITIVE, 0),
    Wrong(On.RECORD, Objection.NOT_POSITIVE, -5),
    Wrong(On.RECORD, Objection.BEYOND_INT64, 2**63),
    Wrong(On.RECORD, Objection.NO_AMOUNT),
    Wrong(On.RECORD, Objection.NULL_AMOUNT),
    Wrong(On.RECORD, Objection.TEXT_AMOUNT),
    Wrong(On.RECORD, Objection.FRACTION),
    Wrong(On.RECORD, Objection.IMPOSSIBLE_DAY),
    Wrong(On.RECORD, Objection.SAME_ACCOUNT),
    Wrong(On.RECORD, Objection.ARCHIVED_ASSET),
    Wrong(On.AMEND, Objection.NO_ACCUMULATED),
    Wrong(On.AMEND, Objection.UNKNOWN_ACCOUNT),
    Wrong(On.AMEND, Objection.UNKNOWN_ACCOUNT_NAME),
    Wrong(On.AMEND, Objection.UNKNOWN_EFFECT),
    Wrong(On.AMEND, Objection.NOT_POSITIVE, 0),
    Wrong(On.AMEND, Objection.BEYOND_INT64, 2**63),
    Wrong(On.AMEND, Objection.TEXT_AMOUNT),
    Wrong(On.AMEND, Objection.FRACTION),
    Wrong(On.AMEND, Objection.IMPOSSIBLE_DAY),
    Wrong(On.AMEND, Objection.UNKNOWN_CHANGE),
    Wrong(On.AMEND, Objection.VOIDED),
    Wrong(On.VOID, Objection.UNKNOWN_CHANGE),
    Wrong(On.CREATE, Objection.NO_NAME),
    Wrong(On.CREATE, Objection.UNKNOWN_KIND),
    Wrong(On.CREATE, Objection.UNKNOWN_ACCOUNT),
    Wrong(On.CREATE, Objection.UNKNOWN_ACCOUNT_NAME),
    Wrong(On.UPSERT, Objection.UNKNOWN_KIND),
    Wrong(On.UPSERT, Objection.UNKNOWN_ACCOUNT),
    Wrong(On.UPSERT, Objection.ARCHIVED_UPSERT),
    Wrong(On.AMEND_ASSET, Objection.UNKNOWN_ACCOUNT),
    Wrong(On.AMEND_ASSET, Objection.ARCHIVED_PATCH),
    Wrong(On.POST, Objection.UNBALANCED),
    Wrong(On.POST, Objection.ONE_LINE),
    Wrong(On.POST, Objection.UNKNOWN_ACCOUNT),
)

TRIED: Final = frozenset(wrong.objection for wrong in WRONGS)
"""Every objection that is raised on purpose."""


@dataclass(frozen=True, slots=True)
class Erring:
    """Several calls in a row that must be refused."""

    wrongs: tuple[Wrong, ...]

    def play(self, stage: Stage) -> None:
        """One after the other; what was read after one is what was read before the next."""
        for wrong in self.wrongs:
            wrong.play(stage)


Made = tuple[op.Writing, tuple[Reading, ...]]


def _record(stage: Stage, wrong: Wrong) -> Made:
    on = cast.asset(stage, 0)
    if wrong.objection is Objection.ARCHIVED_ASSET:
        stage.carry_out(op.ArchiveAsset(on.key), look=False)
    key = cast.next_change(stage)
    unknown, two = Objection.UNKNOWN_ASSET_EXTERNAL, Objection.TWO_ASSETS
    by_external = {unknown: "nobody", two: cast.asset(stage, 1).key if wrong.objection is two else None}
    needs_accumulated = wrong.objection is Objection.NO_ACCUMULATED
    record = op.Record(
        change=key,
        asset=on.key,
        effect=Effect.DEPRECIATION if needs_accumulated else Effect.IMPROVEMENT,
        minor=wrong.minor,
        instant=WHENS[0],
        counter=on.account if wrong.objection is Objection.SAME_ACCOUNT else Template.FUNDING,
        external=key,
        by_id=wrong.objection is not unknown,
        by_external=by_external.get(wrong.objection),
        flaw=wrong.flaw,
    )
    return record, (lines_of(on.account), op.ReadChangesOf(on.key))


def _amend(stage: Stage, wrong: Wrong) -> Made:
    change = cast.change_of(stage, cast.asset(stage, 0).key)
    if wrong.objection is Objection.VOIDED:
        stage.carry_out(op.Void(change.key), look=False)
    needs_accumulated = wrong.objection is Objection.NO_ACCUMULATED
    effect = Effect.DEPRECIATION if needs_accumulated else None
    minor = None if needs_accumulated else wrong.minor + change.minor * (wrong.flaw is not None)
    amend = op.Amend(change.key, effect=effect, minor=minor, flaw=wrong.flaw)
    return amend, (lines_of(change.against), op.ReadChange(change.key))


def _void(stage: Stage, wrong: Wrong) -> Made:
    change = cast.change_of(stage, cast.asset(stage, 0).key)
    return op.Void(change.key, flaw=wrong.flaw), (lines_of(change.against), op.ReadChange(change.key))


def _create(stage: Stage, wrong: Wrong) -> Made:
    key = f"refused-{len(stage.transcript.steps)}"
    create = op.CreateAsset(key, key, members_of("Refused", 0), flaw=wrong.flaw)
    newest = op.ReadPage(Listing.ASSETS, limit=5, newest_first=True, by_creation=True)
    return create, (newest,)


def _upsert(stage: Stage, wrong: Wrong) -> Made:
    on = cast.asset(stage, 0)
    if wrong.objection is Objection.ARCHIVED_UPSERT:
        stage.carry_out(op.ArchiveAsset(on.key), look=False)
    upsert = op.CreateAsset(on.key, on.key, members_of("Refused", 0), flaw=wrong.flaw)
    return upsert, (op.ReadAsset(on.key), lines_of(on.account))


def _amend_asset(stage: Stage, wrong: Wrong) -> Made:
    on = cast.asset(stage, 0)
    if wrong.objection is Objection.ARCHIVED_PATCH:
        stage.carry_out(op.ArchiveAsset(on.key), look=False)
    amend = op.AmendAsset(on.key, {NAME: "Refused"}, flaw=wrong.flaw)
    return amend, (op.ReadAsset(on.key), lines_of(on.account))


def _post(stage: Stage, wrong: Wrong) -> Made:
    on = cast.asset(stage, 0)
    funding = cast.account(stage, Role.FUNDING)
    other = wrong.minor + (wrong.objection is Objection.UNBALANCED)
    lines = ((on.account, wrong.minor), (funding, -other))
    post = op.Post(f"refused-{len(stage.transcript.steps)}", WHENS[0], lines, flaw=wrong.flaw)
    return post, (lines_of(on.account),)


_MAKERS: Final[Mapping[On, Callable[[Stage, Wrong], Made]]] = MappingProxyType(
    {
        On.RECORD: _record,
        On.AMEND: _amend,
        On.VOID: _void,
        On.CREATE: _create,
        On.UPSERT: _upsert,
        On.AMEND_ASSET: _amend_asset,
        On.POST: _post,
    }
)
