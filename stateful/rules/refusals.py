"""What must not be carried out, and what must: the rules that speak of a call's outcome.

Decides which rule a call breaks that is accepted despite an objection, or refused without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from contract_tests.checks.rules import ACCEPTED, REFUSED
from stateful.model.outlook import Objection, Outcome
from stateful.operations import (
    Amend,
    AmendAsset,
    ArchiveAsset,
    Configure,
    CreateAsset,
    Operation,
    Record,
    Reverse,
    Template,
    Void,
    day_of,
)
from stateful.rules.law import HELD, Finding, Law, Scene, documented, verdict

REFUSALS: Final[Mapping[str, frozenset[Objection]]] = MappingProxyType(
    {
        "needs-accumulated": frozenset({Objection.NO_ACCUMULATED}),
        "one-asset": frozenset({Objection.NO_ASSET, Objection.TWO_ASSETS}),
        "references": frozenset(
            {
                Objection.UNKNOWN_ASSET,
                Objection.UNKNOWN_ASSET_EXTERNAL,
                Objection.UNKNOWN_ACCOUNT,
                Objection.UNKNOWN_CHANGE,
            }
        ),
        "template-names": frozenset({Objection.UNKNOWN_ACCOUNT_NAME}),
        "closed": frozenset({Objection.CLOSED, Objection.CLOSED_WITHDRAWAL}),
        "L1": frozenset({Objection.UNBALANCED}),
        "L2": frozenset({Objection.ONE_LINE}),
        "L8": frozenset({Objection.BEYOND_INT64, Objection.OVERFLOW}),
        "reverse-once": frozenset({Objection.REVERSED}),
    }
)
"""Key of a law → the objections that it says a call must be refused for."""


def broken_by_outcome(operation: Operation, objections: frozenset[Objection], outcome: Outcome) -> str:
    """The law that an inadmissible outcome breaks: a key of ours, or the id of a rule of part A."""
    if outcome is Outcome.REFUSED and not objections:
        return _carried_out(operation)
    for key, reasons in REFUSALS.items():
        if objections & reasons:
            return key
    return REFUSED.id


def refusal_laws() -> tuple[Law, ...]:
    """A law for each key of `REFUSALS` that nothing else judges: a refusal for its reason holds it."""
    return tuple(_refusal(key) for key in ("needs-accumulated", "one-asset", "references"))


@documented("closed")
def closed(scene: Scene) -> Iterator[Finding]:
    """A refusal for the day; and after an acceptance, the days of the lines that are new."""
    first_open = scene.before.closed_before()
    if first_open is None or isinstance(scene.operation, Configure):
        return
    if scene.outcome is Outcome.REFUSED and scene.objections & REFUSALS["closed"]:
        yield HELD
    for account, lines in scene.lines.items():
        known = {row.id for row in scene.was[account].rows} if account in scene.was else None
        for row in lines.rows:
            if known is not None and row.id not in known:
                day = day_of(row.instant)
                seen = f"a new line on {account} is dated {day}, before {first_open}"
                yield verdict(day >= first_open, seen, "none before the first open day", (lines.at,))


@documented("template-names")
def template_names(scene: Scene) -> Iterator[Finding]:
    """The accounts that the API's guide names, and a name that nobody has."""
    named = isinstance(scene.operation, Record | Amend) and isinstance(scene.operation.counter, Template)
    if named and scene.outcome is Outcome.DONE:
        yield HELD
    if Objection.UNKNOWN_ACCOUNT_NAME in scene.objections and scene.outcome is Outcome.REFUSED:
        yield HELD


def _refusal(key: str) -> Law:
    @documented(key)
    def judge(scene: Scene) -> Iterator[Finding]:
        if scene.outcome is Outcome.REFUSED and scene.objections & REFUSALS[key]:
            yield HELD

    return judge


def _carried_out(operation: Operation) -> str:
    """The law that a call breaks when it is refused for no reason."""
    if isinstance(operation, Record) and not operation.by_id:
        return "selectors"
    for kind, key in _CARRIED_OUT:
        if isinstance(operation, kind):
            return key
    return ACCEPTED.id


_CARRIED_OUT: Final = (
    (Record, "effect-size"),
    (CreateAsset, "own-account"),
    (AmendAsset, "amend-stores"),
    (Amend, "amend-stores"),
    (Void, "void-shows"),
    (ArchiveAsset, "archive-shows"),
    (Reverse, "reverse-once"),
)
