"""The exchanges of a history of value changes.

Decides which operations write, and that an account's lines are read to the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stateful.machine.exchanges import Exchanges
from stateful.machine.figures import note_of
from stateful.operations import Operation, ReadPage, Writing
from stateful.sights import SeenLine, SeenLines, SeenPage, Sight

_PAGES = 10  # how many pages of an own account's lines are followed


@dataclass(slots=True)
class Transcript(Exchanges[Operation, Sight]):
    """What was sent and answered, in order."""

    def writes(self, operation: Operation) -> bool:
        """Whether an operation may change something."""
        return isinstance(operation, Writing)

    def note(self, operation: Operation) -> str:
        """An operation in words."""
        return note_of(operation)

    def read(self, reading: Operation) -> Sight | None:
        """What a read shows; None where the target refuses it. An account's lines are read to the end."""
        if isinstance(reading, ReadPage) and reading.account is not None:
            return self._lines(reading, reading.account)
        return Exchanges.read(self, reading)

    def _lines(self, reading: ReadPage, account: str) -> SeenLines | None:
        rows: list[SeenLine] = []
        asked = reading
        for _ in range(_PAGES):
            at, _call, reply = self.send(asked)
            if not reply.ok:
                return None
            page = self.sight(asked, at)
            assert isinstance(page, SeenPage)
            rows += [row for row in page.rows if isinstance(row, SeenLine)]
            if not page.more or not page.cursor:
                break
            asked = replace(reading, cursor=page.cursor)
        return SeenLines(account, tuple(rows), at)
