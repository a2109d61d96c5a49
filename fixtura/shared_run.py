"""One run for several processes: whoever comes first makes it, the others wait for what it found.

Decides how that is agreed upon: by a folder that only one can make, and by files that appear in one piece.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_HERE: dict[tuple[Path | None, str], object] = {}
"""What this process has found already; an exception stands for itself."""


class RunnerGone(Exception):
    """The process that was to make the run has ended without a word."""


def once(folder: Path | None, name: str, make: Callable[[], T]) -> T:
    """What `make` returns or raises, made once for all that share `folder`; for this process alone without one.

    Raises RunnerGone.
    """
    key = (folder, name)
    if key not in _HERE:
        _HERE[key] = _made(make) if folder is None else _shared(folder, name, make)
    found = _HERE[key]
    if isinstance(found, BaseException):
        raise found
    return found  # type: ignore[return-value]  # it is what `make` gave, here or in another process


def forget(folder: Path | None) -> None:
    """The session is over: what it found is nothing to the next."""
    for key in [key for key in _HERE if key[0] == folder]:
        del _HERE[key]


def _made(make: Callable[[], object]) -> object:
    try:
        return make()
    except Exception as error:
        return error


def _shared(folder: Path, name: str, make: Callable[[], object]) -> object:
    place = folder / blake2b(name.encode(), digest_size=8).hexdigest()
    found = place.with_suffix(".found")
    try:
        place.mkdir(parents=True)
    except FileExistsError:
        return _awaited(place, found)
    (place / "pid").write_text(str(os.getpid()))
    result = _made(make)
    temporary = found.with_suffix(".new")
    # Between processes of one test run, in a folder of its own: nobody else writes here.
    temporary.write_bytes(pickle.dumps(result))
    temporary.replace(found)
    return result


def _awaited(place: Path, found: Path) -> object:
    while not found.exists():
        runner = place / "pid"
        if runner.exists() and not _lives(runner.read_text()) and not found.exists():
            return RunnerGone("the process that ran the kit has ended without a result")
        time.sleep(0.05)
    return pickle.loads(found.read_bytes())  # noqa: S301 - see above


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid or "0"), 0)
    except ProcessLookupError:
        return False
    except ValueError:
        return True
    return True
