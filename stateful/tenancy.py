"""Part C, tenancy: what one business makes is never visible or usable in another.

Decides what is asked on whose behalf: the owner's records under the other's scope, the owner's
scope with the other's token, the other's with the owner's, and all of it without credentials.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from contract_tests.call import Who
from contract_tests.session import Session
from contract_tests.target import Other
from contract_tests.verdict import Level, Rule
from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, lines_of
from stateful.machine.palette import WHENS, members_of
from stateful.machine.run import Run
from stateful.machine.stage import Stage
from stateful.model.words import Basis, Effect
from stateful.names import Names
from stateful.on_record import quiet
from stateful.operations import MEMO, NAME, Listing, Operation, ReadPage, Role, Template
from stateful.sights import SeenAsset, SeenBalances, SeenChange, SeenPage, key_of
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

UNUSABLE: Final = Rule("N4", Level.MUST, "A call that refers to another business's asset or account is refused", SCOPED)
OWN_IDS: Final = Rule(
    "N5", Level.MUST, "External ids are a business's own: another's are neither found nor taken", SCOPED
)

RULES: Final = (UNREADABLE, UNCHANGEABLE, UNLISTED, UNUSABLE, OWN_IDS, OWN_TOKEN, NO_TOKEN)


def judge(session: Session) -> None:
    """Ask everything once; what fails is asked again, with fresh records. Raises Unreachable."""
    ask_all(session, quiet(Run(session, "t")), _CHECKS, lambda stage: _premises(stage, session.target.other))


@dataclass(frozen=True, slots=True)
class Premises(Ground):
    """The owner's history, and its records as others may ask for them."""

    asset: str
    change: str
    entry: str


def _premises(stage: Stage, other: Other | None) -> Premises:
    """Records of every kind, made by the owner."""
    asset = cast.asset(stage, 1)
    change = cast.change_of(stage, asset.key)
    funding = cast.account(stage, Role.FUNDING)
    lines = ((asset.account, 100), (funding, -100))
    stage.carry_out(op.Post("entry-1", WHENS[0], lines, external="entry-1"), look=False)
    return Premises(stage, other, asset.key, change.key, "entry-1")


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
    yield from premises.refused(_reads(premises), premises.elsewhere(), "under the other business", "4xx")


def _unchangeable(premises: Premises) -> Iterator[Outcome]:
    yield from premises.refused(_writes(premises), premises.elsewhere(), "under the other business", "4xx")
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
    yield from premises.refused(_creates(premises), premises.elsewhere(), "under the other business", "a refusal")
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


def _everything(premises: Premises) -> list[Operation]:
    return [*_statements(), *_reads(premises), *_creates(premises), *_writes(premises)]


def _own_token(premises: Premises) -> Iterator[Outcome]:
    theirs = premises.stage.names.seen_by(Who.OTHER)
    yield from premises.refused(_everything(premises), theirs, "to the other's token", "401, 403 or 404")
    yield from _untouched(premises)  # the owner's token may open the other business, too: a platform's does


def _no_token(premises: Premises) -> Iterator[Outcome]:
    yield from premises.without_credentials(_everything(premises))
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
