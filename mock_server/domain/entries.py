"""What stands in the ledger: entries and their lines, and the days that a question is about.

Decides the records only; the ledger alone makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mock_server.domain.instants import DAY_NS
from mock_server.domain.journal import Journal, Posting
from mock_server.domain.record import Record
from mock_server.domain.timeline import Span

_EPOCH: Final = date(1970, 1, 1).toordinal()


class Entry(Record, frozen=True, eq=False):
    """A posted journal.

    number: from 1, in order of posting. first_line: the serial of its first line; the others follow.
    reverses: the number of the entry that it reverses. depth: 0, or one more than that entry's.
    origin: the id of the record that it was posted for. external_id: the caller's own id of it, or of
    the entry that it reverses.
    """

    id: str
    number: int
    journal: Journal
    created_ns: int
    first_line: int
    reverses: int | None = None
    depth: int = 0
    origin: str | None = None
    external_id: str | None = None


class Line(Record, frozen=True):
    """A posting as it stands in the ledger. serial: its number in order of creation, from 0."""

    id: str
    serial: int
    entry: Entry
    posting: Posting


@dataclass(frozen=True, slots=True)
class Days:
    """The UTC days from `since` through `through`, both included; None is open."""

    since: date | None = None
    through: date | None = None

    @property
    def span(self) -> Span:
        """The times within."""
        low = None if self.since is None else (self.since.toordinal() - _EPOCH) * DAY_NS
        high = None if self.through is None else (self.through.toordinal() + 1 - _EPOCH) * DAY_NS
        return Span(low, high)


EVER: Final = Days()
