"""Xero's dialect: canonical operations as its calls, its replies as sights, its profile as terms."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import spec
from contract_tests.call import Call, Reply, Who
from contract_tests.checks.requests import RequestJudge
from stateful.dialects.xero import Xero, open_dialect
from stateful.dialects.xero.calls import money
from stateful.dialects.xero.replies import minor_of
from stateful.machine.exchanges import Unreadable
from stateful.model.register import Averaging, Method
from stateful.names import Names
from stateful.register import operations as op
from stateful.register import sights as see
from stateful.register.operations import Flaw, Order, PutAsset, PutType, ReadList, Spelling, Status
from stateful.register.palette import FACTS, KINDS, PLANS
from stateful.register.rules import LAWS
from stateful.register.transcript import note_of

ORGANISATION = "1a1a1a1a-1a1a-41a1-81a1-1a1a1a1a1a1a"
SCOPE = {
    "tenant_id": ORGANISATION,
    "fixed_asset_account_id": "afe53f21-1221-451c-a8c4-08457e129d84",
    "depreciation_expense_account_id": "9a30bb28-6d9d-428b-8a98-b0b591518d5b",
    "accumulated_depreciation_account_id": "b7e1f170-d238-41d7-ab2b-d0a89b16838f",
}
VAN = "33333333-3333-4333-8333-333333333333"
VANS = "44444444-4444-4444-8444-444444444444"


@pytest.fixture(scope="module")
def api() -> spec.Api:
    return spec.load("xero")


@pytest.fixture(scope="module")
def dialect(api: spec.Api) -> Xero:
    return open_dialect(api)


@pytest.fixture
def names() -> Names:
    names = Names(SCOPE, "run-1-")
    names.learn("van", VAN)
    names.learn("vans", VANS)
    return names


NAMED: op.Members = {op.NAME: "Van", op.NUMBER: "run-1-van"}
SENT: tuple[op.Operation, ...] = (
    *(PutAsset("new", {**NAMED, **facts}) for facts in FACTS),
    *(PutAsset("new", {**NAMED, op.PRICE: 300_000, **plan}) for plan in PLANS),
    PutAsset("new", {**NAMED, op.TYPE: "vans", **PLANS[0]}, spelling=Spelling.OTHER, computed=True, token="key-1"),
    PutAsset("van", NAMED, new=False),
    *(PutType("new", {op.NAME: "Vans", **kind}) for kind in KINDS),
    PutType("vans", {op.NAME: "Vans", **KINDS[0]}, new=False, spelling=Spelling.OTHER),
    op.ReadAsset("van"),
    ReadList(),
    *(ReadList(status, page=1, size=200, text="a b") for status in Status),
    *(ReadList(Status.DISPOSED, order=order, descending=order is Order.NAME) for order in Order),
    op.ReadTypes(),
    op.ReadSettings(),
)


@pytest.mark.parametrize("operation", SENT, ids=note_of)
def test_every_operation_is_a_call_that_the_document_allows(
    operation: op.Operation, dialect: Xero, names: Names, api: spec.Api
) -> None:
    call = dialect.call(operation, names)
    assert RequestJudge(api).allows(call), call
    assert ("xero-tenant-id", ORGANISATION) in call.headers
    assert call.who is Who.OWNER
    assert not call.control


SCREENS: tuple[op.Operation, ...] = (
    op.OpenOrganisation(date(2018, 1, 1), 3),
    op.Register("van"),
    op.Register("van", paid=False),
    op.Depreciate(date(2024, 2, 29)),
    op.RollBack(date(2024, 1, 31)),
    op.Dispose("van", date(2024, 6, 15), 70_001),
    op.Dispose("van", date(2024, 6, 15), 0, to_date=False),
    op.UndoDisposal("van"),
    op.Lock(date(2023, 12, 31)),
    op.Lock(None),
    op.ReadAccounts(),
    op.ReadBalances(),
    op.ReadEntries("van"),
)


@pytest.mark.parametrize("operation", SCREENS, ids=note_of)
def test_what_screens_do_is_a_call_that_the_control_document_allows(
    operation: op.Operation, dialect: Xero, names: Names, api: spec.Api
) -> None:
    call = dialect.call(operation, names)
    assert call.control
    assert call.headers == (() if call.body is None else (("content-type", "application/json"),))
    assert api.control is not None
    declared = next(one for one in spec.operations(api.control) if one.operation_id == call.operation_id)
    assert declared.method == call.method
    assert "{" not in call.path
    if declared.body is not None:
        Draft202012Validator(spec.json_schema(api.control, declared.body)).validate(body_of(call))


def body_of(call: Call) -> Any:
    assert call.body is not None
    return json.loads(call.body)


def test_an_organisation_of_its_own_is_named_and_opened_with_its_own_token(dialect: Xero) -> None:
    own = Names({"tenant_id": VAN}, "p", token="own-token")
    own.learn("the cost account", "cost")
    own.learn("the expense account", "expense")
    own.learn("the accumulated account", "accumulated")
    call = dialect.call(PutType("new", {op.NAME: "Vans", **KINDS[0]}), own)
    assert ("authorization", "Bearer own-token") in call.headers
    assert body_of(call)["fixedAssetAccountId"] == "cost"
    assert own.seen_by(Who.NOBODY).token is None


def test_a_draft_is_spelled_as_the_documentation_spells_it(dialect: Xero, names: Names) -> None:
    members = {**NAMED, op.PURCHASED: date(2016, 4, 11), op.PRICE: 300_050, op.TYPE: "vans", **PLANS[4]}
    assert body_of(dialect.call(PutAsset("new", members), names)) == {
        "assetName": "Van",
        "assetNumber": "run-1-van",
        "purchaseDate": "2016-04-11T00:00:00",
        "purchasePrice": 3000.5,
        "assetTypeId": VANS,
        "bookDepreciationSetting": {
            "depreciationMethod": "StraightLine",
            "averagingMethod": "FullMonth",
            "effectiveFromDate": "2020-04-15T00:00:00",
            "effectiveLifeYears": 2.5,
            "residualValue": 0.01,
        },
    }


@pytest.mark.parametrize(
    ("operation", "wrong"),
    [
        (PutAsset("new", NAMED, flaw=Flaw.RATE_AND_LIFE), {"depreciationRate": 20, "effectiveLifeYears": 5}),
        (PutAsset("new", NAMED, flaw=Flaw.EARLY_START), {"effectiveFromDate": "1990-01-01T00:00:00"}),
    ],
)
def test_flaws_of_settings_are_written_into_them(operation: PutAsset, wrong: Any, dialect: Xero, names: Names) -> None:
    assert body_of(dialect.call(operation, names))["bookDepreciationSetting"] == wrong


def test_flaws_of_types_are_written_into_them(dialect: Xero, names: Names) -> None:
    def body(flaw: Flaw) -> Any:
        return body_of(dialect.call(PutType("new", {op.NAME: "Vans", **KINDS[0]}, flaw=flaw), names))

    assert "assetTypeName" not in body(Flaw.NO_TYPE_NAME)
    assert "depreciationExpenseAccountId" not in body(Flaw.NO_TYPE_ACCOUNT)
    assert "bookDepreciationSetting" not in body(Flaw.NO_TYPE_SETTINGS)
    known = body(Flaw.TAKEN_TYPE_NAME)
    assert sum(known[name] != value for name, value in body(Flaw.UNKNOWN_ACCOUNT).items()) == 1
    assert sum(known[name] != value for name, value in body(Flaw.UNKNOWN_ACCOUNTS).items()) == 2


@pytest.mark.parametrize(
    ("flaw", "query"),
    [
        (Flaw.NO_STATUS, {}),
        (Flaw.ODD_STATUS, {"status": "Draft"}),
        (Flaw.LONG_PAGE, {"status": "DRAFT"}),
    ],
)
def test_flaws_of_lists_are_written_into_the_query(flaw: Flaw, query: Any, dialect: Xero, names: Names) -> None:
    assert dict(dialect.call(ReadList(flaw=flaw), names).query) == query


# ---- replies ------------------------------------------------------------------------------------

CAPTURED = {
    "assetId": VAN,
    "assetName": "Computer",
    "assetNumber": "FA-0021",
    "purchaseDate": "2016-04-11T00:00:00",
    "purchasePrice": 3000.01,
    "assetTypeId": VANS,
    "disposalPrice": 0,
    "assetStatus": "Registered",
    "bookDepreciationSetting": {
        "depreciationMethod": "DiminishingValue150",
        "averagingMethod": "ActualDays",
        "depreciationRate": 33.5,
        "depreciationCalculationMethod": "None",
    },
    "bookDepreciationDetail": {
        "currentCapitalGain": 0,
        "currentGainLoss": -3.5,
        "depreciationStartDate": "2016-04-12T00:00:00",
        "residualValue": 100,
        "priorAccumDepreciationAmount": 1.1,
        "currentAccumDepreciationAmount": 2.2,
    },
    "canRollback": True,
    "accountingBookValue": 2997.81,
    "isDeleteEnabledForDate": True,
}


def shown(dialect: Xero, names: Names, operation: op.Operation, body: Any) -> Any:
    return dialect.sight(operation, Reply(200, body=json.dumps(body).encode()), names)


def test_an_asset_is_read_to_the_cent(dialect: Xero, names: Names) -> None:
    asset = shown(dialect, names, op.ReadAsset("van"), CAPTURED)
    assert (asset.key, asset.status) == ("van", Status.REGISTERED)
    assert asset.members == {
        op.NAME: "Computer",
        op.NUMBER: "FA-0021",
        op.PURCHASED: date(2016, 4, 11),
        op.PRICE: 300_001,
        op.DISPOSAL_PRICE: 0,
        op.TYPE: "vans",
        op.METHOD: Method.DIMINISHING_150,
        op.AVERAGING: Averaging.ACTUAL_DAYS,
        op.RATE: Fraction(335, 1000),
        op.START: date(2016, 4, 12),
        op.RESIDUAL: 10_000,
    }
    assert (asset.book, asset.accumulated, asset.prior, asset.gain, asset.capital_gain) == (299_781, 220, 110, -350, 0)
    assert asset.can_roll_back is True
    assert "accountingBookValue" in asset.raw
    assert "accountingBookValue" not in asset.facts


def test_lists_types_and_settings_are_read(dialect: Xero, names: Names) -> None:
    said = {"page": 2, "pageSize": 3, "pageCount": 4, "itemCount": 10}
    asked = ReadList(page=2, size=3)
    listed = shown(dialect, names, asked, {"pagination": said, "items": [CAPTURED]})
    assert (listed.page, listed.size, listed.pages, listed.items) == (2, 3, 4, 10)
    assert [row.key for row in listed.rows] == ["van"]
    (kind,) = shown(dialect, names, op.ReadTypes(), [{"assetTypeId": VANS, "assetTypeName": "Vans", "locks": 2}]).rows
    assert (kind.key, kind.locks, kind.members) == ("vans", 2, {op.NAME: "Vans"})
    settings = {"assetNumberPrefix": "FA-", "assetNumberSequence": "0005", "assetStartDate": "2015-07-01T00:00:00"}
    seen = shown(dialect, names, op.ReadSettings(), settings)
    assert (seen.next_number, seen.start, seen.depreciated) == ("FA-0005", date(2015, 7, 1), None)
    assert shown(dialect, names, op.ReadSettings(), {}).next_number is None


def test_what_the_control_plane_answers_is_read(dialect: Xero, names: Names) -> None:
    opened = shown(dialect, names, op.OpenOrganisation(date(2018, 1, 1)), {"data": {"tenant_id": "t", "token": "k"}})
    assert (opened.scope, opened.token) == ({"tenant_id": "t"}, "k")
    kinds = ("BANK", "FIXED", "DEPRECIATN", "FIXED")
    chart = {"data": [{"account_id": f"{n}", "type": kind} for n, kind in enumerate(kinds)]}
    assert shown(dialect, names, op.ReadAccounts(), chart).accounts == op.Accounts("1", "2", "3")
    balances = {"data": [{"account_id": "a", "balance": -12.34}]}
    assert shown(dialect, names, op.ReadBalances(), balances).rows == {"a": -1_234}
    lines = [{"account_id": "a", "debit": 1.5, "credit": 0}, {"account_id": "b", "debit": 0, "credit": 1.5}]
    entries = shown(dialect, names, op.ReadEntries("van"), {"data": [{"date": "2024-02-29", "lines": lines}]})
    assert entries.rows[0].lines == (("a", 150), ("b", -150))
    assert isinstance(shown(dialect, names, op.Lock(None), {"data": {}}), see.SeenDone)


@pytest.mark.parametrize("body", [[], {}, {"assetId": VAN}, CAPTURED | {"assetStatus": "DRAFT"}])
def test_what_cannot_be_read_is_unreadable(body: Any, dialect: Xero, names: Names) -> None:
    with pytest.raises(Unreadable):
        shown(dialect, names, op.ReadAsset("van"), body)


def test_a_body_that_is_not_json_is_unreadable(dialect: Xero, names: Names) -> None:
    with pytest.raises(Unreadable):
        dialect.sight(op.ReadSettings(), Reply(200, body=b"<html>"), names)


@pytest.mark.parametrize("text", ["0.001", '"1"', "true", "null"])
def test_an_amount_that_is_none_is_said_so(text: str) -> None:
    with pytest.raises(ValueError):
        minor_of(Reply(200, body=text.encode()).json())


@pytest.mark.parametrize("minor", [0, 1, 5, 100, 12_345, 10_000_000_001, 10**15 - 1])
def test_amounts_survive_the_way_out_and_back(minor: int) -> None:
    assert minor_of(Reply(200, body=json.dumps(money(minor)).encode()).json()) == minor


def test_a_refusal_says_how_many_fields_are_wrong(dialect: Xero) -> None:
    assert dialect.fields(Reply(400, body=b'{"fieldValidationErrors": [{}, {}]}')) == 2
    for body in (b"{}", b"[]", b"oops"):
        assert dialect.fields(Reply(400, body=body)) is None


# ---- terms --------------------------------------------------------------------------------------


def test_every_rule_of_the_profile_is_judged_by_a_law(dialect: Xero, api: spec.Api) -> None:
    assert set(dialect.terms.rules.values()) == {rule.id for rule in api.profile.rules}
    assert dialect.terms.rules.keys() <= {law.key for law in LAWS}


def test_what_is_ours_alone_fails_nobody(dialect: Xero) -> None:
    assert dialect.terms.admits == {Flaw.EARLY_START, Flaw.OTHER_STATUS}
    assert dialect.terms.readings == {"since_start", "this_year"}
