"""The script that a failure comes with, run verbatim by bash against the wrong server, shows the fault again."""

from __future__ import annotations

import json
import os
import subprocess

import fixtura
from contract_tests.host import hosted
from contract_tests.report.telling import script
from contract_tests.verdict import Failed
from tests.e2e.test_kit import target
from tests.implementations.wrong_servers import WRONG


def run(text: str, url: str) -> list[tuple[str, str]]:
    """Each step's line about its status, and its reply."""
    done = subprocess.run(
        ["bash", "-c", text],
        env={"PATH": os.environ["PATH"], "BASE_URL": f"{url}/v1", "TOKEN": "layer-demo-token"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    return list(zip(lines[::2], lines[1::2], strict=True))


def as_recorded(status: str) -> bool:
    _, _, said = status.partition("status ")
    got, _, recorded = said.partition(" ")
    return recorded == f"(recorded: {got})"


def test_a_void_that_forgets_the_reversal_is_shown_again_as_often_as_wanted() -> None:
    with hosted(WRONG["void_forgets_reversal"].factory()) as url:
        report = fixtura.check(target(url), rules=("A1",), scenarios=20)
        result = next(result for result in report.results if isinstance(result.verdict, Failed))
        assert isinstance(result.verdict, Failed)
        failure = result.verdict.failures[0]
        text = script(report, result, failure)
        assert len(failure.history) <= 6
        first, second = run(text, url), run(text, url)

    for steps in (first, second):
        assert all(as_recorded(status) for status, _reply in steps)
        lines = json.loads(steps[-1][1])["data"]
        assert lines
        assert lines[-1]["running_balance"] != 0  # the change was voided, and its amount is still there
    made = [json.loads(steps[0][1])["data"] for steps in (first, second)]
    assert made[0]["external_id"] != made[1]["external_id"]  # a fresh prefix each time


def test_a_script_runs_on_a_fresh_server_of_the_same_kind() -> None:
    """What it reads at the end, it finds there by its own calls."""
    wrong = WRONG["missing_second_line"]
    with hosted(wrong.factory()) as url:
        report = fixtura.check(target(url), rules=("L1",), scenarios=20)
    result = next(result for result in report.results if isinstance(result.verdict, Failed))
    assert isinstance(result.verdict, Failed)
    for failure in result.verdict.failures:
        with hosted(wrong.factory()) as url:
            steps = run(script(report, result, failure), url)
        assert all(as_recorded(status) for status, _reply in steps), failure.operation
        assert len(json.loads(steps[-1][1])["data"]["line_items"]) == 1
