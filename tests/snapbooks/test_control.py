"""The control plane: client accounts, tokens, reset, and a ledger whose lines may name an asset."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import spec
from mock_server.apis.snapbooks.chart import TEMPLATE
from tests.snapbooks.client import CONTROL, FOREIGN, OTHER_TOKEN, OTHER_USER, OWN, SHARED, TOKEN, USER, Snapbooks


def refused(api: Snapbooks, path: str, body: Any, *, of: int = OWN, method: str = "POST", status: int = 400) -> str:
    before = api.read_back()
    found, message = api.control(method, path, body, of=of).refused
    assert found == status, message
    assert api.read_back() == before
    return message


# ---- client accounts and tokens --------------------------------------------------------------------------------------
def test_a_sandbox_starts_with_two_users_and_three_client_accounts(api: Snapbooks) -> None:
    accounts = api.raw("GET", f"{CONTROL}/client-accounts").data["data"]
    assert [one["client_account_id"] for one in accounts] == [OWN, SHARED, FOREIGN]
    tokens = api.raw("GET", f"{CONTROL}/tokens").data["data"]
    assert [(one["token"], one["user_id"], one["client_account_id"]) for one in tokens] == [
        (TOKEN, USER, OWN),
        (TOKEN, USER, SHARED),
        (OTHER_TOKEN, OTHER_USER, SHARED),
        (OTHER_TOKEN, OTHER_USER, FOREIGN),
    ]


def test_a_client_account_can_be_opened_with_a_user_of_its_own(api: Snapbooks) -> None:
    opened = api.raw("POST", f"{CONTROL}/client-accounts", {}).data["data"]
    assert opened["client_account_id"] > FOREIGN
    newcomer = Snapbooks(api.sandbox, opened["token"])
    asset = newcomer.asset(of=opened["client_account_id"])
    assert (asset["sequence_number"], asset["created_by_id"]) == (1, opened["user_id"])
    assert [row["id"] for row in newcomer.walk()] == [asset["id"]]
    assert newcomer.get("/assets", client_account_id=OWN).refused[0] == 403
    assert api.get(f"/assets/{asset['id']}").refused[0] == 403


def test_an_id_that_is_given_is_kept_and_given_once(api: Snapbooks) -> None:
    body = {"client_account_id": 700_000_001, "unique_name": "workshop", "display_name": "Workshop"}
    opened = api.raw("POST", f"{CONTROL}/client-accounts", body).data["data"]
    assert {**opened, **body} == opened
    assert api.raw("POST", f"{CONTROL}/client-accounts", body).refused[0] == 400
    for bad in ({"client_account_id": 0}, {"client_account_id": "7"}, {"unique_name": ""}, []):
        assert api.raw("POST", f"{CONTROL}/client-accounts", bad).refused[0] == 400
    assert len(api.raw("GET", f"{CONTROL}/client-accounts").data["data"]) == 4


def test_fresh_ids_go_around_those_that_were_given(api: Snapbooks) -> None:
    last = api.raw("POST", f"{CONTROL}/client-accounts", {}).data["data"]["client_account_id"]
    api.raw("POST", f"{CONTROL}/client-accounts", {"client_account_id": last + 1})
    assert api.raw("POST", f"{CONTROL}/client-accounts", {}).data["data"]["client_account_id"] == last + 2


def test_access_may_be_given_and_keeps_whose_token_it_is(api: Snapbooks) -> None:
    foreign = api.other().asset(of=FOREIGN)
    given = api.raw("POST", f"{CONTROL}/tokens", {"client_account_id": FOREIGN, "token": TOKEN}).data["data"]
    assert given == {"token": TOKEN, "user_id": USER, "client_account_id": FOREIGN}
    assert api.get(f"/assets/{foreign['id']}").data == foreign
    fresh = api.raw("POST", f"{CONTROL}/tokens", {"client_account_id": OWN}).data["data"]
    own = api.raw("POST", f"{CONTROL}/tokens", {"client_account_id": OWN, "token": "my-token"}).data["data"]
    assert len({given["user_id"], fresh["user_id"], own["user_id"]}) == 3
    assert Snapbooks(api.sandbox, "my-token").asset(of=OWN)["created_by_id"] == own["user_id"]
    assert api.raw("POST", f"{CONTROL}/tokens", {"client_account_id": 5}).refused[0] == 400


def test_a_reset_makes_the_start_again_and_ids_go_on(api: Snapbooks) -> None:
    start, first = api.read_back(), api.asset()["id"]
    api.entry(("1200", 5, first), ("1920", -5, None))
    api.raw("POST", f"{CONTROL}/client-accounts", {})
    assert api.raw("POST", f"{CONTROL}/reset").status == 204
    assert api.read_back() == start
    assert api.get(f"/assets/{first}").refused[0] == 404
    again = api.asset()
    assert again["id"] > first
    assert again["sequence_number"] == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/9999/accounts", None),
        ("GET", "/x/accounts", None),
        ("POST", "/9999/entries", {"date": "2024-03-15", "lines": []}),
        ("GET", "/456/assets/77777/book", None),
        ("POST", "/456/entries/1/cancel", None),
        ("POST", "/456/entries/0/post", None),
        ("GET", "/456/nothing", None),
    ],
)
def test_what_is_not_there_is_not_found(api: Snapbooks, method: str, path: str, body: Any) -> None:
    assert api.raw(method, f"{CONTROL}{path}", body).refused[0] == 404


# ---- the ledger ------------------------------------------------------------------------------------------------------
def test_the_chart_has_every_account_of_the_classes_and_fixed_assets_demand_an_asset(api: Snapbooks) -> None:
    rows = api.control("GET", "/accounts").data["data"]
    codes = [row["account_code"] for row in rows]
    assert codes == sorted(codes) == sorted(one.key for one in TEMPLATE)
    accounts = [one.accounts for one in spec.asset_classes("snapbooks")]
    used = {code for one in accounts for code in (one.asset, one.accumulated, one.expense)} - {None}
    assert used <= set(codes)
    assert {row["account_code"] for row in rows if row["asset_dimension_mandatory"]} == {
        code for code in codes if "1000" <= code <= "1299"
    }


def test_an_entry_comes_back_as_it_was_sent_and_balances_add_up_to_zero(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    entry = api.entry(("1200", 12.34, asset), ("2400", -0.34, None), ("1920", -12, None), memo="Lathe æøå")
    assert entry["lines"] == [
        {"account_code": "1200", "asset_id": asset, "amount": Decimal("12.34")},
        {"account_code": "2400", "amount": Decimal("-0.34")},
        {"account_code": "1920", "amount": -12},
    ]
    assert (entry["date"], entry["memo"], entry["is_draft"]) == ("2024-03-15", "Lathe æøå", False)
    assert api.control("GET", "/entries").data["data"] == [entry]
    assert sum(api.balances().values()) == 0
    assert api.balances(asset_id=asset) == {"1200": Decimal("12.34")}


def test_entries_are_paged_and_found_by_asset(api: Snapbooks) -> None:
    first, second = api.asset()["id"], api.asset()["id"]
    for number in range(7):
        api.entry(("1200", 1, second if number % 3 else first), ("1920", -1, None))
    found = api.control("GET", "/entries", query="per_page=3&page=3").data
    assert [entry["entry_id"] for entry in found["data"]] == [7]
    assert found["meta"] == {"page": 3, "pages": 3, "per_page": 3, "records": 7}
    about = api.control("GET", "/entries", query=f"asset_id={first}").data
    assert [entry["entry_id"] for entry in about["data"]] == [1, 4, 7]
    assert api.control("GET", "/entries", query="asset_id=99999").data["meta"]["records"] == 0
    assert api.control("GET", "/entries", query="page=9").data["data"] == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("1200", 5, None), ("1920", -5, None)], "must name an asset"),
        ([("1200", 5, 77_777), ("1920", -5, None)], "no asset with the id 77777"),
        ([("1200", 5, 0), ("1920", -4, None)], "must add up to zero; these add up to 1.00"),
        ([("1200", 5, 0), ("1920", -5.01, None)], "must add up to zero; these add up to -0.01"),
        ([("1200", 0, 0), ("1920", 0, None)], "of zero"),
        ([("1200", 5, 0)], "at least 2"),
        ([("1200", 0.001, 0), ("1920", -0.001, None)], "two decimals"),
        ([("1234", 5, 0), ("1920", -5, None)], "no account 1234"),
        ([("12", 5, 0), ("1920", -5, None)], "account_code"),
    ],
)
def test_an_entry_that_is_none(api: Snapbooks, lines: list[tuple[str, float, int | None]], said: str) -> None:
    asset = api.asset()["id"]
    named = [
        {"account_code": code, "amount": amount, "asset_id": asset if about == 0 else about}
        for code, amount, about in lines
    ]
    for draft in (False, True):
        assert said in refused(api, "/entries", {"date": "2024-03-15", "lines": named, "is_draft": draft})


def test_another_client_accounts_asset_is_not_known_here(api: Snapbooks) -> None:
    foreign = api.other().asset(of=FOREIGN)["id"]
    lines = [{"account_code": "1200", "amount": 5, "asset_id": foreign}, {"account_code": "1920", "amount": -5}]
    assert "no asset" in refused(api, "/entries", {"date": "2024-03-15", "lines": lines})
    refused(api, f"/assets/{foreign}/acquire", {"class": "LAND", "cost": 1, "date": "2024-03-15"}, status=404)
    assert api.control("GET", f"/assets/{foreign}/book", of=FOREIGN).status == 200


def test_what_is_cancelled_or_posted_is_so_once(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    posted = api.entry(("1200", 5, asset), ("1920", -5, None))["entry_id"]
    draft = api.entry(("1200", 5, asset), ("1920", -5, None), is_draft=True)["entry_id"]
    refused(api, f"/entries/{posted}/post", None)
    for entry in (posted, draft):
        assert api.control("POST", f"/entries/{entry}/cancel").data["data"]["cancelled"] is True
        refused(api, f"/entries/{entry}/cancel", None)
    refused(api, f"/entries/{draft}/post", None)
    refused(api, "/entries/3/cancel", None)
    assert api.balances() == {}


@pytest.mark.parametrize(("code", "body"), [("12345", {}), ("abcd", {}), ("0999", {"asset_dimension_mandatory": 1})])
def test_an_account_that_is_none(api: Snapbooks, code: str, body: Any) -> None:
    refused(api, f"/accounts/{code}", body, method="PUT", status=400 if len(body) else 404)


def test_a_new_account_is_called_by_its_code_and_an_old_one_keeps_its_name(api: Snapbooks) -> None:
    assert api.control("PUT", "/accounts/2999", {}).data["data"] == {
        "account_code": "2999",
        "description": "2999",
        "asset_dimension_mandatory": False,
    }
    kept = api.control("PUT", "/accounts/1200", {"description": "Another"}).data["data"]
    assert kept == {"account_code": "1200", "description": "Machinery and plant", "asset_dimension_mandatory": True}
