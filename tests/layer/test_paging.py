"""Cursors on every list that has them (facts/layer.md 6.4, DECISIONS 18)."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from tests.layer.client import Layer

DAYS = ("2024-03-01", "2024-01-01", "2024-02-01", "2024-03-01", "2024-01-15", "2024-02-01", "2023-12-31")
LISTS = [
    ("/assets", "created_at"),
    ("/assets/value-updates", "date"),
    ("/assets/value-updates", "created_at"),
    ("/ledger/entries", "entry_at"),
    ("/ledger/entries", "entry_number"),
    ("/ledger/entries", "created_at"),
    ("lines", "entry_at"),
    ("lines", "entry_number"),
    ("lines", "created_at"),
]


@pytest.fixture
def filled(layer: Layer) -> Layer:
    """Seven assets; seven value updates of the first, in an order of dates that is not theirs."""
    layer.asset()
    for number in range(6):
        layer.asset(f"asset {number}")
    for day in DAYS:
        layer.value_update(date=f"{day}T00:00:00Z")
    return layer


def path_of(layer: Layer, name: str) -> str:
    if name != "lines":
        return name
    account = layer.get("/assets").data[0]["accumulated_depreciation_account"]["id"]["id"]
    return f"/ledger/accounts/{account}/lines"


@pytest.mark.parametrize(("name", "sort"), LISTS)
@pytest.mark.parametrize("order", ["ASC", "DESC"])
def test_pages_of_any_size_give_every_row_once_and_in_order(filled: Layer, name: str, sort: str, order: str) -> None:
    """layer.R14, R15, R16, M10."""
    path = path_of(filled, name)
    whole = filled.get(path, sort_by=sort, sort_order=order).data
    assert len(whole) == 7
    for limit in (1, 2, 3, 7, 8):
        assert filled.walk(path, sort_by=sort, sort_order=order, limit=limit) == whole
    ascending = filled.get(path, sort_by=sort).data
    assert whole == (ascending if order == "ASC" else ascending[::-1])
    if sort in ("date", "entry_at"):
        dates = [row[sort] for row in ascending]
        assert dates == sorted(dates)


@pytest.mark.parametrize(("name", "sort"), LISTS)
def test_the_meta_tells_of_the_page_and_counts_when_asked(filled: Layer, name: str, sort: str) -> None:
    path = path_of(filled, name)
    meta = filled.get(path, sort_by=sort, limit=2, show_total_count="true").json()["meta"]
    cursor = meta["pagination"].pop("cursor")
    assert meta == {
        "type": "request_metadata",
        "pagination": {"sort_by": sort, "sort_order": "ASC", "has_more": True, "total_count": 7},
    }
    assert cursor
    last = filled.get(path, sort_by=sort).json()["meta"]["pagination"]
    assert (last["cursor"], last["has_more"], last["total_count"]) == (None, False, None)


@pytest.mark.parametrize("name", ["/ledger/entries", "lines"])
@pytest.mark.parametrize("sort", ["entry_at", "entry_number", "created_at"])
def test_entries_and_lines_can_be_limited_to_days(filled: Layer, name: str, sort: str) -> None:
    path, days = path_of(filled, name), {"start_date": "2024-01-01T23:00:00Z", "end_date": "2024-02-01T00:00:00Z"}
    rows = filled.walk(path, sort_by=sort, limit=2, **days)
    wanted = [day for day in DAYS if "2024-01-01" <= day <= "2024-02-01"]
    expected = sorted(wanted) if sort == "entry_at" else wanted
    assert [row["entry_at"][:10] for row in rows] == expected
    reply = filled.get(path, sort_by=sort, limit=1, show_total_count="true", **days).json()
    assert reply["meta"]["pagination"]["total_count"] == len(wanted)
    assert filled.get(path, start_date="2030-01-01T00:00:00Z").data == []


@pytest.mark.parametrize(
    "query",
    [
        {"sort_by": "created_at"},
        {"sort_order": "DESC"},
        {"cursor": "nonsense"},
        {"cursor": ""},
        {"cursor": "ümlaut"},
        {"cursor": urlsafe_b64encode(b"date ASC 5").decode()},
        {"sort_by": "amount"},
        {"sort_order": "UP"},
    ],
)
def test_a_cursor_of_another_sort_or_none_of_ours_is_refused(filled: Layer, query: dict[str, str]) -> None:
    cursor = filled.get("/assets/value-updates", limit=2).json()["meta"]["pagination"]["cursor"]
    reply = filled.get("/assets/value-updates", **{"cursor": cursor, **query})
    assert reply.status == 400
    assert reply.error["type"] == "PaginationCursor"
    assert reply.error["meta"]["pointer"] in {"/cursor", "/sort_by", "/sort_order"}


@pytest.mark.parametrize("position", ["5 ", "1_0", "+5", "", "x", "9" * 5000])
def test_a_cursor_with_a_position_that_no_page_has_given_is_refused(filled: Layer, position: str) -> None:
    cursor = filled.get("/assets/value-updates", limit=2).json()["meta"]["pagination"]["cursor"]
    sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().rpartition(" ")[0]
    forged = urlsafe_b64encode(f"{sealed} {position}".encode()).decode().rstrip("=")
    assert filled.get("/assets/value-updates", cursor=forged).said == (400, "SpecifiedBadRequest", "/cursor")


def test_a_cursor_of_another_list_is_refused(filled: Layer) -> None:
    filled.other().asset()
    filled.other().asset("another")
    days = {"start_date": "2024-01-01T00:00:00Z"}
    account = filled.get("/ledger/chart").data["accounts"][0]["id"]["id"]
    lists = [
        (filled, "/assets", {}),
        (filled.other(), "/assets", {}),
        (filled, "/assets/value-updates", {}),
        (filled, "/ledger/entries", {}),
        (filled, "/ledger/entries", days),
        (filled, path_of(filled, "lines"), {}),
        (filled, path_of(filled, "lines"), days),
        (filled, f"/ledger/accounts/{account}/lines", {}),
    ]
    pages = [one.get(path, sort_by="created_at", limit=1, **span).json() for one, path, span in lists]
    cursors = [page["meta"]["pagination"]["cursor"] for page in pages]
    for own, (one, path, span) in enumerate(lists):
        for of, cursor in enumerate(cursors):
            if cursor is not None:
                reply = one.get(path, sort_by="created_at", cursor=cursor, **span)
                assert (reply.status, "errors" in reply.json()) == ((200, False) if of == own else (400, True))
    assert cursors.count(None) == 1


def test_a_cursor_holds_for_the_same_days_however_they_are_written(filled: Layer) -> None:
    path, sort = "/ledger/entries", {"sort_by": "entry_number", "limit": 2}
    cursor = filled.get(path, start_date="2024-01-01T00:00:00Z", **sort).json()["meta"]["pagination"]["cursor"]
    assert filled.get(path, start_date="2024-01-01T13:00:00+01:00", cursor=cursor, **sort).status == 200


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "1.0", "9" * 400, ""])
def test_a_limit_out_of_range_is_refused(filled: Layer, limit: str) -> None:
    assert filled.get("/assets", limit=limit).pointers == {"/limit"}


def test_a_parameter_given_twice_is_refused(filled: Layer) -> None:
    path = f"/v1/businesses/{filled.business_id}/assets"
    assert filled.raw("GET", path, query="limit=1&limit=2").pointers == {"/limit"}


def test_a_walk_during_writes_gives_what_lasted_once(filled: Layer) -> None:
    lasting = [row["id"] for row in filled.walk("/assets/value-updates")]
    seen, cursor = [], {}
    while True:
        reply = filled.get("/assets/value-updates", limit=2, **cursor)
        seen += [row["id"] for row in reply.data]
        for day in ("2023-01-01", "2024-01-20", "2025-01-01"):
            filled.value_update(date=f"{day}T00:00:00Z", amount=1)
        cursor = {"cursor": reply.json()["meta"]["pagination"]["cursor"]}
        if set(lasting) <= set(seen):
            break
    assert [one for one in seen if one in lasting] == lasting


def test_a_negative_time_before_1970_is_a_place_like_any_other(layer: Layer) -> None:
    layer.asset()
    for day in ("0001-01-01", "1969-12-31", "1970-01-01"):
        layer.value_update(date=f"{day}T00:00:00Z")
    dates = [row["date"][:10] for row in layer.walk("/assets/value-updates", limit=1)]
    assert dates == ["0001-01-01", "1969-12-31", "1970-01-01"]
