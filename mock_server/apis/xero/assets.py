"""Handlers of /Assets.

Decides which rows of a list a page is, and that a POST with an assetId amends and one without creates.
"""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from mock_server.apis.xero import admission, reading, wire
from mock_server.apis.xero.words import ORDERS, QUERY_STATUSES
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.drafts import amend_draft, create_draft
from mock_server.domain.register.records import Status
from mock_server.domain.register.shelf import OF_DISPOSALS, Ask, Order
from mock_server.surface import Answer, Request

_LIST: Final = "/assets.xro/1.0/Assets"


def page(request: Request) -> Answer:
    """One page of the assets of one status."""
    tenant, query = admission.tenant(request), request.query
    found = tenant.register.page(_ask(query))
    pages = -(-found.total // query["pageSize"])
    pagination = {
        "page": query["page"],
        "pageSize": query["pageSize"],
        "pageCount": pages,
        "itemCount": found.total,
        "links": _links(query, pages),
    }
    return Answer(200, {"pagination": pagination, "items": [wire.listed_asset(tenant, one) for one in found.assets]})


def post(request: Request) -> Answer:
    """Make a draft, or amend the one that the body names."""
    tenant, body = admission.tenant(request), request.body
    asset_id = body.get("assetId")
    if asset_id is None:
        reading.require(body, "assetName", "assetNumber")
        facts, plan = reading.asset(body, tenant, None)
        return Answer(200, wire.changed_asset(tenant, create_draft(tenant.register, facts, plan)))
    known = admission.asset(request, asset_id)
    if known.status is not Status.DRAFT:
        raise Refused(Code.WRONG_STATUS, "Only drafts can be changed; this asset is none any more.")
    facts, plan = reading.asset(body, tenant, known)
    return Answer(200, wire.changed_asset(tenant, amend_draft(tenant.register, known, facts, plan)))


def fetch(request: Request) -> Answer:
    """One asset, of whatever status."""
    return Answer(200, wire.asset(admission.tenant(request), admission.asset(request, request.path["id"])))


HANDLERS: Final = {
    "getAssets": page,
    "createAsset": post,
    "getAssetById": fetch,
}


def _ask(query: dict[str, Any]) -> Ask:
    """Raises Refused (WRONG_STATUS): an order that assets of this status do not have."""
    status, order, direction = QUERY_STATUSES[query["status"]], query.get("orderBy"), query.get("sortDirection")
    if order is not None and ORDERS[order] in OF_DISPOSALS and status is not Status.DISPOSED:
        raise Refused(Code.WRONG_STATUS, "Ordering by disposal is for the status DISPOSED alone.", "OrderBy")
    return Ask(
        status=status,
        order=Order.PURCHASED if order is None else ORDERS[order],
        descending=order is None if direction is None else direction == "DESC",
        first=(query["page"] - 1) * query["pageSize"],
        limit=query["pageSize"],
        text=query.get("filterBy", ""),
    )


def _links(query: dict[str, Any], pages: int) -> dict[str, Any]:
    places = {"first": 1, "next": query["page"] + 1, "last": max(pages, 1)}
    if query["page"] >= pages:
        del places["next"]
    return {name: {"href": f"{_LIST}?{urlencode({**query, 'page': place})}"} for name, place in places.items()}
