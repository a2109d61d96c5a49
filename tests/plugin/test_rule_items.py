"""Rules as test items: selection, outcomes, reports, workers, and what a second run tries first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

import spec
from fixtura.running import rules_of

pytest_plugins = ["pytester"]

Project = Callable[..., None]
TARGET = ("--fixtura-target", "target.toml", "-p", "no:randomly")
RULES = ["A2", "N1", "S9"]
"""One that the server breaks, one that cannot be seen without a second tenant, and one that holds at once."""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess(*TARGET, *arguments)


def test_every_rule_is_an_item(pytester: pytest.Pytester, project: Project) -> None:
    project()
    found = run(pytester, "--collect-only", "-q").stdout.str()
    assert re.findall(r"target\.toml::(\S+)", found) == [rule.id for rule in rules_of(spec.load("layer"))]


def test_verdicts_are_outcomes_and_a_second_run_is_of_what_failed(pytester: pytest.Pytester, project: Project) -> None:
    project(quick=True, scenarios=60, rule=RULES)
    pytester.makepyfile(test_own="def test_of_the_projects_own(): pass")
    first = run(pytester, "-rs", "--junitxml", "junit.xml", "--durations=1")
    told = first.stdout.str()
    assert first.ret == 1
    assert first.parseoutcomes() == {"failed": 1, "skipped": 1, "passed": 2}, told
    assert "A2 (must): Voiding twice never reverses twice: it is refused or does nothing" in told
    for word in ("source: ", "seen: ", "expected: ", "seed: ", "#!/usr/bin/env bash", "curl"):
        assert word in told
    assert "fixtura/running.py" not in told  # no traceback through the kit
    assert re.search(r"SKIPPED .*unobservable: ", told)

    cases = {case.get("name"): case for case in ElementTree.parse(pytester.path / "junit.xml").iter("testcase")}
    assert set(cases) == {*RULES, "test_of_the_projects_own"}
    properties = {one.get("name"): one.get("value") for one in cases["A2"].iter("property")}
    assert (properties["rule"], properties["level"], properties["verdict"]) == ("A2", "must", "failed")
    assert cases["A2"].find("failure") is not None
    assert cases["N1"].find("skipped") is not None

    # What failed is kept, and in the next run that asks for it alone it is the first thing tried.
    again = run(pytester, "--lf", "--junitxml", "again.xml")
    assert again.ret == 1
    assert again.parseoutcomes() == {"failed": 1}
    (case,) = ElementTree.parse(pytester.path / "again.xml").iter("testcase")
    assert case.get("name") == "A2"


def test_items_are_chosen_by_name_level_and_node_id(pytester: pytest.Pytester, project: Project) -> None:
    project(rule=RULES)
    by_level = run(pytester, "--collect-only", "-q", "-k", "should").stdout.str()
    assert re.findall(r"target\.toml::(\S+)", by_level) == ["S9"]
    by_id = run(pytester, "--collect-only", "-q", "target.toml::A2").stdout.str()
    assert re.findall(r"target\.toml::(\S+)", by_id) == ["A2"]


def test_workers_share_one_run(pytester: pytest.Pytester, project: Project) -> None:
    project(quick=True, scenarios=60, rule=RULES)
    result = run(pytester, "-n", "2", "-v", "--junitxml", "junit.xml")
    assert result.parseoutcomes() == {"failed": 1, "skipped": 1, "passed": 1}, result.stdout.str()
    # Had each worker run the kit, each would have drawn a prefix of its own for the script that it tells.
    cases = list(ElementTree.parse(pytester.path / "junit.xml").iter("testcase"))
    assert sorted(case.get("name", "") for case in cases) == sorted(RULES)
    assert len(set(re.findall(r"\[(gw\d)\]", result.stdout.str()))) == 2


def test_a_target_that_cannot_be_reached_is_one_sentence(pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".toml",
        target="""
            api = "layer"
            base_url = "http://127.0.0.1:9/v1"
            scope = { business_id = "1" }
            check = { rule = ["A1", "A2"] }
            """,
    )
    result = run(pytester)
    assert result.parseoutcomes() == {"failed": 2}
    assert "http://127.0.0.1:9/v1 cannot be reached" in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("api = ", "is not TOML"),
        ('api = "layer"\nbase_url = "http://h.test"\ncheck = { quick = 3 }', "check.quick cannot be 3"),
        ('api = "layer"\nbase_url = "http://h.test"\ncheck = { quik = true }', "check has no option quik"),
        ('api = "layer"\nbase_url = "http://h.test"\nlevels = { L1 = "should" }', "needs scope business_id"),
    ],
)
def test_what_is_wrong_with_the_file_is_a_collection_error(
    pytester: pytest.Pytester, content: str, sentence: str
) -> None:
    (pytester.path / "target.toml").write_text(content)
    result = run(pytester)
    assert result.ret == 2
    assert sentence in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        ({"rule": ["A2", "A99"]}, "no such rule: A99; the rules are A1, A2"),
        ({"rule": [1]}, "check.rule cannot be [1]"),
        ({"budget": 2}, "check.budget cannot be 2"),
        ({"seed": -1}, "check.seed cannot be -1"),
        ({"scenarios": 0}, "check.scenarios cannot be 0"),
        ({"quick": True, "budget": 9}, "check.quick and check.budget exclude each other"),
        ({"html": "nowhere/report.html"}, "there is no folder nowhere"),
    ],
)
def test_options_that_cannot_be_are_a_collection_error(
    pytester: pytest.Pytester, project: Project, check: dict[str, object], sentence: str
) -> None:
    project(**check)
    pytester.makepyfile(test_own="def test_of_the_projects_own(): pass")
    result = run(pytester)
    assert result.ret == 2
    assert sentence in " ".join(result.stdout.str().split())
    assert "Traceback" not in result.stdout.str()


def test_reports_that_the_file_asks_for_are_written(pytester: pytest.Pytester, project: Project) -> None:
    project(scenarios=1, budget=5, rule=["A2"], html="report.html", json="/dev/full", markdown="report.md")
    result = run(pytester)
    assert result.ret == 1
    assert "A2" in (pytester.path / "report.html").read_text()
    assert "A2" in (pytester.path / "report.md").read_text()
    result.stdout.fnmatch_lines(["*cannot write /dev/full: No space left on device*"])


def test_ctrl_c_leaves_the_reports(pytester: pytest.Pytester, project: Project) -> None:
    project(budget=60, rule=["A2"], json="report.json")
    pytester.makeconftest(
        """
        import os, signal, threading

        def pytest_runtest_logstart():
            threading.Timer(4, os.kill, (os.getpid(), signal.SIGINT)).start()
        """
    )
    assert run(pytester).ret == 2
    assert json.loads((pytester.path / "report.json").read_text())["summary"]["interrupted"]


def test_a_folder_that_takes_the_place_of_one_of_ours_is_one_sentence(
    pytester: pytest.Pytester, project: Project
) -> None:
    project()
    pytester.mkpydir("contract_tests")
    pytester.makeconftest("")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: fixtura: *contract_tests shadows fixtura's own package*"])
    assert "INTERNALERROR" not in result.stderr.str() + result.stdout.str()


def test_without_a_target_nothing_of_ours_is_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing(pytestconfig):
            ours = {"spec", "mock_server", "contract_tests", "stateful"} & set(sys.modules)
            assert not ours
        """
    )
    assert pytester.runpytest_subprocess().ret == 0


def test_a_file_that_is_no_target_is_left_alone(pytester: pytest.Pytester, project: Project) -> None:
    project()
    (pytester.path / "other.toml").write_text(Path(pytester.path / "target.toml").read_text())
    pytester.makepyfile("def test_own(): pass")
    assert pytester.runpytest_subprocess("-p", "no:randomly").parseoutcomes() == {"passed": 1}
