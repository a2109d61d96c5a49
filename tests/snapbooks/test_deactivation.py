"""A deactivation and the ledger behind it: the golden cases of what denies one (DECISIONS 32)."""

from __future__ import annotations

import re

import pytest

from tests.snapbooks.client import Snapbooks

Line = tuple[str, float, int | None]
SAID = re.compile(r"account (\d+): (-?\d+\.\d{2})")


def denied(api: Snapbooks, asset: int) -> dict[str, str]:
    """The deactivation is denied and changes nothing; the accounts and balances that its message names."""
    before = api.read_back()
    status, message = api.call("DELETE", f"/assets/{asset}").refused
    assert status == 400
    assert message.startswith("Cannot deactivate asset: ")
    assert api.read_back() == before
    return dict(SAID.findall(message))


def deactivated(api: Snapbooks, asset: int) -> bool:
    reply = api.call("DELETE", f"/assets/{asset}").data
    assert api.get(f"/assets/{asset}").data == reply
    return reply["is_active"] is False


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([("1200", 15000, 1), ("1210", -2500, 1), ("1920", -12500, 0)], {"1200": "15000.00", "1210": "-2500.00"}),
        ([("1200", 100, 1), ("1210", -100, 1)], {"1200": "100.00", "1210": "-100.00"}),
        ([("1200", 0.01, 1), ("1920", -0.01, 0)], {"1200": "0.01"}),
        ([("1920", 0.5, 0), ("1200", -0.5, 1)], {"1200": "-0.50"}),
        ([("1200", 10_000_000_000_000, 1), ("1920", -10_000_000_000_000, 0)], {"1200": "10000000000000.00"}),
    ],
)
def test_what_is_left_on_accounts_that_demand_an_asset_denies(
    api: Snapbooks, lines: list[Line], named: dict[str, str]
) -> None:
    asset = api.asset()["id"]
    api.entry(*((code, amount, asset if about else None) for code, amount, about in lines))
    assert denied(api, asset) == named


def test_what_adds_up_to_nothing_does_not_deny(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    api.entry(("1200", 500, asset), ("1920", -500, None))
    assert denied(api, asset) == {"1200": "500.00"}
    api.entry(("1200", -500, asset), ("1920", 500, None), date="2031-01-01")
    assert deactivated(api, asset)


def test_an_account_that_demands_no_asset_does_not_deny(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    api.entry(("6015", 999, asset), ("1920", -999, asset))
    assert api.balances(asset_id=asset) == {"6015": 999, "1920": -999}
    assert deactivated(api, asset)


def test_a_draft_does_not_deny_and_does_once_it_is_posted(api: Snapbooks) -> None:
    draft_of, posted_of = api.asset()["id"], api.asset()["id"]
    for asset in (draft_of, posted_of):
        entry = api.entry(("1200", 500, asset), ("1920", -500, None), is_draft=True)
        assert entry["is_draft"] is True
    assert api.balances() == {}
    assert deactivated(api, draft_of)
    reply = api.control("POST", f"/entries/{entry['entry_id']}/post")
    assert reply.data["data"]["is_draft"] is False
    assert denied(api, posted_of) == {"1200": "500.00"}


def test_a_cancelled_entry_and_its_cancellation_do_not_deny(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    entry = api.entry(("1200", 500, asset), ("1920", -500, None))
    cancelled = api.control("POST", f"/entries/{entry['entry_id']}/cancel").data["data"]
    assert (cancelled["cancelled"], cancelled["cancelled_by"]) == (True, 2)
    turned = api.control("GET", "/entries").data["data"][1]
    assert (turned["cancels"], turned["cancelled"]) == (1, False)
    assert [line["amount"] for line in turned["lines"]] == [-500, 500]
    assert deactivated(api, asset)


def test_other_assets_balances_do_not_deny(api: Snapbooks) -> None:
    asset, other = api.asset()["id"], api.asset()["id"]
    api.entry(("1200", 500, other), ("1210", -500, other))
    assert deactivated(api, asset)
    assert denied(api, other) == {"1200": "500.00", "1210": "-500.00"}


def test_the_accounts_that_demand_an_asset_may_be_told(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    body = {"description": "Own tools", "asset_dimension_mandatory": True}
    account = api.control("PUT", "/accounts/0999", body).data["data"]
    assert account == {"account_code": "0999", **body}
    api.entry(("0999", 7, asset), ("1920", -7, None))
    assert denied(api, asset) == {"0999": "7.00"}
    api.control("PUT", "/accounts/0999", {"asset_dimension_mandatory": False})
    assert deactivated(api, asset)


def test_an_inactive_asset_takes_no_lines_and_may_be_renamed(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    draft = api.entry(("1200", 5, asset), ("1920", -5, None), is_draft=True)
    assert deactivated(api, asset)
    before = api.read_back()
    line = {"account_code": "6015", "amount": 5, "asset_id": asset}
    lines = [line, {"account_code": "1920", "amount": -5}]
    for path, body in (
        ("/entries", {"date": "2024-03-15", "lines": lines}),
        (f"/entries/{draft['entry_id']}/post", None),
        (f"/assets/{asset}/acquire", {"class": "LAND", "cost": 1, "date": "2024-03-15"}),
    ):
        assert api.control("POST", path, body).refused == (400, f"Asset {asset} was deactivated and takes no lines.")
    assert api.read_back() == before
    renamed = api.call("PUT", f"/assets/{asset}", {"name": "B"}).data
    assert (renamed["name"], renamed["is_active"]) == ("B", False)


def test_a_second_deactivation_answers_the_same_whoever_asks(api: Snapbooks) -> None:
    asset = api.asset("A", 457)["id"]
    first = api.call("DELETE", f"/assets/{asset}").data
    assert api.other().call("DELETE", f"/assets/{asset}").data == first


def test_a_sequence_number_is_never_used_again(api: Snapbooks) -> None:
    numbers = []
    for _ in range(4):
        asset = api.asset()
        numbers.append(asset["sequence_number"])
        assert deactivated(api, asset["id"])
    assert numbers == [1, 2, 3, 4]
    assert api.asset(of=457)["sequence_number"] == 1
