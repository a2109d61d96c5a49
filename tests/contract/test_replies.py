"""Every reply against the document: what is must, what is should, what is nobody's fault."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spec
from contract_tests.call import Call, Reply
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.rules import RULES
from contract_tests.recorder import Recorder
from contract_tests.verdict import Failed, Passed, Step

BUSINESS = "/businesses/11111111-1111-4111-8111-111111111111"
JSON = (("content-type", "application/json; charset=utf-8"),)
CREATE = Call("POST", f"{BUSINESS}/assets", operation_id="business.assets.post").with_json(
    {"name": "Forklift", "asset_type": "EQUIPMENT"}
)
LIST = Call("GET", f"{BUSINESS}/assets", operation_id="business.assets.get")
MALFORMED = replace(CREATE, body=b'{"name": 1}')


@pytest.fixture(scope="module")
def judge() -> ReplyJudge:
    return ReplyJudge(spec.load("layer"))


@pytest.fixture
def asset() -> dict[str, Any]:
    api = spec.load("layer")
    create = next(o for o in spec.operations(api.served) if o.operation_id == "business.assets.post")
    example: dict[str, Any] = create.responses["201"].examples["forklift"]
    return example


def reply(status: int, body: Any, headers: tuple[tuple[str, str], ...] = JSON) -> Reply:
    return Reply(status, headers, body if isinstance(body, bytes) else json.dumps(body).encode())


def broken(judge: ReplyJudge, call: Call, answer: Reply) -> list[str]:
    return [problem.rule_id for problem in judge.judge(call, answer)]


def test_the_documents_own_examples_pass(judge: ReplyJudge) -> None:
    api = spec.load("layer")
    for operation in spec.operations(api.judged):
        for status, response in operation.responses.items():
            for name, example in response.examples.items():
                call = Call(operation.method, operation.path, operation_id=operation.operation_id)
                headers = (*JSON, *((header, "0") for header in response.headers))
                answer = reply(int(status.replace("XX", "00")), example, headers)
                assert judge.judge(call, answer) == (), f"{operation.operation_id} {status} {name}"


def test_members_that_the_document_does_not_name_are_welcome(judge: ReplyJudge, asset: dict[str, Any]) -> None:
    asset["data"]["colour"] = "blue"
    asset["meta"] = {}
    assert broken(judge, CREATE, reply(201, asset)) == []


@pytest.mark.parametrize("spoil", [{"id": "x"}, {"name": None}, {"asset_type": "BOAT"}, {"useful_life_months": "60"}])
def test_a_body_against_its_schema_breaks_a_must(
    judge: ReplyJudge, asset: dict[str, Any], spoil: dict[str, Any]
) -> None:
    asset["data"].update(spoil)
    (problem,) = judge.judge(CREATE, reply(201, asset))
    assert problem.rule_id == "S3"
    assert f"/data/{next(iter(spoil))}: " in problem.seen
    assert "business.assets.post" in problem.expected


def test_an_int64_beyond_its_range_is_seen(judge: ReplyJudge, asset: dict[str, Any]) -> None:
    asset["data"]["original_value"] = 2**63
    assert broken(judge, CREATE, reply(201, asset)) == ["S3"]
    asset["data"]["original_value"] = 2**63 - 1
    assert broken(judge, CREATE, reply(201, asset)) == []


@pytest.mark.parametrize(
    ("answer", "rule_ids"),
    [
        (reply(302, {}), ["S1"]),
        (reply(201, b"<html>", (("content-type", "text/html"),)), ["S2"]),
        (reply(201, b"{}", ()), ["S2"]),
        (reply(201, b'{"data": NaN'), ["S2"]),
        (reply(201, b'{"data": "\\ud800"}'), ["S3"]),
        (reply(401, {"errors": "no"}), ["S3"]),
        (reply(400, {"message": "no"}), ["S4"]),
        (reply(400, b"no", (("content-type", "text/plain"),)), ["S4"]),
        (reply(409, b"", ()), []),
        (reply(422, {"anything": 1}), []),
        (reply(429, b"", ()), []),
        (reply(503, b"", (("retry-after", "1"),)), []),
        (reply(500, b"oops", ()), ["S5"]),
    ],
)
def test_each_kind_of_reply_breaks_its_rule(judge: ReplyJudge, answer: Reply, rule_ids: list[str]) -> None:
    assert broken(judge, CREATE, answer) == rule_ids


def test_a_crash_on_a_request_that_the_document_forbids_is_a_should(judge: ReplyJudge) -> None:
    assert broken(judge, MALFORMED, reply(500, b"")) == ["S6"]


def test_where_the_status_is_inferred_any_of_its_class_is_fine(judge: ReplyJudge, asset: dict[str, Any]) -> None:
    assert broken(judge, CREATE, reply(200, asset)) == []
    assert broken(judge, CREATE, reply(202, asset)) == ["S4"]


def test_calls_that_name_no_operation_are_not_judged(judge: ReplyJudge) -> None:
    assert broken(judge, replace(CREATE, operation_id=""), reply(500, b"")) == []
    assert judge.looks_at(replace(CREATE, operation_id=""), reply(500, b"")) == ()


def test_outcomes_go_on_record(judge: ReplyJudge, asset: dict[str, Any]) -> None:
    recorder = Recorder(RULES)
    judge.record(recorder, [Step(CREATE, reply(201, asset))], seed=5)
    judge.record(recorder, [Step(LIST, reply(200, {})), Step(CREATE, reply(400, {}))], seed=5)
    verdicts = {result.rule.id: result.verdict for result in recorder.results()}
    assert verdicts["S1"] == Passed(2)
    assert verdicts["S3"] == Passed(2)
    assert verdicts["S5"] == Passed(2)
    inferred = verdicts["S4"]
    assert isinstance(inferred, Failed)
    (failure,) = inferred.failures
    assert (failure.operation, failure.seed, len(failure.history)) == ("business.assets.post", 5, 2)


@given(st.integers(100, 599), st.binary(max_size=40), st.sampled_from(["application/json", "text/html", ""]))
def test_no_reply_makes_the_judge_stumble(judge: ReplyJudge, status: int, body: bytes, media: str) -> None:
    for call in (CREATE, LIST, MALFORMED):
        answer = Reply(status, (("content-type", media),), body)
        known = {rule.id for rule in RULES}
        assert {problem.rule_id for problem in judge.judge(call, answer)} <= known
        assert {rule.id for rule in judge.looks_at(call, answer)} <= known
