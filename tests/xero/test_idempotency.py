"""The Idempotency-Key: what was done under it is not done again (xero.R29, R30)."""

from __future__ import annotations

import pytest

from mock_server.apis.xero.replays import Differs, Gist, Replays, gist
from mock_server.surface import Answer
from tests.xero.client import Xero

BODY = {"assetName": "A", "assetNumber": "FA-1", "purchasePrice": 10}


def test_the_same_key_and_body_get_the_same_reply_and_nothing_is_done(xero: Xero) -> None:
    first = xero.post("/Assets", BODY, idempotency_key="k")
    before = xero.read_back()
    turned = dict(reversed(BODY.items()))
    for body in (BODY, turned):
        again = xero.post("/Assets", body, idempotency_key="k")
        assert (again.status, again.json()) == (200, first.data)
    assert xero.read_back() == before
    assert len(before["items"]) == 1


def test_the_same_reply_comes_back_though_the_asset_has_changed_since(xero: Xero) -> None:
    first = xero.post("/Assets", BODY, idempotency_key="k").data
    xero.post("/Assets", {"assetId": first["assetId"], "assetName": "B"})
    assert xero.post("/Assets", BODY, idempotency_key="k").data == first
    assert xero.get(f"/Assets/{first['assetId']}").data["assetName"] == "B"


@pytest.mark.parametrize("other", [{"purchasePrice": 11}, {"purchasePrice": 10.0}, {"description": None}])
def test_another_body_under_the_key_is_refused(xero: Xero, other: dict[str, object]) -> None:
    xero.post("/Assets", BODY, idempotency_key="k")
    before = xero.read_back()
    assert xero.post("/Assets", {**BODY, **other}, idempotency_key="k").fields.keys() == {"Idempotency-Key"}
    assert xero.read_back() == before


def test_a_key_belongs_to_one_operation_of_one_organisation(xero: Xero) -> None:
    xero.post("/Assets", BODY, idempotency_key="k")
    body = {"assetTypeId": "5da209c5-5e19-4a43-b925-71b776c49ced", "assetTypeName": "B"}
    assert xero.post("/AssetTypes", body, idempotency_key="k").fields.keys() == {"Idempotency-Key"}
    assert xero.other().post("/Assets", {**BODY, "assetNumber": "FA-2"}, idempotency_key="k").status == 200


def test_a_refused_call_leaves_its_key_free(xero: Xero) -> None:
    assert xero.post("/Assets", {**BODY, "purchasePrice": 1.001}, idempotency_key="k").status == 400
    assert xero.post("/Assets", BODY, idempotency_key="k").status == 200


def test_a_key_on_get_is_ignored_and_a_long_or_empty_one_is_refused(xero: Xero) -> None:
    assert xero.call("GET", "/Settings", headers={"idempotency-key": "x" * 500}).status == 200
    assert xero.post("/Assets", BODY, idempotency_key="x" * 128).status == 200
    for key in ("x" * 129, ""):
        reply = xero.post("/Assets", {**BODY, "assetNumber": "2"}, idempotency_key=key)
        assert reply.fields.keys() == {"Idempotency-Key"}


def test_without_a_key_the_same_body_is_a_second_request(xero: Xero) -> None:
    xero.post("/Assets", BODY)
    assert xero.post("/Assets", BODY).fields.keys() == {"AssetNumber"}


def test_the_memory_is_bounded_and_the_oldest_keys_go_first() -> None:
    replays = Replays(most=2, most_said=100)
    said = Gist(b"said", 10)
    for key in "abc":
        replays.keep(key, said, Answer(200, key))
    assert len(replays) == 2
    assert replays.find("a", said) is None
    assert replays.find("c", said) == Answer(200, "c")
    with pytest.raises(Differs):
        replays.find("c", Gist(b"other", 10))
    replays.keep("d", Gist(b"long", 95), Answer(200, "d"))
    assert len(replays) == 1  # the newest is kept, however long
    replays.keep("e", said, Answer(200, "e"))
    assert replays.find("d", said) is None
    assert len(replays) == 1


def test_what_was_said_depends_on_operation_and_values_and_not_on_the_order_of_members() -> None:
    assert gist("a", {"x": 1, "y": 2}) == gist("a", {"y": 2, "x": 1})
    assert len({gist("a", {"x": 1}), gist("b", {"x": 1}), gist("a", {"x": "1"}), gist("a", {"x": True})}) == 4
