"""Whether the organisation that a header names exists, and whether its token may see it.

Decides 403 for a missing, unknown or foreign organisation, and 404 for an unknown asset in the path.
With open_tenants an unknown organisation is opened instead, by the first request that is carried out.
Organisation and asset are looked up again for the handler: between admission and handler the body was
still being read.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import Final

from mock_server.apis.xero.errors import FORBIDDEN, Errors
from mock_server.apis.xero.reading import dashed
from mock_server.apis.xero.replays import Differs, gist
from mock_server.apis.xero.tenants import Tenant, Tenants
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.records import Asset
from mock_server.surface import Answer, Handler, Request

HEADER: Final = "xero-tenant-id"
KEY: Final = "idempotency-key"
_ID: Final = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Admission:
    """`Surface.admit`, and what stands around every handler."""

    def __init__(self, tenants: Tenants, errors: Errors, *, open_tenants: bool) -> None:
        self._tenants = tenants
        self._errors = errors
        self._open_tenants = open_tenants

    def __call__(self, request: Request) -> None:
        """Put the organisation into `request.tenant`. Raises Refusal (403, 404)."""
        request.tenant = self._tenant(request)
        if "id" in request.path and request.tenant.register.find(dashed(request.path["id"])) is None:
            raise self._errors.http(404, _NO_ASSET)

    def opening(self, handler: Handler) -> Handler:
        """The handler, on the organisation as it is now; one that is opened is kept once the handler has succeeded."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            request.tenant = self._tenant(request)
            answer = self._once(handler, request)
            self._tenants.keep(request.tenant)
            self._tenants.grants.allow(request.grant.token, request.tenant.id)
            return answer

        return answering

    def _tenant(self, request: Request) -> Tenant:
        tenant_id = dashed(request.headers.get(HEADER, "").strip())
        found = self._tenants.find(tenant_id)
        if found is None and self._open_tenants and _ID.fullmatch(tenant_id):
            return self._tenants.prepare(tenant_id)
        if found is None or not request.grant.covers(tenant_id):
            raise self._errors.http(403, FORBIDDEN)
        return found

    def _once(self, handler: Handler, request: Request) -> Answer:
        """What the handler answers, or answered before under the same Idempotency-Key."""
        key = request.headers.get(KEY)
        if key is None:
            return handler(request)
        said, replays = gist(request.operation_id, request.body), tenant(request).replays
        try:
            known = replays.find(key, said)
        except Differs:
            raise self._errors.refused("The key was used before, for another request.", "Idempotency-Key") from None
        if known is None:
            known = handler(request)
            replays.keep(key, said, known)
        return known


def tenant(request: Request) -> Tenant:
    """The organisation that the header names."""
    found: Tenant = request.tenant
    return found


def asset(request: Request, asset_id: str) -> Asset:
    """The asset with that id. Raises Refused (UNKNOWN_ASSET)."""
    found = tenant(request).register.find(dashed(asset_id))
    if found is None:
        raise Refused(Code.UNKNOWN_ASSET, _NO_ASSET)
    return found


_NO_ASSET: Final = "There is no asset with this id."
