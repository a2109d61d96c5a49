"""The seam itself: every operation has a handler, the ways in, --open, --token, any token, and what a refusal says."""

from __future__ import annotations

import pytest

import spec
from mock_server.apis.grants import TOKEN as TOKEN_PATTERN
from mock_server.apis.snapbooks import open_instance
from mock_server.apis.snapbooks.errors import in_our_words, refuse
from mock_server.app import open_sandbox
from mock_server.domain.refused import Code, Refused
from mock_server.sandbox import conduct
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import SeededIds
from mock_server.surface import Answer, BadSettings, Instance, Refusal, Request, Settings, Violation, Where
from tests.snapbooks.client import CONTROL, FOREIGN, NOWHERE, OTHER_TOKEN, OWN, SHARED, TOKEN, USER, Snapbooks


@pytest.fixture
def instance() -> Instance:
    return open_instance(Settings(clock=SystemClock(), ids=SeededIds(1)), spec.load("snapbooks"))


def test_a_handler_for_every_operation_and_no_other(instance: Instance) -> None:
    api = spec.load("snapbooks")
    assert instance.surface.handlers.keys() == {one.operation_id for one in spec.operations(api.served)}
    assert api.control is not None
    documented = {one.operation_id for one in spec.operations(api.control)}
    assert instance.control.handlers.keys() == documented - conduct.OPERATIONS  # those are every API's


def test_both_ways_in_are_told_with_a_client_account_of_their_own(instance: Instance) -> None:
    assert (instance.access.token, instance.access.scope) == (TOKEN, {"client_account_id": f"{OWN}"})
    assert (instance.other.token, instance.other.scope) == (OTHER_TOKEN, {"client_account_id": f"{FOREIGN}"})
    assert instance.access.scope.keys() == spec.load("snapbooks").profile.scope.keys()


def test_the_first_users_token_may_be_chosen() -> None:
    sandbox = open_sandbox(["snapbooks"], token="my-token")
    assert Snapbooks(sandbox, "my-token").asset()["created_by_id"] == USER
    assert Snapbooks(sandbox, TOKEN).get("/assets").refused[0] == 401
    assert Snapbooks(sandbox, None).raw("POST", f"{CONTROL}/reset").status == 204
    assert Snapbooks(sandbox, "my-token").get("/assets").status == 200


@pytest.mark.parametrize("token", ["", "two words", OTHER_TOKEN])
def test_a_token_that_cannot_be_is_refused_at_the_start(token: str) -> None:
    with pytest.raises(BadSettings):
        open_sandbox(["snapbooks"], token=token)


def test_any_token_sees_every_client_account_where_that_was_asked_for() -> None:
    sandbox = open_sandbox(["snapbooks"], any_token=True)
    anybody = Snapbooks(sandbox, "whatever")
    made = [anybody.asset(of=account) for account in (OWN, SHARED, FOREIGN)]
    assert [row["id"] for row in anybody.walk()] == [one["id"] for one in made]
    assert {one["created_by_id"] for one in made} == {USER}
    assert Snapbooks(sandbox, OTHER_TOKEN).get(f"/assets/{made[0]['id']}").refused[0] == 403


def test_an_unknown_client_account_is_opened_by_its_first_request_that_succeeds() -> None:
    sandbox = open_sandbox(["snapbooks"], open_tenants=True)
    api = Snapbooks(sandbox)
    start = api.read_back()
    assert api.call("POST", "/assets", {"name": " ", "client_account_id": NOWHERE}).refused[0] == 400
    assert api.call("POST", "/assets", {"name": "A", "client_account_id": -5}).refused[0] == 403
    assert api.read_back() == start
    asset = api.asset(of=NOWHERE)
    assert asset["sequence_number"] == 1
    assert [row["id"] for row in api.walk()] == [asset["id"]]
    assert api.page(client_account_id=NOWHERE + 1)["data"] == []
    assert Snapbooks(sandbox, OTHER_TOKEN).get(f"/assets/{asset['id']}").refused[0] == 403
    assert api.other().get("/assets", client_account_id=NOWHERE).refused[0] == 403
    assert api.get("/assets", client_account_id=FOREIGN).refused[0] == 403


def test_two_sandboxes_alike_give_the_same_ids() -> None:
    def made(api: Snapbooks) -> list[int]:
        return [api.asset(of=account)["id"] for account in (OWN, SHARED, OWN)]

    assert made(Snapbooks()) == made(Snapbooks()) == [1, 2, 3]


def test_the_pattern_of_a_token_is_the_control_planes() -> None:
    control = spec.load("snapbooks").control
    assert control is not None
    body = control["paths"]["/tokens"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["token"]["pattern"] == f"^{TOKEN_PATTERN.pattern}$"


@pytest.mark.parametrize("code", Code)
def test_whatever_the_books_refuse_is_a_bad_request_that_says_why(code: Code) -> None:
    def handler(_request: Request) -> Answer:
        raise Refused(code, "Because.", "here" if code is Code.TOO_FAR else "")

    with pytest.raises(Refusal) as refusal:
        in_our_words(handler)(Request("x", {}))
    said = "here: Because." if code is Code.TOO_FAR else "Because."
    assert (refusal.value.answer.status, refusal.value.answer.body) == (400, {"error": said, "status": 400})


@pytest.mark.parametrize("where", Where)
def test_whatever_the_edge_finds_is_told_in_one_sentence(where: Where) -> None:
    answer = refuse(
        [Violation(where, "is wrong", "/a/b"), Violation(where, "it is not"), Violation(where, "it is not")]
    )
    assert answer.body["status"] == answer.status
    assert answer.body["error"].endswith("a.b is wrong; It is not")
