"""Failing histories of earlier runs, in a folder, as Hypothesis keeps them.

Decides under which names they are kept: a history is a list of choices, and means something only in the
batch that it was drawn in, so that the batch is kept beside it. Without a folder nothing is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from hypothesis.database import DirectoryBasedExampleDatabase, ExampleDatabase

from stateful.machine.theme import Missing

Batch = tuple[int, Missing]
"""What a batch is drawn from: its number, and what was still wanted when it was."""


class Memory:
    """What earlier runs of the same kind have failed with. kind: the API, and whether the run is quick."""

    def __init__(self, folder: Path | None, kind: str) -> None:
        self._kept = None if folder is None else DirectoryBasedExampleDatabase(folder)
        self._kind = kind.encode()

    def batches(self) -> Iterator[Batch]:
        """Those in which something failed, in a fixed order."""
        for text in sorted(self._kept.fetch(self._kind)) if self._kept is not None else ():
            try:
                number, missing = json.loads(text)
            except ValueError:  # somebody else's, or cut off
                continue
            yield int(number), dict(missing)

    def shelf(self, batch: Batch) -> ExampleDatabase | None:
        """Where the batch's own failing histories are; None where nothing is kept."""
        return None if self._kept is None else _Shelf(self._kept, self._kind + _text(batch))

    def note(self, batch: Batch, *, failed: bool) -> None:
        """Something has failed in the batch, or nothing any more."""
        if self._kept is not None:
            (self._kept.save if failed else self._kept.delete)(self._kind, _text(batch))


class _Shelf(ExampleDatabase):
    """A part of a database that others do not see."""

    def __init__(self, kept: ExampleDatabase, label: bytes) -> None:
        super().__init__()
        self._kept = kept
        self._label = label

    def save(self, key: bytes, value: bytes) -> None:
        """See the base class."""
        self._kept.save(self._own(key), value)

    def fetch(self, key: bytes) -> Iterable[bytes]:
        """See the base class."""
        return self._kept.fetch(self._own(key))

    def delete(self, key: bytes, value: bytes) -> None:
        """See the base class."""
        self._kept.delete(self._own(key), value)

    def _own(self, key: bytes) -> bytes:
        return blake2b(self._label + b"/" + key, digest_size=16).digest()


def _text(batch: Batch) -> bytes:
    number, missing = batch
    return json.dumps([number, missing], sort_keys=True).encode()
