"""Layer's part of the control plane: businesses, tokens, reset."""

from __future__ import annotations

import json

import pytest

from tests.layer.client import DEMO, NOBODY, OTHER, OTHER_TOKEN, TOKEN, Json, Layer, Reply

START = [{"id": DEMO, "name": "Demo business"}, {"id": OTHER, "name": "Other business"}]


def control(layer: Layer, method: str, path: str, body: Json = None) -> Reply:
    raw = b"" if body is None else json.dumps(body).encode()
    return Layer(layer.sandbox, token=None).raw(method, f"/_sandbox/layer{path}", raw)


def test_a_sandbox_starts_with_two_businesses_and_a_token_each(layer: Layer) -> None:
    assert control(layer, "GET", "/businesses").data == START
    assert control(layer, "GET", "/tokens").data == [
        {"token": TOKEN, "business_id": DEMO},
        {"token": OTHER_TOKEN, "business_id": OTHER},
    ]


def test_a_business_is_opened_with_books_and_a_token_of_its_own(layer: Layer) -> None:
    made = control(layer, "POST", "/businesses", {}).data
    named = control(layer, "POST", "/businesses", {"id": NOBODY.upper(), "name": "Workshop"}).data
    assert (named["id"], named["name"], made["name"]) == (NOBODY, "Workshop", f"Business {made['id'][:8]}")
    assert len(control(layer, "GET", "/businesses").data) == 4
    for business in (made, named):
        fresh = Layer(layer.sandbox, business["id"], business["token"])
        assert fresh.asset()["business_id"] == business["id"]
        assert Layer(layer.sandbox, DEMO, business["token"]).get("/assets").status == 404
    assert layer.walk("/assets") == []


def test_a_known_id_is_not_opened_again(layer: Layer) -> None:
    layer.asset()
    assert control(layer, "POST", "/businesses", {"id": DEMO}).said == (400, "SpecifiedBadRequest", "/id")
    assert control(layer, "GET", "/businesses").data == START
    assert len(layer.walk("/assets")) == 1


def test_a_business_may_have_several_tokens_and_a_token_several_businesses(layer: Layer) -> None:
    fresh = control(layer, "POST", "/tokens", {"business_id": DEMO}).data["token"]
    another = control(layer, "POST", "/tokens", {"business_id": DEMO}).data["token"]
    assert len({fresh, another, TOKEN}) == 3
    for token in (fresh, another):
        assert Layer(layer.sandbox, DEMO, token).get("/assets").status == 200
        assert Layer(layer.sandbox, OTHER, token).get("/assets").status == 404
    sent = {"business_id": OTHER, "token": fresh}
    for _ in range(2):
        assert control(layer, "POST", "/tokens", sent).data == sent
    assert Layer(layer.sandbox, OTHER, fresh).get("/assets").status == 200
    assert control(layer, "GET", "/tokens").data.count(sent) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"business_id": NOBODY}, (400, "SpecifiedIdNotFound", "/business_id")),
        ({"business_id": DEMO, "token": "with space"}, (400, "SpecifiedBadRequest", "/token")),
        ({}, (400, "SpecifiedBadRequest", None)),
    ],
)
def test_a_token_for_nothing_is_refused(layer: Layer, body: Json, said: object) -> None:
    reply = control(layer, "POST", "/tokens", body)
    assert reply.status == 400
    assert body == {} or reply.said == said
    assert len(control(layer, "GET", "/tokens").data) == 2


def test_a_fresh_token_is_nobodys(layer: Layer) -> None:
    taken = f"layer-{NOBODY}"
    control(layer, "POST", "/tokens", {"business_id": DEMO, "token": taken})
    made = control(layer, "POST", "/businesses", {"id": NOBODY}).data
    assert made["token"] != taken
    assert Layer(layer.sandbox, NOBODY, taken).get("/assets").status == 404


def test_reset_makes_everything_as_it_was(layer: Layer) -> None:
    at_start = layer.read_back()
    layer.asset()
    layer.value_update()
    layer.patch("/accounting-config", {"closing_date": "2024-12-31"})
    layer.other().asset()
    control(layer, "POST", "/businesses", {"id": NOBODY})
    control(layer, "POST", "/tokens", {"business_id": DEMO, "token": "mine"})
    assert control(layer, "POST", "/reset").status == 204
    assert layer.read_back() == at_start
    assert layer.other().walk("/assets") == []
    assert control(layer, "GET", "/businesses").data == START
    assert Layer(layer.sandbox, token="mine").get("/assets").status == 401
    assert layer.asset()["id"] != DEMO


def test_after_a_reset_the_start_is_the_same_to_the_id_and_new_ids_go_on(layer: Layer) -> None:
    chart, asset = layer.get("/ledger/chart").data, layer.asset()
    control(layer, "POST", "/reset")
    assert layer.get("/ledger/chart").data == chart
    assert layer.asset()["id"] != asset["id"]


def test_the_control_plane_refuses_in_layers_shape(layer: Layer) -> None:
    assert control(layer, "DELETE", "/reset").error["type"] == "MethodNotAllowed"
    assert control(layer, "GET", "/nothing").error["type"] == "ResourceNotFound"
