"""Under load for a while: nothing refused, nothing lost, memory as stated."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack

import httpx
import psutil
import pytest

import fixtura
from benchmarks.load import drive, post

AMOUNT = 1_666
BYTES_PER_UPDATE = 2_500


def soak(seconds: float) -> None:
    with ExitStack() as opened:
        server = opened.enter_context(fixtura.serving(["layer"]))
        layer = server.access["layer"]
        base = f"/v1/businesses/{layer.scope['business_id']}"
        headers = {"authorization": f"Bearer {layer.token}"}
        client = opened.enter_context(httpx.Client(base_url=server.base_url, headers=headers))
        asset = client.post(f"{base}/assets", json={"name": "Van", "asset_type": "VEHICLE"}).json()["data"]
        body = (
            f'{{"asset_id":"{asset["id"]}","amount":{AMOUNT},"update_type":"IMPROVEMENT",'
            '"counter_account":{"type":"StableName","stable_name":"CASH"},"date":"2024-02-29T00:00:00Z"}'
        )
        request = post(f"{base}/assets/value-updates", body.encode(), layer.token)
        port = httpx.URL(server.base_url).port
        assert port is not None

        process = psutil.Process()
        resident = process.memory_info().rss
        load = asyncio.run(drive(port, request, pid=os.getpid(), seconds=seconds))
        grown = process.memory_info().rss - resident

        assert load.refused == 0
        whole, rest = divmod(trial_balance(client, base)[asset["ledger_account"]["id"]["id"]]["debit"], AMOUNT)
        updates = int(whole)
        assert rest == 0
        # Sixteen requests were in flight when the connections were cut; each was done or not begun.
        assert load.answered <= updates <= load.answered + 16
        assert grown < updates * BYTES_PER_UPDATE + 50_000_000
        total = trial_balance(client, base)["TOTAL"]
        assert total == {"debit": updates * AMOUNT, "credit": updates * AMOUNT, "total": 0}


def trial_balance(client: httpx.Client, base: str) -> dict[str, dict[str, int]]:
    """Account id, or TOTAL → debit, credit, total."""
    reply = client.get(
        f"{base}/reports/unified/trial-balance",
        params={"effective_date": "2024-12-31T00:00:00Z", "reporting_basis": "ACCRUAL"},
    )
    return {row["row_key"]: row["cells"] for row in reply.json()["data"]["rows"]}


def test_a_short_soak_loses_nothing() -> None:
    soak(seconds=8)


@pytest.mark.verify
def test_a_long_soak_loses_nothing() -> None:
    soak(seconds=300)
