"""Control plane: what is done to one asset, which Xero's screen does and its API does not.

Decides how the bodies of these operations become the register's commands; every reply shows the asset as
the API's GET by id does. What may be done, the register decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, Final

from mock_server.apis.decimals import amount, money
from mock_server.apis.xero import chart, reading, wire
from mock_server.apis.xero.control_fields import OF_THE_ASSET, pascal, saying
from mock_server.apis.xero.tenants import Tenant
from mock_server.apis.xero.words import AVERAGINGS, METHODS
from mock_server.domain.accounts import AccountRef, ById
from mock_server.domain.refused import Code, Refused, refuse_all
from mock_server.domain.register.disposal import Sale, Settlement, Until, dispose, undo_disposal
from mock_server.domain.register.dues import MOST_MONTHS
from mock_server.domain.register.edits import edit
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.records import NO_PLAN, Asset, AssetType, Facts, Plan
from mock_server.domain.schedule import Schedule
from mock_server.domain.schedule.calendar import month_end, month_number
from mock_server.surface import Answer, Handler, Request

_UNTIL: Final = {"up_to_date": Until.UP_TO_DATE, "none_this_year": Until.NONE_THIS_YEAR}
_ENDLESS_MONTHS: Final = 120
"""How much of a schedule without an end is shown unless more is asked for."""


def register(request: Request) -> Answer:
    """Register a draft."""
    tenant, asset = _named(request)
    said = request.body.get("credit_account_id", chart.BANK)
    credit = None if said is None else _account(said, "CreditAccountId")
    enter(tenant.register, asset, credit=credit)
    return _shown(tenant, asset)


def dispose_of(request: Request) -> Answer:
    """Dispose of a registered asset."""
    tenant, asset = _named(request)
    body = request.body
    sale = Sale(
        on=date.fromisoformat(body["date"]),
        price_minor=money(body["price"], "Price"),
        settlement=Settlement(
            proceeds=_account(body.get("proceeds_account_id", chart.BANK), "ProceedsAccountId"),
            gain=chart.GAIN,
            loss=chart.LOSS,
            capital_gain=chart.CAPITAL_GAIN,
        ),
        until=_UNTIL[body.get("depreciation", "up_to_date")],
    )
    dispose(tenant.register, asset, sale)
    return _shown(tenant, asset)


def undo(request: Request) -> Answer:
    """Undo a disposal."""
    tenant, asset = _named(request)
    undo_disposal(tenant.register, asset)
    return _shown(tenant, asset)


def change(request: Request) -> Answer:
    """Edit a registered asset."""
    tenant, asset = _named(request)
    faults: list[Refused] = []
    said = reading.Reader({pascal(name): value for name, value in request.body.items()}, "", faults)
    facts, plan = _facts(said, tenant, asset.facts), _plan(said, asset.plan or NO_PLAN)
    refuse_all(faults)
    edit(tenant.register, asset, facts, plan)
    return _shown(tenant, asset)


def schedule(request: Request) -> Answer:
    """The asset's schedule."""
    tenant, asset = _named(request)
    found = tenant.register.schedule_of(asset)
    said = request.query.get("through")
    through = _end(found) if said is None else date.fromisoformat(said)
    shown = [
        {
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
            "amount": amount(period.minor),
            "accumulated": amount(period.accumulated_minor),
            "book_value": amount(period.carrying_minor),
        }
        for period in islice(found.periods(through), MOST_MONTHS)
    ]
    return Answer(200, {"data": shown})


_OF_THE_SALE: Final[Mapping[Code | str, str]] = {
    "on": "Date",
    "price_minor": "Price",
    Code.CLOSED_PERIOD: "Date",
    Code.TOO_FAR: "Date",
    Code.SAME_ACCOUNT: "ProceedsAccountId",
}
HANDLERS: Final[dict[str, Handler]] = {
    "control.assets.register": saying({**OF_THE_ASSET, Code.SAME_ACCOUNT: "CreditAccountId"}, register),
    "control.assets.dispose": saying(_OF_THE_SALE, dispose_of),
    "control.assets.undoDisposal": saying({}, undo),
    "control.assets.edit": saying(OF_THE_ASSET, change),
    "control.assets.schedule": saying(OF_THE_ASSET, schedule),
}


def _named(request: Request) -> tuple[Tenant, Asset]:
    """The organisation and the asset that the path names."""
    tenant: Tenant = request.tenant
    asset = tenant.register.find(request.path["asset_id"])
    assert asset is not None, "it was admitted"
    return tenant, asset


def _shown(tenant: Tenant, asset: Asset) -> Answer:
    return Answer(200, {"data": wire.asset(tenant, asset)})


def _account(said: str | AccountRef, at: str) -> AccountRef:
    return ById(said.lower(), at) if isinstance(said, str) else said


def _facts(said: reading.Reader, tenant: Tenant, old: Facts) -> Facts:
    def kind(type_id: str, at: str) -> AssetType:
        found = tenant.register.find_type(type_id.lower())
        if found is None:
            raise Refused(Code.UNKNOWN_TYPE, "There is no asset type with this id.", at)
        return found

    return replace(
        old,
        price_minor=said.read("Price", old.price_minor, money),
        type=said.read("AssetTypeId", old.type, kind),
    )


def _plan(said: reading.Reader, old: Plan) -> Plan:
    method, factor = said.read("DepreciationMethod", (old.method, old.factor), _method) or (None, 100)
    return replace(
        old,
        method=method,
        factor=factor,
        averaging=said.read("AveragingMethod", old.averaging, lambda word, _at: AVERAGINGS[word]),
        rate=said.read("DepreciationRate", old.rate, reading.percent),
        life=said.read("EffectiveLifeYears", old.life, reading.years),
        start=said.read("StartDate", old.start, reading.day),
        limit_minor=said.read("CostLimit", old.limit_minor, money),
        residual_minor=said.read("ResidualValue", old.residual_minor, money),
    )


def _method(word: str, _at: str) -> Any:
    return METHODS[word]


def _end(found: Schedule) -> date | None:
    """None where the schedule ends by itself."""
    if found.end is not None:
        return None
    return month_end(month_number(found.start) + _ENDLESS_MONTHS - 1)
