"""Balances to a date, the balance sheet and the trial balance (L3, L4, O1, C1)."""

from __future__ import annotations

import pytest

from tests.layer.client import Layer

DATES = ("2024-01-30", "2024-01-31", "2024-02-28", "2024-02-29", "2024-06-15", "9999-12-31")


def a_year(layer: Layer) -> None:
    """Capital, a purchase, a month's depreciation, an improvement, a sale and a drawing."""
    account = layer.asset()["ledger_account"]["id"]
    layer.journal("CASH", "OWNERS_CAPITAL", 5_000_000)
    layer.journal(account, "CASH", 4_000_000)
    layer.journal("CASH", "SALES", 90_000, "2024-02-10T00:00:00Z")
    layer.journal("OWNERS_DRAW", "CASH", 700, "2024-02-10T00:00:00Z")
    layer.value_update()
    layer.value_update(update_type="IMPROVEMENT", counter_account="CASH", amount=50_000, date="2024-06-15T00:00:00Z")


def report(layer: Layer, name: str, day: str, **query: str) -> dict[str, object]:
    return layer.get(f"/reports/{name}", effective_date=f"{day}T00:00:00Z", **query).data


@pytest.mark.parametrize("basis", ["ACCRUAL", "CASH"])
@pytest.mark.parametrize("day", DATES)
def test_the_sheet_balances_at_every_date_on_either_basis(layer: Layer, day: str, basis: str) -> None:
    """L4."""
    a_year(layer)
    sheet = report(layer, "balance-sheet", day, reporting_basis=basis)
    assert sum(line["value"] for line in sheet["assets"]) == sum(
        line["value"] for line in sheet["liabilities_and_equity"]
    )
    assert (sheet["effective_date"], sheet["reporting_basis"]) == (f"{day}T00:00:00Z", basis)


@pytest.mark.parametrize("basis", ["ACCRUAL", "CASH"])
@pytest.mark.parametrize("day", DATES)
def test_debits_are_credits_at_every_date_on_either_basis(layer: Layer, day: str, basis: str) -> None:
    """L3."""
    a_year(layer)
    *rows, total = report(layer, "unified/trial-balance", day, reporting_basis=basis)["rows"]
    for side in ("debit", "credit", "total"):
        assert sum(row["cells"][side] for row in rows) == total["cells"][side]
    assert total["cells"]["total"] == 0
    assert total["row_key"] == "TOTAL"


def test_net_income_is_a_line_of_equity_and_contra_lines_subtract(layer: Layer) -> None:
    a_year(layer)
    sheet = report(layer, "balance-sheet", "2024-02-29")

    def line(lines: list[dict[str, object]], name: str) -> dict[str, object]:
        return next(one for one in lines if one["name"] == name)

    equity = line(sheet["liabilities_and_equity"], "EQUITY")
    assert line(equity["line_items"], "NET_INCOME")["value"] == 90_000 - 66_667
    assert line(equity["line_items"], "DISTRIBUTIONS")["is_contra"]
    assert equity["value"] == 5_000_000 - 700 + 90_000 - 66_667
    fixed = line(line(sheet["assets"], "ASSETS")["line_items"], "FIXED_ASSETS")
    accumulated = line(fixed["line_items"], "ACCUMULATED_DEPRECIATION")
    assert (accumulated["value"], accumulated["is_contra"], fixed["value"]) == (66_667, True, 3_933_333)


def test_a_report_without_a_basis_takes_the_businesss_own(layer: Layer) -> None:
    a_year(layer)
    before = {
        basis: report(layer, "balance-sheet", "2024-06-15", reporting_basis=basis) for basis in ("ACCRUAL", "CASH")
    }
    for basis, expected in before.items():
        layer.patch("/accounting-config", {"default_reporting_basis": basis})
        assert report(layer, "balance-sheet", "2024-06-15") == expected
        assert report(layer, "unified/trial-balance", "2024-06-15")["reporting_basis"] == basis


def test_balances_to_a_date_include_the_whole_day_and_movements_both_ends(layer: Layer) -> None:
    """O1, DECISIONS 5."""
    a_year(layer)
    assert layer.balances(end_date="2024-02-29T00:00:00Z")["DEPRECIATION"] == 66_667
    assert layer.balances(end_date="2024-02-28T23:59:59Z")["DEPRECIATION"] == 0
    assert layer.balances(end_date="2024-02-29T23:30:00-01:00")["DEPRECIATION"] == 66_667
    assert layer.balances(start_date="2024-02-29T22:00:00Z", end_date="2024-06-14T00:00:00Z")["FIXED_ASSETS"] == -66_667
    assert layer.balances(start_date="2024-03-01T00:00:00Z")["Forklift"] == 50_000
    assert not any(layer.balances(start_date="2024-06-16T00:00:00Z", end_date="2024-01-01T00:00:00Z").values())


def test_the_trial_balance_has_rows_for_accounts_with_lines_only(layer: Layer) -> None:
    a_year(layer)
    rows = report(layer, "unified/trial-balance", "2024-02-10")["rows"]
    assert [row["display_name"] for row in rows] == [
        "Cash",
        "Owner's capital",
        "Owner's draw",
        "Sales",
        "Forklift",
        "Total",
    ]
    assert [row["cells"]["debit"] for row in rows] == [1_089_300, 0, 700, 0, 4_000_000, 5_090_000]


@pytest.mark.parametrize("name", ["balance-sheet", "unified/trial-balance"])
def test_a_report_needs_a_date(layer: Layer, name: str) -> None:
    assert layer.get(f"/reports/{name}").said == (400, "SpecifiedBadRequest", "/effective_date")
    assert layer.get(f"/reports/{name}", effective_date="2024-02-30T00:00:00Z").status == 400


def test_the_settings_are_what_was_sent(layer: Layer) -> None:
    config = layer.get("/accounting-config").data
    assert (config["default_reporting_basis"], config["closing_date"]) == ("ACCRUAL", None)
    sent = {"default_reporting_basis": "CASH", "closing_date": "2024-01-01"}
    assert layer.patch("/accounting-config", sent).data == {**config, **sent}
    assert layer.patch("/accounting-config", {}).data == {**config, **sent}
    assert layer.patch("/accounting-config", {"closing_date": None}).data["closing_date"] is None
    for wrong in ({"closing_date": "2024-02-30"}, {"default_reporting_basis": None}):
        assert layer.patch("/accounting-config", {**sent, **wrong}).status == 400
        assert layer.get("/accounting-config").data["closing_date"] is None
