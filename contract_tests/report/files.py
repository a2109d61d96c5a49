"""Writing a report to a file: all of it or nothing.

Decides that a half-written report never stands where a whole one is expected, and what is said when
it cannot be written.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from contract_tests.target import Misuse


def check_writable(path: Path) -> None:
    """Make sure, before any work is done for it, that `path` can be written. Raises Misuse.

    A link is followed; what is no regular file (a device, a pipe) is written into as it is.
    """
    path = _followed(path)
    folder = path.parent
    if path.is_dir():
        raise Misuse(f"cannot write {path}: it is a folder")
    if _is_special(path):
        if not os.access(path, os.W_OK):
            raise Misuse(f"cannot write {path}: it may not be written to")
        return
    if not folder.is_dir():
        raise Misuse(f"cannot write {path}: there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise Misuse(f"cannot write {path}: the folder {folder} may not be written to")


def write(path: Path, text: str) -> None:
    """Put `text` at `path` by an atomic rename; what stood there before stays until then. Raises Misuse.

    A new file may be read by whom the user's umask lets.
    """
    check_writable(path)
    path = _followed(path)
    content = text.encode("utf-8", "backslashreplace")
    try:
        if _is_special(path):
            path.write_bytes(content)
        else:
            _replace(path, content)
    except OSError as error:
        raise Misuse(f"cannot write {path}: {error.strerror or error}") from error


def _replace(path: Path, content: bytes) -> None:
    # Not a file of `tempfile`: those are the user's alone, whatever the umask says.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _followed(path: Path) -> Path:
    """What a link leads to, so that the link itself stays. Raises Misuse for links in a circle."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError) as error:
        raise Misuse(f"cannot write {path}: its links lead in a circle") from error


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()
