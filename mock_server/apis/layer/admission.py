"""Whether what a path names exists, and whether its token may see it.

Decides 404: an unknown business, one that the token may not see, and an unknown record of the
business all look alike (DECISIONS 14). With open_tenants an unknown business is opened instead, by
the first request that is carried out: a refused one leaves nothing (L5). Business and record are
looked up again for the handler: between admission and handler the body was still being read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

from mock_server.apis.layer.errors import NOT_FOUND, refused
from mock_server.apis.layer.tenants import Business, Tenants
from mock_server.domain.accounts import Account
from mock_server.domain.assets import Asset
from mock_server.domain.changes import ValueChange
from mock_server.domain.entries import Entry
from mock_server.surface import Answer, Handler, Request

T = TypeVar("T")


class Admission:
    """`Surface.admit`."""

    def __init__(self, tenants: Tenants, *, open_tenants: bool) -> None:
        self._tenants = tenants
        self._open_tenants = open_tenants

    def __call__(self, request: Request) -> None:
        """Put the business into `request.tenant`. Raises Refusal (404)."""
        if "businessId" not in request.path:
            return
        request.tenant = self._business(request)
        for parameter in request.path.keys() & _RECORDS.keys():
            _RECORDS[parameter](request)

    def opening(self, handler: Handler) -> Handler:
        """The handler, on the business as it is now; one that is opened is kept once the handler has succeeded."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            if "businessId" not in request.path:
                return handler(request)
            request.tenant = self._business(request)
            answer = handler(request)
            self._tenants.keep(request.tenant, request.grant.token)
            return answer

        return answering

    def _business(self, request: Request) -> Business:
        business_id: str = request.path["businessId"]
        found = self._tenants.find(business_id)
        if found is None and self._open_tenants:
            return self._tenants.prepare(business_id)
        if found is None or not request.grant.covers(business_id):
            raise refused(NOT_FOUND, f"There is no business {business_id} that this token may see.")
        return found


def business(request: Request) -> Business:
    """The business that the path names."""
    found: Business = request.tenant
    return found


def asset(request: Request) -> Asset:
    """The asset that the path names. Raises Refusal (404)."""
    return _found(business(request).book.assets.find, request, "assetId", "asset")


def value_update(request: Request) -> ValueChange:
    """The value update that the path names. Raises Refusal (404)."""
    return _found(business(request).book.changes.find, request, "valueUpdateId", "value update")


def account(request: Request) -> Account:
    """The account that the path names. Raises Refusal (404)."""
    return _found(business(request).book.chart.find, request, "accountId", "account")


def entry(request: Request) -> Entry:
    """The entry that the path names. Raises Refusal (404)."""
    return _found(business(request).book.ledger.find, request, "entryId", "entry")


def _found(find: Callable[[str], T | None], request: Request, parameter: str, what: str) -> T:
    record_id = request.path[parameter]
    record = find(record_id)
    if record is None:
        raise refused(NOT_FOUND, f"There is no {what} with the id {record_id} in this business.")
    return record


_RECORDS: Final[dict[str, Callable[[Request], object]]] = {
    "assetId": asset,
    "valueUpdateId": value_update,
    "accountId": account,
    "entryId": entry,
}
