"""Xero's document says what the vendor's pages and official description say; the facts are written out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import spec
from spec import Document, Operation

ROUTES = {
    "getAssets": "GET /Assets",
    "createAsset": "POST /Assets",
    "getAssetById": "GET /Assets/{id}",
    "getAssetTypes": "GET /AssetTypes",
    "createAssetType": "POST /AssetTypes",
    "getAssetSettings": "GET /Settings",
}

# The Assets page's tables, and what its examples and the official description have beside them.
ASSET = {
    "assetId",
    "assetName",
    "assetNumber",
    "purchaseDate",
    "purchasePrice",
    "disposalPrice",
    "assetStatus",
    "warrantyExpiryDate",
    "serialNumber",
    "bookDepreciationDetail",
    "accountingBookValue",
    "assetTypeId",
    "description",
    "disposalDate",
    "isDeleteEnabledForDate",
    "bookDepreciationSetting",
    "canRollback",
}
SETTING = {
    "effectiveFromDate",
    "depreciationMethod",
    "averagingMethod",
    "depreciationRate",
    "effectiveLifeYears",
    "depreciationCalculationMethod",
    "costLimit",
    "residualValue",
    "depreciableObjectId",
    "depreciableObjectType",
    "bookEffectiveDateOfChangeId",
}
DETAIL = {
    "currentCapitalGain",
    "currentGainLoss",
    "depreciationStartDate",
    "costLimit",
    "residualValue",
    "priorAccumDepreciationAmount",
    "currentAccumDepreciationAmount",
    "businessUseCapitalGain",
    "businessUseCurrentGainLoss",
    "privateUseCapitalGain",
    "privateUseCurrentGainLoss",
    "initialDeductionPercentage",
}
TYPE = {
    "assetTypeId",
    "assetTypeName",
    "fixedAssetAccountId",
    "depreciationExpenseAccountId",
    "accumulatedDepreciationAccountId",
    "bookDepreciationSetting",
    "locks",
}
SETTINGS = {
    "assetNumberPrefix",
    "assetNumberSequence",
    "assetStartDate",
    "lastDepreciationDate",
    "defaultGainOnDisposalAccountId",
    "defaultLossOnDisposalAccountId",
    "defaultCapitalGainOnDisposalAccountId",
    "optInForTax",
}
LIVE = {"trackingItems", "taxDepreciationSettings", "taxDepreciationDetails", "taxValues", "metaData"}
METHODS = [
    "NoDepreciation",
    "StraightLine",
    "DiminishingValue100",
    "DiminishingValue150",
    "DiminishingValue200",
    "FullDepreciation",
]


@pytest.fixture(scope="module")
def xero() -> spec.Api:
    return spec.load("xero")


def by_id(document: Document) -> dict[str, Operation]:
    return {operation.operation_id: operation for operation in spec.operations(document)}


def members(document: Document, component: str) -> set[str]:
    return set(document["components"]["schemas"][component]["properties"])


def accepts(document: Document, component: str, value: Any) -> bool:
    schema = spec.json_schema(document, {"$ref": f"#/components/schemas/{component}"})
    return bool(Draft202012Validator(schema).is_valid(value))


def test_the_routes_and_operation_ids_are_the_vendors(xero: spec.Api) -> None:
    assert {name: f"{one.method} {one.path}" for name, one in by_id(xero.served).items()} == ROUTES
    assert xero.base_path == "/assets.xro/1.0"
    assert xero.served["x-paths-in-any-casing"] is True


@pytest.mark.parametrize(
    ("component", "documented", "live"),
    [
        ("Asset", ASSET, LIVE),
        ("BookDepreciationSetting", SETTING, set()),
        ("BookDepreciationDetail", DETAIL, set()),
        ("AssetType", TYPE, {"taxDepreciationSettings", "lockPrivateUseAccount"}),
        ("Setting", SETTINGS, set()),
    ],
)
def test_a_reply_has_every_member_of_the_vendors_and_no_other(
    xero: spec.Api, component: str, documented: set[str], live: set[str]
) -> None:
    assert members(xero.served, component) == documented | live


def test_a_body_may_hold_whatever_a_reply_holds_and_the_plural_names(xero: spec.Api) -> None:
    document = xero.served
    assert members(document, "AssetSent") == ASSET | LIVE | {"bookDepreciationSettings", "canRollBack"}
    assert members(document, "BookDepreciationSettingSent") == SETTING
    assert members(document, "BookDepreciationDetailSent") == DETAIL
    assert members(document, "AssetTypeSent") >= TYPE | {"bookDepreciationSettings"}


def test_bodies_are_open_to_members_that_nobody_named(xero: spec.Api) -> None:
    for operation in spec.operations(xero.served):
        if operation.body is not None:
            assert '"additionalProperties": false' not in json.dumps(spec.json_schema(xero.served, operation.body))


def test_the_enums_are_the_vendors(xero: spec.Api) -> None:
    schemas = xero.served["components"]["schemas"]
    assert schemas["DepreciationMethod"]["enum"] == METHODS
    assert schemas["BookDepreciationSettingSent"]["properties"]["depreciationMethod"]["enum"] == [*METHODS, None]
    assert schemas["AveragingMethod"]["enum"] == ["FullMonth", "ActualDays"]
    assert schemas["CalculationMethod"]["enum"] == ["Rate", "Life", "None"]
    assert schemas["AssetStatus"]["enum"] == ["Draft", "Registered", "Disposed"]
    assert schemas["AssetStatusQueryParam"]["enum"] == ["DRAFT", "REGISTERED", "DISPOSED"]


def test_every_operation_names_its_organisation_and_both_posts_take_a_key(xero: spec.Api) -> None:
    for operation in spec.operations(xero.served):
        headers = {one.name: one.required for one in operation.parameters if one.where == "header"}
        keyed = {"Idempotency-Key": False} if operation.method == "POST" else {}
        assert headers == {"xero-tenant-id": True, **keyed}
        assert operation.secured


def test_the_lists_parameters_are_the_pages(xero: spec.Api) -> None:
    query = {one.name: one for one in by_id(xero.served)["getAssets"].parameters if one.where == "query"}
    assert list(query) == ["status", "page", "pageSize", "orderBy", "sortDirection", "filterBy"]
    assert [name for name, one in query.items() if one.required] == ["status"]
    assert (query["page"].schema["default"], query["pageSize"].schema["default"]) == (1, 10)
    assert query["pageSize"].schema["maximum"] == 200
    assert query["orderBy"].schema["enum"][-2:] == ["DisposalDate", "DisposalPrice"]


def test_what_a_new_asset_and_a_new_type_need(xero: spec.Api) -> None:
    for reading in (xero.served, xero.judged, xero.documented):
        assert accepts(reading, "AssetSent", {"assetName": "A", "assetNumber": "1"})
        assert not accepts(reading, "AssetSent", {"assetName": "A"})
        assert not accepts(reading, "AssetTypeSent", {"assetTypeName": "A", "bookDepreciationSetting": {}})
    assert accepts(xero.served, "AssetSent", {"assetId": "5da209c55e194a43b92571b776c49ced"})


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        ("2015-07-01", True),
        ("2015-07-01T00:00:00", True),
        ("2015-07-01T00:00:00.000Z", True),
        (None, True),
        ("2015-7-1", False),
        ("2015-07-01 00:00:00", False),
        ("2015-07-32", False),
    ],
)
def test_both_spellings_of_a_day_may_be_sent_and_one_is_answered(xero: spec.Api, day: Any, fits: bool) -> None:
    assert accepts(xero.served, "DaySent", day) is fits
    assert accepts(xero.served, "Day", day) is (day == "2015-07-01T00:00:00")
