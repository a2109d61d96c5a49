"""Layer's part of the control plane: businesses, tokens and reset (spec/layer/control.yaml).

Decides what a test may do to the sandbox that no vendor offers. It asks for no token.
"""

from __future__ import annotations

from mock_server.apis.layer.errors import BAD_REFERENCE, BAD_REQUEST, refuse, refused
from mock_server.apis.layer.tenants import Tenants
from mock_server.surface import Answer, Request, Surface


class Control:
    """The control plane of one instance."""

    def __init__(self, tenants: Tenants) -> None:
        self._tenants = tenants

    def surface(self) -> Surface:
        """What serves it."""
        return Surface(
            handlers={
                "control.businesses.get": self.list_businesses,
                "control.businesses.post": self.open_business,
                "control.tokens.get": self.list_tokens,
                "control.tokens.post": self.add_token,
                "control.reset.post": self.reset,
            },
            identify=lambda _token: None,  # no operation asks for one
            admit=lambda _request: None,
            refuse=refuse,
        )

    def list_businesses(self, _request: Request) -> Answer:
        """All businesses."""
        shown = [{"id": business.id, "name": business.name} for business in self._tenants.businesses()]
        return Answer(200, {"data": shown})

    def open_business(self, request: Request) -> Answer:
        """Open a business and give it a token."""
        asked = request.body.get("id")
        business_id = None if asked is None else asked.lower()
        if business_id is not None and self._tenants.find(business_id) is not None:
            raise refused(BAD_REQUEST, f"There is a business with the id {business_id} already.", "/id")
        business = self._tenants.open(business_id, request.body.get("name"))
        token = self._tenants.issue(business.id)
        return Answer(201, {"data": {"id": business.id, "name": business.name, "token": token}})

    def list_tokens(self, _request: Request) -> Answer:
        """All tokens with what they may see."""
        shown = [{"token": token, "business_id": seen} for token, seen in self._tenants.tokens()]
        return Answer(200, {"data": shown})

    def add_token(self, request: Request) -> Answer:
        """Let a token, a fresh one if none is given, see a business."""
        business_id = request.body["business_id"].lower()
        if self._tenants.find(business_id) is None:
            raise refused(BAD_REFERENCE, f"There is no business with the id {business_id}.", "/business_id")
        token = request.body.get("token")
        if token is None:
            token = self._tenants.issue(business_id)
        else:
            self._tenants.allow(token, business_id)
        return Answer(201, {"data": {"token": token, "business_id": business_id}})

    def reset(self, _request: Request) -> Answer:
        """Make everything as it was at the start."""
        self._tenants.reset()
        return Answer(204)
