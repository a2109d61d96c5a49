"""Snapbooks' part of the control plane: client accounts, users' tokens, and the books (spec/snapbooks/control.yaml).

Decides how the parts are put together: here the sandbox itself, in `control_ledger` accounts, entries and
balances, in `control_assets` what becomes of assets by their class, in `control_pools` the tax pools. It asks
for no token.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from mock_server.apis.snapbooks import control_ledger, control_pools
from mock_server.apis.snapbooks.asset_classes import Classes
from mock_server.apis.snapbooks.control_assets import Lives
from mock_server.apis.snapbooks.errors import in_our_words, refuse, refused
from mock_server.apis.snapbooks.tenants import ClientAccount, Tenants
from mock_server.surface import Answer, Handler, Request, Surface


class Control:
    """The control plane of one instance."""

    def __init__(self, tenants: Tenants, classes: Classes) -> None:
        self._tenants = tenants
        self._classes = classes

    def surface(self) -> Surface:
        """What serves it."""
        own = {
            "control.clientAccounts.get": self.list_accounts,
            "control.clientAccounts.post": self.open_account,
            "control.tokens.get": self.list_tokens,
            "control.tokens.post": self.add_token,
            "control.reset.post": self.reset,
        }
        handlers = {**own, **control_ledger.HANDLERS, **Lives(self._classes).handlers(), **control_pools.HANDLERS}
        return Surface(
            handlers={
                operation_id: in_our_words(self._looking_up(handler)) for operation_id, handler in handlers.items()
            },
            identify=lambda _token: None,  # no operation asks for one
            admit=self._admit,
            refuse=refuse,
        )

    def list_accounts(self, _request: Request) -> Answer:
        """All client accounts."""
        return Answer(200, {"data": [_client_account(account) for account in self._tenants.accounts()]})

    def open_account(self, request: Request) -> Answer:
        """Open a client account, with a token of a new user."""
        account_id = request.body.get("client_account_id")
        if account_id is not None and self._tenants.find(account_id) is not None:
            raise refused(400, f"There is a client account with the id {account_id} already")
        names = (request.body.get("unique_name"), request.body.get("display_name"))
        account = self._tenants.keep(self._tenants.prepare(account_id, *names))
        token = self._tenants.issue(account)
        return Answer(201, {"data": {**_client_account(account), "token": token, "user_id": self._user_id(token)}})

    def list_tokens(self, _request: Request) -> Answer:
        """All tokens, whose they are and what they may see."""
        shown = [
            {"token": token, "user_id": user_id, "client_account_id": seen}
            for token, user_id, seen in self._tenants.tokens()
        ]
        return Answer(200, {"data": shown})

    def add_token(self, request: Request) -> Answer:
        """Let a token, a fresh one if none is given, see a client account."""
        account = self._tenants.find(request.body["client_account_id"])
        if account is None:
            raise refused(400, f"There is no client account with the id {request.body['client_account_id']}")
        token = request.body.get("token")
        if token is None:
            token = self._tenants.issue(account)
        else:
            self._tenants.allow(token, account)
        shown = {"token": token, "user_id": self._user_id(token), "client_account_id": account.id}
        return Answer(201, {"data": shown})

    def reset(self, _request: Request) -> Answer:
        """Make everything as it was at the start."""
        self._tenants.reset()
        return Answer(204)

    def _user_id(self, token: str) -> int:
        return self._tenants.user_of(token).id

    def _looking_up(self, handler: Handler) -> Handler:
        """The handler, on what is there now: while the body was being read there may have been a reset."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            self._admit(request)
            return handler(request)

        return answering

    def _admit(self, request: Request) -> None:
        """Put the client account into `request.tenant`. Raises Refusal (404)."""
        path = request.path
        if "client_account_id" not in path:
            return
        account = self._tenants.find(path["client_account_id"])
        if account is None:
            raise refused(404, f"There is no client account with the id {path['client_account_id']}")
        if "asset_id" in path and account.holdings.find(path["asset_id"]) is None:
            raise refused(404, f"There is no asset with the id {path['asset_id']} in this client account")
        if "entry_id" in path and account.holdings.vouchers.find(path["entry_id"]) is None:
            raise refused(404, f"There is no entry with the id {path['entry_id']} in this client account")
        request.tenant = account


def _client_account(account: ClientAccount) -> dict[str, Any]:
    return {
        "client_account_id": account.id,
        "unique_name": account.unique_name,
        "display_name": account.display_name,
    }
