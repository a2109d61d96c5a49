"""Part C, races of value changes: the same call, or calls to the same account, from many clients at once.

Decides what is raced and what must hold afterwards in whatever order the target took the calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract_tests.session import Session
from contract_tests.verdict import Goal, Level, Rule
from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import FOREVER, lines_of
from stateful.machine.palette import WHENS, members_of
from stateful.machine.run import Run
from stateful.machine.stage import Stage
from stateful.model.words import Basis, Effect
from stateful.on_record import quiet
from stateful.operations import EXTERNAL, MINOR, Listing, Operation, ReadPage, ReadTrial, Template
from stateful.racing import CLIENTS, Outcome, Race, Raced, goals_of, hold_all
from stateful.rules.law import money
from stateful.sights import SeenAsset, SeenChange, SeenLines, SeenPage, SeenTrial

_IDEMPOTENT: Final = "The API documents creates with an external id as idempotent"

ONE_ASSET: Final = Rule(
    "K1", Level.MUST, "The same external id of an asset, sent by many clients at once, makes one asset", _IDEMPOTENT
)
ONE_CHANGE: Final = Rule(
    "K2",
    Level.MUST,
    "The same external id of a value change, sent by many clients at once, has one journal",
    _IDEMPOTENT,
)
NO_LOSS: Final = Rule(
    "K3", Level.MUST, "Value changes recorded at once are all in the balances: none is lost", "Balances are sums (V1)"
)
STEADY: Final = Rule("K4", Level.MUST, "Statements add up while changes are being recorded", "L3, throughout")
ONE_VOID: Final = Rule(
    "K5", Level.MUST, "A value change that many clients void at once is reversed once", "A2, at once"
)
ONE_LIVE: Final = Rule(
    "K6",
    Level.MUST,
    "A value change that many clients amend at once has one live journal, which says what its record says",
    "The API documents that an amendment re-posts the journal",
)

RULES: Final = (ONE_ASSET, ONE_CHANGE, NO_LOSS, STEADY, ONE_VOID, ONE_LIVE)


def goals(quick: bool) -> tuple[Goal, ...]:
    """How many races must really have overlapped before a rule may pass."""
    return goals_of(RULES, quick=quick)


def judge(session: Session, until: float) -> None:
    """Race until then on the session's clock, each kind once at least. Raises Unreachable."""
    hold_all(session, quiet(Run(session, "r")), _RACES, until)


# ---- the kinds --------------------------------------------------------------------------------


def _same_asset(_stage: Stage) -> list[Operation]:
    return [op.CreateAsset("raced", "raced", members_of("Raced", 0))] * CLIENTS


def _is_one_asset(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    shown = [(_sight(stage, operation, place), place) for operation, place in raced.accepted()]
    ids = {sight.id for sight, _ in shown if isinstance(sight, SeenAsset)}
    accounts = {sight.account for sight, _ in shown if isinstance(sight, SeenAsset)}
    places = tuple(place for _, place in shown)
    if not places:
        return
    seen = f"{CLIENTS} clients were shown {len(ids)} assets with {len(accounts)} accounts of their own"
    yield ONE_ASSET, seen, "one asset with one account", places, len(ids) == len(accounts) == 1
    newest = ReadPage(Listing.ASSETS, limit=50, newest_first=True, by_creation=True)
    page = stage.transcript.read(newest)
    if isinstance(page, SeenPage):
        rows = [row for row in page.rows if isinstance(row, SeenAsset) and row.members.get(EXTERNAL) == "raced"]
        seen = f"{len(rows)} assets with the external id are listed"
        if rows:  # none of it means that others have added more than a page of theirs since
            yield ONE_ASSET, seen, "one", (*places, page.at), len(rows) == 1


def _same_change(stage: Stage) -> list[Operation]:
    asset = cast.asset(stage, 0)
    record = op.Record("raced", asset.key, Effect.IMPROVEMENT, 700, WHENS[0], Template.FUNDING, external="raced")
    return [record] * CLIENTS


def _is_one_change(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    shown = [_sight(stage, operation, place) for operation, place in raced.accepted()]
    ids = {sight.id for sight in shown if isinstance(sight, SeenChange)}
    if not shown:
        return
    yield ONE_CHANGE, f"{CLIENTS} clients were shown {len(ids)} value changes", "one", raced.places, len(ids) == 1
    lines = _lines(stage)
    if lines is not None:
        seen = f"the asset's account stands at {money(lines.balance)} in {len(lines.rows)} lines"
        good = lines.balance == 700 and len(lines.rows) == 1
        yield ONE_CHANGE, seen, "700 in one line", (*raced.places, lines.at), good


def _many_changes(stage: Stage) -> list[Operation]:
    asset = cast.asset(stage, 0)
    cast.endow(stage, asset.key, 10_000_000)
    readers: list[Operation] = [ReadTrial(FOREVER, Basis.ACCRUAL)] * 4
    effects = (Effect.IMPROVEMENT, Effect.REVALUATION_DOWN)
    records = [
        # Powers of two: what is missing says which changes are.
        op.Record(f"raced-{n}", asset.key, effects[n % 4 == 3], 2**n, WHENS[0], Template.FUNDING)
        for n in range(CLIENTS)
    ]
    return [*records[:8], *readers[:2], *records[8:], *readers[2:]]


def _is_complete(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    for operation, place in raced.accepted():
        sight = _sight(stage, operation, place)
        if isinstance(sight, SeenTrial) and sight.debit is not None and sight.credit is not None:
            seen = f"debits of {money(sight.debit)} and credits of {money(sight.credit)} while changes were recorded"
            yield STEADY, seen, "columns that are equal", (place,), sight.debit == sight.credit
    lines = _lines(stage)
    if lines is not None:
        accepted = [operation for operation, _ in raced.accepted() if isinstance(operation, op.Record)]
        signs = {Effect.IMPROVEMENT: 1, Effect.REVALUATION_DOWN: -1}
        stood = stage.books.balance(lines.account)
        expected = stood + sum(signs[record.effect] * record.minor for record in accepted)
        seen = f"the asset's account stands at {money(lines.balance)} after {len(accepted)} changes at once"
        yield NO_LOSS, seen, money(expected), (*raced.places, lines.at), lines.balance == expected
        shown = stage.transcript.read(op.ReadTrial(FOREVER, Basis.ACCRUAL))
        if isinstance(shown, SeenTrial):
            balance = shown.rows.get(lines.account, 0)
            seen = f"the trial balance shows {money(balance)}"
            yield NO_LOSS, seen, money(expected), (*raced.places, shown.at), balance == expected


def _same_void(stage: Stage) -> list[Operation]:
    change = cast.change_of(stage, cast.asset(stage, 0).key)
    return [op.Void(change.key)] * CLIENTS


def _is_one_void(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    if not any(True for _ in raced.accepted()):
        return
    lines = _lines(stage)
    if lines is not None:
        seen = f"the asset's account stands at {money(lines.balance)} in {len(lines.rows)} lines"
        good = lines.balance == 0 and len(lines.rows) <= 2
        yield ONE_VOID, seen, "0, in the change's line and one reversal", (*raced.places, lines.at), good


def _same_amend(stage: Stage) -> list[Operation]:
    change = cast.change_of(stage, cast.asset(stage, 0).key)
    return [op.Amend(change.key, minor=1_000 + client) for client in range(CLIENTS)]


def _is_one_live(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    change = cast.live(stage)[0]
    record = stage.transcript.read(op.ReadChange(change.key))
    lines = _lines(stage)
    if lines is not None and isinstance(record, SeenChange):
        minor = record.members[MINOR]
        seen = f"the record says {minor:,} and the asset's account stands at {money(lines.balance)}"
        at = (*raced.places, record.at, lines.at)
        yield ONE_LIVE, seen, "two figures that are equal", at, lines.balance == minor


_RACES: Final = (
    Race((ONE_ASSET,), _same_asset, _is_one_asset),
    Race((ONE_CHANGE,), _same_change, _is_one_change),
    Race((NO_LOSS, STEADY), _many_changes, _is_complete),
    Race((ONE_VOID,), _same_void, _is_one_void),
    Race((ONE_LIVE,), _same_amend, _is_one_live),
)


def _sight(stage: Stage, operation: Operation, place: int) -> object:
    return stage.transcript.sight(operation, place)


def _lines(stage: Stage) -> SeenLines | None:
    """The lines of the first asset's own account."""
    account = next(iter(stage.books.assets().values())).account
    seen = stage.transcript.read(lines_of(account))
    return seen if isinstance(seen, SeenLines) else None
