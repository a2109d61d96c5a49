"""What must not be carried out, and how a refusal looks: the rules that speak of a flawed call.

Decides which rule a call breaks that is accepted despite its flaw. A refusal for the reason holds the rule, if its
status is one of those that the profile accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from contract_tests.verdict import Level
from stateful.holdings.operations import Deactivate, Flaw
from stateful.holdings.scene import Law, Scene
from stateful.holdings.sights import SeenBalances
from stateful.rules.finding import Finding, documented, law, money, verdict

REFUSALS: Final[Mapping[str, frozenset[Flaw]]] = MappingProxyType(
    {
        "required": frozenset({Flaw.NO_NAME, Flaw.NO_ACCOUNT}),
        "well-formed": frozenset({Flaw.BLANK_NAME, Flaw.ODD_NAME, Flaw.ODD_ACCOUNT}),
        "unknown-asset": frozenset({Flaw.UNKNOWN_ASSET}),
        "unknown-account": frozenset({Flaw.UNKNOWN_ACCOUNT}),
        "guard": frozenset({Flaw.OUTSTANDING}),
        "guard-each": frozenset({Flaw.NETTED}),
    }
)
"""Key of a law → the flaws that it says a call must be refused for."""

OF_LEDGER: Final = frozenset({Flaw.OUTSTANDING, Flaw.NETTED})
"""Flaws that the ledger alone knows of."""


def refusal_laws() -> tuple[Law, ...]:
    """A law for each key of `REFUSALS`: a refusal for its reason, with an accepted status, holds it."""
    return tuple(_refusal(key) for key in REFUSALS)


@documented("error-body")
def error_body(scene: Scene) -> Iterator[Finding]:
    """The body of a refusal: a sentence, and the status that it came with."""
    if scene.refusal is not None:
        said = scene.refusal
        seen = f"status {said.status} with error {said.error!r} and status {said.said_status!r} in its body"
        good = bool(said.error) and said.said_status == said.status
        yield verdict(good, seen, f"a sentence, and status {said.status}", (said.at,))


@documented("guard-names")
def guard_names(scene: Scene) -> Iterator[Finding]:
    """The accounts and balances in the refusal of a deactivation, in whatever order."""
    if scene.flaw in OF_LEDGER and scene.refusal is not None and scene.outstanding:
        seen = f"the refusal says: {scene.refusal.error}"
        expected = ", ".join(f"account {code}: {money(minor)}" for code, minor in sorted(scene.outstanding.items()))
        yield verdict(scene.named == scene.outstanding, seen, expected, (scene.place,))


@documented("guard-leaves")
def guard_leaves(scene: Scene) -> Iterator[Finding]:
    """The record of an asset that could not be deactivated."""
    if scene.flaw in OF_LEDGER and not scene.accepted:
        yield from _as_before(scene)


@documented("guard-others")
def guard_others(scene: Scene) -> Iterator[Finding]:
    """A deactivation beside balances of other assets, and of accounts that demand none."""
    yield from _let_go(scene, drafts=False)


@documented("guard-drafts")
def guard_drafts(scene: Scene) -> Iterator[Finding]:
    """A deactivation beside drafts, and entries that were cancelled."""
    yield from _let_go(scene, drafts=True)


@law("L5", Level.MUST, "A refused call changes nothing", "All or nothing; the API answers an error")
def refused_changes_nothing(scene: Scene) -> Iterator[Finding]:
    """Records and balances that were read before a refused call and again after it."""
    if scene.accepted or scene.operation is None:
        return
    yield from _as_before(scene)
    for balances in scene.of(SeenBalances):
        if scene.books is not None and balances.asset is not None:
            wrong = [
                code for code, minor in balances.rows.items() if minor != scene.books.balance(code, balances.asset)
            ]
            seen = f"the balance of {', '.join(wrong)} has changed with the refused call"
            yield verdict(not wrong, seen, "the balances as they were", (balances.at,))


def _as_before(scene: Scene) -> Iterator[Finding]:
    """Records that were read before, beside what is shown of them now."""
    for was, shown in scene.beside():
        wrong = sorted(name for name in was.facts.keys() & shown.facts.keys() if was.facts[name] != shown.facts[name])
        seen = f"{', '.join(wrong)} of {shown.key} has changed with the refused call"
        yield verdict(not wrong, seen, "the record as it was", (was.at, shown.at))


def _let_go(scene: Scene, *, drafts: bool) -> Iterator[Finding]:
    """A deactivation that nothing in the ledger stands against, with or without drafts that speak of the asset."""
    if isinstance(scene.operation, Deactivate) and scene.outstanding == {} and scene.drafted is drafts:
        seen = f"{scene.operation.asset} cannot be deactivated"
        yield verdict(scene.accepted, seen, "no account that demands it has a balance for it", (scene.place,))


def _refusal(key: str) -> Law:
    @documented(key)
    def judge(scene: Scene) -> Iterator[Finding]:
        if scene.flaw is not None and scene.flaw in REFUSALS[key] and scene.refusal is not None:
            statuses = scene.terms.statuses.get(scene.flaw)
            told = "a refusal" if statuses is None else " or ".join(map(str, sorted(statuses)))
            seen = f"status {scene.refusal.status} to {scene.flaw.value}"
            good = statuses is None or scene.refusal.status in statuses
            yield verdict(good, seen, told, (scene.refusal.at,))

    return judge
