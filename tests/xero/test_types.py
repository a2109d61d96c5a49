"""Asset types and settings (xero.R22 to R27, R35)."""

from __future__ import annotations

import pytest

from tests.xero.client import ACCUMULATED, COMPUTERS, COST, EXPENSE, NOBODY, Xero


def test_the_demo_organisation_starts_with_the_samples_type(xero: Xero) -> None:
    (kind,) = xero.get("/AssetTypes").data
    assert kind["assetTypeId"] == COMPUTERS
    assert [kind[f"{name}AccountId"] for name in ("fixedAsset", "depreciationExpense", "accumulatedDepreciation")] == [
        COST,
        EXPENSE,
        ACCUMULATED,
    ]
    assert kind["bookDepreciationSetting"]["depreciationRate"] == 40
    assert (kind["locks"], kind["lockPrivateUseAccount"], kind["taxDepreciationSettings"]) == (0, False, [])


@pytest.mark.parametrize("name", ["bookDepreciationSetting", "bookDepreciationSettings"])
def test_a_type_is_made_and_listed(xero: Xero, name: str) -> None:
    body = {
        "assetTypeName": "Machinery",
        "fixedAssetAccountId": COST.replace("-", "").upper(),
        "depreciationExpenseAccountId": EXPENSE,
        "accumulatedDepreciationAccountId": ACCUMULATED,
        name: {"depreciationMethod": "DiminishingValue200", "averagingMethod": "FullMonth", "effectiveLifeYears": 8},
    }
    made = xero.post("/AssetTypes", body).data
    setting = made["bookDepreciationSetting"]
    assert (setting["depreciationMethod"], setting["effectiveLifeYears"]) == ("DiminishingValue200", 8)
    assert setting["depreciableObjectType"] == "AssetType"
    assert made["fixedAssetAccountId"] == COST
    assert xero.get("/AssetTypes").data[1:] == [made]


def test_an_update_merges(xero: Xero) -> None:
    """xero.R27."""
    made = xero.kind().data
    body = {"assetTypeId": made["assetTypeId"], "bookDepreciationSetting": {"averagingMethod": "ActualDays"}}
    changed = xero.post("/AssetTypes", body).data
    assert changed["bookDepreciationSetting"] == {**made["bookDepreciationSetting"], "averagingMethod": "ActualDays"}
    assert changed["assetTypeName"] == "Machinery"
    renamed = xero.post("/AssetTypes", {**changed, "assetTypeName": "Engines", "locks": 7}).data
    assert renamed == {**changed, "assetTypeName": "Engines"}
    assert xero.kind("Machinery").status == 200  # a name that was given up is free
    assert xero.post("/AssetTypes", renamed).data == renamed
    cleared = xero.post("/AssetTypes", {"assetTypeId": made["assetTypeId"], "bookDepreciationSetting": None}).data
    assert "depreciationRate" not in cleared["bookDepreciationSetting"]
    assert len(xero.get("/AssetTypes").data) == 3


def test_no_two_types_have_one_name(xero: Xero) -> None:
    """xero.R24."""
    first, second = xero.kind("One").data, xero.kind("Two").data
    before = xero.read_back()
    again = xero.kind("One")
    assert (again.status, again.fields.keys()) == (409, {"AssetTypeName"})
    rename = xero.post("/AssetTypes", {"assetTypeId": second["assetTypeId"], "assetTypeName": "One"})
    assert (rename.status, rename.fields.keys()) == (409, {"AssetTypeName"})
    assert xero.read_back() == before
    assert xero.post("/AssetTypes", {"assetTypeId": first["assetTypeId"], "assetTypeName": "One"}).status == 200


def test_unknown_accounts_are_told_one_by_one(xero: Xero) -> None:
    """xero.R25, R26."""
    before = xero.read_back()
    reply = xero.kind(fixedAssetAccountId=NOBODY, depreciationExpenseAccountId=NOBODY)
    assert (reply.status, reply.fields) == (
        400,
        {
            "FixedAssetAccountId": "Fixed Asset Account Id is invalid",
            "DepreciationExpenseAccountId": "Depreciation Expense Account Id is invalid",
        },
    )
    wrong = xero.kind(fixedAssetAccountId=EXPENSE, depreciationExpenseAccountId=COST)
    assert wrong.fields.keys() == {"FixedAssetAccountId", "DepreciationExpenseAccountId"}
    twice = xero.kind(fixedAssetAccountId=EXPENSE, accumulatedDepreciationAccountId=EXPENSE)
    assert twice.fields.keys() == {"FixedAssetAccountId", "AccumulatedDepreciationAccountId"}
    assert xero.kind(accumulatedDepreciationAccountId=COST).fields.keys() == {"AccumulatedDepreciationAccountId"}
    assert xero.read_back() == before


@pytest.mark.parametrize(
    "member",
    [
        "assetTypeName",
        "fixedAssetAccountId",
        "depreciationExpenseAccountId",
        "accumulatedDepreciationAccountId",
        "bookDepreciationSetting",
    ],
)
def test_a_new_type_needs_name_accounts_and_settings(xero: Xero, member: str) -> None:
    """xero.R23."""
    body = {
        "assetTypeName": "Machinery",
        "fixedAssetAccountId": COST,
        "depreciationExpenseAccountId": EXPENSE,
        "accumulatedDepreciationAccountId": ACCUMULATED,
        "bookDepreciationSetting": {"depreciationMethod": "NoDepreciation"},
    }
    before = xero.read_back()
    field = member[:1].upper() + member[1:]
    without = {name: value for name, value in body.items() if name != member}
    assert xero.post("/AssetTypes", without).fields.keys() == {field}
    nothing = {**without, "assetTypeId": None}
    assert xero.post("/AssetTypes", nothing).fields.keys() == {field}
    if member == "bookDepreciationSetting":
        assert xero.post("/AssetTypes", {**body, member: None}).fields.keys() == {field}
    assert xero.read_back() == before


def test_rate_and_life_and_limits_are_refused_on_types_too(xero: Xero) -> None:
    both = {"depreciationRate": 20, "effectiveLifeYears": 5}
    assert xero.kind(bookDepreciationSetting=both).fields.keys() == {"BookDepreciationSetting.DepreciationRate"}
    limits = {"costLimit": 5, "residualValue": 6}
    assert xero.kind(bookDepreciationSetting=limits).fields.keys() == {"BookDepreciationSetting.ResidualValue"}
    assert xero.kind(bookDepreciationSetting={"effectiveFromDate": "2021-02-29"}).status == 400


def test_an_unknown_type_is_404_and_as_a_reference_400(xero: Xero) -> None:
    before = xero.read_back()
    assert xero.post("/AssetTypes", {"assetTypeId": NOBODY, "assetTypeName": "X"}).gateway[0] == 404
    body = {"assetName": "A", "assetNumber": "1", "assetTypeId": NOBODY}
    assert xero.post("/Assets", body).fields.keys() == {"AssetTypeId"}
    assert xero.read_back() == before


def test_the_accounts_of_a_type_stay_while_an_asset_of_it_is_registered(xero: Xero) -> None:
    other = xero.control("GET", "/accounts").json()["data"]
    office = next(account["account_id"] for account in other if account["code"] == "710")
    change = {"assetTypeId": COMPUTERS, "fixedAssetAccountId": office}
    back = {"assetTypeId": COMPUTERS, "fixedAssetAccountId": COST}
    xero.draft("D", assetTypeId=COMPUTERS)
    assert xero.post("/AssetTypes", change).data["fixedAssetAccountId"] == office
    assert xero.post("/AssetTypes", back).status == 200
    xero.registered("R")
    before = xero.read_back()
    assert xero.post("/AssetTypes", change).fields.keys() == {"FixedAssetAccountId"}
    assert xero.read_back() == before
    assert xero.post("/AssetTypes", {**back, "assetTypeName": "Laptops"}).status == 200


def test_locks_count_what_has_been_depreciated(xero: Xero) -> None:
    """xero.R35."""
    xero.registered("R")
    assert xero.get("/AssetTypes").data[0]["locks"] == 0
    assert xero.control("POST", "/depreciation", {"through": "2024-02-29"}).status == 200
    assert xero.get("/AssetTypes").data[0]["locks"] == 1
    assert xero.control("POST", "/rollback", {"to": "2023-12-31"}).status == 200
    assert xero.get("/AssetTypes").data[0]["locks"] == 0


# ---- settings -----------------------------------------------------------------------------------


def test_a_fresh_organisations_settings(xero: Xero) -> None:
    found = xero.get("/Settings").data
    assert {name: found[name] for name in found if not name.startswith("default")} == {
        "assetNumberPrefix": "FA-",
        "assetNumberSequence": "0001",
        "assetStartDate": "2015-07-01T00:00:00",
        "optInForTax": False,
    }


def test_the_next_number_follows_numbers_of_its_own_form_alone(xero: Xero) -> None:
    """xero.R22; the recorded reply is 0005 after FA-0001 to FA-0004 and two others."""

    def following() -> str:
        return str(xero.get("/Settings").data["assetNumberSequence"])

    for place in range(1, 5):
        xero.draft(f"FA-{place:04}")
    for number in ("FA-NANGO-1", "FA-NANGO-2", "XFA-0009", "fa-0009", "FA-", "FA-9x", "FA-\u0669", f"FA-{'9' * 40}"):
        xero.draft(number)
    assert following() == "0005"
    asset = xero.draft("FA-12345")
    assert following() == "12346"
    xero.post("/Assets", {"assetId": asset["assetId"], "assetNumber": "FA-00007"})
    assert following() == "12346"
    xero.post("/Assets", {"assetName": "A", "assetNumber": "FA-99999", "purchasePrice": 1.001})
    assert following() == "12346"
    assert xero.draft(f"FA-{following()}")["assetNumber"] == "FA-12346"


def test_the_last_depreciation_date_follows_the_runs(xero: Xero) -> None:
    """xero.R36."""
    assert "lastDepreciationDate" not in xero.get("/Settings").data
    xero.registered()
    assert xero.control("POST", "/depreciation", {"through": "2024-02-29"}).status == 200
    assert xero.get("/Settings").data["lastDepreciationDate"] == "2024-02-29T00:00:00"
