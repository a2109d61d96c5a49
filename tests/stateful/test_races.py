"""Part C: races, tenancy, and runs that only read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import spec
import stateful
from contract_tests.call import BrokenOff, Call, Reply, Who
from contract_tests.session import Session
from contract_tests.verdict import Passed, Unknown, Unobservable
from stateful import concurrency, tenancy
from stateful.racing import overlapping, race
from tests.stateful.conftest import Steps, failures
from tests.stateful.fake_books import ELSEWHERE
from tests.stateful.fake_layer import FakeLayer
from tests.stateful.planted import ListLosesLastPage, LopsidedSheet, MissingSecondLine


def reply(started: float, ended: float) -> Reply:
    return Reply(200, started=started, ended=ended)


@pytest.mark.parametrize(
    ("spans", "overlaps"),
    [
        ([], 0),
        ([(0, 1)], 0),
        ([(0, 1), (1, 2)], 0),
        ([(0, 2), (1, 3)], 2),
        ([(0, 9), (1, 2), (3, 4)], 3),
        ([(0, 1), (2, 4), (3, 5)], 2),
    ],
)
def test_overlap_is_measured(spans: list[tuple[float, float]], overlaps: int) -> None:
    assert overlapping([reply(*span) for span in spans]) == overlaps


def test_replies_come_in_the_order_of_their_calls(fake: FakeLayer) -> None:
    calls = [Call("GET", f"/businesses/{business}/assets") for business in ("x", "y")]

    class Echo:
        def send(self, call: Call) -> Reply:
            return Reply(200, body=call.path.encode())

    assert [answer.body.decode() for answer in race(Echo(), calls)] == [call.path for call in calls]


def test_a_right_server_passes_all_races_and_all_tenancy(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    session = session_of(fake)
    stateful.races(session, 0)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    rules = (*concurrency.RULES, *tenancy.RULES)
    assert {rule.id: type(verdicts[rule.id]) for rule in rules} == {rule.id: Passed for rule in rules}


def test_without_a_second_business_tenancy_is_unobservable_but_for_tokens(
    fake: FakeLayer, session_of: Callable[..., Session]
) -> None:
    session = session_of(fake, other=False)
    stateful.races(session, 0)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert all(isinstance(verdicts[f"N{number}"], Unobservable) for number in range(1, 7))
    assert isinstance(verdicts["N7"], Passed)
    assert not fake.businesses[ELSEWHERE].assets


@pytest.mark.parametrize("status", [0, 429])
def test_calls_without_an_answer_break_no_rule_and_settle_none(session_of: Callable[..., Session], status: int) -> None:
    class Elsewhere(FakeLayer):
        def send(self, call: Call) -> Reply:
            if call.mutates and "value-updates" in call.path:
                if status == 0:
                    raise BrokenOff("it hung up")
                return Reply(status, (("retry-after", "900"),), b"{}")
            return super().send(call)

    session = session_of(Elsewhere())
    stateful.races(session, 0)
    assert failures(session) == {}
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert isinstance(verdicts["K2"], Unknown)
    assert isinstance(verdicts["N2"], Unknown)


def test_races_that_did_not_overlap_settle_nothing(session_of: Callable[..., Session]) -> None:
    class OneByOne(FakeLayer):
        def send(self, call: Call) -> Reply:
            answer = super().send(call)
            return Reply(answer.status, answer.headers, answer.body, self.requests, self.requests + 0.5)

    session = session_of(OneByOne(), other=False)
    stateful.races(session, 0)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert not any(isinstance(verdicts[rule.id], Passed) for rule in concurrency.RULES)
    assert failures(session) == {}


class Watched(FakeLayer):
    def __init__(self) -> None:
        super().__init__()
        self.methods: set[tuple[str, Who]] = set()

    def send(self, call: Call) -> Reply:
        self.methods.add((call.method, call.who))
        return super().send(call)


def test_a_run_that_only_reads_writes_nothing(session_of: Callable[..., Session]) -> None:
    server = Watched()
    stateful.histories(session_of(server), 1e6, scenarios=20)
    server.methods.clear()
    session = session_of(server, goals=False)
    stateful.read_only(session)
    assert server.methods == {("GET", Who.OWNER)}
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    for rule in ("L1", "L2", "L3", "L4", "L7", "layer.R13", "layer.R14", "layer.R15", "layer.R16", "S3"):
        assert isinstance(verdicts[rule], Passed), rule
    assert isinstance(verdicts["A1"], Unobservable)
    assert failures(session) == {}


@pytest.mark.parametrize(
    ("server", "rule"), [(MissingSecondLine, "L1"), (LopsidedSheet, "L4"), (ListLosesLastPage, "M10")]
)
def test_a_run_that_only_reads_finds_faults(
    server: type[FakeLayer], rule: str, session_of: Callable[..., Session], layer: spec.Api
) -> None:
    wrong = server()
    stateful.histories(replace(session_of(wrong), now=Steps(seconds=1.0)), 1e6, scenarios=10)
    session = session_of(wrong)
    stateful.read_only(session)
    assert rule in failures(session)
