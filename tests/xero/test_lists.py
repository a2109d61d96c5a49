"""Lists of assets: pages, order, filter, and what an item leaves out (xero.R11 to R21)."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.xero.client import COMPUTERS, Xero


def numbers(items: list[Any]) -> list[str]:
    return [item["assetNumber"] for item in items]


def some(xero: Xero, many: int) -> None:
    for place in range(many):
        xero.draft(f"N-{place:03}")


def test_a_list_without_page_and_size_is_the_first_ten(xero: Xero) -> None:
    some(xero, 11)
    found = xero.get("/Assets", status="DRAFT").data
    pagination = found["pagination"]
    assert {name: pagination[name] for name in ("page", "pageSize", "pageCount", "itemCount")} == {
        "page": 1,
        "pageSize": 10,
        "pageCount": 2,
        "itemCount": 11,
    }
    assert len(found["items"]) == 10


@pytest.mark.parametrize("size", [1, 2, 3, 10, 199, 200])
def test_walking_the_pages_gives_every_asset_once(xero: Xero, size: int) -> None:
    some(xero, 7)
    walked = xero.walk(status="DRAFT", pageSize=size)
    assert sorted(numbers(walked)) == [f"N-{place:03}" for place in range(7)]


def test_a_page_beyond_the_end_is_empty_and_so_is_an_empty_list(xero: Xero) -> None:
    some(xero, 3)
    beyond = xero.get("/Assets", status="DRAFT", page=2**31 - 1, pageSize=200).data
    assert (beyond["items"], beyond["pagination"]["itemCount"], beyond["pagination"]["pageCount"]) == ([], 3, 1)
    none = xero.get("/Assets", status="DISPOSED").data
    assert (none["items"], none["pagination"]["itemCount"], none["pagination"]["pageCount"]) == ([], 0, 0)


def test_links_lead_to_the_first_next_and_last_page(xero: Xero) -> None:
    some(xero, 5)
    query: dict[str, Any] = {"status": "DRAFT", "pageSize": 2, "orderBy": "AssetNumber"}
    links = xero.get("/Assets", **query).data["pagination"]["links"]
    assert links.keys() == {"first", "next", "last"}
    path, _, text = links["next"]["href"].partition("?")
    assert numbers(xero.raw("GET", path, query=text).data["items"]) == ["N-002", "N-003"]
    assert xero.get("/Assets", page=3, **query).data["pagination"]["links"].keys() == {"first", "last"}


@pytest.mark.parametrize("size", [0, -1, "ten", "1e1", 201])
def test_page_sizes_that_are_none_are_400(xero: Xero, size: object) -> None:
    assert xero.get("/Assets", status="DRAFT", pageSize=size).status == 400
    assert xero.get("/Assets", status="DRAFT", page=0).fields.keys() == {"Page"}


@pytest.mark.parametrize("status", [None, "", "draft", "Draft", "ALL"])
def test_a_missing_or_misspelt_status_is_403(xero: Xero, status: str | None) -> None:
    query = {} if status is None else {"status": status}
    assert xero.get("/Assets", **query).gateway[0] == 403
    assert xero.get("/Assets", **query, pageSize=201).status == 403


def test_a_list_holds_the_assets_of_its_status(xero: Xero) -> None:
    xero.draft("D")
    registered, gone = xero.registered("R"), xero.registered("G")
    body = {"date": "2024-02-29", "price": 1000}
    assert xero.control("POST", f"/assets/{gone['assetId']}/dispose", body).status == 200
    for status, number in (("DRAFT", "D"), ("REGISTERED", "R"), ("DISPOSED", "G")):
        (item,) = xero.get("/Assets", status=status).data["items"]
        assert item["assetNumber"] == number
        assert item["assetStatus"].upper() == status
    assert xero.get(f"/Assets/{registered['assetId']}").data["assetStatus"] == "Registered"


def test_an_unordered_list_is_newest_first(xero: Xero) -> None:
    for number, day in (("1", "2020-01-01"), ("2", "2021-01-01"), ("3", "2021-01-01"), ("4", None)):
        xero.draft(number, **({"purchaseDate": day} if day else {}))
    assert numbers(xero.walk(status="DRAFT", pageSize=3)) == ["3", "2", "1", "4"]


@pytest.mark.parametrize("order", ["AssetName", "ASSETNAME", "assetname"])
@pytest.mark.parametrize("direction", ["ASC", "asc", "Asc", None])
def test_order_and_direction_are_taken_in_any_casing(xero: Xero, order: str, direction: str | None) -> None:
    for name in ("b", "A", "c"):
        xero.draft(name, assetName=name)
    query = {} if direction is None else {"sortDirection": direction}
    assert numbers(xero.walk(status="DRAFT", orderBy=order, **query)) == ["A", "b", "c"]
    assert numbers(xero.walk(status="DRAFT", orderBy=order, sortDirection="desc")) == ["c", "b", "A"]


def test_a_direction_without_an_order_is_that_of_the_purchase_date(xero: Xero) -> None:
    for number, day in (("1", "2021-01-01"), ("2", "2020-01-01")):
        xero.draft(number, purchaseDate=day)
    assert numbers(xero.walk(status="DRAFT", sortDirection="ASC")) == ["2", "1"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("AssetType", ["3", "2", "1"]),
        ("AssetName", ["1", "3", "2"]),
        ("AssetNumber", ["1", "2", "3"]),
        ("PurchaseDate", ["2", "3", "1"]),
        ("PurchasePrice", ["2", "1", "3"]),
    ],
)
def test_each_order_orders_by_its_field_and_missing_values_come_first(
    xero: Xero, order: str, expected: list[str]
) -> None:
    kind = xero.kind("Aeroplanes").data["assetTypeId"]
    xero.draft("1", assetName="a", purchaseDate="2022-01-01", purchasePrice=9.5, assetTypeId=COMPUTERS)
    xero.draft("2", assetName="c", assetTypeId=kind)
    xero.draft("3", assetName="b", purchaseDate="2020-01-01", purchasePrice=10)
    assert numbers(xero.walk(status="DRAFT", orderBy=order, pageSize=2)) == expected
    assert numbers(xero.walk(status="DRAFT", orderBy=order, sortDirection="DESC", pageSize=2)) == expected[::-1]
    xero.post("/AssetTypes", {"assetTypeId": kind, "assetTypeName": "Zeppelins"})
    assert numbers(xero.walk(status="DRAFT", orderBy="AssetType")) == ["3", "1", "2"]


@pytest.mark.parametrize("order", ["DisposalDate", "DisposalPrice"])
def test_ordering_by_disposal_is_for_what_was_disposed_of(xero: Xero, order: str) -> None:
    """xero.R19."""
    for number, day, price in (("1", "2024-02-10", 900), ("2", "2024-02-05", 800)):
        asset = xero.registered(number)
        body = {"date": day, "price": price}
        assert xero.control("POST", f"/assets/{asset['assetId']}/dispose", body).status == 200
    assert numbers(xero.walk(status="DISPOSED", orderBy=order)) == ["2", "1"]
    for status in ("DRAFT", "REGISTERED"):
        assert xero.get("/Assets", status=status, orderBy=order).fields.keys() == {"OrderBy"}


def test_a_filter_looks_at_four_fields_whatever_the_case(xero: Xero) -> None:
    """xero.R20."""
    xero.draft("NAME", assetName="Forklift & co")
    xero.draft("forklift-7")
    xero.draft("DESC", description="two FORKLIFTS")
    xero.draft("TYPE", assetTypeId=xero.kind("Forklifts").data["assetTypeId"])
    xero.draft("SERIAL", serialNumber="forklift")
    xero.draft("OTHER", assetName="Fork", description="lift")
    found = xero.walk(status="DRAFT", filterBy="forkLift", orderBy="AssetNumber", pageSize=3)
    assert numbers(found) == ["DESC", "forklift-7", "NAME", "TYPE"]
    assert numbers(xero.walk(status="DRAFT", filterBy="lift & c")) == ["NAME"]
    assert xero.get("/Assets", status="DRAFT", filterBy="nothing").data["pagination"]["itemCount"] == 0
    assert len(xero.walk(status="DRAFT", filterBy="")) == 6
    assert xero.get("/Assets", status="DRAFT", filterBy="forklift", page=9).data["items"] == []


def test_an_item_is_the_asset_without_some_members(xero: Xero) -> None:
    """xero.R21."""
    made = xero.depreciable(description="d", serialNumber="s", warrantyExpiryDate="w")
    by_id = xero.get(f"/Assets/{made['assetId']}").data
    (item,) = xero.get("/Assets", status="DRAFT").data["items"]
    assert by_id.keys() - item.keys() == {"description", "serialNumber", "warrantyExpiryDate", "metaData"}
    differing = {name for name in item if item[name] != by_id[name]}
    assert differing == {"isDeleteEnabledForDate"}


def test_an_item_without_settings_has_no_detail_and_no_book_value(xero: Xero) -> None:
    made = xero.draft(purchasePrice=100)
    (item,) = xero.get("/Assets", status="DRAFT").data["items"]
    assert "bookDepreciationDetail" not in item
    assert (item["accountingBookValue"], made["accountingBookValue"]) == (0, 100)


DAYS = st.none() | st.sampled_from(["2020-01-01", "2021-05-05", "2022-09-09"])
DRAFTS = st.lists(st.tuples(st.text("abAB", min_size=1, max_size=2), DAYS, st.none() | st.integers(0, 3)), max_size=12)
KEYS = {
    "AssetName": lambda item: (item["assetName"].casefold(), item["assetName"]),
    "PurchaseDate": lambda item: item.get("purchaseDate", ""),
    "PurchasePrice": lambda item: item.get("purchasePrice", -1),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drafts=DRAFTS, order=st.sampled_from(sorted(KEYS)), descending=st.booleans(), size=st.integers(1, 5))
def test_any_list_is_the_sorted_one_cut_into_pages(
    sandbox: Any, drafts: Any, order: str, descending: bool, size: int
) -> None:
    xero = Xero(sandbox)
    Xero(sandbox, token=None).raw("POST", "/_sandbox/xero/reset")
    for place, (name, day, price) in enumerate(drafts):
        set_ = {"purchaseDate": day, "purchasePrice": price}
        xero.draft(f"{place:03}", assetName=name, **{key: value for key, value in set_.items() if value is not None})
    by_creation = sorted(xero.walk(status="DRAFT"), key=lambda item: item["assetNumber"])
    expected = sorted(by_creation, key=KEYS[order])
    walked = xero.walk(status="DRAFT", orderBy=order, sortDirection="DESC" if descending else "ASC", pageSize=size)
    assert numbers(walked) == numbers(expected[::-1] if descending else expected)


def test_a_page_of_200_takes_as_long_whatever_comes_before_it(xero: Xero) -> None:
    """Ten times the assets; the benchmarks look at a hundred times."""

    def quickest(page: int) -> float:
        best = 9.0
        for _ in range(12):
            start = process_time()
            assert len(xero.get("/Assets", status="DRAFT", pageSize=200, page=page).data["items"]) == 200
            best = min(best, process_time() - start)
        return best

    some(xero, 300)
    few = quickest(1)
    for place in range(300, 3000):
        xero.draft(f"N-{place:04}")
    assert quickest(14) < 2 * few
