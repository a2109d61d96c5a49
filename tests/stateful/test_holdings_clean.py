"""The kit and the sandbox of Snapbooks, written by different hands, agree: nothing fails, quick goals are reached."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import spec
import stateful
from contract_tests.call import Call, Driver, Reply
from contract_tests.verdict import Passed, Unobservable
from stateful.holdings import races, tenancy
from stateful.holdings.rules import LAWS, OF_CONTROL
from tests.stateful.bent import Json, with_json
from tests.stateful.conftest import Watching, failures, unknown, verdicts
from tests.stateful.planted_holdings import Bent
from tests.stateful.snapbooks import opened, session_on, target_of


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_rule_fails_and_quick_goals_are_reached(seed: int) -> None:
    with opened() as (sandbox, app):
        session = session_on(app, target_of(sandbox), seed=seed)
        specimens = stateful.histories(session, 1e6, scenarios=250)
        stateful.races(session, 0)
        assert failures(session) == {}
        assert unknown(session, (rule.id for rule in stateful.rules_for(spec.load("snapbooks")))) == {}
        assert specimens["client_account_id"] == ("456",)
        for asset in specimens["id"]:
            assert session.driver.send(Call("GET", f"/assets/{asset}")).ok


@pytest.mark.parametrize(
    "switch", ["newer_revision", "strict_lists", "is_active_only_when_false", "ignore_account_change"]
)
def test_what_the_profile_leaves_open_accuses_nobody(switch: str) -> None:
    with opened(**{switch: True}) as (sandbox, app):
        session = session_on(app, target_of(sandbox), seed=4)
        stateful.histories(session, 1e6, scenarios=80)
        stateful.races(session, 0)
        assert failures(session) == {}


# ---- other servers that are right ------------------------------------------------------------------


class CreatesWith200(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        return super().back(call, replace(reply, status=200) if reply.status == 201 else reply)


class HidesForeignAssets(Bent):
    """No access is answered as an unknown asset is."""

    def back(self, call: Call, reply: Reply) -> Reply:
        if reply.status == 403:
            return with_json(reply, {"error": "Asset not found", "status": 404}, 404)
        return super().back(call, reply)


class ListsTheInactive(Bent):
    def out(self, call: Call) -> Call:
        everything = ("is_active", "null")
        return replace(call, query=(*call.query, everything)) if call.operation_id == "listAssets" else call


class RefusesToRepeat(Bent):
    """What is inactive is neither renamed nor deactivated again."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._gone: set[str] = set()

    def send(self, call: Call) -> Reply:
        if call.path in self._gone and call.method in ("PUT", "DELETE"):
            body = json.dumps({"error": "The asset is not active", "status": 409}).encode()
            return Reply(409, (("content-type", "application/json"),), body)
        reply = super().send(call)
        if call.method == "DELETE" and reply.ok:
            self._gone.add(call.path)
        return reply


class NumbersByTens(Bent):
    """Unique and fixed, which is all that is documented of a sequence number."""

    def row(self, call: Call, row: Json) -> Json:
        return row | {"sequence_number": row["sequence_number"] * 10}

    def asset(self, call: Call, asset: Json) -> Json:
        return self.row(call, asset)


class RefusesFurtherMembers(Bent):
    def send(self, call: Call) -> Reply:
        data = json.loads(call.body or b"{}")
        if not call.control and data.keys() - {"name", "client_account_id"}:
            body = json.dumps({"error": "unknown member", "status": 400}).encode()
            return Reply(400, (("content-type", "application/json"),), body)
        return super().send(call)


class DefaultsOddPages(Bent):
    def out(self, call: Call) -> Call:
        odd = {name for name, text in call.query if name.endswith("page") and (text == "0" or not text.isdecimal())}
        return replace(call, query=tuple(pair for pair in call.query if pair[0] not in odd))


class SaysItOtherwise(Bent):
    """The accounts of a denial in another order, within another sentence."""

    def back(self, call: Call, reply: Reply) -> Reply:
        if call.method == "DELETE" and reply.status == 400:
            parts = json.loads(reply.body)["error"].removeprefix("Cannot deactivate asset: ").split(", ")
            said = f"This asset is still held by {' and '.join(reversed(parts))}."
            return with_json(reply, {"error": said, "status": 400})
        return super().back(call, reply)


@pytest.mark.parametrize(
    "server",
    [
        CreatesWith200,
        HidesForeignAssets,
        ListsTheInactive,
        RefusesToRepeat,
        NumbersByTens,
        RefusesFurtherMembers,
        DefaultsOddPages,
        SaysItOtherwise,
    ],
)
def test_another_server_that_is_right_is_accused_of_nothing(server: Callable[[Driver], Driver]) -> None:
    with opened() as (sandbox, app):
        right = session_on(app, target_of(sandbox), seed=5)
        session = replace(right, driver=server(right.driver))
        stateful.histories(session, 1e6, scenarios=80)
        stateful.races(session, 0)
        found: dict[str, Any] = {rule: failure.seen for rule, failure in failures(session).items()}
        found.pop("snapbooks.R7", None)  # observed: it accuses nobody
        assert found == {}


# ---- what cannot be seen -----------------------------------------------------------------------------


def test_without_a_ledger_what_it_shows_is_unobservable() -> None:
    with opened() as (sandbox, app):
        session = session_on(app, target_of(sandbox, control=False, other=False))
        stateful.histories(session, 1e6, scenarios=120)
        stateful.races(session, 0)
        assert failures(session) == {}
        seen = verdicts(session)
        stated = {law.key: session.api for law in LAWS}
        hidden = {
            "L1",
            "V1",
            "D1",
            "P3",
            "X3",
            "snapbooks.R7",
            *(f"snapbooks.R{n}" for n in (13, 14, 15, 16, 17, 18, 37)),
        }
        assert set(OF_CONTROL) <= stated.keys()
        for rule in (*hidden, "K5"):
            verdict = seen[rule]
            assert isinstance(verdict, Unobservable), rule
            assert "control_url" in verdict.why
        judged = {f"snapbooks.R{n}" for n in (*range(1, 7), 8, 11, 12, *range(19, 30), *range(31, 35), 36)}
        judged |= {"L5", "N7", "K1", "K2", "K3", "K4"}
        assert {rule: type(seen[rule]) for rule in judged} == dict.fromkeys(judged, Passed)
        assert {type(seen[rule]) for rule in ("N1", "N2", "N3", "N4", "N6", "snapbooks.R30")} == {Unobservable}


def test_a_run_that_only_reads_writes_nothing() -> None:
    with opened() as (sandbox, app):
        stateful.histories(session_on(app, target_of(sandbox)), 1e6, scenarios=12)
        right = session_on(app, target_of(sandbox), goals=False)
        watching = Watching(right.driver)
        session = replace(right, driver=watching)
        stateful.read_only(session)
        assert {method for method, _ in watching.asked} == {"GET"}
        assert failures(session) == {}
        seen = verdicts(session)
        for rule in (*(f"snapbooks.R{n}" for n in (5, 19, 20, 21, 23, 24, 25, 26, 32, 33, 38)), "S3"):
            assert isinstance(seen[rule], Passed), rule
        assert isinstance(seen["V1"], Unobservable)


# ---- the suite itself --------------------------------------------------------------------------------


def test_rules_have_ids_of_their_own_and_goals_speak_of_them() -> None:
    api = spec.load("snapbooks")
    rules = [rule.id for rule in stateful.rules_for(api)]
    assert len(set(rules)) == len(rules)
    assert {rule.id for rule in api.profile.rules} <= set(rules)
    assert {rule.id for rule in (*tenancy.RULES, *races.RULES)} <= set(rules)
    for quick in (True, False):
        goals = stateful.goals_for(api, quick)
        assert len({goal.name for goal in goals}) == len(goals)
        assert all(goal.rule_ids and set(goal.rule_ids) <= set(rules) for goal in goals)


def test_the_same_seed_gives_the_same_run() -> None:
    runs = []
    for _ in range(2):
        with opened() as (sandbox, app):
            right = session_on(app, target_of(sandbox), seed=11)
            watching = Watching(right.driver)
            stateful.histories(replace(right, driver=watching, prefix="p-"), 1e6, scenarios=15)
            runs.append(watching.notes)
    assert runs[0] == runs[1]
