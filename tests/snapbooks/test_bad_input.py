"""Bad input: the documented body and status, and nothing changed."""

from __future__ import annotations

from typing import Any

import pytest

from mock_server.app import open_sandbox
from tests.snapbooks.client import FOREIGN, NOWHERE, OTHER_USER, OWN, SHARED, Snapbooks

BEYOND = 2**63


@pytest.fixture
def asset(api: Snapbooks) -> int:
    """An asset of the user's own, with something in the ledger; others beside it."""
    api.asset("Shared", SHARED)
    api.other().asset("Foreign", FOREIGN)
    number = int(api.asset("Own")["id"])
    api.entry(("1200", 100, number), ("1920", -100, None))
    return number


def refused(api: Snapbooks, status: int, method: str, path: str, body: Any = None, query: str = "") -> str:
    before = api.read_back()
    found, message = api.call(method, path, body, query).refused
    assert found == status, message
    assert api.read_back() == before
    return message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"client_account_id": OWN}, "name is required"),
        ({"name": "", "client_account_id": OWN}, "name must not be blank"),
        ({"name": " \t\n", "client_account_id": OWN}, "name must not be blank"),
        ({"name": "a\0", "client_account_id": OWN}, "name holds a NUL character"),
        ({"name": None, "client_account_id": OWN}, "name must be of type string"),
        ({"name": 5, "client_account_id": OWN}, "name must be of type string"),
        ({"name": "A"}, "client_account_id is required"),
        ({"name": "A", "client_account_id": "456"}, "client_account_id must be of type integer"),
        ({"name": "A", "client_account_id": True}, "client_account_id must be of type integer"),
        ({"name": "A", "client_account_id": None}, "client_account_id must be of type integer"),
        ({"name": "A", "client_account_id": 4.5}, "client_account_id must be of type integer"),
        ({"name": "A", "client_account_id": 456.0}, "client_account_id must be of type integer"),
        ({"name": "A", "client_account_id": BEYOND}, f"client_account_id must be at most {BEYOND - 1}"),
        ({}, "name is required; client_account_id is required"),
        ([], "Must be of type object"),
        (b"null", "Must be of type object"),
    ],
)
def test_a_create_that_is_none(api: Snapbooks, asset: int, body: Any, message: str) -> None:
    assert refused(api, 400, "POST", "/assets", body) == message


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"name": "A", "name": "B", "client_account_id": 456}'])
def test_a_create_that_is_no_json(api: Snapbooks, asset: int, body: bytes) -> None:
    before = api.read_back()
    status, message = api.call("POST", "/assets", body).refused
    assert status in (400, 415)  # without a body there is no media type either
    assert message
    assert api.read_back() == before


@pytest.mark.parametrize("account", [FOREIGN, NOWHERE, 0, -1, BEYOND - 1, -BEYOND])
def test_a_client_account_without_access(api: Snapbooks, asset: int, account: int) -> None:
    message = f"No access to client account {account}"
    assert refused(api, 403, "POST", "/assets", {"name": "A", "client_account_id": account}) == message
    assert refused(api, 403, "GET", "/assets", query=f"client_account_id={account}") == message


@pytest.mark.parametrize(
    "query",
    [
        "per_page=0",
        "per_page=-1",
        "per_page=x",
        "per_page=",
        "per_page=1.0",
        f"per_page={BEYOND}",
        "page=0",
        "page=-1",
        "page=x",
        "client_account_id=x",
        f"client_account_id={BEYOND}",
        "is_active=1",
    ],
)
def test_a_list_that_is_none(api: Snapbooks, asset: int, query: str) -> None:
    assert refused(api, 400, "GET", "/assets", query=query).startswith(query.partition("=")[0])


@pytest.mark.parametrize(
    "number", ["99999", "0", "-1", f"{BEYOND - 1}", f"{BEYOND}", "9" * 400, "x", "1.0", "%20", "1e0"]
)
def test_an_id_that_is_no_assets(api: Snapbooks, asset: int, number: str) -> None:
    for method, body in (("GET", None), ("PUT", {"name": "B"}), ("PUT", {}), ("DELETE", None)):
        assert "ot found" in refused(api, 404, method, f"/assets/{number}", body)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "name is required"),
        ({"name": " "}, "name must not be blank"),
        ({"name": ["A"]}, "name must be of type string"),
        ({"name": "A", "client_account_id": SHARED}, f"client_account_id cannot be changed; it is {OWN}"),
        ({"name": "A", "client_account_id": FOREIGN}, f"client_account_id cannot be changed; it is {OWN}"),
        ({"name": "A", "client_account_id": "456"}, "client_account_id must be of type integer"),
    ],
)
def test_an_update_that_is_none(api: Snapbooks, asset: int, body: Any, message: str) -> None:
    assert refused(api, 400, "PUT", f"/assets/{asset}", body) == message


def test_what_else_a_body_holds_is_ignored(api: Snapbooks) -> None:
    claimed = {"id": 99, "sequence_number": 99, "created_by_id": 1, "created_at": "x", "is_active": False, "new": {}}
    asset = api.call("POST", "/assets", {"name": "A", "client_account_id": OWN, **claimed}).data
    assert asset["sequence_number"] == 1
    assert asset["is_active"] is True
    updated = api.call("PUT", f"/assets/{asset['id']}", {"name": "B", "client_account_id": OWN, **claimed}).data
    assert {**updated, "name": "A", "updated_at": asset["updated_at"]} == asset


def test_a_sandbox_may_ignore_another_client_account() -> None:
    api = Snapbooks(open_sandbox(["snapbooks"], seed=1, switches={"ignore_account_change": True}))
    asset = api.asset("A")
    updated = api.call("PUT", f"/assets/{asset['id']}", {"name": "B", "client_account_id": SHARED}).data
    assert (updated["name"], updated["client_account_id"]) == ("B", OWN)


def test_another_users_asset_is_forbidden_and_not_unknown(api: Snapbooks, asset: int) -> None:
    for method, body in (("GET", None), ("PUT", {"name": "B"}), ("PUT", {}), ("PUT", b"{"), ("DELETE", None)):
        message = refused(api.other(), 403, method, f"/assets/{asset}", body, "page=x&with=y")
        assert message == f"No access to client account {OWN}"
    shared = api.asset("S", SHARED)
    renamed = api.other().call("PUT", f"/assets/{shared['id']}", {"name": "T"}).data
    assert (renamed["created_by_id"], renamed["updated_by_id"]) == (shared["created_by_id"], OTHER_USER)


@pytest.mark.parametrize("token", [None, "", "nobody"])
def test_no_token_or_an_unknown_one_comes_before_everything(api: Snapbooks, asset: int, token: str | None) -> None:
    stranger = Snapbooks(api.sandbox, token)
    for method, path in (
        ("GET", "/assets"),
        ("POST", "/assets"),
        ("GET", f"/assets/{asset}"),
        ("PUT", "/assets/99999"),
        ("DELETE", f"/assets/{asset}"),
        ("GET", "/asset-classes"),
    ):
        reply = stranger.call(method, path, b"{" if method in ("POST", "PUT") else None)
        assert reply.refused[0] == 401
        assert reply.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PATCH", "/assets/1", {"GET", "PUT", "DELETE"}),
        ("POST", "/assets/1", {"GET", "PUT", "DELETE"}),
        ("DELETE", "/assets", {"GET", "POST"}),
        ("POST", "/asset-classes", {"GET"}),
    ],
)
def test_a_method_that_the_page_does_not_have(api: Snapbooks, method: str, path: str, allowed: set[str]) -> None:
    reply = api.call(method, path, {"name": "A"})
    assert reply.refused[0] == 405
    assert set(reply.headers["allow"].split(", ")) - {"HEAD", "OPTIONS"} == allowed


def test_paths_answer_with_a_slash_at_their_end_too(api: Snapbooks) -> None:
    made = api.call("POST", "/assets/", {"name": "A", "client_account_id": OWN}).data
    assert api.get(f"/assets/{made['id']}/").data == made
    assert api.get("/assets/").data["data"] == [made]
    assert len(api.get("/asset-classes/").data) == 18
    assert api.get("/assets//").refused[0] == 404
    assert api.call("PATCH", "/assets/1/", {}).refused[0] == 405
