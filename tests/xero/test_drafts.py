"""Drafts: made, amended by id with a merge, and nothing else (DECISIONS 23 to 27; xero.R1 to R10)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.xero.client import COMPUTERS, NOBODY, Xero

SETTING = {
    "depreciationMethod": "DiminishingValue150",
    "averagingMethod": "ActualDays",
    "depreciationRate": 33,
    "effectiveFromDate": "2020-02-01",
    "costLimit": 900,
    "residualValue": 100.5,
}
SHOWN = {
    "depreciationMethod": "DiminishingValue150",
    "averagingMethod": "ActualDays",
    "depreciationRate": 33,
    "effectiveFromDate": "2020-02-01T00:00:00",
    "costLimit": 900,
    "residualValue": 100.5,
    "depreciationCalculationMethod": "None",
}


def shown(setting: dict[str, Any]) -> dict[str, Any]:
    """The settings of a reply without the server's own ids."""
    own = ("depreciableObjectId", "depreciableObjectType", "bookEffectiveDateOfChangeId")
    return {name: value for name, value in setting.items() if name not in own}


def test_a_create_answers_200_and_the_asset_can_be_read_back(xero: Xero) -> None:
    made = xero.draft(purchasePrice=12.34, bookDepreciationSetting=SETTING | {"costLimit": 12, "residualValue": 1})
    found = xero.get(f"/Assets/{made['assetId']}").data
    assert found.pop("metaData") == {"bookDepreciationDetailsCanChange": True, "taxDepreciationDetailsCanChange": True}
    assert found == made
    assert str(found["purchasePrice"]) == "12.34"


def test_unset_members_are_left_out_and_never_null(xero: Xero) -> None:
    made = xero.draft()
    assert made.keys() == {
        "assetId",
        "assetName",
        "assetNumber",
        "disposalPrice",
        "assetStatus",
        "trackingItems",
        "bookDepreciationSetting",
        "bookDepreciationDetail",
        "taxDepreciationSettings",
        "taxDepreciationDetails",
        "canRollback",
        "accountingBookValue",
        "taxValues",
        "isDeleteEnabledForDate",
    }
    assert b"null" not in xero.get(f"/Assets/{made['assetId']}").body
    assert shown(made["bookDepreciationSetting"]) == {"depreciationCalculationMethod": "None"}


def test_an_assets_type_does_not_give_it_its_settings(xero: Xero) -> None:
    made = xero.draft(assetTypeId=COMPUTERS)
    assert made["assetTypeId"] == COMPUTERS
    assert shown(made["bookDepreciationSetting"]) == {"depreciationCalculationMethod": "None"}


@pytest.mark.parametrize("name", ["bookDepreciationSetting", "bookDepreciationSettings"])
def test_settings_are_taken_in_the_singular_and_the_plural_and_shown_in_the_singular(xero: Xero, name: str) -> None:
    """xero.R9."""
    made = xero.draft(purchasePrice=1000, **{name: SETTING})
    assert shown(made["bookDepreciationSetting"]) == SHOWN
    assert "bookDepreciationSettings" not in made


def test_both_names_may_say_the_same_and_not_two_things(xero: Xero) -> None:
    both = {"bookDepreciationSetting": SETTING, "bookDepreciationSettings": SETTING}
    assert xero.draft(purchasePrice=1000, **both)["bookDepreciationSetting"]["depreciationRate"] == 33
    before = xero.read_back()
    other = {**both, "bookDepreciationSettings": {**SETTING, "depreciationRate": 34}}
    body = {"assetName": "B", "assetNumber": "FA-2", "purchasePrice": 1000, **other}
    assert xero.post("/Assets", body).fields.keys() == {"BookDepreciationSetting"}
    assert xero.read_back() == before


def test_limits_are_taken_in_either_place_and_shown_in_both(xero: Xero) -> None:
    made = xero.draft(purchasePrice=1000, bookDepreciationDetail={"costLimit": 900, "residualValue": 100})
    for place in ("bookDepreciationSetting", "bookDepreciationDetail"):
        assert (made[place]["costLimit"], made[place]["residualValue"]) == (900, 100)


@pytest.mark.parametrize("place", ["bookDepreciationSetting", "bookDepreciationDetail"])
def test_of_two_places_the_one_that_changed_counts(xero: Xero, place: str) -> None:
    made = xero.draft(purchasePrice=1000, bookDepreciationDetail={"costLimit": 900})
    made[place]["costLimit"] = 800
    changed = xero.post("/Assets", made).data
    assert changed["bookDepreciationSetting"]["costLimit"] == 800
    assert changed["bookDepreciationDetail"]["costLimit"] == 800


def test_two_places_that_changed_differently_are_refused(xero: Xero) -> None:
    made = xero.draft(purchasePrice=1000, bookDepreciationDetail={"costLimit": 900})
    body = {
        "assetId": made["assetId"],
        "bookDepreciationSetting": {"costLimit": 1},
        "bookDepreciationDetail": {"costLimit": 2},
    }
    before = xero.read_back()
    assert xero.post("/Assets", body).fields.keys() == {"BookDepreciationSetting.CostLimit"}
    assert xero.read_back() == before


@pytest.mark.parametrize(
    "text",
    [
        "2016-04-11",
        "2016-04-11T00:00:00",
        "2016-04-11T00:00:00.000Z",
        "2016-04-11T23:59:59",
        "2016-04-11T00:00:00+13:00",
    ],
)
def test_every_spelling_of_a_day_comes_back_at_midnight_without_a_zone(xero: Xero, text: str) -> None:
    made = xero.draft(purchaseDate=text, bookDepreciationSetting={"effectiveFromDate": text})
    assert made["purchaseDate"] == "2016-04-11T00:00:00"
    assert made["bookDepreciationSetting"]["effectiveFromDate"] == "2016-04-11T00:00:00"
    assert made["bookDepreciationDetail"]["depreciationStartDate"] == "2016-04-11T00:00:00"


@pytest.mark.parametrize(
    ("text", "back"),
    [("2018-04-11", "2018-04-11T00:00:00"), ("2018-04-11T00:00:00", "2018-04-11T00:00:00"), ("never", "never")],
)
def test_a_warranty_is_a_text_and_a_day_where_it_is_one(xero: Xero, text: str, back: str) -> None:
    assert xero.draft(warrantyExpiryDate=text)["warrantyExpiryDate"] == back


@pytest.mark.parametrize("number", ["1000.0000", "1000", "1000.00", "1e3", "1000.0"])
def test_decimals_that_are_zero_are_no_decimals(xero: Xero, number: str) -> None:
    raw = f'{{"assetName": "A", "assetNumber": "1", "purchasePrice": {number}}}'.encode()
    assert str(xero.post("/Assets", raw).data["purchasePrice"]) == "1000"


def test_every_digit_of_rate_and_life_comes_back(xero: Xero) -> None:
    rate = xero.draft("1", bookDepreciationSetting={"depreciationRate": 12.345})
    life = xero.draft("2", bookDepreciationSetting={"effectiveLifeYears": 2.5})
    assert str(rate["bookDepreciationSetting"]["depreciationRate"]) == "12.345"
    assert str(life["bookDepreciationSetting"]["effectiveLifeYears"]) == "2.5"


@pytest.mark.parametrize("status", ["Draft", "DRAFT", "draft", None])
def test_a_draft_may_be_asked_for_in_any_casing(xero: Xero, status: str | None) -> None:
    assert xero.draft(assetStatus=status)["assetStatus"] == "Draft"


@pytest.mark.parametrize("status", ["Registered", "DISPOSED", "disposed"])
def test_nothing_but_a_draft_is_made(xero: Xero, status: str) -> None:
    """xero.R3."""
    before = xero.read_back()
    reply = xero.post("/Assets", {"assetName": "A", "assetNumber": "1", "assetStatus": status})
    assert reply.fields.keys() == {"AssetStatus"}
    assert xero.read_back() == before


# ---- updates ------------------------------------------------------------------------------------


def test_an_update_merges_inside_the_settings_too(xero: Xero) -> None:
    """xero.R5 to R7."""
    made = xero.draft(
        purchasePrice=1000, description="old", serialNumber="S", assetTypeId=COMPUTERS, bookDepreciationSetting=SETTING
    )
    body = {
        "assetId": made["assetId"],
        "description": "new",
        "bookDepreciationSettings": {"depreciationRate": 20, "residualValue": None},
    }
    changed = xero.post("/Assets", body).data
    expected = SHOWN | {"depreciationRate": 20}
    del expected["residualValue"]
    assert shown(changed["bookDepreciationSetting"]) == expected
    kept = ("assetId", "assetName", "assetNumber", "purchasePrice", "serialNumber", "assetTypeId")
    assert {name: changed[name] for name in kept} == {name: made[name] for name in kept}
    assert changed["description"] == "new"
    assert len(xero.walk(status="DRAFT")) == 1


def test_null_clears_what_may_be_unset(xero: Xero) -> None:
    full = {
        "purchaseDate": "2020-01-01",
        "purchasePrice": 1000,
        "disposalPrice": 10,
        "description": "text",
        "serialNumber": "S",
        "warrantyExpiryDate": "W",
        "assetTypeId": COMPUTERS,
        "bookDepreciationSetting": SETTING,
        "bookDepreciationDetail": {"depreciationStartDate": "2020-01-01", "initialDeductionPercentage": 20},
    }
    bare = xero.draft("1")
    made = xero.draft("2", **full)
    cleared = {name: None for name in full if name != "bookDepreciationDetail"}
    detail = {"depreciationStartDate": None, "initialDeductionPercentage": None}
    changed = xero.post("/Assets", {"assetId": made["assetId"], **cleared, "bookDepreciationDetail": detail}).data
    assert changed.keys() == bare.keys()
    assert shown(changed["bookDepreciationSetting"]) == shown(bare["bookDepreciationSetting"])
    assert changed["bookDepreciationDetail"] == bare["bookDepreciationDetail"]
    assert (changed["disposalPrice"], changed["accountingBookValue"]) == (0, 0)


def test_a_cleared_setting_takes_its_limit_along_though_the_detail_echoes_it(xero: Xero) -> None:
    made = xero.draft(purchasePrice=1000, bookDepreciationSetting=SETTING)
    changed = xero.post("/Assets", {**made, "bookDepreciationSetting": None}).data
    assert "costLimit" not in changed["bookDepreciationDetail"]
    assert "residualValue" not in changed["bookDepreciationSetting"]


def test_reading_and_sending_back_changes_nothing(xero: Xero) -> None:
    made = xero.depreciable(
        description="text",
        serialNumber="S",
        warrantyExpiryDate="2030-01-01",
        disposalPrice=3,
        bookDepreciationDetail={"costLimit": 1100, "residualValue": 100, "depreciationStartDate": "2024-01-05"},
    )
    before = xero.read_back()
    assert xero.post("/Assets", xero.get(f"/Assets/{made['assetId']}").data).data == made
    assert xero.post("/Assets", xero.walk(status="DRAFT")[0]).data == made
    assert xero.read_back() == before


def test_computed_members_are_never_stored(xero: Xero) -> None:
    """xero.R8."""
    made = xero.draft(
        purchasePrice=100,
        accountingBookValue=1,
        canRollback=False,
        canRollBack=False,
        isDeleteEnabledForDate=False,
        disposalDate="2020-01-01",
        metaData={"anything": [1]},
        unknown={"a": None},
        bookDepreciationDetail={
            "currentCapitalGain": 1,
            "currentGainLoss": 2,
            "priorAccumDepreciationAmount": 3,
            "currentAccumDepreciationAmount": 4,
            "businessUseCapitalGain": 5,
            "privateUseCurrentGainLoss": 6,
        },
        bookDepreciationSetting={"depreciableObjectId": "x", "depreciableObjectType": "None"},
    )
    assert set(made["bookDepreciationDetail"].values()) == {0}
    assert (made["accountingBookValue"], made["canRollback"], made["isDeleteEnabledForDate"]) == (100, True, True)
    assert made["bookDepreciationSetting"]["depreciableObjectId"] == made["assetId"]
    assert made["bookDepreciationSetting"]["depreciableObjectType"] == "Asset"
    assert not {"disposalDate", "unknown", "metaData", "canRollBack"} & made.keys()


def test_the_detail_start_date_is_echoed_and_the_settings_own_is_shown_instead(xero: Xero) -> None:
    made = xero.draft(bookDepreciationDetail={"depreciationStartDate": "2020-01-02"})
    assert made["bookDepreciationDetail"]["depreciationStartDate"] == "2020-01-02T00:00:00"
    assert "effectiveFromDate" not in made["bookDepreciationSetting"]
    body = {"assetId": made["assetId"], "bookDepreciationSetting": {"effectiveFromDate": "2021-01-01"}}
    assert xero.post("/Assets", body).data["bookDepreciationDetail"]["depreciationStartDate"] == "2021-01-01T00:00:00"


@pytest.mark.parametrize("spell", [str.upper, lambda text: text.replace("-", "")])
def test_ids_are_known_in_every_spelling(xero: Xero, spell: Any) -> None:
    made = xero.draft(assetTypeId=spell(COMPUTERS))
    assert made["assetTypeId"] == COMPUTERS
    assert xero.post("/Assets", {"assetId": spell(made["assetId"]), "assetName": "New"}).data["assetName"] == "New"
    assert xero.get(f"/Assets/{spell(made['assetId'])}").data["assetId"] == made["assetId"]


def test_a_null_id_is_none(xero: Xero) -> None:
    made = xero.post("/Assets", {"assetId": None, "assetName": "A", "assetNumber": "1"}).data
    assert made["assetNumber"] == "1"
    assert xero.post("/Assets", {"assetId": None}).fields.keys() == {"AssetName", "AssetNumber"}


def test_no_two_assets_have_one_number(xero: Xero) -> None:
    """xero.R2."""
    first, second = xero.draft("FA-1"), xero.draft("FA-2")
    before = xero.read_back()
    assert xero.post("/Assets", {"assetName": "B", "assetNumber": "FA-1"}).fields.keys() == {"AssetNumber"}
    assert xero.post("/Assets", {"assetId": second["assetId"], "assetNumber": "FA-1"}).fields.keys() == {"AssetNumber"}
    assert xero.read_back() == before
    assert xero.post("/Assets", {"assetId": first["assetId"], "assetNumber": "FA-1"}).status == 200
    assert xero.post("/Assets", {"assetId": first["assetId"], "assetNumber": "FA-3"}).status == 200
    assert xero.draft("FA-1")["assetNumber"] == "FA-1"  # a number that was given up is free
    assert xero.draft("fa-1")["assetNumber"] == "fa-1"


def test_a_registered_and_a_disposed_asset_are_not_changed_by_a_post(xero: Xero) -> None:
    """xero.R4."""
    asset = xero.registered()
    for step in (None, {"date": "2024-02-29", "price": 1000}):
        if step is not None:
            assert xero.control("POST", f"/assets/{asset['assetId']}/dispose", step).status == 200
        before = xero.read_back()
        for body in ({"assetName": "Other"}, xero.get(f"/Assets/{asset['assetId']}").data, {"assetStatus": "Draft"}):
            reply = xero.post("/Assets", {**body, "assetId": asset["assetId"]})
            assert reply.fields.keys() == {"AssetStatus"}
        assert xero.read_back() == before


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"bookDepreciationSetting": {"depreciationRate": 1, "effectiveLifeYears": 2}}, "DepreciationRate"),
        ({"purchasePrice": 100, "bookDepreciationSetting": {"costLimit": 100.01}}, "CostLimit"),
        ({"purchasePrice": 100, "bookDepreciationSetting": {"residualValue": 100.01}}, "ResidualValue"),
        ({"bookDepreciationSetting": {"costLimit": 5, "residualValue": 6}}, "ResidualValue"),
        ({"bookDepreciationSetting": {"effectiveFromDate": "2015-06-30"}}, "EffectiveFromDate"),
    ],
)
def test_terms_that_make_no_sense_are_refused_and_nothing_changed(xero: Xero, sent: Any, field: str) -> None:
    before = xero.read_back()
    reply = xero.post("/Assets", {"assetName": "A", "assetNumber": "1", **sent})
    assert reply.fields.keys() == {f"BookDepreciationSetting.{field}"}
    assert xero.read_back() == before


def test_rate_and_life_are_judged_after_the_merge_and_null_switches_over(xero: Xero) -> None:
    """xero.R10."""
    made = xero.draft(bookDepreciationSetting={"depreciationRate": 20})
    life = {"assetId": made["assetId"], "bookDepreciationSetting": {"effectiveLifeYears": 5}}
    reply = xero.post("/Assets", life)
    assert reply.json() == {
        "resourceValidationErrors": [],
        "fieldValidationErrors": [
            {
                "fieldName": "BookDepreciationSetting.DepreciationRate",
                "valueProvided": "",
                "localisedMessage": "Can't have both Depreciation Rate and Effective Life",
                "type": "http://common.service.xero.com/errors/validation/field",
                "title": "Validation Error",
                "detail": "Can't have both Depreciation Rate and Effective Life",
            }
        ],
        "type": "http://common.service.xero.com/errors/validation",
        "title": "The resource update failed validation.",
        "detail": "Validation Errors",
    }
    life["bookDepreciationSetting"]["depreciationRate"] = None
    changed = xero.post("/Assets", life).data["bookDepreciationSetting"]
    assert changed["effectiveLifeYears"] == 5
    assert "depreciationRate" not in changed


def test_everything_that_is_wrong_is_told_at_once(xero: Xero) -> None:
    """xero.R26."""
    xero.draft("1")
    body = {
        "assetName": "A",
        "assetNumber": "1",
        "purchasePrice": 100,
        "bookDepreciationSetting": {
            "depreciationRate": 1,
            "effectiveLifeYears": 2,
            "costLimit": 200,
            "residualValue": 300,
            "effectiveFromDate": "2000-01-01",
        },
    }
    names = ("DepreciationRate", "CostLimit", "ResidualValue", "EffectiveFromDate")
    assert xero.post("/Assets", body).fields.keys() == {
        "AssetNumber",
        *(f"BookDepreciationSetting.{name}" for name in names),
    }
    wrong = {
        "assetTypeId": NOBODY,
        "assetStatus": "Registered",
        "purchaseDate": "2023-02-29",
        "purchasePrice": 0.001,
        "bookDepreciationDetail": {"costLimit": 1.001, "depreciationStartDate": "2021-02-30"},
    }
    assert xero.post("/Assets", {"assetName": "A", "assetNumber": "2", **wrong}).fields.keys() == {
        "AssetTypeId",
        "AssetStatus",
        "PurchaseDate",
        "PurchasePrice",
        "BookDepreciationDetail.CostLimit",
        "BookDepreciationDetail.DepreciationStartDate",
    }


def test_new_zealand_members_are_shown_in_new_zealand_alone(xero: Xero) -> None:
    own = {"businessUseCapitalGain", "businessUseCurrentGainLoss", "privateUseCapitalGain", "privateUseCurrentGainLoss"}
    detail = {"initialDeductionPercentage": 20, "businessUseCapitalGain": 5}
    here = xero.draft(bookDepreciationDetail=detail)["bookDepreciationDetail"]
    there = xero.other().draft(bookDepreciationDetail=detail)["bookDepreciationDetail"]
    assert own | {"initialDeductionPercentage"} <= here.keys()
    assert here["initialDeductionPercentage"] == 20
    assert not (own | {"initialDeductionPercentage"}) & there.keys()


def test_a_draft_is_worth_its_price_less_what_it_is_to_bring(xero: Xero) -> None:
    made = xero.draft(purchasePrice=100, disposalPrice=23.23)
    assert str(made["accountingBookValue"]) == "76.77"
    assert str(xero.draft("2", disposalPrice=0.5)["accountingBookValue"]) == "-0.50"


def test_a_draft_posts_nothing(xero: Xero) -> None:
    before = xero.control("GET", "/balances").json()
    asset = xero.depreciable()
    xero.post("/Assets", {"assetId": asset["assetId"], "purchasePrice": 5})
    assert xero.control("GET", "/balances").json() == before


def test_a_registered_asset_shows_the_day_from_which_it_is_depreciated(xero: Xero) -> None:
    asset = xero.registered(
        bookDepreciationSetting={
            "depreciationMethod": "StraightLine",
            "averagingMethod": "FullMonth",
            "depreciationRate": 20,
        },
        bookDepreciationDetail={"depreciationStartDate": "2030-01-01"},
    )
    assert asset["bookDepreciationDetail"]["depreciationStartDate"] == "2024-01-01T00:00:00"
    assert "effectiveFromDate" not in asset["bookDepreciationSetting"]
