"""The catalogue of seeded faults: what it says of itself, and that a fault which is off is nowhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from fractions import Fraction

import pytest
from click.testing import CliRunner

import fixtura
import mock_server
import spec
from fixtura.cli import faults as command
from fixtura.running import rules_of
from fixtura.sandboxes import ORIGIN
from mock_server import faults
from mock_server.apis.xero.tenants import Tenants as XeroTenants
from mock_server.domain.assets import Assets
from mock_server.domain.changes import Changes
from mock_server.domain.ledger import Ledger
from mock_server.domain.register.dues import Schedules
from mock_server.domain.register.records import Asset, Facts, Plan
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method
from mock_server.faults import Family, Fault

CATALOGUE = faults.catalogue()
IDS = [fault.id for fault in CATALOGUE]


def test_every_fault_has_an_id_and_a_sentence_of_its_own() -> None:
    assert len(set(IDS)) == len({fault.sentence for fault in CATALOGUE}) == len(CATALOGUE)
    assert all(re.fullmatch(r"F-[a-z0-9]+(-[a-z0-9]+)*", fault_id) for fault_id in IDS)
    assert all(fault.sentence.endswith(".") for fault in CATALOGUE)


WANTED = {
    Family.ACCOUNTING: 30,
    Family.STATE: 25,
    Family.CONTRACT: 20,
    Family.TENANCY: 15,
    Family.CONCURRENCY: 15,
    Family.MONEY: 15,
}


def test_there_are_enough_of_each_family() -> None:
    there = Counter(fault.family for fault in CATALOGUE)
    assert {family for family, least in WANTED.items() if there[family] < least} == set()
    assert len(CATALOGUE) >= 120


# What a fault is easily missed by, and one that is missed so.
SUBTLE = {
    "one cent in one period in sixty": "F-cent-in-sixty",
    "only on 29 February": "F-cent-on-29-february",
    "only on the last day of a month": "F-cent-at-month-end",
    "only the third page": "F-list-third-page-repeats",
    "only a nested null": "F-nested-nulls-dropped",
    "only beyond 2^53": "F-float-amounts",
    "one member of an upsert": "F-upsert-drops-memo",
    "a reversal of today": "F-reversal-today",
    "a void that works once": "F-void-works-once",
    "ids without case": "F-case-blind",
    "one member of an enum": "F-500-for-one-method",
    "an error with a 200": "F-error-with-200",
    "some milliseconds": "F-number-window",
    "one resource of another tenant": "F-settings-for-any-token",
    "an exclusive boundary": "F-as-of-exclusive",
    "a balance that is remembered": "F-stale-balance",
}


@pytest.mark.parametrize("fault_id", SUBTLE.values(), ids=SUBTLE)
def test_every_subtle_kind_is_there(fault_id: str) -> None:
    assert faults.find(fault_id).sentence


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
def shared() -> Iterator[dict[str, fixtura.Sandbox]]:
    with ExitStack() as opened:
        yield {api: opened.enter_context(fixtura.sandbox(api, seed=1)) for api in spec.available()}


@pytest.mark.parametrize("fault", CATALOGUE, ids=IDS)
def test_a_sandbox_with_the_fault_answers(fault: Fault, shared: dict[str, fixtura.Sandbox]) -> None:
    for api in fault.apis:
        books = shared[api]
        books.misbehave(fault.id)
        nobody = "00000000-0000-4000-8000-000000000000"
        paths = {
            "layer": f"/businesses/{books.scope.get('business_id')}/assets/{nobody}",
            "snapbooks": f"/assets/{nobody}/nothing",
            "xero": f"/Assets/{nobody}",
        }
        assert books.client.get(paths[api]).status_code == 404


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


def test_a_register_without_a_fault_is_made_of_its_own_parts() -> None:
    fault_ids = ["F-limit-ignored", "F-charge-today", "F-number-twice"]
    wrong = mock_server.open_sandbox(["xero"], fault_ids=fault_ids)
    right = mock_server.open_sandbox(["xero"])
    own = {Register: 2, Ledger: 2, Schedules: 2}
    assert Counter(type(part) for part in register_parts(right)) == own
    assert not own.keys() & {type(part) for part in register_parts(wrong)}
    wrong.misbehave(())
    assert Counter(type(part) for part in register_parts(wrong)) == own
    assert wrong.mounts["xero control"].surface.handlers.items() >= wrong.instances["xero"].control.handlers.items()


def test_an_organisation_that_is_opened_later_has_the_fault_too() -> None:
    with fixtura.sandbox("xero", fault_ids=["F-purchase-twice"]) as books:
        control = f"{ORIGIN}/_sandbox/xero"
        opened = books.client.post(f"{control}/organisations", json={}).json()["data"]
        own = f"{control}/{opened['tenant_id']}"
        accounts = books.client.get(f"{own}/accounts").json()["data"]
        ids = {account["code"]: account["account_id"] for account in accounts}
        plan = {"bookDepreciationSetting": {"depreciationMethod": "NoDepreciation"}}
        kind = {
            "assetTypeName": "Vans",
            "fixedAssetAccountId": ids["720"],
            "accumulatedDepreciationAccountId": ids["721"],
            "depreciationExpenseAccountId": ids["416"],
        }
        van = {"assetName": "Van", "assetNumber": "1", "purchasePrice": 10, "purchaseDate": "2024-01-01"}
        books.client.headers.update(
            {"xero-tenant-id": opened["tenant_id"], "authorization": f"Bearer {opened['token']}"}
        )
        type_id = books.client.post("/AssetTypes", json={**kind, **plan}).json()["assetTypeId"]
        asset = books.client.post("/Assets", json={**van, **plan, "assetTypeId": type_id}).json()["assetId"]
        assert books.client.post(f"{own}/assets/{asset}/register", json={}).is_success
        shown = books.client.get(f"{own}/balances").json()["data"]
        assert {account["code"]: account["balance"] for account in shown}["720"] == 20


def test_two_faults_of_one_schedule_work_together() -> None:
    together = mock_server.open_sandbox(["xero"], fault_ids=["F-leap-years-of-365", "F-daily-cents"])
    tenants = together.instances["xero"].tenants
    assert isinstance(tenants, XeroTenants)
    (register, *_) = (tenant.register for tenant in tenants.tenants())
    plan = Plan(Method.STRAIGHT_LINE, averaging=Averaging.ACTUAL_DAYS, rate=Fraction(1, 5), start=date(2024, 1, 1))
    facts = Facts("1", "Van", next(iter(register.types())), purchased=date(2024, 1, 1), price_minor=101_500)
    schedule = register.schedule_of(Asset("1", 0, facts, plan))
    # 20,300 a year: 55.5 a day of 366, and 55.6, which is rounded up, of 365.
    assert schedule.accumulated(date(2024, 1, 31)) == 31 * 56


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


def register_parts(sandbox: mock_server.Sandbox) -> list[object]:
    tenants = sandbox.instances["xero"].tenants
    assert isinstance(tenants, XeroTenants)
    registers = [tenant.register for tenant in tenants.tenants()]
    return [part for register in registers for part in (register, register.ledger, register.schedules)]


def parts(sandbox: mock_server.Sandbox) -> list[object]:
    tenants = sandbox.instances["layer"].tenants
    assert tenants is not None
    books = [business.book for business in tenants.businesses()]  # type: ignore[attr-defined]
    return [part for book in books for part in (book.ledger, book.changes, book.assets)]
