"""The composite action and the README's GitLab job: read as their runners read them, and their steps run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import fixtura
from contract_tests.host import hosted
from fixtura.servers import write_ready_file
from tests.implementations.wrong_servers import WRONG

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github/actions/check"
ACTION = yaml.safe_load((FOLDER / "action.yml").read_text())


def step(name: str) -> dict[str, Any]:
    return next(step for step in ACTION["runs"]["steps"] if step.get("name") == name)


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As the runner does for `shell: bash`: a file, with -e and pipefail."""
    path = folder / "step.sh"
    path.write_text(script)
    own = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **environment}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(path)],
        cwd=folder,
        env=own,
        capture_output=True,
        text=True,
        timeout=300,
    )


def checked(folder: Path, target: Path, **inputs: str) -> tuple[int, str, str]:
    """The action's main step with these inputs: exit status, outputs, summary."""
    given = {name: entry.get("default", "") for name, entry in ACTION["inputs"].items()} | inputs
    output, summary = folder / "output", folder / "summary"
    filled = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], text)
        for name, text in step("Check")["env"].items()
    }
    filled["TARGET"] = str(target)
    done = run(folder, step("Check")["run"], **filled, GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
    return done.returncode, output.read_text(), summary.read_text() if summary.exists() else ""


def test_the_action_is_whole() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for one in ACTION["runs"]["steps"]:
        assert "uses" in one or ("run" in one and one["shell"] == "bash")
    used = set(re.findall(r"inputs\.(\w+)", (FOLDER / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])
    # What it installs is this project, from beside the action itself.
    relative = re.search(r"\$GITHUB_ACTION_PATH/(\S+)\"", step("Install fixtura")["run"])
    assert relative is not None
    assert (FOLDER / relative[1]).resolve() == ROOT


def test_a_broken_rule_fails_the_job_and_is_on_its_page(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    with hosted(WRONG["double_void"].factory()) as url:
        scope = {"business_id": "11111111-1111-4111-8111-111111111111"}
        target.write_text(
            json.dumps({"api": "layer", "base_url": f"{url}/v1", "token": "layer-demo-token", "scope": scope})
        )
        status, output, summary = checked(tmp_path, target, options="--rule A2 --scenarios 30 --keep")
    assert status == 1
    assert output == "status=1\n"
    assert summary.startswith("## ❌ fixtura, layer: failed")
    assert "**A2** (must)" in summary
    assert "#!/usr/bin/env bash" in summary
    reports = tmp_path / "fixtura-reports"
    assert {path.name for path in reports.iterdir()} == {"summary.md", "report.html", "report.json", "report.xml"}


@pytest.mark.parametrize(("inconclusive", "status"), [("fail", 3), ("pass", 0)])
def test_what_is_inconclusive_is_for_the_job_to_decide(tmp_path: Path, inconclusive: str, status: int) -> None:
    with fixtura.serving(["layer"]) as server:
        write_ready_file(tmp_path / "ready.json", server)
        got, output, summary = checked(
            tmp_path, tmp_path / "ready.json", options="--rule A1 --scenarios 1", inconclusive=inconclusive
        )
    assert (got, output) == (status, "status=3\n")
    assert "inconclusive" in summary


def test_misuse_fails_the_job_without_a_summary(tmp_path: Path) -> None:
    status, output, summary = checked(tmp_path, tmp_path / "nowhere.toml", inconclusive="pass")
    assert (status, output, summary) == (2, "status=2\n", "")


def gitlab() -> dict[str, Any]:
    (found,) = re.findall(r"```yaml\n(fixtura:\n.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    job: dict[str, Any] = yaml.safe_load(found)["fixtura"]
    return job


def test_the_gitlab_job_leaves_what_it_promises(tmp_path: Path) -> None:
    job = gitlab()
    installs = [line for line in job["script"] if "pip install" in line]
    (check,) = [line for line in job["script"] if line not in installs]
    assert len(installs) == 1
    with fixtura.serving(["layer"]) as server:
        write_ready_file(tmp_path / "ready.json", server)
        done = run(tmp_path, check.replace("fixtura.toml", "ready.json") + " --rule A1 --scenarios 1")
    assert done.returncode == 3, done.stderr
    assert job["allow_failure"] == {"exit_codes": 3}
    promised = [job["artifacts"]["reports"]["junit"], *job["artifacts"]["paths"]]
    assert all((tmp_path / name).is_file() for name in promised)
    assert job["artifacts"]["when"] == "always"
