"""The seam itself: handlers without an edge, switches, --open, any token, and the tables that hold every case."""

from __future__ import annotations

from typing import Any

import pytest

import spec
from mock_server.apis.grants import TOKEN as TOKEN_PATTERN
from mock_server.apis.xero import open_instance
from mock_server.apis.xero.errors import _REFUSED_BY_THE_BOOKS, Errors, field_at
from mock_server.app import open_sandbox
from mock_server.domain.refused import OF_THE_REGISTER, Code, Refused, RefusedTogether
from mock_server.sandbox import conduct
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import SeededIds
from mock_server.surface import Answer, BadSettings, Instance, Refusal, Request, Settings, Violation, Where
from tests.xero.client import ACCUMULATED, COST, DEMO, EXPENSE, NOBODY, OTHER, TOKEN, Xero


@pytest.fixture
def instance() -> Instance:
    return open_instance(Settings(clock=SystemClock(), ids=SeededIds(1)), spec.load("xero"))


@pytest.fixture
def errors() -> Errors:
    return Errors(SeededIds(1).new)


def test_a_handler_for_every_operation_and_no_other(instance: Instance) -> None:
    api = spec.load("xero")
    assert instance.surface.handlers.keys() == {one.operation_id for one in spec.operations(api.served)}
    assert api.control is not None
    documented = {one.operation_id for one in spec.operations(api.control)}
    assert instance.control.handlers.keys() == documented - conduct.OPERATIONS  # those are every API's


def test_both_ways_in_are_told_with_every_scope_key(instance: Instance) -> None:
    assert instance.access.token == TOKEN
    assert instance.access.scope == {
        "tenant_id": DEMO,
        "fixed_asset_account_id": COST,
        "depreciation_expense_account_id": EXPENSE,
        "accumulated_depreciation_account_id": ACCUMULATED,
    }
    assert instance.access.scope.keys() == spec.load("xero").profile.scope.keys()
    assert instance.other.scope["tenant_id"] == OTHER
    assert not set(instance.other.scope.values()) & set(instance.access.scope.values())


def test_both_organisations_scope_names_accounts_that_a_type_may_have(instance: Instance) -> None:
    sandbox = open_sandbox(["xero"])
    for access in (sandbox.instances["xero"].access, sandbox.instances["xero"].other):
        scope = access.scope
        xero = Xero(sandbox, scope["tenant_id"], access.token)
        accounts = {
            "fixedAssetAccountId": scope["fixed_asset_account_id"],
            "depreciationExpenseAccountId": scope["depreciation_expense_account_id"],
            "accumulatedDepreciationAccountId": scope["accumulated_depreciation_account_id"],
        }
        assert xero.kind(**accounts).status == 200


def test_the_same_seed_gives_the_same_replies_and_a_reset_the_same_start() -> None:
    def start(xero: Xero) -> Any:
        return [xero.get("/AssetTypes").data, xero.get("/Settings").data, xero.control("GET", "/accounts").json()]

    one, same = Xero(), Xero()
    before = start(one)
    assert before == start(same)
    one.kind()
    one.draft()
    assert start(one) != before
    assert one.raw("POST", "/_sandbox/xero/reset").status == 204
    assert start(one) == before


def test_replies_and_refusals_carry_a_correlation_id(xero: Xero) -> None:
    replies = [
        xero.get("/Settings"),
        xero.get("/Nothing"),
        xero.post("/Assets", b"{"),
        Xero(xero.sandbox, NOBODY).get("/"),
    ]
    assert len({reply.headers["xero-correlation-id"] for reply in replies}) == len(replies)


def test_an_unknown_organisation_is_opened_by_its_first_request_that_succeeds() -> None:
    sandbox = open_sandbox(["xero"], open_tenants=True)
    newcomer = Xero(sandbox, NOBODY)
    assert newcomer.post("/Assets", {"assetName": "A"}).status == 400
    assert Xero(sandbox).control("GET", "/balances").status == 200
    assert newcomer.raw("GET", "/_sandbox/xero/organisations").json()["data"][-1]["tenant_id"] == OTHER
    assert newcomer.draft()["assetNumber"] == "FA-0001"
    assert len(newcomer.walk(status="DRAFT")) == 1
    assert Xero(sandbox, "no-uuid").get("/Settings").status == 403


def test_any_token_sees_every_organisation_where_that_was_asked_for() -> None:
    sandbox = open_sandbox(["xero"], any_token=True)
    for tenant_id in (DEMO, OTHER):
        assert Xero(sandbox, tenant_id, "whatever").get("/Settings").status == 200
    assert Xero(sandbox, OTHER).get("/Settings").status == 403  # the demo organisation's own


@pytest.mark.parametrize("token", ["", "two words", "xero-other-token"])
def test_a_token_that_cannot_be_is_refused_at_the_start(token: str) -> None:
    with pytest.raises(BadSettings):
        open_sandbox(["xero"], token=token)


def test_the_switch_shows_this_years_depreciation_alone() -> None:
    for switch, current in ((False, 480), (True, 240)):
        xero = Xero(open_sandbox(["xero"], seed=1, switches={"accumulated_this_year": switch}))
        asset = xero.registered()
        assert xero.control("POST", "/depreciation", {"through": "2025-12-30"}).status == 400
        assert xero.control("POST", "/depreciation", {"through": "2024-12-31"}).status == 200
        assert xero.control("POST", "/depreciation", {"through": "2025-11-30"}).status == 200
        detail = xero.get(f"/Assets/{asset['assetId']}").data["bookDepreciationDetail"]
        assert detail["priorAccumDepreciationAmount"] == 240
        assert detail["currentAccumDepreciationAmount"] == current - 20


def test_the_pattern_of_a_token_is_the_control_planes() -> None:
    control = spec.load("xero").control
    assert control is not None
    body = control["paths"]["/tokens"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["token"]["pattern"] == f"^{TOKEN_PATTERN.pattern}$"


# ---- errors -------------------------------------------------------------------------------------


def test_every_reason_of_the_register_has_an_answer() -> None:
    assert set(_REFUSED_BY_THE_BOOKS) >= OF_THE_REGISTER
    assert {field.status for field in _REFUSED_BY_THE_BOOKS.values()} == {400, 404, 409}


@pytest.mark.parametrize("code", Code)
def test_whatever_the_books_refuse_has_a_status_and_a_body(errors: Errors, code: Code) -> None:
    def handler(_request: Request) -> Answer:
        raise Refused(code, "Because.")

    with pytest.raises(Refusal) as refusal:
        errors.in_our_words(handler)(Request("x", {}))
    answer = refusal.value.answer
    assert answer.status in (400, 404, 409)
    assert ("Status" in answer.body) == (answer.status == 404)


def test_several_reasons_are_several_elements(errors: Errors) -> None:
    def handler(_request: Request) -> Answer:
        raise RefusedTogether([Refused(Code.NUMBER_TAKEN, "Taken."), Refused(Code.BAD_PLAN, "Bad.", "Where.It.Is")])

    with pytest.raises(Refusal) as refusal:
        errors.in_our_words(handler)(Request("x", {}))
    found = refusal.value.answer.body["fieldValidationErrors"]
    assert [element["fieldName"] for element in found] == ["AssetNumber", "Where.It.Is"]


@pytest.mark.parametrize("where", Where)
def test_whatever_the_edge_finds_has_a_status_and_a_body(errors: Errors, where: Where) -> None:
    answer = errors.refuse([Violation(where, "is wrong", "/a/b"), Violation(where, "is too", "")])
    shown = {"fieldValidationErrors", "resourceValidationErrors"} <= answer.body.keys()
    assert shown == (answer.status == 400)
    if shown:
        assert len(answer.body["fieldValidationErrors"]) == len(answer.body["resourceValidationErrors"]) == 1


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("", ""),
        ("/assetName", "AssetName"),
        ("/bookDepreciationSetting/costLimit", "BookDepreciationSetting.CostLimit"),
        ("/bookDepreciationSettings/costLimit", "BookDepreciationSetting.CostLimit"),
        ("/a~1b", "A/b"),
    ],
)
def test_a_field_is_named_as_the_vendor_names_it(pointer: str, name: str) -> None:
    assert field_at(pointer) == name
