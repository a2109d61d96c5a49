"""Reach: what a run must have met before a rule may pass.

Decides what is counted, how often it is wanted, and which rules depend on it. A goal that only a
target of one choice could reach (a refusal that the profile leaves open) is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stateful.machine.theme import Wanted
from stateful.model.outlook import Latitude, Objection, Outcome
from stateful.model.words import Basis, Effect
from stateful.operations import (
    Amend,
    ArchiveAsset,
    CreateAsset,
    Listing,
    Operation,
    Post,
    Record,
    Reverse,
    Void,
)
from stateful.rules.law import Scene
from stateful.rules.records import distinct
from stateful.rules.refusals import REFUSALS
from stateful.sights import SeenBalances, SeenChanges, SeenSheet, SeenTrial

CLOSED_DAY: Final = f"refused {Objection.CLOSED.value}"

_BY_EFFECT: Final = ("L1", "L2", "V1", "effect-size")
_SIDES: Final = dict.fromkeys(Effect, "value-sides") | {Effect.DEPRECIATION: "depreciation-sides"}

_STATEMENTS: Final = (
    Wanted("statement at a day", 20, 4, ("O1",)),
    Wanted("statement over odd instants", 3, 1, ("T4",)),
    Wanted("statement after a back-dated change", 4, 1, ("O3",)),
    Wanted("cash-basis statement after a change", 6, 1, ("C1",)),
    Wanted("cash-basis statement after a void", 3, 1, ("C2",)),
    Wanted("sum of all accounts", 20, 4, ("L3",)),
    Wanted("balance sheet", 8, 2, ("L4",)),
)
OTHER_CASE: Final = "external id that differs from another in case alone"
LONGER: Final = "external id that another begins with"

AMENDED: Final = {
    member: f"re-posting amendment of the {member} alone" for member in ("amount", "date", "counter account")
}
"""What an amendment changes → the goal of changing nothing else."""

_EVENTS: Final = (
    Wanted("void", 15, 3, ("A1", "L7", "void-shows")),
    Wanted("second void", 5, 1, ("A2",)),
    Wanted("re-posting amendment", 12, 3, ("repost", "L6")),
    *(Wanted(name, 4, 1, ("repost",)) for name in AMENDED.values()),
    Wanted("quiet amendment", 5, 1, ("quiet-amend", "amend-stores", "metadata")),
    Wanted("value change sent again", 8, 2, ("O7", "one-live")),
    Wanted("update by external id", 5, 1, ("upsert-identity", "upsert-stores")),
    Wanted("change of an asset named by external id", 8, 2, ("selectors",)),
    Wanted("archived asset", 4, 1, ("A4", "archive-shows")),
    Wanted("second reversal", 3, 1, ("reverse-once",)),
    Wanted("external id like another's", 3, 1, ("distinct",)),
    Wanted(OTHER_CASE, 2, 1, ("distinct",)),
    Wanted(LONGER, 2, 1, ("distinct",)),
    Wanted("journal sent again", 3, 1, ("sent-again",)),
    Wanted("list of one asset's changes", 6, 2, ("own-list",)),
    Wanted("amount beyond 2^53", 4, 1, ("L8",)),
    Wanted(CLOSED_DAY, 3, 1, ("closed",)),  # where settings may be changed; Unobservable elsewhere
)
_WALKS: Final = {
    Listing.ASSETS: ("walk-once", "order", "page-shape", "active-list"),
    Listing.CHANGES: ("walk-once", "order", "page-shape", "lists-agree"),
    Listing.JOURNALS: ("walk-once", "page-shape"),
    Listing.LINES: ("walk-once", "order", "page-shape", "running"),
}
WAYS: Final = {
    (newest, creation): f"value changes listed {'newest' if newest else 'oldest'} first "
    f"by {'creation' if creation else 'date'}"
    for newest in (False, True)
    for creation in (False, True)
}
"""Whether the newest come first, whether by creation → the goal of a walk in that order."""

_RELATIONS: Final = {"M1": ("M1", "O2")}


def wanted(latitude: Latitude, tried: frozenset[Objection], pages: tuple[Listing, ...]) -> tuple[Wanted, ...]:
    """Every goal. `tried`: the objections that the machine raises on purpose; `pages`: lists in pages."""
    return (
        *(Wanted(_accepted(effect), 20, 4, (*_BY_EFFECT, _SIDES[effect])) for effect in Effect),
        *(
            Wanted(_refused(objection), 5, 1, ("L5", "M11", *_keys(objection)))
            for objection in sorted(tried, key=lambda objection: objection.name)
            if latitude.get(objection, frozenset({Outcome.REFUSED})) == {Outcome.REFUSED}
        ),
        *_EVENTS,
        *_STATEMENTS,
        *(Wanted(_walked(listing), 2, 1, _WALKS[listing]) for listing in pages),
        *(Wanted(way, 1, 1, ("order",)) for way in WAYS.values() if Listing.CHANGES in pages),
        *(
            Wanted(_compared(relation), 4, 1, _RELATIONS.get(relation, (relation,)))
            for relation in ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10")
        ),
    )


def reached_by(scene: Scene) -> Iterator[str]:
    """The names of everything in a scene that a goal may count."""
    yield from _by_outcome(scene)
    yield from _by_statements(scene)
    for walk in scene.walks:
        if len(walk.pages) >= 3:
            yield _walked(walk.listing)
        if walk.listing is Listing.CHANGES:
            yield WAYS[walk.newest_first, walk.by_creation]
    for pair in scene.pairs:
        yield _compared(pair.relation)


def _by_outcome(scene: Scene) -> Iterator[str]:
    operation, known = scene.operation, {item.key for item in scene.before.posted()}
    if scene.outcome is Outcome.REFUSED and len(scene.objections) == 1:
        yield from map(_refused, scene.objections)
    if isinstance(operation, Record) and operation.minor > 2**53 and scene.objections == {Objection.CROWDED}:
        yield "amount beyond 2^53"  # kept to the last digit, or refused
    if isinstance(operation, Void) and operation.change in scene.before.withdrawn():
        yield "second void"
    if isinstance(operation, Reverse) and operation.entry in scene.before.withdrawn():
        yield "second reversal"
    if any(scene.of(SeenChanges)):
        yield "list of one asset's changes"
    if any(distinct.judge(scene)):
        yield "external id like another's"
        yield from _by_likeness(operation, scene)
    if isinstance(operation, Record) and operation.change in known:
        yield "value change sent again"
    elif isinstance(operation, Post) and operation.external and operation.entry in scene.told_before:
        yield "journal sent again"
    elif isinstance(operation, Record) and scene.outcome is Outcome.DONE:
        yield from _by_recording(operation)
    elif scene.outcome is Outcome.DONE:
        yield from _by_acceptance(scene)


def _by_recording(operation: Record) -> Iterator[str]:
    yield _accepted(operation.effect)
    if operation.by_external is not None:
        yield "change of an asset named by external id"


def _by_acceptance(scene: Scene) -> Iterator[str]:
    match scene.operation:
        case Amend():
            if scene.before != scene.after:
                yield "re-posting amendment"
                yield from _by_amending(scene.operation)
            elif scene.lines.keys() & scene.was.keys():
                yield "quiet amendment"
        case Void():
            yield "void"
        case ArchiveAsset():
            yield "archived asset"
        case CreateAsset(asset=asset) if asset in scene.before.assets():
            yield "update by external id"


def _by_likeness(operation: Operation | None, scene: Scene) -> Iterator[str]:
    if isinstance(operation, CreateAsset) and operation.asset not in scene.before.assets():
        others = scene.before.assets().keys()
        if any(other.lower() == operation.asset.lower() for other in others):
            yield OTHER_CASE
        if any(other.startswith(operation.asset) for other in others):
            yield LONGER


def _by_amending(operation: Amend) -> Iterator[str]:
    terms = {
        "amount": operation.minor,
        "type": operation.effect,
        "date": operation.instant,
        "counter account": operation.counter,
    }
    given = [member for member, value in terms.items() if value is not None]
    if len(given) == 1 and given[0] in AMENDED:
        yield AMENDED[given[0]]


def _by_statements(scene: Scene) -> Iterator[str]:
    basis = {trial.basis for trial in scene.of(SeenTrial)}
    done = scene.outcome is Outcome.DONE
    days = [trial.on for trial in scene.of(SeenTrial) if trial.basis is Basis.ACCRUAL]
    days += [balances.on for balances in scene.of(SeenBalances) if balances.on is not None]
    for blurred in {scene.after.blurred(day) for day in days}:
        yield "statement over odd instants" if blurred else "statement at a day"
    if Basis.ACCRUAL in basis and isinstance(scene.operation, Record) and done:
        new = scene.after.live().get(scene.operation.change)
        if new is not None and any(item.day > new.day for item in scene.before.live().values()):
            yield "statement after a back-dated change"
    if Basis.CASH in basis and done and isinstance(scene.operation, Record | Amend):
        yield "cash-basis statement after a change"
    if Basis.CASH in basis and done and isinstance(scene.operation, Void):
        yield "cash-basis statement after a void"
    if basis or any(True for _ in scene.of(SeenBalances)):
        yield "sum of all accounts"
    if any(True for _ in scene.of(SeenSheet)):
        yield "balance sheet"


def _accepted(effect: Effect) -> str:
    return f"accepted {effect.value}"


def _refused(objection: Objection) -> str:
    return f"refused {objection.value}"


def _walked(listing: Listing) -> str:
    return f"walk of three pages or more over {listing.value}"


def _compared(relation: str) -> str:
    return f"comparison for {relation}"


def _keys(objection: Objection) -> tuple[str, ...]:
    return tuple(key for key, objections in REFUSALS.items() if objection in objections and len(key) > 2)
