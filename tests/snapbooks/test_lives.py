"""Assets acquired, depreciated and disposed of by their class, and the tax pools beside them (DECISIONS 30, 31)."""

from __future__ import annotations

from typing import Any

import pytest

import spec
from tests.snapbooks.client import OWN, Json, Snapbooks


def bought(api: Snapbooks, code: str, cost: float, date: str = "2024-03-15", **more: Json) -> int:
    asset = int(api.asset(code)["id"])
    done(api, asset, "acquire", {"class": code, "cost": cost, "date": date, **more})
    return asset


def done(api: Snapbooks, asset: int, what: str, body: Json) -> Json:
    book = api.control("POST", f"/assets/{asset}/{what}", body).data["data"]
    assert api.control("GET", f"/assets/{asset}/book").data["data"] == book
    return book


def refused(api: Snapbooks, asset: int, what: str, body: Any) -> str:
    before = api.read_back()
    status, message = api.control("POST", f"/assets/{asset}/{what}", body).refused
    assert status == 400
    assert api.read_back() == before
    return message


def pools(api: Snapbooks, year: int, **query: str) -> list[Json]:
    more = "".join(f"&{name}={text}" for name, text in query.items())
    return api.control("GET", "/tax-pools", query=f"year={year}{more}").data["data"]


def test_a_whole_life_of_office_equipment(api: Snapbooks) -> None:
    asset = bought(api, "OFFICE_EQUIPMENT", 100000)
    assert api.balances() == {"1280": 100000, "1920": -100000}
    run = api.control("POST", "/depreciation", {"year": 2024}).data["data"]
    assert run == {"year": 2024, "entries": 1, "amount": 30000}
    book = done(api, asset, "depreciate", {"year": 2025})
    assert (book["cost"], book["accumulated"], book["carrying"], book["depreciated_through"]) == (
        100000,
        51000,
        49000,
        2025,
    )
    assert api.balances(asset_id=asset) == {"1280": 100000, "1299": -51000, "6015": 51000}
    denied = api.call("DELETE", f"/assets/{asset}").refused
    assert denied == (400, "Cannot deactivate asset: account 1280: 100000.00, account 1299: -51000.00")
    book = done(api, asset, "dispose", {"date": "2026-06-15", "proceeds": 50000})
    assert (book["status"], book["cost"], book["carrying"], book["gain"]) == ("disposed", 0, 0, 1000)
    assert api.balances() == {"1920": -50000, "3880": -1000, "6015": 51000}
    assert api.call("DELETE", f"/assets/{asset}").data["is_active"] is False


@pytest.mark.parametrize("one", spec.asset_classes("snapbooks"), ids=lambda one: one.code)
def test_every_class_posts_to_its_own_accounts_and_can_be_sold_and_deactivated(
    api: Snapbooks, one: spec.AssetClass
) -> None:
    asset = bought(api, one.code, 100000, "2024-01-15")
    assert api.balances(asset_id=asset) == {one.accounts.asset: 100000}
    book = done(api, asset, "depreciate", {"year": 2024})
    first_year = int(100000 * one.yearly)
    assert book["accumulated"] == first_year
    charged = {str(one.accounts.accumulated): -first_year, str(one.accounts.expense): first_year}
    assert api.balances(asset_id=asset) == {one.accounts.asset: 100000, **(charged if first_year else {})}
    done(api, asset, "dispose", {"date": "2025-01-15", "proceeds": 1})
    assert api.balances().get(one.accounts.asset) is None
    assert api.call("DELETE", f"/assets/{asset}").data["is_active"] is False


def test_software_takes_a_third_less_a_cent_and_the_rest_last(api: Snapbooks) -> None:
    asset = bought(api, "SOFTWARE", 120000, "2024-01-01")
    charged = [done(api, asset, "depreciate", {"year": year})["accumulated"] for year in range(2024, 2029)]
    assert charged == [39600, 79200, 118800, 120000, 120000]


def test_cents_are_rounded_half_up_each_year(api: Snapbooks) -> None:
    """The figures of the saldo rates' own table: 333,333.33 at 24 %."""
    asset = bought(api, "COMMERCIAL_VEHICLES", 333333.33)
    charged = [str(done(api, asset, "depreciate", {"year": year})["accumulated"]) for year in range(2024, 2030)]
    assert charged == ["80000", "140800", "187008", "222126.08", "248815.82", "269100.02"]


def test_what_an_asset_was_paid_from_and_sold_for_may_be_told(api: Snapbooks) -> None:
    asset = bought(api, "LAND", 500, credit_account="2400")
    done(api, asset, "dispose", {"date": "2030-01-01", "proceeds": 400, "proceeds_account": "2400"})
    assert api.balances() == {"2400": -100, "7880": 100}


def test_what_is_no_acquisition_depreciation_or_disposal(api: Snapbooks) -> None:
    asset = api.asset()["id"]
    good = {"class": "OFFICE_EQUIPMENT", "cost": 100000, "date": "2024-03-15"}
    for bad, said in (
        ({"class": "SHIPS"}, "class"),
        ({"cost": 0}, "cost"),
        ({"cost": 0.001}, "cost"),
        ({"date": "2024-02-30"}, "date"),
        ({"date": "1899-12-31"}, "date"),
        ({"date": "3000-01-01"}, "date"),
        ({"credit_account": "1234"}, "no account 1234"),
        ({"credit_account": "1280"}, "credit_account"),
        ({"building_id": asset}, "building_id"),
    ):
        assert said in refused(api, asset, "acquire", {**good, **bad})
    assert "acquired" in refused(api, asset, "depreciate", {"year": 2024})
    assert "acquired" in refused(api, asset, "dispose", {"date": "2024-03-15", "proceeds": 0})
    done(api, asset, "acquire", good)
    assert "already" in refused(api, asset, "acquire", good)
    for body, said in (
        ({"date": "2024-03-14", "proceeds": 0}, "after the disposal"),
        ({"date": "2024-03-15", "proceeds": -1}, "proceeds"),
        ({"date": "2024-03-15", "proceeds": 0, "proceeds_account": "1299"}, "proceeds_account"),
    ):
        assert said in refused(api, asset, "dispose", body)
    done(api, asset, "depreciate", {"year": 2024})
    assert "through 2024" in refused(api, asset, "dispose", {"date": "2024-12-31", "proceeds": 0})
    entry = api.control("GET", "/entries").data["data"][0]["entry_id"]
    before = api.read_back()
    assert api.control("POST", f"/entries/{entry}/cancel").refused[0] == 400
    assert api.control("POST", "/depreciation", {"year": 2999}).refused[0] == 400
    assert api.read_back() == before


# ---- tax pools: figures of the tax authority's example returns, read from what was bought and sold -------
def test_a_pool_goes_down_by_its_rate_together(api: Snapbooks) -> None:
    bought(api, "OFFICE_EQUIPMENT", 60000)
    bought(api, "OFFICE_EQUIPMENT", 40000, "2024-12-31")
    (first,) = pools(api, 2024)
    assert (first["group"], first["rate"], first["opening"], first["acquisitions"]) == ("a", "0.30", 0, 100000)
    assert (first["basis"], first["depreciation"], first["closing"]) == (100000, 30000, 70000)
    (second,) = pools(api, 2025)
    assert (second["opening"], second["depreciation"], second["closing"]) == (70000, 21000, 49000)
    assert pools(api, 2023) == []


def test_a_pool_below_zero_is_income_by_its_rate(api: Snapbooks) -> None:
    """Group c of the example returns: 100,000 + 40,000 - 200,000 gives 14,400 income and -45,600."""
    first = bought(api, "COMMERCIAL_VEHICLES", 131578.95, "2023-02-01")  # 100,000.00 after a year at 24 %
    bought(api, "COMMERCIAL_VEHICLES", 40000, "2024-02-01")
    done(api, first, "dispose", {"date": "2024-06-01", "proceeds": 200000})
    (pool,) = pools(api, 2024)
    shown = [pool[name] for name in ("opening", "acquisitions", "proceeds", "basis", "income", "gain_loss", "closing")]
    assert shown == [100000, 40000, 200000, -60000, 14400, 0, -45600]


def test_groups_e_to_i_have_a_pool_for_each_asset_and_j_one_for_each_building(api: Snapbooks) -> None:
    house, farm = bought(api, "COMMERCIAL_BUILDINGS", 100000), bought(api, "AGRICULTURAL_BUILDINGS", 100000)
    lift = bought(api, "BUILDING_INSTALLATIONS", 60000, building_id=house)
    bought(api, "BUILDING_INSTALLATIONS", 40000, building_id=house)
    bought(api, "BUILDING_INSTALLATIONS", 10000)
    shown = [(one["group"], one.get("asset_id"), one["rate"], one["depreciation"]) for one in pools(api, 2024)]
    assert shown == [
        ("h", farm, "0.06", 6000),
        ("i", house, "0.02", 2000),
        ("j", None, "0.10", 1000),
        ("j", house, "0.10", 10000),
    ]
    assert [one["group"] for one in pools(api, 2024, group="j")] == ["j", "j"]
    assert api.control("GET", f"/assets/{lift}/book").data["data"]["accumulated"] == 0


@pytest.mark.parametrize(("proceeds", "gain_loss"), [(90000, 4000), (80000, -6000)])
def test_an_asset_of_its_own_pool_leaves_a_gain_or_loss(api: Snapbooks, proceeds: int, gain_loss: int) -> None:
    ship = bought(api, "SHIPS_AND_VESSELS", 100000)
    done(api, ship, "dispose", {"date": "2025-05-01", "proceeds": proceeds})
    (pool,) = pools(api, 2025)
    assert (pool["opening"], pool["depreciation"], pool["gain_loss"], pool["closing"]) == (86000, 0, gain_loss, 0)


def test_the_report_posts_nothing_and_linear_classes_and_land_are_in_no_pool(api: Snapbooks) -> None:
    bought(api, "SOFTWARE", 120000)
    bought(api, "LAND", 120000)
    before = api.read_back()
    assert pools(api, 2024) == []
    assert api.read_back() == before
    for query in ("", "year=1899", "year=x", "year=2024&group=k"):
        assert api.control("GET", "/tax-pools", of=OWN, query=query).refused[0] == 400
