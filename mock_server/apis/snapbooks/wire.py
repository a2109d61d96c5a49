"""Records as replies show them.

Decides the shape of every object in a reply (spec/snapbooks/openapi.yaml), and which related objects are
put into it. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from mock_server.apis.snapbooks.tenants import ClientAccount, Tenants, User
from mock_server.domain.holdings.records import Asset

Shape = dict[str, Any]

_SECOND_NS: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """Which members an asset has.

    newer: those of the page's later revision, too. active_unless_false: is_active also while it is true.
    """

    newer: bool
    active_unless_false: bool

    def asset(self, one: Asset, account: ClientAccount) -> Shape:
        """An asset by itself."""
        active = {"is_active": one.active} if self.active_unless_false or not one.active else {}
        return {
            "id": one.id,
            "name": one.name,
            "client_account_id": account.id,
            "sequence_number": one.number,
            **active,
            "created_at": instant(one.created_ns),
            "updated_at": instant(one.updated_ns),
            "created_by_id": one.created_by,
            "updated_by_id": one.updated_by,
            **(_newer(one) if self.newer else {}),
        }


def relations(one: Asset, account: ClientAccount, tenants: Tenants, wanted: Collection[str]) -> Shape:
    """The related objects that were asked for; unknown ones are not there."""
    return {name: show(one, account, tenants) for name, show in RELATIONS.items() if name in wanted}


def client_account(account: ClientAccount) -> Shape:
    """A client account."""
    return {"id": account.id, "unique_name": account.unique_name, "display_name": account.display_name}


def user(one: User) -> Shape:
    """A user."""
    return {
        "id": one.id,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "created_at": instant(one.created_ns),
        "profile_image_url": None,
        "last_login": None,
    }


def instant(ns: int) -> str:
    """An instant in UTC, to the second."""
    return _second(ns // _SECOND_NS)


RELATIONS: Final[dict[str, Callable[[Asset, ClientAccount, Tenants], Shape]]] = {
    "client_account": lambda _one, account, _tenants: client_account(account),
    "created_by": lambda one, _account, tenants: user(tenants.user(one.created_by)),
}
"""What `with` may ask for."""


@lru_cache(maxsize=4096)  # a page names the same few seconds over and over
def _second(since_epoch: int) -> str:
    return f"{datetime.fromtimestamp(since_epoch, UTC).isoformat()[:19]}Z"


def _newer(one: Asset) -> Shape:
    life = one.life
    disposal = None if life is None else life.disposal
    return {
        "asset_class": None if life is None else life.kind.code,
        "acquisition_date": None if life is None else _day(life.terms.start),
        "retirement_date": None if disposal is None else _day(disposal.on),
        "auto_depreciate": False,
        "autonomy_level": None,
        "external_source": None,
        "external_id": None,
    }


def _day(day: date) -> str:
    return day.isoformat()
