"""Where Snapbooks' seeded faults are put. Decides the API that they are of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mock_server.apis.snapbooks.tenants import Tenants
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset
from mock_server.faults.fault import Family, Parts, Shelf
from mock_server.surface import Refusal, Request


def shelf(family: Family) -> Shelf:
    """An empty shelf of Snapbooks' faults."""
    return Shelf(family, ("snapbooks",))


def tenants_of(parts: Parts) -> Tenants:
    """The client accounts of the sandbox."""
    assert isinstance(parts.tenants, Tenants)
    return parts.tenants


def holdings_of(tenants: Tenants, request: Request) -> Holdings | None:
    """The holdings that a request is about, by the asset in its path or the client account in its body."""
    if "id" in request.path:
        owner = tenants.owner_of(request.path["id"])
    else:
        owner = tenants.find(request.body["client_account_id"])
    return None if owner is None else owner.holdings


def asset_of(tenants: Tenants, request: Request) -> Asset | None:
    """The asset in a request's path."""
    holdings = holdings_of(tenants, request)
    return None if holdings is None else holdings.find(request.path["id"])


def admitting_with(status: int, other: int) -> Callable[[Parts], Parts]:
    """What a request is not let in for with one status, it is not let in for with another one."""

    def apply(parts: Parts) -> Parts:
        admit = parts.surface.admit

        def wrong(request: Request) -> None:
            try:
                admit(request)
            except Refusal as refusal:
                if refusal.answer.status != status:
                    raise
                body = {**refusal.answer.body, "status": other}
                raise Refusal(replace(refusal.answer, status=other, body=body)) from refusal

        return replace(parts, surface=replace(parts.surface, admit=wrong))

    return apply
