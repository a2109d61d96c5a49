"""Whether the asset or the client account that a request is about is there, and whether its user may see it.

Decides 404 for an unknown asset and 403 for a client account that the user has no access to, or that is not
there. With open_tenants an unknown client account is opened instead, by the first request that is carried out.
An asset is looked up again for the handler: between admission and handler the body was still being read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from mock_server.apis.snapbooks.errors import NOT_FOUND, refused
from mock_server.apis.snapbooks.tenants import ClientAccount, Tenants
from mock_server.domain.holdings.records import Asset
from mock_server.surface import Answer, Handler, Refusal, Request


class Admission:
    """`Surface.admit`, and what stands around every handler."""

    def __init__(self, tenants: Tenants, *, open_tenants: bool) -> None:
        self._tenants = tenants
        self._open_tenants = open_tenants

    def __call__(self, request: Request) -> None:
        """Put the client account of the path's asset into `request.tenant`. Raises Refusal (404, 403)."""
        if "id" not in request.path:
            return
        owner = self._tenants.owner_of(request.path["id"])
        if owner is None:
            raise refused(404, NOT_FOUND)
        self._check(request, owner.id)
        request.tenant = owner

    def again(self, handler: Handler) -> Handler:
        """The handler, on the client account as it is now."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            self(request)
            return handler(request)

        return answering

    def within(self, request: Request, account_id: int, what: Callable[[ClientAccount], Answer]) -> Answer:
        """What is answered in that client account; one that is opened for it stays once that has succeeded.

        Raises Refusal (403).
        """
        found = self._tenants.find(account_id)
        if found is None and self._open_tenants and account_id > 0:
            found = self._tenants.prepare(account_id)
            answer = what(found)
            self._tenants.allow(request.grant.token, self._tenants.keep(found))
            return answer
        if found is None:
            raise _no_access(account_id)
        self._check(request, account_id)
        return what(found)

    def _check(self, request: Request, account_id: int) -> None:
        if not request.grant.covers(str(account_id)):
            raise _no_access(account_id)


def _no_access(account_id: int) -> Refusal:
    return refused(403, f"No access to client account {account_id}")


def account(request: Request) -> ClientAccount:
    """The client account of the path's asset."""
    found: ClientAccount = request.tenant
    return found


def asset(request: Request) -> Asset:
    """The path's asset."""
    found = account(request).holdings.find(request.path["id"])
    assert found is not None
    return found
