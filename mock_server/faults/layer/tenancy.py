"""Faults of tenancy and access: what one of Layer's businesses sees of another.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from mock_server.apis.layer.tenants import Grant, Tenants
from mock_server.domain.accounts import Account, AccountRef, Chart
from mock_server.domain.assets import Asset, Assets, AssetTerms
from mock_server.domain.book import Book
from mock_server.domain.refused import Code, Refused
from mock_server.faults.fault import Family, Parts, Shelf, recast, with_handlers
from mock_server.surface import Answer, Handler, Refusal, Request

SHELF: Final = Shelf(Family.TENANCY)

_FINDERS: Final[dict[str, Callable[[Book], Callable[[str], object | None]]]] = {
    "assetId": lambda book: book.assets.find,
    "valueUpdateId": lambda book: book.changes.find,
    "entryId": lambda book: book.ledger.find,
    "accountId": lambda book: book.chart.find,
}


def _tenants(parts: Parts) -> Tenants:
    assert isinstance(parts.tenants, Tenants)
    return parts.tenants


def _books(parts: Parts) -> Iterator[Book]:
    return (business.book for business in _tenants(parts).businesses())


def _admitting(fits: Callable[[Request], bool], parameter: str | None) -> Callable[[Parts], Parts]:
    """Requests that fit are let in: to any business, or to whichever has the record that they name."""

    def apply(parts: Parts) -> Parts:
        tenants, admit = _tenants(parts), parts.surface.admit

        def wrong(request: Request) -> None:
            try:
                admit(request)
            except Refusal:
                owner = _owner(tenants, request, parameter) if fits(request) else None
                if owner is None:
                    raise
                request.path["businessId"] = owner
                request.grant = Grant(request.grant.token, request.grant.client, None)
                admit(request)

        return replace(parts, surface=replace(parts.surface, admit=wrong))

    return apply


def _owner(tenants: Tenants, request: Request, parameter: str | None) -> str | None:
    if parameter is None:
        business_id: str = request.path.get("businessId", "")
        return business_id if tenants.find(business_id) is not None else None
    named = request.path.get(parameter)
    return None if named is None else _business_of(tenants, parameter, named)


def _business_of(tenants: Tenants, parameter: str, named: str) -> str | None:
    """The id of the business that has the record which that path parameter would name."""
    return next((one.id for one in tenants.businesses() if _FINDERS[parameter](one.book)(named) is not None), None)


def _reading(request: Request) -> bool:
    return request.operation_id.endswith(".get")


def _of(operation_id: str) -> Callable[[Request], bool]:
    return lambda request: request.operation_id == operation_id


def _writing(request: Request) -> bool:
    return not _reading(request)


SHELF.fault("foreign-asset-read", "An asset is found by its id whatever business it is of.", "N1")(
    _admitting(_reading, "assetId")
)
SHELF.fault("foreign-change-read", "A value change is found by its id whatever business it is of.", "N1")(
    _admitting(_reading, "valueUpdateId")
)
SHELF.fault("foreign-lines-read", "Only the lines of an account can be read under another business.", "N1")(
    _admitting(_of("business.ledger.accounts.accountId.lines.get"), "accountId")
)
SHELF.fault("foreign-entry-read", "Only an entry can be read under another business.", "N1")(
    _admitting(_of("business.ledger.entries.entryId.get"), "entryId")
)
SHELF.fault("foreign-asset-changed", "An asset can be changed by its id whatever business it is of.", "N2", "N4")(
    _admitting(_writing, "assetId")
)
SHELF.fault("foreign-change-changed", "A value change can be changed and voided under another business.", "N2")(
    _admitting(_writing, "valueUpdateId")
)
SHELF.fault("foreign-entry-reversed", "An entry can be reversed under another business.", "N2")(
    _admitting(_writing, "entryId")
)
SHELF.fault("any-token-reads-lists", "A token of one business reads the list of another's assets.", "N6")(
    _admitting(_of("business.assets.get"), None)
)
SHELF.fault("any-token-reads-reports", "A token of one business reads another's trial balance.", "N6")(
    _admitting(_of("business.reports.unified.trialBalance.get"), None)
)
SHELF.fault("any-token-reads-changes", "A token of one business reads the changes of another's asset.", "N6")(
    _admitting(_of("business.assets.assetId.valueUpdates.get"), None)
)
SHELF.fault("any-token-writes", "A token of one business writes to another.", "N6")(_admitting(_writing, None))


@SHELF.fault("external-ids-shared", "An upsert finds its asset by external id whatever business it is of.", "N5")
def _external_ids_shared(parts: Parts) -> Parts:
    class _Shared(Assets):
        def record(self, terms: AssetTerms, *, external_id: str | None = None) -> tuple[Asset, bool]:
            if external_id is not None and self.find_external(external_id) is None:
                for assets in (book.assets for book in _books(parts)):
                    found = assets.find_external(external_id)
                    if found is not None:
                        return assets.amend(found, terms), False
            return super().record(terms, external_id=external_id)

    return recast(parts, _Shared)


@SHELF.fault("foreign-account-used", "An account is found by its id whatever business it is of.", "N4", "layer.R28")
def _foreign_account_used(parts: Parts) -> Parts:
    class _Foreign(Chart):
        __slots__ = ()

        def resolve(self, ref: AccountRef) -> Account:
            try:
                return super().resolve(ref)
            except Refused as refused:
                if refused.code is not Code.UNKNOWN_ACCOUNT:
                    raise
                account_id: Any = getattr(ref, "id", "")
                for book in _books(parts):
                    found = book.chart.find(account_id)
                    if found is not None:
                        return found
                raise

    return recast(parts, _Foreign)


@SHELF.fault("foreign-asset-used", "A value change that names another business's asset is posted there.", "N4")
def _foreign_asset_used(parts: Parts) -> Parts:
    tenants = _tenants(parts)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            named = request.body.get("asset_id")
            owner = None if named is None else _business_of(tenants, "assetId", named)
            if owner is not None:
                request.path["businessId"] = owner
                request.grant = Grant(request.grant.token, request.grant.client, None)
            return handler(request)

        return answer

    return with_handlers(parts, "business.assets.valueUpdates.post", wrong)
