"""Snapbooks' API in process, call by call: the whole edge in front, no socket, no event loop.

Every reply has been held to the document by the sandbox itself; one that breaks it is a 500.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from mock_server.app import Sandbox, open_sandbox
from tests.layer.client import Reply as PlainReply
from tests.layer.client import drive

OWN, SHARED, FOREIGN, NOWHERE = 456, 457, 458, 9_999
USER, OTHER_USER = 789, 790
TOKEN, OTHER_TOKEN = "snapbooks-demo-token", "snapbooks-other-token"
BASE, CONTROL = "/api/v2", "/_sandbox/snapbooks"
Json = Any


class Reply(PlainReply):
    @property
    def data(self) -> Json:
        """What an accepted call answers."""
        assert 200 <= self.status < 300, (self.status, self.body)
        return self.json()

    @property
    def refused(self) -> tuple[int, str]:
        """A refusal: its status, which the body repeats, and its sentence."""
        assert 400 <= self.status < 500, (self.status, self.body)
        body = self.json()
        assert body.keys() == {"error", "status"}
        assert body["status"] == self.status
        return self.status, body["error"]


class Snapbooks:
    """One user of one sandbox."""

    def __init__(self, sandbox: Sandbox | None = None, token: str | None = TOKEN) -> None:
        self.sandbox = sandbox or open_sandbox(["snapbooks"], seed=1)
        self.token = token

    def other(self) -> Snapbooks:
        """The second user of the same sandbox."""
        return Snapbooks(self.sandbox, OTHER_TOKEN)

    def get(self, path: str, **query: object) -> Reply:
        return self.call("GET", path, query=urlencode(query))

    def page(self, **query: object) -> Json:
        """A page of assets; `with` is spelled `including`."""
        named = {("with" if name == "including" else name): value for name, value in query.items()}
        return self.call("GET", "/assets", query=urlencode(named)).data

    def call(self, method: str, path: str, body: Json = None, query: str = "") -> Reply:
        """A call below the base path; a body of bytes goes out as it is."""
        return self.raw(method, BASE + path, body, query)

    def control(self, method: str, path: str, body: Json = None, *, of: int = OWN, query: str = "") -> Reply:
        """A call of the control plane, below that client account."""
        return self.raw(method, f"{CONTROL}/{of}{path}", body, query)

    def raw(self, method: str, path: str, body: Json = None, query: str = "") -> Reply:
        """A call at any path."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        headers = [(b"content-type", b"application/json")] if sent else []
        if self.token is not None:
            headers.append((b"authorization", f"Bearer {self.token}".encode()))
        found = drive(self.sandbox, method, path, query=query.encode(), headers=headers, body=sent)
        return Reply(found.status, found.headers, found.body)

    # ---- shorthands ---------------------------------------------------------------------------

    def asset(self, name: str = "Office Equipment", of: int = OWN) -> Json:
        """A new asset."""
        return self.call("POST", "/assets", {"name": name, "client_account_id": of}).data

    def entry(self, *lines: tuple[str, float, int | None], of: int = OWN, **more: Json) -> Json:
        """A new entry of lines: account, amount, asset."""
        said = [{"account_code": code, "amount": amount, "asset_id": about} for code, amount, about in lines]
        return self.control("POST", "/entries", {"date": "2024-03-15", "lines": said, **more}, of=of).data["data"]

    def balances(self, of: int = OWN, **query: object) -> dict[str, Json]:
        """Every balance that is not zero, by account."""
        rows = self.control("GET", "/balances", of=of, query=urlencode(query)).data["data"]
        return {row["account_code"]: row["balance"] for row in rows if row["balance"]}

    def walk(self, **query: object) -> list[Json]:
        """Every asset of a list, page by page."""
        rows: list[Json] = []
        page = 1
        while True:
            found = self.page(page=page, **query)
            rows += found["data"]
            if page >= found["meta"]["pages"]:
                assert len(rows) == found["meta"]["records"]
                return rows
            page += 1

    def read_back(self) -> dict[str, Json]:
        """Everything that the API and the control plane show."""
        users = (Snapbooks(self.sandbox), self.other())
        return {
            "assets": [user.walk(is_active="null", including="created_by") for user in users],
            "balances": [self.control("GET", "/balances", of=of).json() for of in (OWN, SHARED, FOREIGN)],
            "entries": [self.control("GET", "/entries", of=of).json() for of in (OWN, SHARED, FOREIGN)],
            "accounts": self.raw("GET", f"{CONTROL}/client-accounts").json(),
            "tokens": self.raw("GET", f"{CONTROL}/tokens").json(),
        }
