"""Layer's document says what the vendor's pages say; the facts are written out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import spec
from spec import Document, Operation

DEMO_BUSINESS = "11111111-1111-4111-8111-111111111111"

ROUTES = {
    "whoami.get": "GET /whoami",
    "business.assets.post": "POST /assets",
    "business.assets.get": "GET /assets",
    "business.assets.assetId.get": "GET /assets/{assetId}",
    "business.assets.assetId.patch": "PATCH /assets/{assetId}",
    "business.assets.assetId.delete": "DELETE /assets/{assetId}",
    "business.assets.valueUpdates.post": "POST /assets/value-updates",
    "business.assets.valueUpdates.get": "GET /assets/value-updates",
    "business.assets.valueUpdates.valueUpdateId.get": "GET /assets/value-updates/{valueUpdateId}",
    "business.assets.valueUpdates.valueUpdateId.patch": "PATCH /assets/value-updates/{valueUpdateId}",
    "business.assets.valueUpdates.valueUpdateId.delete": "DELETE /assets/value-updates/{valueUpdateId}",
    "business.assets.assetId.valueUpdates.get": "GET /assets/{assetId}/value-updates",
    "business.ledger.accounts.get": "GET /ledger/accounts",
    "business.ledger.accounts.post": "POST /ledger/accounts",
    "business.ledger.accounts.accountId.lines.get": "GET /ledger/accounts/{accountId}/lines",
    "business.ledger.chart.get": "GET /ledger/chart",
    "business.ledger.balances.get": "GET /ledger/balances",
    "business.ledger.entries.get": "GET /ledger/entries",
    "business.ledger.entries.entryId.get": "GET /ledger/entries/{entryId}",
    "business.ledger.entries.entryId.reverse.post": "POST /ledger/entries/{entryId}/reverse",
    "business.ledger.journalEntries.post": "POST /ledger/journal-entries",
    "business.reports.balanceSheet.get": "GET /reports/balance-sheet",
    "business.reports.unified.trialBalance.get": "GET /reports/unified/trial-balance",
    "business.accountingConfig.get": "GET /accounting-config",
    "business.accountingConfig.patch": "PATCH /accounting-config",
}

UUID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string"}
INSTANT = {"type": "string", "format": "date-time"}
CENTS = {"type": "integer", "format": "int64"}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "nullable": True}


METADATA = or_null({"type": "object", "additionalProperties": True})
UPDATE_TYPE = {"$ref": "#/components/schemas/AssetValueUpdateType"}

# The value-update reference page's own schemas, without their prose.
SEED: dict[str, dict[str, Any]] = {
    "CreateAssetValueUpdateParams": {
        "type": "object",
        "required": ["amount", "update_type", "counter_account", "date"],
        "properties": {
            "asset_id": or_null(UUID),
            "asset_external_id": or_null(TEXT),
            "external_id": or_null(TEXT),
            "amount": CENTS,
            "update_type": UPDATE_TYPE,
            "counter_account": {"allOf": [{"$ref": "#/components/schemas/AccountIdentifier"}]},
            "date": INSTANT,
            "memo": or_null(TEXT),
            "metadata": METADATA,
            "reference_number": or_null(TEXT),
        },
    },
    "ApiAssetValueUpdate": {
        "type": "object",
        "required": ["id", "business_id", "asset_id", "amount", "update_type", "date", "transaction_tags"],
        "properties": {
            "id": UUID,
            "business_id": UUID,
            "external_id": or_null(TEXT),
            "asset_id": UUID,
            "amount": CENTS,
            "update_type": UPDATE_TYPE,
            "date": INSTANT,
            "archived_at": or_null(INSTANT),
            "memo": or_null(TEXT),
            "metadata": METADATA,
            "reference_number": or_null(TEXT),
            "transaction_tags": {"type": "array", "items": {"$ref": "#/components/schemas/ApiTag"}},
        },
    },
    "AssetValueUpdateType": {
        "type": "string",
        "enum": ["DEPRECIATION_AMORTIZATION", "IMPROVEMENT", "IMPAIRMENT", "REVALUATION_UP", "REVALUATION_DOWN"],
    },
    "ApiTag": {
        "type": "object",
        "required": ["id", "key", "value", "dimension_id", "definition_id"],
        "properties": {
            "id": UUID,
            "key": TEXT,
            "dimension_display_name": or_null(TEXT),
            "value": TEXT,
            "value_display_name": or_null(TEXT),
            "dimension_id": UUID,
            "definition_id": UUID,
            "archived_at": or_null(INSTANT),
        },
    },
    "AccountId": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {"type": {"type": "string", "enum": ["AccountId"]}, "id": UUID},
    },
    "AccountStableName": {
        "type": "object",
        "required": ["type", "stable_name"],
        "properties": {"type": {"type": "string", "enum": ["StableName"]}, "stable_name": TEXT},
    },
}


@pytest.fixture(scope="module")
def layer() -> spec.Api:
    return spec.load("layer")


@pytest.fixture(scope="module")
def strict() -> spec.Api:
    return spec.load("layer", {"strict_accounts": True})


def by_id(document: Document) -> dict[str, Operation]:
    return {operation.operation_id: operation for operation in spec.operations(document)}


def bare(node: Any) -> Any:
    """A schema without prose, marks and what only the sandbox holds itself to."""
    if isinstance(node, list):
        return [bare(item) for item in node]
    if not isinstance(node, dict):
        return node
    left = {name: bare(value) for name, value in node.items() if name != "description" and not name.startswith("x-")}
    if left.get("additionalProperties") is False:
        del left["additionalProperties"]
    return left


def validator(document: Document, component: str) -> Draft202012Validator:
    schema = spec.json_schema(document, {"$ref": f"#/components/schemas/{component}"})
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_routes_are_those_of_the_vendor(layer: spec.Api) -> None:
    found = {
        name: f"{operation.method} {operation.path.removeprefix('/businesses/{businessId}')}"
        for name, operation in by_id(layer.served).items()
    }
    assert found == ROUTES
    assert layer.base_path == "/v1"


@pytest.mark.parametrize("component", sorted(SEED))
def test_value_update_schemas_are_those_of_the_reference_page(layer: spec.Api, component: str) -> None:
    assert bare(layer.served["components"]["schemas"][component]) == SEED[component]


def test_an_account_is_named_by_id_by_stable_name_or_by_a_bare_string(layer: spec.Api) -> None:
    accepts = validator(layer.served, "AccountIdentifier").is_valid
    assert accepts({"type": "AccountId", "id": DEMO_BUSINESS})
    assert accepts({"type": "StableName", "stable_name": "CASH"})
    assert accepts("CASH")
    assert not accepts("")
    assert not accepts(None)
    assert not accepts({"type": "AccountId", "stable_name": "CASH"})
    assert not accepts({"type": "Other", "id": DEMO_BUSINESS, "stable_name": "CASH"})


def test_the_two_object_forms_exclude_each_other(layer: spec.Api) -> None:
    both = {"id": DEMO_BUSINESS, "stable_name": "CASH"}
    assert validator(layer.served, "AccountIdentifier").is_valid({"type": "AccountId", **both})
    assert validator(layer.served, "AccountIdentifier").is_valid({"type": "StableName", **both})


def test_strict_accounts_takes_out_bare_strings_and_their_examples(layer: spec.Api, strict: spec.Api) -> None:
    assert not validator(strict.served, "AccountIdentifier").is_valid("CASH")
    assert validator(strict.served, "AccountIdentifier").is_valid({"type": "StableName", "stable_name": "CASH"})
    for name, lenient in by_id(layer.served).items():
        strictly = by_id(strict.served)[name]
        assert set(strictly.body_examples) <= set(lenient.body_examples)
        assert bool(strictly.body_examples) == bool(lenient.body_examples), f"{name} lost all of its examples"
    assert "strict_accounts" not in json.dumps(strict.served)


@pytest.mark.parametrize("reading", ["served", "judged", "documented"])
def test_without_bare_strings_every_example_still_fits(strict: spec.Api, reading: str) -> None:
    document = getattr(strict, reading)
    for operation in spec.operations(document):
        if operation.body is not None:
            checker = Draft202012Validator(spec.json_schema(document, operation.body))
            assert all(checker.is_valid(example) for example in operation.body_examples.values())


def test_only_an_accumulated_account_may_be_null(layer: spec.Api) -> None:
    assert validator(layer.served, "UpdateAssetParams").is_valid({"accumulated_depreciation_account": None})
    assert not validator(layer.served, "UpdateAssetValueUpdateParams").is_valid({"counter_account": None})


@pytest.mark.parametrize("amount", [-(2**63), -1, 0, 1, 2**63 - 1])
def test_an_amount_is_any_int64_to_the_schema(layer: spec.Api, amount: int) -> None:
    assert validator(layer.served, "UpdateAssetValueUpdateParams").is_valid({"amount": amount})


@pytest.mark.parametrize("amount", [-(2**63) - 1, 2**63, 0.5, "1", True, None])
def test_anything_else_is_no_amount(layer: spec.Api, amount: object) -> None:
    assert not validator(layer.served, "UpdateAssetValueUpdateParams").is_valid({"amount": amount})


def test_patch_params_require_nothing_and_hold_no_ids(layer: spec.Api) -> None:
    schemas = layer.served["components"]["schemas"]
    for name in ("UpdateAssetParams", "UpdateAssetValueUpdateParams"):
        assert "required" not in schemas[name]
        assert not {"external_id", "asset_id", "asset_external_id", "id"} & set(schemas[name]["properties"])


def test_lists_with_cursors_have_every_paging_parameter(layer: spec.Api) -> None:
    paged = {name: op for name, op in by_id(layer.served).items() if "cursor" in {p.name for p in op.parameters}}
    assert set(paged) == {
        "business.assets.get",
        "business.assets.valueUpdates.get",
        "business.ledger.entries.get",
        "business.ledger.accounts.accountId.lines.get",
    }
    for operation in paged.values():
        known = {parameter.name: parameter.schema for parameter in operation.parameters}
        assert {"sort_by", "sort_order", "cursor", "limit", "show_total_count"} <= set(known)
        limit = spec.resolve(layer.served, known["limit"])
        assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 1000, 100)


def test_the_documented_default_sort_keys(layer: spec.Api) -> None:
    defaults = {
        name: parameter.schema["default"]
        for name, operation in by_id(layer.served).items()
        for parameter in operation.parameters
        if parameter.name == "sort_by"
    }
    assert defaults["business.assets.get"] == "created_at"
    assert defaults["business.assets.valueUpdates.get"] == "date"


def test_requests_are_open_to_members_that_nobody_named(layer: spec.Api) -> None:
    """The vendor's schemas do not forbid them; the sandbox ignores them."""
    for operation in spec.operations(layer.served):
        if operation.body is not None:
            assert '"additionalProperties": false' not in json.dumps(spec.json_schema(layer.served, operation.body))


def test_every_operation_asks_for_a_token_and_the_control_plane_for_none(layer: spec.Api) -> None:
    assert all(operation.secured for operation in spec.operations(layer.served))
    assert layer.control is not None
    assert not any(operation.secured for operation in spec.operations(layer.control))


def test_the_control_plane_opens_businesses_gives_tokens_and_resets(layer: spec.Api) -> None:
    assert layer.control is not None
    assert spec.server_path(layer.control) == "/_sandbox/layer"
    assert {name: f"{op.method} {op.path}" for name, op in by_id(layer.control).items()} == {
        "control.businesses.get": "GET /businesses",
        "control.businesses.post": "POST /businesses",
        "control.tokens.get": "GET /tokens",
        "control.tokens.post": "POST /tokens",
        "control.faults.get": "GET /faults",
        "control.faults.put": "PUT /faults",
        "control.clock.get": "GET /clock",
        "control.clock.put": "PUT /clock",
        "control.reset.post": "POST /reset",
    }
