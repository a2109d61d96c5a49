"""The guide's three requests as it prints them, by curl over a socket, with the guide's results.

Source: the vendor's guide on importing asset data. Only the host and the placeholders are filled in.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import httpx
import pytest

import fixtura

CREATE = """curl --request POST \\
  --url https://sandbox.layerfi.com/v1/businesses/{businessId}/assets \\
  --header 'Authorization: Bearer <token>' \\
  --header 'Content-Type: application/json' \\
  --data '{
  "name": "Forklift",
  "external_id": "forklift-001",
  "asset_type": "EQUIPMENT",
  "original_value": 4000000,
  "useful_life_months": 60,
  "accumulated_depreciation_account": "ACCUMULATED_DEPRECIATION"
}'"""

DEPRECIATE = """curl --request POST \\
  --url https://sandbox.layerfi.com/v1/businesses/{businessId}/assets/value-updates \\
  --header 'Authorization: Bearer <token>' \\
  --header 'Content-Type: application/json' \\
  --data '{
  "asset_external_id": "forklift-001",
  "external_id": "forklift-001-depreciation-2024-02",
  "amount": 66667,
  "update_type": "DEPRECIATION_AMORTIZATION",
  "counter_account": "DEPRECIATION",
  "date": "2024-02-29T00:00:00Z"
}'"""

IMPROVE = """curl --request POST \\
  --url https://sandbox.layerfi.com/v1/businesses/{businessId}/assets/value-updates \\
  --header 'Authorization: Bearer <token>' \\
  --header 'Content-Type: application/json' \\
  --data '{
  "asset_external_id": "forklift-001",
  "external_id": "forklift-001-improvement-2024-06",
  "amount": 50000,
  "update_type": "IMPROVEMENT",
  "counter_account": "CASH",
  "date": "2024-06-15T00:00:00Z"
}'"""


def curl(command: str, layer: Any) -> Any:
    assert shutil.which("curl"), "the guide's commands need curl"
    command = (
        command.replace("https://sandbox.layerfi.com/v1", layer.base_url)
        .replace("{businessId}", layer.scope["business_id"])
        .replace("<token>", layer.token)
    )
    done = subprocess.run(["bash", "-c", command + " --silent"], capture_output=True, text=True, check=True, timeout=20)
    return json.loads(done.stdout)["data"]


def balances(layer: Any) -> dict[str, int]:
    """Stable name, or name where there is none → balance, of every account that has one."""
    found: dict[str, int] = {}

    def walk(accounts: list[dict[str, Any]]) -> None:
        for account in accounts:
            stable = account["stable_name"]
            found[stable["stable_name"] if stable else account["name"]] = account["balance"]
            walk(account["sub_accounts"])

    reply = httpx.get(
        f"{layer.base_url}/businesses/{layer.scope['business_id']}/ledger/balances",
        headers={"authorization": f"Bearer {layer.token}"},
    )
    walk(reply.json()["data"]["accounts"])
    return found


@pytest.fixture(scope="module")
def told() -> Any:
    with fixtura.serving(["layer"]) as server:
        layer = server.access["layer"]
        yield layer, [curl(command, layer) for command in (CREATE, DEPRECIATE, IMPROVE)]


def test_the_asset_is_what_was_sent_and_has_an_account_of_its_own(told: Any) -> None:
    _, (asset, _, _) = told
    assert asset["name"] == "Forklift"
    assert asset["original_value"] == 4_000_000
    assert asset["useful_life_months"] == 60
    assert asset["accumulated_depreciation_account"]["stable_name"]["stable_name"] == "ACCUMULATED_DEPRECIATION"
    assert asset["ledger_account"]["account_subtype"]["value"] == "FIXED_ASSET"


def test_the_updates_are_of_that_asset(told: Any) -> None:
    _, (asset, depreciation, improvement) = told
    assert depreciation["asset_id"] == improvement["asset_id"] == asset["id"]
    assert (depreciation["amount"], improvement["amount"]) == (66_667, 50_000)
    assert depreciation["date"] == "2024-02-29T00:00:00Z"


def test_the_ledger_holds_the_guides_figures(told: Any) -> None:
    layer, _ = told
    seen = balances(layer)
    assert seen["Forklift"] == 50_000
    assert seen["ACCUMULATED_DEPRECIATION"] == 66_667
    assert seen["DEPRECIATION"] == 66_667
    assert seen["CASH"] == -50_000
    assert seen["FIXED_ASSETS"] == 50_000 - 66_667


def test_the_cash_books_hold_nothing(told: Any) -> None:
    layer, _ = told
    reply = httpx.get(
        f"{layer.base_url}/businesses/{layer.scope['business_id']}/reports/unified/trial-balance",
        headers={"authorization": f"Bearer {layer.token}"},
        params={"effective_date": "2024-12-31T00:00:00Z", "reporting_basis": "CASH"},
    )
    assert reply.status_code == 200
    assert [row["cells"] for row in reply.json()["data"]["rows"]] == [{"debit": 0, "credit": 0, "total": 0}]
