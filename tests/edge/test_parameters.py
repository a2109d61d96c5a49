"""Parameters are what the document says, by their JSON spelling, once each."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.app import serve
from mock_server.http.parameters import UnsupportedParameter
from tests.edge.conftest import AUTHORIZED, Served
from tests.edge.exchange import InProcess
from tests.edge.toy import DOCUMENT, SHELF, THINGS, Toy, toy_app, toy_mounts


def asked(api: Served, query: str) -> dict[str, Any]:
    """What the handler sees of this query string."""
    api.toy.asked.clear()
    assert api.get(f"{THINGS}?{query}").status == 200
    values: dict[str, Any] = api.toy.asked[-1].query
    return values


@pytest.mark.parametrize("text", ["Newest", "newest", "NEWEST", "nEWEST"])
def test_an_enum_may_be_taken_in_any_casing_and_is_handed_on_as_it_is_written(text: str) -> None:
    toy, document = Toy(), deepcopy(DOCUMENT)
    order = {"name": "order", "in": "query", "schema": {"type": "string", "enum": ["Newest", "Oldest"]}}
    document["paths"]["/shelves/{shelfId}/things"]["get"]["parameters"].append(order)
    for any_casing, status in ((False, 200 if text == "Newest" else 400), (True, 200)):
        order["schema"]["x-any-casing"] = any_casing  # type: ignore[index]
        served = InProcess(serve(toy_mounts(toy, document)))
        assert served.send("GET", f"{THINGS}?order={text}", [AUTHORIZED]).status == status
        assert served.send("GET", f"{THINGS}?order=newest%00", [AUTHORIZED]).status == 400
        assert served.send("GET", f"{THINGS}?order=new", [AUTHORIZED]).status == 400
    assert toy.asked[-1].query["order"] == "Newest"


def test_a_text_that_is_given_more_than_once_may_be_one_text_where_the_document_says_so() -> None:
    toy, document = Toy(), deepcopy(DOCUMENT)
    related: dict[str, Any] = {"name": "with", "in": "query", "schema": {"type": "string", "maxLength": 5}}
    document["paths"]["/shelves/{shelfId}/things"]["get"]["parameters"].append(related)
    for joined, status in ((None, 400), (",", 200)):
        if joined is not None:
            related["schema"]["x-joined"] = joined
        served = InProcess(serve(toy_mounts(toy, document)))
        assert served.send("GET", f"{THINGS}?with=a&with=b,c", [AUTHORIZED]).status == status
        assert served.send("GET", f"{THINGS}?with=a", [AUTHORIZED]).status == 200
        assert served.send("GET", f"{THINGS}?with=abc&with=def", [AUTHORIZED]).status == 400
    assert [asked.query["with"] for asked in toy.asked] == ["a", "a,b,c", "a"]


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", {"limit": 5}),
        ("limit=9", {"limit": 9}),
        ("loose=true&limit=1", {"limit": 1, "loose": True}),
        ("loose=false", {"limit": 5, "loose": False}),
        ("ratio=1.10", {"limit": 5, "ratio": Decimal("1.10")}),
        ("ratio=-1e3", {"limit": 5, "ratio": Decimal(-1000)}),
        ("tag=1&tag=2&tag=1", {"limit": 5, "tag": [1, 2, 1]}),
        ("name=a%20b+c", {"limit": 5, "name": "a b c"}),
        ("name=", {"limit": 5, "name": ""}),
        ("name=%C3%A9%F0%9F%98%80", {"limit": 5, "name": "é\U0001f600"}),
        ("since=2024-01-31T00:00:00%2B01:00", {"limit": 5, "since": "2024-01-31T00:00:00+01:00"}),
        (f"owner={SHELF.upper()}", {"limit": 5, "owner": SHELF}),
        ("&&limit=3&", {"limit": 3}),
        ("LIMIT=3", {"limit": 5}),
        ("limit[]=3", {"limit": 5}),
    ],
)
def test_a_text_becomes_the_value_that_its_schema_means(api: Served, query: str, values: dict[str, Any]) -> None:
    assert asked(api, query) == values


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ("limit=0", "/limit"),
        ("limit=10", "/limit"),
        ("limit=%D9%A3", "/limit"),
        (f"limit={'1' * 5000}", "/limit"),
        ("loose=True", "/loose"),
        ("loose=1", "/loose"),
        ("loose", "/loose"),
        ("ratio=NaN", "/ratio"),
        ("ratio=1.", "/ratio"),
        ("ratio=.5", "/ratio"),
        ("ratio=1e9999", "/ratio"),
        ("tag=1&tag=x", "/tag"),
        ("since=2024-01-31T00:00:00+01:00", "/since"),
        ("name=%00", "/name"),
        ("name=" + "x" * 21, "/name"),
    ],
)
def test_any_other_text_is_refused_at_its_parameter(both: Served, query: str, at: str) -> None:
    reply = both.get(f"{THINGS}?{query}")
    assert reply.status == 400
    assert [(fault["where"], fault["at"]) for fault in reply.faults] == [("QUERY", at)]
    assert both.toy.asked == []


@pytest.mark.parametrize("query", ["name=%FF", "%FF=1", "name=%ED%A0%80"])
def test_a_query_that_is_not_utf_8_is_refused(both: Served, query: str) -> None:
    assert both.get(f"{THINGS}?{query}").faults[0]["message"] == "the query string is not UTF-8"


def test_a_query_is_not_read_where_none_is_documented(api: Served) -> None:
    assert api.get("/toy/v1/ping?x=%FF&x=1").status == 200


def test_an_uppercase_uuid_in_the_path_is_the_same_uuid(api: Served) -> None:
    assert api.get(THINGS.replace(SHELF, SHELF.upper())).status == 200
    assert api.toy.asked[-1].path == {"shelfId": SHELF}


@given(st.integers(-(2**63), 2**63 - 1))
def test_every_int64_passes_through_a_path(in_process: Served, number: int) -> None:
    assert in_process.get(f"/toy/v1/counters/{number}").json()["path"] == {"number": number}


def test_headers_are_found_in_any_casing_and_only_if_documented(api: Served) -> None:
    api.get(THINGS, ("x-TRACE", SHELF), ("X-Other", "1"))
    assert api.toy.asked[-1].headers == {"x-trace": SHELF}


@pytest.mark.parametrize("headers", [[("X-Trace", "me")], [("X-Trace", SHELF), ("X-Trace", SHELF)]])
def test_a_wrong_or_repeated_header_is_refused(both: Served, headers: list[tuple[str, str]]) -> None:
    reply = both.get(THINGS, *headers)
    assert reply.status == 400
    assert [(fault["where"], fault["at"]) for fault in reply.faults] == [("HEADER", "/X-Trace")]


def test_what_is_required_is_missed_by_name(api: Served) -> None:
    no_header = api.get("/toy/v1/required")
    assert [(fault["where"], fault["at"]) for fault in no_header.faults] == [("HEADER", "/X-Scope")]
    no_query = api.get("/toy/v1/required", ("X-Scope", "1"))
    assert [(fault["at"], fault["keyword"]) for fault in no_query.faults] == [("/mode", "required")]
    assert api.get("/toy/v1/required?mode=b", ("X-Scope", "1")).status == 200
    wrong = api.get("/toy/v1/required?mode=c", ("X-Scope", "1"))
    assert [fault["message"] for fault in wrong.faults] == ['must be "a" or "b"']


def test_headers_are_there_for_admit_before_they_are_judged() -> None:
    seen: list[dict[str, str]] = []
    toy = Toy()
    mounts = toy_mounts(toy)
    mounts[0].surface = replace(toy.surface(), admit=lambda request: seen.append(dict(request.headers)))
    exchange = InProcess(serve(mounts))
    assert exchange.send("GET", THINGS, [AUTHORIZED, ("X-Trace", "me")]).status == 400
    assert seen == [{"x-trace": "me"}]


def test_a_cookie_parameter_is_refused_when_the_server_is_built() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/ping"]["get"]["parameters"] = [{"name": "c", "in": "cookie", "schema": {"type": "string"}}]
    with pytest.raises(UnsupportedParameter, match="cookie parameter c"):
        toy_app(Toy(), document)
