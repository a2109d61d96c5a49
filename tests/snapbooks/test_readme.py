"""What the README tells a user to paste is answered as its comments say, in its order, on another port."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import fixtura

TEXT = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
PRINTED = "http://127.0.0.1:8000"
LINES = [block for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) if "snapbooks-demo-token" in block]
SPOKEN = [
    '"sequence_number":1',
    '"name":"Updated Equipment Name"',
    '"unique_name":"company-abc"',
    '"code":"INVESTMENT_PROPERTY"',
    '"cost":100000',
    '"entries":2,"amount":51000',
    "Cannot deactivate asset: account 1280: 100000.00, account 1299: -51000.00",
    '"balance":-51000',
    '"group":"a","rate":"0.30","opening":70000',
    '"grants":20000',
    '"gain":1000',
    '"is_active":false',
    '"is_draft":true',
]


def test_the_curl_lines_are_answered_as_it_is_said() -> None:
    assert len(LINES) == 2
    with fixtura.serving(["snapbooks"]) as server:
        script = "set -euo pipefail\n" + "\n".join(LINES).replace(PRINTED, server.base_url)
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    place = 0
    for text in SPOKEN:
        place = done.stdout.index(text, place)
