"""Accounts, manual entries, lines and the chart over the API."""

from __future__ import annotations

import pytest

import spec
from mock_server.apis.layer.chart import TEMPLATE
from tests.layer.client import NOBODY, Layer

LOSS = {
    "name": "Impairment loss",
    "normality": "DEBIT",
    "parent_id": "EXPENSES",
    "account_type": "EXPENSE",
    "account_subtype": "OTHER_EXPENSES",
    "stable_name": "IMPAIRMENT_LOSS",
}


def nodes(tree: list[dict[str, object]]) -> list[dict[str, object]]:
    """Every node of a tree, parents first."""
    return [node for top in tree for node in (top, *nodes(top["sub_accounts"]))]


def test_the_chart_starts_with_the_required_accounts_of_the_template(layer: Layer) -> None:
    chart = nodes(layer.get("/ledger/chart").data["accounts"])
    found = {node["stable_name"]["stable_name"]: node["account_number"] for node in chart}
    assert found == {one.key: one.number for one in TEMPLATE if one.required}
    assert {one.key for one in TEMPLATE if not one.required} == {"CURRENT_ASSETS", "DEPRECIATION"}


def test_every_template_account_is_of_its_parents_class_and_has_its_own_number() -> None:
    by_key = {one.key: one for one in TEMPLATE}
    assert len(by_key) == len(TEMPLATE) == len({one.number for one in TEMPLATE})
    assert all(one.parent is None or by_key[one.parent].kind is one.kind for one in TEMPLATE)
    contra = {one.key for one in TEMPLATE if one.parent and by_key[one.parent].normality is not one.normality}
    assert contra == {"ACCUMULATED_DEPRECIATION", "DISTRIBUTIONS", "RETURNS_AND_ALLOWANCES"}


def test_an_account_is_opened_once_and_can_be_posted_to(layer: Layer) -> None:
    """layer.R23, R25."""
    reply = layer.post("/ledger/accounts", LOSS)
    assert (reply.status, reply.data["name"], reply.data["account_number"]) == (201, "Impairment loss", None)
    assert reply.data["account_subtype"] == {"value": "OTHER_EXPENSES", "display_name": "Other expenses"}
    again = layer.post("/ledger/accounts", {**LOSS, "name": "Another", "parent_id": "NOBODY"})
    assert (again.status, again.data) == (200, reply.data)
    layer.asset()
    assert layer.value_update(counter_account="IMPAIRMENT_LOSS", update_type="IMPAIRMENT").status == 201
    assert layer.balances()["IMPAIRMENT_LOSS"] == layer.balances()["EXPENSES"] == 66_667


def test_the_template_wins_where_it_knows_the_stable_name(layer: Layer) -> None:
    """template_account: whatever else the body says."""
    reply = layer.post("/ledger/accounts", {**LOSS, "stable_name": "CURRENT_ASSETS"})
    assert (reply.status, reply.data["name"]) == (201, "Current assets")
    assert reply.data["account_type"]["value"] == "ASSET"


def test_a_stable_name_that_no_bare_string_could_name_is_refused(layer: Layer) -> None:
    assert layer.post("/ledger/accounts", {**LOSS, "stable_name": ""}).pointers == {"/stable_name"}
    assert "Impairment loss" not in layer.balances()


def test_accounts_without_a_stable_name_are_each_another_one(layer: Layer) -> None:
    body = {**LOSS, "stable_name": None}
    one, other = (layer.post("/ledger/accounts", body).data for _ in range(2))
    assert one["id"] != other["id"]
    assert one["stable_name"] is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"parent_id": "NOBODY"}, (400, "SpecifiedIdNotFound", "/parent_id")),
        ({"parent_id": {"type": "AccountId", "id": NOBODY}}, (400, "SpecifiedIdNotFound", "/parent_id")),
        ({"parent_id": "CASH"}, (400, "SpecifiedBadRequest", "/account_type")),
        ({"account_type": "ASSET"}, (400, "SpecifiedBadRequest", "/account_type")),
    ],
)
def test_an_account_under_nothing_or_of_another_class_is_refused(layer: Layer, sent, said) -> None:
    before = layer.read_back()
    assert layer.post("/ledger/accounts", {**LOSS, **sent}).said == said
    assert layer.read_back() == before


def test_accounts_are_listed_with_balances(layer: Layer) -> None:
    layer.journal("CASH", "OWNERS_CAPITAL", 5)
    listed = layer.get("/ledger/accounts").data
    assert listed == layer.get("/ledger/balances").data
    assert listed["type"] == "Ledger_Balances"


def test_a_manual_entry_is_in_both_books_and_shows_its_lines(layer: Layer) -> None:
    """C3."""
    items = {"memo": "m", "metadata": {"a": 1}, "reference_number": "r", "external_id": "x", "created_by": "me"}
    entry = layer.journal("CASH", "OWNERS_CAPITAL", 500, **items).data
    assert (entry["entry_type"], entry["memo"], entry["metadata"]) == ("MANUAL", "m", {"a": 1})
    assert entry["source"] == {
        "type": "Manual_Ledger_Entry_Source",
        "id": None,
        "external_id": "x",
        "display_description": "Manual entry",
    }
    assert [line["entry_id"] for line in entry["line_items"]] == [entry["id"]] * 2
    assert layer.get(f"/ledger/entries/{entry['id']}").data == entry
    for basis in ("ACCRUAL", "CASH"):
        assert layer.balances(reporting_basis=basis)["CASH"] == 500


def test_a_manual_entry_sent_again_posts_nothing(layer: Layer) -> None:
    """layer.R25."""
    first = layer.journal("CASH", "OWNERS_CAPITAL", 5, external_id="x")
    before = layer.read_back()
    again = layer.journal("CASH", "OWNERS_CAPITAL", 5, external_id="x", created_by="somebody else")
    assert (first.status, again.status, again.data) == (201, 200, first.data)
    assert layer.journal("CASH", "OWNERS_CAPITAL", 6, external_id="x").said == (
        400,
        "SpecifiedBadRequest",
        "/external_id",
    )
    assert layer.read_back() == before


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        ([("CASH", 5, "DEBIT")], "/line_items"),
        ([("CASH", 5, "DEBIT"), ("CASH", 4, "CREDIT")], "/line_items"),
        ([("CASH", 5, "DEBIT"), ("CASH", 5, "DEBIT")], "/line_items"),
        ([("CASH", 5, "DEBIT"), ("CASH", 0, "CREDIT")], "/line_items/1/amount"),
        ([("CASH", 2**63 - 1, "DEBIT")] * 2 + [("SALES", 2**63 - 1, "CREDIT")] * 2, "/line_items"),
        ([("CASH", 5, "DEBIT"), ("NOBODY", 5, "CREDIT")], "/line_items/1/account_identifier"),
        ([("CASH", 5, "DEBIT"), ("CASH", 5, "BOTH")], "/line_items/1/direction"),
    ],
)
def test_an_impossible_entry_leaves_nothing(layer: Layer, items, pointer) -> None:
    """L1, L2, L5, L8."""
    before = layer.read_back()
    lines = [{"account_identifier": who, "amount": amount, "direction": side} for who, amount, side in items]
    reply = layer.post("/ledger/journal-entries", {"entry_at": "2024-01-31T00:00:00Z", "line_items": lines})
    assert (reply.status, reply.error["meta"]) == (400, {"pointer": pointer})
    assert layer.read_back() == before


def test_a_closed_day_takes_no_entry_and_no_reversal(layer: Layer) -> None:
    entry = layer.journal("CASH", "OWNERS_CAPITAL", 5).data
    layer.patch("/accounting-config", {"closing_date": "2024-02-01"})
    before = layer.read_back()
    assert layer.journal("CASH", "OWNERS_CAPITAL", 5).said == (400, "SpecifiedBadRequest", "/entry_at")
    assert layer.post(f"/ledger/entries/{entry['id']}/reverse").status == 400
    assert layer.read_back() == before


def test_a_reversal_is_made_once_and_may_be_reversed_itself(layer: Layer) -> None:
    """L7, layer.R24, DECISIONS 15."""
    entry = layer.journal("CASH", "OWNERS_CAPITAL", 5, external_id="x", memo="m").data
    first = layer.post(f"/ledger/entries/{entry['id']}/reverse")
    again = layer.post(f"/ledger/entries/{entry['id']}/reverse")
    assert (first.status, again.status, again.data) == (201, 200, first.data)
    assert [line["direction"] for line in first.data["line_items"]] == ["CREDIT", "DEBIT"]
    assert (first.data["entry_at"], first.data["memo"]) == (entry["entry_at"], "m")
    assert {line["entry_reversal_of"] for line in first.data["line_items"]} == {entry["id"]}
    assert not any(layer.balances().values())
    restored = layer.post(f"/ledger/entries/{first.data['id']}/reverse")
    assert restored.status == 201
    assert layer.balances()["CASH"] == 5
    assert layer.get(f"/ledger/entries/{first.data['id']}").data["reversal_id"] == restored.data["id"]


def test_lines_show_the_running_balance_on_their_accounts_own_side(layer: Layer) -> None:
    layer.journal("CASH", "OWNERS_CAPITAL", 100, on="2024-03-01T00:00:00Z")
    entry = layer.journal("CASH", "OWNERS_CAPITAL", 7, on="2024-01-01T00:00:00Z").data
    layer.post(f"/ledger/entries/{entry['id']}/reverse")
    for line, balances in ((0, [7, 0, 100]), (1, [7, 0, 100])):
        account = entry["line_items"][line]["account"]["id"]["id"]
        rows = layer.walk(f"/ledger/accounts/{account}/lines")
        assert [row["running_balance"] for row in rows] == balances
        assert [row["is_reversed"] for row in rows] == [True, False, False]
        shown = layer.get(f"/ledger/entries/{entry['id']}").data["line_items"][line]
        assert {member: rows[0][member] for member in shown} == shown


def test_the_running_balance_outgrows_64_bits_where_a_void_makes_room_for_an_earlier_day(layer: Layer) -> None:
    layer.asset()
    late = layer.value_update(amount=2**63 - 1, date="2024-03-01T00:00:00Z").data
    layer.delete(f"/assets/value-updates/{late['id']}")
    layer.value_update(amount=2**63 - 1, date="2024-01-01T00:00:00Z")
    (entry, *_) = layer.walk("/ledger/entries")
    account = entry["line_items"][1]["account"]["id"]["id"]
    rows = layer.walk(f"/ledger/accounts/{account}/lines")
    assert [row["running_balance"] for row in rows] == [2**63 - 1, 2 * (2**63 - 1), 2**63 - 1]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/ledger/entries/{NOBODY}"),
        ("POST", f"/ledger/entries/{NOBODY}/reverse"),
        ("GET", f"/ledger/accounts/{NOBODY}/lines"),
    ],
)
def test_an_unknown_entry_or_account_is_404(layer: Layer, method: str, path: str) -> None:
    assert layer.call(method, path).said == (404, "SpecifiedIdNotFound", None)


def test_accounts_nest_as_deep_as_the_profile_says_and_every_reading_bears_it(layer: Layer) -> None:
    """L5."""
    point = spec.load("layer").profile.points["account_depth"]
    levels = int(point.choice.split()[0])
    parent = {"type": "StableName", "stable_name": "ASSETS"}
    body = {"name": "Nested", "normality": "DEBIT", "account_type": "ASSET", "account_subtype": "CASH"}
    for _ in range(2, levels + 1):
        reply = layer.post("/ledger/accounts", {**body, "parent_id": parent})
        assert reply.status == 201
        parent = reply.data["id"]
    layer.journal(parent, "REVENUE", 7)
    before = layer.read_back()
    reply = layer.post("/ledger/accounts", {**body, "parent_id": parent})
    assert reply.said == (400, "SpecifiedBadRequest", "/parent_id")
    assert layer.read_back() == before
    for path in ("/ledger/chart", "/ledger/accounts", "/ledger/balances", "/reports/balance-sheet"):
        query = {"effective_date": "2024-12-31T00:00:00Z"} if path.startswith("/reports") else {}
        assert layer.get(path, **query).status == 200
