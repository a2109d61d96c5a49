"""What else moves a tax pool than buying and selling, and the gain and loss account behind the pools (DECISIONS 30).

The figures are those of the tax authority's example returns. A pool is opened as one that was bought a year before.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

import spec
from mock_server.domain.schedule.schedule import half_up
from tests.snapbooks.client import Json, Snapbooks

YEAR = 2025
NOTHING = {
    "improvements": 0,
    "grants": 0,
    "input_tax": 0,
    "split_out": 0,
    "grants_repaid": 0,
    "gains_reinvested": 0,
    "gain_write_downs": 0,
}
CLASS_OF = {one.group: one for one in reversed(spec.asset_classes("snapbooks")) if one.group}


def bought(api: Snapbooks, code: str, cost: float, date: str) -> int:
    asset = int(api.asset(code)["id"])
    assert api.control("POST", f"/assets/{asset}/acquire", {"class": code, "cost": cost, "date": date}).status == 200
    return asset


def opened(api: Snapbooks, group: str, opening: int) -> int:
    """An asset whose pool holds `opening` kroner at the start of YEAR."""
    one = CLASS_OF[group]
    near = half_up(opening * 100 / (1 - one.yearly))
    cents = next(cost for cost in (near, near - 1, near + 1) if cost - half_up(cost * one.yearly) == opening * 100)
    return bought(api, one.code, cents / 100, f"{YEAR - 1}-02-01")


def sold(api: Snapbooks, asset: int, proceeds: float, date: str = f"{YEAR}-05-01") -> None:
    assert api.control("POST", f"/assets/{asset}/dispose", {"date": date, "proceeds": proceeds}).status == 200


def moved(api: Snapbooks, asset: int, movements: Json, year: int = YEAR) -> Json:
    path = f"/assets/{asset}/tax-movements/{year}"
    shown = api.control("PUT", path, movements).data
    assert api.control("GET", path).data == shown
    return shown["data"]


def report(api: Snapbooks, year: int = YEAR) -> tuple[list[Json], Json]:
    body = api.control("GET", "/tax-pools", query=f"year={year}").data
    return body["data"], body["gain_loss_account"]


def figures(pool: Json) -> list[Json]:
    return [pool[name] for name in ("opening", "basis", "depreciation", "income", "closing")]


@pytest.mark.parametrize(
    ("group", "opening", "movements", "basis", "depreciation", "closing"),
    [
        ("a", 100_000, {}, 100_000, 30_000, 70_000),
        ("a", 100_000, {"grants": 20_000}, 80_000, 24_000, 56_000),
        ("a", 260_000, {}, 260_000, 78_000, 182_000),
        ("b", 200_000, {}, 200_000, 40_000, 160_000),
        ("c", 500_000, {}, 500_000, 120_000, 380_000),
        ("d", 100_000, {"improvements": 180_000}, 280_000, 56_000, 224_000),
        ("e", 100_000, {"improvements": 80_000}, 180_000, 25_200, 154_800),
        ("f", 100_000, {}, 100_000, 12_000, 88_000),
        ("g", 100_000, {}, 100_000, 5_000, 95_000),
        ("h", 100_000, {}, 100_000, 4_000, 96_000),
        ("i", 100_000, {}, 100_000, 2_000, 98_000),
        ("j", 100_000, {}, 100_000, 10_000, 90_000),
    ],
)
def test_an_example_return(
    api: Snapbooks, group: str, opening: int, movements: Json, basis: int, depreciation: int, closing: int
) -> None:
    asset = opened(api, group, opening)
    assert moved(api, asset, movements) == {"asset_id": asset, "year": YEAR, **NOTHING, **movements}
    ((pool,), _account) = report(api)
    assert pool["group"] == group
    assert figures(pool) == [opening, basis, depreciation, 0, closing]
    assert {name: pool[name] for name in NOTHING} == {**NOTHING, **movements}


def test_the_example_returns_below_zero(api: Snapbooks) -> None:
    """Group c: 100,000 + 40,000 - 200,000. Group d: -14,000, which is what a year leaves of -17,500 at 20 %."""
    lorry = opened(api, "c", 100_000)
    bought(api, "COMMERCIAL_VEHICLES", 40_000, f"{YEAR}-02-01")
    sold(api, lorry, 200_000)
    ((pool,), _account) = report(api)
    assert figures(pool) == [100_000, -60_000, 0, 14_400, -45_600]

    tool = bought(api, "MACHINERY_AND_PLANT", 100_000, "2023-02-01")
    sold(api, tool, 117_500, "2023-06-01")
    (_lorries, machines), _account = report(api, 2024)
    assert figures(machines) == [-14_000, -14_000, 0, 14_000, 0]


def test_the_example_of_the_gain_and_loss_account(api: Snapbooks) -> None:
    """100,000 at the start of the year, 20,000 of it income: what the year before left of a gain of 125,000."""
    ship = bought(api, "SHIPS_AND_VESSELS", 100_000, "2023-02-01")
    assert report(api, 2023)[1] == {"rate": "0.20", "opening": 0, "transferred": 0, "income": 0, "closing": 0}
    sold(api, ship, 211_000, "2024-06-01")
    (pool,), account = report(api, 2024)
    assert (pool["opening"], pool["gain_loss"]) == (86_000, 125_000)
    assert account == {"rate": "0.20", "opening": 0, "transferred": 125_000, "income": 25_000, "closing": 100_000}
    assert report(api) == (
        [],
        {"rate": "0.20", "opening": 100_000, "transferred": 0, "income": 20_000, "closing": 80_000},
    )


def test_a_loss_is_deducted_year_by_year(api: Snapbooks) -> None:
    plane = opened(api, "f", 100_000)
    sold(api, plane, 0)
    assert report(api)[1] == {
        "rate": "0.20",
        "opening": 0,
        "transferred": -100_000,
        "income": -20_000,
        "closing": -80_000,
    }


def test_a_report_of_nothing_has_an_account_of_nothing(api: Snapbooks) -> None:
    assert report(api) == ([], {"rate": "0.20", "opening": 0, "transferred": 0, "income": 0, "closing": 0})


def test_each_movement_raises_or_lowers_the_basis(api: Snapbooks) -> None:
    asset = opened(api, "d", 100_000)
    for name, basis in (
        ("improvements", 107_000.25),
        ("gains_reinvested", 107_000.25),
        ("grants", 92_999.75),
        ("split_out", 92_999.75),
        ("grants_repaid", 92_999.75),
        ("gain_write_downs", 92_999.75),
        ("input_tax", 107_000.25),
    ):
        moved(api, asset, {name: 7_000.25})
        ((pool,), _account) = report(api)
        assert (pool[name], pool["basis"]) == (Decimal("7000.25"), Decimal(str(basis))), name
    moved(api, asset, {"input_tax": -7_000.25})
    assert report(api)[0][0]["basis"] == Decimal("92999.75")


def test_movements_replace_what_was_said_before_and_post_nothing(api: Snapbooks) -> None:
    asset = opened(api, "d", 100_000)
    before = api.read_back()
    moved(api, asset, {"improvements": 5, "grants": 3})
    moved(api, asset, {"grants": 1}, YEAR + 1)
    assert moved(api, asset, {"improvements": 7})["grants"] == 0
    assert report(api)[0][0]["improvements"] == 7
    assert report(api, YEAR + 1)[0][0]["grants"] == 1
    assert moved(api, asset, {}) == {"asset_id": asset, "year": YEAR, **NOTHING}
    assert figures(report(api)[0][0]) == [100_000, 100_000, 20_000, 0, 80_000]
    assert api.read_back() == before


def test_what_moves_no_pool(api: Snapbooks) -> None:
    tool, goodwill = opened(api, "d", 100_000), opened(api, "b", 100_000)
    land = bought(api, "LAND", 100, "2024-01-01")
    nothing = int(api.asset()["id"])
    gone = opened(api, "d", 50_000)
    sold(api, gone, 40_000)
    moved(api, tool, {"improvements": 1}, 2027)
    before = (api.read_back(), report(api), report(api, 2027))
    for asset, year, movements, said in (
        (nothing, YEAR, {"grants": 1}, "acquired"),
        (land, YEAR, {"grants": 1}, "no tax pool"),
        (goodwill, YEAR, {"improvements": 1}, "only bought"),
        (tool, YEAR - 2, {"grants": 1}, "acquired in 2024"),
        (gone, YEAR + 1, {"grants": 1}, "2025"),
        (tool, YEAR, {"grants": -1}, "grants"),
        (tool, YEAR, {"grants": 0.001}, "grants"),
        (tool, YEAR, {"grants": "1"}, "grants"),
        (tool, YEAR, {"input_tax": 1e14}, "input_tax"),
    ):
        status, message = api.control("PUT", f"/assets/{asset}/tax-movements/{year}", movements).refused
        assert (status, said in message) == (400, True), message
    for year in ("1899", "3000", "x"):
        assert api.control("PUT", f"/assets/{tool}/tax-movements/{year}", {}).refused[0] == 404
    assert api.control("GET", "/assets/999/tax-movements/2024").refused[0] == 404
    body = {"date": "2026-12-31", "proceeds": 0}
    status, message = api.control("POST", f"/assets/{tool}/dispose", body).refused
    assert (status, "2027" in message) == (400, True), message
    assert (api.read_back(), report(api), report(api, 2027)) == before
    sold(api, tool, 0, "2027-01-01")
