"""The catalogue of seeded faults: what it says of itself, and that a fault which is off is nowhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

import fixtura
import mock_server
import spec
from fixtura.cli import faults as command
from fixtura.running import rules_of
from mock_server import faults
from mock_server.domain.assets import Assets
from mock_server.domain.changes import Changes
from mock_server.domain.ledger import Ledger
from mock_server.faults import Fault

CATALOGUE = faults.catalogue()
IDS = [fault.id for fault in CATALOGUE]


def test_every_fault_has_an_id_and_a_sentence_of_its_own() -> None:
    assert len(set(IDS)) == len({fault.sentence for fault in CATALOGUE}) == len(CATALOGUE) > 100
    assert all(re.fullmatch(r"F-[a-z0-9]+(-[a-z0-9]+)*", fault_id) for fault_id in IDS)
    assert all(fault.sentence.endswith(".") for fault in CATALOGUE)


@pytest.mark.parametrize("fault", CATALOGUE, ids=IDS)
def test_the_rules_of_a_fault_are_rules_of_its_apis(fault: Fault) -> None:
    assert fault.rules
    for api in fault.apis:
        assert set(fault.rules) <= {rule.id for rule in rules_of(spec.load(api))}


def test_no_fault_looks_like_a_rule() -> None:
    rules = {rule.id for api in spec.available() for rule in rules_of(spec.load(api))}
    assert not rules & set(IDS)


def test_the_command_lists_them_as_json() -> None:
    printed = CliRunner().invoke(command.command, ["--json"]).output
    listed = json.loads(printed)
    assert [fault["id"] for fault in listed] == IDS
    assert set(listed[0]) == {"id", "sentence", "family", "apis", "rules"}


def test_the_command_prints_every_one() -> None:
    printed = CliRunner(env={"COLUMNS": "240"}).invoke(command.command).output
    assert [fault_id for fault_id in IDS if fault_id not in printed] == []


def test_an_unknown_fault_is_one_sentence() -> None:
    with pytest.raises(faults.UnknownFault, match="no fault 'F-nothing'; `fixtura faults` lists them"):
        mock_server.open_sandbox(["layer"], fault_ids=["F-nothing"])


@pytest.fixture(scope="module")
def shared() -> Iterator[fixtura.Sandbox]:
    with fixtura.sandbox("layer", seed=1) as books:
        yield books


@pytest.mark.parametrize("fault", CATALOGUE, ids=IDS)
def test_a_sandbox_with_the_fault_answers(fault: Fault, shared: fixtura.Sandbox) -> None:
    shared.misbehave(fault.id)
    nothing = f"/businesses/{shared.scope['business_id']}/assets/{shared.scope['business_id']}"
    assert shared.client.get(nothing).is_client_error


def post(books: fixtura.Sandbox, path: str, **body: object) -> dict[str, str]:
    answer = books.client.post(f"/businesses/{books.scope['business_id']}{path}", json=body)
    assert answer.is_success, answer.text
    data: dict[str, str] = answer.json()["data"]
    return data


def balance(books: fixtura.Sandbox, account: str) -> int:
    answer = books.client.get(f"/businesses/{books.scope['business_id']}/ledger/accounts/{account}/lines")
    return sum(line["amount"] * (1 if line["direction"] == "DEBIT" else -1) for line in answer.json()["data"])


def improve(books: fixtura.Sandbox, asset: str, cents: int) -> None:
    more = {"update_type": "IMPROVEMENT", "date": "2024-01-15T00:00:00Z", "counter_account": "CASH"}
    post(books, "/assets/value-updates", asset_id=asset, amount=cents, **more)


def test_a_fault_is_switched_on_and_off_over_the_same_books() -> None:
    with fixtura.sandbox("layer", seed=1) as books:
        asset = post(books, "/assets", name="Van", asset_type="VEHICLE")
        account = asset["ledger_account"]["id"]["id"]  # type: ignore[index]
        improve(books, asset["id"], 100)
        books.misbehave("F-swapped-sides")
        improve(books, asset["id"], 30)
        assert balance(books, account) == 70
        books.misbehave()
        improve(books, asset["id"], 5)
        assert balance(books, account) == 75


def test_two_sandboxes_do_not_see_each_others_faults() -> None:
    wrong = mock_server.open_sandbox(["layer"], fault_ids=["F-swapped-sides", "F-as-of-exclusive"])
    right = mock_server.open_sandbox(["layer"])
    kinds = [Counter(type(part) for part in parts(sandbox)) for sandbox in (wrong, right)]
    assert kinds[1] == {Ledger: 2, Changes: 2, Assets: 2}
    assert {own: kinds[0][own] for own in (Ledger, Changes, Assets)} == {Ledger: 0, Changes: 0, Assets: 2}


def test_a_business_that_is_opened_later_has_the_fault_too() -> None:
    with fixtura.sandbox("layer", open_tenants=True, any_token=True, fault_ids=["F-swapped-sides"]) as books:
        books.scope["business_id"] = "77777777-7777-4777-8777-777777777777"
        asset = post(books, "/assets", name="Van", asset_type="VEHICLE")
        improve(books, asset["id"], 100)
        assert balance(books, asset["ledger_account"]["id"]["id"]) == -100  # type: ignore[index]


def test_two_faults_of_the_same_part_work_together() -> None:
    with fixtura.sandbox("layer", fault_ids=["F-swapped-sides", "F-cent-of-67"]) as books:
        asset = post(books, "/assets", name="Van", asset_type="VEHICLE")
        improve(books, asset["id"], 167)
        assert balance(books, asset["ledger_account"]["id"]["id"]) == -166  # type: ignore[index]


def parts(sandbox: mock_server.Sandbox) -> list[object]:
    tenants = sandbox.instances["layer"].tenants
    assert tenants is not None
    books = [business.book for business in tenants.businesses()]  # type: ignore[attr-defined]
    return [part for book in books for part in (book.ledger, book.changes, book.assets)]
