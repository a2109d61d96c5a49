"""Bytes that are no request: Layer's own error shape, the right status, and nothing left behind (L5)."""

from __future__ import annotations

import json

import pytest

from tests.layer.client import NOBODY, Layer, drive

GOOD = {
    "asset_external_id": "forklift",
    "amount": 66_667,
    "update_type": "DEPRECIATION_AMORTIZATION",
    "counter_account": "DEPRECIATION",
    "date": "2024-02-29T00:00:00Z",
}
UPDATES = "/assets/value-updates"


def body(**members: object) -> bytes:
    return json.dumps({**GOOD, **members}).encode()


def nested(depth: int) -> bytes:
    return body().replace(b"{", b'{"metadata":' + b'{"a":' * depth + b"1" + b"}" * depth + b",", 1)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"text"', 400),
        (b"\xff\xfe{}", 400),
        (body() + b"}", 400),
        (b'{"amount": 1, "amount": 2}', 400),
        (body().replace(b"66667", b"66667.0"), 400),
        (body().replace(b"66667", b"6.6667e4"), 400),
        (body().replace(b"66667", b"NaN"), 400),
        (body().replace(b"66667", b"1e400"), 400),
        (body().replace(b"66667", b"9" * 5000), 400),
        (body(metadata=0).replace(b'"metadata": 0', b'"metadata": {"a": 1e400}'), 400),
        (nested(90), 201),
        (nested(200), 400),
        (nested(100_000), 400),
        (body(memo="a\0b"), 400),
        (body(metadata={"a\0b": 1}), 400),
        (body(memo="\ud800"), 400),
        (body(metadata={"a": ["\udfff"]}), 400),
        (body(memo="\U0001f69c"), 201),
        (body(memo="x" * 1_000_000), 201),
        (body(memo="x" * 10_000_000), 413),
        (body(metadata=[]), 400),
        (body(metadata="text"), 400),
        (body(external_id=5), 400),
        (body(counter_account={}), 400),
        (body(counter_account=""), 400),
        (body(counter_account={"type": "Other", "id": NOBODY}), 400),
        (body(counter_account={"type": "AccountId", "id": "no-uuid"}), 400),
        (body(asset_id="no-uuid"), 400),
        (body(asset_id="{" + NOBODY + "}"), 400),
    ],
)
def test_a_body_is_taken_as_a_whole_or_leaves_nothing(layer: Layer, raw: bytes, status: int) -> None:
    layer.asset()
    before = layer.read_back()
    reply = layer.post(UPDATES, raw)
    assert reply.status == status
    if status == 201:
        assert len(layer.walk(UPDATES)) == 1
        return
    for error in reply.json()["errors"]:
        assert error.keys() == {"type", "description", "error_enum", "meta"}
        assert error["description"]
    assert layer.read_back() == before


def test_every_violation_is_named_with_its_pointer(layer: Layer) -> None:
    reply = layer.post(UPDATES, {"amount": "1", "update_type": "SCRAP", "date": "today", "memo": 5})
    assert {"/amount", "/update_type", "/date", "/memo"} <= reply.pointers


def test_the_media_type_must_be_json(layer: Layer) -> None:
    layer.asset()
    path = f"/v1/businesses/{layer.business_id}{UPDATES}"
    for media_type, status in (
        (b"text/plain", 415),
        (b"application/xml", 415),
        (b"application/json; charset=utf-16", 415),
        (b"APPLICATION/JSON; charset=UTF-8", 201),
    ):
        headers = [(b"authorization", b"Bearer layer-demo-token"), (b"content-type", media_type)]
        reply = drive(layer.sandbox, "POST", path, headers=headers, body=body())
        assert reply.status == status
        if status == 415:
            assert reply.error["type"] == "UnsupportedMediaType"


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/nothing", 404, "ResourceNotFound"),
        ("GET", "/assets/", 404, "ResourceNotFound"),
        ("PUT", "/assets", 405, "MethodNotAllowed"),
        ("DELETE", UPDATES, 405, "MethodNotAllowed"),
        ("POST", "/accounting-config", 405, "MethodNotAllowed"),
        ("GET", "/assets/no-uuid", 400, "BadRequest"),
        ("GET", "/ledger/entries?start_date=yesterday", 400, "BadRequest"),
    ],
)
def test_the_routers_refusals_have_the_apis_shape(layer: Layer, method: str, path: str, status: int, kind: str) -> None:
    path, _, query = path.partition("?")
    reply = layer.raw(method, f"/v1/businesses/{layer.business_id}{path}", query=query)
    assert (reply.status, reply.error["type"]) == (status, kind)
    assert reply.headers["content-type"] == "application/json"
    assert ("allow" in reply.headers) == (status == 405)


@pytest.mark.parametrize("token", [None, "", "unknown", "layer-demo-token x"])
def test_without_a_known_token_nothing_is_shown(layer: Layer, token: str | None) -> None:
    stranger = Layer(layer.sandbox, token=token)
    for reply in (stranger.get("/assets"), stranger.post(UPDATES, b"{"), stranger.raw("GET", "/v1/whoami")):
        assert (reply.status, reply.error["type"]) == (401, "Unauthorized")
        assert reply.headers["www-authenticate"].startswith("Bearer")
