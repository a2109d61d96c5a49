"""Part B as a whole: seeds, shrinking, replays, interruptions, what is left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import spec
import stateful
from contract_tests.call import BrokenOff, Call, Reply, Unreachable
from contract_tests.session import Session
from contract_tests.verdict import Unknown, Unobservable
from stateful.machine import menu, theme
from stateful.machine.goals import wanted
from stateful.machine.plays import Recording
from stateful.machine.run import Run
from stateful.machine.wrongs import TRIED, WRONGS
from tests.stateful.conftest import Steps, failures
from tests.stateful.fake_books import HERE, Business, Json
from tests.stateful.fake_layer import FakeLayer
from tests.stateful.planted import SwappedSides


class Written(FakeLayer):
    """Keeps every call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[Call] = []

    def send(self, call: Call) -> Reply:
        self.calls.append(call)
        return super().send(call)


def run(session: Session, scenarios: int = 25, **more: bool) -> None:
    stateful.histories(session, 1e6, scenarios=scenarios, **more)


def test_the_same_seed_gives_the_same_run(session_of: Callable[..., Session]) -> None:
    one, other = Written(), Written()
    for server in (one, other):
        run(session_of(server, seed=7))
    assert one.calls == other.calls


def test_another_seed_gives_another_run(session_of: Callable[..., Session]) -> None:
    one, other = Written(), Written()
    run(session_of(one, seed=1))
    run(session_of(other, seed=2))
    assert [call.body for call in one.calls] != [call.body for call in other.calls]


def test_so_many_histories_are_carried_out_and_no_more(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    session = session_of(fake)
    conduct = Run(session, "h").spend(1e6, 13)
    assert conduct.over()
    assert {asset["external_id"].split("-")[1] for asset in fake.businesses[HERE].assets} <= {
        f"h{number}" for number in range(1, 14)
    }


def test_the_time_is_kept(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    stateful.histories(session_of(fake), 2.0)
    assert 0 < fake.requests < 3_000


def test_nothing_is_left_in_the_users_folder(
    fake: FakeLayer, session_of: Callable[..., Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(session_of(fake), 4)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_history_is_short_and_plays_with_fresh_names(session_of: Callable[..., Session]) -> None:
    session = session_of(SwappedSides())
    run(session, 12)
    failure = failures(session)["layer.R1"]
    assert len(failure.history) <= 4
    assert failure.seed == 1
    assert failure.operation == "business.assets.valueUpdates.post"
    assert "-h1-" not in (failure.history[0].call.body or b"").decode()


def test_shrinking_keeps_to_its_limit(session_of: Callable[..., Session]) -> None:
    # On this clock the first look after the fault is past the limit: nothing is shrunk, but replayed.
    session = replace(session_of(SwappedSides()), now=Steps(seconds=11.0))
    run(session, 2)
    assert "layer.R1" in failures(session)


def test_shrinking_takes_nothing_from_the_search(session_of: Callable[..., Session]) -> None:
    # What shrinking took comes on top of the four seconds of this clock. Out of them, it would leave the search
    # with 7 to 14 goals, by the seed; it reaches 29 to 41.
    session = session_of(SwappedSides())
    Run(session, "h").spend(4.0)
    assert session.now() > 4.0 + 2.0
    assert len([reached for reached in session.recorder.reached() if reached.got]) > 20


def test_time_is_added_once_and_only_while_goals_are_missing(session_of: Callable[..., Session]) -> None:
    short = session_of(FakeLayer())
    Run(short, "h").spend(1.0, spare=0.5)
    assert 1.5 <= short.now() < 2.0
    wanting_nothing = session_of(FakeLayer())
    run = Run(wanting_nothing, "h")
    for goal in run.goals():
        run.reached[goal.name] = goal.full
    for rule_id, _law in run.laws:
        run.held(rule_id)
    run.spend(1.0, spare=0.5)
    assert wanting_nothing.now() < 1.5


class WrongOnce(FakeLayer):
    """One posting is lost, the first one; nobody will see it again."""

    def post_change(self, business: Business, change: Json) -> None:
        super().post_change(business, change)
        if not self._done:
            self._done = True
            business.entries.pop()

    _done = False


def test_what_is_seen_once_only_is_inconclusive(session_of: Callable[..., Session]) -> None:
    session = session_of(WrongOnce())
    run(session, 10)
    assert failures(session) == {}
    doubted = [result.verdict.why for result in session.recorder.results() if isinstance(result.verdict, Unknown)]
    assert any("seen once and not again" in why for why in doubted)


def test_a_crashed_check_makes_its_own_rule_unknown_and_no_other(
    fake: FakeLayer, session_of: Callable[..., Session]
) -> None:
    session = session_of(fake)
    broken = Run(session, "h")

    def crash(_scene: object) -> None:
        raise ZeroDivisionError("law")

    broken.laws = [(rule, replace(law, judge=crash) if rule == "L1" else law) for rule, law in broken.laws]
    broken.spend(1e6, 8)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert isinstance(verdicts["L1"], Unknown)
    assert "ZeroDivisionError" in verdicts["L1"].why
    assert failures(session) == {}


def test_a_crashed_history_lets_nothing_pass(
    fake: FakeLayer, session_of: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_given: object) -> None:
        raise ZeroDivisionError("play")

    monkeypatch.setattr(Recording, "play", crash)
    session = session_of(fake)
    run(session, 10)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert isinstance(verdicts["L3"], Unknown)
    assert "a history crashed" in verdicts["L3"].why


class GivesOut(FakeLayer):
    """Stops after so many requests, in the way it is told."""

    def __init__(self, after: int, error: BaseException) -> None:
        super().__init__()
        self._after, self._error = after, error

    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        if self.requests == self._after:
            raise self._error
        return reply


def test_a_target_that_is_gone_ends_the_run_with_one_sentence(session_of: Callable[..., Session]) -> None:
    server = GivesOut(40, Unreachable("http://fake/v1 broke off the connection"))
    with pytest.raises(Unreachable, match="broke off"):
        run(session_of(server))


@pytest.mark.parametrize("after", [5, 60, 300, 420, 500])
def test_ctrl_c_leaves_the_settings_as_they_were_and_keeps_what_was_seen(
    session_of: Callable[..., Session], after: int
) -> None:
    server = GivesOut(after, KeyboardInterrupt())
    server.businesses[HERE].closing = "1990-01-01"
    session = session_of(server)
    with pytest.raises(KeyboardInterrupt):
        run(session, 60, allow_settings=True)
    assert (server.businesses[HERE].closing, server.businesses[HERE].basis) == ("1990-01-01", "ACCRUAL")
    assert any(getattr(result.verdict, "observations", 0) for result in session.recorder.results())


def test_settings_are_left_alone_unless_allowed(session_of: Callable[..., Session]) -> None:
    server = Written()
    session = session_of(server)
    run(session, 60)
    assert not any(call.path.endswith("accounting-config") and call.mutates for call in server.calls)
    verdicts = {result.rule.id: result.verdict for result in session.recorder.results()}
    assert isinstance(verdicts["layer.R21"], Unobservable)
    assert "allow-settings" in verdicts["layer.R21"].why


def test_large_amounts_are_taken_back(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    run(session_of(fake), 90, allow_settings=True)
    business = fake.businesses[HERE]
    assert any(change["amount"] > 2**53 for change in business.changes)
    assert not any(change["amount"] > 2**53 for change in business.changes if not change["archived_at"])


def test_specimens_exist_and_are_live(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    specimens = stateful.histories(session_of(fake), 1e6, scenarios=20)
    business = fake.businesses[HERE]
    assert specimens["businessId"] == (HERE,)
    assert set(specimens["assetId"]) <= {asset["id"] for asset in business.assets if not asset["archived_at"]}
    live = {change["id"] for change in business.changes if not change["archived_at"]}
    assert set(specimens["valueUpdateId"]) <= live
    assert set(specimens["accountId"]) <= business.accounts.keys()
    assert all(specimens.values())


def test_rules_have_ids_of_their_own_and_goals_speak_of_them(layer: spec.Api) -> None:
    rules = [rule.id for rule in stateful.rules_for(layer)]
    assert len(set(rules)) == len(rules)
    for quick in (True, False):
        goals = stateful.goals_for(layer, quick)
        assert all(set(goal.rule_ids) <= set(rules) for goal in goals)
        assert len({goal.name for goal in goals}) == len(goals)


def test_every_kind_of_wrong_call_has_a_goal_where_it_must_be_refused(layer: spec.Api) -> None:
    goals = {goal.name for goal in stateful.goals_for(layer, quick=True)}
    assert "refused depreciation without an accumulated account" in goals
    assert "refused an amount that is not positive" not in goals  # the profile leaves it open
    assert {wrong.objection for wrong in WRONGS} == TRIED


def test_a_run_steers_towards_what_is_missing(fake: FakeLayer, session_of: Callable[..., Session]) -> None:
    goals = Run(session_of(fake), "h").goals()
    missing = theme.missing_of(goals, {}, (), quick=True)
    assert set(missing) == {goal.name for goal in wanted({}, TRIED, ()) if goal.name in missing} | {
        goal.name for goal in goals
    }
    reached = {goal.name: goal.quick for goal in goals}
    assert theme.missing_of(goals, reached, (), quick=True) == {}
    assert theme.missing_of(goals, reached, {"reverse-once"}, quick=True) == {"second reversal": 1}
    one = {"comparison for M9": 1}
    assert {menu.theme_of(number, one, quick=True, settings=False).name for number in range(1, 8)} == {"twins"}
    assert menu.theme_of(0, missing, quick=True, settings=True).name == "ordinary life"


def test_settings_are_put_back_even_if_the_first_try_gets_no_reply(session_of: Callable[..., Session]) -> None:
    class HangsUpOnce(FakeLayer):
        tried = 0

        def send(self, call: Call) -> Reply:
            if call.path.endswith("accounting-config") and call.mutates:
                self.tried += 1
                if self.tried == 1:
                    raise BrokenOff("it hung up")
            return super().send(call)

    driver = HangsUpOnce()
    stateful.histories(session_of(driver), 0, allow_settings=True)
    assert driver.tried == 2


def test_settings_that_cannot_be_read_are_not_changed(session_of: Callable[..., Session]) -> None:
    class HangsUp(FakeLayer):
        def send(self, call: Call) -> Reply:
            if call.path.endswith("accounting-config"):
                assert not call.mutates
                raise BrokenOff("it hung up")
            return super().send(call)

    stateful.histories(session_of(HangsUp()), 0, allow_settings=True)
