"""Plain Schemathesis with the shipped settings finds nothing: the command of the README, as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import fixtura
import spec

ROOT = Path(__file__).parents[2]


def plain_schemathesis(api: str, seed: int, cwd: Path, *options: str) -> subprocess.CompletedProcess[str]:
    with fixtura.serving([api]) as server:
        served = server.access[api]
        return subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                "--config-file",
                str(ROOT / "spec" / api / "schemathesis.toml"),
                "run",
                str(ROOT / "spec" / api / "openapi.yaml"),
                "--url",
                served.base_url,
                "--header",
                f"Authorization: Bearer {served.token}",
                "--seed",
                str(seed),
                *options,
            ],
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=1_200,
        )


@pytest.mark.parametrize("api", spec.available())
def test_a_short_run_finds_nothing(api: str, tmp_path: Path) -> None:
    done = plain_schemathesis(api, 1, tmp_path, "--max-examples", "5")
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.verify
@pytest.mark.parametrize("api", spec.available())
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_four_seeds_find_nothing(api: str, seed: int, tmp_path: Path) -> None:
    done = plain_schemathesis(api, seed, tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
