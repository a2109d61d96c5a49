"""Layer's API in process, call by call: the whole edge in front, no socket, no event loop.

Every reply has been held to the document by the sandbox itself; one that breaks it is a 500.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from mock_server.app import Sandbox, open_sandbox

DEMO = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"
TOKEN, OTHER_TOKEN = "layer-demo-token", "layer-other-token"
NOBODY = "99999999-9999-4999-8999-999999999999"
ACCUMULATED = {"type": "StableName", "stable_name": "ACCUMULATED_DEPRECIATION"}
Json = Any


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Json:
        return json.loads(self.body, parse_float=Decimal)

    @property
    def data(self) -> Json:
        """What an accepted call answers."""
        assert 200 <= self.status < 300, (self.status, self.body)
        return self.json()["data"]

    @property
    def error(self) -> Json:
        """The one error of a refused call."""
        assert 400 <= self.status < 500, (self.status, self.body)
        (error,) = self.json()["errors"]
        return error

    @property
    def pointers(self) -> set[str]:
        """What is wrong in a request that was refused."""
        assert self.status == 400, (self.status, self.body)
        return {error["meta"]["pointer"] for error in self.json()["errors"]}

    @property
    def said(self) -> tuple[int, str | None, str | None]:
        """A refusal in short: status, error_enum, pointer."""
        error = self.error
        return self.status, error["error_enum"], (error["meta"] or {}).get("pointer")


class Layer:
    """One business of one sandbox, with a token."""

    def __init__(self, sandbox: Sandbox | None = None, business_id: str = DEMO, token: str | None = TOKEN) -> None:
        self.sandbox = sandbox or open_sandbox(["layer"], seed=1)
        self.business_id = business_id
        self.token = token

    def other(self) -> Layer:
        """The second business of the same sandbox."""
        return Layer(self.sandbox, OTHER, OTHER_TOKEN)

    def get(self, path: str, **query: object) -> Reply:
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Json = None) -> Reply:
        return self.call("POST", path, body)

    def patch(self, path: str, body: Json) -> Reply:
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> Reply:
        return self.call("DELETE", path)

    def call(self, method: str, path: str, body: Json = None, query: dict[str, object] | None = None) -> Reply:
        """A call below the business; a body of bytes goes out as it is."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.raw(method, f"/v1/businesses/{self.business_id}{path}", raw, urlencode(query or {}))

    def raw(self, method: str, path: str, body: bytes = b"", query: str = "") -> Reply:
        """A call at any path."""
        headers = [(b"content-type", b"application/json")] if body else []
        if self.token is not None:
            headers.append((b"authorization", f"Bearer {self.token}".encode()))
        return drive(self.sandbox, method, path, query=query.encode(), headers=headers, body=body)

    # ---- shorthands ---------------------------------------------------------------------------

    def asset(self, external_id: str | None = "forklift", **members: object) -> Json:
        """A new asset that can be depreciated."""
        body = {"name": "Forklift", "asset_type": "EQUIPMENT", "external_id": external_id, **members}
        return self.post("/assets", {"accumulated_depreciation_account": ACCUMULATED, **body}).data

    def value_update(self, **members: object) -> Reply:
        """One month's depreciation of the asset "forklift", with other members as given."""
        body = {
            "asset_external_id": "forklift",
            "amount": 66_667,
            "update_type": "DEPRECIATION_AMORTIZATION",
            "counter_account": "DEPRECIATION",
            "date": "2024-02-29T00:00:00Z",
        }
        return self.post("/assets/value-updates", {**body, **members})

    def journal(
        self, debit: Json, credit: Json, amount: int, on: str = "2024-01-31T00:00:00Z", **members: Json
    ) -> Reply:
        """A manual entry of two lines."""
        sides = ((debit, "DEBIT"), (credit, "CREDIT"))
        items = [{"account_identifier": who, "amount": amount, "direction": side} for who, side in sides]
        return self.post("/ledger/journal-entries", {"entry_at": on, "line_items": items, **members})

    def walk(self, path: str, **query: object) -> list[Json]:
        """Every row of a list, page by page."""
        rows: list[Json] = []
        while True:
            reply = self.get(path, **query)
            rows += reply.data
            pagination = reply.json()["meta"]["pagination"]
            assert pagination["has_more"] == (pagination["cursor"] is not None)
            if not pagination["has_more"]:
                return rows
            query["cursor"] = pagination["cursor"]

    def balances(self, **query: object) -> dict[str, int]:
        """Every account's balance by stable name, or by name where it has none."""
        found: dict[str, int] = {}
        nodes = list(self.get("/ledger/balances", **query).data["accounts"])
        while nodes:
            node = nodes.pop()
            nodes += node["sub_accounts"]
            name = node["stable_name"]["stable_name"] if node["stable_name"] else node["name"]
            found[name] = node["balance"]
        return found

    def read_back(self) -> dict[str, Json]:
        """Everything that the API shows of this business."""
        entries = self.walk("/ledger/entries", sort_by="entry_number", limit=1000)
        assets = self.walk("/assets", limit=1000)
        updates = self.walk("/assets/value-updates", limit=1000)
        accounts = {line["account"]["id"]["id"] for entry in entries for line in entry["line_items"]}
        days = sorted({entry["entry_at"] for entry in entries})
        reports = ("/reports/balance-sheet", "/reports/unified/trial-balance")
        return {
            "entries": entries,
            "assets": assets,
            "updates": updates,
            "updates of assets": [self.get(f"/assets/{asset['id']}/value-updates").data for asset in assets],
            "updates by id": [self.get(f"/assets/value-updates/{update['id']}").data for update in updates],
            "lines": {account: self.walk(f"/ledger/accounts/{account}/lines") for account in sorted(accounts)},
            "chart": self.get("/ledger/chart").data,
            "balances": [self.balances(end_date=day) for day in days],
            "reports": [
                self.get(report, effective_date=day, reporting_basis=basis).data
                for report in reports
                for basis in ("ACCRUAL", "CASH")
                for day in days
            ],
            "config": self.get("/accounting-config").data,
        }


def drive(
    app: Any, method: str, path: str, *, query: bytes = b"", headers: list[tuple[bytes, bytes]], body: bytes
) -> Reply:
    """One request through an ASGI app that waits for nothing but its body."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    call = app(scope, receive, send)
    try:
        call.send(None)
    except StopIteration:
        start = sent[0]
        names = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Reply(start["status"], names, b"".join(message.get("body", b"") for message in sent[1:]))
    raise AssertionError("the sandbox waits for something")
