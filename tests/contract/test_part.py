"""Part A as a whole: what it claims, what it needs to have seen, and what a crash of a check means."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

import contract_tests
from contract_tests.call import Call, Unreachable
from contract_tests.checks.lint import flaws_of, lint
from contract_tests.checks.rules import LINT, RULES
from contract_tests.driver import HttpDriver
from contract_tests.recorder import Recorder
from contract_tests.session import Session, Specimens
from contract_tests.target import Target
from contract_tests.verdict import Failed, Level, Passed, Unknown
from spec import Api
from tests.contract.toy import SHOP, Toy
from tests.contract.toy_api import DOCUMENT, toy_api


class Broken:
    """A driver with a fault of its own."""

    def send(self, call: Call) -> Any:
        raise ZeroDivisionError(call.path)


class Gone:
    """A driver whose target has gone away."""

    def send(self, call: Call) -> Any:
        raise Unreachable("it is gone")


def session_on(target: Target, driver: Any, api: Api | None = None) -> Session:
    api = api or toy_api()
    recorder = Recorder(contract_tests.rules_for(api), contract_tests.goals_for(api, quick=True))
    return Session(api, target, driver, recorder, seed=1, prefix="run7", quick=True)


def judge(session: Session, seconds: float, specimens: Specimens) -> None:
    with contract_tests.fuzzer() as fuzz:
        contract_tests.contract(session, seconds, specimens, fuzz)


def test_a_correct_server_is_green(target: Target, driver: HttpDriver, toy: Toy) -> None:
    made = [driver.send(Call("POST", f"/shops/{SHOP}/boxes").with_json({"name": "mine"})) for _ in range(4)]
    session = session_on(target, driver)
    said: list[str] = []
    session = replace(session, say=said.append)
    judge(session, 6, {"boxId": [reply.json()["data"]["id"] for reply in made]})
    results = session.recorder.results()
    assert [result for result in results if isinstance(result.verdict, Failed)] == []
    must = [result for result in results if result.rule.level is Level.MUST]
    assert all(isinstance(result.verdict, Passed) for result in must)
    assert "odd bodies" in said


def test_a_check_that_crashes_leaves_its_rules_unsettled(target: Target) -> None:
    session = session_on(target, Broken())
    judge(session, 1, {})
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert verdicts["S9"] == Passed(7)
    assert isinstance(verdicts["H1"], Unknown)
    assert "its check crashed: ZeroDivisionError" in verdicts["H1"].why


def test_only_what_is_asked_for_is_sent(target: Target, driver: HttpDriver, toy: Toy) -> None:
    session = replace(session_on(target, driver), recorder=Recorder([LINT]))
    judge(session, 1, {})
    assert toy.seen == []
    assert session.recorder.results()[0].verdict == Passed(7)


def test_a_target_that_goes_away_ends_the_part(target: Target) -> None:
    with pytest.raises(Unreachable, match="it is gone"):
        judge(session_on(target, Gone()), 1, {})


def test_rules_about_credentials_need_a_document_that_asks_for_some() -> None:
    document = deepcopy(DOCUMENT)
    del document["security"]
    ids = {rule.id for rule in contract_tests.rules_for(toy_api(document))}
    assert ids == {rule.id for rule in RULES} - {"H1", "H2"}


def test_rules_have_an_id_a_sentence_and_a_source() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.id[0] in "SH"
        assert rule.source
        assert not rule.statement.endswith(".")


def test_goals_ask_less_of_a_quick_run() -> None:
    quick = {goal.name: goal.wanted for goal in contract_tests.goals_for(toy_api(), quick=True)}
    long = {goal.name: goal.wanted for goal in contract_tests.goals_for(toy_api(), quick=False)}
    assert quick.keys() == long.keys()
    assert all(quick[name] <= long[name] for name in quick)
    assert "boxes.create: generated requests accepted" in long
    assert "settings.change: generated requests accepted" not in long


def test_the_shipped_documents_have_no_flaw(layer: Api) -> None:
    for document in (layer.served, layer.judged, layer.documented, toy_api().judged):
        assert list(flaws_of(document)) == []


def flaws_with(change: dict[str, Any]) -> list[str]:
    """What the lint says when `change` maps paths into the document ("a/b/c") to new values."""
    document = deepcopy(DOCUMENT)
    for place, value in change.items():
        *way, last = place.split("|")
        node = document
        for key in way:
            node = node[key]
        node[last] = value
    return [f"{flaw.operation}: {flaw.seen}" for flaw in flaws_of(document)]


BOXES = "paths|/shops/{shop}/boxes"
BOX = "paths|/shops/{shop}/boxes/{boxId}"


@pytest.mark.parametrize(
    ("place", "value", "flaw"),
    [
        (
            f"{BOXES}|post|requestBody|content|application/json|examples|blue|value",
            {"name": 1},
            'boxes.create: example blue of the request: /name: 1 is not of type "string"',
        ),
        (f"{BOXES}|parameters", [], "boxes.list: path parameter shop without a declaration"),
        (f"{BOXES}|get|operationId", "boxes.create", "boxes.create: 2 operations of that operationId"),
        (
            f"{BOXES}|post|responses|201|links|read|operationId",
            "nowhere",
            "boxes.create: link read of status 201 to nowhere",
        ),
        (
            "paths|/shops/{shop}/boxes/latest",
            DOCUMENT["paths"]["/shops/{shop}/settings"],
            ": path /shops/{shop}/boxes/latest comes after /shops/{shop}/boxes/{boxId}, which matches it",
        ),
        (
            "components|schemas|Any",
            {"nullable": True, "allOf": [{"type": "object"}]},
            ": nullable beside allOf in Any",
        ),
    ],
)
def test_each_flaw_of_a_document_is_named(place: str, value: Any, flaw: str) -> None:
    assert flaw in flaws_with({place: value})


def test_a_flaw_is_on_record_without_a_history(target: Target) -> None:
    document = deepcopy(DOCUMENT)
    document["components"]["schemas"]["Any"] = {"nullable": True}
    session = session_on(target, Broken(), toy_api(document))
    lint(session)
    verdict = next(result.verdict for result in session.recorder.results() if result.rule.id == "S9")
    assert isinstance(verdict, Failed)
    assert verdict.failures[0].history == ()
