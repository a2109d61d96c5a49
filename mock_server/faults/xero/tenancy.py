"""Faults of tenancy and access: what one of Xero's organisations sees of another.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from mock_server.apis.grants import Grant
from mock_server.apis.xero.reading import dashed
from mock_server.apis.xero.tenants import Tenant, Tenants
from mock_server.domain.register.records import Asset, AssetType
from mock_server.domain.register.shelf import Register
from mock_server.faults.fault import Family, Parts, recast, with_handlers
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Handler, Request

SHELF: Final = shelf(Family.TENANCY)

_HEADER: Final = "xero-tenant-id"


def _tenants(parts: Parts) -> Tenants:
    assert isinstance(parts.tenants, Tenants)
    return parts.tenants


def _admitting(before: Callable[[Tenants, Request], None]) -> Callable[[Parts], Parts]:
    """Something is changed about a request before it is asked whether it is let in."""

    def apply(parts: Parts) -> Parts:
        tenants, admit = _tenants(parts), parts.surface.admit

        def wrong(request: Request) -> None:
            before(tenants, request)
            admit(request)

        return replace(parts, surface=replace(parts.surface, admit=wrong))

    return apply


def _seeing_all(operation_id: str) -> Callable[[Tenants, Request], None]:
    """Whoever has a token is let in, whatever the token is for."""

    def before(_tenants: Tenants, request: Request) -> None:
        if request.operation_id == operation_id:
            request.grant = Grant(request.grant.token, request.grant.client, None)

    return before


def _owner(tenants: Tenants, asset_id: str) -> Tenant | None:
    found = (tenant for tenant in tenants.tenants() if tenant.register.find(dashed(asset_id)) is not None)
    return next(found, None)


def _as_the_owner(request: Request, owner: Tenant) -> None:
    request.headers[_HEADER] = owner.id
    request.grant = Grant(request.grant.token, request.grant.client, None)


def _of_the_owner(tenants: Tenants, request: Request) -> None:
    owner = _owner(tenants, request.path.get("id", ""))
    if owner is not None:
        _as_the_owner(request, owner)


SHELF.fault("settings-for-any-token", "A token of one organisation reads another's settings.", "N6")(
    _admitting(_seeing_all("getAssetSettings"))
)
SHELF.fault("types-for-any-token", "A token of one organisation reads the types of another.", "N6")(
    _admitting(_seeing_all("getAssetTypes"))
)
SHELF.fault("writes-for-any-token", "A token of one organisation makes assets in another.", "N6")(
    _admitting(_seeing_all("createAsset"))
)
SHELF.fault("foreign-asset-shown", "An asset is found by its id whatever organisation it is of.", "N1")(
    _admitting(_of_the_owner)
)


@SHELF.fault("foreign-asset-amended", "A change of an asset of another organisation is carried out there.", "N2")
def _foreign_asset_amended(parts: Parts) -> Parts:
    tenants = _tenants(parts)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            owner = _owner(tenants, request.body.get("assetId") or "")
            if owner is not None:
                _as_the_owner(request, owner)
            return handler(request)

        return answer

    return with_handlers(parts, "createAsset", wrong)


def _others(parts: Parts, register: Register) -> Iterator[Register]:
    """The registers of all other organisations."""
    return (tenant.register for tenant in _tenants(parts).tenants() if tenant.register is not register)


@SHELF.fault("foreign-type-used", "An asset may be of a type of another organisation.", "N4")
def _foreign_type_used(parts: Parts) -> Parts:
    class _Foreign(Register):
        def find_type(self, type_id: str) -> AssetType | None:
            own = super().find_type(type_id)
            found = (other._type_by_id.get(type_id) for other in _others(parts, self))
            wanted = vars(self).get("_for_an_asset")
            return own or next((kind for kind in found if kind is not None and wanted), None)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            vars(request.tenant.register)["_for_an_asset"] = True
            try:
                return handler(request)
            finally:
                vars(request.tenant.register)["_for_an_asset"] = False

        return answer

    return with_handlers(recast(parts, _Foreign), "createAsset", wrong)


@SHELF.fault("numbers-shared", "A number that another organisation has is taken.", "N5")
def _numbers_shared(parts: Parts) -> Parts:
    class _Shared(Register):
        def numbered(self, number: str) -> Asset | None:
            own = super().numbered(number)
            found = (other._by_number.get(number) for other in _others(parts, self))
            return own or next((asset for asset in found if asset is not None), None)

    return recast(parts, _Shared)


@SHELF.fault("types-of-all", "The list of types holds those of all organisations.", "N3")
def _types_of_all(parts: Parts) -> Parts:
    class _All(Register):
        def types(self) -> tuple[AssetType, ...]:
            more: Any = (kind for other in _others(parts, self) for kind in other._types)
            return (*super().types(), *more)

    return recast(parts, _All)


@SHELF.fault("unknown-tokens-taken", "A token that nobody was given reads the first organisation.", "H1", "N7")
def _unknown_tokens_taken(parts: Parts) -> Parts:
    tenants, identify = _tenants(parts), parts.surface.identify

    def wrong(token: str) -> Any:
        return identify(token) or tenants.identify(tenants.demo_token)

    return replace(parts, surface=replace(parts.surface, identify=wrong))
