"""Books of a given size, filled without HTTP, and calls to them through the whole app without a socket.

Decides how the measured sandboxes come to be; growth and memory decide what is measured on them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import perf_counter_ns
from typing import Any

import mock_server
from mock_server.surface import Request

FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
DAYS = 9_000
"""Entries are spread over this many days, one after the other, so that they keep arriving back-dated."""


class Books:
    """One sandbox with one asset and `entries` posted value updates on it."""

    def __init__(self, entries: int) -> None:
        sandbox = mock_server.open_sandbox(["layer"], seed=1)
        instance = sandbox.instances["layer"]
        self.entries = 0
        self.business = instance.access.scope["business_id"]
        self._app = sandbox.app
        self._surface = instance.surface
        self._grant = instance.surface.identify(instance.access.token)
        self._token = instance.access.token
        self._loop = asyncio.new_event_loop()
        asset = {
            "name": "Loader",
            "asset_type": "EQUIPMENT",
            "external_id": "loader",
            "accumulated_depreciation_account": {"type": "StableName", "stable_name": "ACCUMULATED_DEPRECIATION"},
        }
        self.asset = self.handle("business.assets.post", asset)["data"]
        self.fill(entries)

    def fill(self, entries: int) -> None:
        """Post so many more value updates."""
        for _ in range(entries):
            self.handle("business.assets.valueUpdates.post", self.update())
            self.entries += 1

    def update(self) -> dict[str, Any]:
        """The body of one more value update."""
        day = FIRST_DAY + timedelta(days=self.entries * 7 % DAYS)
        return {
            "asset_id": self.asset["id"],
            "external_id": f"update-{self.entries}",
            "amount": 1666,
            "update_type": "DEPRECIATION_AMORTIZATION",
            "counter_account": {"type": "StableName", "stable_name": "DEPRECIATION"},
            "date": day.strftime("%Y-%m-%dT00:00:00Z"),
        }

    def handle(self, operation_id: str, body: Any) -> Any:
        """Call one handler, past the edge."""
        request = Request(operation_id, {"businessId": self.business}, body=body, grant=self._grant)
        self._surface.admit(request)
        return self._surface.handlers[operation_id](request).body

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """One call through the whole app: nanoseconds it took, and the reply's JSON."""
        content = b"" if body is None else json.dumps(body).encode()
        route, _, query = f"/v1/businesses/{self.business}{path}".partition("?")
        headers = {"authorization": f"Bearer {self._token}", "content-length": str(len(content))}
        if content:
            headers["content-type"] = "application/json"
        return self._loop.run_until_complete(timed(self._app, scope(method, route, query, headers), content))

    def close(self) -> None:
        """Close the loop that the calls ran on."""
        self._loop.close()


def scope(method: str, path: str, query: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """A request as ASGI has it."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }


async def timed(app: Any, scope: dict[str, Any], content: bytes) -> tuple[int, Any]:
    """Nanoseconds that an accepted request took, and the reply's JSON."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    started = perf_counter_ns()
    await app(scope, receive, send)
    took = perf_counter_ns() - started
    reply = b"".join(message.get("body", b"") for message in sent)
    assert 200 <= sent[0]["status"] < 300, reply
    return took, json.loads(reply)
