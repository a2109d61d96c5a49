"""Faults of access: what one of Snapbooks' users sees of a client account that is not theirs.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.faults.fault import Family, Parts, with_handlers
from mock_server.faults.snapbooks.shelf import admitting_with, shelf, tenants_of
from mock_server.surface import Answer, Handler, Request

SHELF: Final = shelf(Family.TENANCY)


def _for_anybody(operation_id: str) -> Callable[[Parts], Parts]:
    """Whoever has a token may do this, whatever client account it is about."""

    def seeing_all(request: Request) -> Request:
        return replace(request, grant=replace(request.grant, tenant_ids=None))

    def apply(parts: Parts) -> Parts:
        admit = parts.surface.admit

        def wrong(request: Request) -> None:
            if request.operation_id == operation_id:
                request.grant = seeing_all(request).grant
            admit(request)

        return replace(parts, surface=replace(parts.surface, admit=wrong))

    return apply


SHELF.fault("foreign-holding-read", "An asset is found by its id whoever asks for it.", "N1", "N6", "snapbooks.R30")(
    _for_anybody("getAsset")
)
SHELF.fault("foreign-holding-renamed", "An asset is renamed whoever asks for it.", "N2", "N6", "snapbooks.R30")(
    _for_anybody("updateAsset")
)
SHELF.fault("foreign-holding-deactivated", "An asset is deactivated whoever asks for it.", "N2", "N6", "snapbooks.R30")(
    _for_anybody("deactivateAsset")
)
SHELF.fault("foreign-holding-made", "Assets are made in any client account.", "N4", "N6", "snapbooks.R30")(
    _for_anybody("createAsset")
)


def _listing(fits: Callable[[Request], bool]) -> Callable[[Parts], Parts]:
    """Lists that fit show every client account to everybody."""

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            if fits(request):
                request.grant = replace(request.grant, tenant_ids=None)
            return handler(request)

        return answer

    return lambda parts: with_handlers(parts, "listAssets", wrong)


SHELF.fault("foreign-list-asked-for", "A list of a client account is shown to everybody.", "N6", "N3")(
    _listing(lambda request: "client_account_id" in request.query)
)
SHELF.fault("list-of-everybody", "A list without a client account holds everybody's assets.", "N3")(
    _listing(lambda request: "client_account_id" not in request.query)
)


SHELF.fault("forbidden-as-400", "No access to a client account is answered with 400.", "snapbooks.R30")(
    admitting_with(403, 400)
)


@SHELF.fault("any-token-is-the-first", "A token that nobody was given is the first user's.", "H1", "N7")
def _any_token_is_the_first(parts: Parts) -> Parts:
    tenants, identify = tenants_of(parts), parts.surface.identify

    def wrong(token: str) -> Any:
        return identify(token) or tenants.identify(tenants.demo_token)

    return replace(parts, surface=replace(parts.surface, identify=wrong))
