"""A caller of Layer's contract for tests: one business, in process, replies as plain data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

DEMO = ("11111111-1111-4111-8111-111111111111", "layer-demo-token")
OTHER = ("22222222-2222-4222-8222-222222222222", "layer-other-token")


@dataclass(frozen=True, slots=True)
class Layer:
    """`layer("POST /assets", {...})` gives status and JSON; paths are below the business."""

    app: Flask
    business: tuple[str, str] = DEMO

    def __call__(self, call: str, body: Any = None) -> tuple[int, Any]:
        method, path = call.split(" ", 1)
        sent = {} if body is None else {"json": body}
        reply = self.raw(method, f"/businesses/{self.business[0]}{path}", **sent)
        return reply.status_code, reply.get_json()

    def raw(self, method: str, path: str, **sent: Any) -> Any:
        """The reply to any request, with the business's token unless headers say otherwise."""
        sent.setdefault("headers", {"Authorization": f"Bearer {self.business[1]}"})
        return self.app.test_client().open(f"/v1{path}", method=method, **sent)

    def ok(self, call: str, body: Any = None) -> Any:
        """The `data` of a reply that must be 2xx."""
        status, reply = self(call, body)
        assert status in (200, 201), (call, status, reply)
        return reply["data"]

    def asset(self, external_id: str = "forklift-001") -> dict[str, Any]:
        """The guide's forklift."""
        body = {
            "name": "Forklift",
            "external_id": external_id,
            "asset_type": "EQUIPMENT",
            "original_value": 4_000_000,
            "useful_life_months": 60,
            "accumulated_depreciation_account": "ACCUMULATED_DEPRECIATION",
        }
        asset: dict[str, Any] = self.ok("POST /assets", body)
        return asset

    def improve(self, amount: int, external_id: str | None = None, **other: Any) -> dict[str, Any]:
        """An improvement of the forklift, paid in cash."""
        body = {
            "asset_external_id": "forklift-001",
            "external_id": external_id,
            "amount": amount,
            "update_type": "IMPROVEMENT",
            "counter_account": "CASH",
            "date": "2024-06-15T00:00:00Z",
            **other,
        }
        update: dict[str, Any] = self.ok("POST /assets/value-updates", body)
        return update

    def balances(self, query: str = "") -> dict[str, int]:
        """Account name → balance, of every account that has one."""
        found: dict[str, int] = {}

        def walk(accounts: Iterable[dict[str, Any]]) -> None:
            for account in accounts:
                found[account["name"]] = account["balance"]
                walk(account["sub_accounts"])

        walk(self.ok(f"GET /ledger/balances{query}")["accounts"])
        return {name: balance for name, balance in found.items() if balance}

    def walk(self, path: str, limit: int) -> list[dict[str, Any]]:
        """All rows of a list, page by page."""
        rows: list[dict[str, Any]] = []
        cursor = ""
        while True:
            reply = self(f"GET {path}?limit={limit}{cursor}")[1]
            rows += reply["data"]
            if not reply["meta"]["pagination"]["has_more"]:
                return rows
            cursor = f"&cursor={reply['meta']['pagination']['cursor']}"


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls give when they are made from as many threads."""
    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]
