"""Part A of a check: the document, the protocol, generated requests.

Decides what runs when and how the time is shared, and that a check which crashes leaves its rules
unsettled instead of passed. Knows no rule's meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from contract_tests.call import Unreachable
from contract_tests.checks import rules
from contract_tests.checks.battery import access, battery
from contract_tests.checks.lint import lint
from contract_tests.checks.replies import JUDGED, ReplyJudge
from contract_tests.fuzz.findings import accepted, judged_rules
from contract_tests.fuzz.fuzzer import fuzzer
from contract_tests.verdict import Goal, Rule
from spec import Api, operations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from contract_tests.session import Session, Specimens

_BATTERY_SHARE: Final = 0.5  # at most so much of the time; what it leaves is the fuzzer's


def rules_for(api: Api) -> tuple[Rule, ...]:
    """The rules that part A judges; those about credentials only where the document asks for some."""
    if any(operation.secured for operation in operations(api.judged)):
        return rules.RULES
    return tuple(rule for rule in rules.RULES if rule not in (rules.CREDENTIALS, rules.CHALLENGE))


def goals_for(api: Api, quick: bool) -> tuple[Goal, ...]:
    """How much part A must have seen before its rules may pass."""
    replies = Goal(JUDGED, 30 if quick else 200, (rules.STATUS.id, rules.MEDIA.id, rules.SCHEMA.id))
    return (replies, *access.goals(api), *_fuzz_goals(api, quick))


def contract(session: Session, seconds: float, specimens: Specimens) -> None:
    """Lint the document, fire the battery, fuzz with what time is left.

    Raises Unreachable when the target stops answering.
    """
    deadline = session.now() + seconds
    with fuzzer() as fuzz:  # it loads while the battery runs
        _guarded(session, (rules.LINT,), lambda: lint(session))
        until = session.now() + seconds * _BATTERY_SHARE
        shots = tuple(rule for rule in rules.RULES if rule.id.startswith("H"))
        judge = ReplyJudge(session.api)
        _guarded(session, shots, lambda: battery(session, specimens, judge, until))
        _guarded(session, judged_rules(), lambda: fuzz.run(session, specimens, deadline))


def _guarded(session: Session, about: Iterable[Rule], check: Callable[[], None]) -> None:
    try:
        check()
    except Unreachable:
        raise
    except Exception as error:  # a check that crashes must not pass, nor end the run
        for rule in about:
            session.recorder.doubt(rule.id, f"its check crashed: {type(error).__name__}: {error}")


def _fuzz_goals(api: Api, quick: bool) -> tuple[Goal, ...]:
    fuzzed = [
        operation.operation_id
        for operation in operations(api.judged)
        if api.profile.note(operation.operation_id).scope != "business"
    ]
    about = tuple(rule.id for rule in judged_rules())
    return () if quick else tuple(Goal(accepted(name), 1, about) for name in fuzzed)
