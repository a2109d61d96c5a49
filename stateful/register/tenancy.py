"""Part C, tenancy of registers: which calls are asked on whose behalf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contract_tests.call import Who
from contract_tests.session import Session
from contract_tests.target import Other
from contract_tests.verdict import Level, Rule
from stateful.model.records import same
from stateful.names import Names
from stateful.register import operations as op
from stateful.register.operations import Operation, PutAsset, PutType, ReadList, Status
from stateful.register.palette import KINDS
from stateful.register.plays import new_asset, new_type
from stateful.register.run import Run
from stateful.register.sights import SeenAsset, SeenList, SeenTypes
from stateful.register.stage import Stage
from stateful.tenants import (
    NO_TOKEN,
    OWN_TOKEN,
    SCOPED,
    UNCHANGEABLE,
    UNLISTED,
    UNREADABLE,
    Check,
    Ground,
    Outcome,
    ask_all,
)

UNUSABLE: Final = Rule("N4", Level.MUST, "A call that refers to another business's asset type is refused", SCOPED)
OWN_NUMBERS: Final = Rule(
    "N5", Level.MUST, "Asset numbers are a business's own: another's are neither taken nor in the way", SCOPED
)

RULES: Final = (UNREADABLE, UNCHANGEABLE, UNLISTED, UNUSABLE, OWN_NUMBERS, OWN_TOKEN, NO_TOKEN)

_UNDER: Final = "under the other business"


def judge(session: Session, run: Run) -> None:
    """Ask everything once; what fails is asked again, with fresh records. Raises Unreachable."""
    ask_all(session, run, _CHECKS, lambda stage: _premises(stage, session.target.other))


@dataclass(frozen=True, slots=True)
class Premises(Ground):
    """The owner's history, and its records as others may ask for them."""

    asset: str
    kind: str
    number: str


def _premises(stage: Stage, other: Other | None) -> Premises:
    kind = new_type(stage)
    asset = new_asset(stage, {op.TYPE: kind, op.PRICE: 300_000, op.DESCRIPTION: "the owner's"})
    return Premises(stage, other, asset, kind, str(stage.known[asset].members[op.NUMBER]))


def _creates(premises: Premises, number: str = "intruder") -> list[Operation]:
    """A new asset of the owner's type."""
    names = premises.stage.names
    return [PutAsset("intruder", {op.NAME: "Intruder", op.NUMBER: names.external(number), op.TYPE: premises.kind})]


def _writes(premises: Premises) -> list[Operation]:
    """A change of each of the owner's records, by its id."""
    asset = {op.NAME: "Taken over", op.NUMBER: premises.number}
    kind = {op.NAME: f"{premises.stage.names.prefix}taken over", **KINDS[0]}
    return [PutAsset(premises.asset, asset, new=False), PutType(premises.kind, kind, new=False)]


def _statements() -> list[Operation]:
    """Everything else that can be read of an organisation."""
    return [*(ReadList(status) for status in Status), op.ReadTypes(), op.ReadSettings()]


def _unreadable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused([op.ReadAsset(premises.asset)], premises.elsewhere(), _UNDER, "4xx")


def _unchangeable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused(_writes(premises), premises.elsewhere(), _UNDER, "4xx")
    yield from _untouched(premises)


def _untouched(premises: Premises) -> Iterator[Outcome]:
    """The owner's asset as it was sent."""
    shown = premises.stage.transcript.read(op.ReadAsset(premises.asset))
    if isinstance(shown, SeenAsset):
        sent = premises.stage.known[premises.asset].members
        wrong = [name for name, value in sent.items() if not same(shown.members.get(name), value)]
        yield not wrong, f"{', '.join(wrong)} of {premises.asset} has changed", "the owner's asset as it was", shown.at


def _unlisted(premises: Premises) -> Iterator[Outcome]:
    names = premises.elsewhere()
    listed = premises.sight(ReadList(page=1, size=200, text=premises.number), names)
    if isinstance(listed, SeenList):
        leaked = [row.key for row in listed.rows if row.id == names.id_of(premises.asset)]
        yield not leaked, f"the other business's list shows {', '.join(leaked)}", "none of the owner's", listed.at
    types = premises.sight(op.ReadTypes(), names)
    if isinstance(types, SeenTypes):
        leaked = [row.key for row in types.rows if row.id == names.id_of(premises.kind)]
        yield not leaked, f"the other business's types show {', '.join(leaked)}", "none of the owner's", types.at


def _unusable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused(_creates(premises), premises.elsewhere(), _UNDER, "a refusal")


def _own_numbers(premises: Premises) -> Iterator[Outcome]:
    elsewhere = premises.elsewhere()
    same_number = PutAsset("namesake", {op.NAME: "Namesake", op.NUMBER: premises.number})
    status, at = premises.asked(same_number, Names(elsewhere.scope, elsewhere.prefix, Who.OTHER))
    yield 200 <= status < 300, f"status {status} to a number that the owner has", "an asset of its own", at
    shown = premises.stage.transcript.sight(same_number, at)
    if isinstance(shown, SeenAsset):
        yield shown.id != elsewhere.id_of(premises.asset), "the owner's asset", "one of its own", at
    yield from _untouched(premises)


def _everything(premises: Premises) -> list[Operation]:
    reads: list[Operation] = [op.ReadAsset(premises.asset)]
    return [*_statements(), *reads, *_creates(premises), *_writes(premises)]


def _own_token(premises: Premises) -> Iterator[Outcome]:
    names = premises.stage.names
    refusal = "401, 403 or 404"
    yield from premises.refused(_everything(premises), names.seen_by(Who.OTHER), "to the other's token", refusal)
    yield from _untouched(premises)  # the owner's token may open the other organisation, too


def _no_token(premises: Premises) -> Iterator[Outcome]:
    yield from premises.without_credentials(_everything(premises))
    yield from _untouched(premises)


_CHECKS: Final[tuple[tuple[Rule, Check], ...]] = (
    (UNREADABLE, _unreadable),
    (UNCHANGEABLE, _unchangeable),
    (UNLISTED, _unlisted),
    (UNUSABLE, _unusable),
    (OWN_NUMBERS, _own_numbers),
    (OWN_TOKEN, _own_token),
    (NO_TOKEN, _no_token),
)
