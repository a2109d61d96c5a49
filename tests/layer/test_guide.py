"""The guide's own requests, byte for byte, and the samples of the reference page (DECISIONS 1, 2, 21)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mock_server.app import open_sandbox
from tests.layer.client import NOBODY, Layer

FORKLIFT = b"""{
  "name": "Forklift",
  "external_id": "forklift-001",
  "asset_type": "EQUIPMENT",
  "original_value": 4000000,
  "useful_life_months": 60,
  "accumulated_depreciation_account": "ACCUMULATED_DEPRECIATION"
}"""
DEPRECIATION = b"""{
  "asset_external_id": "forklift-001",
  "external_id": "forklift-001-depreciation-2024-02",
  "amount": 66667,
  "update_type": "DEPRECIATION_AMORTIZATION",
  "counter_account": "DEPRECIATION",
  "date": "2024-02-29T00:00:00Z"
}"""
IMPROVEMENT = b"""{
  "asset_external_id": "forklift-001",
  "external_id": "forklift-001-improvement-2024-06",
  "amount": 50000,
  "update_type": "IMPROVEMENT",
  "counter_account": "CASH",
  "date": "2024-06-15T00:00:00Z"
}"""


def play_the_guide(layer: Layer) -> list[int]:
    calls = (("/assets", FORKLIFT), ("/assets/value-updates", DEPRECIATION), ("/assets/value-updates", IMPROVEMENT))
    return [layer.post(path, body).status for path, body in calls]


def test_the_guides_three_requests_give_the_guides_results(layer: Layer) -> None:
    assert play_the_guide(layer) == [201, 201, 201]
    found = layer.balances()
    names = ("Forklift", "ACCUMULATED_DEPRECIATION", "DEPRECIATION", "CASH", "FIXED_ASSETS")
    assert [found[name] for name in names] == [50_000, 66_667, 66_667, -50_000, -16_667]


def test_the_cash_books_see_nothing_of_it(layer: Layer) -> None:
    """C1, C2."""
    play_the_guide(layer)
    assert not any(layer.balances(reporting_basis="CASH").values())
    sheet = layer.get("/reports/balance-sheet", effective_date="2025-01-01T00:00:00Z", reporting_basis="CASH").data
    assert [line["value"] for line in (*sheet["assets"], *sheet["liabilities_and_equity"])] == [0, 0, 0]


def test_sent_again_the_guide_changes_nothing(layer: Layer) -> None:
    """O7, layer.R5."""
    play_the_guide(layer)
    before = layer.read_back()
    assert play_the_guide(layer) == [200, 200, 200]
    assert layer.read_back() == before


def test_after_the_purchase_the_forklift_carries_what_is_left_of_it(layer: Layer) -> None:
    account = layer.post("/assets", FORKLIFT).data["ledger_account"]["id"]
    assert layer.journal(account, "CASH", 4_000_000).status == 201
    play_the_guide(layer)
    accrual, cash = layer.balances(), layer.balances(reporting_basis="CASH")
    assert accrual["Forklift"] - accrual["ACCUMULATED_DEPRECIATION"] == 3_983_333
    assert cash["Forklift"] - cash["ACCUMULATED_DEPRECIATION"] == 4_000_000


def test_the_reference_pages_sample_runs_with_a_real_asset(layer: Layer) -> None:
    asset = layer.asset()
    sample = {
        "asset_id": asset["id"],
        "amount": 1666,
        "update_type": "DEPRECIATION_AMORTIZATION",
        "counter_account": "DEPRECIATION",
        "date": "2024-02-29T00:00:00Z",
    }
    found = layer.post("/assets/value-updates", sample).data
    assert {member: found[member] for member in ("asset_id", "amount", "update_type", "date")} == {
        member: sample[member] for member in ("asset_id", "amount", "update_type", "date")
    }
    assert (found["archived_at"], found["transaction_tags"]) == (None, [])
    placeholder = {**sample, "asset_id": NOBODY}
    assert layer.post("/assets/value-updates", placeholder).said == (400, "SpecifiedIdNotFound", "/asset_id")


@pytest.mark.parametrize(
    "account",
    [
        "DEPRECIATION",
        {"type": "StableName", "stable_name": "DEPRECIATION"},
    ],
)
def test_a_bare_string_is_a_stable_name(layer: Layer, account: object) -> None:
    layer.asset()
    assert layer.value_update(counter_account=account).status == 201


def test_a_bare_string_is_never_an_id(layer: Layer) -> None:
    account = layer.asset()["ledger_account"]["id"]["id"]
    assert layer.value_update(counter_account=account).said == (400, "SpecifiedIdNotFound", "/counter_account")
    by_id = {"type": "AccountId", "id": account.upper()}
    assert layer.value_update(counter_account=by_id).status == 201


def test_under_strict_accounts_bare_strings_are_refused() -> None:
    layer = Layer(open_sandbox(["layer"], seed=1, switches={"strict_accounts": True}))
    layer.asset()
    assert layer.value_update().status == 400
    assert layer.value_update(counter_account={"type": "StableName", "stable_name": "DEPRECIATION"}).status == 201


def test_the_schemas_own_example_of_a_stable_name_resolves(layer: Layer) -> None:
    layer.asset()
    update = {"counter_account": "CURRENT_ASSETS", "update_type": "IMPAIRMENT"}
    assert "CURRENT_ASSETS" not in layer.balances()
    assert layer.value_update(**update).status == 201
    assert layer.balances()["CURRENT_ASSETS"] == 66_667


def test_every_digit_of_an_amount_and_of_metadata_survives(layer: Layer) -> None:
    asset = layer.asset(original_value=2**63 - 1, metadata={"n": 2**64 + 1, "x": 0.1, "nested": {"a": [None, {}]}})
    found = layer.get(f"/assets/{asset['id']}").data
    assert found["original_value"] == 2**63 - 1
    assert found["metadata"] == {"n": 2**64 + 1, "x": Decimal("0.1"), "nested": {"a": [None, {}]}}
