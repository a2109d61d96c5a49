"""Part C, tenancy of holdings: which calls are asked on whose behalf.

A call names its client account at most; whose it is follows from the asset and from the token alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contract_tests.call import Who
from contract_tests.session import Session
from contract_tests.verdict import Level, Rule
from spec import Api
from stateful.holdings import operations as op
from stateful.holdings.operations import Operation, ReadList
from stateful.holdings.plays import PAGES, new_asset
from stateful.holdings.run import Run
from stateful.holdings.sights import SeenAsset, SeenList
from stateful.holdings.stage import Stage
from stateful.holdings.terms import Dialect
from stateful.machine.paging import followed
from stateful.names import Names
from stateful.rules.finding import documented, rule_of
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

UNUSABLE: Final = Rule("N4", Level.MUST, "Nothing can be made in another business's client account", SCOPED)

RULES: Final = (UNREADABLE, UNCHANGEABLE, UNLISTED, UNUSABLE, OWN_TOKEN, NO_TOKEN)

_THEIRS: Final = "to the other's token"


def access_rule(api: Api, dialect: Dialect) -> Rule | None:
    """The profile's own rule of who has access to what, with the statuses that say so; None without one."""
    return rule_of(documented("access")(lambda _scene: ()), api, dialect.terms.rules)


def judge(session: Session, run: Run) -> None:
    """Ask everything once; what fails is asked again, with fresh records. Raises Unreachable."""
    ask_all(session, run, _CHECKS, lambda stage: _premises(stage, session))


def judge_access(session: Session, run: Run) -> None:
    """Ask for what the profile says of access, in the same way. Raises Unreachable."""
    access = access_rule(session.api, run.dialect)
    if access is not None:
        ask_all(session, run, ((access, _access),), lambda stage: _premises(stage, session))


@dataclass(frozen=True, slots=True)
class Premises(Ground):
    """The owner's history, and its asset as others may ask for it."""

    asset: str

    def theirs(self) -> Names:
        """The owner's records and client account, asked for with the other's token."""
        names: Names = self.stage.names.seen_by(Who.OTHER)
        return names

    def answered(self, operation: Operation, expected: frozenset[int]) -> Iterator[Outcome]:
        """Whether a call with the other's token is answered with one of these statuses."""
        status, at = self.asked(operation, self.theirs())
        yield status in expected, f"status {status} {_THEIRS}", " or ".join(map(str, sorted(expected))), at


def _premises(stage: Stage, session: Session) -> Premises:
    return Premises(stage, session.target.other, new_asset(stage))


def _creates(premises: Premises) -> list[Operation]:
    return [op.Create("intruder", f"{premises.stage.names.prefix}intruder")]


def _writes(premises: Premises) -> list[Operation]:
    """A change of the owner's asset by its id, and its end."""
    return [op.Rename(premises.asset, "Taken over"), op.Deactivate(premises.asset)]


def _unreadable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused([op.ReadAsset(premises.asset)], premises.elsewhere(), _THEIRS, "4xx")


def _unchangeable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused(_writes(premises), premises.elsewhere(), _THEIRS, "4xx")
    yield from _untouched(premises)


def _untouched(premises: Premises) -> Iterator[Outcome]:
    """The owner's asset as it was made."""
    stage: Stage = premises.stage
    shown = stage.transcript.read(op.ReadAsset(premises.asset))
    if isinstance(shown, SeenAsset):
        good = shown.name == stage.known[premises.asset].name and shown.active is not False
        seen = f"{premises.asset} is {shown.name!r}, {'inactive' if shown.active is False else 'active'}"
        yield good, seen, "the owner's asset as it was", shown.at


def _unlisted(premises: Premises) -> Iterator[Outcome]:
    names = premises.elsewhere()
    for everything in (True, False):
        asked = ReadList(page=1, size=100, all=everything)
        pages, _ = followed(lambda reading: premises.sight(reading, names), asked, SeenList, PAGES)
        for page in pages:
            leaked = any(row.id == names.id_of(premises.asset) for row in page.rows)
            yield not leaked, f"the other's list shows {premises.asset}", "none of the owner's", page.at


def _unusable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused(_creates(premises), premises.theirs(), _THEIRS, "a refusal")


def _own_token(premises: Premises) -> Iterator[Outcome]:
    """A list of the owner's client account: refused, or without anything on it."""
    shown = premises.sight(ReadList(page=1, size=100), premises.theirs())
    at = len(premises.stage.transcript.steps) - 1
    empty = not isinstance(shown, SeenList) or not shown.rows
    yield empty, f"the owner's list {_THEIRS}", "a refusal, or nothing", at
    reads: list[Operation] = [op.ReadAsset(premises.asset)]
    everything = [*reads, *_creates(premises), *_writes(premises)]
    yield from premises.refused(everything, premises.theirs(), _THEIRS, "401, 403 or 404")
    yield from _untouched(premises)


def _access(premises: Premises) -> Iterator[Outcome]:
    """The statuses of what the other has no access to."""
    stage: Stage = premises.stage
    forbidden = stage.judges.dialect.terms.forbidden
    for operation in (op.ReadAsset(premises.asset), *_writes(premises)):
        yield from premises.answered(operation, forbidden)
    for operation in _creates(premises):
        yield from premises.answered(operation, stage.judges.dialect.terms.statuses[op.Flaw.UNKNOWN_ACCOUNT])
    yield from _untouched(premises)


def _no_token(premises: Premises) -> Iterator[Outcome]:
    reads: list[Operation] = [op.ReadAsset(premises.asset), ReadList(), ReadList(all=True), op.ReadClasses()]
    yield from premises.without_credentials([*reads, *_creates(premises), *_writes(premises)])
    yield from _untouched(premises)


_CHECKS: Final[tuple[tuple[Rule, Check], ...]] = (
    (UNREADABLE, _unreadable),
    (UNCHANGEABLE, _unchangeable),
    (UNLISTED, _unlisted),
    (UNUSABLE, _unusable),
    (OWN_TOKEN, _own_token),
    (NO_TOKEN, _no_token),
)
