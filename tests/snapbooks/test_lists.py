"""Lists: pages of every size, whose assets, and what is put into them (DECISIONS 33)."""

from __future__ import annotations

from time import process_time

import pytest

from mock_server.app import open_sandbox
from tests.snapbooks.client import FOREIGN, NOWHERE, OWN, SHARED, USER, Json, Snapbooks


def ids(rows: list[Json]) -> list[int]:
    return [row["id"] for row in rows]


@pytest.fixture
def many(api: Snapbooks) -> Snapbooks:
    """23 assets: 11 of the user's own account, 7 of the shared one, 5 of the other's, in turns."""
    for turn in range(11):
        api.asset(f"Own {turn}")
        if turn < 7:
            api.other().asset(f"Shared {turn}", SHARED)
        if turn < 5:
            api.other().asset(f"Foreign {turn}", FOREIGN)
    return api


@pytest.mark.parametrize("per_page", [1, 2, 3, 7, 11, 18, 19, 100, 101, 2**31 - 1])
def test_pages_of_any_size_hold_every_asset_once_in_order(many: Snapbooks, per_page: int) -> None:
    everything = many.walk(per_page=per_page)
    assert len(everything) == 18
    assert ids(everything) == sorted(ids(everything))
    assert {row["client_account_id"] for row in everything} == {OWN, SHARED}
    own = many.walk(per_page=per_page, client_account_id=OWN)
    assert [row["sequence_number"] for row in own] == list(range(1, 12))


def test_a_list_holds_what_its_user_may_see(many: Snapbooks) -> None:
    assert {row["client_account_id"] for row in many.other().walk()} == {SHARED, FOREIGN}
    assert len(many.walk(client_account_id=SHARED)) == len(many.other().walk(client_account_id=SHARED)) == 7


@pytest.mark.parametrize(
    ("query", "meta"),
    [
        ({}, {"page": 1, "pages": 1, "per_page": 100, "records": 11}),
        ({"per_page": 5}, {"page": 1, "pages": 3, "per_page": 5, "records": 11}),
        ({"per_page": 5, "page": 3}, {"page": 3, "pages": 3, "per_page": 5, "records": 11}),
        ({"per_page": 11}, {"page": 1, "pages": 1, "per_page": 11, "records": 11}),
        ({"per_page": 10, "page": 2}, {"page": 2, "pages": 2, "per_page": 10, "records": 11}),
        ({"per_page": 101}, {"page": 1, "pages": 1, "per_page": 100, "records": 11}),
        ({"page": 2}, {"page": 2, "pages": 1, "per_page": 100, "records": 11}),
        ({"page": 2**31 - 1, "per_page": 100}, {"page": 2**31 - 1, "pages": 1, "per_page": 100, "records": 11}),
    ],
)
def test_meta_tells_the_page_its_size_and_how_much_there_is(
    many: Snapbooks, query: dict[str, int], meta: dict[str, int]
) -> None:
    found = many.page(client_account_id=OWN, **query)
    assert found["meta"] == meta
    rows = meta["records"] - (meta["page"] - 1) * meta["per_page"]
    assert len(found["data"]) == max(0, min(meta["per_page"], rows))


def test_an_empty_list_has_no_pages(api: Snapbooks) -> None:
    assert api.page() == {"data": [], "meta": {"page": 1, "pages": 0, "per_page": 100, "records": 0}}


def test_inactive_assets_are_left_out_unless_they_are_asked_for(api: Snapbooks) -> None:
    first, second = api.asset()["id"], api.asset()["id"]
    api.call("DELETE", f"/assets/{first}")
    assert ids(api.page()["data"]) == ids(api.page(is_active="true")["data"]) == [second]
    assert ids(api.page(is_active="false")["data"]) == [first]
    assert ids(api.page(is_active="null")["data"]) == [first, second]
    assert api.get("/assets", is_active="maybe").refused[0] == 400


@pytest.mark.parametrize(
    "including", ["client_account", "created_by", "client_account, created_by", "", "updated_by,x"]
)
def test_an_item_shows_what_its_id_shows_and_what_was_asked_for(api: Snapbooks, including: str) -> None:
    asset = api.asset()
    (listed,) = api.page(including=including)["data"]
    wanted = {name.strip() for name in including.split(",")} & {"client_account", "created_by"}
    assert listed.keys() - asset.keys() == wanted
    assert {**listed, **asset} == listed
    assert api.call("GET", f"/assets/{asset['id']}", query=f"with={including.replace(' ', '%20')}").data == listed


def test_with_may_be_repeated_and_nothing_else_may(api: Snapbooks) -> None:
    asset = api.asset()
    path = f"/assets/{asset['id']}"
    both = api.call("GET", path, query="with=created_by&with=client_account").data
    assert both.keys() - asset.keys() == {"client_account", "created_by"}
    assert api.call("GET", "/assets", query="page=1&page=1").refused[0] == 400


def test_with_does_nothing_where_the_page_does_not_have_it(api: Snapbooks) -> None:
    body = {"name": "A", "client_account_id": OWN}
    asset = api.call("POST", "/assets", body, query="with=created_by").data
    assert "created_by" not in asset
    for method, sent in (("PUT", {"name": "B"}), ("DELETE", None)):
        assert "created_by" not in api.call(method, f"/assets/{asset['id']}", sent, query="with=created_by").data
    assert len(api.call("GET", "/asset-classes", query="with=created_by&page=2&per_page=1").data) == 18


def test_a_strict_sandbox_refuses_what_a_lenient_one_makes_sense_of() -> None:
    lenient = Snapbooks(open_sandbox(["snapbooks"], seed=1))
    strict = Snapbooks(open_sandbox(["snapbooks"], seed=1, switches={"strict_lists": True}))
    for api in (lenient, strict):
        api.asset()
    for query in ({"per_page": 101}, {"page": 2}, {"with": "statistics"}):
        assert lenient.get("/assets", **query).status == 200
        assert strict.get("/assets", **query).refused[0] == 400
    for query in ({"per_page": 100, "page": 1}, {"with": "created_by"}):
        assert strict.get("/assets", **query).status == 200
    assert strict.get("/assets", client_account_id=SHARED).status == 200  # an empty list has a first page


def test_the_later_revision_has_smaller_pages_and_shows_what_the_books_know() -> None:
    api = Snapbooks(open_sandbox(["snapbooks"], seed=1, switches={"newer_revision": True}))
    asset = api.asset()
    newer = {name: asset[name] for name in ("asset_class", "acquisition_date", "retirement_date", "auto_depreciate")}
    assert newer == {"asset_class": None, "acquisition_date": None, "retirement_date": None, "auto_depreciate": False}
    assert api.page()["meta"]["per_page"] == 50
    for path, body in (
        ("acquire", {"class": "MOTOR_VEHICLES", "cost": 300000, "date": "2024-03-15"}),
        ("dispose", {"date": "2025-02-01", "proceeds": 200000}),
    ):
        assert api.control("POST", f"/assets/{asset['id']}/{path}", body).status == 200
    shown = api.call("DELETE", f"/assets/{asset['id']}").data
    assert (shown["asset_class"], shown["acquisition_date"], shown["retirement_date"]) == (
        "MOTOR_VEHICLES",
        "2024-03-15",
        "2025-02-01",
    )
    assert shown.keys() == asset.keys()


def test_is_active_may_be_left_out_until_it_is_false() -> None:
    api = Snapbooks(open_sandbox(["snapbooks"], seed=1, switches={"is_active_only_when_false": True}))
    asset = api.asset()
    assert "is_active" not in asset
    assert "is_active" not in api.page()["data"][0]
    assert api.call("DELETE", f"/assets/{asset['id']}").data["is_active"] is False
    assert api.get(f"/assets/{asset['id']}").data["is_active"] is False


def test_whose_asset_it_is_and_who_made_it_is_told_of_each(api: Snapbooks) -> None:
    api.asset("A", SHARED)
    api.other().asset("B", SHARED)
    rows = api.page(including="client_account,created_by")["data"]
    assert [row["client_account"]["id"] for row in rows] == [SHARED, SHARED]
    assert [row["created_by"]["id"] for row in rows] == [USER, USER + 1]


def test_a_client_account_that_is_not_there_is_no_empty_list(api: Snapbooks) -> None:
    assert api.get("/assets", client_account_id=NOWHERE).refused == (403, f"No access to client account {NOWHERE}")


@pytest.mark.parametrize("query", [{}, {"client_account_id": OWN}])
def test_a_page_takes_as_long_whatever_comes_before_it(api: Snapbooks, query: dict[str, int]) -> None:
    """Ten times the assets; the benchmarks look at a hundred times."""

    def quickest(page: int) -> float:
        best = 9.0
        for _ in range(12):
            start = process_time()
            assert len(api.page(page=page, **query)["data"]) == 100
            best = min(best, process_time() - start)
        return best

    def make(count: int) -> None:
        for number in range(count):
            api.asset(of=OWN if query or number % 2 else SHARED)

    make(200)
    few = quickest(1)
    make(1800)
    assert quickest(20) < 2 * few
