"""The raw HTTP battery: silent on a correct server, and each fault is named by its rule."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from contract_tests.call import BrokenOff, Call, Driver, Reply, Who
from contract_tests.checks.battery import battery
from contract_tests.checks.battery.bodies import Mould
from contract_tests.checks.battery.methods import methods
from contract_tests.checks.battery.shot import Range
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.rules import RULES
from contract_tests.driver import HttpDriver
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Target
from contract_tests.verdict import Failed, Passed, Unknown, Unobservable, Verdict
from tests.contract.toy import Toy
from tests.contract.toy_api import PROFILE, toy_api

ASKED = [rule.id for rule in RULES if rule.id.startswith("H")]
LONG_ENOUGH_S = 30.0


def session_on(target: Target, driver: Driver, api: object = None) -> Session:
    return Session(
        api=toy_api(),
        target=target,
        driver=driver,
        recorder=Recorder(RULES),
        seed=1,
        prefix="run7",
    )


def fired(session: Session, driver: HttpDriver) -> dict[str, Verdict]:
    made = [
        driver.send(Call("POST", f"/shops/{session.target.scope['shop']}/boxes").with_json({"name": "mine"}))
        for _ in range(2)
    ]
    specimens = {"boxId": [reply.json()["data"]["id"] for reply in made]}
    battery(session, specimens, ReplyJudge(session.api), session.now() + LONG_ENOUGH_S)
    return {result.rule.id: result.verdict for result in session.recorder.results()}


def failing(verdicts: dict[str, Verdict]) -> set[str]:
    return {rule_id for rule_id, verdict in verdicts.items() if isinstance(verdict, Failed)}


def test_a_correct_server_passes_every_rule(target: Target, driver: HttpDriver, toy: Toy) -> None:
    verdicts = fired(session_on(target, driver), driver)
    assert failing(verdicts) == set()
    assert all(isinstance(verdicts[rule_id], Passed) for rule_id in ASKED), verdicts


@pytest.mark.parametrize(
    ("fault", "rule_ids"),
    [
        ("open list", {"H1"}),
        ("any token", {"H1"}),
        ("no challenge", {"H2", "S4"}),
        ("any media type", {"H3"}),
        ("media case", {"H4"}),
        ("lax json", {"H5", "S2"}),
        ("no chunks", {"H6"}),
        ("crash on depth", {"H7"}),
        ("crash on odd path", {"H7"}),
        ("no allow", {"H8"}),
        ("short allow", {"H8"}),
        ("any method", {"H8"}),
        ("odd head", {"H9"}),
        ("wrong media type", {"S2", "S4"}),
        ("owner not a uuid", {"S3"}),
        ("size lost", {"S3"}),
    ],
)
def test_each_fault_is_named_by_its_rule(
    target: Target, driver: HttpDriver, toy: Toy, fault: str, rule_ids: set[str]
) -> None:
    toy.faults = frozenset({fault})
    assert failing(fired(session_on(target, driver), driver)) == rule_ids


@pytest.mark.parametrize(("fault", "rule_id"), [("duplicates", "H10"), ("repeated", "H11")])
def test_what_is_only_observed_never_fails(
    target: Target, driver: HttpDriver, toy: Toy, fault: str, rule_id: str
) -> None:
    toy.faults = frozenset({fault})
    verdicts = fired(session_on(target, driver), driver)
    assert failing(verdicts) == set()
    verdict = verdicts[rule_id]
    assert isinstance(verdict, Unknown)
    assert "given twice is accepted" in verdict.why


@pytest.mark.parametrize("leniency", ["no head", "other status", "extra members"])
def test_what_the_document_leaves_open_is_no_fault(target: Target, driver: HttpDriver, toy: Toy, leniency: str) -> None:
    toy.faults = frozenset({leniency})
    failed = failing(fired(session_on(target, driver), driver))
    assert failed == ({"S1"} if leniency == "other status" else set())


def test_a_busy_server_is_no_finding(target: Target, toy: Toy) -> None:
    with HttpDriver(target, pause=lambda _s: None, longest_wait_s=0) as driver:
        session = session_on(target, driver)
        toy.busy = 10_000
        battery(session, {}, ReplyJudge(session.api), session.now() + LONG_ENOUGH_S)
    assert failing({result.rule.id: result.verdict for result in session.recorder.results()}) == set()


def test_nothing_is_sent_once_time_is_up(target: Target, driver: HttpDriver, toy: Toy) -> None:
    session = session_on(target, driver)
    battery(session, {}, ReplyJudge(session.api), session.now() - 1)
    assert toy.seen == []
    verdict = next(result.verdict for result in session.recorder.results() if result.rule.id == "H1")
    assert isinstance(verdict, Unknown)


def test_without_a_specimen_the_probes_rules_stay_open(target: Target, driver: HttpDriver) -> None:
    session = session_on(target, driver)
    battery(session, {}, ReplyJudge(session.api), session.now() + LONG_ENOUGH_S)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert verdicts["H3"] == Unknown("the probe needs a real boxId, and the run made none")
    assert isinstance(verdicts["H1"], Passed)


def test_a_specimen_is_the_number_that_the_document_wants(target: Target, driver: HttpDriver) -> None:
    probe = replace(PROFILE.probe, body={"name": "{specimen:box}", "size": "{specimen:box}"})
    api = toy_api()
    session = replace(session_on(target, driver), api=replace(api, profile=replace(PROFILE, probe=probe)))
    assert json.loads(Mould(session, {"box": ["7"]}).text()) == {"name": "7", "size": 7}


def test_a_target_used_without_credentials_cannot_show_what_it_does_with_them(target: Target, toy: Toy) -> None:
    toy.faults = frozenset({"open list"})
    with HttpDriver(replace(target, token=None)) as driver:
        session = session_on(replace(target, token=None), driver)
        battery(session, {}, ReplyJudge(session.api), session.now() + LONG_ENOUGH_S)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert isinstance(verdicts["H1"], Unobservable)


def test_evidence_is_the_one_call_that_shows_it(target: Target, driver: HttpDriver, toy: Toy) -> None:
    toy.faults = frozenset({"any media type"})
    verdict = fired(session_on(target, driver), driver)["H3"]
    assert isinstance(verdict, Failed)
    (failure,) = verdict.failures
    (step,) = failure.history
    assert failure.operation == "boxes.create"
    assert failure.seen.startswith("JSON sent as text/plain: status 201")
    assert ("content-type", "text/plain") in step.call.headers
    assert step.note == "JSON sent as text/plain"


class Recording:
    """A driver that answers 405 to everything and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Call] = []

    def send(self, call: Call) -> Reply:
        self.asked.append(call)
        return Reply(405, (("allow", "GET"),))


class HangsUp:
    """A driver that gets no reply to some calls, though the target is there."""

    def __init__(self, driver: Driver, on: Callable[[Call], bool]) -> None:
        self._driver = driver
        self._on = on

    def send(self, call: Call) -> Reply:
        if self._on(call):
            raise BrokenOff("h.test broke off the connection")
        return self._driver.send(call)


def test_hanging_up_on_hostile_input_is_a_finding_and_not_the_end(target: Target, driver: HttpDriver) -> None:
    rude = HangsUp(driver, lambda call: b"9" * 5_000 in (call.body or b""))
    verdicts = fired(session_on(target, rude), driver)
    assert failing(verdicts) == {"H7"}
    found = verdicts["H7"]
    assert isinstance(found, Failed)
    assert "no reply: h.test broke off the connection" in found.failures[0].seen
    assert all(isinstance(verdicts[rule_id], Passed) for rule_id in ASKED if rule_id != "H7"), verdicts


@pytest.mark.parametrize(
    ("on", "rule_id"),
    [
        (lambda call: call.who is Who.NOBODY and call.method == "DELETE", "H1"),
        (lambda call: call.method == "OPTIONS", "H8"),
        (lambda call: call.method == "HEAD", "H9"),
        (lambda call: b"'a'" in (call.body or b""), "H5"),
    ],
)
def test_hanging_up_on_anything_else_leaves_its_rule_in_doubt(
    target: Target, driver: HttpDriver, on: Callable[[Call], bool], rule_id: str
) -> None:
    verdicts = fired(session_on(target, HangsUp(driver, on)), driver)
    assert failing(verdicts) == set()
    verdict = verdicts[rule_id]
    assert isinstance(verdict, Unknown)
    assert "got no reply: h.test broke off the connection" in verdict.why


def test_nothing_odd_is_sent_to_what_settles_something_for_a_whole_tenant(target: Target) -> None:
    driver = Recording()
    session = session_on(target, driver)
    methods(Range(session, ReplyJudge(session.api), session.now() + LONG_ENOUGH_S))
    assert {call.method for call in driver.asked} >= {"PUT", "OPTIONS"}
    assert not [call for call in driver.asked if "/settings" in call.path]


def test_no_collection_of_a_distant_system_is_asked_to_be_deleted(target: Target) -> None:
    driver, clock = Recording(), count()
    far = replace(target, base_url="https://books.example.test/v1")
    session = replace(session_on(far, driver), now=lambda: float(next(clock)))
    methods(Range(session, ReplyJudge(session.api), deadline=10_000))
    deleted = [call.path for call in driver.asked if call.method == "DELETE"]
    assert deleted == []
    assert all(call.body in (None, b"{}") for call in driver.asked)
    assert PROFILE.scope["shop"].parameter == "shop"
