"""The Assets page's own requests, byte for byte (DECISIONS 23), and the official description's example."""

from __future__ import annotations

import json

import pytest

from tests.xero.client import COMPUTERS, Xero

MINIMUM = b"""{
      "assetName": "Other Computer",
      "assetNumber": "FA-00210"
}"""
UPDATE = b"""{
      "assetId": "dacdcf3f-d6b1-425a-921a-777a4d79ad6b",
      "assetName": "Other Computer",
      "assetNumber": "FA-00210",
      "assetStatus": "Draft"
}"""
FULL = b"""{
      "assetName": "Keyboard",
      "assetNumber": "FA-00211",
      "purchaseDate": "2016-04-11T00:00:00",
      "purchasePrice": 3000,
      "serialNumber": "123456789",
      "warrantyExpiryDate": "2018-04-11T00:00:00",
      "assetTypeId": "5da209c5-5e19-4a43-b925-71b776c49ced",
      "description": "A computer for computing",
      "bookDepreciationSettings": {
        "effectiveFromDate": "2015-07-01T00:00:00",
        "depreciationMethod": "StraightLine",
        "averagingMethod": "ActualDays",
        "depreciationRate": 33,
        "depreciationCalculationMethod": "None"
      },
      "bookDepreciationDetail": {
        "currentCapitalGain": 10,
        "currentGainLoss": 10,
        "depreciationStartDate": "2016-04-12T00:00:00",
        "priorAccumDepreciationAmount": 0,
        "currentAccumDepreciationAmount": 0,
        "businessUseCapitalGain": 0,
        "businessUseCurrentGainLoss": 0,
        "privateUseCapitalGain": 0,
        "privateUseCurrentGainLoss": 0,
        "initialDeductionPercentage": 0
      }
}"""
OFFICIAL = {
    "assetName": "Computer74863",
    "assetNumber": "123477544",
    "purchaseDate": "2020-01-01",
    "purchasePrice": 100.0,
    "disposalPrice": 23.23,
    "assetStatus": "Draft",
    "bookDepreciationSetting": {
        "depreciationMethod": "StraightLine",
        "averagingMethod": "ActualDays",
        "depreciationRate": 0.5,
        "depreciationCalculationMethod": "None",
    },
    "bookDepreciationDetail": {
        "currentCapitalGain": 5.32,
        "currentGainLoss": 3.88,
        "depreciationStartDate": "2020-01-02",
        "costLimit": 100.0,
        "currentAccumDepreciationAmount": 2.25,
    },
    "AccountingBookValue": 99.5,
}


def test_the_minimum_request_makes_a_draft(xero: Xero) -> None:
    made = xero.post("/Assets", MINIMUM).data
    assert {name: made[name] for name in ("assetName", "assetNumber", "assetStatus")} == {
        "assetName": "Other Computer",
        "assetNumber": "FA-00210",
        "assetStatus": "Draft",
    }
    assert made["canRollback"] is True


def test_the_minimum_update_runs_with_the_id_of_the_asset_just_made(xero: Xero) -> None:
    assert xero.post("/Assets", UPDATE).status == 404
    made = xero.post("/Assets", MINIMUM).data
    body = UPDATE.replace(b"dacdcf3f-d6b1-425a-921a-777a4d79ad6b", made["assetId"].encode())
    assert xero.post("/Assets", body).data == made
    assert [item["assetId"] for item in xero.walk(status="DRAFT")] == [made["assetId"]]


def test_the_full_request_is_stored_and_its_computed_members_are_not(xero: Xero) -> None:
    made = xero.post("/Assets", FULL).data
    sent = json.loads(FULL)
    for name in ("assetName", "assetNumber", "purchaseDate", "purchasePrice", "serialNumber", "description"):
        assert made[name] == sent[name]
    assert made["warrantyExpiryDate"] == "2018-04-11T00:00:00"
    assert made["assetTypeId"] == COMPUTERS
    settings = sent["bookDepreciationSettings"]
    assert {name: made["bookDepreciationSetting"][name] for name in settings} == settings
    detail = made["bookDepreciationDetail"]
    assert (detail["currentCapitalGain"], detail["currentGainLoss"]) == (0, 0)
    assert detail["depreciationStartDate"] == "2015-07-01T00:00:00"  # the settings' own; the one sent is redundant
    assert detail["initialDeductionPercentage"] == 0
    assert made["accountingBookValue"] == 3000


def test_the_settings_then_name_the_next_number(xero: Xero) -> None:
    xero.post("/Assets", MINIMUM)
    xero.post("/Assets", FULL)
    assert xero.get("/Settings").data["assetNumberSequence"] == "0212"


def test_the_official_example_gives_the_official_reply(xero: Xero) -> None:
    made = xero.post("/Assets", OFFICIAL).data
    detail = made["bookDepreciationDetail"]
    assert str(made["accountingBookValue"]) == "76.77"
    assert str(made["disposalPrice"]) == "23.23"
    assert [detail[name] for name in ("currentCapitalGain", "currentGainLoss", "currentAccumDepreciationAmount")] == [
        0,
        0,
        0,
    ]
    assert detail["depreciationStartDate"] == "2020-01-02T00:00:00"
    assert detail["costLimit"] == 100
    assert str(made["bookDepreciationSetting"]["depreciationRate"]) == "0.5"


@pytest.mark.parametrize(
    "query",
    ["status=DRAFT", "status=REGISTERED", "status=DISPOSED", "status=DRAFT&page=1&pageSize=200"],
)
def test_the_pages_lists_answer(xero: Xero, query: str) -> None:
    assert xero.raw("GET", "/assets.xro/1.0/Assets", query=query).status == 200


def test_the_pages_too_large_a_page_gets_the_pages_own_reply(xero: Xero) -> None:
    reply = xero.raw("GET", "/assets.xro/1.0/Assets", query="status=DRAFT&pageSize=201")
    assert (reply.status, reply.json()) == (400, {"message": "Requested page size cannot exceed 200"})


def test_the_example_without_dashes_answers(xero: Xero) -> None:
    made = xero.post("/Assets", MINIMUM).data
    assert xero.get("/Assets/" + made["assetId"].replace("-", "")).data["assetId"] == made["assetId"]
