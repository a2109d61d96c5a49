"""Generated requests: how they are tamed, sent from a process of their own, and judged."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spec
from contract_tests.call import Call
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.requests import RequestJudge
from contract_tests.checks.rules import RULES
from contract_tests.credentials import Command
from contract_tests.driver import HttpDriver
from contract_tests.fuzz.findings import Findings, accepted
from contract_tests.fuzz.fuzzer import fuzzer
from contract_tests.fuzz.job import Job, accepted_statuses, configuration, fuzzable
from contract_tests.fuzz.marks import marks_of
from contract_tests.fuzz.process import EngineFailed, EngineProcess
from contract_tests.fuzz.tame import LARGEST_AMOUNT, Tamer
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Target
from contract_tests.verdict import Failed, Failure, Goal, Passed
from tests.contract.toy import SHOP, Toy
from tests.contract.toy_api import toy_api

TARGET = Target("http://h.test/v1", "toy", {"shop": SHOP}, token="toy-token", headers={"x-team": "books"})
IDS = ["id-1", "id-2", "id-3", "id-4"]


class Nobody:
    """A driver that is not asked."""

    def send(self, call: Call) -> Any:
        raise AssertionError(call)


def session_on(target: Target, driver: Any, *, quick: bool = True) -> Session:
    goals = [Goal(accepted("boxes.create"), 1, ("S8",))]
    return Session(toy_api(), target, driver, Recorder(RULES, goals), seed=3, prefix="run7", quick=quick)


def test_generated_ids_give_way_to_real_ones() -> None:
    tamer = Tamer({"assetId": IDS, "accountId": ["acc-1"]}, seed=1)
    values = {tamer.parameter("assetId", f"generated-{n}") for n in range(60)}
    assert {"id-1", "id-2"} <= values
    assert not values & {"id-3", "id-4"}
    assert any(value.startswith("generated") for value in values)
    ending = {tamer.parameter("assetId", f"generated-{n}", ends_life=True) for n in range(60)}
    assert {"id-3", "id-4"} <= ending
    assert not ending & {"id-1", "id-2"}


def test_members_mean_the_same_record_in_every_spelling() -> None:
    tamer = Tamer({"assetId": ["real"], "accountId": ["acc"]}, seed=1)
    bodies = [
        tamer.body(
            {
                "asset_id": f"g{n}",
                "asset_external_id": "other",
                "counter": {"type": "AccountId", "id": f"g{n}"},
                "list": [{"assetId": f"g{n}"}],
                "name": f"g{n}",
                "id": f"g{n}",
            }
        )
        for n in range(40)
    ]
    assert {body["asset_id"] for body in bodies} & {"real"}
    assert {body["counter"]["id"] for body in bodies} & {"acc"}
    assert {body["list"][0]["assetId"] for body in bodies} & {"real"}
    assert all("asset_external_id" not in body for body in bodies)
    assert all(body["name"] == body["id"] != "real" for body in bodies)


@given(st.integers())
def test_amounts_stay_within_reach(amount: int) -> None:
    tame = Tamer({}).body({"amount": amount, "flag": True})
    assert abs(tame["amount"]) <= LARGEST_AMOUNT
    assert tame["flag"] is True
    assert abs(amount) > LARGEST_AMOUNT or tame["amount"] == amount


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_body_keeps_its_shape(data: Any) -> None:
    tamer = Tamer({"a": ["real"]})
    assert type(tamer.body(data)) is type(data)
    assert tamer.body(data) == tamer.body(data)


def test_settings_of_a_whole_tenant_are_not_fuzzed() -> None:
    document = fuzzable(toy_api())
    assert {operation.operation_id for operation in spec.operations(document)} == {
        "boxes.list",
        "boxes.create",
        "boxes.read",
        "boxes.change",
        "boxes.delete",
    }
    links = document["paths"]["/shops/{shop}/boxes"]["post"]["responses"]["201"]["links"]
    assert set(links) == {"read"}
    assert "accounting-config" not in "".join(fuzzable(spec.load("layer"))["paths"])


def test_every_setting_is_explicit() -> None:
    config = configuration(toy_api(), TARGET, 7, 3, quick=True)
    assert config["base-url"] == "http://h.test/v1"
    assert config["headers"]["authorization"] == "Bearer toy-token"
    assert config["headers"]["x-team"] == "books"
    assert config["parameters"] == {"path.shop": SHOP}
    assert (config["seed"], config["max-time"]) == (3, 7)
    assert config["cache"] == {"enabled": False}
    assert config["generation"]["database"] == "none"
    assert accepted_statuses(toy_api(), "boxes.create")[-1] == "400"
    assert "400" not in accepted_statuses(toy_api(), "boxes.list")


def exchange(**changes: Any) -> dict[str, Any]:
    body = {"data": {"id": "0b0e7f5c-1111-4222-8333-444444444444", "name": "a", "size": 1}}
    told = {
        "id": "one",
        "parent": None,
        "operation_id": "boxes.create",
        "declared": True,
        "mode": "positive",
        "phase": "fuzzing",
        "failed": [],
        "method": "POST",
        "url": f"http://h.test/v1/shops/{SHOP}/boxes?q=a%20b&q=",
        "headers": [["Authorization", "Bearer toy-token"], ["X-Team", "books"], ["Content-Type", "application/json"]],
        "body": packed({"name": "a"}),
        "status": 201,
        "reply_headers": [["Content-Type", "application/json"]],
        "reply_body": packed(body),
        "ended": 5.0,
        "elapsed": 1.0,
    }
    return {**told, **changes}


def packed(data: object) -> str:
    return base64.b64encode(json.dumps(data).encode()).decode()


def failures_after(*exchanges: dict[str, Any]) -> dict[str, Failure]:
    session = session_on(TARGET, Nobody())
    findings = Findings(session, ReplyJudge(session.api), RequestJudge(session.api))
    for told in exchanges:
        findings.take(told)
    findings.flush()
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    return {rule_id: verdict.failures[0] for rule_id, verdict in verdicts.items() if isinstance(verdict, Failed)}


PLAIN_URL = f"http://h.test/v1/shops/{SHOP}/boxes"
ERROR = packed({"error": "no"})


@pytest.mark.parametrize(
    ("changes", "rule_ids"),
    [
        ({}, set()),
        ({"status": 500, "url": PLAIN_URL}, {"S5"}),
        ({"status": 500, "mode": "negative", "body": packed({"name": 7})}, {"S6"}),
        ({"status": 299}, {"S1"}),
        ({"reply_body": packed({"data": {}})}, {"S3"}),
        ({"mode": "negative", "failed": ["negative_data_rejection"], "body": packed({"name": 7})}, {"S7"}),
        ({"mode": "negative", "failed": ["negative_data_rejection"], "url": PLAIN_URL}, set()),
        ({"status": 400, "reply_body": ERROR, "failed": ["positive_data_acceptance"], "url": PLAIN_URL}, {"S8"}),
        ({"status": 400, "reply_body": ERROR, "failed": ["positive_data_acceptance"], "body": packed({})}, set()),
        ({"status": 429, "reply_body": None, "failed": ["positive_data_acceptance"]}, set()),
        ({"status": 503, "reply_body": None, "reply_headers": [["Retry-After", "9"]]}, set()),
        ({"status": 503, "reply_body": None, "url": PLAIN_URL}, {"S5"}),
        ({"status": 500, "url": PLAIN_URL.replace("http://h.test", "http://H.TEST")}, {"S5"}),
        ({"status": 500, "declared": False}, set()),
    ],
)
def test_an_exchange_speaks_of_its_rule(changes: dict[str, Any], rule_ids: set[str]) -> None:
    assert set(failures_after(exchange(**changes))) == rule_ids


def test_a_call_is_told_without_what_every_call_has() -> None:
    failure = failures_after(exchange(status=299))["S1"]
    (step,) = failure.history
    assert step.call.path == f"/shops/{SHOP}/boxes"
    assert step.call.query == (("q", "a b"), ("q", ""))
    assert step.call.headers == (("Content-Type", "application/json"),)
    assert (step.reply.started, step.reply.ended) == (4.0, 5.0)
    assert failure.seed == 3


@pytest.mark.parametrize(
    ("status", "retry_after", "waits_s"), [(429, "3", 3.0), (503, "900", 60.0), (429, None, 1.0), (200, "3", 0.0)]
)
def test_the_engine_leaves_a_busy_server_alone(status: int, retry_after: str | None, waits_s: float) -> None:
    # Asked in a process of its own: what is asked comes with Schemathesis.
    headers = {} if retry_after is None else {"retry-after": [retry_after]}
    asked = f"from contract_tests.fuzz.engine import patience_s; print(patience_s({status}, {headers}))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert float(done.stdout) == waits_s


def test_of_several_failures_the_smallest_request_is_kept() -> None:
    failure = failures_after(
        exchange(id="1", status=299, body=packed({"name": "a" * 50})),
        exchange(id="2", status=299, body=packed({"name": ""})),
        exchange(id="3", status=299, body=packed({"name": "a" * 20})),
    )["S1"]
    assert failure.history[0].call.body == b'{"name": ""}'


def test_what_a_link_led_to_shows_where_it_came_from() -> None:
    read = exchange(
        id="2", parent="1", operation_id="boxes.read", method="GET", url=f"{PLAIN_URL}/x", body=None, status=500
    )
    failure = failures_after(exchange(id="1"), read)["S6"]
    assert [step.call.method for step in failure.history] == ["POST", "GET"]


def test_a_correct_server_is_reached_and_not_blamed(
    target: Target, driver: HttpDriver, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCHEMATHESIS_HOOKS", "no_such_module")
    (tmp_path / "schemathesis.toml").write_text('base-url = "http://127.0.0.1:1/elsewhere"\n')
    verdicts, session = fuzzed(target, driver)
    assert [rule_id for rule_id, verdict in verdicts.items() if isinstance(verdict, Failed)] == []
    assert isinstance(verdicts["S7"], Passed)
    assert isinstance(verdicts["S8"], Passed)
    assert [path.name for path in tmp_path.iterdir()] == ["schemathesis.toml"]
    assert driver.meter.requests > 20
    assert not any("settings" in sent for _, sent, _ in toy.seen)
    assert session.recorder.reached()[0].got > 0


def test_generated_requests_keep_to_the_limit_and_show_the_token_of_the_moment(target: Target, toy: Toy) -> None:
    said = Command((sys.executable, "-c", "print('toy-token')"))
    with HttpDriver(replace(target, token=None, source=said, rps=20.0)) as driver:
        began = monotonic()
        verdicts, _ = fuzzed(driver.target, driver)
        seconds = monotonic() - began
        assert 20 < driver.meter.requests <= 20 * seconds + 1
    assert len(toy.seen) <= 20 * seconds + 1
    assert not any(isinstance(verdict, Failed) for verdict in verdicts.values())
    shown = {headers.get("authorization") for method, _, headers in toy.seen if method == "POST"}
    assert shown <= {"Bearer toy-token", None}  # none where its absence is what is tried
    assert "Bearer toy-token" in shown
    assert toy.boxes


def test_generated_records_bear_the_prefix(target: Target, driver: HttpDriver, toy: Toy) -> None:
    fuzzed(target, driver)
    generated = [name for name in toy.named if name != "mine"]
    assert len(generated) > 3
    assert [name for name in generated if not name.startswith("run7")] == []


@pytest.mark.parametrize(
    ("body", "add", "marked"),
    [
        ({"name": "blue"}, True, {"name": "run7blue"}),
        ({"name": "run7blue"}, True, {"name": "run7blue"}),
        ({"external_id": None, "name": "blue"}, True, {"external_id": None, "name": "run7blue"}),
        ({"external_id": "x", "name": "blue"}, True, {"external_id": "run7x", "name": "blue"}),
        ({"name": 3}, False, {"name": 3}),
        ({"name": ""}, False, {"name": "run7"}),
        ({"external_id": "", "name": ""}, False, {"external_id": "", "name": "run7"}),
        ({"external_id": ""}, False, {"external_id": ""}),
        (["name"], True, ["name"]),
    ],
)
def test_the_mark_goes_onto_a_member_that_bears_it(body: object, add: bool, marked: object) -> None:
    tamer = Tamer({}, 1, "run7", {"create": {"external_id": 1, "name": 0}})
    assert tamer.marked(body, "create", add=add) == marked
    assert tamer.marked(body, "another", add=add) == body


@pytest.mark.parametrize("body", [{}, {"external_id": ""}, {"external_id": None}])
def test_a_record_without_a_member_that_bears_it_gets_one(body: object) -> None:
    tamer = Tamer({}, 1, "run7", {"create": {"external_id": 1, "name": 0}})
    assert tamer.marked(body, "create", add=True)["external_id"].startswith("run7")


@pytest.mark.parametrize("api", spec.available())
def test_every_create_has_a_member_that_bears_it(api: str) -> None:
    contract = spec.load(api)
    creates = {
        operation.operation_id
        for operation in spec.operations(contract.judged)
        if operation.method == "POST" and operation.body is not None
    }
    assert creates <= set(marks_of(contract))


@pytest.mark.parametrize(
    ("api", "operation", "members"),
    [
        ("layer", "business.assets.assetId.patch", {"name": 0}),
        ("layer", "business.assets.post", {"external_id": 0, "name": 0}),
        ("snapbooks", "updateAsset", {"name": 0}),
    ],
)
def test_an_update_bears_the_mark_where_it_renames(api: str, operation: str, members: dict[str, int]) -> None:
    assert marks_of(spec.load(api))[operation] == members


def test_generated_requests_find_what_is_wrong(target: Target, driver: HttpDriver, toy: Toy) -> None:
    toy.faults = frozenset({"unchecked", "owner not a uuid", "crash on the example"})
    verdicts, _ = fuzzed(target, driver)
    assert {"S3", "S5", "S7"} <= {rule_id for rule_id, verdict in verdicts.items() if isinstance(verdict, Failed)}


def fuzzed(target: Target, driver: HttpDriver) -> tuple[dict[str, object], Session]:
    made = [driver.send(Call("POST", f"/shops/{SHOP}/boxes").with_json({"name": "mine"})).json() for _ in range(4)]
    ids = [box["data"].get("id") for box in made]
    session = session_on(target, driver)
    with fuzzer() as fuzz:
        fuzz.run(session, {"boxId": ids}, session.now() + 7)
    return {result.rule.id: result.verdict for result in session.recorder.results()}, session


def told_by(code: str, seconds: float) -> list[dict[str, Any]]:
    session = session_on(TARGET, Nobody())
    with EngineProcess((sys.executable, "-c", code)) as engine:
        return list(engine.run(Job.of(session, 1, {}).as_data(), session.now() + seconds, session.now))


def test_the_engine_is_ended_at_its_deadline() -> None:
    talks = 'import sys, time\nsys.stdin.readline()\nprint(\'{"phase": "a"}\', flush=True)\ntime.sleep(1000)'
    assert told_by(talks, seconds=2) == [{"phase": "a"}]


def test_an_engine_that_breaks_down_says_why() -> None:
    with pytest.raises(EngineFailed, match="ZeroDivisionError"):
        told_by("import sys\nsys.stdin.readline()\n1 / 0", seconds=30)
    with pytest.raises(EngineFailed, match="it said nothing"):
        told_by("", seconds=30)


def test_without_time_nothing_is_started() -> None:
    session = replace(session_on(TARGET, Nobody()), now=lambda: 100.0)
    with fuzzer() as fuzz:
        fuzz.run(session, {}, deadline=101.0)
    assert session.recorder.reached()[0].got == 0


def test_schemathesis_stays_out_of_this_process() -> None:
    code = "import sys, contract_tests.part; sys.exit('schemathesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
