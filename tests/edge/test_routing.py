"""A path leads to one operation, and a literal one always wins."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.app import serve
from mock_server.http.routing import ANY_CASING, TRAILING_SLASHES, PathItem, Table, segments_of
from tests.edge.conftest import AUTHORIZED, Served
from tests.edge.exchange import InProcess, scope
from tests.edge.toy import DOCUMENT, SHELF, THINGS, Toy, toy_app, toy_mounts

TEMPLATES = ["/a/{x}", "/a/b", "/a/{x}/c", "/a/b/{y}", "/{z}/b"]


def table_of(templates: list[str]) -> tuple[Table, dict[str, PathItem]]:
    table = Table()
    return table, {template: table.add("/v1", template) for template in templates}


@given(st.permutations(TEMPLATES))
def test_the_order_of_the_document_does_not_matter(templates: list[str]) -> None:
    table, items = table_of(templates)
    for path, template, texts in [
        ("/a/b", "/a/b", []),
        ("/a/z", "/a/{x}", ["z"]),
        ("/a/b/c", "/a/b/{y}", ["c"]),
        ("/a/z/c", "/a/{x}/c", ["z"]),
        ("/q/b", "/{z}/b", ["q"]),
    ]:
        assert table.find(f"/v1{path}".split("/")[1:]) == (items[template], texts)


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/a", "/v1/a/", "/v1/a//c", "/v1/a/b/", "/a/b", "/v1/a/z/d", ""])
def test_what_no_template_covers_is_not_found(path: str) -> None:
    table, _ = table_of(TEMPLATES)
    assert table.find(path.split("/")[1:]) is None


def test_a_template_is_tried_where_the_literal_leads_nowhere() -> None:
    table, items = table_of(["/a/b/c", "/a/{x}/d"])
    assert table.find(["v1", "a", "b", "d"]) == (items["/a/{x}/d"], ["b"])


def test_paths_answer_in_any_casing_only_where_their_document_says_so() -> None:
    table = Table()
    strict = table.add("/v1", "/Assets/{id}")
    lenient = table.add("/Xe", "/Assets/{id}", any_casing=True)
    assert table.find(["v1", "Assets", "A"]) == (strict, ["A"])
    assert table.find(["v1", "assets", "A"]) is None
    assert table.find(["xE", "aSSets", "A"]) == (lenient, ["A"])


def test_a_document_asks_for_slashes_at_the_end_at_its_root() -> None:
    for asked, status in ((False, 404), (True, 200)):
        served = InProcess(serve(toy_mounts(Toy(), deepcopy(DOCUMENT) | {TRAILING_SLASHES: asked})))
        assert served.send("GET", THINGS, [AUTHORIZED]).status == 200
        assert served.send("GET", f"{THINGS}/", [AUTHORIZED]).status == status
        assert served.send("GET", f"{THINGS}//", [AUTHORIZED]).status == 404
        assert served.send("PATCH", f"{THINGS}/", [AUTHORIZED]).status == (405 if asked else 404)


def test_a_document_asks_for_any_casing_at_its_root() -> None:
    document = deepcopy(DOCUMENT) | {ANY_CASING: True}
    exchange = InProcess(serve(toy_mounts(Toy(), document)))
    assert exchange.send("GET", "/TOY/V1/Ping").status == 200
    refused = exchange.send("GET", "/TOY/V1/Nothing")
    assert (refused.status, refused.faults[0]["where"]) == (404, "ROUTE")


@pytest.mark.parametrize(
    ("target", "segments"),
    [
        ("/a/b", ["a", "b"]),
        ("/a%2Fb", ["a/b"]),
        ("/%61", ["a"]),
        ("/a/", ["a", ""]),
        ("//a", ["", "a"]),
        ("/%C3%A9", ["é"]),
        ("/%FF", ["\udcff"]),
        ("/%zz", ["%zz"]),
        ("*", []),
    ],
)
def test_a_path_is_split_before_it_is_decoded(target: str, segments: list[str]) -> None:
    assert segments_of(scope("GET", target)) == segments


def test_a_server_that_gives_no_raw_path_is_served_too() -> None:
    without = scope("GET", "/a/b")
    del without["raw_path"]
    assert segments_of(without) == ["a", "b"]


def test_an_encoded_letter_is_that_letter(both: Served) -> None:
    assert both.get("/toy/v1/%70ing").status == 200


def test_a_path_is_found_below_wherever_the_app_is_mounted() -> None:
    app = toy_app(Toy())

    async def mounted(outer: dict[str, Any], receive: Any, send: Any) -> None:
        await app({**outer, "root_path": "/sand"}, receive, send)

    exchange = InProcess(mounted)
    assert exchange.send("GET", "/sand/toy/v1/ping").status == 200
    assert exchange.send("GET", "/sand/toy/v1/none").faults[0]["where"] == "ROUTE"
    assert exchange.send("GET", "/sand/toy/v1/openapi.json").status == 200


def test_head_is_get_without_its_body(both: Served) -> None:
    whole = both.get(THINGS)
    head = both.exchange.send("HEAD", THINGS, (AUTHORIZED,))
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-length") == str(len(whole.body))
    assert head.header("content-type") == whole.header("content-type")


@pytest.mark.parametrize("target", ["/toy/v1/none", THINGS])
def test_a_refused_head_has_no_body_either(both: Served, target: str) -> None:
    refused = both.exchange.send("HEAD", target)
    assert refused.status in (401, 404)
    assert refused.body == b""


def test_head_where_there_is_no_get_is_405(both: Served) -> None:
    refused = both.exchange.send("HEAD", "/toy/v1/echo", (AUTHORIZED,))
    assert refused.status == 405
    assert refused.header("allow") == "OPTIONS, POST, PUT"


def test_a_method_nobody_knows_is_405(api: Served) -> None:
    assert api.exchange.send("BREW", THINGS, (AUTHORIZED,)).status == 405


def test_options_of_an_unknown_path_is_404(both: Served) -> None:
    assert both.exchange.send("OPTIONS", "/toy/v1/none").status == 404


@pytest.mark.parametrize("target", ["/", "/v1/ping", "/toy", "/toy/v10/ping", "/_sandbox", "/_sandbox/toy2/reset"])
def test_outside_of_every_api_the_answer_says_where_they_are(both: Served, target: str) -> None:
    reply = both.exchange.send("GET", target)
    assert reply.status == 404
    assert reply.header("content-type") == "application/json"
    assert reply.json()["base_paths"] == ["/_sandbox/toy", "/toy/v1"]


@pytest.mark.parametrize("target", ["/toy/v1", "/toy/v1/", "/toy/v1/none", f"/toy/v1/shelves/{SHELF}"])
def test_below_an_apis_prefix_an_unknown_path_is_said_in_its_words(both: Served, target: str) -> None:
    assert both.get(target).faults == [
        {"where": "ROUTE", "message": "there is nothing at this path", "at": "", "keyword": ""}
    ]
