"""Part C, races of holdings: creates, renames and deactivations from many clients at once.

Decides what is raced and what must hold afterwards in whatever order the target took the calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract_tests.session import Session
from contract_tests.verdict import Goal, Level, Rule
from stateful.holdings import operations as op
from stateful.holdings.operations import Operation, ReadList
from stateful.holdings.plays import new_asset, walked
from stateful.holdings.run import Run
from stateful.holdings.sights import SeenAsset, SeenBalances
from stateful.holdings.stage import Stage
from stateful.machine.running import controllable
from stateful.racing import CLIENTS, Outcome, Race, Raced, goals_of, hold_all

ONE_NUMBER_EACH: Final = Rule(
    "K1",
    Level.MUST,
    "Assets created at once in one client account have different sequence numbers",
    "The API documents a unique sequence number for each asset",
)
NO_LOSS: Final = Rule(
    "K2", Level.MUST, "Assets created at once are all there: none is lost", "A create that is accepted makes an asset"
)
ONE_WHOLE: Final = Rule(
    "K3",
    Level.MUST,
    "Of names given at once one is kept whole, and nothing else of the asset moves",
    "A change that is accepted is stored",
)
BOTH_KEPT: Final = Rule(
    "K4",
    Level.MUST,
    "A deactivation and changes of the name at once are both kept",
    "A change that is accepted is stored",
)
NEVER_HELD: Final = Rule(
    "K5",
    Level.SHOULD,
    "When postings and a deactivation meet, the asset does not end inactive with a balance",
    "The API documents that outstanding balances deny a deactivation; inferred for what comes at once",
)

RULES: Final = (ONE_NUMBER_EACH, NO_LOSS, ONE_WHOLE, BOTH_KEPT, NEVER_HELD)

_NO_LEDGER: Final = "the target does not let the kit work with its ledger (capability control, control_url)"


def goals(quick: bool, *, control: bool = True) -> tuple[Goal, ...]:
    """How many races must really have overlapped before a rule may pass."""
    return goals_of((rule for rule in RULES if control or rule is not NEVER_HELD), quick=quick)


def judge(session: Session, run: Run, until: float) -> None:
    """Race until then on the session's clock, each kind once at least. Raises Unreachable."""
    kinds = list(_RACES)
    if not controllable(session):
        session.recorder.unobservable(NEVER_HELD.id, _NO_LEDGER)
        kinds = [kind for kind in kinds if NEVER_HELD not in kind.rules]
    hold_all(session, run, kinds, until)


def _many_assets(stage: Stage) -> list[Operation]:
    if stage.judges.control:
        stage.open_account()
    return [op.Create(f"raced-{n}", f"{stage.names.prefix}raced {n}") for n in range(CLIENTS)]


def _are_complete(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    shown = [stage.transcript.sight(operation, place) for operation, place in raced.accepted()]
    made = [sight for sight in shown if isinstance(sight, SeenAsset)]
    count = len(made)
    ids, numbers = {sight.id for sight in made}, {sight.number for sight in made}
    yield (
        ONE_NUMBER_EACH,
        f"{count} assets have {len(numbers)} numbers",
        f"{count}",
        raced.places,
        len(numbers) == count,
    )
    yield NO_LOSS, f"{count} accepted creates made {len(ids)} assets", f"{count}", raced.places, len(ids) == count
    for (operation, place), sight in zip(raced.accepted(), shown, strict=True):
        if isinstance(sight, SeenAsset):
            stage.names.learn(operation.asset, sight.id)
            found = stage.transcript.read(op.ReadAsset(operation.asset))
            good = isinstance(found, SeenAsset) and found.name == operation.name
            yield NO_LOSS, f"{operation.asset} cannot be read as it was made", "every asset", (place,), good
            if isinstance(found, SeenAsset):
                seen = f"{operation.asset} was answered with the number {sight.number} and has {found.number}"
                same = found.number == sight.number
                yield ONE_NUMBER_EACH, seen, "one number", (place, found.at), same
    walk = walked(stage, ReadList(page=1, size=100))
    if walk.complete:
        missing = len(ids - {row.id for row in walk.rows})
        yield NO_LOSS, f"{missing} of {count} are not listed", "every asset", (*raced.places, *walk.at), not missing


def _many_names(stage: Stage) -> list[Operation]:
    key = new_asset(stage)
    return [op.Rename(key, f"{stage.names.prefix}{'raced ' * 20}{n}") for n in range(CLIENTS)]


def _is_one_whole(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    made = stage.made[-1]
    shown = stage.transcript.read(op.ReadAsset(made.key))
    names = {operation.name for operation, _ in raced.accepted()}
    if isinstance(shown, SeenAsset) and names:
        places = (*raced.places, shown.at)
        yield ONE_WHOLE, f"{made.key} is called {shown.name!r}", "one of the names", places, shown.name in names
        fixed = (shown.account, shown.number, shown.created, shown.creator, shown.active is not False)
        right = (made.account, made.number, made.created, made.creator, True)
        yield ONE_WHOLE, f"{made.key} has {fixed}", f"{right}", places, fixed == right


def _names_and_an_end(stage: Stage) -> list[Operation]:
    key = new_asset(stage)
    calls: list[Operation] = [op.Rename(key, f"{stage.names.prefix}raced {n}") for n in range(CLIENTS)]
    calls[CLIENTS // 2] = op.Deactivate(key)
    return calls


def _are_both_kept(stage: Stage, raced: Raced) -> Iterator[Outcome]:
    made = stage.made[-1]
    accepted = [operation for operation, _ in raced.accepted()]
    names = {operation.name for operation in accepted if isinstance(operation, op.Rename)}
    shown = stage.transcript.read(op.ReadAsset(made.key))
    if isinstance(shown, SeenAsset):
        places = (*raced.places, shown.at)
        if any(isinstance(operation, op.Deactivate) for operation in accepted):
            yield BOTH_KEPT, f"{made.key} is active", "inactive, as was answered", places, shown.active is not True
        if names:
            yield BOTH_KEPT, f"{made.key} is called {shown.name!r}", "one of the names", places, shown.name in names


def _postings_and_an_end(stage: Stage) -> list[Operation]:
    stage.open_account()
    key = new_asset(stage)
    demanding = sorted(code for code, flagged in stage.chart.items() if flagged)[0]
    free = sorted(code for code, flagged in stage.chart.items() if not flagged)[0]
    lines = (demanding, key, 100), (free, None, -100)
    return [op.Deactivate(key) if n % 2 == 0 else op.Post(f"raced-{n}", lines) for n in range(CLIENTS)]


def _is_never_held(stage: Stage, _raced: Raced) -> Iterator[Outcome]:
    key = stage.made[-1].key
    balances, shown = (stage.transcript.read(reading) for reading in (op.ReadBalances(key), op.ReadAsset(key)))
    if isinstance(balances, SeenBalances) and isinstance(shown, SeenAsset):
        left = {code: minor for code, minor in balances.rows.items() if minor and stage.chart.get(code)}
        places = (balances.at, shown.at)
        yield (
            NEVER_HELD,
            f"{key} is inactive and holds {left}",
            "one or the other",
            places,
            not left or shown.active is not False,
        )


_RACES: Final = (
    Race((ONE_NUMBER_EACH, NO_LOSS), _many_assets, _are_complete),
    Race((ONE_WHOLE,), _many_names, _is_one_whole),
    Race((BOTH_KEPT,), _names_and_an_end, _are_both_kept),
    Race((NEVER_HELD,), _postings_and_an_end, _is_never_held),
)
