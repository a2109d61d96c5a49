"""What a history learns from an accepted call: the target's ids, and what records must say.

Decides what is told by a call. Knows no wire.
"""

from __future__ import annotations

from stateful import operations as op
from stateful.model.records import Told, Value
from stateful.names import Names
from stateful.operations import (
    ACCUMULATED,
    ASSET,
    EFFECT,
    EXTERNAL,
    ID,
    INSTANT,
    MINOR,
    REVERSED_BY,
    Operation,
    account_of,
)
from stateful.sights import SeenAccount, SeenAsset, SeenChange, SeenJournal, Sight


def learn(operation: Operation, sight: Sight, names: Names) -> None:
    """Take the ids that a reply gives to what is new."""
    if isinstance(operation, op.OpenAccount) and isinstance(sight, SeenAccount):
        _name(names, operation.account, sight.id)
    elif isinstance(operation, op.CreateAsset) and isinstance(sight, SeenAsset):
        _name(names, operation.asset, sight.id)
        _name(names, account_of(operation.asset), sight.account)
    elif isinstance(operation, op.Record) and isinstance(sight, SeenChange):
        _name(names, operation.change, sight.id)
    elif isinstance(operation, op.Post) and isinstance(sight, SeenJournal):
        _name(names, operation.entry, sight.id)
    elif isinstance(operation, op.Reverse) and isinstance(sight, SeenJournal):
        _name(names, operation.reversal, sight.id)


def _name(names: Names, key: str, identifier: str) -> None:
    if not names.knows(key):
        names.learn(key, identifier)


def tell(operation: Operation, sight: Sight, told: dict[str, Told]) -> None:
    """Take down what an accepted call has said of a record."""
    if isinstance(operation, op.CreateAsset):
        before = told.get(operation.asset, Told())
        sent = {**operation.members, EXTERNAL: operation.external, ACCUMULATED: operation.accumulated}
        if isinstance(sight, SeenAsset) and _cleared(before, sent, sight):
            before = Told()
        told[operation.asset] = before.merged(sent)
    elif isinstance(operation, op.AmendAsset):
        accumulated = {} if operation.accumulated is None else {ACCUMULATED: operation.accumulated}
        told[operation.asset] = told[operation.asset].merged({**operation.members, **accumulated})
    elif isinstance(operation, op.Record):
        told[operation.change] = Told().merged(_of_record(operation))
    elif isinstance(operation, op.Amend):
        sent = {MINOR: operation.minor, EFFECT: operation.effect, INSTANT: operation.instant}
        given = {name: value for name, value in sent.items() if value is not None}
        told[operation.change] = told[operation.change].merged({**operation.members, **given})
    elif isinstance(operation, op.OpenAccount) and isinstance(sight, SeenAccount):
        told.setdefault(operation.account, Told({ID: sight.id}))
    elif isinstance(operation, op.Post) and isinstance(sight, SeenJournal):
        told.setdefault(operation.entry, Told({ID: sight.id}))
    elif isinstance(operation, op.Reverse) and isinstance(sight, SeenJournal):
        first = Told({REVERSED_BY: sight.id, **told[operation.entry].members})
        told[operation.entry] = first


def _of_record(operation: op.Record) -> dict[str, Value]:
    return {
        **operation.members,
        ASSET: operation.asset,
        MINOR: operation.minor,
        EFFECT: operation.effect,
        INSTANT: operation.instant,
        EXTERNAL: operation.external,
    }


def _cleared(before: Told, sent: dict[str, Value], shown: SeenAsset) -> bool:
    """Whether an update has cleared what it did not send, as some read "updates in place"."""
    absent = before.members.keys() - {name for name, value in sent.items() if value is not None}
    return any(shown.members.get(name) is None for name in absent)
