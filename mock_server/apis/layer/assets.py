"""Handlers of /assets: the assets themselves.

Decides how a body becomes an asset's terms: a member that is left out keeps its value, null clears
it; external_id and ids are ignored by PATCH (DECISIONS 9, 10).
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.apis.layer import admission, paging, reading, wire
from mock_server.apis.layer.tenants import Business
from mock_server.domain.accounts import AccountRef
from mock_server.domain.assets import Asset, AssetTerms
from mock_server.domain.journal import NO_NOTE
from mock_server.domain.refused import Code
from mock_server.surface import Answer, Request

POINTERS: Final = {
    Code.ARCHIVED_ASSET: "/external_id",
    Code.OWN_ACCOUNT: "/accumulated_depreciation_account",
}


def create(request: Request) -> Answer:
    """Make an asset, or merge into the one with the same external_id."""
    business, body = admission.business(request), request.body
    assets = business.book.assets
    external_id = body.get("external_id")
    known = None if external_id is None else assets.find_external(external_id)
    asset, new = assets.record(_terms(body, known), external_id=external_id)
    return _answer(201 if new else 200, business, asset)


def page(request: Request) -> Answer:
    """One page of the active assets."""
    business = admission.business(request)
    found = business.book.assets.page(paging.ask(request))
    return paging.answer(request, found, lambda asset: wire.asset(business, asset))


def fetch(request: Request) -> Answer:
    """One asset, archived or not."""
    return _answer(200, admission.business(request), admission.asset(request))


def change(request: Request) -> Answer:
    """Merge the members sent into the asset."""
    business, asset = admission.business(request), admission.asset(request)
    return _answer(200, business, business.book.assets.amend(asset, _terms(request.body, asset)))


def archive(request: Request) -> Answer:
    """Take the asset off the list."""
    business, asset = admission.business(request), admission.asset(request)
    return _answer(200, business, business.book.assets.archive(asset))


HANDLERS: Final = {
    "business.assets.post": create,
    "business.assets.get": page,
    "business.assets.assetId.get": fetch,
    "business.assets.assetId.patch": change,
    "business.assets.assetId.delete": archive,
}


def _terms(body: dict[str, Any], old: Asset | None) -> AssetTerms:
    if old is None:
        return AssetTerms(
            name=body["name"],
            category=body["asset_type"],
            accumulated=_accumulated(body, None),
            cost_minor=body.get("original_value"),
            residual_minor=body.get("salvage_value"),
            life_months=body.get("useful_life_months"),
            note=reading.note(body, NO_NOTE),
        )
    return AssetTerms(
        name=body.get("name", old.name),
        category=body.get("asset_type", old.category),
        accumulated=_accumulated(body, old.accumulated),
        cost_minor=body.get("original_value", old.cost_minor),
        residual_minor=body.get("salvage_value", old.residual_minor),
        life_months=body.get("useful_life_months", old.life_months),
        note=reading.note(body, old.note),
    )


def _accumulated(body: dict[str, Any], old: AccountRef | None) -> AccountRef | None:
    member = "accumulated_depreciation_account"
    if member not in body:
        return old
    return None if body[member] is None else reading.account(body[member], f"/{member}")


def _answer(status: int, business: Business, asset: Asset) -> Answer:
    return Answer(status, {"data": wire.asset(business, asset)})
