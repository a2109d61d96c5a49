"""`fixtura score`: what it adds up to, what it prints and writes, and how it ends."""

from __future__ import annotations

import json
import os
import signal
from itertools import combinations as pairs_of
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from rich.console import Console

import spec
from contract_tests.target import Misuse
from fixtura.cli import score
from fixtura.scoring import Clean, Hit, Score, Shot, Totals
from fixtura.scoring.gallery import KIT, run, sizes
from fixtura.scoring.markdown import markdown
from fixtura.scoring.planning import Plan, across
from fixtura.scoring.telling import alarms, headline, pace, times
from fixtura.scoring.variety import combinations
from mock_server import faults, variants
from mock_server.variants import Variant

SHOTS = (
    Shot("F-swapped-sides", "layer", 1, Hit("V1", 10, 1.0, 4), baseline=True),
    Shot("F-swapped-sides", "layer", 2, Hit("V1", 30, 3.0, 8)),
    Shot("F-void-twice", "layer", 1, Hit("A2", 20, 31.0, 5), baseline=False),
    Shot("F-void-twice", "layer", 2, None),
)
CLEANS = (Clean("layer sandbox", "", 1, ()), Clean("layer sandbox", "slow,by-id", 2, ("L3", "V1")))
SCORE = Score(("layer",), (1, 2), SHOTS, CLEANS, command=("fixtura", "score", "--seeds", "2"))


def test_the_totals_are_of_what_was_caught() -> None:
    totals = SCORE.totals
    assert (totals.faults, totals.always, totals.shots, totals.caught, totals.baseline) == (2, 1, 4, 3, 1)
    assert (totals.requests, totals.seconds, totals.steps) == (20, 3.0, 5)
    assert (totals.cleans, totals.false_alarms) == (2, 2)
    assert [(name, share.shots, share.caught) for name, share in totals.families.items()] == [("accounting", 4, 3)]
    nothing = Totals.of([], [])
    assert (nothing.seconds, nothing.asked, nothing.families) == (None, 0, {})


def test_a_miss_and_a_false_alarm_are_both_a_failure() -> None:
    hits = tuple(shot for shot in SHOTS if shot.hit)
    assert Score(("layer",), (1,), hits, CLEANS[:1]).exit_status() == 0
    assert Score(("layer",), (1,), SHOTS, CLEANS[:1]).exit_status() == 1
    assert Score(("layer",), (1,), hits, CLEANS).exit_status() == 1
    assert Score(("layer",), (1,), hits, (), unfinished=True).exit_status() == 3


def test_a_score_is_told_in_three_sentences() -> None:
    assert (
        headline(SCORE) == "The kit caught 1 of 2 faults with each of 2 seeds (50 %), plain Schemathesis 1 of 2 (50 %)."
    )
    assert pace(SCORE) == "In the median after 20 requests and 3.0 s, shrunk to 5 calls."
    assert alarms(SCORE) == "2 rules failed in 2 runs on servers that do nothing wrong."
    assert headline(Score(("layer",), (1,), SHOTS[:0], ())) == "The kit caught 0 of 0 faults (none)."


def test_the_matrix_cuts_no_word_on_a_terminal_of_80_columns() -> None:
    longest = max((rule for fault in faults.catalogue() for rule in fault.rules), key=len)
    shots = [
        Shot(fault.id, api, 1, Hit(longest, 2_000, 29.9, 22), baseline=False)
        for fault in faults.catalogue()
        for api in fault.apis
    ]
    console = Console(width=80)
    with console.capture() as told:
        console.print(score.matrix(Score(("layer",), (1,), tuple(shots), ())))
    assert "…" not in told.get()
    assert told.get().count(longest) == told.get().count("missed") == len(shots)


def test_a_log_gets_a_line_for_every_tenth_of_the_runs() -> None:
    said: list[str] = []
    heard = score.tenths({"the kit": 25, "right servers": 2}, said.append)
    for _ in range(25):
        heard("the kit", "F-void-twice")
    heard("right servers", "layer")
    assert said[:2] == ["the kit: 3 of 25", "the kit: 5 of 25"]
    assert said[9:] == ["the kit: 25 of 25", "right servers: 1 of 2"]


def test_every_shot_is_in_one_bin_of_the_times() -> None:
    bins = times(SCORE)
    assert sum(one.many for one in bins) == len(SHOTS)
    assert {one.name: one.many for one in bins if one.many} == {"1 s": 1, "3 s": 1, "more": 1, "missed": 1}


def test_the_markdown_page_names_command_versions_and_every_fault() -> None:
    page = markdown(SCORE)
    assert page.startswith(
        "# How strong the kit is\n\n**The kit caught 1 of 2 faults with each of 2 seeds (50 %), plain"
    )
    assert "```sh\nfixtura score --seeds 2\n```" in page
    assert "schemathesis 4." in page
    assert "| F-void-twice | layer | " in page
    assert "| missed | missed |" in page
    assert "L3, V1 (slow,by-id, seed 2)" in page
    assert not any(line.count("|") != 7 for line in page.splitlines() if line.startswith("| F-"))


@pytest.mark.parametrize("api", spec.available())
def test_every_pair_of_variants_meets_within_twenty_runs(api: str) -> None:
    known = variants.of(api)
    rows = [set(row) for row in combinations(known, 20)]
    assert rows[0] == set()
    for one, other in pairs_of(known, 2):
        may_meet = one.about != other.about
        met = {(one.name in row, other.name in row) for row in rows}
        assert met == ({(False, False), (False, True), (True, False)} | ({(True, True)} if may_meet else set()))


def test_an_api_without_variants_is_run_as_it_is() -> None:
    assert combinations((), 3) == ((), (), ())
    alone = (Variant("slow", "Slow.", "pace", "later"),)
    assert combinations(alone, 3) == ((), ("slow",), ())


def test_the_command_prints_a_matrix_and_writes_it_everywhere(tmp_path: Path) -> None:
    files = {kind: tmp_path / f"score.{kind}" for kind in ("json", "html", "markdown")}
    asked = ["--faults", "F-swapped-sides,F-void-twice", "--clean-seconds", "5"]
    asked += [word for kind, path in files.items() for word in (f"--{kind}", str(path))]
    outcome = CliRunner(env={"COLUMNS": "120"}).invoke(score.command, asked)
    assert outcome.exit_code == 0, outcome.output
    assert "The kit caught 2 of 2 faults (100 %)." in outcome.output
    assert "0 rules failed in 1 run on servers that do nothing wrong." in outcome.output
    data = json.loads(files["json"].read_text("utf-8"))
    assert set(data) == {"api", "seeds", "faults", "clean", "totals"}
    members = {"id", "api", "seed", "caught", "rule", "requests", "seconds", "steps", "baseline"}
    assert [set(fault) for fault in data["faults"]] == [members, members]
    assert [fault["caught"] for fault in data["faults"]] == [True, True]
    assert data["clean"] == [{"server": "layer sandbox", "variant": "", "seed": 1, "failed": []}]
    for kind in ("html", "markdown"):
        text = files[kind].read_text("utf-8")
        assert "F-void-twice" in text
        assert "fixtura score --faults F-swapped-sides,F-void-twice" in text


def test_a_score_is_the_same_when_it_is_read_again() -> None:
    again = Score.from_data(json.loads(json.dumps(SCORE.as_data())))
    assert (again.shots, again.cleans, again.totals) == (SCORE.shots, SCORE.cleans, SCORE.totals)


def test_what_an_earlier_score_has_is_not_run_again(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    had = Shot("F-swapped-sides", "layer", 1, Hit("V1", 7, 0.5, 3), baseline=True)
    right = Clean("layer sandbox", "", 1, ("L3",))
    earlier.write_text(json.dumps(Score(("layer",), (1,), (had,), (right,)).as_data()), "utf-8")
    plan = Plan(("layer",), (("F-swapped-sides", "layer"),), (1, 2), baseline=True, done=score.earlier(earlier))
    assert sizes(plan) == {KIT: 1}
    heard: list[str] = []
    told = run(plan, lambda kind, name: heard.append(f"{kind}: {name}"))
    assert heard == ["the kit: F-swapped-sides"]
    assert told.shots[0] == had
    assert (told.shots[1].seed, told.shots[1].hit is not None) == (2, True)
    assert told.cleans == (right,)


def test_an_earlier_score_that_is_none_is_misuse(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    for text in ("", "[]", '{"faults": []}', '{"api": [], "seeds": [], "faults": [{}], "clean": []}'):
        other.write_text(text, "utf-8")
        with pytest.raises(Misuse, match="is not what `fixtura score --json` writes"):
            score.earlier(other)
    with pytest.raises(Misuse, match="No such file"):
        score.earlier(tmp_path / "nothing.json")


def test_faults_are_taken_across_the_catalogue() -> None:
    marks = [(fault.id, fault.apis[0], seed) for fault in faults.catalogue() for seed in (1, 2)]
    families = {fault.id: fault.family for fault in faults.catalogue()}
    taken = across(marks)
    assert sorted(taken) == sorted(marks)
    assert {families[fault] for fault, _, _ in taken[: len(taken) // 5]} == set(faults.Family)


def test_an_unknown_fault_ends_before_anything_is_run() -> None:
    outcome = CliRunner().invoke(score.command, ["--faults", "F-nothing"])
    assert isinstance(outcome.exception, faults.UnknownFault)


def test_a_fault_of_another_api_and_a_bad_twin_are_misuse() -> None:
    outcome = CliRunner().invoke(score.command, ["--faults", "F-swapped-sides", "--api", "xero"])
    assert isinstance(outcome.exception, Misuse)
    assert CliRunner().invoke(score.command, ["--twin", "layer"]).exit_code == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_what_is_there_and_leaves_no_process(number: signal.Signals) -> None:
    def interrupt(_kind: str, _name: str) -> None:
        os.kill(os.getpid(), number)

    marks = tuple((fault.id, "layer") for fault in faults.catalogue()[:6])
    left = run(Plan(("layer",), marks), interrupt)
    assert left.unfinished
    assert len(left.shots) == 1
    ours = {one: " ".join(one.cmdline()) for one in psutil.Process().children(recursive=True) if one.is_running()}
    runs = [one for one, words in ours.items() if "resource_tracker" not in words]
    _gone, alive = psutil.wait_procs(runs, timeout=10)
    assert [ours[one] for one in alive] == []


def test_a_run_that_crashes_is_told_and_loses_nothing_of_the_others() -> None:
    marks = (("F-swapped-sides", "layer"), ("F-nothing", "layer"))
    told = run(Plan(("layer",), marks, cleans=0))
    assert [(one.fault, one.hit is not None) for one in told.shots] == [("F-swapped-sides", True), ("F-nothing", False)]
    assert len(told.troubles) == 1
    assert "UnknownFault" in told.troubles[0]
    assert told.exit_status() == 1


def test_interrupted_before_anything_has_come_in_there_is_nothing_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "run", lambda plan, _heard: Score(plan.apis, plan.seeds, (), (), unfinished=True))
    outcome = CliRunner().invoke(score.command, ["--faults", "F-swapped-sides"])
    assert outcome.exit_code != 0
    assert "caught" not in outcome.output


def test_an_interrupted_score_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    left = Score(("layer",), (1,), SHOTS[:1], (), unfinished=True)
    monkeypatch.setattr(score, "run", lambda _plan, _heard: left)
    outcome = CliRunner().invoke(score.command, ["--faults", "F-swapped-sides"])
    assert outcome.exit_code == 3
    assert "Interrupted: this is what there was until then." in outcome.output


def test_every_nth_fault_is_a_sample_of_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[Plan] = []

    def noted(plan: Plan, _heard: object) -> Score:
        plans.append(plan)
        return SCORE

    monkeypatch.setattr(score, "run", noted)
    CliRunner().invoke(score.command, ["--every", "5"])
    CliRunner().invoke(score.command, [])
    sample, every = (plan.faults for plan in plans)
    assert sample == every[::5]
    assert {api for _, api in sample} == set(spec.available())
