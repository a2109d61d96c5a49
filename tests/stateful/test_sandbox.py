"""The kit and the sandbox, written by different hands, agree: nothing fails, and quick goals are reached."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import spec
import stateful
from contract_tests.asgi import AsgiDriver, InProcess
from contract_tests.call import Call
from contract_tests.checks.rules import RULES
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Misuse, Other, Target
from mock_server import open_sandbox
from tests.stateful.conftest import failures, unknown

CONFIG = "/businesses/11111111-1111-4111-8111-111111111111/accounting-config"


@pytest.fixture(params=[{}, {"refuse_below_zero": True}], ids=["as it is", "with floors"])
def app(request: pytest.FixtureRequest) -> Iterator[InProcess]:
    with InProcess(open_sandbox(["layer"], seed=1, switches=request.param)) as app:
        yield app


def session(app: InProcess, layer: spec.Api, seed: int) -> Session:
    other = Other({"business_id": "22222222-2222-4222-8222-222222222222"}, "layer-other-token")
    scope = {"business_id": "11111111-1111-4111-8111-111111111111"}
    target = Target("http://sandbox/v1", "layer", scope, "layer-demo-token", other=other)
    recorder = Recorder((*stateful.rules_for(layer), *RULES), stateful.goals_for(layer, quick=True))
    return Session(layer, target, AsgiDriver(target, app), recorder, seed, f"s{seed}-", quick=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_rule_fails_and_quick_goals_are_reached(app: InProcess, layer: spec.Api, seed: int) -> None:
    judged = session(app, layer, seed)
    stateful.histories(judged, 120, scenarios=100, allow_settings=True)
    stateful.races(judged, 0)
    assert failures(judged) == {}
    assert unknown(judged, (rule.id for rule in stateful.rules_for(layer))) == {}


def test_the_books_that_are_there_can_be_judged_without_writing(app: InProcess, layer: spec.Api) -> None:
    stateful.histories(session(app, layer, 3), 60, scenarios=15)
    judged = session(app, layer, 3)
    stateful.read_only(judged)
    assert failures(judged) == {}


def set_closing_date(judged: Session, day: str) -> None:
    call = Call("PATCH", CONFIG, operation_id="business.accountingConfig.patch")
    assert judged.driver.send(call.with_json({"closing_date": day, "default_reporting_basis": "CASH"})).ok


def settings(judged: Session) -> tuple[str, str]:
    data = judged.driver.send(Call("GET", CONFIG)).json()["data"]
    return data["closing_date"], data["default_reporting_basis"]


@pytest.mark.parametrize("day", ["2023-06-30", "2031-01-01"])
def test_books_that_are_closed_are_opened_for_a_run_that_may_change_settings(
    app: InProcess, layer: spec.Api, day: str
) -> None:
    judged = session(app, layer, 4)
    set_closing_date(judged, day)
    stateful.histories(judged, 120, scenarios=100, allow_settings=True)
    assert settings(judged) == (day, "CASH")
    stateful.races(judged, 0, allow_settings=True)
    assert settings(judged) == (day, "CASH")
    assert failures(judged) == {}
    assert unknown(judged, (rule.id for rule in stateful.rules_for(layer))) == {}


def test_books_that_must_stay_closed_stop_a_run_in_one_sentence_before_it_writes(
    app: InProcess, layer: spec.Api
) -> None:
    judged = session(app, layer, 6)
    set_closing_date(judged, "2000-01-01")
    for part in (stateful.histories, stateful.races):
        with pytest.raises(Misuse, match=r"closed before 2000-01-01.*--allow-settings"):
            part(judged, 120)
    assert judged.driver.send(Call("GET", CONFIG.replace("accounting-config", "assets"))).json()["data"] == []
