"""One history of holdings against the sandbox: what is sent, read, judged and kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

import spec
from contract_tests.asgi import InProcess
from contract_tests.call import Call, Reply
from contract_tests.session import Session
from mock_server import Sandbox
from stateful.dialects.snapbooks import open_dialect
from stateful.holdings import draws
from stateful.holdings import operations as op
from stateful.holdings.goals import wanted
from stateful.holdings.ledger_plays import Guarding, Pooling, Use, Using
from stateful.holdings.operations import Flaw, ReadList
from stateful.holdings.palette import Fate, Posting
from stateful.holdings.plays import WRONGS, Aging, Listing, new_asset
from stateful.holdings.run import Run
from stateful.holdings.stage import Stage
from stateful.machine.exchanges import Abandoned, Violation
from stateful.model.classes import Way
from tests.stateful.planted_holdings import AsksNobody, CutsLongNames, NeedsNoName
from tests.stateful.snapbooks import opened, session_on, target_of


@pytest.fixture(scope="module")
def snapbooks() -> Iterator[tuple[Sandbox, InProcess]]:
    with opened() as sandbox_and_app:
        yield sandbox_and_app


@pytest.fixture
def session(snapbooks: tuple[Sandbox, InProcess]) -> Session:
    sandbox, app = snapbooks
    return session_on(app, target_of(sandbox))


def run_of(session: Session) -> Run:
    return Run(session, open_dialect(spec.load("snapbooks")), "x")


@pytest.fixture
def stage(session: Session) -> Stage:
    return run_of(session).open_stage()


def ends(stage: Stage) -> list[tuple[str, int]]:
    return [(step.call.operation_id, step.reply.status) for step in stage.transcript.steps]


def test_an_accepted_call_is_read_back_and_kept(stage: Stage) -> None:
    key = new_asset(stage)
    assert ends(stage) == [("createAsset", 201), ("getAsset", 200)]
    stage.carry_out(op.Rename(key, "other"))
    stage.carry_out(op.Deactivate(key))
    assert (stage.known[key].name, stage.known[key].active) == ("other", False)


def test_a_refused_call_keeps_nothing(stage: Stage) -> None:
    assert not stage.carry_out(op.Create("wrong", "x", Flaw.NO_NAME))
    assert stage.known == {}


def test_the_first_violation_names_rule_operation_and_evidence(session: Session) -> None:
    stage = run_of(replace(session, driver=CutsLongNames(session.driver))).open_stage()
    with pytest.raises(Violation) as raised:
        new_asset(stage, "x" * 300)
    assert raised.value.key == ("snapbooks.R1", "createAsset")
    assert [step.call.method for step in stage.transcript.evidence(raised.value.found.at)] == ["POST"]


def test_a_flawed_call_that_is_accepted_breaks_the_rule_that_forbids_it(session: Session) -> None:
    stage = run_of(replace(session, driver=NeedsNoName(session.driver))).open_stage()
    with pytest.raises(Violation) as raised:
        stage.carry_out(op.Create("wrong", "x", Flaw.NO_NAME))
    assert raised.value.rule_id == "snapbooks.R27"
    assert raised.value.found.expected == "a refusal: no name"


class Refusing:
    """A driver that refuses one operation."""

    def __init__(self, session: Session, operation_id: str, status: int = 400) -> None:
        self.session, self.operation_id, self.status = session, operation_id, status

    def send(self, call: Call) -> Reply:
        if call.operation_id == self.operation_id:
            return Reply(self.status, (("content-type", "application/json"),), b"{}")
        return self.session.driver.send(call)


def test_a_deactivation_refused_for_no_reason_breaks_a_rule_where_the_ledger_is_known(session: Session) -> None:
    stage = run_of(replace(session, driver=Refusing(session, "deactivateAsset"))).open_stage()
    stage.open_account()
    key = new_asset(stage)
    with pytest.raises(Violation) as raised:
        stage.carry_out(op.Deactivate(key))
    assert raised.value.rule_id == "snapbooks.R16"


def test_a_refusal_of_the_control_plane_is_nobodys_fault(session: Session) -> None:
    stage = run_of(replace(session, driver=Refusing(session, "control.clientAccounts.post"))).open_stage()
    with pytest.raises(Abandoned):
        stage.open_account()


def test_a_client_account_of_its_own_has_books_of_its_own(stage: Stage) -> None:
    before = dict(stage.names.scope)
    stage.open_account()
    assert stage.names.scope != before
    assert stage.chart["1280"] is True
    assert stage.chart["1920"] is False
    new_asset(stage)
    assert stage.specimens() == {}


def test_the_sums_know_what_stands_against_a_deactivation(session: Session) -> None:
    stage = run_of(replace(session, driver=AsksNobody(session.driver))).open_stage()
    with pytest.raises(Violation) as raised:
        Guarding((Posting(0, 1_500_000), Posting(1, -250_000))).play(stage)
    assert raised.value.rule_id == "snapbooks.R13"


@pytest.mark.parametrize(
    "postings",
    [
        (Posting(0, 1_500_000), Posting(1, -250_000)),
        (Posting(0, 10_000), Posting(1, -10_000)),
        (Posting(-1, 99_900), Posting(0, 5, fate=Fate.DRAFT)),
        (Posting(0, 700, fate=Fate.CANCELLED), Posting(0, 33, other=True)),
        (Posting(0, 700, fate=Fate.DROPPED), Posting(1, 1, fate=Fate.PUBLISHED)),
    ],
)
def test_in_the_end_every_asset_can_go(stage: Stage, postings: tuple[Posting, ...]) -> None:
    Guarding(postings).play(stage)
    assert [kept.active for kept in stage.known.values()] == [False, True]


def test_what_a_class_charges_is_drawn_beside_the_exchange(stage: Stage) -> None:
    use = Use(Way.DECLINING, 0, 10_000_000, date(2022, 1, 1))
    Using((use, use), years=2, sold=date(2020, 6, 15)).play(stage)
    drawn = [step.after for step in stage.transcript.steps if step.after]
    assert drawn[1] == {"carrying": 4_900_000, "accumulated": 5_100_000}
    assert stage.known["asset-1"].active is False


def test_a_report_is_read_for_the_years_around_a_sale(stage: Stage) -> None:
    use = Use(Way.DECLINING, 0, 10_000_000, date(2023, 1, 1), "e")
    Pooling((use, use)).play(stage)
    assert [call for call, _ in ends(stage)].count("control.taxPools.get") == 4


def test_an_asset_of_an_earlier_history_is_gone_on_with(session: Session) -> None:
    run = run_of(session)
    Aging().play(run.open_stage())
    assert run.elder is not None
    later = run.open_stage()
    Aging().play(later)
    assert later.names.id_of("elder") == run.elder.id
    later.carry_out(op.Deactivate("elder"))
    Aging().play(run.open_stage())
    Aging().play(run.open_stage())
    assert run.elder.key == "asset-1"


def test_plays_mean_something_in_every_state(stage: Stage) -> None:
    for play in (*WRONGS, Listing(2, aside=True, renamed=True)):
        play.play(stage)
    assert len(stage.known) == 5  # the client account of the list is the history's own
    assert not stage.ask(ReadList(page=0, flaw=Flaw.NO_SUCH_PAGE))


def test_a_run_steers_towards_what_is_missing() -> None:
    goals = [goal.name for goal in wanted(control=True)]
    one = {goals[-1]: 1}
    assert {draws.theme_of(number, one, quick=True, control=True).name for number in range(7)} == {"depreciation"}
    assert draws.theme_of(0, dict.fromkeys(goals, 1), quick=False, control=True).name == "records"
    settled = {draws.theme_of(number, {}, quick=False, control=True).name for number in range(1, 40)}
    assert {"lists", "depreciation", "disposals", "tax reports", "guards", "refusals"} <= settled
    without = {draws.theme_of(number, {}, quick=False, control=False).name for number in range(1, 40)}
    assert not without & {"depreciation", "disposals", "tax reports", "guards"}
