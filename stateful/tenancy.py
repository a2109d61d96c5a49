"""Part C, tenancy: what one business makes is never visible or usable in another.

Decides what is asked on whose behalf: the owner's records under the other's scope, the owner's
scope with the other's token, the other's with the owner's, and all of it without credentials.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from contract_tests.call import Who
from contract_tests.session import Session
from contract_tests.target import Other
from contract_tests.verdict import Failure, Level, Rule
from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, lines_of
from stateful.machine.palette import WHENS, members_of
from stateful.machine.run import Run
from stateful.machine.stage import Stage
from stateful.machine.transcript import Abandoned, Violation
from stateful.model.words import Basis, Effect
from stateful.names import Names
from stateful.operations import MEMO, NAME, Listing, Operation, ReadPage, Role, Template
from stateful.rules.law import Broken
from stateful.sights import SeenAsset, SeenBalances, SeenChange, SeenPage, Sight, key_of

_SCOPED: Final = "The API documents each record as one of a business"

UNREADABLE: Final = Rule("N1", Level.MUST, "A business's records cannot be read under another business", _SCOPED)
UNCHANGEABLE: Final = Rule("N2", Level.MUST, "A business's records cannot be changed under another business", _SCOPED)
UNLISTED: Final = Rule("N3", Level.MUST, "A business's records are in no list of another business", _SCOPED)
UNUSABLE: Final = Rule(
    "N4", Level.MUST, "A call that refers to another business's asset or account is refused", _SCOPED
)
OWN_IDS: Final = Rule(
    "N5", Level.MUST, "External ids are a business's own: another's are neither found nor taken", _SCOPED
)
OWN_TOKEN: Final = Rule(
    "N6", Level.MUST, "A token opens the business that it was given for and no other", "The API documents tokens"
)
NO_TOKEN: Final = Rule(
    "N7",
    Level.MUST,
    "A call without credentials is answered with 401, whatever it asks for",
    "The API documents tokens",
)

RULES: Final = (UNREADABLE, UNCHANGEABLE, UNLISTED, UNUSABLE, OWN_IDS, OWN_TOKEN, NO_TOKEN)

_NEEDS_OTHER: Final = (UNREADABLE, UNCHANGEABLE, UNLISTED, UNUSABLE, OWN_IDS, OWN_TOKEN)


def judge(session: Session) -> None:
    """Ask everything once; what fails is asked again, with fresh records. Raises Unreachable."""
    run = Run(session, "t")
    run.counting = False
    if session.target.other is None:
        for rule in _NEEDS_OTHER:
            session.recorder.unobservable(rule.id, "the target names no second business (other)")
    for rule, check in _CHECKS:
        if session.recorder.judges(rule.id) and (session.target.other is not None or rule not in _NEEDS_OTHER):
            session.say(f"tenancy: {rule.statement}")
            _judge(session, run, rule, check)


@dataclass(frozen=True, slots=True)
class Premises:
    """The owner's history, and its records as others may ask for them."""

    stage: Stage
    asset: str
    change: str
    entry: str
    other: Other | None

    def elsewhere(self, who: Who = Who.OTHER) -> Names:
        """The owner's records, asked for under the other's scope."""
        assert self.other is not None
        return self.stage.names.seen_by(who, self.other.scope)

    def asked(self, operation: Operation, names: Names) -> tuple[int, int]:
        """The status of a call, and its place in the history."""
        at, _call, reply = self.stage.transcript.send(operation, names)
        return reply.status, at

    def sight(self, operation: Operation, names: Names) -> Sight | None:
        """What a call shows on somebody's behalf; None where it is refused."""
        at, _call, reply = self.stage.transcript.send(operation, names)
        return self.stage.transcript.sight(operation, at) if reply.ok else None


Outcome = tuple[bool, str, str, int]
"""Whether it held, what was seen, what was expected, and where."""

Check = Callable[[Premises], Iterator[Outcome]]


def _judge(session: Session, run: Run, rule: Rule, check: Check) -> None:
    failure = _examined(session, run, rule, check)
    if failure is None:
        return
    again = _examined(session, run, rule, check)
    if again is not None:
        session.recorder.fail(again)
    else:
        session.recorder.doubt(rule.id, f"seen once and not again: {failure.seen}")


def _examined(session: Session, run: Run, rule: Rule, check: Check) -> Failure | None:
    """The first breach of the rule, if there is one; what holds is put on record."""
    stage = run.open_stage()
    try:
        premises = _premises(stage, session.target.other)
        for held, seen, expected, at in check(premises):
            if not held:
                raise Violation(rule.id, stage.transcript.steps[at].call.operation_id, Broken(seen, expected, (at,)))
            session.recorder.observe(rule.id)
        stage.transcript.hold_problems()
    except Violation as broken:
        found = broken.found
        history = stage.transcript.evidence(found.at)
        return Failure(broken.rule_id, broken.operation_id, found.seen, found.expected, history, session.seed)
    except Abandoned:
        return None
    return None


def _premises(stage: Stage, other: Other | None) -> Premises:
    """Records of every kind, made by the owner."""
    asset = cast.asset(stage, 1)
    change = cast.change_of(stage, asset.key)
    funding = cast.account(stage, Role.FUNDING)
    lines = ((asset.account, 100), (funding, -100))
    stage.carry_out(op.Post("entry-1", WHENS[0], lines, external="entry-1"), look=False)
    return Premises(stage, asset.key, change.key, "entry-1", other)


def _reads(premises: Premises) -> list[Operation]:
    """A read of each of the owner's records, by its id."""
    account = premises.stage.books.assets()[premises.asset].account
    return [
        op.ReadAsset(premises.asset),
        op.ReadChange(premises.change),
        op.ReadChangesOf(premises.asset),
        lines_of(account),
        op.ReadJournal(premises.stage.names.id_of(premises.entry)),
    ]


def _writes(premises: Premises) -> list[Operation]:
    """A change of each of the owner's records, by its id."""
    return [
        op.AmendAsset(premises.asset, {NAME: "Taken over"}),
        op.Amend(premises.change, minor=999, members={MEMO: "taken over"}),
        op.Reverse(premises.entry, "entry-1 reversed"),
        op.Void(premises.change),
        op.ArchiveAsset(premises.asset),
    ]


def _statements() -> list[Operation]:
    """Everything else that can be read of a business."""
    lists: list[Operation] = [ReadPage(listing) for listing in (Listing.ASSETS, Listing.CHANGES, Listing.JOURNALS)]
    return [
        *lists,
        op.ReadBalances(),
        op.ReadTrial(FOREVER, Basis.ACCRUAL),
        op.ReadSheet(FOREVER, Basis.ACCRUAL),
        op.ReadSettings(),
    ]


def _creates(premises: Premises) -> list[Operation]:
    """A new record of each kind that is about the owner's records."""
    account = premises.stage.books.assets()[premises.asset].account
    funding = cast.account(premises.stage, Role.FUNDING)
    return [
        op.Record("intruder", premises.asset, Effect.IMPROVEMENT, 100, WHENS[0], Template.FUNDING),
        op.CreateAsset("intruder", None, members_of("Intruder", 0), accumulated=funding),
        op.Post("intruder", WHENS[0], ((account, 100), (funding, -100))),
    ]


def _unreadable(premises: Premises) -> Iterator[Outcome]:
    for operation in _reads(premises):
        status, at = premises.asked(operation, premises.elsewhere())
        yield not 200 <= status < 300, f"status {status} under the other business", "4xx", at


def _unchangeable(premises: Premises) -> Iterator[Outcome]:
    for operation in _writes(premises):
        status, at = premises.asked(operation, premises.elsewhere())
        yield not 200 <= status < 300, f"status {status} under the other business", "4xx", at
    yield from _untouched(premises)


def _untouched(premises: Premises) -> Iterator[Outcome]:
    """The owner's records as they were told."""
    for reading in (op.ReadAsset(premises.asset), op.ReadChange(premises.change)):
        sight = premises.stage.transcript.read(reading)
        if isinstance(sight, SeenAsset | SeenChange):
            told = premises.stage.told[sight.key]
            wrong = [name for name, _, _ in told.differences(sight.members)]
            seen = f"{', '.join(wrong) or 'archived'} of {sight.key} has changed"
            yield not wrong and not sight.archived, seen, "the owner's record as it was", sight.at


def _unlisted(premises: Premises) -> Iterator[Outcome]:
    names = premises.elsewhere()
    ours = set(premises.stage.told) | {premises.stage.names.id_of(premises.entry)}
    for listing in (Listing.ASSETS, Listing.CHANGES, Listing.JOURNALS):
        by_creation = listing is not Listing.JOURNALS
        page = premises.sight(ReadPage(listing, limit=100, newest_first=True, by_creation=by_creation), names)
        if isinstance(page, SeenPage):
            leaked = ours & {key_of(row) for row in page.rows}
            seen = f"the other business's {listing.value} show {', '.join(sorted(leaked))}"
            yield not leaked, seen, "none of the owner's", page.at
    balances = premises.sight(op.ReadBalances(), names)
    if isinstance(balances, SeenBalances):
        accounts = {asset.account for asset in premises.stage.books.assets().values()} | ours
        leaked = accounts & {row.account for row in balances.rows}
        seen = f"the other business's chart shows {', '.join(sorted(leaked))}"
        yield not leaked, seen, "none of the owner's accounts", balances.at


def _unusable(premises: Premises) -> Iterator[Outcome]:
    for operation in _creates(premises):
        status, at = premises.asked(operation, premises.elsewhere())
        yield not 200 <= status < 300, f"status {status} under the other business", "a refusal", at
    account = premises.stage.books.assets()[premises.asset].account
    lines = premises.stage.transcript.read(lines_of(account))
    stood = premises.stage.books.balance(account)
    balance = getattr(lines, "balance", stood)
    yield balance == stood, f"{account} stands at {balance:,}", f"{stood:,}, as before", getattr(lines, "at", 0)


def _own_ids(premises: Premises) -> Iterator[Outcome]:
    names = premises.elsewhere()
    by_external = op.Record(
        "found",
        premises.asset,
        Effect.IMPROVEMENT,
        100,
        WHENS[0],
        Template.FUNDING,
        by_id=False,
        by_external=premises.asset,
    )
    status, at = premises.asked(by_external, names)
    yield not 200 <= status < 300, f"status {status} to the owner's external id", "a refusal", at
    create = op.CreateAsset(premises.asset, premises.asset, members_of("Another", 1))
    sight = premises.sight(create, names)
    if not isinstance(sight, SeenAsset):
        yield (
            False,
            "the other business may not use the external id",
            "an asset of its own",
            len(premises.stage.transcript.steps) - 1,
        )
        return
    theirs = sight.id
    yield theirs != names.id_of(premises.asset), f"the asset {theirs}, the owner's", "one of its own", sight.at
    own = Names(names.scope, names.prefix, Who.OTHER)
    own.learn(premises.asset, theirs)
    record = op.Record(
        premises.change, premises.asset, Effect.IMPROVEMENT, 100, WHENS[0], Template.FUNDING, premises.change
    )
    changed = premises.sight(record, own)
    if isinstance(changed, SeenChange):
        mine = names.id_of(premises.change)
        yield changed.id != mine, f"the value change {changed.id}, the owner's", "one of its own", changed.at
    yield from _untouched(premises)
    premises.stage.transcript.send(op.ArchiveAsset(premises.asset), own)


def _own_token(premises: Premises) -> Iterator[Outcome]:
    everything = [*_statements(), *_reads(premises), *_creates(premises), *_writes(premises)]
    as_other = premises.stage.names.seen_by(Who.OTHER)
    for operation in everything:
        status, at = premises.asked(operation, as_other)
        yield not 200 <= status < 300, f"status {status} to the other's token", "401, 403 or 404", at
    yield from _untouched(premises)
    for operation in _statements():
        status, at = premises.asked(operation, premises.elsewhere(Who.OWNER))
        yield not 200 <= status < 300, f"status {status} to the owner's token under the other", "401, 403 or 404", at


def _no_token(premises: Premises) -> Iterator[Outcome]:
    nobody = premises.stage.names.seen_by(Who.NOBODY)
    for operation in [*_statements(), *_reads(premises), *_creates(premises), *_writes(premises)]:
        status, at = premises.asked(operation, nobody)
        yield status == 401, f"status {status} without credentials", "401", at
    yield from _untouched(premises)


_CHECKS: Final[tuple[tuple[Rule, Check], ...]] = (
    (UNREADABLE, _unreadable),
    (UNCHANGEABLE, _unchangeable),
    (UNLISTED, _unlisted),
    (UNUSABLE, _unusable),
    (OWN_IDS, _own_ids),
    (OWN_TOKEN, _own_token),
    (NO_TOKEN, _no_token),
)
