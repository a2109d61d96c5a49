"""Xero's API in process, call by call: the whole edge in front, no socket, no event loop.

Every reply has been held to the document by the sandbox itself; one that breaks it is a 500.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from mock_server.app import Sandbox, open_sandbox
from tests.layer.client import Reply as PlainReply
from tests.layer.client import drive

DEMO = "1a1a1a1a-1a1a-41a1-81a1-1a1a1a1a1a1a"
OTHER = "2b2b2b2b-2b2b-42b2-82b2-2b2b2b2b2b2b"
TOKEN, OTHER_TOKEN = "xero-demo-token", "xero-other-token"
NOBODY = "99999999-9999-4999-8999-999999999999"
COMPUTERS = "5da209c5-5e19-4a43-b925-71b776c49ced"
COST = "afe53f21-1221-451c-a8c4-08457e129d84"
EXPENSE = "9a30bb28-6d9d-428b-8a98-b0b591518d5b"
ACCUMULATED = "b7e1f170-d238-41d7-ab2b-d0a89b16838f"
BASE = "/assets.xro/1.0"
Json = Any


class Reply(PlainReply):
    @property
    def data(self) -> Json:
        """What an accepted call answers."""
        assert self.status == 200, (self.status, self.body)
        return self.json()

    @property
    def fields(self) -> dict[str, str]:
        """What is wrong in a request that was refused: field → message; "" where it is none's."""
        assert self.status in (400, 409), (self.status, self.body)
        body = self.json()
        assert body.keys() == {"resourceValidationErrors", "fieldValidationErrors", "type", "title", "detail"}
        found = {element["fieldName"]: element["localisedMessage"] for element in body["fieldValidationErrors"]}
        assert len(found) == len(body["fieldValidationErrors"])
        for element in body["resourceValidationErrors"]:
            found[""] = element["localisedMessage"]
        return found

    @property
    def gateway(self) -> tuple[int, str]:
        """A refusal in the gateway's shape: status and detail."""
        body = self.json()
        assert body.keys() == {"Type", "Title", "Status", "Detail", "Instance", "Extensions"}
        assert body["Status"] == self.status
        return self.status, body["Detail"]


class Xero:
    """One organisation of one sandbox, with a token."""

    def __init__(self, sandbox: Sandbox | None = None, tenant_id: str | None = DEMO, token: str | None = TOKEN) -> None:
        self.sandbox = sandbox or open_sandbox(["xero"], seed=1)
        self.tenant_id = tenant_id
        self.token = token

    def other(self) -> Xero:
        """The second organisation of the same sandbox."""
        return Xero(self.sandbox, OTHER, OTHER_TOKEN)

    def get(self, path: str, **query: object) -> Reply:
        return self.call("GET", path, query=query)

    def post(self, path: str, body: Json, **headers: str) -> Reply:
        return self.call("POST", path, body, headers=headers)

    def call(
        self,
        method: str,
        path: str,
        body: Json = None,
        query: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """A call below the base path; a body of bytes goes out as it is."""
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body, default=float).encode()
        return self.raw(method, BASE + path, raw, urlencode(query or {}), headers)

    def raw(
        self, method: str, path: str, body: bytes = b"", query: str = "", headers: dict[str, str] | None = None
    ) -> Reply:
        """A call at any path."""
        sent = [(b"content-type", b"application/json")] if body else []
        if self.token is not None:
            sent.append((b"authorization", f"Bearer {self.token}".encode()))
        if self.tenant_id is not None:
            sent.append((b"xero-tenant-id", self.tenant_id.encode()))
        sent += [(name.replace("_", "-").encode(), text.encode()) for name, text in (headers or {}).items()]
        found = drive(self.sandbox, method, path, query=query.encode(), headers=sent, body=body)
        return Reply(found.status, found.headers, found.body)

    # ---- shorthands ---------------------------------------------------------------------------

    def control(self, method: str, path: str, body: Json = None) -> Reply:
        """A call of the control plane, below this organisation."""
        raw = b"" if body is None else json.dumps(body, default=float).encode()
        return self.raw(method, f"/_sandbox/xero/{self.tenant_id}{path}", raw)

    def draft(self, number: str = "FA-0001", **members: Json) -> Json:
        """A new draft."""
        return self.post("/Assets", {"assetName": "Computer", "assetNumber": number, **members}).data

    def depreciable(self, number: str = "FA-0001", **members: Json) -> Json:
        """A new draft that can be registered: 1,200.00 from 1 January 2024 on, straight line at 20 %."""
        setting = {
            "depreciationMethod": "StraightLine",
            "averagingMethod": "FullMonth",
            "depreciationRate": 20,
            "effectiveFromDate": "2024-01-01",
        }
        members = {"assetTypeId": COMPUTERS, "purchaseDate": "2024-01-01", "purchasePrice": 1200, **members}
        return self.draft(number, **{"bookDepreciationSetting": setting, **members})

    def registered(self, number: str = "FA-0001", **members: Json) -> Json:
        """A new registered asset."""
        asset = self.depreciable(number, **members)
        reply = self.control("POST", f"/assets/{asset['assetId']}/register", {})
        assert reply.status == 200, reply.body
        return reply.json()["data"]

    def kind(self, name: str = "Machinery", **members: Json) -> Reply:
        """A new asset type."""
        body = {
            "assetTypeName": name,
            "fixedAssetAccountId": COST,
            "depreciationExpenseAccountId": EXPENSE,
            "accumulatedDepreciationAccountId": ACCUMULATED,
            "bookDepreciationSetting": {"depreciationMethod": "StraightLine", "depreciationRate": 20},
        }
        return self.post("/AssetTypes", {**body, **members})

    def walk(self, **query: object) -> list[Json]:
        """Every item of a list, page by page."""
        rows: list[Json] = []
        page = 1
        while True:
            found = self.get("/Assets", page=page, **query).data
            rows += found["items"]
            if page >= found["pagination"]["pageCount"]:
                assert len(rows) == found["pagination"]["itemCount"]
                return rows
            page += 1

    def read_back(self) -> dict[str, Json]:
        """Everything that the API and the control plane show of this organisation."""
        items = [item for status in ("DRAFT", "REGISTERED", "DISPOSED") for item in self.walk(status=status)]
        return {
            "items": items,
            "assets": [self.get(f"/Assets/{item['assetId']}").data for item in items],
            "types": self.get("/AssetTypes").data,
            "settings": self.get("/Settings").data,
            "balances": self.control("GET", "/balances").json(),
        }
