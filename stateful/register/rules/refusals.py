"""What must not be carried out: the rules that speak of a flawed call.

Decides which rule speaks of which flaw. A refusal for the reason holds the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from contract_tests.verdict import Level
from stateful.register.operations import Flaw, PutType
from stateful.register.scene import Law, Scene
from stateful.rules.finding import HELD, Finding, documented, law, verdict

REFUSALS: Final[Mapping[str, frozenset[Flaw]]] = MappingProxyType(
    {
        "required": frozenset({Flaw.NO_NAME, Flaw.NO_NUMBER}),
        "unique-number": frozenset({Flaw.TAKEN_NUMBER}),
        "drafts-only": frozenset({Flaw.NOT_A_DRAFT}),
        "rate-xor-life": frozenset({Flaw.RATE_AND_LIFE, Flaw.TYPE_RATE_AND_LIFE}),
        "status-required": frozenset({Flaw.NO_STATUS}),
        "status-casing": frozenset({Flaw.ODD_STATUS}),
        "page-limit": frozenset({Flaw.LONG_PAGE}),
        "order-of-disposed": frozenset({Flaw.ORDER_OF_DISPOSED}),
        "type-required": frozenset({Flaw.NO_TYPE_NAME, Flaw.NO_TYPE_ACCOUNT, Flaw.NO_TYPE_SETTINGS}),
        "unique-type": frozenset({Flaw.TAKEN_TYPE_NAME}),
        "known-accounts": frozenset({Flaw.UNKNOWN_ACCOUNT, Flaw.UNKNOWN_ACCOUNTS}),
        "references": frozenset({Flaw.UNKNOWN_ASSET, Flaw.UNKNOWN_TYPE}),
        "used-key": frozenset({Flaw.USED_KEY}),
        "bounds": frozenset({Flaw.LIMIT_ABOVE_PRICE, Flaw.RESIDUAL_ABOVE_PRICE, Flaw.RESIDUAL_ABOVE_LIMIT}),
        "early-start": frozenset({Flaw.EARLY_START}),
    }
)
"""Key of a law → the flaws that it says a call must be refused for."""

_ABOVE: Final = frozenset({Flaw.RESIDUAL_ABOVE_PRICE, Flaw.RESIDUAL_ABOVE_LIMIT})


def refusal_laws() -> tuple[Law, ...]:
    """A law for each key of `REFUSALS`: a refusal for its reason holds it."""
    return tuple(_refusal(key) for key in REFUSALS)


@law(
    "V6",
    Level.SHOULD,
    "A residual value above what is to be depreciated is refused at entry",
    "IAS 16.53: the depreciable amount is never below zero",
)
def residual_at_entry(scene: Scene) -> Iterator[Finding]:
    """A refusal for such a residual value."""
    if scene.flaw in _ABOVE and not scene.accepted:
        yield HELD


@documented("each-field")
def each_field(scene: Scene) -> Iterator[Finding]:
    """The elements of a refusal of two unknown accounts."""
    if isinstance(scene.operation, PutType) and scene.flaw is Flaw.UNKNOWN_ACCOUNTS and not scene.accepted:
        count = scene.reply_fields
        if count is not None:
            seen = f"a refusal with {count} elements for two unknown accounts"
            yield verdict(count == 2, seen, "one for each field", (scene.place,))


@law("L5", Level.MUST, "A refused call changes nothing", "All or nothing; the API answers an error")
def refused_changes_nothing(scene: Scene) -> Iterator[Finding]:
    """Records that were read before a refused call and again after it."""
    if scene.accepted or scene.operation is None:
        return
    for shown in scene.assets():
        was = scene.was.get(shown.key)
        if was is not None and was.at != shown.at:
            wrong = sorted(name for name in {*was.raw, *shown.raw} if was.raw.get(name) != shown.raw.get(name))
            seen = f"{', '.join(wrong)} of {shown.key} has changed with the refused call"
            yield verdict(not wrong, seen, "the record as it was", (was.at, shown.at))


def _refusal(key: str) -> Law:
    @documented(key)
    def judge(scene: Scene) -> Iterator[Finding]:
        if scene.flaw in REFUSALS[key] and not scene.accepted:
            yield HELD

    return judge
