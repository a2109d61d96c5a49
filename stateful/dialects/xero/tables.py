"""How Xero Assets spells what the kit calls by canonical names. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from stateful.model.register import Averaging, Method
from stateful.register.operations import (
    AVERAGING,
    DESCRIPTION,
    DISPOSAL_PRICE,
    LIFE,
    LIMIT,
    METHOD,
    NAME,
    NUMBER,
    PRICE,
    PURCHASED,
    RATE,
    RESIDUAL,
    SERIAL,
    START,
    TYPE,
    WARRANTY,
    Order,
    Spelling,
    Status,
)

FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NAME: "assetName",
        NUMBER: "assetNumber",
        DESCRIPTION: "description",
        PURCHASED: "purchaseDate",
        PRICE: "purchasePrice",
        DISPOSAL_PRICE: "disposalPrice",
        SERIAL: "serialNumber",
        WARRANTY: "warrantyExpiryDate",
        TYPE: "assetTypeId",
    }
)
PLANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        METHOD: "depreciationMethod",
        AVERAGING: "averagingMethod",
        RATE: "depreciationRate",
        LIFE: "effectiveLifeYears",
        START: "effectiveFromDate",
        LIMIT: "costLimit",
        RESIDUAL: "residualValue",
    }
)
METHODS: Final[Mapping[Enum, str]] = {
    Method.NONE: "NoDepreciation",
    Method.STRAIGHT_LINE: "StraightLine",
    Method.DIMINISHING_100: "DiminishingValue100",
    Method.DIMINISHING_150: "DiminishingValue150",
    Method.DIMINISHING_200: "DiminishingValue200",
    Method.FULL: "FullDepreciation",
}
AVERAGINGS: Final[Mapping[Enum, str]] = {Averaging.FULL_MONTH: "FullMonth", Averaging.ACTUAL_DAYS: "ActualDays"}
STATUSES: Final = {Status.DRAFT: "Draft", Status.REGISTERED: "Registered", Status.DISPOSED: "Disposed"}
ORDERS: Final = {
    Order.NAME: "AssetName",
    Order.NUMBER: "AssetNumber",
    Order.TYPE: "AssetType",
    Order.PURCHASED: "PurchaseDate",
    Order.PRICE: "PurchasePrice",
    Order.DISPOSED: "DisposalDate",
    Order.PROCEEDS: "DisposalPrice",
}
SETTINGS: Final = {Spelling.USUAL: "bookDepreciationSetting", Spelling.OTHER: "bookDepreciationSettings"}
ACCOUNTS: Final = {  # member of a type → key of the scope, and the kit's own name of it
    "fixedAssetAccountId": ("fixed_asset_account_id", "the cost account"),
    "depreciationExpenseAccountId": ("depreciation_expense_account_id", "the expense account"),
    "accumulatedDepreciationAccountId": ("accumulated_depreciation_account_id", "the accumulated account"),
}

UNLIKE: Final = frozenset({"accountingBookValue", "isDeleteEnabledForDate"})
"""Members that captured lists show otherwise than captured records by id."""

NOBODY: Final = "00000000-0000-4000-8000-000000000000"
"""An id that no target gives away."""
