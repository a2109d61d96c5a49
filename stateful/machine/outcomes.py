"""How a call may end, in any suite that puts flaws into calls.

Decides what a call that ended otherwise than it should is held against: the law that its flaw or its promise
belongs to, or nobody where no rule of the API speaks of it.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from contract_tests.call import Reply
from stateful.machine.exchanges import Abandoned, Exchanges, Judges, Said, Shown, Violation
from stateful.rules.finding import Broken


def judge_outcome(
    judges: Judges, transcript: Exchanges[Any, Any], at: int, reply: Reply, *, flaw: Enum | None, law: str, open_: bool
) -> None:
    """Compare the outcome of the exchange at that place with what was to be expected: without a flaw, acceptance.

    law: the key of the law that is broken otherwise. open_: whether either outcome is right.
    Raises Violation where it should have ended otherwise, Abandoned where nobody can say.
    """
    if not reply.ok and not reply.refused:
        transcript.hold_problems()
        raise Abandoned(f"status {reply.status}")
    if open_ or reply.ok == (flaw is None):
        return
    rule_id = judges.rule_id(law)
    if rule_id is None:
        transcript.hold_problems()
        raise Abandoned(f"status {reply.status}, of which no rule speaks")
    expected = "acceptance" if flaw is None else f"a refusal: {flaw.value}"
    raise Violation(rule_id, transcript.steps[at].call.operation_id, Broken(f"status {reply.status}", expected, (at,)))


def done(transcript: Exchanges[Said, Shown], operation: Said) -> Shown:
    """What a call of the control plane shows. Raises Abandoned where it is refused: no vendor promises it."""
    at, _call, reply = transcript.send(operation)
    if not reply.ok:
        raise Abandoned(f"the control plane answers {reply.status} to {type(operation).__name__}")
    return transcript.sight(operation, at)
