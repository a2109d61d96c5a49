"""How observations, failures and reach add up to verdicts, and verdicts to an exit status."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from contract_tests.call import Call, Reply
from contract_tests.recorder import Recorder
from contract_tests.verdict import (
    Failed,
    Failure,
    Goal,
    Level,
    Passed,
    Report,
    Result,
    Rule,
    Step,
    Unknown,
    Unobservable,
    Verdict,
)

MUST = Rule("L1", Level.MUST, "Entries balance", "Double entry")
SHOULD = Rule("H2", Level.SHOULD, "A 401 names its scheme", "RFC 9110")
STEP = Step(Call("GET", "/x"), Reply(200))
FAILURE = Failure("L1", "entries.get", "1", "0", (STEP, STEP), 1)


def verdict_after(*events: str, goals: tuple[Goal, ...] = ()) -> Verdict:
    recorder = Recorder([MUST], goals)
    for event in events:
        {
            "observe": lambda: recorder.observe("L1", 3),
            "fail": lambda: recorder.fail(FAILURE),
            "doubt": lambda: recorder.doubt("L1", "seen once only"),
            "unobservable": lambda: recorder.unobservable("L1", "no second tenant"),
            "reach": lambda: recorder.reach("entries read", 2),
        }[event]()
    (result,) = recorder.results()
    return result.verdict


GOAL = Goal("entries read", 2, ("L1",))


@pytest.mark.parametrize(
    ("events", "verdict"),
    [
        (("observe",), Passed(3)),
        ((), Unknown("nothing was seen that this rule speaks of")),
        (("unobservable",), Unobservable("no second tenant")),
        (("unobservable", "observe"), Passed(3)),
        (("observe", "doubt"), Unknown("seen once only", 3)),
        (("doubt", "fail"), Failed((FAILURE,), 1)),
        (("observe", "fail"), Failed((FAILURE,), 4)),
    ],
)
def test_a_rule_that_saw_nothing_never_passes(events: tuple[str, ...], verdict: Verdict) -> None:
    assert verdict_after(*events) == verdict


def test_a_missed_goal_leaves_a_rule_open() -> None:
    assert verdict_after("observe", goals=(GOAL,)) == Unknown("entries read: 0 of 2 wanted occurrences", 3)
    assert verdict_after("observe", "reach", goals=(GOAL,)) == Passed(3)
    assert verdict_after("fail", goals=(GOAL,)) == Failed((FAILURE,), 1)


def test_a_goal_of_a_rule_that_cannot_be_observed_is_not_missed() -> None:
    recorder = Recorder([MUST, SHOULD], [GOAL, Goal("challenges", 1, ("H2",))])
    recorder.unobservable("L1", "no entries here")
    assert [reached.goal.name for reached in recorder.reached()] == ["challenges"]
    recorder.observe("L1")
    assert [reached.goal.name for reached in recorder.reached()] == ["entries read", "challenges"]


def test_the_shortest_history_of_a_fault_is_kept() -> None:
    recorder = Recorder([MUST])
    shorter = replace(FAILURE, seen="2", history=(STEP,))
    elsewhere = replace(FAILURE, operation="entries.post")
    for failure in (FAILURE, shorter, FAILURE, elsewhere):
        recorder.fail(failure)
    (result,) = recorder.results()
    assert result.verdict == Failed((shorter, elsewhere), 4)
    assert recorder.failed("L1")
    assert not recorder.failed("H2")


def test_rules_that_are_not_judged_are_left_out() -> None:
    recorder = Recorder([SHOULD], [GOAL])
    recorder.observe("L1")
    recorder.reach("entries read")
    assert [result.rule.id for result in recorder.results()] == ["H2"]
    assert recorder.reached() == ()
    assert recorder.judges("H2")
    assert not recorder.judges("L1")


def test_several_threads_lose_nothing() -> None:
    recorder = Recorder([MUST])
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: recorder.observe("L1"), range(4_000)))
    assert recorder.results()[0].verdict == Passed(4_000)


@pytest.mark.parametrize(
    ("must", "should", "plain", "strict"),
    [
        (Passed(1), Passed(1), 0, 0),
        (Passed(1), Failed((FAILURE,), 1), 0, 1),
        (Passed(1), Unknown("why"), 0, 3),
        (Failed((FAILURE,), 1), Passed(1), 1, 1),
        (Unknown("why"), Failed((FAILURE,), 1), 3, 1),
        (Unobservable("why"), Passed(1), 0, 0),
    ],
)
def test_the_exit_status_is_the_worst_that_binds(must: Verdict, should: Verdict, plain: int, strict: int) -> None:
    report = Report("toy", "http://h", 1, 0, 0.0, (Result(MUST, must), Result(SHOULD, should)))
    assert report.exit_status() == plain
    assert report.exit_status(strict=True) == strict


def test_an_interrupted_run_is_inconclusive_at_best() -> None:
    green = Report("toy", "http://h", 1, 0, 0.0, (Result(MUST, Passed(1)),), interrupted=True)
    assert green.exit_status() == 3
    assert replace(green, results=(Result(MUST, Failed((FAILURE,), 1)),)).exit_status() == 1


def test_a_reply_knows_its_own_kind() -> None:
    assert Reply(201).ok
    assert not Reply(302).ok
    assert Reply(404).refused
    assert not Reply(500).refused
    assert Reply(200, (("ETag", "x"),)).header("etag") == "x"
    assert Call("PATCH", "/x").mutates
    assert not Call("HEAD", "/x").mutates


def test_a_body_replaces_the_media_type_it_had() -> None:
    call = Call("POST", "/x", headers=(("Content-Type", "text/plain"), ("x-a", "b"))).with_json({"a": "ü"})
    assert call.headers == (("x-a", "b"), ("content-type", "application/json"))
    assert call.body == '{"a": "ü"}'.encode()
