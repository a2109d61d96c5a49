"""Assets over the API: create, upsert, patch, archive (DECISIONS 9, 10, 12, 13)."""

from __future__ import annotations

import pytest

from tests.layer.client import ACCUMULATED, NOBODY, Layer

FULL = {
    "name": "Forklift",
    "asset_type": "EQUIPMENT",
    "external_id": "forklift",
    "accumulated_depreciation_account": ACCUMULATED,
    "original_value": 4_000_000,
    "salvage_value": 100,
    "useful_life_months": 60,
    "memo": "new",
    "metadata": {"site": "north"},
    "reference_number": "PO-17",
}


def shown(asset: dict[str, object]) -> dict[str, object]:
    """The members that a caller may set, as they were set."""
    account = asset["accumulated_depreciation_account"]
    return {**{member: asset[member] for member in FULL}, "accumulated_depreciation_account": account and ACCUMULATED}


def test_an_asset_shows_what_was_sent_and_has_an_account_under_fixed_assets(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    assert shown(asset) == FULL
    assert layer.get(f"/assets/{asset['id']}").data == asset
    chart = layer.get("/ledger/chart").data["accounts"]
    fixed = next(node for node in chart[0]["sub_accounts"] if node["name"] == "Fixed assets")
    assert {**asset["ledger_account"], "sub_accounts": []} in fixed["sub_accounts"]
    assert layer.walk("/ledger/entries") == []


def test_members_that_are_left_out_are_null(layer: Layer) -> None:
    asset = layer.post("/assets", {"name": "Goodwill", "asset_type": "GOODWILL"}).data
    optional = FULL.keys() - {"name", "asset_type"}
    assert {member: asset[member] for member in optional} == dict.fromkeys(optional)


def test_members_of_no_schema_are_kept_out_of_state(layer: Layer) -> None:
    asset = layer.post("/assets", {**FULL, "id": NOBODY, "archived_at": "2024-01-01T00:00:00Z", "balance": 5}).data
    assert asset["id"] != NOBODY
    assert asset["archived_at"] is None
    assert "balance" not in asset


def test_a_known_external_id_merges(layer: Layer) -> None:
    """DECISIONS 9: sent replaces, absent stays, null clears; name and type come from the body."""
    asset = layer.post("/assets", FULL).data
    body = {"name": "Truck", "asset_type": "VEHICLE", "external_id": "forklift", "memo": None, "salvage_value": 0}
    reply = layer.post("/assets", body)
    assert reply.status == 200
    assert shown(reply.data) == {**FULL, **body}
    assert (reply.data["id"], reply.data["ledger_account"]) == (asset["id"], asset["ledger_account"])
    assert layer.walk("/assets") == [reply.data]


@pytest.mark.parametrize("external_id", [None, "absent"])
def test_no_external_id_matches_nothing(layer: Layer, external_id: str | None) -> None:
    body = {member: value for member, value in FULL.items() if member != "external_id"}
    if external_id is None:
        body["external_id"] = None
    assert [layer.post("/assets", body).status for _ in range(2)] == [201, 201]
    assert len(layer.walk("/assets")) == 2


def test_a_patch_changes_what_is_sent_and_keeps_the_rest(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    sent = {"name": "Truck", "asset_type": "VEHICLE", "useful_life_months": None, "metadata": {"a": [1]}}
    patched = layer.patch(f"/assets/{asset['id']}", sent).data
    assert shown(patched) == {**FULL, **sent}
    assert layer.get(f"/assets/{asset['id']}").data == patched


@pytest.mark.parametrize("sent", [{}, {"external_id": "other"}, {"id": NOBODY, "ledger_account": None}])
def test_a_patch_of_nothing_or_of_ids_changes_nothing(layer: Layer, sent: dict[str, object]) -> None:
    asset = layer.post("/assets", FULL).data
    before = layer.read_back()
    assert layer.patch(f"/assets/{asset['id']}", sent).data == asset
    assert layer.read_back() == before


@pytest.mark.parametrize("member", ["name", "asset_type"])
def test_what_may_not_be_null_cannot_be_cleared(layer: Layer, member: str) -> None:
    asset = layer.post("/assets", FULL).data
    assert layer.patch(f"/assets/{asset['id']}", {member: None}).pointers == {f"/{member}"}
    assert layer.get(f"/assets/{asset['id']}").data == asset


def test_null_clears_the_accumulated_account(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    cleared = layer.patch(f"/assets/{asset['id']}", {"accumulated_depreciation_account": None}).data
    assert cleared["accumulated_depreciation_account"] is None
    assert layer.value_update().said == (400, "SpecifiedBadRequest", "/update_type")


def test_the_accumulated_account_is_not_the_assets_own(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    own = {"accumulated_depreciation_account": asset["ledger_account"]["id"]}
    pointer = "/accumulated_depreciation_account"
    assert layer.patch(f"/assets/{asset['id']}", own).said == (400, "SpecifiedBadRequest", pointer)


def test_an_archived_asset_leaves_the_list_only(layer: Layer) -> None:
    """DECISIONS 12, 13, A4."""
    asset = layer.post("/assets", FULL).data
    update = layer.value_update().data
    before = layer.read_back()
    archived = layer.delete(f"/assets/{asset['id']}").data
    assert archived["archived_at"] is not None
    assert {**archived, "archived_at": None} == asset
    after = layer.read_back()
    assert after == {**before, "assets": [], "updates of assets": []}
    assert layer.get(f"/assets/{asset['id']}").data == archived
    assert layer.get(f"/assets/{asset['id']}/value-updates").data == [update]
    assert layer.delete(f"/assets/{asset['id']}").data == archived


def test_an_archived_asset_takes_no_change(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    update = layer.value_update(external_id="x").data
    layer.delete(f"/assets/{asset['id']}")
    before = layer.read_back()
    assert layer.patch(f"/assets/{asset['id']}", {"memo": "x"}).status == 400
    assert layer.post("/assets", FULL).said == (400, "SpecifiedBadRequest", "/external_id")
    assert layer.value_update().status == 400
    assert layer.patch(f"/assets/value-updates/{update['id']}", {"amount": 1}).status == 400
    assert layer.read_back() == before
    assert layer.value_update(external_id="x").status == 200
    assert layer.journal(asset["ledger_account"]["id"], "CASH", 5).status == 201
    assert layer.delete(f"/assets/value-updates/{update['id']}").data["archived_at"] is not None


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_asset_is_404_before_its_body_is_looked_at(layer: Layer, method: str) -> None:
    reply = layer.call(method, f"/assets/{NOBODY}", {"name": None} if method == "PATCH" else None)
    assert reply.said == (404, "SpecifiedIdNotFound", None)
    assert reply.error["type"] == "ResourceNotFound"


def test_ids_are_found_in_either_case(layer: Layer) -> None:
    asset = layer.post("/assets", FULL).data
    assert layer.get(f"/assets/{asset['id'].upper()}").data == asset
    assert layer.value_update(asset_external_id=None, asset_id=asset["id"].upper()).status == 201


def test_the_literal_path_wins_over_the_template(layer: Layer) -> None:
    reply = layer.delete("/assets/value-updates")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")
