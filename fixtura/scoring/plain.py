"""Plain Schemathesis on one server, as a careful user of it would run it.

Decides its settings: its own command with all of its checks and phases, the settings that we ship for the
API (tenant, statuses to expect), a token, examples that name records which are there, and a time. Whether a
failure is news, its own file of accepted failures says. Judges nothing itself.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import spec
from contract_tests.fuzz.tame import Tamer
from contract_tests.session import Specimens
from contract_tests.target import Target
from spec.document import METHODS, resolve

PLAIN_S: Final = 30
"""How long it may take on one server."""

_GRACE_S: Final = 30  # to end by itself when its time is up


class PlainFailed(Exception):
    """Schemathesis could not do its job. The text is the end of what it said."""


def known_failures(target: Target, specimens: Specimens, seeds: Sequence[int], seconds: int = PLAIN_S) -> str:
    """What it reports on a right server with these seeds: the content of its file of accepted failures."""
    with _folder(target, specimens) as folder:
        file = folder / "accepted.json"
        for seed in seeds:
            _run(target, folder, seed, seconds, "--baseline", str(file), "--baseline-update")
        return file.read_text("utf-8") if file.exists() else ""


def reports_news(target: Target, specimens: Specimens, known: str, seed: int, seconds: int = PLAIN_S) -> bool:
    """Whether it reports a failure on this server that is not among the known ones."""
    with _folder(target, specimens) as folder:
        file = folder / "accepted.json"
        if known:
            file.write_text(known, "utf-8")
        return _run(target, folder, seed, seconds, *(("--baseline", str(file)) if known else ())) == 1


@contextmanager
def _folder(target: Target, specimens: Specimens) -> Iterator[Path]:
    """A folder for one run, which begins with nothing of another."""
    with TemporaryDirectory(prefix="fixtura-") as name:
        folder = Path(name)
        document = with_real_ids(spec.load(target.api).served, specimens)
        (folder / "openapi.json").write_text(json.dumps(document), "utf-8")
        settings = resources.files(spec).joinpath(target.api, "schemathesis.toml").read_text("utf-8")
        (folder / "schemathesis.toml").write_text(settings, "utf-8")
        yield folder


def _run(target: Target, folder: Path, seed: int, seconds: int, *options: str) -> int:
    """Its exit status: 0 nothing, 1 failures. Raises PlainFailed."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, and words of ours
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(folder / "schemathesis.toml")),
            *("run", str(folder / "openapi.json"), "--url", target.base_url, "--seed", str(seed)),
            *("--max-time", str(seconds), "--continue-on-failure", "--generation-database", "none"),
            *("--header", f"Authorization: Bearer {target.token}"),
            *options,
        ],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds + _GRACE_S,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise PlainFailed((done.stdout + done.stderr)[-400:])
    return done.returncode


def with_real_ids(document: spec.Document, specimens: Specimens) -> spec.Document:
    """The document with examples that name records which are there; those to be deleted are others."""
    tamer, document = Tamer(specimens), deepcopy(document)
    for item in document["paths"].values():
        for method in METHODS:
            if method in item:
                _exemplify(document, item, item[method], tamer, last=method == "delete")
    return document


def _exemplify(
    document: spec.Document, item: Mapping[str, Any], operation: dict[str, Any], tamer: Tamer, *, last: bool
) -> None:
    listed = (resolve(document, one) for one in (*item.get("parameters", ()), *operation.get("parameters", ())))
    parameters = {(one["in"], one["name"]): one for one in listed}
    for (_, name), one in parameters.items():
        if name in tamer.specimens:
            known = tamer.specimens[name]
            rest = {key: value for key, value in one.items() if key != "examples"}
            parameters[one["in"], name] = {**rest, "example": known[-1 if last else 0]}
    operation["parameters"] = list(parameters.values())
    if "requestBody" in operation:
        body = deepcopy(resolve(document, operation["requestBody"]))
        for media in body["content"].values():
            if "example" in media:
                media["example"] = tamer.body(media["example"])
            for example in media.get("examples", {}).values():
                if "value" in example:
                    example["value"] = tamer.body(example["value"])
        operation["requestBody"] = body
