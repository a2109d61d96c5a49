"""The kit and the sandbox of Xero Assets, written by different hands, agree: nothing fails, quick goals are reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

import spec
import stateful
from contract_tests.call import Call, Who
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.verdict import Passed, Unobservable
from stateful.register import races, tenancy
from stateful.register.rules import LAWS, OF_CONTROL
from tests.stateful.conftest import Watching, failures, unknown, verdicts
from tests.stateful.xero import opened, session_on, target_of


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_rule_fails_and_quick_goals_are_reached(seed: int) -> None:
    with opened() as (sandbox, app):
        session = session_on(app, target_of(sandbox), seed=seed)
        specimens = stateful.histories(session, 1e6, scenarios=200)
        stateful.races(session, 0)
        assert failures(session) == {}
        assert unknown(session, (rule.id for rule in stateful.rules_for(spec.load("xero")))) == {}
        assert specimens["fixedAssetAccountId"] == (session.target.scope["fixed_asset_account_id"],)
        for asset in specimens["assetId"]:
            tenant = (("xero-tenant-id", session.target.scope["tenant_id"]),)
            assert session.driver.send(Call("GET", f"/Assets/{asset}", headers=tenant)).ok


def test_either_reading_of_accumulated_depreciation_is_accepted_if_it_is_kept_to() -> None:
    with opened(accumulated_this_year=True) as (sandbox, app):
        session = session_on(app, target_of(sandbox), seed=4)
        stateful.histories(session, 1e6, scenarios=120)
        assert failures(session) == {}
        assert isinstance(verdicts(session)["V1"], Passed)


def test_without_a_control_plane_what_only_screens_do_is_unobservable() -> None:
    with opened() as (sandbox, app):
        session = session_on(app, target_of(sandbox, control=False, other=False))
        stateful.histories(session, 1e6, scenarios=120)
        stateful.races(session, 0)
        assert failures(session) == {}
        seen = verdicts(session)
        for key in set(OF_CONTROL) & seen.keys():
            verdict = seen[key]
            assert isinstance(verdict, Unobservable), key
            assert "control_url" in verdict.why
        judged = {"xero.R1", "xero.R5", "xero.R16", "xero.R20", "xero.R31", "xero.R33", "V6", "L5", "N7", "K1"}
        assert {rule: type(seen[rule]) for rule in judged} == dict.fromkeys(judged, Passed)
        assert {type(seen[f"N{number}"]) for number in range(1, 7)} == {Unobservable}


def test_a_run_of_one_rule_does_what_that_rule_needs_and_little_else() -> None:
    api = spec.load("xero")
    rules = [rule for rule in stateful.rules_for(api) if rule.id == "X5"]
    with opened() as (sandbox, app):
        session = session_on(app, target_of(sandbox))
        session = replace(session, recorder=Recorder(rules, stateful.goals_for(api, True)))
        stateful.histories(session, 1e6, scenarios=6)
        assert isinstance(verdicts(session)["X5"], Passed)


def test_a_run_that_only_reads_writes_nothing() -> None:
    with opened() as (sandbox, app):
        stateful.histories(session_on(app, target_of(sandbox)), 1e6, scenarios=12)
        right = session_on(app, target_of(sandbox), goals=False)
        watching = Watching(right.driver)
        session = Session(right.api, right.target, watching, right.recorder, 1, "o-")
        stateful.read_only(session)
        assert watching.asked == {("GET", Who.OWNER)}
        assert failures(session) == {}
        seen = verdicts(session)
        for rule in ("xero.R13", "xero.R15", "xero.R16", "xero.R17", "xero.R21", "xero.R34", "S3"):
            assert isinstance(seen[rule], Passed), rule
        assert isinstance(seen["V1"], Unobservable)


def test_the_same_seed_gives_the_same_run() -> None:
    runs = []
    for _ in range(2):
        with opened() as (sandbox, app):
            session = session_on(app, target_of(sandbox), seed=11)
            watching = Watching(session.driver)
            recording = Session(session.api, session.target, watching, session.recorder, 11, "p-", True)
            stateful.histories(recording, 1e6, scenarios=15)
            runs.append(watching.notes)
    assert runs[0] == runs[1]


def test_rules_have_ids_of_their_own_and_goals_speak_of_them() -> None:
    api = spec.load("xero")
    rules = [rule.id for rule in stateful.rules_for(api)]
    assert len(set(rules)) == len(rules)
    assert {rule.id for rule in api.profile.rules} <= set(rules)
    assert {rule.id for rule in (*tenancy.RULES, *races.RULES)} <= set(rules)
    keys = {law.key for law in LAWS}
    assert set(OF_CONTROL) <= keys
    for quick in (True, False):
        goals = stateful.goals_for(api, quick)
        assert len({goal.name for goal in goals}) == len(goals)
        assert all(goal.rule_ids and set(goal.rule_ids) <= set(rules) for goal in goals)
