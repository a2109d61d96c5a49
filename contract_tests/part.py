"""Part A of a check: the document, the protocol, generated requests.

Decides what runs when and how the time is shared, and that a check which crashes leaves its rules
unsettled instead of passed. Knows no rule's meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from contract_tests.call import Unreachable
from contract_tests.checks import rules
from contract_tests.checks.battery import access, battery
from contract_tests.checks.lint import lint
from contract_tests.checks.replies import JUDGED, ReplyJudge
from contract_tests.fuzz.findings import ACCEPTED_BY, accepted, judged_rules
from contract_tests.fuzz.fuzzer import Fuzzer, fuzzer
from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api, operations

__all__ = ["contract", "fuzzer", "rules_for", "goals_for"]

_OF_THE_BATTERY: Final = tuple(rule for rule in rules.RULES if rule.id.startswith("H"))
_OF_ALL_REPLIES: Final = (
    rules.STATUS,
    rules.MEDIA,
    rules.SCHEMA,
    rules.INFERRED,
    rules.NO_CRASH,
    rules.ROBUST,
)
_BATTERY_SHARE: Final = 0.4  # at most so much of the time; what it leaves is the fuzzer's


def rules_for(api: Api) -> tuple[Rule, ...]:
    """The rules that part A judges; those about credentials only where the document asks for some."""
    if any(operation.secured for operation in operations(api.judged)):
        return rules.RULES
    return tuple(rule for rule in rules.RULES if rule not in (rules.CREDENTIALS, rules.CHALLENGE))


def goals_for(api: Api, quick: bool) -> tuple[Goal, ...]:
    """How much part A must have seen before its rules may pass."""
    replies = Goal(JUDGED, 30 if quick else 200, (rules.STATUS.id, rules.MEDIA.id, rules.SCHEMA.id))
    return (replies, *access.goals(api), *_fuzz_goals(api, quick))


def contract(session: Session, seconds: float, specimens: Specimens, fuzz: Fuzzer) -> None:
    """Lint the document, fire the battery, fuzz with what time is left.

    fuzz: from `fuzzer()`, which takes some seconds to load and so is best opened well before.
    Raises Unreachable when the target stops answering.
    """
    deadline = session.now() + seconds
    _check(session, (rules.LINT,), lambda: lint(session))
    until = session.now() + seconds * _BATTERY_SHARE
    judge = ReplyJudge(session.api)
    _check(session, _OF_THE_BATTERY, lambda: battery(session, specimens, judge, until))
    # Its replies are judged by the document too, but only these rules are its own.
    _check(session, judged_rules(), lambda: fuzz.run(session, specimens, deadline), also=_OF_ALL_REPLIES)


def _check(session: Session, about: Sequence[Rule], check: Callable[[], None], *, also: Sequence[Rule] = ()) -> None:
    """Run a check unless none of its rules is judged; if it crashes, what it is about stays unsettled."""
    if not any(session.recorder.judges(rule.id) for rule in (*about, *also)):
        return
    try:
        check()
    except Unreachable:
        raise
    except Exception as error:  # it must not pass, nor end the run
        for rule in about:
            session.recorder.doubt(rule.id, f"its check crashed: {type(error).__name__}: {error}")


def _fuzz_goals(api: Api, quick: bool) -> tuple[Goal, ...]:
    """A third of the operations must have accepted something (one, if quick); the rest is for reading."""
    fuzzed = [
        operation.operation_id
        for operation in operations(api.judged)
        if api.profile.note(operation.operation_id).scope != "business"
    ]
    about = (rules.ACCEPTED.id,)
    wanted = 1 if quick else len(fuzzed) // 3
    return (Goal(ACCEPTED_BY, wanted, about), *(Goal(accepted(name), 0, about) for name in fuzzed))
