"""What the READMEs tell a user to paste works as it stands, on another port."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import fixtura

ROOT = Path(__file__).parents[2]
TEXTS = [(ROOT / name).read_text("utf-8") for name in ("spec/xero/README.md", "README.md")]
PRINTED = "http://127.0.0.1:8000"


def blocks(language: str, word: str) -> list[str]:
    found = [block for text in TEXTS for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)]
    return [block for block in found if word in block]


@pytest.mark.parametrize("script", blocks("python", "xero_python"))
def test_the_script_with_the_vendors_client_prints_what_is_said(script: str, tmp_path: Path) -> None:
    with fixtura.serving(["xero"]) as server:
        assert PRINTED in script
        file = tmp_path / "script.py"
        file.write_text(script.replace(PRINTED, server.base_url))
        done = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("Laptop (Tracy) 0002\n", 0), done.stderr


def test_there_is_such_a_script() -> None:
    assert blocks("python", "xero_python")


@pytest.mark.parametrize("lines", dict.fromkeys(blocks("sh", "_sandbox/xero") + blocks("sh", "xero-tenant-id")))
def test_the_curl_lines_are_answered(lines: str) -> None:
    failing = 'set -euo pipefail; curl() { command curl --silent --show-error --fail-with-body "$@"; }\n'
    with fixtura.serving(["xero"]) as server:
        script = failing + lines.replace(PRINTED, server.base_url)
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "assetNumber" in done.stdout or '"through"' in done.stdout
