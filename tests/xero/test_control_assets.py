"""What Xero's screen does with one asset: register, dispose, undo, edit, and the schedule."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.xero.client import ACCUMULATED, COMPUTERS, COST, DEMO, NOBODY, Json, Reply, Xero
from tests.xero.test_control import balances, control, entries, told

SETTING = {"depreciationMethod": "StraightLine", "averagingMethod": "FullMonth", "depreciationRate": 20}


def act(xero: Xero, asset: Json, verb: str, body: Json = None) -> Reply:
    """An operation on the asset; what is answered is what GET by id shows."""
    reply = control(xero, "POST", f"/{DEMO}/assets/{asset['assetId']}/{verb}", body)
    if reply.status == 200:
        assert reply.json()["data"] == xero.get(f"/Assets/{asset['assetId']}").data
    return reply


def refused(xero: Xero, asset: Json, verb: str, body: Json = None) -> set[str]:
    """The fields at fault of an operation that is refused and changes nothing."""
    before = xero.read_back(), entries(xero)
    found = set(act(xero, asset, verb, body).fields)
    assert (xero.read_back(), entries(xero)) == before
    return found


def run(xero: Xero, through: str) -> None:
    told(control(xero, "POST", f"/{DEMO}/depreciation", {"through": through}))


def till(xero: Xero) -> str:
    """An account that is neither the bank nor an asset's."""
    chart = told(control(xero, "GET", f"/{DEMO}/accounts"))
    return str(next(account["account_id"] for account in chart if account["name"] == "Accounts payable"))


# ---- registering ------------------------------------------------------------------------------


def test_a_draft_is_registered_and_its_purchase_posted(xero: Xero) -> None:
    asset = xero.depreciable()
    shown = told(act(xero, asset, "register", {}))
    assert (shown["assetStatus"], shown["accountingBookValue"]) == ("Registered", 1200)
    assert balances(xero) == {"Business bank account": -1200, "Computer equipment": 1200}
    assert [item["assetId"] for item in xero.walk(status="REGISTERED")] == [asset["assetId"]]
    assert xero.walk(status="DRAFT") == []


def test_the_purchase_is_paid_from_the_account_that_is_named_or_not_posted(xero: Xero) -> None:
    act(xero, xero.depreciable(), "register", {"credit_account_id": till(xero).upper()})
    assert balances(xero) == {"Accounts payable": -1200, "Computer equipment": 1200}
    act(xero, xero.depreciable("FA-0002"), "register", {"credit_account_id": None})
    assert len(entries(xero)) == 1


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"assetTypeId": None}, "AssetTypeId"),
        ({"purchaseDate": None}, "PurchaseDate"),
        ({"purchasePrice": None}, "PurchasePrice"),
        ({"purchasePrice": 0}, "PurchasePrice"),
        ({"purchaseDate": "2024-01-02"}, "BookDepreciationSetting.EffectiveFromDate"),
        ({"bookDepreciationSetting": None}, "BookDepreciationSetting.DepreciationMethod"),
        ({"bookDepreciationSetting": {"averagingMethod": None}}, "BookDepreciationSetting.AveragingMethod"),
        ({"bookDepreciationSetting": {"depreciationRate": None}}, "BookDepreciationSetting"),
    ],
)
def test_a_draft_that_lacks_something_stays_a_draft(xero: Xero, members: Json, field: str) -> None:
    asset = xero.depreciable()
    asset = xero.post("/Assets", {"assetId": asset["assetId"], **members}).data
    assert refused(xero, asset, "register", {}) == {field}


@pytest.mark.parametrize("account", [NOBODY, COST, ACCUMULATED])
def test_a_purchase_is_paid_from_another_account_of_the_chart(xero: Xero, account: str) -> None:
    assert refused(xero, xero.depreciable(), "register", {"credit_account_id": account}) == {"CreditAccountId"}


def test_a_registered_asset_is_no_draft_any_more(xero: Xero) -> None:
    asset = xero.registered()
    assert refused(xero, asset, "register", {}) == {"AssetStatus"}
    assert xero.post("/Assets", {"assetId": asset["assetId"], "assetName": "New"}).status == 400


def test_the_samples_keyboard_can_be_registered_once_it_starts_after_its_purchase(xero: Xero) -> None:
    run(xero, "2016-06-30")
    setting = {**SETTING, "depreciationMethod": "DiminishingValue200", "effectiveFromDate": "2015-07-01"}
    asset = xero.draft(
        assetTypeId=COMPUTERS, purchaseDate="2016-04-11", purchasePrice=3000, bookDepreciationSetting=setting
    )
    assert refused(xero, asset, "register", {}) == {"BookDepreciationSetting.EffectiveFromDate"}
    xero.post("/Assets", {"assetId": asset["assetId"], "bookDepreciationSetting": {"effectiveFromDate": None}})
    shown = told(act(xero, asset, "register", {}))
    assert shown["accountingBookValue"] == 2850
    assert [entry["date"] for entry in entries(xero)] == ["2016-04-11", "2016-04-30", "2016-05-31", "2016-06-30"]


# ---- disposing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "capital_gain", "gain_loss"),
    [(12000, 2000, 4000), (10000, 0, 4000), (7000, 0, 1000), (6000, 0, 0), (5000, 0, -1000), (0, 0, -6000)],
)
def test_the_worked_table_of_disposals(xero: Xero, price: int, capital_gain: int, gain_loss: int) -> None:
    asset = xero.registered(purchasePrice=10000)
    run(xero, "2025-12-31")
    shown = told(act(xero, asset, "dispose", {"date": "2025-12-31", "price": price}))
    detail = shown["bookDepreciationDetail"]
    assert (detail["currentCapitalGain"], detail["currentGainLoss"]) == (capital_gain, gain_loss)
    assert (shown["assetStatus"], shown["accountingBookValue"]) == ("Disposed", 0)
    assert (shown["disposalDate"], shown["disposalPrice"]) == ("2025-12-31T00:00:00", price)
    accounts = {
        "Business bank account": price - 10000,
        "Depreciation": 4000,
        "Gain on disposal of fixed assets": -max(gain_loss, 0),
        "Capital gain on disposal of fixed assets": -capital_gain,
        "Loss on disposal of fixed assets": -min(gain_loss, 0),
    }
    assert balances(xero) == {name: balance for name, balance in accounts.items() if balance}


def test_depreciation_ends_where_it_is_said(xero: Xero) -> None:
    asset = xero.registered()
    run(xero, "2025-06-30")
    told(act(xero, asset, "dispose", {"date": "2025-03-15", "price": 0, "depreciation": "none_this_year"}))
    assert balances(xero)["Loss on disposal of fixed assets"] == 960
    shown = told(act(xero, asset, "undo-disposal"))
    assert (shown["assetStatus"], shown["accountingBookValue"]) == ("Registered", 840)
    assert "disposalDate" not in shown
    body = {"date": "2025-03-15", "price": 1.5, "proceeds_account_id": till(xero)}
    told(act(xero, asset, "dispose", body))
    assert balances(xero)["Loss on disposal of fixed assets"] == Decimal("898.5")
    assert balances(xero)["Accounts payable"] == Decimal("1.5")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"date": "2023-12-31", "price": 1}, {"Date"}),
        ({"date": "2199-12-31", "price": 1}, {"Date"}),
        ({"date": "2024-02-30", "price": 1}, {"Date"}),
        ({"price": 1}, {"Date"}),
        ({"date": "2024-06-30"}, {"Price"}),
        ({"date": "2024-06-30", "price": -1}, {"Price"}),
        ({"date": "2024-06-30", "price": 1.005}, {"Price"}),
        ({"date": "2024-06-30", "price": 10**14}, {"Price"}),
        ({"date": "2024-06-30", "price": 1, "depreciation": "all"}, {"Depreciation"}),
        ({"date": "2024-06-30", "price": 1, "proceeds_account_id": NOBODY}, {"ProceedsAccountId"}),
        ({"date": "2024-06-30", "price": 1, "proceeds_account_id": COST}, {"ProceedsAccountId"}),
    ],
)
def test_a_disposal_that_cannot_be_is_refused(xero: Xero, body: Json, fields: set[str]) -> None:
    asset = xero.registered()
    run(xero, "2024-08-31")
    assert refused(xero, asset, "dispose", body) == fields


def test_only_a_registered_asset_is_disposed_of_and_only_a_disposed_one_comes_back(xero: Xero) -> None:
    draft, asset = xero.depreciable(), xero.registered("FA-0002")
    sale = {"date": "2024-06-30", "price": 1}
    assert refused(xero, draft, "dispose", sale) == {"AssetStatus"}
    assert refused(xero, asset, "undo-disposal") == {"AssetStatus"}
    told(act(xero, asset, "dispose", sale))
    assert refused(xero, asset, "dispose", sale) == {"AssetStatus"}
    assert refused(xero, asset, "edit", {"price": 1}) == {"AssetStatus"}


# ---- editing ----------------------------------------------------------------------------------


def test_another_price_is_as_if_it_had_always_been_so(xero: Xero) -> None:
    asset = xero.registered()
    run(xero, "2024-03-31")
    shown = told(act(xero, asset, "edit", {"price": 2400, "residual_value": 600, "cost_limit": 1800}))
    assert (shown["purchasePrice"], shown["accountingBookValue"]) == (2400, 2340)
    assert shown["bookDepreciationDetail"]["residualValue"] == 600
    assert balances(xero)["Computer equipment"] == 2400
    shown = told(act(xero, asset, "edit", {"residual_value": None, "cost_limit": None}))
    assert "costLimit" not in shown["bookDepreciationDetail"]
    assert shown["accountingBookValue"] == 2280


def test_every_part_of_the_plan_can_be_edited(xero: Xero) -> None:
    asset = xero.registered()
    run(xero, "2024-03-31")
    kind = xero.kind().data["assetTypeId"]
    shown = told(
        act(
            xero,
            asset,
            "edit",
            {
                "asset_type_id": kind.upper(),
                "depreciation_method": "DiminishingValue150",
                "averaging_method": "ActualDays",
                "depreciation_rate": None,
                "effective_life_years": 2.5,
                "start_date": "2024-02-01",
            },
        )
    )
    setting = shown["bookDepreciationSetting"]
    assert shown["assetTypeId"] == kind
    assert (setting["depreciationMethod"], setting["averagingMethod"]) == ("DiminishingValue150", "ActualDays")
    assert (setting["effectiveLifeYears"], setting["effectiveFromDate"]) == (Decimal("2.5"), "2024-02-01T00:00:00")
    assert "depreciationRate" not in setting
    assert shown["accountingBookValue"] == Decimal("1081.97")  # 60/366 of 60 % of 1,200 = 118.03


def test_another_rate_posts_an_increase_only(xero: Xero) -> None:
    asset = xero.registered()
    run(xero, "2025-03-31")
    count = len(entries(xero))
    assert told(act(xero, asset, "edit", {"depreciation_rate": 40}))["accountingBookValue"] == 840
    assert [(row["date"], row["lines"][0]["debit"]) for row in entries(xero)[count:]] == [("2025-03-31", 60)]
    assert told(act(xero, asset, "edit", {"depreciation_rate": 10}))["accountingBookValue"] == 840
    assert len(entries(xero)) == count + 1


def test_equal_values_and_unknown_members_change_nothing(xero: Xero) -> None:
    asset = xero.registered()
    run(xero, "2024-03-31")
    before = xero.read_back(), entries(xero)
    told(act(xero, asset, "edit", {"price": 1200.0, "depreciation_rate": 20, "colour": "red"}))
    assert (xero.read_back(), entries(xero)) == before


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {""}),
        ({"price": 0}, {"PurchasePrice"}),
        ({"price": -1}, {"Price"}),
        ({"price": 1.001}, {"Price"}),
        ({"asset_type_id": NOBODY}, {"AssetTypeId"}),
        ({"depreciation_method": "Sum"}, {"DepreciationMethod"}),
        ({"effective_life_years": 5}, {"BookDepreciationSetting.DepreciationRate"}),
        ({"effective_life_years": 0}, {"EffectiveLifeYears"}),
        ({"depreciation_rate": 101}, {"DepreciationRate"}),
        ({"depreciation_rate": None}, {"BookDepreciationSetting"}),
        ({"cost_limit": 1200.01}, {"BookDepreciationSetting.CostLimit"}),
        ({"residual_value": 1200.01}, {"BookDepreciationSetting.ResidualValue"}),
        ({"cost_limit": 1.001, "residual_value": 0.001}, {"CostLimit", "ResidualValue"}),
        ({"start_date": "2023-12-31"}, {"BookDepreciationSetting.EffectiveFromDate"}),
        ({"start_date": "2015-06-30"}, {"BookDepreciationSetting.EffectiveFromDate"}),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(xero: Xero, body: Json, fields: set[str]) -> None:
    asset = xero.registered()
    run(xero, "2024-03-31")
    assert refused(xero, asset, "edit", body) == fields


# ---- the schedule -----------------------------------------------------------------------------


def schedule(xero: Xero, asset: Json, query: str = "") -> Reply:
    return control(xero, "GET", f"/{DEMO}/assets/{asset['assetId']}/schedule", query=query)


def test_a_schedule_is_what_a_run_would_charge(xero: Xero) -> None:
    asset = xero.depreciable(purchasePrice=1000)
    shown = told(schedule(xero, asset))
    assert len(shown) == 60
    assert shown[0] == {
        "first": "2024-01-01",
        "last": "2024-01-31",
        "amount": Decimal("16.67"),
        "accumulated": Decimal("16.67"),
        "book_value": Decimal("983.33"),
    }
    assert (shown[-1]["last"], shown[-1]["book_value"]) == ("2028-12-31", 0)
    act(xero, asset, "register", {})
    run(xero, "2024-06-30")
    charges = [entry["lines"][0]["debit"] for entry in entries(xero)[1:]]
    assert charges == [period["amount"] for period in shown[:6]]


@pytest.mark.parametrize(
    ("members", "query", "months"),
    [
        ({"depreciationRate": None, "effectiveLifeYears": 3}, "", 36),
        ({"depreciationMethod": "DiminishingValue100"}, "", 120),
        ({"depreciationMethod": "DiminishingValue100"}, "through=2024-02-10", 2),
        ({"depreciationMethod": "DiminishingValue100", "depreciationRate": 1}, "through=9999-12-31", 1200),
        ({"depreciationMethod": "NoDepreciation"}, "", 0),
        ({"depreciationMethod": "FullDepreciation"}, "", 1),
        ({}, "through=2023-12-31", 0),
    ],
)
def test_a_schedule_has_an_end(xero: Xero, members: Json, query: str, months: int) -> None:
    asset = xero.depreciable(bookDepreciationSetting={**SETTING, **members}, purchasePrice=10**9)
    assert len(told(schedule(xero, asset, query))) == months


def test_a_draft_that_could_not_be_registered_has_no_schedule(xero: Xero) -> None:
    assert set(schedule(xero, xero.draft()).fields) == {"AssetTypeId"}
    assert set(schedule(xero, xero.depreciable("FA-0002"), "through=soon").fields) == {"Through"}
