"""One history against the fake: what is sent, read, judged, and moved in the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from contract_tests.call import BrokenOff, Call, Reply
from contract_tests.session import Session
from stateful import operations as op
from stateful.machine import cast
from stateful.machine.asset_plays import Likeness
from stateful.machine.exchanges import Abandoned, Violation
from stateful.machine.figures import note_of
from stateful.machine.forecast import forecast
from stateful.machine.looking import FOREVER, Probe, lines_of, look_after
from stateful.machine.palette import AMOUNTS, WHENS, Amount, Counter
from stateful.machine.run import Run
from stateful.machine.stage import Stage
from stateful.model.books import Books
from stateful.model.outlook import Objection, Outcome
from stateful.model.words import Basis, Effect
from stateful.operations import Template
from stateful.sights import SeenLines
from tests.stateful.fake_books import Business, Json, Refused
from tests.stateful.fake_layer import FakeLayer
from tests.stateful.planted import MissingSecondLine, SwappedSides

JUNE = datetime(2024, 6, 15, tzinfo=UTC)


@pytest.fixture
def stage_of(session_of: Callable[..., Session]) -> Callable[..., Stage]:
    return lambda driver: Run(session_of(driver), "x").open_stage()


@pytest.fixture
def stage(stage_of: Callable[..., Stage], fake: FakeLayer) -> Stage:
    return stage_of(fake)


def improvement(key: str = "change-1", minor: int = 500) -> op.Record:
    return op.Record(key, "asset-1", Effect.IMPROVEMENT, minor, JUNE, Template.FUNDING, external=key)


def methods(stage: Stage) -> list[str]:
    return [step.call.method for step in stage.transcript.steps]


def test_an_accepted_call_is_read_back_judged_and_moves_the_model(stage: Stage) -> None:
    cast.asset(stage, 0)
    assert stage.carry_out(improvement()) is Outcome.DONE
    assert stage.books.carrying("asset-1") == 500
    # asset, change, its account's lines, its journal
    assert methods(stage) == ["POST", "POST", "GET", "GET"]


def test_a_history_keeps_the_figures_before_and_after_each_call(stage: Stage) -> None:
    cast.asset(stage, 0)
    stage.carry_out(improvement())
    stage.carry_out(improvement("change-2", 200))
    step = stage.transcript.steps[-3]
    assert step.note == "record change-2: improvement of 200 on asset-1, 2024-06-15, counter account template funding"
    assert (step.before["carrying"], step.after["carrying"]) == (500, 700)
    assert step.after["asset-1's account"] == 700


def test_a_refused_call_moves_nothing(stage: Stage) -> None:
    cast.asset(stage, 0)
    wrong = replace(improvement(), minor=2**63)
    assert stage.carry_out(wrong) is Outcome.REFUSED
    assert stage.books.live() == {}


def test_the_first_violation_names_rule_operation_and_evidence(stage_of: Callable[..., Stage]) -> None:
    stage = stage_of(SwappedSides())
    cast.asset(stage, 0)
    with pytest.raises(Violation) as raised:
        stage.carry_out(improvement())
    assert raised.value.key == ("layer.R1", "business.assets.valueUpdates.post")
    history = stage.transcript.evidence(raised.value.found.at)
    assert [step.call.method for step in history] == ["POST", "POST", "GET"]
    assert history[1].after["carrying"] == -500


def test_accounting_is_judged_before_the_document(stage_of: Callable[..., Stage]) -> None:
    # One line breaks the schema of a journal too; L1 says better what is wrong.
    stage = stage_of(MissingSecondLine())
    cast.asset(stage, 0)
    with pytest.raises(Violation) as raised:
        stage.carry_out(improvement())
    assert raised.value.rule_id == "L1"


class Terse(FakeLayer):
    def show_change(self, business: Business, change: Json) -> Json:
        shown = super().show_change(business, change)
        return {name: value for name, value in shown.items() if name != "transaction_tags"}


def test_what_breaks_the_document_alone_is_held_against_the_target(stage_of: Callable[..., Stage]) -> None:
    stage = stage_of(Terse())
    cast.asset(stage, 0)
    with pytest.raises(Violation) as raised:
        stage.carry_out(improvement())
    assert raised.value.rule_id == "S3"


def test_a_server_that_asks_for_patience_has_refused_nothing(stage_of: Callable[..., Stage]) -> None:
    class Busy(FakeLayer):
        def record(self, business: Business, body: Json) -> tuple[int, Json]:
            raise Refused(429, "not now")

    stage = stage_of(Busy())
    cast.asset(stage, 0)
    with pytest.raises(Abandoned, match="429"):
        stage.carry_out(improvement())


def test_a_call_that_gets_no_reply_ends_its_history(stage_of: Callable[..., Stage]) -> None:
    class HangsUp(FakeLayer):
        def send(self, call: Call) -> Reply:
            if call.path.endswith("value-updates") and call.method == "POST":
                raise BrokenOff("it hung up")
            return super().send(call)

    stage = stage_of(HangsUp())
    cast.asset(stage, 0)
    with pytest.raises(Abandoned, match="it hung up"):
        stage.carry_out(improvement())


def test_a_call_refused_for_no_reason_breaks_the_rule_that_asks_for_it(stage_of: Callable[..., Stage]) -> None:
    class Unwilling(FakeLayer):
        def record(self, business: Business, body: Json) -> tuple[int, Json]:
            raise Refused(400, "not today")

    stage = stage_of(Unwilling())
    cast.asset(stage, 0)
    with pytest.raises(Violation) as raised:
        stage.carry_out(improvement())
    assert raised.value.rule_id == "layer.R1"
    assert raised.value.found.expected == "acceptance"


def test_a_busy_target_ends_the_history_without_a_word(stage_of: Callable[..., Stage]) -> None:
    class Busy(FakeLayer):
        def send(self, call: Call) -> Reply:
            return Reply(503, (("retry-after", "60"),), b"")

    with pytest.raises(Abandoned):
        cast.asset(stage_of(Busy()), 0)


def test_where_the_document_leaves_open_what_an_acceptance_means_the_ledger_says(
    stage_of: Callable[..., Stage],
) -> None:
    class Overwrites(FakeLayer):
        """A known external_id is an order to amend."""

        def record(self, business: Business, body: Json) -> tuple[int, Json]:
            known = self.known_change(business, body.get("external_id"))
            return self.amend(business, known["id"], body) if known else super().record(business, body)

    stage = stage_of(Overwrites())
    cast.asset(stage, 0)
    stage.carry_out(improvement())
    assert stage.carry_out(improvement(minor=700)) is Outcome.DONE
    assert stage.books.carrying("asset-1") == 700


def test_what_stood_before_is_compared_with_what_stands_after_a_refusal(stage: Stage) -> None:
    account = cast.asset(stage, 0).account
    stage.look(lines_of(account))
    stage.carry_out(replace(improvement(), minor=2**63))
    read = stage.memory.standing(stage.books)[account]
    assert isinstance(read, SeenLines)
    assert read.rows == ()


def test_a_reading_stands_until_something_touches_its_account(stage: Stage) -> None:
    account = cast.asset(stage, 0).account
    stage.look(lines_of(account))
    assert account in stage.memory.standing(stage.books)
    stage.carry_out(improvement(), look=False)
    assert account not in stage.memory.standing(stage.books)


def test_refused_calls_before_the_last_are_left_out_of_the_evidence(stage: Stage) -> None:
    cast.asset(stage, 0)
    stage.carry_out(replace(improvement(), minor=2**63), look=False)
    stage.carry_out(improvement(), look=False)
    history = stage.transcript.evidence(())
    assert [step.reply.status for step in history] == [201, 201]


def test_what_is_open_ended_ends_the_history(stage_of: Callable[..., Stage]) -> None:
    class Indulgent(FakeLayer):
        def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
            return self.read_change(business, identifier, {})

    stage = stage_of(Indulgent())
    change = cast.change(stage, 0)
    stage.carry_out(op.Void(change.key))
    with pytest.raises(Abandoned):
        stage.carry_out(op.Amend(change.key, minor=1))


# ---- forecast, looks, cast --------------------------------------------------------------------


def test_the_forecast_of_a_read_is_that_nothing_changes() -> None:
    foreseen = forecast(op.ReadBalances(), Books())
    assert (foreseen.objections, foreseen.accepted) == (frozenset(), (Books(),))


def test_opening_a_known_account_changes_nothing() -> None:
    again = forecast(op.OpenAccount("expense", op.Role.EXPENSE), Books(), opened=frozenset({"expense"}))
    assert again.objections == {Objection.ACCOUNT_KNOWN}


def test_a_flaw_is_an_objection_like_any_other(stage: Stage) -> None:
    cast.asset(stage, 0)
    flawed = replace(improvement(), flaw=Objection.NO_ASSET)
    assert forecast(flawed, stage.books).objections == {Objection.NO_ASSET}


def test_a_void_of_what_is_voided_is_objected_to(stage: Stage) -> None:
    change = cast.change(stage, 0)
    stage.carry_out(op.Void(change.key))
    assert forecast(op.Void(change.key), stage.books).objections == {Objection.WITHDRAWN}


def test_archiving_an_asset_in_use_may_do_either(stage: Stage) -> None:
    cast.change(stage, 0)
    foreseen = forecast(op.ArchiveAsset("asset-1"), stage.books)
    assert foreseen.objections == {Objection.IN_USE}
    assert [books.carrying("asset-1") for books in foreseen.accepted] == [100, 0]


@pytest.mark.parametrize(
    ("probe", "reading"),
    [
        (Probe.THAT_DAY, op.ReadTrial(JUNE.date(), Basis.ACCRUAL)),
        (Probe.DAY_BEFORE, op.ReadTrial(date(2024, 6, 14), Basis.ACCRUAL)),
        (Probe.CASH, op.ReadTrial(FOREVER, Basis.CASH)),
        (Probe.SHEET, op.ReadSheet(JUNE.date(), Basis.ACCRUAL)),
        (Probe.CASH_SHEET, op.ReadSheet(JUNE.date(), Basis.CASH)),
        (Probe.BALANCES, op.ReadBalances(JUNE.date())),
        (Probe.RECORD, op.ReadChange("change-1")),
        (Probe.LIST, op.ReadChangesOf("asset-1")),
    ],
)
def test_a_probe_is_one_more_reading(stage: Stage, probe: Probe, reading: op.Reading) -> None:
    cast.asset(stage, 0)
    after = forecast(improvement(), stage.books).accepted[0]
    usual = look_after(improvement(), Outcome.DONE, stage.books, after, Probe.NONE)
    assert look_after(improvement(), Outcome.DONE, stage.books, after, probe) == (*usual, reading)


def test_assets_are_made_when_they_are_first_needed(stage: Stage) -> None:
    assert cast.asset(stage, 0).key == "asset-1"
    assert cast.asset(stage, 0, Effect.DEPRECIATION).accumulated is not None
    assert cast.asset(stage, 2).accumulated == cast.asset(stage, 1).accumulated
    assert len(stage.books.assets()) == 3


def test_an_archived_asset_is_replaced(stage: Stage) -> None:
    cast.asset(stage, 0)
    stage.carry_out(op.ArchiveAsset("asset-1"))
    assert cast.asset(stage, 0).key == "asset-1-next"


def test_counter_accounts_are_named_or_opened(stage: Stage) -> None:
    assert cast.counter(stage, Counter.TEMPLATE_EXPENSE) is Template.EXPENSE
    assert stage.names.knows(str(cast.counter(stage, Counter.SURPLUS)))
    assert len(stage.transcript.steps) == 1


def test_amounts_lie_around_the_carrying_value() -> None:
    carrying = {amount.resolve(5_000) for amount in AMOUNTS if amount.of_carrying}
    assert carrying == {4_999, 5_000, 5_001}
    assert Amount(-1, of_carrying=True).resolve(0) == 1


def test_days_are_plain_and_include_the_awkward_ones() -> None:
    assert {datetime(2024, 2, 29, tzinfo=UTC), datetime(2023, 12, 31, tzinfo=UTC)} <= set(WHENS)


def test_external_ids_resemble_what_is_known() -> None:
    assert {like.of("asset-1", 3) for like in Likeness} == {"other-3", "ASSET-1", "asset-10", "asset-", "ässet-1"}


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (op.OpenAccount("expense", op.Role.EXPENSE), "open the account expense"),
        (op.Amend("one", minor=5, members={op.MEMO: "x"}), "amend one: amount 5, memo"),
        (op.Amend("one"), "amend one: nothing"),
        (op.Void("one", flaw=Objection.UNKNOWN_CHANGE), "void one, with an unknown value change"),
        (op.Post("e", JUNE, (("a", 5), ("b", -5))), "post e: a 5, b -5 (debits positive), 2024-06-15"),
        (op.ReadPage(op.Listing.ASSETS), "read page of assets"),
        (op.ReadJournal("j"), "read journal"),
    ],
)
def test_operations_are_put_into_words(operation: op.Operation, words: str) -> None:
    assert note_of(operation) == words
