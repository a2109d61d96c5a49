"""Writing a report to a file: all of it or nothing.

Decides that a half-written report never stands where a whole one is expected, and what is said when
it cannot be written.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from contract_tests.target import Misuse


def check_writable(path: Path) -> None:
    """Make sure, before any work is done for it, that `path` can be written. Raises Misuse."""
    folder = path.parent
    if path.is_dir():
        raise Misuse(f"cannot write {path}: it is a folder")
    if not folder.is_dir():
        raise Misuse(f"cannot write {path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise Misuse(f"cannot write {path}: the folder {folder} may not be written to")


def write(path: Path, text: str) -> None:
    """Put `text` at `path` by an atomic rename; what stood there before stays until then. Raises Misuse."""
    check_writable(path)
    content = text.encode("utf-8", "backslashreplace")
    temporary: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        raise Misuse(f"cannot write {path}: {error.strerror or error}") from error
