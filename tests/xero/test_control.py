"""Xero's part of the control plane: organisations, tokens, reset, and the books."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

import spec
from tests.xero.client import ACCUMULATED, COST, DEMO, EXPENSE, NOBODY, OTHER, OTHER_TOKEN, TOKEN, Json, Reply, Xero

START = [
    {"tenant_id": DEMO, "name": "Demo organisation", "country": "NZ", "start_date": "2015-07-01", "year_end": "12-31"},
    {
        "tenant_id": OTHER,
        "name": "Other organisation",
        "country": "AU",
        "start_date": "2015-07-01",
        "year_end": "12-31",
    },
]


def control(xero: Xero, method: str, path: str, body: Json = None, query: str = "") -> Reply:
    raw = b"" if body is None else json.dumps(body).encode()
    return Xero(xero.sandbox, tenant_id=None, token=None).raw(method, f"/_sandbox/xero{path}", raw, query)


def told(reply: Reply) -> Json:
    """What an accepted call answers."""
    assert 200 <= reply.status < 300, (reply.status, reply.body)
    return reply.json()["data"]


def balances(xero: Xero, through: str | None = None) -> dict[str, Decimal]:
    """Balances by account name, without zeros."""
    query = "" if through is None else f"through={through}"
    rows = told(control(xero, "GET", f"/{xero.tenant_id}/balances", query=query))
    assert sum(row["balance"] for row in rows) == 0
    return {row["name"]: row["balance"] for row in rows if row["balance"]}


def entries(xero: Xero, **query: object) -> Json:
    sent = "&".join(f"{name}={value}" for name, value in query.items())
    return told(control(xero, "GET", f"/{xero.tenant_id}/entries", query=sent))


# ---- organisations and tokens -----------------------------------------------------------------


def test_a_sandbox_starts_with_two_organisations_and_a_token_each(xero: Xero) -> None:
    assert told(control(xero, "GET", "/organisations")) == START
    assert told(control(xero, "GET", "/tokens")) == [
        {"token": TOKEN, "tenant_id": DEMO},
        {"token": OTHER_TOKEN, "tenant_id": OTHER},
    ]


def test_an_organisation_is_opened_with_a_register_and_a_token_of_its_own(xero: Xero) -> None:
    made = told(control(xero, "POST", "/organisations", {}))
    assert (made["name"], made["country"]) == (f"Organisation {made['tenant_id'][:8]}", "NZ")
    sent = {"name": "Workshop", "country": "GB", "start_date": "2020-04-01", "year_end": "03-31"}
    named = told(control(xero, "POST", "/organisations", {**sent, "tenant_id": NOBODY.upper()}))
    assert {name: named[name] for name in sent} == sent
    assert named["tenant_id"] == NOBODY
    assert len(told(control(xero, "GET", "/organisations"))) == 4
    for organisation in (made, named):
        fresh = Xero(xero.sandbox, organisation["tenant_id"], organisation["token"])
        assert fresh.get("/Settings").data["assetStartDate"] == f"{organisation['start_date']}T00:00:00"
        assert Xero(xero.sandbox, DEMO, organisation["token"]).get("/Settings").status == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"tenant_id": DEMO}, "TenantId"),
        ({"tenant_id": "no"}, "TenantId"),
        ({"year_end": "02-30"}, "YearEnd"),
        ({"year_end": "13-01"}, "YearEnd"),
        ({"start_date": "2020-02-30"}, "StartDate"),
        ({"country": "nz"}, "Country"),
    ],
)
def test_an_organisation_that_cannot_be_is_not_opened(xero: Xero, body: Json, field: str) -> None:
    assert set(control(xero, "POST", "/organisations", body).fields) == {field}
    assert told(control(xero, "GET", "/organisations")) == START


def test_an_organisation_may_have_several_tokens(xero: Xero) -> None:
    fresh = told(control(xero, "POST", "/tokens", {"tenant_id": DEMO}))["token"]
    assert Xero(xero.sandbox, DEMO, fresh).get("/Settings").status == 200
    assert Xero(xero.sandbox, OTHER, fresh).get("/Settings").status == 403
    sent = {"tenant_id": OTHER, "token": fresh}
    for _ in range(2):
        assert told(control(xero, "POST", "/tokens", sent)) == sent
    assert Xero(xero.sandbox, OTHER, fresh).get("/Settings").status == 200
    assert told(control(xero, "GET", "/tokens")).count(sent) == 1
    assert set(control(xero, "POST", "/tokens", {"tenant_id": NOBODY}).fields) == {"TenantId"}


def test_reset_makes_everything_as_it_was(xero: Xero) -> None:
    at_start, chart = xero.read_back(), told(control(xero, "GET", f"/{DEMO}/accounts"))
    xero.registered()
    control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-01-31"})
    control(xero, "PUT", f"/{DEMO}/lock", {"date": "2024-01-31"})
    control(xero, "POST", "/organisations", {"tenant_id": NOBODY})
    control(xero, "POST", "/tokens", {"tenant_id": DEMO, "token": "mine"})
    assert control(xero, "POST", "/reset").status == 204
    assert xero.read_back() == at_start
    assert told(control(xero, "GET", f"/{DEMO}/accounts")) == chart
    assert told(control(xero, "GET", "/organisations")) == START
    assert Xero(xero.sandbox, token="mine").get("/Settings").status == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", f"/{NOBODY}/balances", 404),
        ("POST", f"/{DEMO}/assets/{NOBODY}/register", 404),
        ("POST", f"/{DEMO}/assets/{NOBODY}/undo-disposal", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "/reset", 405),
    ],
)
def test_what_is_not_there_is_told_in_the_gateways_shape(xero: Xero, method: str, path: str, status: int) -> None:
    body = {} if path.endswith("register") else None
    assert control(xero, method, path, body).gateway[0] == status


def test_an_asset_is_found_in_its_own_organisation_only(xero: Xero) -> None:
    asset = xero.depreciable()
    assert control(xero, "POST", f"/{OTHER}/assets/{asset['assetId']}/register", {}).gateway[0] == 404
    assert xero.get(f"/Assets/{asset['assetId']}").data["assetStatus"] == "Draft"


# ---- runs, rolling back, the lock -------------------------------------------------------------


def test_a_run_posts_journals_that_the_api_shows(xero: Xero) -> None:
    asset = xero.registered()
    ran = told(control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-03-31"}))
    assert ran == {"through": "2024-03-31", "journals": 3, "amount": 60}
    again = told(control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-03-31"}))
    assert again == {"through": "2024-03-31", "journals": 0, "amount": 0}
    shown = xero.get(f"/Assets/{asset['assetId']}").data
    assert (shown["accountingBookValue"], shown["canRollback"]) == (1140, True)
    assert shown["bookDepreciationDetail"]["currentAccumDepreciationAmount"] == 60
    assert xero.get("/Settings").data["lastDepreciationDate"] == "2024-03-31T00:00:00"
    assert xero.get("/AssetTypes").data[0]["locks"] == 1
    assert balances(xero) == {
        "Business bank account": -1200,
        "Computer equipment": 1200,
        "Depreciation": 60,
        "Depreciation of computer equipment": -60,
    }
    assert balances(xero, "2024-02-29")["Depreciation"] == 40
    organisation = told(control(xero, "GET", "/organisations"))[0]
    assert organisation["last_depreciation_date"] == "2024-03-31"
    (row,) = entries(xero, page=2, page_size=1)
    assert row.pop("entry_id") != asset["assetId"]
    assert row == {
        "number": 2,
        "date": "2024-01-31",
        "memo": "Depreciation of FA-0001",
        "asset_id": asset["assetId"],
        "lines": [
            {"account_id": EXPENSE, "debit": 20, "credit": 0},
            {"account_id": ACCUMULATED, "debit": 0, "credit": 20},
        ],
    }


def test_rolling_back_reverses_and_settings_follow(xero: Xero) -> None:
    asset = xero.registered()
    control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-03-31"})
    undone = told(control(xero, "POST", f"/{DEMO}/rollback", {"to": "2024-02-10"}))
    assert undone == {"to": "2024-02-10", "journals": 2, "amount": 40}
    assert xero.get("/Settings").data["lastDepreciationDate"] == "2024-01-31T00:00:00"
    found = entries(xero)
    assert [row["date"] for row in found] == [
        "2024-01-01",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-03-31",
        "2024-02-29",
    ]
    assert [row["number"] for row in found if "reversed_by" in row] == [3, 4]
    assert [row["reverses"] for row in found[4:]] == [found[3]["entry_id"], found[2]["entry_id"]]
    assert balances(xero)["Depreciation"] == 20
    control(xero, "POST", f"/{DEMO}/rollback", {"to": "2015-07-01"})
    assert "lastDepreciationDate" not in xero.get("/Settings").data
    assert xero.get(f"/Assets/{asset['assetId']}").data["assetStatus"] == "Registered"


def test_the_lock_is_kept(xero: Xero) -> None:
    asset = xero.registered()
    control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-03-31"})
    assert told(control(xero, "PUT", f"/{DEMO}/lock", {"date": "2024-02-29"}))["lock_date"] == "2024-02-29"
    assert xero.get(f"/Assets/{asset['assetId']}").data["canRollback"] is False
    before = xero.read_back()
    for path, body, field in (
        ("/depreciation", {"through": "2024-02-29"}, "Through"),
        ("/rollback", {"to": "2024-02-28"}, "To"),
        (f"/assets/{asset['assetId']}/dispose", {"date": "2024-02-29", "price": 1}, "Date"),
        (f"/assets/{asset['assetId']}/edit", {"price": 1}, ""),
    ):
        assert set(control(xero, "POST", f"/{DEMO}{path}", body).fields) == {field}
    assert xero.read_back() == before
    assert "lock_date" not in told(control(xero, "PUT", f"/{DEMO}/lock", {"date": None}))
    assert xero.get(f"/Assets/{asset['assetId']}").data["canRollback"] is True


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/depreciation", {"through": "2024-01-30"}, "Through"),
        ("/depreciation", {"through": "2015-06-30"}, "Through"),
        ("/depreciation", {"through": "9999-12-31"}, "Through"),
        ("/depreciation", {"through": "31.1.2024"}, "Through"),
        ("/depreciation", {}, "Through"),
        ("/rollback", {"to": "2015-06-30"}, "To"),
        ("/rollback", {"to": 5}, "To"),
    ],
)
def test_a_day_that_cannot_be_is_refused(xero: Xero, path: str, body: Json, field: str) -> None:
    xero.registered()
    before = xero.read_back()
    assert set(control(xero, "POST", f"/{DEMO}{path}", body).fields) == {field}
    assert xero.read_back() == before


def test_the_last_day_of_the_calendar_cannot_be_locked(xero: Xero) -> None:
    assert set(control(xero, "PUT", f"/{DEMO}/lock", {"date": "9999-12-31"}).fields) == {"Date"}


# ---- entries ----------------------------------------------------------------------------------


def test_entries_are_found_by_account_and_by_asset(xero: Xero) -> None:
    one, two = xero.registered(), xero.registered("FA-0002")
    control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-02-29"})
    assert [row["number"] for row in entries(xero, asset_id=one["assetId"])] == [1, 3, 5]
    assert [row["number"] for row in entries(xero, account_id=COST)] == [1, 2]
    assert [row["number"] for row in entries(xero, account_id=EXPENSE, asset_id=two["assetId"].upper())] == [4, 6]
    assert entries(xero, account_id=NOBODY) == []
    assert [row["number"] for row in entries(xero, account_id=EXPENSE, page=2, page_size=3)] == [6]


@pytest.mark.parametrize(("page", "numbers"), [(1, [1, 2]), (2, [3]), (3, []), (2_000_000_000, [])])
def test_entries_come_page_by_page(xero: Xero, page: int, numbers: list[int]) -> None:
    xero.registered()
    control(xero, "POST", f"/{DEMO}/depreciation", {"through": "2024-02-29"})
    reply = control(xero, "GET", f"/{DEMO}/entries", query=f"page={page}&page_size=2")
    assert [row["number"] for row in told(reply)] == numbers
    assert reply.json()["pagination"] == {"page": page, "page_size": 2, "page_count": 2, "item_count": 3}


@pytest.mark.parametrize(
    ("query", "field"), [("page=0", "Page"), ("page_size=1001", "PageSize"), ("asset_id=x", "AssetId")]
)
def test_a_page_of_entries_that_cannot_be_is_refused(xero: Xero, query: str, field: str) -> None:
    assert set(control(xero, "GET", f"/{DEMO}/entries", query=query).fields) == {field}


def test_the_chart_names_every_account_that_is_posted_to(xero: Xero) -> None:
    chart = told(control(xero, "GET", f"/{DEMO}/accounts"))
    bank = next(account for account in chart if account["type"] == "BANK")
    assert bank["class"] == "ASSET"
    assert {COST, EXPENSE, ACCUMULATED} <= {account["account_id"] for account in chart}


def test_the_control_plane_asks_for_no_token_and_lives_beside_the_api() -> None:
    document = spec.load("xero").control
    assert document is not None
    assert spec.server_path(document) == "/_sandbox/xero"
    found = {operation.operation_id: f"{operation.method} {operation.path}" for operation in spec.operations(document)}
    assert not any(operation.secured for operation in spec.operations(document))
    assert found == {
        "control.organisations.get": "GET /organisations",
        "control.organisations.post": "POST /organisations",
        "control.tokens.get": "GET /tokens",
        "control.tokens.post": "POST /tokens",
        "control.faults.get": "GET /faults",
        "control.faults.put": "PUT /faults",
        "control.clock.get": "GET /clock",
        "control.clock.put": "PUT /clock",
        "control.reset.post": "POST /reset",
        "control.accounts.get": "GET /{tenant_id}/accounts",
        "control.balances.get": "GET /{tenant_id}/balances",
        "control.entries.get": "GET /{tenant_id}/entries",
        "control.lock.put": "PUT /{tenant_id}/lock",
        "control.depreciation.post": "POST /{tenant_id}/depreciation",
        "control.rollback.post": "POST /{tenant_id}/rollback",
        "control.assets.register": "POST /{tenant_id}/assets/{asset_id}/register",
        "control.assets.dispose": "POST /{tenant_id}/assets/{asset_id}/dispose",
        "control.assets.undoDisposal": "POST /{tenant_id}/assets/{asset_id}/undo-disposal",
        "control.assets.edit": "POST /{tenant_id}/assets/{asset_id}/edit",
        "control.assets.schedule": "GET /{tenant_id}/assets/{asset_id}/schedule",
    }
