"""How a check ends when it cannot go on: Ctrl-C at an unlucky moment, and a target that is lost on the way."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import fixtura
from contract_tests.call import Call, Reply, Unreachable
from contract_tests.driver import HttpDriver
from contract_tests.recorder import Recorder
from contract_tests.verdict import Failure
from fixtura.servers import write_ready_file
from tests.cli.conftest import Outcome

Cli = Callable[..., Outcome]
WRONG = "tests.implementations.wrong_servers:void_forgets_reversal"
SCOPE = ("--api", "layer", "--scope", "business_id=11111111-1111-4111-8111-111111111111")
TOKEN = ("--token", "layer-demo-token")
SHORT = ("--rule", "A2", "--scenarios", "1", "--budget", "5")
GONE = "h.test cannot be reached: it is gone"


@pytest.fixture
def ready_file(server: fixtura.Server, tmp_path: Path) -> Path:
    path = tmp_path / "ready.json"
    write_ready_file(path, server)
    return path


def after(calls: int, happens: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let something happen before every call but so many first ones."""
    send, sent = HttpDriver.send, []

    def sends(self: HttpDriver, call: Call) -> Reply:
        sent.append(call)
        if len(sent) > calls:
            happens()
        return send(self, call)

    monkeypatch.setattr(HttpDriver, "send", sends)


def be_gone() -> None:
    raise Unreachable(GONE)


def test_a_target_that_is_lost_on_the_way_still_gets_its_report(
    cli: Cli, ready_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after(100, be_gone, monkeypatch)
    report = tmp_path / "report.json"
    outcome = cli("check", "--target", ready_file, "--quick", "--json", report)
    assert outcome.status == 3, outcome.err
    assert outcome.out.splitlines()[0].endswith("the target was lost")
    assert GONE in " ".join(outcome.out.split())
    summary = json.loads(report.read_text())["summary"]
    assert (summary["lost"], summary["outcome"]) == (GONE, "inconclusive")


def test_a_must_rule_that_failed_before_the_target_was_lost_decides(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[Failure] = []
    fail = Recorder.fail

    def fails(self: Recorder, failure: Failure) -> None:
        fail(self, failure)
        failed.append(failure)

    def gone_then() -> None:
        if failed:
            be_gone()

    monkeypatch.setattr(Recorder, "fail", fails)
    after(0, gone_then, monkeypatch)
    outcome = cli("check", "--app", WRONG, *SCOPE, *TOKEN, "--rule", "A1", "--budget", 30)
    assert outcome.status == 1, outcome.out
    assert "the target was lost" in outcome.out.splitlines()[0]


def test_one_report_that_cannot_be_written_leaves_the_others(cli: Cli, ready_file: Path, tmp_path: Path) -> None:
    page, log = tmp_path / "report.html", tmp_path / "report.har"
    outcome = cli("check", "--target", ready_file, *SHORT, "--json", "/dev/full", "--html", page, "--har", log)
    assert outcome.status == 2
    assert "cannot write /dev/full: No space left on device" in outcome.err
    assert "1 must-rules" in outcome.out
    assert page.exists()
    assert log.exists()


def test_a_terminal_that_takes_nothing_leaves_the_reports(ready_file: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fixtura", "check", "--target", str(ready_file), "--html", str(page), *SHORT],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert page.exists()


def test_ctrl_c_that_somebody_swallows_ends_the_run_all_the_same(
    cli: Cli, ready_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swallowed() -> None:
        with suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)

    after(40, swallowed, monkeypatch)
    before = signal.getsignal(signal.SIGINT)
    outcome = cli("check", "--target", ready_file, "--budget", 60)
    assert outcome.status == 3, outcome.err
    assert outcome.out.splitlines()[0].endswith("interrupted")
    assert "Traceback" not in outcome.err
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_before_anything_is_known_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(60)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "fixtura", "check", address, *SCOPE],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        connection, _ = silent.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors.strip().splitlines()[-1] == "fixtura: interrupted"


def test_an_app_and_a_file_together_have_a_second_tenant(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_text(
        'api = "layer"\ntoken = "layer-demo-token"\n'
        'scope = { business_id = "11111111-1111-4111-8111-111111111111" }\n'
        'other = { scope = { business_id = "22222222-2222-4222-8222-222222222222" }, token = "layer-other-token" }\n'
    )
    page = tmp_path / "report.html"
    app = "tests.implementations.wrong_servers:cross_business_read"
    given = ("--app", app, "--target", file, "--rule", "N1", "--quick")
    outcome = cli("check", *given, "--html", page)
    assert outcome.status == 1, outcome.out
    # And the page says how to run it again.
    again = shlex.join(["fixtura", "check", "--target", str(file), "--app", app, "--quick", "--seed", "1"])
    assert f"{again} --rule N1" in page.read_text()


def test_a_crash_of_our_own_is_never_taken_for_a_verdict(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def crashes() -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr("fixtura.cli.faults._faults", crashes)
    outcome = cli("faults")
    assert outcome.status == 70
    assert "AttributeError: no such thing" in outcome.err
    assert outcome.err.splitlines()[-1] == "fixtura: that is a fault of fixtura's own, and no verdict"
