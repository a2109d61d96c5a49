"""Part C, tenancy, in any suite: what one tenant makes is never visible or usable in another.

Decides that everything is asked once, and what fails is asked again with fresh records. Which calls
are asked on whose behalf is each suite's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from contract_tests.call import Who
from contract_tests.session import Session
from contract_tests.target import Other
from contract_tests.verdict import Failure, Level, Rule
from contract_tests.wire import has_credentials
from stateful.machine.exchanges import Abandoned, Violation
from stateful.machine.running import Running
from stateful.names import Names
from stateful.on_record import failure_of
from stateful.rules.finding import Broken

SCOPED: Final = "The API documents each record as one of a business"

UNREADABLE: Final = Rule("N1", Level.MUST, "A business's records cannot be read under another business", SCOPED)
UNCHANGEABLE: Final = Rule("N2", Level.MUST, "A business's records cannot be changed under another business", SCOPED)
UNLISTED: Final = Rule("N3", Level.MUST, "A business's records are in no list of another business", SCOPED)
OWN_TOKEN: Final = Rule(
    "N6", Level.MUST, "A token opens the business that it was given for and no other", "The API documents tokens"
)
NO_TOKEN: Final = Rule(
    "N7",
    Level.MUST,
    "A call without credentials is answered with 401, whatever it asks for",
    "The API documents tokens",
)

Outcome = tuple[bool, str, str, int]
"""Whether it held, what was seen, what was expected, and where."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The owner's history, asked about on others' behalf. A suite adds what the owner has made."""

    stage: Any
    other: Other | None

    def elsewhere(self, who: Who = Who.OTHER) -> Names:
        """The owner's records, asked for under the other's scope."""
        assert self.other is not None
        elsewhere: Names = self.stage.names.seen_by(who, self.other.scope)
        return elsewhere

    def asked(self, operation: Any, names: Names) -> tuple[int, int]:
        """The status of a call, and its place in the history."""
        at, _call, reply = self.stage.transcript.send(operation, names)
        return reply.status, at

    def sight(self, operation: Any, names: Names) -> Any:
        """What a call shows on somebody's behalf; None where it is refused."""
        at, _call, reply = self.stage.transcript.send(operation, names)
        return self.stage.transcript.sight(operation, at) if reply.ok else None

    def refused(self, operations: Sequence[Any], names: Names, whom: str, expected: str) -> Iterator[Outcome]:
        """Whether every one of the calls is refused; `whom` ends the sentence that says what was answered."""
        for operation in operations:
            status, at = self.asked(operation, names)
            yield not 200 <= status < 300, f"status {status} {whom}", expected, at

    def without_credentials(self, operations: Iterable[Any]) -> Iterator[Outcome]:
        """Whether every one of the calls is answered with 401 where nobody says who they are."""
        nobody = self.stage.names.seen_by(Who.NOBODY)
        for operation in operations:
            status, at = self.asked(operation, nobody)
            yield status == 401, f"status {status} without credentials", "401", at


Check = Callable[[Any], Iterator[Outcome]]


def ask_all(
    session: Session, run: Running[Any], checks: Sequence[tuple[Rule, Check]], premises: Callable[[Any], Any]
) -> None:
    """Ask every check of records that `premises` makes on a new stage. Raises Unreachable.

    Without a second tenant only what needs no credentials at all can be asked.
    """
    alone = session.target.other is None
    for rule, check in checks:
        if rule is NO_TOKEN and not has_credentials(session.target):
            session.recorder.unobservable(rule.id, "the target is used without credentials")
        elif alone and rule is not NO_TOKEN:
            session.recorder.unobservable(rule.id, "the target names no second business (other)")
        elif session.recorder.judges(rule.id):
            session.say(f"tenancy: {rule.statement}")
            _ask(session, run, rule, check, premises)


def _ask(session: Session, run: Running[Any], rule: Rule, check: Check, premises: Callable[[Any], Any]) -> None:
    failure = _examined(session, run, rule, check, premises)
    if failure is None:
        return
    again = _examined(session, run, rule, check, premises)
    if again is not None:
        session.recorder.fail(again)
    else:
        session.recorder.doubt(rule.id, f"seen once and not again: {failure.seen}")


def _examined(
    session: Session, run: Running[Any], rule: Rule, check: Check, premises: Callable[[Any], Any]
) -> Failure | None:
    """The first breach of the rule, if there is one; what holds is put on record."""
    stage = run.open_stage()
    try:
        for held, seen, expected, at in check(premises(stage)):
            if not held:
                raise Violation(rule.id, stage.transcript.steps[at].call.operation_id, Broken(seen, expected, (at,)))
            session.recorder.observe(rule.id)
        stage.transcript.hold_problems()
    except Violation as violation:
        return failure_of(violation, stage, run)
    except Abandoned:
        return None
    return None
