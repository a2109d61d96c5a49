"""Records as replies show them.

Decides the shape of every object in a reply (spec/xero/openapi.yaml), and what a list leaves out. Members
that were never set are left out, never null. Computes nothing: figures are the register's.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from typing import Any
from uuid import UUID

from mock_server.apis.decimals import amount
from mock_server.apis.xero import chart
from mock_server.apis.xero.tenants import Tenant
from mock_server.apis.xero.words import AVERAGING, METHOD, NO_CALCULATION, STATUS
from mock_server.domain.accounts import Account, ByKey
from mock_server.domain.register import figures
from mock_server.domain.register.records import NO_PLAN, Asset, AssetType, Plan, Status
from mock_server.domain.register.shelf import Register

Shape = dict[str, Any]

_SEQUENCE_DIGITS = 4
_DATE = len("2018-04-11")


def asset(tenant: Tenant, one: Asset) -> Shape:
    """An asset by its id."""
    change = {"bookDepreciationDetailsCanChange": True, "taxDepreciationDetailsCanChange": True}
    return {**changed_asset(tenant, one), "metaData": change}


def changed_asset(tenant: Tenant, one: Asset) -> Shape:
    """An asset as a create or update answers it."""
    facts = one.facts
    return {
        **_common(tenant, one),
        **_set(
            description=facts.description,
            serialNumber=facts.serial_number,
            warrantyExpiryDate=None if facts.warranty is None else _warranty(facts.warranty),
        ),
        "bookDepreciationDetail": _detail(tenant, one),
        "accountingBookValue": amount(figures.book_value(one)),
        "isDeleteEnabledForDate": True,
    }


def listed_asset(tenant: Tenant, one: Asset) -> Shape:
    """An asset as an item of a list."""
    said = one.plan is not None or one.facts.echoed_start is not None
    detail = {"bookDepreciationDetail": _detail(tenant, one)} if said else {}
    worth = figures.book_value(one) if said or one.status is not Status.DRAFT else 0
    return {**_common(tenant, one), **detail, "accountingBookValue": amount(worth), "isDeleteEnabledForDate": False}


def asset_type(register: Register, one: AssetType) -> Shape:
    """An asset type."""
    return {
        "assetTypeId": one.id,
        "assetTypeName": one.name,
        **_set(
            fixedAssetAccountId=_id(one.accounts.cost),
            depreciationExpenseAccountId=_id(one.accounts.expense),
            accumulatedDepreciationAccountId=_id(one.accounts.accumulated),
        ),
        "bookDepreciationSetting": _setting(one.plan, one.id, "AssetType"),
        "taxDepreciationSettings": [],
        "locks": register.locks(one),
        "lockPrivateUseAccount": False,
    }


def settings(register: Register) -> Shape:
    """The organisation's settings."""
    own = register.organisation
    return {
        "assetNumberPrefix": own.prefix,
        "assetNumberSequence": str(own.next_number).zfill(_SEQUENCE_DIGITS),
        "assetStartDate": midnight(own.start_date),
        **_set(
            lastDepreciationDate=None if own.last_depreciation is None else midnight(own.last_depreciation),
            defaultGainOnDisposalAccountId=_default(register, chart.GAIN),
            defaultLossOnDisposalAccountId=_default(register, chart.LOSS),
            defaultCapitalGainOnDisposalAccountId=_default(register, chart.CAPITAL_GAIN),
        ),
        "optInForTax": False,
    }


def number(value: Fraction) -> int | Decimal:
    """A fraction as a decimal number, with every digit. It must have been read from one."""
    places = 0
    while value.denominator != 1:
        value, places = value * 10, places + 1
    sign, digits, _ = Decimal(value.numerator).as_tuple()
    return Decimal((sign, digits, -places)) if places else value.numerator


def midnight(day: date) -> str:
    """A day as Xero sends it."""
    return f"{day.isoformat()}T00:00:00"


def _common(tenant: Tenant, one: Asset) -> Shape:
    """What lists show too."""
    facts, disposal = one.facts, one.disposal
    priced = facts.disposal_price_minor if disposal is None else disposal.price_minor
    return {
        "assetId": one.id,
        "assetName": facts.name,
        "assetNumber": facts.number,
        **_set(
            purchaseDate=None if facts.purchased is None else midnight(facts.purchased),
            purchasePrice=None if facts.price_minor is None else amount(facts.price_minor),
            assetTypeId=None if facts.type is None else facts.type.id,
            disposalDate=None if disposal is None else midnight(disposal.on),
        ),
        "disposalPrice": amount(priced),
        "assetStatus": STATUS[one.status],
        "trackingItems": [],
        "bookDepreciationSetting": _setting(one.plan or NO_PLAN, one.id, "Asset"),
        "taxDepreciationSettings": [],
        "taxDepreciationDetails": [],
        "canRollback": figures.can_rollback(one, tenant.register.organisation),
        "taxValues": [],
    }


def _setting(plan: Plan, object_id: str, object_type: str) -> Shape:
    return {
        "depreciableObjectId": object_id,
        "depreciableObjectType": object_type,
        "bookEffectiveDateOfChangeId": _change_id(object_id),
        **_set(
            depreciationMethod=None if plan.method is None else METHOD[plan.method, plan.factor],
            averagingMethod=None if plan.averaging is None else AVERAGING[plan.averaging],
            depreciationRate=None if plan.rate is None else number(plan.rate * 100),
            effectiveLifeYears=None if plan.life is None else number(plan.life),
        ),
        "depreciationCalculationMethod": plan.calculation or NO_CALCULATION,
        **_set(effectiveFromDate=None if plan.start is None else midnight(plan.start), **_limits(plan)),
    }


def _detail(tenant: Tenant, one: Asset) -> Shape:
    plan, disposal = one.plan or NO_PLAN, one.disposal
    # What is no draft any more is depreciated from its purchase on, unless its plan says otherwise.
    start = plan.start or (one.facts.echoed_start if one.status is Status.DRAFT else one.facts.purchased)
    posted = figures.accumulated(one, tenant.register.organisation, this_year_only=tenant.this_year_only)
    capital_gain = 0 if disposal is None else amount(disposal.capital_gain_minor)
    gain = 0 if disposal is None else amount(disposal.gain_loss_minor)
    return {
        **_set(depreciationStartDate=None if start is None else midnight(start), **_limits(plan)),
        "priorAccumDepreciationAmount": amount(posted.prior_minor),
        "currentAccumDepreciationAmount": amount(posted.current_minor),
        "currentCapitalGain": capital_gain,
        "currentGainLoss": gain,
        **(_of_new_zealand(one, capital_gain, gain) if tenant.country == "NZ" else {}),
    }


def _of_new_zealand(one: Asset, capital_gain: int | Decimal, gain: int | Decimal) -> Shape:
    """All of it is for business use."""
    return {
        "businessUseCapitalGain": capital_gain,
        "businessUseCurrentGainLoss": gain,
        "privateUseCapitalGain": 0,
        "privateUseCurrentGainLoss": 0,
        **_set(initialDeductionPercentage=one.facts.deduction_percent),
    }


def _limits(plan: Plan) -> Shape:
    return {
        "costLimit": None if plan.limit_minor is None else amount(plan.limit_minor),
        "residualValue": None if plan.residual_minor is None else amount(plan.residual_minor),
    }


def _set(**members: Any) -> Shape:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def _warranty(text: str) -> str:
    """A text that is a day comes back as days do."""
    try:
        return midnight(date.fromisoformat(text)) if len(text) == _DATE else text
    except ValueError:
        return text


def _default(register: Register, key: ByKey) -> str | None:
    return _id(register.chart.keyed(key.key))


def _id(account: Account | None) -> str | None:
    return None if account is None else account.id


def _change_id(object_id: str) -> str:
    """An id of the server's own making, the same for the same object."""
    return str(UUID(bytes=blake2b(object_id.encode(), digest_size=16).digest(), version=4))
