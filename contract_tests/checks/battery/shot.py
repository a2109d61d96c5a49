"""One request of the battery, and what may become of it.

Decides how a reply to a request that was bent on purpose is judged. Knows no API and no list of
requests: those are in the files beside this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Final

from contract_tests.call import BrokenOff, Call, Reply
from contract_tests.checks import rules
from contract_tests.checks.replies import ReplyJudge
from contract_tests.patience import asks_for_patience
from contract_tests.session import Session
from contract_tests.verdict import Failure, Rule, Step

NOT_IMPLEMENTED: Final = frozenset({501, 505})
"""5xx statuses by which a server says that it does not know a method or a version of HTTP."""


NO_REPLY: Final = 0
"""What stands in a history for the status of a call that got no reply."""


class Outcome(Enum):
    """What a rule expects of a reply."""

    REFUSED = "a refusal: 4xx"
    ACCEPTED = "2xx, as for the same request in plain form"
    ANSWERED = "any status below 500"
    NOTED = "a refusal, but nobody is failed for accepting it"


@dataclass(frozen=True, slots=True)
class Shot:
    """A bent request: which rule it asks, what is odd about it, and what is expected."""

    rule: Rule
    oddity: str
    call: Call
    outcome: Outcome


class Range:
    """Fires shots at a session's target until the deadline, and puts what it sees on record."""

    def __init__(self, session: Session, judge: ReplyJudge, deadline: float) -> None:
        self.session = session
        self._judge = judge
        self._deadline = deadline

    @property
    def open(self) -> bool:
        """Whether there is time for another request."""
        return self.session.now() < self._deadline

    def fire(self, shots: Iterable[Shot]) -> None:
        """Send them in turn. Raises Unreachable when the target does not answer any more."""
        for shot in shots:
            if not self.open:
                return
            if self.session.recorder.judges(shot.rule.id):
                self._fire(shot)

    def ask(self, call: Call, note: str, *, honest: bool = False) -> Step:
        """Send one call; its reply is judged by the document, whatever else it is asked for.

        honest: nothing is odd about it, so that a server error is judged by the document too. Raises
        BrokenOff when it gets no reply.
        """
        step = Step(call, self.session.driver.send(call), note=note)
        if honest or step.reply.status < 500:
            self._judge.record(self.session.recorder, [step], self.session.seed)
        return step

    def fail(self, rule: Rule, step: Step, seen: str, expected: str) -> None:
        """The rule is broken by this one exchange."""
        operation = step.call.operation_id
        self.session.recorder.fail(Failure(rule.id, operation, seen, expected, (step,), self.session.seed))

    @contextmanager
    def spared(self, *about: Rule) -> Iterator[None]:
        """Ask in the block: a call that gets no reply leaves these rules in doubt, and the run goes on."""
        try:
            yield
        except BrokenOff as broken:
            for rule in about:
                self.session.recorder.doubt(rule.id, f"a call got no reply: {broken}")

    def _fire(self, shot: Shot) -> None:
        recorder = self.session.recorder
        try:
            step = self.ask(shot.call, shot.oddity)
        except BrokenOff as broken:
            self._cut_off(shot, broken)
            return
        if asks_for_patience(step.reply):
            return
        if _met(shot.outcome, step.reply):
            recorder.observe(shot.rule.id)
        elif shot.outcome is Outcome.NOTED:
            recorder.doubt(shot.rule.id, f"{shot.oddity} is accepted: status {step.reply.status}")
        else:
            self.fail(shot.rule, step, f"{shot.oddity}: status {step.reply.status}", shot.outcome.value)

    def _cut_off(self, shot: Shot, broken: BrokenOff) -> None:
        """Hanging up is no answer to hostile input; of anything else it says nothing."""
        if shot.rule is rules.HOSTILE:
            step = Step(shot.call, Reply(NO_REPLY), note=shot.oddity)
            self.fail(shot.rule, step, f"{shot.oddity}: no reply: {broken}", shot.outcome.value)
        else:
            self.session.recorder.doubt(shot.rule.id, f"{shot.oddity} got no reply: {broken}")


def _met(outcome: Outcome, reply: Reply) -> bool:
    if outcome is Outcome.ACCEPTED:
        return reply.ok
    if outcome is Outcome.ANSWERED:
        return reply.status < 500 or reply.status in NOT_IMPLEMENTED
    return reply.refused
