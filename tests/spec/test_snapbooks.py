"""Snapbooks' document says what the vendor's page says; the facts are written out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import spec
from spec import Document, Operation

ROUTES = {
    "listAssets": "GET /assets",
    "createAsset": "POST /assets",
    "getAsset": "GET /assets/{id}",
    "updateAsset": "PUT /assets/{id}",
    "deactivateAsset": "DELETE /assets/{id}",
    "listAssetClasses": "GET /asset-classes",
}
ASSET = {
    "id",
    "name",
    "client_account_id",
    "sequence_number",
    "created_at",
    "updated_at",
    "created_by_id",
    "updated_by_id",
}
RELATIONS = {"client_account", "created_by"}
NEWER = {
    "asset_class",
    "acquisition_date",
    "retirement_date",
    "auto_depreciate",
    "autonomy_level",
    "external_source",
    "external_id",
}
RULES = {
    "saldogruppe",
    "depreciation_rate",
    "default_asset_account",
    "default_accumulated_account",
    "default_expense_account",
}
SWITCHES = {
    "newer_revision": False,
    "strict_lists": False,
    "is_active_only_when_false": False,
    "ignore_account_change": False,
}


@pytest.fixture(scope="module")
def snapbooks() -> spec.Api:
    return spec.load("snapbooks")


@pytest.fixture(scope="module")
def newer() -> spec.Api:
    return spec.load("snapbooks", {"newer_revision": True})


def by_id(document: Document) -> dict[str, Operation]:
    return {operation.operation_id: operation for operation in spec.operations(document)}


def schema(document: Document, component: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][component]
    return found


def accepts(document: Document, component: str, value: Any) -> bool:
    plain = spec.json_schema(document, {"$ref": f"#/components/schemas/{component}"})
    return bool(Draft202012Validator(plain).is_valid(value))


def test_the_routes_are_the_pages(snapbooks: spec.Api) -> None:
    assert {name: f"{one.method} {one.path}" for name, one in by_id(snapbooks.served).items()} == ROUTES
    assert snapbooks.base_path == "/api/v2"
    assert all(operation.secured for operation in spec.operations(snapbooks.served))


def test_an_asset_has_the_pages_members_and_is_active(snapbooks: spec.Api) -> None:
    assert set(schema(snapbooks.served, "Asset")["properties"]) == ASSET | RELATIONS | {"is_active"}
    assert set(schema(snapbooks.served, "Asset")["required"]) == ASSET
    assert set(schema(snapbooks.served, "DeactivatedAsset")["required"]) == ASSET | {"is_active"}
    assert set(schema(snapbooks.documented, "Asset")["properties"]) == ASSET | RELATIONS
    assert not accepts(snapbooks.documented, "DeactivatedAsset", {"is_active": True})


def test_the_later_revision_has_more_members_and_another_page_size(newer: spec.Api) -> None:
    for component, relations in (("Asset", RELATIONS), ("DeactivatedAsset", set())):
        assert set(schema(newer.served, component)["properties"]) == ASSET | relations | {"is_active"} | NEWER
    query = {one.name: one.schema for one in by_id(newer.documented)["listAssets"].parameters}
    assert (query["per_page"]["default"], query["is_active"]["default"]) == (50, "true")


def test_the_lists_parameters_are_the_pages(snapbooks: spec.Api) -> None:
    query = {one.name: one for one in by_id(snapbooks.judged)["listAssets"].parameters}
    assert list(query) == ["client_account_id", "page", "per_page", "with"]
    assert not any(one.required for one in query.values())
    assert (query["page"].schema["default"], query["per_page"].schema["default"]) == (1, 100)
    assert [one.name for one in by_id(snapbooks.served)["listAssets"].parameters] == [*query, "is_active"]


@pytest.mark.parametrize(
    ("component", "body", "fits"),
    [
        ("AssetCreated", {"name": "Office Equipment", "client_account_id": 456}, True),
        ("AssetCreated", {"name": "Office Equipment", "client_account_id": 456, "colour": {}}, True),
        ("AssetCreated", {"name": "Office Equipment"}, False),
        ("AssetCreated", {"client_account_id": 456}, False),
        ("AssetCreated", {"name": 5, "client_account_id": 456}, False),
        ("AssetCreated", {"name": "Office Equipment", "client_account_id": "456"}, False),
        ("AssetUpdated", {"name": "Updated Equipment Name"}, True),
        ("AssetUpdated", {}, False),
    ],
)
def test_what_a_body_needs(snapbooks: spec.Api, component: str, body: Any, fits: bool) -> None:
    for reading in (snapbooks.served, snapbooks.judged, snapbooks.documented):
        assert accepts(reading, component, body) is fits


def test_a_blank_name_is_refused_by_us_and_held_against_nobody(snapbooks: spec.Api) -> None:
    blank = {"name": " ", "client_account_id": 456}
    assert not accepts(snapbooks.served, "AssetCreated", blank)
    assert accepts(snapbooks.judged, "AssetCreated", blank)


def test_bodies_are_open_to_members_that_nobody_named(snapbooks: spec.Api) -> None:
    for operation in spec.operations(snapbooks.served):
        if operation.body is not None:
            assert '"additionalProperties": false' not in json.dumps(spec.json_schema(snapbooks.served, operation.body))


def test_no_status_of_success_is_held_against_anybody(snapbooks: spec.Api) -> None:
    """The page never says one."""
    operations = by_id(snapbooks.documented)
    for name in ("createAsset", "updateAsset", "deactivateAsset"):
        assert {status for status in operations[name].responses if status.startswith("2")} == {"2XX"}


def test_the_statuses_that_the_page_lists_stay_whatever_is_taken_out(snapbooks: spec.Api) -> None:
    for name, operation in by_id(snapbooks.documented).items():
        listed = {"400", "404"} if name == "listAssetClasses" else {"400", "403", "404"}
        assert listed <= set(operation.responses), name
    denied = by_id(snapbooks.documented)["deactivateAsset"].responses["400"]
    assert denied.schema is not None
    assert set(spec.resolve(snapbooks.documented, denied.schema)["required"]) == {"error", "status"}


def test_a_class_has_the_pages_attributes_and_no_word_of_where_they_come_from(snapbooks: spec.Api) -> None:
    classes = schema(snapbooks.served, "AssetClass")
    assert set(classes["properties"]) == {
        "code",
        "name",
        "description",
        "depreciation_method",
        "ifrs_standard",
        "no",
    }
    assert classes["properties"]["depreciation_method"]["enum"] == ["saldo", "linear", "none"]
    rules = schema(snapbooks.served, "NorwegianRules")
    assert set(rules["properties"]) == RULES
    assert rules["properties"]["saldogruppe"]["enum"] == [*"abcdefghij", None]


def test_the_switches_and_the_scope(snapbooks: spec.Api) -> None:
    assert snapbooks.profile.switches == SWITCHES
    assert snapbooks.profile.scope == {"client_account_id": spec.ScopeKey("client_account_id", "body")}
