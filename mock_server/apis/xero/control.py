"""Xero's part of the control plane: organisations, tokens, and what Xero's screen does (spec/xero/control.yaml).

Decides how the two halves are put together: here the sandbox itself, in `control_assets` what is done to
one asset, in `control_books` what is done to all and what the ledger says. It asks for no token.
"""

from __future__ import annotations

from datetime import date
from functools import wraps

from mock_server.apis.xero import control_assets, control_books
from mock_server.apis.xero.control_books import organisation
from mock_server.apis.xero.control_fields import refusing
from mock_server.apis.xero.errors import Errors
from mock_server.apis.xero.tenants import START, Tenants
from mock_server.domain.schedule import BadTerms, YearEnd
from mock_server.surface import Answer, Handler, Request, Surface


class Control:
    """The control plane of one instance."""

    def __init__(self, tenants: Tenants, errors: Errors) -> None:
        self._tenants = tenants
        self._errors = errors

    def surface(self) -> Surface:
        """What serves it."""
        own = {
            "control.organisations.get": self.list_organisations,
            "control.organisations.post": self.open_organisation,
            "control.tokens.get": self.list_tokens,
            "control.tokens.post": self.add_token,
            "control.reset.post": self.reset,
        }
        return Surface(
            handlers={
                operation_id: self._errors.in_our_words(self._looking_up(handler))
                for operation_id, handler in {**own, **control_assets.HANDLERS, **control_books.HANDLERS}.items()
            },
            identify=lambda _token: None,  # no operation asks for one
            admit=self._admit,
            refuse=refusing(self._errors),
        )

    def list_organisations(self, _request: Request) -> Answer:
        """All organisations."""
        return Answer(200, {"data": [organisation(tenant) for tenant in self._tenants.tenants()]})

    def open_organisation(self, request: Request) -> Answer:
        """Open an organisation and give it a token."""
        body = request.body
        asked = body.get("tenant_id")
        tenant_id = None if asked is None else asked.lower()
        if tenant_id is not None and self._tenants.find(tenant_id) is not None:
            raise self._errors.refused(f"There is an organisation with the id {tenant_id} already.", "TenantId")
        tenant = self._tenants.prepare(
            tenant_id,
            body.get("name"),
            country=body.get("country", "NZ"),
            start_date=date.fromisoformat(body["start_date"]) if "start_date" in body else START,
            year_end=self._year_end(body.get("year_end", "12-31")),
        )
        self._tenants.keep(tenant)
        token = self._tenants.grants.issue(tenant.id)
        return Answer(201, {"data": {**organisation(tenant), "token": token}})

    def list_tokens(self, _request: Request) -> Answer:
        """All tokens with what they may see."""
        shown = [{"token": token, "tenant_id": seen} for token, seen in self._tenants.tokens()]
        return Answer(200, {"data": shown})

    def add_token(self, request: Request) -> Answer:
        """Let a token, a fresh one if none is given, see an organisation."""
        tenant_id = request.body["tenant_id"].lower()
        if self._tenants.find(tenant_id) is None:
            raise self._errors.refused(f"There is no organisation with the id {tenant_id}.", "TenantId")
        token = request.body.get("token")
        if token is None:
            token = self._tenants.grants.issue(tenant_id)
        else:
            self._tenants.grants.allow(token, tenant_id)
        return Answer(201, {"data": {"token": token, "tenant_id": tenant_id}})

    def reset(self, _request: Request) -> Answer:
        """Make everything as it was at the start."""
        self._tenants.reset()
        return Answer(204)

    def _looking_up(self, handler: Handler) -> Handler:
        """The handler, on the organisation as it is now: while the body was being read there may have been a reset."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            self._admit(request)
            return handler(request)

        return answering

    def _admit(self, request: Request) -> None:
        """Put the organisation into `request.tenant`. Raises Refusal (404)."""
        if "tenant_id" not in request.path:
            return
        tenant_id = request.path["tenant_id"]
        request.tenant = self._tenants.find(tenant_id)
        if request.tenant is None:
            raise self._errors.http(404, f"There is no organisation with the id {tenant_id}.")
        if "asset_id" in request.path and request.tenant.register.find(request.path["asset_id"]) is None:
            raise self._errors.http(404, f"There is no asset with the id {request.path['asset_id']}.")

    def _year_end(self, text: str) -> YearEnd:
        try:
            return YearEnd(int(text[:2]), int(text[3:]))
        except BadTerms as error:
            raise self._errors.refused(str(error), "YearEnd") from error
