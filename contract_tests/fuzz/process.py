"""The engine's process: started early, fed one job, ended at its deadline.

Decides what the engine may see of its surroundings (an empty folder, no settings of the user's) and
that it never outlives the block it was started in. Knows nothing of what it says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any, Final, Self

_MODULE: Final = "contract_tests.fuzz.engine"
_ROOT: Final = Path(__file__).parents[2]
_FOREIGN: Final = ("SCHEMATHESIS_", "HYPOTHESIS_", "PYTHON")
_CACHE: Final = Path("fixtura") / "hypothesis"
_LAST_WORDS: Final = 400  # characters


class EngineFailed(Exception):
    """The engine ended before it was done. The text is the end of what it said."""


class EngineProcess:
    """A context manager. The process loads while the caller does something else."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", _MODULE)) -> None:
        self._command = command
        self._folder = TemporaryDirectory(prefix="fixtura-")
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()

    def __enter__(self) -> Self:
        self._said: IO[bytes] = (Path(self._folder.name) / "stderr").open("w+b")
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            cwd=self._folder.name,
            env=_environment(os.environ),
            start_new_session=True,  # Ctrl-C is for the kit, which then ends the engine
        )
        self._reader = Thread(target=self._read, name="engine output", daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                stream.close()
        self._folder.cleanup()

    def run(self, job: Mapping[str, Any], deadline: float, now: Callable[[], float]) -> Iterator[dict[str, Any]]:
        """What the engine tells, line by line, until it is done or `deadline` (on the clock `now`) has come.

        Raises EngineFailed when it ends early.
        """
        self.say(job)
        while (left := deadline - now()) > 0:
            try:
                line = self._lines.get(timeout=left)
            except Empty:
                return
            if line is None:
                raise EngineFailed(self._last_words())
            told: dict[str, Any] = json.loads(line)
            yield told
            if "done" in told:
                return

    def say(self, words: Mapping[str, Any]) -> None:
        """Let the engine hear something. Raises EngineFailed when it is not there any more."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(words).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._process.wait()
            raise EngineFailed(self._last_words()) from None

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _last_words(self) -> str:
        self._said.seek(0)
        words = self._said.read().decode("utf-8", "replace").strip()
        return words[-_LAST_WORDS:] or "it said nothing"


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The user's environment without what would configure the engine; our packages can be found.

    Hypothesis keeps its tables of Unicode in the user's cache folder: making them takes two seconds.
    """
    kept = {name: value for name, value in given.items() if not name.startswith(_FOREIGN)}
    cache = Path(given.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    return {
        **kept,
        "PYTHONPATH": str(_ROOT),
        "PYTHONWARNINGS": "ignore",
        "PYTHONDONTWRITEBYTECODE": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(cache / _CACHE),
    }
