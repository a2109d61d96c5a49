"""Who is asking: one bearer token, known to the API, wherever the document asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import pytest

from mock_server.app import serve
from mock_server.http.mount import Mount
from tests.edge.conftest import AUTHORIZED, Served
from tests.edge.exchange import InProcess
from tests.edge.toy import DOCUMENT, THINGS, TOKEN, Toy, toy_app, toy_mounts

ASKING = [
    ("GET", THINGS),
    ("POST", THINGS),
    ("GET", f"{THINGS}/latest"),
    ("GET", "/toy/v1/counters/1"),
    ("POST", "/toy/v1/echo"),
    ("HEAD", THINGS),
]


@pytest.mark.parametrize(("method", "target"), ASKING)
def test_no_token_is_401_everywhere_that_asks_for_one(both: Served, method: str, target: str) -> None:
    assert both.exchange.send(method, target).status == 401
    assert both.toy.asked == []


@pytest.mark.parametrize(
    "sent",
    [
        ["Bearer"],
        ["Bearer "],
        ["bearer  "],
        [TOKEN],
        [f"Basic {TOKEN}"],
        [f"Bearer{TOKEN}"],
        [f"Bearer {TOKEN} {TOKEN}"],
        [f"Bearer {TOKEN}x"],
        [f"Bearer {TOKEN.upper()}"],
        [f"Bearer {TOKEN}", f"Bearer {TOKEN}"],
        [""],
        ["Bearer \xe9"],
    ],
)
def test_anything_but_one_known_bearer_token_is_401(both: Served, sent: Sequence[str]) -> None:
    reply = both.exchange.send("GET", THINGS, [("Authorization", value) for value in sent])
    assert reply.status == 401
    assert reply.header("www-authenticate") == 'Bearer realm="fixtura", error="invalid_token"'
    assert reply.faults[0]["where"] == "TOKEN"
    assert both.toy.asked == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_may_be_spelled_in_any_casing(both: Served, scheme: str) -> None:
    assert both.exchange.send("GET", THINGS, [("authorization", f"{scheme}   {TOKEN}")]).status == 200


def test_an_operation_without_security_asks_for_nothing(both: Served) -> None:
    assert both.exchange.send("GET", "/toy/v1/ping").status == 200
    assert both.exchange.send("GET", "/toy/v1/ping", [("Authorization", "Bearer nobody")]).status == 200
    assert [request.grant for request in both.toy.asked] == [None, None]


def test_an_operation_may_take_a_token_or_none() -> None:
    document = deepcopy(DOCUMENT)
    document["paths"]["/ping"]["get"]["security"] = [{"bearer": []}, {}]
    toy = Toy()
    exchange = InProcess(serve(toy_mounts(toy, document)))
    assert exchange.send("GET", "/toy/v1/ping").status == 200
    assert exchange.send("GET", "/toy/v1/ping", [AUTHORIZED]).status == 200
    assert [request.grant for request in toy.asked] == [None, {"token": TOKEN}]


def test_an_oauth2_scheme_takes_the_same_tokens() -> None:
    document = deepcopy(DOCUMENT)
    flow = {"clientCredentials": {"tokenUrl": "http://localhost/token", "scopes": {"assets": "all"}}}
    document["components"]["securitySchemes"]["bearer"] = {"type": "oauth2", "flows": flow}
    exchange = InProcess(serve(toy_mounts(Toy(), document)))
    assert exchange.send("GET", THINGS).status == 401
    assert exchange.send("GET", THINGS, [AUTHORIZED]).status == 200


def test_a_token_of_one_api_opens_only_that_one() -> None:
    other = deepcopy(DOCUMENT) | {"servers": [{"url": "/other"}]}
    surface = replace(Toy().surface(), identify=lambda token: token if token == "other" else None)
    app = serve([*toy_mounts(Toy()), Mount("other", other, surface)])
    exchange = InProcess(app)
    for base, token, status in [("toy/v1", TOKEN, 200), ("toy/v1", "other", 401), ("other", "other", 200)]:
        headers = [("Authorization", f"Bearer {token}")]
        assert exchange.send("GET", f"/{base}/counters/1", headers).status == status


def test_a_grant_is_looked_up_anew_for_each_request() -> None:
    toy = Toy()
    mounts = toy_mounts(toy)
    exchange = InProcess(serve(mounts))
    assert exchange.send("GET", THINGS, [AUTHORIZED]).status == 200
    mounts[0].surface = replace(mounts[0].surface, identify=lambda _token: None)
    assert exchange.send("GET", THINGS, [AUTHORIZED]).status == 401


def test_the_control_plane_asks_for_no_token() -> None:
    toy = Toy()
    toy.stored.append(1)
    assert InProcess(toy_app(toy)).send("POST", "/_sandbox/toy/reset").status == 204
    assert toy.stored == []
