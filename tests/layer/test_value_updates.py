"""Value updates over the API (facts/layer.md 5, DECISIONS 5 to 17)."""

from __future__ import annotations

import pytest

from mock_server.app import open_sandbox
from tests.layer.client import NOBODY, Layer

CLOSED = {"closing_date": "2024-03-01"}
DIRECTIONS = [
    ("DEPRECIATION_AMORTIZATION", "CASH", "ACCUMULATED_DEPRECIATION"),
    ("IMPAIRMENT", "CASH", "Forklift"),
    ("REVALUATION_DOWN", "CASH", "Forklift"),
    ("IMPROVEMENT", "Forklift", "CASH"),
    ("REVALUATION_UP", "Forklift", "CASH"),
]


def sides(entry: dict[str, object]) -> list[tuple[str, str, int]]:
    """An entry's lines as (side, account, amount)."""
    return [
        (
            line["direction"],
            line["account"]["stable_name"]["stable_name"]
            if line["account"]["stable_name"]
            else line["account"]["name"],
            line["amount"],
        )
        for line in entry["line_items"]
    ]


@pytest.mark.parametrize(("update_type", "debit", "credit"), DIRECTIONS)
def test_each_type_posts_its_entry(layer: Layer, update_type: str, debit: str, credit: str) -> None:
    """layer.R1 to R4, L1, L2."""
    layer.asset()
    update = layer.value_update(update_type=update_type, counter_account="CASH", amount=9, external_id="x").data
    (entry,) = layer.walk("/ledger/entries")
    assert sides(entry) == [("DEBIT", debit, 9), ("CREDIT", credit, 9)]
    assert (entry["entry_type"], entry["agent"], entry["entry_number"]) == ("ASSET_VALUE_UPDATE", "API", 1)
    assert entry["entry_at"] == update["date"] != entry["date"]
    assert (entry["source"]["id"], entry["source"]["external_id"]) == (update["id"], "x")
    assert entry["business_id"] == layer.business_id


def test_a_value_update_comes_back_as_it_was_sent(layer: Layer) -> None:
    """layer.R12, R26: the same text of the date too."""
    asset = layer.asset()
    sent = {
        "external_id": "x",
        "date": "2024-02-29t23:30:00.120-01:00",
        "memo": "February",
        "metadata": {"b": [True, None, {}], "a": 2**60},
        "reference_number": "DEP-2",
    }
    update = layer.value_update(**sent).data
    assert {member: update[member] for member in sent} == sent
    assert (update["asset_id"], update["amount"]) == (asset["id"], 66_667)
    assert layer.get(f"/assets/value-updates/{update['id']}").data == update
    assert layer.walk("/assets/value-updates") == layer.get(f"/assets/{asset['id']}/value-updates").data == [update]
    assert layer.balances(end_date="2024-02-29T00:00:00Z")["ACCUMULATED_DEPRECIATION"] == 0
    assert layer.balances(end_date="2024-03-01T00:00:00Z")["ACCUMULATED_DEPRECIATION"] == 66_667


def test_either_selector_finds_the_asset_and_both_when_they_agree(layer: Layer) -> None:
    """layer.R7."""
    asset_id = layer.asset()["id"]
    for selectors in (
        {"asset_id": asset_id, "asset_external_id": None},
        {"asset_id": None},
        {"asset_id": asset_id},
    ):
        assert layer.value_update(**selectors).data["asset_id"] == asset_id


@pytest.mark.parametrize(
    ("selectors", "error_enum", "pointer"),
    [
        ({"asset_external_id": None}, "SpecifiedBadRequest", "/asset_external_id"),
        ({"asset_external_id": None, "asset_id": None}, "SpecifiedBadRequest", "/asset_id"),
        ({"asset_external_id": "nobody"}, "SpecifiedIdNotFound", "/asset_external_id"),
        ({"asset_id": NOBODY}, "SpecifiedIdNotFound", "/asset_id"),
        ({"asset_id": "other", "asset_external_id": "nobody"}, "SpecifiedIdNotFound", "/asset_external_id"),
        ({"asset_id": "other"}, "SpecifiedBadRequest", "/asset_external_id"),
    ],
)
def test_no_asset_an_unknown_one_or_two_are_refused(layer: Layer, selectors, error_enum, pointer) -> None:
    """layer.R8, R28, L5."""
    layer.asset()
    other = layer.asset("other", name="Truck")
    before = layer.read_back()
    sent = {**selectors, "asset_id": other["id"]} if selectors.get("asset_id") == "other" else selectors
    assert layer.value_update(**sent).said == (400, error_enum, pointer)
    assert layer.read_back() == before


def test_a_replay_answers_the_same_record_and_posts_nothing(layer: Layer) -> None:
    """O7, DECISIONS 11: absent is null, the order of members and the spelling of numbers are free."""
    asset = layer.asset()
    first = layer.value_update(external_id="x", metadata={"a": 1, "b": {"c": None}}, memo=None)
    before = layer.read_back()
    again = layer.post(
        "/assets/value-updates",
        b'{"metadata":{"b":{"c":null},"a":1.0},"date":"2024-02-29T01:00:00+01:00","counter_account":'
        b'{"type":"StableName","stable_name":"DEPRECIATION"},"update_type":"DEPRECIATION_AMORTIZATION",'
        b'"amount":66667,"reference_number":null,"external_id":"x","asset_id":"' + asset["id"].encode() + b'"}',
    )
    assert (first.status, again.status) == (201, 200)
    assert again.data == first.data
    assert layer.read_back() == before


@pytest.mark.parametrize(
    "other",
    [
        {"amount": 66_668},
        {"update_type": "IMPAIRMENT"},
        {"counter_account": "CASH"},
        {"counter_account": "CURRENT_ASSETS"},
        {"date": "2024-02-28T00:00:00Z"},
        {"metadata": {"a": True}},
        {"metadata": {"a": 1, "b": None}},
        {"metadata": None},
        {"memo": "other"},
        {"asset_external_id": "truck"},
    ],
)
def test_a_replay_with_other_contents_is_refused(layer: Layer, other: dict[str, object]) -> None:
    layer.asset()
    layer.asset("truck", name="Truck")
    layer.value_update(external_id="x", metadata={"a": 1})
    before = layer.read_back()
    sent = {"external_id": "x", "metadata": {"a": 1}, **other}
    assert layer.value_update(**sent).said == (400, "SpecifiedBadRequest", "/external_id")
    assert layer.read_back() == before


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"amount": 0}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": -1}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": -(2**63)}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": 2**63}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": 1.5}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": "66667"}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": True}, (400, "SpecifiedBadRequest", "/amount")),
        ({"amount": None}, (400, "SpecifiedBadRequest", "/amount")),
        ({"update_type": "SCRAP"}, (400, "SpecifiedBadRequest", "/update_type")),
        ({"counter_account": "NOBODY"}, (400, "SpecifiedIdNotFound", "/counter_account")),
        ({"counter_account": {"type": "AccountId", "id": NOBODY}}, (400, "SpecifiedIdNotFound", "/counter_account")),
        ({"counter_account": "ACCUMULATED_DEPRECIATION"}, (400, "SpecifiedBadRequest", "/counter_account")),
        ({"date": "2024-02-30T00:00:00Z"}, (400, "SpecifiedBadRequest", "/date")),
        ({"date": "2016-12-31T23:59:60Z"}, (400, "SpecifiedBadRequest", "/date")),
        ({"date": "0001-01-01T00:00:00+00:01"}, (400, "SpecifiedBadRequest", "/date")),
        ({"date": "9999-12-31T23:59:59-00:01"}, (400, "SpecifiedBadRequest", "/date")),
        ({"date": "2024-02-29"}, (400, "SpecifiedBadRequest", "/date")),
    ],
)
def test_what_cannot_be_posted_leaves_nothing(layer: Layer, sent, said) -> None:
    """L5, L8, DECISIONS 5, 8, 17: not even the optional account that was named is opened."""
    layer.asset()
    before = layer.read_back()
    assert layer.value_update(external_id="x", **sent).said == said
    assert layer.read_back() == before
    assert layer.value_update(external_id="x").status == 201


def test_depreciation_without_an_accumulated_account_is_refused(layer: Layer) -> None:
    """layer.R2."""
    layer.asset(accumulated_depreciation_account=None)
    before = layer.read_back()
    assert layer.value_update().said == (400, "SpecifiedBadRequest", "/update_type")
    assert layer.read_back() == before


def test_64_bits_are_the_limit_of_all_live_entries(layer: Layer) -> None:
    """L8, DECISIONS 8: what is voided is free again, and lines still show their running balance."""
    layer.asset()
    whole = layer.value_update(amount=2**63 - 1, date="2024-03-01T00:00:00Z").data
    before = layer.read_back()
    assert layer.value_update(amount=1).said == (400, "SpecifiedBadRequest", "/amount")
    assert layer.read_back() == before
    layer.delete(f"/assets/value-updates/{whole['id']}")
    assert layer.value_update(amount=2**63 - 1).status == 201
    assert layer.balances()["ACCUMULATED_DEPRECIATION"] == 2**63 - 1


@pytest.mark.parametrize(
    ("sent", "lines"),
    [
        ({"amount": 5}, [("DEBIT", "DEPRECIATION", 5), ("CREDIT", "ACCUMULATED_DEPRECIATION", 5)]),
        ({"update_type": "IMPAIRMENT"}, [("DEBIT", "DEPRECIATION", 66_667), ("CREDIT", "Forklift", 66_667)]),
        ({"counter_account": "CASH"}, [("DEBIT", "CASH", 66_667), ("CREDIT", "ACCUMULATED_DEPRECIATION", 66_667)]),
        (
            {"date": "2024-03-01T00:00:00Z"},
            [("DEBIT", "DEPRECIATION", 66_667), ("CREDIT", "ACCUMULATED_DEPRECIATION", 66_667)],
        ),
    ],
)
def test_a_patch_of_the_books_reverses_and_posts_again(layer: Layer, sent, lines) -> None:
    """layer.R9, M4, L6, L7."""
    layer.asset()
    update = layer.value_update(memo="m").data
    (original,) = layer.walk("/ledger/entries")
    patched = layer.patch(f"/assets/value-updates/{update['id']}", sent).data
    expected = {**update, **{member: value for member, value in sent.items() if member in update}}
    assert patched == expected
    first, reversal, posted = layer.walk("/ledger/entries", sort_by="entry_number")
    assert sides(posted) == lines
    assert (reversal["entry_type"], reversal["reversal_of_id"]) == ("REVERSAL", original["id"])
    assert first["reversal_id"] == reversal["id"]
    assert reversal["entry_at"] == original["entry_at"]
    unlinked = [{**line, "entry_reversed_by": None} for line in first["line_items"]]
    assert {**first, "reversal_id": None, "line_items": unlinked} == original


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"amount": 66_667},
        {"date": "2024-02-29T00:00:00.000Z", "counter_account": {"type": "StableName", "stable_name": "DEPRECIATION"}},
        {"memo": "other", "metadata": None, "reference_number": "r"},
        {"external_id": "other", "asset_id": NOBODY, "id": NOBODY, "unknown": 1},
    ],
)
def test_a_patch_of_equal_values_or_notes_posts_nothing(layer: Layer, sent: dict[str, object]) -> None:
    """layer.R10, R11."""
    layer.asset()
    update = layer.value_update(external_id="x", metadata={"a": 1}).data
    entries = layer.walk("/ledger/entries")
    patched = layer.patch(f"/assets/value-updates/{update['id']}", sent).data
    told = {"amount", "date", "memo", "metadata", "reference_number"} & sent.keys()
    assert patched == {**update, **{member: sent[member] for member in told}}
    assert layer.walk("/ledger/entries") == entries


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"amount": 0}, "/amount"),
        ({"amount": None}, "/amount"),
        ({"date": None}, "/date"),
        ({"update_type": None}, "/update_type"),
        ({"counter_account": "NOBODY"}, "/counter_account"),
        ({"counter_account": "ACCUMULATED_DEPRECIATION"}, "/counter_account"),
    ],
)
def test_a_patch_that_cannot_be_posted_leaves_the_old_entry(layer: Layer, sent, pointer) -> None:
    """L5, L6."""
    layer.asset()
    update = layer.value_update().data
    before = layer.read_back()
    reply = layer.patch(f"/assets/value-updates/{update['id']}", {**sent, "memo": "never"})
    assert reply.pointers == {pointer}
    assert layer.read_back() == before


def test_a_refusal_points_at_no_member_that_was_not_sent(layer: Layer) -> None:
    asset, update = layer.asset(), layer.value_update().data
    path, entries = f"/assets/value-updates/{update['id']}", "/ledger/entries"
    manual = layer.journal("CASH", "REVENUE", 5).data
    layer.patch("/accounting-config", {"closing_date": "2024-12-31"})
    before = layer.read_back()
    assert layer.delete(path).said == (400, "SpecifiedBadRequest", None)
    assert layer.patch(path, {"amount": 8}).said == (400, "SpecifiedBadRequest", None)
    assert layer.patch(path, {"date": "2024-03-01T00:00:00Z"}).said == (400, "SpecifiedBadRequest", "/date")
    assert layer.post(f"{entries}/{manual['id']}/reverse").said == (400, "SpecifiedBadRequest", None)
    assert layer.read_back() == before
    layer.patch("/accounting-config", {"closing_date": None})
    layer.patch(f"/assets/{asset['id']}", {"accumulated_depreciation_account": None})
    assert layer.patch(path, {"amount": 8}).said == (400, "SpecifiedBadRequest", None)
    layer.delete(f"/assets/{asset['id']}")
    assert layer.patch(f"/assets/{asset['id']}", {"name": "q"}).said == (400, "SpecifiedBadRequest", None)


def test_an_archived_asset_is_pointed_at_by_the_selector_that_was_sent(layer: Layer) -> None:
    asset_id = layer.asset()["id"]
    layer.delete(f"/assets/{asset_id}")
    assert layer.value_update().said == (400, "SpecifiedBadRequest", "/asset_external_id")
    by_id = layer.value_update(asset_id=asset_id, asset_external_id=None)
    assert by_id.said == (400, "SpecifiedBadRequest", "/asset_id")


def test_an_archived_replay_is_pointed_at_by_its_external_id(layer: Layer) -> None:
    layer.asset()
    update = layer.value_update(external_id="x").data
    layer.delete(f"/assets/value-updates/{update['id']}")
    assert layer.value_update(external_id="x").said == (400, "SpecifiedBadRequest", "/external_id")


def test_refusals_speak_of_cents_and_in_the_vendors_words(layer: Layer) -> None:
    layer.asset()
    layer.value_update(external_id="x")
    said = [
        layer.value_update(**sent).error["description"] for sent in ({"amount": 0}, {"external_id": "x", "amount": 1})
    ]
    assert said == [
        "An amount must be at least 1 cent; got 0.",
        "There is a record with this external_id already, and it has other contents.",
    ]


def test_no_selector_at_all_has_no_pointer(layer: Layer) -> None:
    body = {"amount": 1, "update_type": "IMPROVEMENT", "counter_account": "CASH", "date": "2024-02-29T00:00:00Z"}
    assert layer.post("/assets/value-updates", body).said == (400, "SpecifiedBadRequest", None)


def test_archiving_reverses_the_entry_and_hides_the_record_from_both_lists(layer: Layer) -> None:
    """layer.R18, A1, A2, A3, C2."""
    asset = layer.asset()
    update = layer.value_update(external_id="x").data
    archived = layer.delete(f"/assets/value-updates/{update['id']}").data
    assert archived["archived_at"] is not None
    assert {**archived, "archived_at": None} == update
    assert not any(layer.balances().values())
    assert layer.walk("/assets/value-updates") == layer.get(f"/assets/{asset['id']}/value-updates").data == []
    assert layer.get(f"/assets/value-updates/{update['id']}").data == archived
    before = layer.read_back()
    assert layer.delete(f"/assets/value-updates/{update['id']}").data == archived
    assert layer.patch(f"/assets/value-updates/{update['id']}", {"memo": "x"}).status == 400
    assert layer.value_update(external_id="x").status == 400
    assert layer.read_back() == before
    original, reversal = layer.walk("/ledger/entries", sort_by="entry_number")
    assert sides(reversal) == [
        ("CREDIT", "DEPRECIATION", 66_667),
        ("DEBIT", "ACCUMULATED_DEPRECIATION", 66_667),
    ]
    assert reversal["source"] == original["source"]


def test_an_entry_of_a_value_update_is_not_reversed_by_itself(layer: Layer) -> None:
    """DECISIONS 15."""
    layer.asset()
    layer.value_update()
    (entry,) = layer.walk("/ledger/entries")
    before = layer.read_back()
    reply = layer.post(f"/ledger/entries/{entry['id']}/reverse")
    assert reply.status == 400
    assert "archive the value update" in reply.error["description"]
    assert layer.read_back() == before


def test_a_closed_day_takes_no_update_no_repost_and_no_archive(layer: Layer) -> None:
    """layer.R21, DECISIONS 7."""
    layer.asset()
    update = layer.value_update().data
    later = layer.value_update(date="2024-03-01T00:00:00Z").data
    layer.patch("/accounting-config", CLOSED)
    before = layer.read_back()
    path = f"/assets/value-updates/{update['id']}"
    for reply, pointer in (
        (layer.value_update(), "/date"),
        (layer.value_update(date="2024-03-01T00:30:00+01:00"), "/date"),
        (layer.patch(path, {"amount": 1}), None),
        (layer.patch(path, {"date": "2024-03-05T00:00:00Z"}), "/date"),
        (layer.patch(f"/assets/value-updates/{later['id']}", {"date": "2024-02-29T00:00:00Z"}), "/date"),
        (layer.delete(path), None),
    ):
        assert reply.said == (400, "SpecifiedBadRequest", pointer)
    assert layer.read_back() == before
    assert layer.patch(path, {"memo": "late"}).data["memo"] == "late"
    assert layer.value_update(date="2024-03-01T00:00:00Z").status == 201
    layer.patch("/accounting-config", {"closing_date": None})
    assert layer.delete(path).status == 200


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_an_unknown_value_update_is_404(layer: Layer, method: str) -> None:
    body = {} if method == "PATCH" else None
    assert layer.call(method, f"/assets/value-updates/{NOBODY}", body).said == (404, "SpecifiedIdNotFound", None)
    assert layer.get(f"/assets/{NOBODY}/value-updates").said == (404, "SpecifiedIdNotFound", None)


def test_below_zero_is_accepted_unless_the_switch_refuses_it(layer: Layer) -> None:
    layer.asset()
    assert layer.value_update().status == 201
    strict = Layer(open_sandbox(["layer"], seed=1, switches={"refuse_below_zero": True}))
    account = strict.asset()["ledger_account"]["id"]
    before = strict.read_back()
    assert strict.value_update().said == (400, "SpecifiedBadRequest", "/amount")
    assert strict.read_back() == before
    strict.journal(account, "CASH", 66_667)
    assert strict.value_update().status == 201


def test_the_default_basis_of_a_business_does_not_keep_an_update_from_posting(layer: Layer) -> None:
    """DECISIONS 3."""
    layer.asset()
    layer.patch("/accounting-config", {"default_reporting_basis": "CASH"})
    assert layer.value_update().status == 201
    assert layer.balances()["ACCUMULATED_DEPRECIATION"] == 66_667


def test_updates_of_one_asset_are_in_order_of_date_and_then_of_creation(layer: Layer) -> None:
    asset = layer.asset()
    for memo, date in (("c", "2024-03-01"), ("a", "2024-01-01"), ("d", "2024-03-01"), ("b", "2024-02-01")):
        layer.value_update(memo=memo, date=f"{date}T00:00:00Z")
    found = layer.get(f"/assets/{asset['id']}/value-updates").data
    assert [update["memo"] for update in found] == ["a", "b", "c", "d"]
