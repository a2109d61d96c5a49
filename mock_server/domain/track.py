"""What has been posted to one account: its lines, and their sums by day.

Decides the account's balance at any day and on any basis, and its running balance, which is taken
by day and then in order of creation (DECISIONS 18). Sums are debit-positive. Knows no entry; a line
is its serial here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mock_server.domain.instants import Instant
from mock_server.domain.journal import Basis
from mock_server.domain.order import place
from mock_server.domain.sums import Sums
from mock_server.domain.timeline import Timeline


class Track:
    """The lines of one account. Adding, summing and finding are O(log n)."""

    __slots__ = ("_sums", "lines")

    def __init__(self) -> None:
        self.lines = Timeline()
        self._sums: dict[Basis, Sums] = {}

    def add(self, serial: int, instant: Instant, minor: int, *, bases: Iterable[Basis]) -> None:
        """Add a line, the newest of all."""
        self.lines.add(serial, instant.ns)
        for basis in bases:
            sums = self._sums.get(basis)
            if sums is None:
                sums = self._sums[basis] = Sums()
            sums.add(place(instant.day_number, serial), minor)

    def drop(self, serial: int, instant: Instant, *, bases: Iterable[Basis]) -> None:
        """Take the newest line back."""
        self.lines.drop(instant.ns)
        for basis in bases:
            self._sums[basis].remove(place(instant.day_number, serial))

    def balance(self, basis: Basis, since: date | None = None, through: date | None = None) -> int:
        """What the lines from the day `since` through the day `through` add up to; O(1) without days."""
        sums = self._sums.get(basis)
        if sums is None or (since is not None and through is not None and since > through):
            return 0
        end = sums.total if through is None else sums.through(_last_place(through))
        return end if since is None else end - sums.through(place(since.toordinal(), 0) - 1)

    def running(self, serial: int, day_number: int) -> int:
        """What the line and all before it, by day and then by creation, add up to (accrual)."""
        return self._sums[Basis.ACCRUAL].through(place(day_number, serial))

    def has_lines(self, basis: Basis, through: date) -> bool:
        """Whether there is a line on the day `through` or before."""
        sums = self._sums.get(basis)
        return sums is not None and sums.reaches(_last_place(through))


def _last_place(day: date) -> int:
    return place(day.toordinal() + 1, 0) - 1
