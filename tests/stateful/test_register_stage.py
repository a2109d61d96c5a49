"""One history of a register against the sandbox: what is sent, read, judged and kept."""

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
from stateful.dialects.xero import open_dialect
from stateful.machine.exchanges import Abandoned, Violation
from stateful.model.register import Method
from stateful.register import draws
from stateful.register import operations as op
from stateful.register.goals import wanted
from stateful.register.life_plays import Depreciating
from stateful.register.operations import Flaw, Members, PutAsset, ReadList, Status
from stateful.register.palette import PLANS, YEAR_ENDS
from stateful.register.plays import Creating, Listing, Wrong, new_asset, new_type
from stateful.register.run import Run
from stateful.register.stage import Stage
from tests.stateful.planted_register import ForgetsTheSerialNumber, NeedsNoStatus
from tests.stateful.xero import opened, session_on, target_of


@pytest.fixture(scope="module")
def xero() -> Iterator[tuple[Sandbox, InProcess]]:
    with opened() as sandbox_and_app:
        yield sandbox_and_app


@pytest.fixture
def session(xero: tuple[Sandbox, InProcess]) -> Session:
    sandbox, app = xero
    return session_on(app, target_of(sandbox))


def stage_of(session: Session) -> Stage:
    return Run(session, open_dialect(spec.load("xero")), "x").open_stage()


@pytest.fixture
def stage(session: Session) -> Stage:
    return stage_of(session)


def ends(stage: Stage) -> list[tuple[str, int]]:
    return [(step.call.operation_id, step.reply.status) for step in stage.transcript.steps]


def test_an_accepted_call_is_read_back_and_kept(stage: Stage) -> None:
    key = new_asset(stage, {op.SERIAL: "7"})
    assert ends(stage) == [("createAsset", 200), ("getAssetById", 200)]
    assert stage.known[key].members[op.SERIAL] == "7"
    assert stage.names.knows(key)


def test_what_an_update_did_not_send_is_kept_as_far_as_the_target_keeps_it(stage: Stage) -> None:
    key = new_asset(stage, {op.SERIAL: "7"})
    number = stage.known[key].members[op.NUMBER]
    stage.carry_out(PutAsset(key, {op.NAME: "other", op.NUMBER: number}, new=False))
    assert stage.known[key].members == {op.NAME: "other", op.NUMBER: number, op.SERIAL: "7"}


def test_a_refused_call_keeps_nothing(stage: Stage) -> None:
    assert not stage.carry_out(PutAsset("wrong", {op.NUMBER: "x"}, flaw=Flaw.NO_NAME))
    assert stage.known == {}


def test_the_first_violation_names_rule_operation_and_evidence(session: Session) -> None:
    stage = stage_of(replace(session, driver=ForgetsTheSerialNumber(session.driver)))
    with pytest.raises(Violation) as raised:
        new_asset(stage, {op.SERIAL: "7"})
    assert raised.value.key == ("xero.R6", "createAsset")
    assert [step.call.method for step in stage.transcript.evidence(raised.value.found.at)] == ["POST"]


def test_a_flawed_call_that_is_accepted_breaks_the_rule_that_forbids_it(session: Session) -> None:
    stage = stage_of(replace(session, driver=NeedsNoStatus(session.driver)))
    with pytest.raises(Violation) as raised:
        stage.ask_in_vain(ReadList(flaw=Flaw.NO_STATUS))
    assert raised.value.rule_id == "xero.R11"
    assert raised.value.found.expected == "a refusal: a list without a status"


class Refusing:
    """A driver that refuses one operation."""

    def __init__(self, session: Session, operation_id: str, status: int = 400) -> None:
        self.session, self.operation_id, self.status = session, operation_id, status

    def send(self, call: Call) -> Reply:
        if call.operation_id == self.operation_id:
            return Reply(self.status, (("content-type", "application/json"),), b"{}")
        return self.session.driver.send(call)


@pytest.mark.parametrize(("new", "rule"), [(True, "xero.R6"), (False, "xero.R5")])
def test_a_call_refused_for_no_reason_breaks_the_rule_that_asks_for_it(session: Session, new: bool, rule: str) -> None:
    known = stage_of(session)
    key = new_asset(known, {})
    stage = stage_of(replace(session, driver=Refusing(session, "createAsset")))
    stage.names.learn(key, known.names.id_of(key))
    with pytest.raises(Violation) as raised:
        stage.carry_out(PutAsset(key, known.known[key].members, new=new))
    assert raised.value.rule_id == rule


def test_a_server_error_ends_the_history_and_is_held_against_the_target(session: Session) -> None:
    stage = stage_of(replace(session, driver=Refusing(session, "createAsset", 500)))
    with pytest.raises(Violation) as raised:
        new_asset(stage, {})
    assert raised.value.rule_id == "S5"


def test_a_refusal_of_the_control_plane_is_nobodys_fault(session: Session) -> None:
    stage = stage_of(replace(session, driver=Refusing(session, "control.organisations.post")))
    with pytest.raises(Abandoned):
        stage.open_organisation(date(2018, 1, 1), 12)


def test_an_organisation_of_its_own_has_books_of_its_own(stage: Stage) -> None:
    scope = dict(stage.names.scope)
    stage.open_organisation(date(2018, 1, 1), 3)
    assert stage.names.scope["tenant_id"] != scope["tenant_id"]
    kind = new_type(stage)
    key = new_asset(stage, {op.TYPE: kind, op.PRICE: 300_000, op.PURCHASED: date(2020, 1, 1), **PLANS[0]})
    stage.move(op.Register(key))
    assert stage.known[key].status is Status.REGISTERED
    stage.move(op.Depreciate(date(2020, 3, 31)))
    stage.look_at_books(key)
    ran = next(step for step in stage.transcript.steps if step.call.operation_id == "control.depreciation.post")
    assert ran.after == {"carrying": 285_000, "accumulated": 15_000}
    assert stage.specimens() == {}


@pytest.mark.parametrize("month", YEAR_ENDS)
@pytest.mark.parametrize("plan", PLANS)
def test_depreciation_is_run_taken_back_and_run_again_whatever_the_plan_and_the_year(
    stage: Stage, plan: Members, month: int
) -> None:
    """A rollback to a day after the last run, where the life was over by then, has nothing to take back."""
    Depreciating((plan,), 300_000, month, back=True).play(stage)


def test_drafts_and_types_are_handed_on(stage: Stage) -> None:
    kind, key = new_type(stage), new_asset(stage, {})
    assert stage.specimens() == {
        "assetTypeId": [stage.names.id_of(kind)],
        "id": [stage.names.id_of(key)],
        "assetId": [stage.names.id_of(key)],
    }


def test_plays_mean_something_in_every_state(stage: Stage) -> None:
    for play in (*draws_of_wrongs(), Creating({}, PLANS[2], typed=True), Listing(2)):
        play.play(stage)
    assert len(stage.known) > 5


def draws_of_wrongs() -> list[Wrong]:
    return [wrong for wrong in draws.WRONGS if wrong.flaw is not Flaw.OTHER_STATUS][:6]


def test_a_run_steers_towards_what_is_missing() -> None:
    goals = [goal.name for goal in wanted(control=True)]
    one = {f"course: {Method.FULL.value}": 1}
    assert {draws.theme_of(number, one, quick=True, control=True).name for number in range(7)} == {"depreciation"}
    assert draws.theme_of(0, dict.fromkeys(goals, 1), quick=False, control=True).name == "drafts"
    settled = {draws.theme_of(number, {}, quick=False, control=True).name for number in range(1, 40)}
    assert {"lists", "depreciation", "disposals", "locks", "refusals", "types"} <= settled
    without = {draws.theme_of(number, {}, quick=False, control=False).name for number in range(1, 40)}
    assert not without & {"depreciation", "disposals", "locks"}
