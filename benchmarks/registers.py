"""Registers of fixed assets of a given size, filled without HTTP, and calls to them through the whole app.

Decides how the measured organisations come to be; runs and lists decide what is measured on them.
"""

from __future__ import annotations

import asyncio
from typing import Any

import mock_server
from benchmarks.books import scope, timed
from mock_server.surface import Request

METHODS = ("StraightLine", "DiminishingValue100", "DiminishingValue150", "DiminishingValue200")
AVERAGINGS = ("FullMonth", "ActualDays")


class Registers:
    """One sandbox whose first organisation has `assets` assets, drafts or registered ones."""

    def __init__(self, assets: int, *, registered: bool = False) -> None:
        sandbox = mock_server.open_sandbox(["xero"], seed=1)
        self._instance = sandbox.instances["xero"]
        self._app = sandbox.app
        self._scope = self._instance.access.scope
        self._token = self._instance.access.token
        self._grant = self._instance.surface.identify(self._token)
        self._loop = asyncio.new_event_loop()
        types = self._handle("getAssetTypes", None)
        for number in range(assets):
            asset = self._handle("createAsset", self._draft(number, types[0]["assetTypeId"]))
            if registered:
                self.control("control.assets.register", {}, asset_id=asset["assetId"])

    def control(self, operation_id: str, body: Any, **path: str) -> Any:
        """Call one handler of the control plane, past the edge."""
        request = Request(operation_id, {"tenant_id": self._scope["tenant_id"], **path}, body=body)
        self._instance.control.admit(request)
        return self._instance.control.handlers[operation_id](request).body["data"]

    def get(self, path: str) -> tuple[int, Any]:
        """One call of the API through the whole app: nanoseconds it took, and the reply's JSON."""
        route, _, query = f"/assets.xro/1.0{path}".partition("?")
        headers = {"authorization": f"Bearer {self._token}", "xero-tenant-id": self._scope["tenant_id"]}
        return self._loop.run_until_complete(timed(self._app, scope("GET", route, query, headers), b""))

    def close(self) -> None:
        """Close the loop that the calls ran on."""
        self._loop.close()

    def _handle(self, operation_id: str, body: Any) -> Any:
        headers = {"xero-tenant-id": self._scope["tenant_id"]}
        request = Request(operation_id, {}, headers=headers, body=body, grant=self._grant)
        self._instance.surface.admit(request)
        return self._instance.surface.handlers[operation_id](request).body

    @staticmethod
    def _draft(number: int, type_id: str) -> dict[str, Any]:
        """An asset unlike its neighbours: every method and averaging, bought on any day of January 2020."""
        return {
            "assetName": f"Asset {number * 7_919 % 100_003}",
            "assetNumber": f"FA-{number:06}",
            "assetTypeId": type_id,
            "purchaseDate": f"2020-01-{1 + number % 28:02}",
            "purchasePrice": 1_000 + number,
            "bookDepreciationSetting": {
                "depreciationMethod": METHODS[number % len(METHODS)],
                "averagingMethod": AVERAGINGS[number // 4 % len(AVERAGINGS)],
                "depreciationRate": 20,
            },
        }
