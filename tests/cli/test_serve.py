"""`fixtura serve` as a process: what it prints, the ready file, and how it stops."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import spec


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and everything it printed until it said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "fixtura", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        printed = ""
        for line in process.stdout:
            printed += line
            if line.startswith("Ready"):
                break
        yield process, printed
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("api", spec.available())
def test_it_prints_a_curl_line_that_works_when_pasted(api: str) -> None:
    with serving("--api", api) as (_, printed):
        line = next(line for line in printed.splitlines() if "curl" in line).strip().removeprefix("try").strip()
        reply = subprocess.run(
            [*shlex.split(line), "-sS", "-w", "%{http_code}"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    assert reply.endswith("200")


def test_it_prints_where_and_how_to_get_in() -> None:
    with serving("--token", "my-own") as (_, printed):
        base = re.search(r"base URL +(\S+)", printed)
        documentation = re.search(r"documentation +(\S+)", printed)
        assert base
        assert documentation
        assert "11111111-1111-4111-8111-111111111111" in printed
        assert httpx.get(f"{base[1]}/whoami", headers={"authorization": "Bearer my-own"}).status_code == 200
        assert httpx.get(f"{base[1]}/whoami", headers={"authorization": "Bearer other"}).status_code == 401
        page = httpx.get(documentation[1], follow_redirects=True)
        assert page.status_code == 200
        assert "swagger" in page.text.lower()


def test_the_ready_file_is_there_when_it_answers_and_gone_when_it_stops(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    with serving("--ready-file", str(file)) as (process, _):
        ready = json.loads(file.read_text())
        layer = ready["apis"]["layer"]
        assert ready["pid"] == process.pid
        headers = {"authorization": f"Bearer {layer['token']}"}
        url = f"{layer['base_url']}/businesses/{layer['scope']['business_id']}/assets"
        assert httpx.get(url, headers=headers).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(stop: signal.Signals) -> None:
    with serving() as (process, _):
        process.send_signal(stop)
        _, errors = process.communicate(timeout=10)
        assert process.returncode == 0
        assert errors == ""


def test_the_same_seed_gives_the_same_ids() -> None:
    def first_asset_id() -> str:
        with serving("--seed", "7") as (_, printed):
            base = re.search(r"base URL +(\S+)", printed)
            assert base
            reply = httpx.post(
                f"{base[1]}/businesses/11111111-1111-4111-8111-111111111111/assets",
                headers={"authorization": "Bearer layer-demo-token"},
                json={"name": "Van", "asset_type": "VEHICLE"},
            )
            return str(reply.json()["data"]["id"])

    assert first_asset_id() == first_asset_id()


def test_open_creates_a_business_on_first_use() -> None:
    unknown = "99999999-9999-4999-8999-999999999999"
    with serving("--open", "--any-token") as (_, printed):
        base = re.search(r"base URL +(\S+)", printed)
        assert base
        reply = httpx.get(f"{base[1]}/businesses/{unknown}/assets", headers={"authorization": "Bearer whatever"})
        assert reply.status_code == 200


def test_a_server_that_cannot_start_leaves_anothers_ready_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    with serving("--ready-file", str(file)) as (process, _):
        port = str(httpx.URL(json.loads(file.read_text())["base_url"]).port)
        command = [sys.executable, "-m", "fixtura", "serve", "--port", port, "--ready-file", str(file)]
        second = subprocess.run(command, capture_output=True, text=True, timeout=20)
        assert second.returncode == 2
        assert json.loads(file.read_text())["pid"] == process.pid


def test_a_ready_file_into_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "none" / "ready.json"
    command = [sys.executable, "-m", "fixtura", "serve", "--port", "0", "--ready-file", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert str(file) in done.stderr
