"""Control plane: assets acquired, depreciated and disposed of by their class.

Decides the shape of an asset's book. What is charged and posted, the books decide.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from mock_server.apis.classes import terms_of
from mock_server.apis.decimals import amount, money
from mock_server.apis.snapbooks import chart
from mock_server.apis.snapbooks.asset_classes import Classes, in_books
from mock_server.apis.snapbooks.control_ledger import account_at
from mock_server.apis.snapbooks.control_request import asset_of, holdings_of
from mock_server.apis.snapbooks.errors import refused
from mock_server.domain.holdings import life
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset, Life
from mock_server.surface import Answer, Handler, Request

Shape = dict[str, Any]

_IN_BUILDINGS: Final = "j"


class Lives:
    """The operations on assets of one control plane."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes

    def handlers(self) -> dict[str, Handler]:
        """By operationId."""
        return {
            "control.assets.book": book,
            "control.assets.acquire": self.acquire,
            "control.assets.depreciate": depreciate,
            "control.assets.dispose": dispose,
            "control.depreciation.post": run,
        }

    def acquire(self, request: Request) -> Answer:
        """Acquire an asset of a class."""
        kept, asset, body = holdings_of(request), asset_of(request), request.body
        written = self._classes.find(body["class"])
        building = body.get("building_id")
        if building is not None:
            _check_building(kept, asset, building, written.group)
        purchase = life.Purchase(
            kind=in_books(written, kept.chart),
            terms=terms_of(written, money(body["cost"], "cost"), date.fromisoformat(body["date"])),
            paid_from=account_at(kept, body.get("credit_account", chart.BANK.key)),
            building=building,
        )
        life.acquire(kept, asset, purchase)
        return book(request)


def book(request: Request) -> Answer:
    """What the books hold for an asset."""
    kept, asset = holdings_of(request), asset_of(request)
    return Answer(200, {"data": {"asset_id": asset.id, **_figures(kept, asset), **_life(asset.life)}})


def depreciate(request: Request) -> Answer:
    """Depreciate one asset through a year."""
    asset = asset_of(request)
    if asset.life is None or asset.life.disposal is not None:
        raise refused(400, "Only an asset that was acquired and is still there is depreciated")
    life.depreciate(holdings_of(request), [asset], request.body["year"])
    return book(request)


def dispose(request: Request) -> Answer:
    """Dispose of an asset."""
    kept, body = holdings_of(request), request.body
    sale = life.Sale(
        on=date.fromisoformat(body["date"]),
        proceeds_minor=money(body["proceeds"], "proceeds"),
        proceeds=account_at(kept, body.get("proceeds_account", chart.BANK.key)),
        gain=kept.chart.resolve(chart.GAIN),
        loss=kept.chart.resolve(chart.LOSS),
    )
    life.dispose(kept, asset_of(request), sale)
    return book(request)


def run(request: Request) -> Answer:
    """Depreciate all assets through a year."""
    kept, year = holdings_of(request), request.body["year"]
    posted = life.depreciate(kept, kept.assets(), year)
    return Answer(200, {"data": {"year": year, "entries": posted.entries, "amount": amount(posted.minor)}})


def _check_building(kept: Holdings, asset: Asset, building: int, group: str | None) -> None:
    if group != _IN_BUILDINGS:
        raise refused(400, "building_id goes with installations in buildings, and only with them")
    if building == asset.id or kept.find(building) is None:
        raise refused(400, f"building_id: there is no other asset with the id {building} in this client account")


def _figures(kept: Holdings, asset: Asset) -> Shape:
    kind = None if asset.life is None else asset.life.kind
    held = kept.ledger.balances_about(asset.id)
    cost = 0 if kind is None else held.get(kind.cost, 0)
    accumulated = 0 if kind is None or kind.accumulated is None else -held.get(kind.accumulated, 0)
    return {"cost": amount(cost), "accumulated": amount(accumulated), "carrying": amount(cost - accumulated)}


def _life(known: Life | None) -> Shape:
    if known is None:
        return {"status": "none"}
    shown: Shape = {
        "status": "acquired" if known.disposal is None else "disposed",
        "class": known.kind.code,
        "acquired_on": known.terms.start.isoformat(),
    }
    if known.through is not None:
        shown["depreciated_through"] = known.through
    if known.disposal is not None:
        shown["disposed_on"] = known.disposal.on.isoformat()
        shown["proceeds"] = amount(known.disposal.proceeds_minor)
        shown["gain"] = amount(known.disposal.gain_minor)
    return shown
