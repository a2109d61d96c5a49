"""Care for somebody's real system: what is refused beforehand, foretold, held back, marked and put away."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from pathlib import Path

import httpx
import pytest

import fixtura
import spec
from contract_tests.call import Call, Reply
from contract_tests.driver import HttpDriver
from contract_tests.makings import Makings, Tidied
from contract_tests.target import CONTROL, Target
from fixtura.afterwards import notes_of
from fixtura.contracts import contract_of
from fixtura.running import Plan, run
from tests.cli.conftest import Outcome

Cli = Callable[..., Outcome]
SCOPE = ("--api", "layer", "--scope", "business_id=11111111-1111-4111-8111-111111111111")


def plain(server: fixtura.Server, api: str = "layer") -> Target:
    """A sandbox as somebody else's server: without its control plane."""
    target = Target.from_data(server.ready(), api)
    return replace(target, capabilities=frozenset(), control_url=None)


@pytest.fixture
def target_file(tmp_path: Path, server: fixtura.Server) -> Callable[..., Path]:
    def write(**more: object) -> Path:
        layer = server.access["layer"]
        path = tmp_path / "target.json"
        data = {"api": "layer", "base_url": layer.base_url, "token": layer.token, "scope": dict(layer.scope)}
        path.write_text(json.dumps({**data, **more}))
        return path

    return write


# ---- beforehand -------------------------------------------------------------------------------------------------


def test_a_host_that_does_not_look_like_a_sandbox_is_not_written_to(cli: Cli) -> None:
    outcome = cli("check", "https://api.layerfi.com", *SCOPE, "--token", "t")
    assert outcome.status == 2
    (sentence,) = outcome.err.strip().splitlines()
    assert "api.layerfi.com is where Layer keeps real books" in sentence
    assert "--yes-this-host api.layerfi.com" in sentence


def test_somebody_who_says_so_is_let_through(cli: Cli) -> None:
    # Nobody is there: what is said then comes from trying to reach it.
    outcome = cli("check", "http://books.invalid.example.com:9", *SCOPE, "--yes-this-host", "books.invalid.example.com")
    assert outcome.status == 2
    assert "does not look like a sandbox" not in outcome.err


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"accepts": {"no_such": [400]}}, "Layer has no open point 'no_such'"),
        ({"accepts": {"cash_basis": ["none"]}}, "the point cash_basis is not open: it is documented"),
        ({"levels": {"L1": "observed"}}, "levels: L1 is not open: it is documented"),
        ({"levels": {"ZZ9": "must"}}, "levels: there is no rule 'ZZ9'"),
        ({"levels": {"A3": "strict"}}, "levels: A3 cannot be 'strict': must, should, observed"),
    ],
)
def test_an_override_of_what_is_not_open_is_misuse(
    cli: Cli, target_file: Callable[..., Path], given: dict[str, object], sentence: str
) -> None:
    outcome = cli("check", "--target", target_file(**given))
    assert outcome.status == 2
    assert sentence in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_a_plan_makes_nothing_and_sends_the_preflight_alone(
    cli: Cli, target_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with fixtura.serving(["layer"], seed=3) as fresh:
        layer = fresh.access["layer"]
        asked: list[tuple[str, str]] = []
        monkeypatch.setattr("fixtura.forecast.HttpDriver", _listening(asked))
        outcome = cli("check", "--target", target_file(base_url=layer.base_url, rps=30), "--plan")
        page = httpx.get(
            f"{layer.base_url}/businesses/{layer.scope['business_id']}/assets",
            headers={"authorization": f"Bearer {layer.token}"},
        )
    assert outcome.status == 0, outcome.err
    assert page.json()["data"] == []
    assert {method for method, _ in asked} == {"GET"}
    assert len(asked) == 1
    assert "about 1,500 calls, 30 a second at most" in outcome.out
    assert "records by business.assets.post: put away afterwards by business.assets.assetId.delete" in outcome.out
    assert "records by business.ledger.accounts.post: stays" in outcome.out


def _listening(asked: list[tuple[str, str]]) -> type:
    from contract_tests.driver import HttpDriver

    class Listening(HttpDriver):
        def send(self, call: Call) -> Reply:
            asked.append((call.method, call.path))
            return super().send(call)

    return Listening


@pytest.mark.parametrize(
    ("waits", "sentence"),
    [
        ([3.0], "once, for up to 3 s; nobody called it meanwhile"),
        ([1.0, 90.0], "2 times, for up to 90 s; nobody called it meanwhile, or for 60 s where it asked for more"),
        ([inf], "once, for ever; nobody called it meanwhile, or for 60 s where it asked for more"),
    ],
)
def test_how_often_patience_was_asked_for_is_said(waits: list[float], sentence: str) -> None:
    target = Target("http://h.test", "layer")
    with HttpDriver(target) as driver:
        for wait in waits:
            driver.meter.plead(wait)
        notes = notes_of(target, driver, Tidied({}, {}), "", "fixtura-1-")
        assert list(notes) == [f"The target asked for patience {sentence}"]


# ---- what is made -----------------------------------------------------------------------------------------------


@pytest.fixture(params=spec.available())
def everything(request: pytest.FixtureRequest) -> Iterator[tuple[fixtura.Report, list[tuple[str, bytes]], set[str]]]:
    """A run of every part, kept: its report, the bodies of what was made, and the ids of what bears the prefix."""
    bodies: list[tuple[str, bytes]] = []
    marked: set[str] = set()
    take = Makings.take

    def noting(self: Makings, call: Call, reply: Reply) -> None:
        if reply.ok and call.method == "POST" and call.body is not None and not call.control:
            bodies.append((call.operation_id, call.body))
            if b"fixtura-" in call.body:
                marked.update(_ids(reply))
        take(self, call, reply)

    with pytest.MonkeyPatch.context() as patch, fixtura.serving([request.param]) as server:
        patch.setattr(Makings, "take", noting)
        report = run(Plan(target=plain(server, request.param), budget_s=10, keep=True))
        yield report, bodies, marked


def _ids(reply: Reply) -> set[str]:
    data = reply.json()
    record = data.get("data", data)
    return {str(value) for name, value in record.items() if name.lower().endswith("id")}


def test_everything_that_is_made_can_be_recognised_and_what_is_left_is_said(
    everything: tuple[fixtura.Report, list[tuple[str, bytes]], set[str]],
) -> None:
    report, bodies, marked = everything
    assert report.exit_status() != 1
    assert len(bodies) > 100  # histories, races, tenancy, the battery and generated requests
    bare = [body for _, body in bodies if b"fixtura-" not in body]
    # What has no room for the prefix says which record of ours it is about.
    strangers = [body for body in bare if not any(identifier.encode() in body for identifier in marked)]
    assert strangers == []
    (note,) = [note for note in report.notes if note.startswith("Made ")]
    assert f"Made {sum(report.made.values())} records, named fixtura-" in note
    assert "left (--keep): " in note


def test_what_can_be_is_put_away_and_the_books_are_as_before() -> None:
    with fixtura.serving(["layer"]) as server:
        target = plain(server)
        report = run(Plan(target=target, quick=True, budget_s=5, rules=("A1", "V1", "layer.R5")))
        headers = {"authorization": f"Bearer {target.token}"}
        root = f"{target.base_url}/businesses/{target.scope['business_id']}"
        assets = httpx.get(f"{root}/assets", headers=headers).json()["data"]
        updates = httpx.get(f"{root}/assets/value-updates", headers=headers).json()["data"]
        balances = httpx.get(f"{root}/ledger/balances", headers=headers).text
    assert report.exit_status() != 1
    assert report.made["business.assets.post"] > 5
    assert (assets, updates) == ([], [])
    assert set(_amounts(json.loads(balances))) == {0}


def _amounts(data: object) -> Iterator[int]:
    if isinstance(data, dict):
        yield from (value for name, value in data.items() if name == "balance" and isinstance(value, int))
        for value in data.values():
            yield from _amounts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _amounts(value)


def test_a_sandbox_is_left_as_it_is() -> None:
    with fixtura.serving(["layer"]) as server:
        target = Target.from_data(server.ready(), "layer")
        assert CONTROL in target.capabilities
        report = run(Plan(target=target, quick=True, rules=("V1",), scenarios=2))
    assert "a sandbox's books end with it" in " ".join(report.notes)


# ---- how it goes on ---------------------------------------------------------------------------------------------


def test_a_limit_holds_in_every_part_and_races_are_left_out(server: fixtura.Server) -> None:
    target = replace(plain(server), rps=25.0)
    report = run(Plan(target=target, budget_s=8, keep=True))
    assert 8 <= report.requests <= 25 * (report.duration_s + 1)
    why = {result.rule.id: getattr(result.verdict, "why", "") for result in report.results}
    assert "calls cannot overlap at 25 requests a second" in why["K1"]


def test_a_run_judges_by_what_the_target_says_of_open_points(server: fixtura.Server) -> None:
    said = spec.Overrides({"archived_asset_update": ["accepted"]}, {"A3": "must", "S9": "observed"})
    target = replace(plain(server), overrides=said)
    assert contract_of(target).profile.accepts("archived_asset_update") == {"accepted"}
    report = run(Plan(target=target, rules=("A3", "S9", "A1"), scenarios=1, quick=True, keep=True))
    levels = {result.rule.id: result.rule.level.value for result in report.results}
    assert levels == {"A1": "must", "A3": "must", "S9": "observed"}
    assert any("archived_asset_update" in note for note in report.notes)
    assert any("A3 must, S9 observed" in note for note in report.notes)


@pytest.fixture
def slow(server: fixtura.Server) -> Iterator[tuple[str, list[str]]]:
    """A server that hands on to a sandbox and takes its time over every answer; with what it was asked for."""
    asked: list[str] = []
    layer = server.access["layer"]

    class Slow(BaseHTTPRequestHandler):
        def _hand_on(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length) if length else None
            asked.append(self.command)
            time.sleep(0.15)
            url = layer.base_url.removesuffix("/v1") + self.path
            kept = {name: self.headers[name] for name in ("authorization", "content-type") if self.headers[name]}
            reply = httpx.request(self.command, url, headers=kept, content=body)
            self.send_response(reply.status_code)
            self.send_header("content-type", reply.headers.get("content-type", ""))
            self.send_header("content-length", str(len(reply.content)))
            self.end_headers()
            self.wfile.write(reply.content)

        do_GET = do_POST = do_PATCH = do_DELETE = _hand_on  # noqa: N815 - the server's names

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}/v1", asked
    running.shutdown()
    thread.join()
    running.server_close()


def test_ctrl_c_on_a_slow_server_still_writes_every_report(
    slow: tuple[str, list[str]], server: fixtura.Server, tmp_path: Path
) -> None:
    url, asked = slow
    files = [word for kind in ("json", "html", "junit", "markdown") for word in (f"--{kind}", str(tmp_path / kind))]
    process = subprocess.Popen(
        [sys.executable, "-m", "fixtura", "check", url, *SCOPE, "--token", server.access["layer"].token, *files],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while asked.count("POST") < 5:
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 3, err
    assert time.monotonic() - began < 15  # a run of a minute
    assert "Traceback" not in err
    assert " ".join(out.split()).endswith("seed 1")
    assert ", interrupted" in " ".join(out.split())
    summary = json.loads((tmp_path / "json").read_text())["summary"]
    assert summary["interrupted"] is True
    assert sum(summary["made"].values()) > 0
    assert any("the run ended early" in note for note in summary["notes"])
    assert {path.name for path in tmp_path.iterdir()} == {"json", "html", "junit", "markdown"}
