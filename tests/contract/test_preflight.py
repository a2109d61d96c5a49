"""What stops a run before it starts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from contract_tests.call import Call, Reply, Unreachable, Who
from contract_tests.preflight import preflight
from contract_tests.target import Misuse, Other, Target
from spec import Api

BUSINESS = "11111111-1111-4111-8111-111111111111"
TARGET = Target("http://h.test/v1", "layer", {"business_id": BUSINESS}, token="t")
JSON = (("content-type", "application/json"),)


@dataclass
class Canned:
    """Answers every call the same."""

    reply: Reply
    asked: Call | None = None

    def send(self, call: Call) -> Reply:
        self.asked = call
        return self.reply


def test_a_target_that_answers_passes(layer: Api) -> None:
    driver = Canned(Reply(200, JSON, b'{"data": []}'))
    assert preflight(layer, TARGET, driver) is driver.reply
    assert driver.asked is not None
    assert (driver.asked.method, driver.asked.path) == ("GET", f"/businesses/{BUSINESS}/assets")


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(401, JSON, b"{}"), "refuses the token: it answers 401"),
        (Reply(403, JSON, b"{}"), f"does not let this token see business_id={BUSINESS}: it answers 403"),
        (Reply(404, JSON, b"{}"), f"knows no business_id={BUSINESS}: it answers 404"),
        (Reply(200, (("Content-Type", "text/HTML; charset=utf-8"),), b"<html>"), "answers with a web page"),
        (Reply(404, (("content-type", "text/html"),), b"<html>"), "is not the address of Layer"),
        (Reply(400, JSON, b'{"error": "no UUID"}'), 'answers 400 to GET .*: {"error": "no UUID"}'),
        (Reply(301, (("location", "https://h.test/"),)), "redirects to https://h.test/: give that address"),
        (Reply(200, JSON, b"hello"), "answers 200 to GET .*, but not with JSON"),
    ],
)
def test_each_wrong_answer_is_one_sentence(layer: Api, reply: Reply, sentence: str) -> None:
    with pytest.raises(Misuse, match=sentence) as raised:
        preflight(layer, TARGET, Canned(reply))
    assert "\n" not in str(raised.value)


def test_a_token_that_was_not_given_is_asked_for(layer: Api) -> None:
    with pytest.raises(Misuse, match="wants a token"):
        preflight(layer, replace(TARGET, token=None), Canned(Reply(401)))


def test_a_gateway_without_a_server_is_unreachable(layer: Api) -> None:
    with pytest.raises(Unreachable, match="is not in service: it answers 502"):
        preflight(layer, TARGET, Canned(Reply(502)))


@pytest.mark.parametrize(
    "reply", [Reply(500, body=b"KeyError:\n \x1b[2J'x'"), Reply(429), Reply(503, (("retry-after", "99999"),))]
)
def test_a_server_that_cannot_answer_the_simplest_question_is_not_in_service(layer: Api, reply: Reply) -> None:
    with pytest.raises(Unreachable, match=rf"is not in service: it answers {reply.status} to GET") as raised:
        preflight(layer, TARGET, Canned(reply))
    assert str(raised.value).isprintable()


@dataclass
class ByWho:
    """Answers everyone with a reply of their own."""

    replies: dict[Who, Reply]
    asked: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> Reply:
        self.asked.append(call)
        return self.replies[call.who]


OTHER = "22222222-2222-4222-8222-222222222222"
GOOD = Reply(200, JSON, b'{"data": []}')


def test_the_second_tenant_is_asked_on_its_own_behalf(layer: Api) -> None:
    driver = ByWho({Who.OWNER: GOOD, Who.OTHER: GOOD})
    preflight(layer, replace(TARGET, other=Other({"business_id": OTHER}, "u")), driver)
    assert [(call.who, call.path) for call in driver.asked] == [
        (Who.OWNER, f"/businesses/{BUSINESS}/assets"),
        (Who.OTHER, f"/businesses/{OTHER}/assets"),
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "other: .* refuses the token: it answers 401"), (404, f"other: .* knows no business_id={OTHER}")],
)
def test_a_second_tenant_that_is_none_is_one_sentence(layer: Api, status: int, sentence: str) -> None:
    driver = ByWho({Who.OWNER: GOOD, Who.OTHER: Reply(status, JSON, b"{}")})
    with pytest.raises(Misuse, match=sentence):
        preflight(layer, replace(TARGET, other=Other({"business_id": OTHER}, "u")), driver)


def test_the_second_tenant_must_not_be_the_first(layer: Api) -> None:
    with pytest.raises(Misuse, match="other: its scope is the first tenant's"):
        preflight(layer, replace(TARGET, other=Other(TARGET.scope, "u")), Canned(GOOD))


def test_the_scope_must_be_the_profiles(layer: Api) -> None:
    driver = Canned(Reply(200))
    for scope, sentence in [
        ({}, "layer needs scope business_id=..."),
        ({"business_id": "x", "shop": "y"}, "layer has no scope shop; it has business_id"),
    ]:
        with pytest.raises(Misuse, match=sentence):
            preflight(layer, replace(TARGET, scope=scope), driver)
    with pytest.raises(Misuse, match=r"needs other\.scope business_id"):
        preflight(layer, replace(TARGET, other=Other({}, "u")), driver)
    assert driver.asked is None
