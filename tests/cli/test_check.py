"""`fixtura check` from the command line: its reports, its exit status, and Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

import fixtura
from fixtura.servers import write_ready_file
from tests.cli.conftest import Outcome

Cli = Callable[..., Outcome]
WRONG = "tests.implementations.wrong_servers:void_forgets_reversal"
SCOPE = ("--api", "layer", "--scope", "business_id=11111111-1111-4111-8111-111111111111")
TOKEN = ("--token", "layer-demo-token")


@pytest.fixture
def ready_file(server: fixtura.Server, tmp_path: Path) -> Path:
    path = tmp_path / "ready.json"
    write_ready_file(path, server)
    return path


def test_a_ready_file_is_a_target(cli: Cli, ready_file: Path) -> None:
    outcome = cli("check", "--target", ready_file, "--rule", "L1", "--quick")
    assert outcome.status == 0, outcome.out
    assert outcome.out.startswith("1 of 1 must-rules observed")


@pytest.fixture
def target_file(server: fixtura.Server, tmp_path: Path) -> Path:
    layer = server.access["layer"]
    told = tmp_path / "told.json"
    path = tmp_path / "target.toml"
    path.write_text(
        f"""
        api = "layer"
        base_url = "{layer.base_url}"
        token = "{layer.token}"
        scope = {{ business_id = "{layer.scope["business_id"]}" }}
        check = {{ quick = true, seed = 7, rule = ["L1", "L2"], scenarios = 12, json = "{told}" }}
        """
    )
    return path


def test_a_target_file_holds_the_options_of_the_run(cli: Cli, target_file: Path) -> None:
    outcome = cli("check", "--target", target_file)
    assert outcome.status in (0, 3), outcome.out  # twelve histories are few
    told = json.loads((target_file.parent / "told.json").read_text())
    assert (told["seed"], [rule["id"] for rule in told["rules"]]) == (7, ["L1", "L2"])


def test_the_command_line_wins_over_a_target_file(cli: Cli, target_file: Path) -> None:
    outcome = cli("check", "--target", target_file, "--seed", 8, "--rule", "L1", "--budget", 5)
    assert outcome.status in (0, 3), outcome.out
    told = json.loads((target_file.parent / "told.json").read_text())
    assert (told["seed"], [rule["id"] for rule in told["rules"]]) == (8, ["L1"])


def test_a_wrong_server_gives_1_and_every_report_tells_the_same(cli: Cli, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"report.{kind}" for kind in ("json", "junit", "html", "har")}
    options = [word for kind, path in files.items() for word in (f"--{kind}", path)]
    outcome = cli("check", "--app", WRONG, *SCOPE, *TOKEN, "--rule", "A1", "--scenarios", 20, *options)
    assert outcome.status == 1, outcome.out
    assert "curl" in outcome.out

    told = json.loads(files["json"].read_text())
    assert told.keys() >= {"api", "target", "seed", "requests", "duration_s", "rules", "summary"}
    assert told["api"] == "layer"
    (rule,) = told["rules"]
    assert rule.keys() >= {"id", "level", "statement", "source", "verdict", "observations", "failure"}
    assert (rule["id"], rule["level"], rule["verdict"]) == ("A1", "must", "failed")

    suite = ElementTree.parse(files["junit"]).getroot()
    assert len(suite.findall(".//testcase/failure")) == 1
    assert "A1" in files["html"].read_text()
    entries = json.loads(files["har"].read_text())["log"]["entries"]
    assert {entry["request"]["method"] for entry in entries} >= {"POST", "DELETE"}
    # One sentence heads them all.
    headline = outcome.out.splitlines()[0]
    assert headline in files["html"].read_text()


def test_a_report_that_cannot_be_written_is_one_sentence_before_anything_is_sent(
    cli: Cli, ready_file: Path, server: fixtura.Server
) -> None:
    before = assets(server)
    outcome = cli("check", "--target", ready_file, "--rule", "L1", "--scenarios", 2, "--json", "/proc/report.json")
    assert outcome.status == 2
    assert "/proc/report.json" in outcome.err
    assert "Traceback" not in outcome.err
    assert assets(server) == before


def test_read_only_writes_nothing(cli: Cli, ready_file: Path, server: fixtura.Server) -> None:
    before = assets(server)
    outcome = cli("check", "--target", ready_file, "--read-only")
    assert outcome.status == 0, outcome.out
    assert assets(server) == before


def test_ctrl_c_ends_the_run_and_still_reports(tmp_path: Path) -> None:
    """As inconclusive: what was not looked at cannot be green. And the settings are as they were."""
    with fixtura.serving(["layer"]) as server:
        ready, report = tmp_path / "ready.json", tmp_path / "report.json"
        write_ready_file(ready, server)
        settings = config(server)
        process = subprocess.Popen(
            [sys.executable, "-m", "fixtura", "check", "--target", str(ready), "--json", str(report)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for_assets(server, process)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=30)
        assert process.returncode == 3, errors
        assert "Traceback" not in errors
        assert "must-rules observed" in out
        assert json.loads(report.read_text())["requests"] > 0
        assert config(server) == settings


def wait_for_assets(server: fixtura.Server, process: subprocess.Popen[str]) -> None:
    """Until the run has written something, so that it is interrupted in the middle."""
    for _ in range(2_000):
        if assets(server) > 3:
            return
        assert process.poll() is None
    raise AssertionError("the run wrote nothing")


def assets(server: fixtura.Server) -> int:
    reply = get(server, "/assets?show_total_count=true&limit=1")
    return int(reply["meta"]["pagination"]["total_count"])


def config(server: fixtura.Server) -> object:
    return get(server, "/accounting-config")["data"]


def get(server: fixtura.Server, path: str) -> dict[str, dict[str, dict[str, int]]]:
    layer = server.access["layer"]
    url = f"{layer.base_url}/businesses/{layer.scope['business_id']}{path}"
    found: dict[str, dict[str, dict[str, int]]] = httpx.get(
        url, headers={"authorization": f"Bearer {layer.token}"}
    ).json()
    return found
