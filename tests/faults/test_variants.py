"""Variants of the right sandbox: each is left open by a point of the profile, and does what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import RFC_4122, UUID

import pytest
from click.testing import CliRunner

import fixtura
import mock_server
import spec
from fixtura.cli import faults as command
from mock_server import variants
from mock_server.variants import Variant

EVERY = [(api, variant) for api in spec.available() for variant in variants.of(api)]
NAMES = [f"{api}-{variant.name}" for api, variant in EVERY]
YEAR = [f"2024-{month:02}-15T00:00:00Z" for month in range(1, 13)]


@pytest.mark.parametrize(("api", "variant"), EVERY, ids=NAMES)
def test_the_profile_accepts_what_a_variant_does(api: str, variant: Variant) -> None:
    assert variant.outcome in spec.load(api).profile.accepts(variant.point)


@pytest.mark.parametrize(("api", "variant"), EVERY, ids=NAMES)
def test_a_sandbox_in_that_variant_answers(api: str, variant: Variant) -> None:
    with fixtura.sandbox(api, variant_names=[variant.name]) as books:
        assert books.client.get("/nothing").status_code == 404


def test_an_unknown_variant_is_one_sentence() -> None:
    with pytest.raises(variants.UnknownVariant, match="no API here has a variant huge"):
        mock_server.open_sandbox(["layer"], variant_names=["huge"])


def test_variants_about_the_same_thing_exclude_each_other() -> None:
    with pytest.raises(variants.UnknownVariant, match="void-in-place, reversal-now exclude each other"):
        mock_server.open_sandbox(["layer"], variant_names=["reversal-now", "void-in-place"])


def test_a_variant_of_one_api_leaves_another_as_it_is() -> None:
    served = mock_server.open_sandbox(variant_names=["this-year-only", "floors"])
    assert set(served.instances) == set(spec.available())


def test_the_command_lists_them() -> None:
    listed = json.loads(CliRunner().invoke(command.command, ["--variants", "--json"]).output)
    assert [(one["api"], one["name"]) for one in listed] == [(api, variant.name) for api, variant in EVERY]
    printed = CliRunner(env={"COLUMNS": "200"}).invoke(command.command, ["--variants"]).output
    assert all(variant.name in printed for _, variant in EVERY)


class Layer:
    """A sandbox of Layer with one asset."""

    def __init__(self, books: fixtura.Sandbox) -> None:
        self.books = books
        self.asset = self.post("/assets", name="Van", asset_type="VEHICLE")

    def path(self, path: str) -> str:
        return f"/businesses/{self.books.scope['business_id']}{path}"

    def post(self, path: str, **body: object) -> dict[str, Any]:
        answer = self.books.client.post(self.path(path), json=body)
        assert answer.is_success, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def get(self, path: str, **query: str) -> Any:
        answer = self.books.client.get(self.path(path), params=query)
        assert answer.is_success, answer.text
        return answer.json()

    def improve(self, date: str = YEAR[0], **more: object) -> dict[str, Any]:
        counter = {"type": "StableName", "stable_name": "CASH"}
        terms = {"amount": 100, "update_type": "IMPROVEMENT", "date": date, "counter_account": counter}
        return self.post("/assets/value-updates", asset_id=self.asset["id"], **terms, **more)

    def void(self, change: dict[str, Any]) -> dict[str, Any]:
        answer = self.books.client.delete(self.path(f"/assets/value-updates/{change['id']}"))
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    def lines(self) -> list[Any]:
        account = self.asset["ledger_account"]["id"]["id"]
        found: list[Any] = self.get(f"/ledger/accounts/{account}/lines")["data"]
        return found


Varied = Callable[..., Layer]


@pytest.fixture
def varied() -> Iterator[Varied]:
    with ExitStack() as opened:
        yield lambda *names: Layer(opened.enter_context(fixtura.sandbox("layer", seed=1, variant_names=names)))


def test_a_void_in_place_leaves_no_line_and_the_others_as_they_were(varied: Varied) -> None:
    layer = varied("void-in-place")
    first, second = layer.improve(YEAR[0]), layer.improve(YEAR[1])
    assert layer.void(first)["archived_at"] is not None
    assert [(line["amount"], line["running_balance"]) for line in layer.lines()] == [(100, 100)]
    assert [entry["source"]["id"] for entry in layer.get("/ledger/entries")["data"]] == [second["id"]]


def test_a_reversal_now_is_of_today(varied: Varied) -> None:
    layer = varied("reversal-now")
    archived = layer.void(layer.improve())["archived_at"]
    days = sorted(line["entry_at"][:10] for line in layer.lines())
    assert days == [YEAR[0][:10], archived[:10]]


def test_a_conflict_is_409_and_changes_nothing(varied: Varied) -> None:
    layer = varied("conflict-409")
    change = layer.improve(external_id="again")
    layer.void(change)
    patched = layer.books.client.patch(layer.path(f"/assets/value-updates/{change['id']}"), json={"memo": "x"})
    assert patched.status_code == 409
    assert layer.get(f"/assets/value-updates/{change['id']}")["data"]["memo"] is None


def test_other_texts_keep_the_shape_of_a_refusal(varied: Varied) -> None:
    layer = varied("other-texts")
    for body in ({"name": 1}, {"name": "Van", "asset_type": "VEHICLE", "accumulated_depreciation_account": "NOTHING"}):
        refused = layer.books.client.post(layer.path("/assets"), json=body)
        assert refused.status_code == 400
        assert {error["description"] for error in refused.json()["errors"]} == {"No."}


def test_more_members_are_in_every_object_but_the_callers_own(varied: Varied) -> None:
    layer = varied("more-members")
    shown = layer.improve(metadata={"own": {}})
    assert shown["metadata"] == {"own": {}}
    assert "later_member" in shown
    assert all("later_member" in row for row in layer.get("/assets")["data"])


def test_small_pages_are_walked_to_the_end(varied: Varied) -> None:
    layer = varied("small-pages")
    made = {layer.improve(date)["id"] for date in YEAR}
    first = layer.get("/assets/value-updates", limit="100")
    rest = layer.get("/assets/value-updates", limit="100", cursor=first["meta"]["pagination"]["cursor"])
    assert (len(first["data"]), len(rest["data"])) == (7, 5)
    assert {row["id"] for page in (first, rest) for row in page["data"]} == made


def test_other_ids_are_uuids_of_version_7(varied: Varied) -> None:
    layer = varied("other-ids")
    ids = [UUID(layer.improve(date)["id"]) for date in YEAR]
    assert {(one.version, one.variant) for one in ids} == {(7, RFC_4122)}
    assert ids == sorted(ids)


def test_by_id_orders_value_updates_of_the_same_instant(varied: Varied) -> None:
    layer = varied("by-id")
    made = sorted(layer.improve()["id"] for _ in range(9))
    assert [row["id"] for row in layer.get(f"/assets/{layer.asset['id']}/value-updates")["data"]] == made
    first = layer.get("/assets/value-updates", limit="5", sort_order="ASC", sort_by="date")
    cursor = first["meta"]["pagination"]["cursor"]
    rest = layer.get("/assets/value-updates", limit="5", sort_order="ASC", sort_by="date", cursor=cursor)
    assert [row["id"] for page in (first, rest) for row in page["data"]] == made


def test_floors_and_strict_accounts_are_switches_of_the_profile(varied: Varied) -> None:
    layer = varied("floors", "strict-accounts")
    bare = {"amount": 1, "update_type": "IMPROVEMENT", "date": YEAR[0], "asset_id": layer.asset["id"]}
    answer = layer.books.client.post(layer.path("/assets/value-updates"), json={**bare, "counter_account": "CASH"})
    assert answer.status_code == 400
    named = {"type": "StableName", "stable_name": "CASH"}
    below = {**bare, "counter_account": named, "update_type": "IMPAIRMENT"}
    assert layer.books.client.post(layer.path("/assets/value-updates"), json=below).status_code == 400
    assert layer.lines() == []


def draft(books: fixtura.Sandbox, number: str) -> Any:
    return books.client.post("/Assets", json={"assetName": "Van", "assetNumber": number})


def test_xero_lists_by_id_what_nobody_ordered() -> None:
    with fixtura.sandbox("xero", variant_names=["by-id", "more-members"]) as books:
        made = [draft(books, f"N-{place}") for place in range(12)]
        ids = sorted(answer.json()["assetId"] for answer in made)
        pages = [books.client.get("/Assets", params={"status": "DRAFT", "page": page}).json() for page in (1, 2)]
        assert [row["assetId"] for page in pages for row in page["items"]] == ids
        assert pages[0]["pagination"]["itemCount"] == 12
        ordered = {"status": "DRAFT", "orderBy": "AssetNumber", "sortDirection": "DESC"}
        assert books.client.get("/Assets", params=ordered).json()["items"][0]["assetNumber"] == "N-9"


def test_xero_refuses_a_number_that_is_taken_with_409() -> None:
    with fixtura.sandbox("xero", variant_names=["conflict-409", "other-texts", "other-ids"]) as books:
        assert UUID(draft(books, "N-1").json()["assetId"]).version == 7
        refused = draft(books, "N-1")
        assert refused.status_code == 409
        assert refused.json()["fieldValidationErrors"][0]["detail"] == "No."
        assert books.client.get("/Assets", params={"status": "DRAFT"}).json()["pagination"]["itemCount"] == 1


class Snapbooks:
    """A sandbox of Snapbooks."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __enter__(self) -> Snapbooks:
        self._opened = ExitStack()
        self.books = self._opened.enter_context(fixtura.sandbox("snapbooks", seed=1, variant_names=self.names))
        self.account = int(self.books.scope["client_account_id"])
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()

    def create(self, name: str = "Van") -> Any:
        return self.books.client.post("/assets", json={"name": name, "client_account_id": self.account})

    def listed(self, **query: object) -> Any:
        return self.books.client.get("/assets", params={"client_account_id": self.account, **query}).json()


def test_snapbooks_lists_the_newest_first_on_every_page() -> None:
    with Snapbooks("newest-first", "inactive-listed") as snapbooks:
        made = [snapbooks.create().json()["id"] for _ in range(5)]
        assert snapbooks.books.client.delete(f"/assets/{made[1]}").json()["is_active"] is False
        pages = [snapbooks.listed(page=page, per_page=2) for page in (1, 2, 3)]
        assert [row["id"] for page in pages for row in page["data"]] == made[::-1]
        assert [page["meta"]["records"] for page in pages] == [5, 5, 5]


def test_snapbooks_says_404_of_what_is_anothers_and_409_of_a_move() -> None:
    with Snapbooks("foreign-404", "conflict-409", "other-texts") as snapbooks:
        asset = snapbooks.create().json()
        foreign = {"name": "Van", "client_account_id": 458}
        refused = snapbooks.books.client.post("/assets", json=foreign)
        assert (refused.status_code, refused.json()) == (404, {"error": "No.", "status": 404})
        moved = snapbooks.books.client.put(f"/assets/{asset['id']}", json=foreign)
        assert (moved.status_code, moved.json()) == (409, {"error": "No.", "status": 409})
        assert snapbooks.books.client.put(f"/assets/{asset['id']}", json={"name": 1}).status_code == 400
        assert snapbooks.books.client.get(f"/assets/{asset['id']}").json() == asset


def test_snapbooks_creates_with_200_and_spells_instants_otherwise() -> None:
    with Snapbooks("created-200", "fractions", "one-empty-page") as snapbooks:
        assert snapbooks.listed()["meta"] == {"page": 1, "pages": 1, "per_page": 100, "records": 0}
        created = snapbooks.create()
        assert created.status_code == 200
        assert created.json()["created_at"].endswith(".000+00:00")
        assert snapbooks.listed()["data"] == [created.json()]
