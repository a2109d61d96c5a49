"""What is looked at outside of histories — races, another tenant, books that exist — as it goes on record.

Decides that one breach ends a look and is on record with the shortest history that shows it, that a look which the
target breaks off shows nothing, and that what held of the replies until then counts. What is looked at is each
part's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from contract_tests.call import BrokenOff
from contract_tests.verdict import Failure
from stateful.machine.exchanges import Abandoned, Unreadable, Violation
from stateful.machine.running import Running

NO_CALLS: Final = "a run that only reads makes no calls of that kind"
"""Why a run that is read-only does not see a rule."""

R = TypeVar("R", bound=Running[Any])


@contextmanager
def look(run: Running[Any], stage: Any) -> Iterator[None]:
    """What the block finds with `stage` goes on record. Nothing but Unreachable leaves the block."""
    try:
        yield
    except Violation as violation:
        run.session.recorder.fail(failure_of(violation, stage, run))
    except (Abandoned, BrokenOff, Unreadable):
        pass
    for rule in stage.transcript.looked_at:
        run.session.recorder.observe(rule.id)


def failure_of(violation: Violation, stage: Any, run: Running[Any]) -> Failure:
    """A violation as it goes on record, with the shortest history that shows it."""
    found = violation.found
    history = stage.transcript.evidence(found.at)
    return Failure(violation.rule_id, violation.operation_id, found.seen, found.expected, history, run.seed)


def quiet(run: R) -> R:
    """The run, from now on without counting anything: the goals of part B are its own."""
    run.counting = False
    return run


def unobservable(run: Running[Any], keys: Iterable[str], why: str) -> None:
    """The rules that laws of these keys judge cannot be seen, for this reason."""
    for key in keys:
        rule_id = run.rule_id(key)
        if rule_id is not None:
            run.session.recorder.unobservable(rule_id, why)
