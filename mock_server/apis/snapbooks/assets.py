"""Assets: list, create, get, update, deactivate.

Decides what members of bodies and parameters mean, and how a list is cut into pages (DECISIONS 33).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mock_server.apis.snapbooks.admission import Admission, account, asset
from mock_server.apis.snapbooks.errors import refused
from mock_server.apis.snapbooks.tenants import ClientAccount, Tenants
from mock_server.apis.snapbooks.wire import RELATIONS, Shape, Shown, relations
from mock_server.domain.holdings.holdings import Which
from mock_server.domain.holdings.lists import page
from mock_server.domain.holdings.records import Asset
from mock_server.surface import Answer, Handler, Request

MOST_PER_PAGE: Final = 100
_WHICH: Final = {"true": Which.ACTIVE, "false": Which.INACTIVE, "null": Which.ALL}


@dataclass(frozen=True, slots=True)
class Habits:
    """What the profile's switches make of odd requests."""

    strict_lists: bool
    ignore_account_change: bool


class Assets:
    """The operations on assets of one instance."""

    def __init__(self, tenants: Tenants, admission: Admission, shown: Shown, habits: Habits) -> None:
        self._tenants = tenants
        self._admission = admission
        self._shown = shown
        self._habits = habits

    def handlers(self) -> dict[str, Handler]:
        """By operationId."""
        return {
            "listAssets": self.list_assets,
            "createAsset": self.create,
            "getAsset": self.get,
            "updateAsset": self.update,
            "deactivateAsset": self.deactivate,
        }

    def list_assets(self, request: Request) -> Answer:
        """One page of a client account's assets, or of all that the user sees."""
        account_id = request.query.get("client_account_id")
        if account_id is None:
            return self._page(request, self._tenants.seen_by(request.grant))
        return self._admission.within(request, account_id, lambda found: self._page(request, [found]))

    def create(self, request: Request) -> Answer:
        """A new asset."""
        body, user = request.body, self._tenants.user_of(request.grant.token)

        def made(account: ClientAccount) -> Answer:
            return Answer(201, self._shown.asset(account.holdings.create(body["name"], user.id), account))

        return self._admission.within(request, body["client_account_id"], made)

    def get(self, request: Request) -> Answer:
        """One asset, active or not."""
        return Answer(200, self._with_relations(asset(request), account(request), self._wanted(request)))

    def update(self, request: Request) -> Answer:
        """Another name; the client account never changes."""
        owner, body = account(request), request.body
        said = body.get("client_account_id", owner.id)
        if said != owner.id and not self._habits.ignore_account_change:
            raise refused(400, f"client_account_id cannot be changed; it is {owner.id}")
        owner.holdings.rename(asset(request), body["name"], self._user(request))
        return Answer(200, self._shown.asset(asset(request), owner))

    def deactivate(self, request: Request) -> Answer:
        """No longer active, unless the ledger denies it."""
        owner = account(request)
        owner.holdings.deactivate(asset(request), self._user(request))
        return Answer(200, self._shown.asset(asset(request), owner))

    # ---- inside -------------------------------------------------------------------------------

    def _page(self, request: Request, accounts: list[ClientAccount]) -> Answer:
        query, wanted = request.query, self._wanted(request)
        size, number = self._size(query["per_page"]), query["page"]
        rows = page(
            [one.holdings for one in accounts], _WHICH[query["is_active"]], first=(number - 1) * size, limit=size
        )
        pages = -(-rows.total // size)
        if self._habits.strict_lists and number > max(pages, 1):
            raise refused(400, f"page is at most {max(pages, 1)}; got {number}")
        data = [self._with_relations(one, self._owner(one), wanted) for one in rows.assets]
        meta = {"page": number, "pages": pages, "per_page": size, "records": rows.total}
        return Answer(200, {"data": data, "meta": meta})

    def _owner(self, one: Asset) -> ClientAccount:
        owner = self._tenants.owner_of(one.id)
        assert owner is not None
        return owner

    def _size(self, asked: int) -> int:
        if asked > MOST_PER_PAGE and self._habits.strict_lists:
            raise refused(400, f"per_page is at most {MOST_PER_PAGE}; got {asked}")
        return min(asked, MOST_PER_PAGE)

    def _wanted(self, request: Request) -> set[str]:
        wanted = {name.strip() for name in request.query.get("with", "").split(",")} - {""}
        unknown = sorted(wanted - RELATIONS.keys())
        if unknown and self._habits.strict_lists:
            raise refused(400, f"with knows {' and '.join(RELATIONS)}; got {', '.join(unknown)}")
        return wanted

    def _with_relations(self, one: Asset, owner: ClientAccount, wanted: set[str]) -> Shape:
        shape: dict[str, Any] = self._shown.asset(one, owner)
        return {**shape, **relations(one, owner, self._tenants, wanted)} if wanted else shape

    def _user(self, request: Request) -> int:
        return self._tenants.user_of(request.grant.token).id
