"""Layer's dialect: canonical operations as its calls, its replies as sights, its profile as terms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

import spec
from contract_tests.call import Call, Reply, Who
from contract_tests.checks.requests import RequestJudge
from stateful import operations as op
from stateful import sights as see
from stateful.dialects import Dialect, dialect_of
from stateful.dialects.layer.calls import instant_text
from stateful.dialects.layer.terms import outcomes_of
from stateful.machine.exchanges import Unreadable
from stateful.machine.wrongs import TRIED
from stateful.model.outlook import Objection, Outcome
from stateful.model.words import Basis, Effect
from stateful.names import Names
from stateful.operations import Listing, Role, Template
from stateful.rules import LAWS
from stateful.suite import NoDialect, suite_of
from tests.stateful.fake_books import HERE
from tests.stateful.fake_layer import FakeLayer

MAY = datetime(2024, 5, 31, tzinfo=UTC)
ID = "99999999-9999-4999-8999-999999999999"


@pytest.fixture
def dialect(layer: spec.Api) -> Dialect:
    return dialect_of(layer)


@pytest.fixture
def names() -> Names:
    names = Names({"business_id": HERE}, "run-1-")
    for key in ("forklift", "change", "entry", "expense", "accumulated"):
        names.learn(key, f"{len(key):08}-0000-4000-8000-000000000000")
    return names


RECORD = op.Record("new", "forklift", Effect.DEPRECIATION, 66_667, MAY, Template.EXPENSE)
EVERY: tuple[op.Operation, ...] = (
    op.OpenAccount("x", Role.ACCUMULATED),
    op.OpenAccount("x", Role.EXPENSE, external="x"),
    op.OpenAccount("x", Role.FUNDING),
    op.OpenAccount("x", Role.SURPLUS),
    op.CreateAsset("a", "a", {op.NAME: "A", op.KIND: 1, op.ORIGINAL: 5, op.MEMO: None}, "accumulated"),
    op.AmendAsset("forklift", {op.LIFE: 60, op.KIND: 2}, "accumulated"),
    op.ArchiveAsset("forklift"),
    RECORD,
    op.Record("new", "forklift", Effect.IMPROVEMENT, 1, MAY, "expense", "new", True, "forklift", {op.METADATA: {}}),
    op.Amend("change", Effect.IMPAIRMENT, 5, MAY, "expense", {op.REFERENCE: "R"}),
    op.Amend("change"),
    op.Void("change"),
    op.Post("e", MAY, (("expense", 5), ("accumulated", -5)), external="e"),
    op.Reverse("entry", "r"),
    op.Configure(date(2024, 1, 1), basis=Basis.CASH),
    op.Configure(reopen=True),
    op.ReadAsset("forklift"),
    op.ReadChange("change"),
    op.ReadChangesOf("forklift"),
    op.ReadPage(Listing.ASSETS, limit=2, newest_first=True, counted=True),
    op.ReadPage(Listing.CHANGES, by_creation=True, newest_first=False),
    op.ReadPage(Listing.JOURNALS, cursor="abc"),
    op.ReadPage(Listing.LINES, account="expense"),
    op.ReadJournal(ID),
    op.ReadBalances(),
    op.ReadBalances(date(2024, 2, 29)),
    op.ReadTrial(date(2024, 2, 29), Basis.CASH),
    op.ReadTrial(date(2024, 2, 29)),
    op.ReadSheet(date(2024, 2, 29), Basis.ACCRUAL),
    op.ReadSettings(),
)


@pytest.mark.parametrize("operation", EVERY, ids=lambda operation: type(operation).__name__)
def test_every_operation_is_a_call_that_the_document_allows(
    operation: op.Operation, dialect: Dialect, names: Names, layer: spec.Api
) -> None:
    call = dialect.call(operation, names)
    assert RequestJudge(layer).allows(call), call
    assert call.who is Who.OWNER
    assert call.path.startswith(f"/businesses/{HERE}/")


def body_of(call: Call) -> Any:
    assert call.body is not None
    return json.loads(call.body)


def test_depreciation_is_spelled_as_the_guide_spells_it(dialect: Dialect, names: Names) -> None:
    assert body_of(dialect.call(RECORD, names)) == {
        "asset_id": names.id_of("forklift"),
        "amount": 66_667,
        "update_type": "DEPRECIATION_AMORTIZATION",
        "counter_account": {"type": "StableName", "stable_name": "DEPRECIATION"},
        "date": "2024-05-31T00:00:00Z",
        "reference_number": "run-1-change",  # without an external id it is known by this
    }


def test_external_ids_go_out_with_the_historys_prefix(dialect: Dialect, names: Names) -> None:
    sent = body_of(dialect.call(op.CreateAsset("a", "a", {op.NAME: "A", op.KIND: 0}), names))
    assert sent["external_id"] == "run-1-a"


def test_a_call_on_anothers_behalf_shows_the_others_credentials(dialect: Dialect, names: Names) -> None:
    call = dialect.call(op.ReadAsset("forklift"), names.seen_by(Who.OTHER, {"business_id": ID}))
    assert call.who is Who.OTHER
    assert call.path == f"/businesses/{ID}/assets/{names.id_of('forklift')}"


@pytest.mark.parametrize(
    ("operation", "flaw", "wrong"),
    [
        (RECORD, Objection.NO_ASSET, lambda body: "asset_id" not in body),
        (RECORD, Objection.UNKNOWN_ASSET, lambda body: body["asset_id"].startswith("00000000")),
        (RECORD, Objection.UNKNOWN_ACCOUNT, lambda body: body["counter_account"]["id"].startswith("00000000")),
        (RECORD, Objection.UNKNOWN_ACCOUNT_NAME, lambda body: "NO_SUCH" in body["counter_account"]["stable_name"]),
        (RECORD, Objection.TEXT_AMOUNT, lambda body: body["amount"] == "66667"),
        (RECORD, Objection.FRACTION, lambda body: body["amount"] % 1),
        (RECORD, Objection.NULL_AMOUNT, lambda body: body["amount"] is None),
        (RECORD, Objection.NO_AMOUNT, lambda body: "amount" not in body),
        (RECORD, Objection.IMPOSSIBLE_DAY, lambda body: body["date"].startswith("2023-02-29")),
        (op.CreateAsset("a", None, {op.NAME: "A", op.KIND: 0}), Objection.NO_NAME, lambda body: "name" not in body),
        (
            op.CreateAsset("a", None, {op.NAME: "A", op.KIND: 0}),
            Objection.UNKNOWN_ACCOUNT,
            lambda body: body["accumulated_depreciation_account"]["id"].startswith("00000000"),
        ),
        (
            op.Post("e", MAY, (("expense", 5), ("accumulated", -5))),
            Objection.ONE_LINE,
            lambda body: len(body["line_items"]) == 1,
        ),
    ],
)
def test_a_flaw_is_written_into_the_body(
    operation: Any, flaw: Objection, wrong: Callable[[Any], bool], dialect: Dialect, names: Names
) -> None:
    assert not wrong_or_absent(wrong, body_of(dialect.call(operation, names)))
    assert wrong(body_of(dialect.call(replace(operation, flaw=flaw), names)))


def wrong_or_absent(wrong: Callable[[Any], bool], body: Any) -> bool:
    try:
        return bool(wrong(body))
    except (KeyError, AttributeError):
        return False


def test_an_unknown_change_is_named_in_the_path(dialect: Dialect, names: Names) -> None:
    call = dialect.call(op.Void("change", flaw=Objection.UNKNOWN_CHANGE), names)
    assert call.path.endswith("/00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (MAY, "2024-05-31T00:00:00Z"),
        (datetime(2024, 3, 1, tzinfo=timezone(timedelta(hours=14))), "2024-03-01T00:00:00+14:00"),
        (datetime(2024, 3, 1, 1, 2, 3, 4000, tzinfo=UTC), "2024-03-01T01:02:03.004Z"),
    ],
)
def test_instants_keep_their_offset(instant: datetime, text: str) -> None:
    assert instant_text(instant) == text
    assert datetime.fromisoformat(text) == instant


# ---- replies, as the fake gives them ----------------------------------------------------------


@pytest.fixture
def told(dialect: Dialect) -> Callable[[op.Operation], see.Sight]:
    """Carries an operation out on a fake that knows an asset, a change and an entry of ours."""
    fake, names = FakeLayer(), Names({"business_id": HERE}, "p-")

    def tell(operation: op.Operation) -> see.Sight:
        reply = fake.send(dialect.call(operation, names))
        assert reply.ok, reply.body
        return dialect.sight(operation, reply, names)

    account = tell(op.OpenAccount("accumulated", Role.ACCUMULATED))
    assert isinstance(account, see.SeenAccount)
    names.learn("accumulated", account.id)
    asset = tell(op.CreateAsset("forklift", "forklift", {op.NAME: "Forklift", op.KIND: 1}, "accumulated"))
    assert isinstance(asset, see.SeenAsset)
    names.learn("forklift", asset.id)
    names.learn("its account", asset.account)
    change = tell(op.Record("change", "forklift", Effect.DEPRECIATION, 700, MAY, Template.EXPENSE, "change"))
    assert isinstance(change, see.SeenChange)
    names.learn("change", change.id)
    return tell


def test_a_trial_balance_without_a_total_row_tells_no_totals(dialect: Dialect) -> None:
    cells = {"debit": 700, "credit": 0, "total": 700}
    body = json.dumps({"data": {"rows": [{"row_key": "a", "display_name": "A", "cells": cells}]}}).encode()
    asked = op.ReadTrial(MAY.date(), Basis.ACCRUAL)
    trial = dialect.sight(asked, Reply(200, (("content-type", "application/json"),), body), Names({}, "p-"))
    assert isinstance(trial, see.SeenTrial)
    assert (trial.rows, trial.debit, trial.credit) == ({"a": 700}, None, None)


def test_an_asset_is_read_in_our_words(told: Callable[[op.Operation], see.Sight]) -> None:
    asset = told(op.ReadAsset("forklift"))
    assert isinstance(asset, see.SeenAsset)
    assert (asset.key, asset.account, asset.archived) == ("forklift", "its account", False)
    wanted = {op.NAME: "Forklift", op.KIND: 1, op.EXTERNAL: "forklift", op.ACCUMULATED: "accumulated"}
    assert {name: asset.members[name] for name in wanted} == wanted


def test_a_change_is_read_in_our_words(told: Callable[[op.Operation], see.Sight]) -> None:
    change = told(op.ReadChange("change"))
    assert isinstance(change, see.SeenChange)
    wanted = {op.ASSET: "forklift", op.MINOR: 700, op.EFFECT: Effect.DEPRECIATION, op.INSTANT: MAY}
    assert {name: change.members[name] for name in wanted} == wanted
    listed = told(op.ReadChangesOf("forklift"))
    assert isinstance(listed, see.SeenChanges)
    assert [row.key for row in listed.rows] == ["change"]


def test_lines_and_journals_are_debit_positive(told: Callable[[op.Operation], see.Sight]) -> None:
    page = told(op.ReadPage(Listing.LINES, account="accumulated"))
    assert isinstance(page, see.SeenPage)
    (line,) = page.rows
    assert isinstance(line, see.SeenLine)
    assert (line.account, line.minor, line.running, line.instant) == ("accumulated", -700, -700, MAY)
    journal = told(op.ReadJournal(line.journal))
    assert isinstance(journal, see.SeenJournal)
    assert journal.net()["accumulated"] == -700
    assert sum(journal.net().values()) == 0


def test_statements_are_debit_positive(told: Callable[[op.Operation], see.Sight]) -> None:
    balances = told(op.ReadBalances(MAY.date()))
    assert isinstance(balances, see.SeenBalances)
    row = next(row for row in balances.rows if row.account == "accumulated")
    assert row.minor == -700
    assert see.FIXED_ASSETS in row.under
    trial = told(op.ReadTrial(MAY.date(), Basis.ACCRUAL))
    assert isinstance(trial, see.SeenTrial)
    assert (trial.rows["accumulated"], trial.debit, trial.credit) == (-700, 700, 700)
    sheet = told(op.ReadSheet(MAY.date(), Basis.ACCRUAL))
    assert isinstance(sheet, see.SeenSheet)
    assert (sheet.assets, sheet.funding) == (-700, -700)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"data": null}', b'{"data": {"id": 1}}', b"\xff"])
def test_a_reply_that_lacks_what_the_document_says_is_unreadable(body: bytes, dialect: Dialect, names: Names) -> None:
    with pytest.raises(Unreadable):
        dialect.sight(op.ReadChange("change"), Reply(200, (), body), names)


def test_an_amount_that_is_no_whole_number_is_unreadable(dialect: Dialect, names: Names) -> None:
    for amount in ("true", "1.0", '"1"'):
        data = (
            f'{{"data":{{"id":"x","asset_id":"y","amount":{amount},"update_type":"IMPAIRMENT","date":"2024-01-01"}}}}'
        )
        with pytest.raises(Unreadable):
            dialect.sight(op.ReadChange("change"), Reply(200, (), data.encode()), names)


# ---- terms ------------------------------------------------------------------------------------


def test_every_rule_of_the_profile_is_judged_by_a_law(layer: spec.Api, dialect: Dialect) -> None:
    judged = {dialect.terms.rules[law.key] for law in LAWS if law.key in dialect.terms.rules}
    assert judged == {rule.id for rule in layer.profile.rules}


def test_every_law_without_a_rule_of_its_own_is_one_of_the_profiles(dialect: Dialect) -> None:
    assert {law.key for law in LAWS if law.rule is None} == set(dialect.terms.rules)


def test_statuses_and_names_become_outcomes() -> None:
    assert outcomes_of([400, 422, "accepted"], Outcome.DONE) == {Outcome.REFUSED, Outcome.DONE}
    assert outcomes_of([200, 201], Outcome.UNCHANGED) == {Outcome.UNCHANGED}
    assert outcomes_of(["refused"], Outcome.DONE) == {Outcome.REFUSED}


def test_a_refusal_is_always_among_the_outcomes_of_what_is_tried_in_vain(dialect: Dialect) -> None:
    latitude = dialect.terms.latitude
    assert all(Outcome.REFUSED in latitude.get(flaw, {Outcome.REFUSED}) for flaw in TRIED)


def test_an_api_that_nobody_speaks_is_said_so(layer: spec.Api) -> None:
    with pytest.raises(NoDialect):
        suite_of(replace(layer, name="nobody"))
