"""What is no request of this API: its own error shapes, the right status, and nothing left behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.layer.client import drive
from tests.xero.client import BASE, COST, NOBODY, TOKEN, Reply, Xero


def draft(**members: Any) -> bytes:
    return json.dumps({"assetName": "A", "assetNumber": "1", **members}).encode()


def setting(**members: Any) -> bytes:
    return draft(bookDepreciationSetting=members)


def written(member: str, raw: str) -> bytes:
    return draft(**{member: "HOLE"}).replace(b'"HOLE"', raw.encode())


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (b"{", {""}),
        (b"[]", {""}),
        (b"null", {""}),
        (b"", {""}),
        (b"\xff\xfe{}", {""}),
        (b"{}", {"AssetName", "AssetNumber"}),
        (draft(assetName=None), {"AssetName"}),
        (draft(assetName=""), {"AssetName"}),
        (draft(assetNumber=" \t"), {"AssetNumber"}),
        (draft(assetNumber=7), {"AssetNumber"}),
        (draft(assetId="7"), {"AssetId"}),
        (draft(assetId="{" + NOBODY + "}"), {"AssetId"}),
        (draft(assetTypeId="7"), {"AssetTypeId"}),
        (draft(assetTypeId=NOBODY), {"AssetTypeId"}),
        (draft(purchasePrice=-0.01), {"PurchasePrice"}),
        (draft(purchasePrice="1000.0000"), {"PurchasePrice"}),
        (draft(purchasePrice=1e13 + 1), {"PurchasePrice"}),
        (draft(purchasePrice=0.001), {"PurchasePrice"}),
        (draft(disposalPrice=True), {"DisposalPrice"}),
        (written("purchasePrice", "9" * 5000), {""}),
        (written("purchasePrice", "0." + "1" * 5000), {""}),
        (written("purchasePrice", "0." + "0" * 290 + "1"), {"PurchasePrice"}),
        (written("purchasePrice", "1e-300"), {"PurchasePrice"}),
        (written("purchasePrice", "1e999"), {""}),
        (written("purchasePrice", "NaN"), {""}),
        (draft(purchaseDate="2023-02-29"), {"PurchaseDate"}),
        (draft(purchaseDate="2023-13-01"), {"PurchaseDate"}),
        (draft(purchaseDate="0000-01-01"), {"PurchaseDate"}),
        (draft(purchaseDate="11/04/2016"), {"PurchaseDate"}),
        (draft(purchaseDate="2016-04-11T25:00:00"), {"PurchaseDate"}),
        (draft(purchaseDate="/Date(1460332800000)/"), {"PurchaseDate"}),
        (draft(purchaseDate=20160411), {"PurchaseDate"}),
        (draft(assetStatus="Gone"), {"AssetStatus"}),
        (draft(assetStatus="Registered"), {"AssetStatus"}),
        (draft(description="a\0b"), {"Description"}),
        (draft(description="\ud800"), {"Description"}),
        (b'{"assetName": "A", "assetName": "B", "assetNumber": "1"}', {""}),
        (setting(depreciationMethod="SumOfDigits"), {"BookDepreciationSetting.DepreciationMethod"}),
        (setting(depreciationMethod="straightline"), {"BookDepreciationSetting.DepreciationMethod"}),
        (setting(averagingMethod=""), {"BookDepreciationSetting.AveragingMethod"}),
        (setting(depreciationRate=-1), {"BookDepreciationSetting.DepreciationRate"}),
        (setting(depreciationRate=100.01), {"BookDepreciationSetting.DepreciationRate"}),
        (setting(effectiveLifeYears=0), {"BookDepreciationSetting.EffectiveLifeYears"}),
        (setting(effectiveLifeYears=1001), {"BookDepreciationSetting.EffectiveLifeYears"}),
        (setting(depreciationRate=1, effectiveLifeYears=1), {"BookDepreciationSetting.DepreciationRate"}),
        (setting(costLimit=-1), {"BookDepreciationSetting.CostLimit"}),
        (setting(effectiveFromDate="2015-06-30"), {"BookDepreciationSetting.EffectiveFromDate"}),
        (draft(bookDepreciationSettings=[]), {"BookDepreciationSetting"}),
        (draft(bookDepreciationSettings={"costLimit": "1"}), {"BookDepreciationSetting.CostLimit"}),
        (draft(bookDepreciationDetail={"residualValue": -1}), {"BookDepreciationDetail.ResidualValue"}),
        (
            draft(bookDepreciationDetail={"initialDeductionPercentage": 10}),
            {"BookDepreciationDetail.InitialDeductionPercentage"},
        ),
        (draft(canRollback="true"), {"CanRollback"}),
        (draft(purchasePrice=-1, purchaseDate="x", assetStatus="x"), {"PurchasePrice", "PurchaseDate", "AssetStatus"}),
    ],
)
def test_a_body_that_is_none_is_refused_in_the_validation_shape(xero: Xero, raw: bytes, fields: set[str]) -> None:
    before = xero.read_back()
    # A request without a body has no media type either.
    reply = xero.post("/Assets", raw) if raw else xero.raw("POST", f"{BASE}/Assets", headers={"content-type": JSON})
    assert reply.status == 400
    assert reply.fields.keys() == fields
    assert all(reply.fields.values())
    assert xero.read_back() == before


JSON = "application/json"


def test_a_refusal_says_what_would_be_right(xero: Xero) -> None:
    day = "must be a day from 1900-01-01 to 2999-12-31, such as 2016-04-11 or 2016-04-11T00:00:00"
    an_id = "must be an id of 32 hexadecimal digits, with dashes or without"
    for raw, field, message in (
        (draft(assetName=" "), "AssetName", "Asset Name must not be blank."),
        (draft(assetNumber=""), "AssetNumber", "Asset Number must not be blank."),
        (draft(purchaseDate="3000-01-01"), "PurchaseDate", f"Purchase Date {day}."),
        (
            setting(effectiveFromDate="2016"),
            "BookDepreciationSetting.EffectiveFromDate",
            f"Effective From Date {day}.",
        ),
        (draft(assetTypeId="7"), "AssetTypeId", f"Asset Type Id {an_id}."),
        (draft(description="a\0b"), "Description", "Description holds a NUL character."),
    ):
        assert xero.post("/Assets", raw).fields == {field: message}
    assert xero.get("/Assets/7").fields == {"Id": f"Id {an_id}."}
    long = xero.post("/Assets", draft(), idempotency_key="k" * 129)
    assert long.fields == {"Idempotency-Key": "Idempotency-Key must have at most 128 characters."}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Nothing", 404),
        ("GET", "/Assets/", 404),
        ("GET", f"/Assets/{NOBODY}", 404),
        ("PUT", "/Assets", 405),
        ("DELETE", f"/Assets/{NOBODY}", 405),
        ("POST", "/Settings", 405),
    ],
)
def test_the_routers_refusals_have_the_gateways_shape(xero: Xero, method: str, path: str, status: int) -> None:
    reply = xero.raw(method, BASE + path)
    assert reply.gateway[0] == status
    assert reply.headers["content-type"] == JSON
    assert ("allow" in reply.headers) == (status == 405)


def test_the_media_type_must_be_json(xero: Xero) -> None:
    for media_type, status in (("text/plain", 415), ("application/xml", 415), ("application/json; charset=utf-8", 200)):
        headers = [
            (b"authorization", f"Bearer {TOKEN}".encode()),
            (b"xero-tenant-id", str(xero.tenant_id).encode()),
            (b"content-type", media_type.encode()),
        ]
        found = drive(xero.sandbox, "POST", f"{BASE}/Assets", headers=headers, body=draft())
        assert found.status == status
        if status == 415:
            assert Reply(found.status, found.headers, found.body).gateway[0] == 415
    assert xero.post("/Assets", draft(description="x" * 3_000_000)).gateway[0] == 413


@pytest.mark.parametrize("asset_id", ["7", "x", NOBODY + "0", "%7B" + NOBODY + "%7D", "FA-0001"])
def test_an_id_that_is_none_is_400(xero: Xero, asset_id: str) -> None:
    assert xero.get(f"/Assets/{asset_id}").fields.keys() == {"Id"}


@pytest.mark.parametrize(
    "query",
    [
        "status=DRAFT&status=DRAFT",
        "status=DRAFT&orderBy=Colour",
        "status=DRAFT&sortDirection=up",
        "status=DRAFT&page=1.0",
        "status=DRAFT&page=99999999999",
        "status=DRAFT&filterBy=%00",
        "status=DRAFT&filterBy=%ff",
    ],
)
def test_a_query_that_is_none_is_refused(xero: Xero, query: str) -> None:
    assert xero.raw("GET", f"{BASE}/Assets", query=query).status in (400, 403)


@pytest.mark.parametrize("path", ["/assets", "/ASSETS", "/aSSets"])
@pytest.mark.parametrize("base", ["/assets.xro/1.0", "/Assets.xro/1.0", "/ASSETS.XRO/1.0"])
def test_paths_answer_in_any_casing(xero: Xero, base: str, path: str) -> None:
    assert xero.raw("GET", base + path, query="status=DRAFT").status == 200
    assert xero.raw("GET", base.upper() + "/settings").status == 200
    assert xero.raw("GET", base + "/nothing").gateway[0] == 404


@pytest.mark.parametrize("path", ["/Assets", "/AssetTypes", "/Settings"])
def test_a_body_and_a_media_type_on_get_are_ignored(xero: Xero, path: str) -> None:
    assert xero.raw("GET", BASE + path, b"{}", "status=DRAFT").status == 200
    assert xero.raw("GET", BASE + path, b"{", "status=DRAFT").status == 200


# ---- who may see what ---------------------------------------------------------------------------


@pytest.mark.parametrize("tenant_id", [None, "", "x", NOBODY, "2b2b2b2b-2b2b-42b2-82b2-2b2b2b2b2b2b"])
def test_no_unknown_and_foreign_organisation_is_403(xero: Xero, tenant_id: str | None) -> None:
    stranger = Xero(xero.sandbox, tenant_id)
    for reply in (
        stranger.get("/Assets"),
        stranger.get("/Settings"),
        stranger.get(f"/Assets/{NOBODY}"),
        stranger.post("/Assets", b"{"),
    ):
        assert reply.gateway == (403, "AuthenticationUnsuccessful")


@pytest.mark.parametrize("token", [None, "", "unknown", f"{TOKEN} x"])
def test_without_a_known_token_nothing_is_shown(xero: Xero, token: str | None) -> None:
    stranger = Xero(xero.sandbox, token=token)
    for reply in (stranger.get("/Assets"), stranger.post("/Assets", b"{"), stranger.get("/Settings")):
        assert reply.gateway == (401, "AuthorizationUnsuccessful")
        assert reply.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("spell", [str.upper, lambda text: text.replace("-", "")])
def test_an_organisation_is_known_in_every_spelling(xero: Xero, spell: Any) -> None:
    assert Xero(xero.sandbox, spell(xero.tenant_id)).get("/Settings").status == 200


def test_what_is_one_organisations_is_nothing_to_another(xero: Xero) -> None:
    mine = xero.registered("FA-0001")
    kind = xero.kind().data
    other = xero.other()
    before = other.read_back()
    assert before["items"] == []
    assert other.get(f"/Assets/{mine['assetId']}").status == 404
    assert other.post("/Assets", {"assetId": mine["assetId"], "assetName": "B", "assetNumber": "1"}).status == 404
    assert (
        other.post("/Assets", {"assetName": "B", "assetNumber": "1", "assetTypeId": kind["assetTypeId"]}).status == 400
    )
    assert other.post("/AssetTypes", {"assetTypeId": kind["assetTypeId"], "assetTypeName": "B"}).status == 404
    assert other.kind(fixedAssetAccountId=COST).fields.keys() >= {"FixedAssetAccountId"}
    assert other.read_back() == before
    assert other.draft("FA-0001")["assetNumber"] == "FA-0001"
    assert xero.get(f"/Assets/{mine['assetId']}").data == mine
