"""Records that are only ever added, in order of creation and in order of time.

Decides how a page of such records is found, in either order and for any span of time, without
walking past what came before it. Knows no record: one is its serial and its time here.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from enum import Enum, auto
from heapq import nlargest, nsmallest
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from mock_server.domain.order import Ask, Order, Page, page_of, place, serial_at

T = TypeVar("T")

_CHUNK: Final = 1024


class Sort(Enum):
    """What a list is ordered by."""

    TIME = auto()
    CREATION = auto()


class Span(NamedTuple):
    """Times from `low` on and below `high`, nanoseconds; None is open."""

    low: int | None = None
    high: int | None = None

    def __contains__(self, time: object) -> bool:
        assert isinstance(time, int)
        return (self.low is None or time >= self.low) and (self.high is None or time < self.high)


ALWAYS: Final = Span()


class Timeline:
    """Serials with their times. Adding is O(log n), taking the newest back too.

    In order of creation they are one array, in chunks that each know the range of their times, so
    that a walk through some span of time can skip the others in bulk.
    """

    __slots__ = ("_by_time", "_chunk", "_highs", "_lows", "_serials")

    def __init__(self, chunk: int = _CHUNK) -> None:
        self._chunk = chunk
        self._serials = array("q")
        self._lows: list[int] = []  # a chunk's earliest time, and its latest
        self._highs: list[int] = []
        self._by_time = Order()

    def __len__(self) -> int:
        return len(self._serials)

    def add(self, serial: int, time: int) -> None:
        """Add a serial above all others."""
        if len(self._serials) % self._chunk == 0:
            self._lows.append(time)
            self._highs.append(time)
        elif time < self._lows[-1]:
            self._lows[-1] = time
        elif time > self._highs[-1]:
            self._highs[-1] = time
        self._serials.append(serial)
        self._by_time.add(place(time, serial))

    def drop(self, time: int) -> None:
        """Take the newest serial back, which has that time. Its chunk's range may stay too wide."""
        self._by_time.remove(place(time, self._serials.pop()))
        if len(self._serials) % self._chunk == 0:
            self._lows.pop()
            self._highs.pop()

    def page(
        self,
        ask: Ask,
        *,
        sort: Sort,
        span: Span,
        time_of: Callable[[int], int],
        row: Callable[[int], T],
    ) -> Page[T]:
        """One page of the rows in that span; `time_of` and `row` turn a serial into its time and its row.

        The positions of the page are places where it is sorted by time, and serials otherwise.
        """
        low = None if span.low is None else place(span.low, 0)
        high = None if span.high is None else place(span.high, 0)
        total = self._by_time.count(low, high)
        if sort is Sort.TIME:
            places = self._by_time.walk(descending=ask.descending, after=ask.after, low=low, high=high)
            return page_of(places, ask, total, lambda at: row(serial_at(at)))
        if total**2 <= ask.limit * len(self):
            return page_of(self._picked(ask, self._by_time.walk(low=low, high=high)), ask, total, row)
        serials = self._walk(ask, span)
        if span != ALWAYS:
            serials = (serial for serial in serials if time_of(serial) in span)
        return page_of(serials, ask, total, row)

    def _picked(self, ask: Ask, places: Iterator[int]) -> list[int]:
        """The serials of a page, out of few places.

        Few are those whose square is at most limit * n: a walk that meets them along the way would
        have to look at about as many, so either way costs at most the root of that. (More only where
        a walk meets none of many, which takes times that are shuffled on purpose.)
        """
        serials = map(serial_at, places)
        if ask.descending:
            return nlargest(ask.limit + 1, (s for s in serials if ask.after is None or s < ask.after))
        return nsmallest(ask.limit + 1, (s for s in serials if ask.after is None or s > ask.after))

    def _walk(self, ask: Ask, span: Span) -> Iterator[int]:
        """The serials behind `ask.after`, without the chunks that lie outside the span."""
        start, end = 0, len(self._serials)
        if ask.after is not None and ask.descending:
            end = bisect_left(self._serials, ask.after)
        elif ask.after is not None:
            start = bisect_right(self._serials, ask.after)
        chunks = range(start // self._chunk, -(-end // self._chunk))
        return chain.from_iterable(
            self._rows(chunk, start, end, descending=ask.descending)
            for chunk in (reversed(chunks) if ask.descending else chunks)
            if (span.low is None or self._highs[chunk] >= span.low)
            and (span.high is None or self._lows[chunk] < span.high)
        )

    def _rows(self, chunk: int, start: int, end: int, *, descending: bool) -> Iterator[int]:
        rows = range(max(start, chunk * self._chunk), min(end, (chunk + 1) * self._chunk))
        return (self._serials[row] for row in (reversed(rows) if descending else rows))
