"""Where records stand in a list: ordered indexes of serial numbers, and one page of them.

Every record of a register has a serial, its number in order of creation. Decides the order of
every list: by a value and then by serial, so that no two records share a place and a page can start
right behind the last row of the one before, at any depth, whatever was written meanwhile
(DECISIONS 18). Knows no record.

A *place* is one integer that compares as the pair (value, serial) does: it costs half of a tuple
and compares in C. A *position* is what a cursor remembers: the place, or the serial alone where a
list is in order of creation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic, TypeVar

from sortedcontainers import SortedList

T = TypeVar("T")

_SERIAL_BITS: Final = 40
_SERIALS: Final = (1 << _SERIAL_BITS) - 1


def place(value: int, serial: int) -> int:
    """The place of a record with that value: compares by value, then by serial (0 to 2^40 - 1)."""
    return value << _SERIAL_BITS | serial


def serial_at(at: int) -> int:
    """The serial of the record at that place."""
    return at & _SERIALS


@dataclass(frozen=True, slots=True)
class Ask:
    """Which page is wanted. after: the position behind which it starts, None for the first page."""

    limit: int
    descending: bool = False
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. last: the position of the last row. more: whether rows follow it.

    total: how many rows the whole list has.
    """

    rows: tuple[T, ...]
    last: int | None
    more: bool
    total: int


def page_of(positions: Iterable[int], ask: Ask, total: int, row: Callable[[int], T]) -> Page[T]:
    """Cut one page from positions that already start where it starts."""
    found = list(islice(positions, ask.limit + 1))
    more = len(found) > ask.limit
    del found[ask.limit :]
    return Page(tuple(map(row, found)), found[-1] if found else None, more, total)


class Order:
    """Places in order. Adding, removing, finding and counting are O(log n)."""

    __slots__ = ("_places", "add")

    def __init__(self) -> None:
        self._places = SortedList()
        self.add: Callable[[int], None] = self._places.add
        """Put a place in."""

    def __len__(self) -> int:
        return len(self._places)

    def remove(self, at: int) -> None:
        """Take a place out; it must be in."""
        self._places.remove(at)

    def walk(
        self, *, descending: bool = False, after: int | None = None, low: int | None = None, high: int | None = None
    ) -> Iterator[int]:
        """The places behind `after` in that direction, from `low` on and below `high`."""
        first = low if descending or after is None or (low is not None and low > after) else after + 1
        last = high if not descending or after is None or (high is not None and high < after) else after
        return iter(self._places.irange(first, last, (True, False), reverse=descending))

    def count(self, low: int | None = None, high: int | None = None) -> int:
        """How many places there are from `low` on and below `high`."""
        start = 0 if low is None else self._places.bisect_left(low)
        end = len(self._places) if high is None else self._places.bisect_left(high)
        return max(0, int(end) - int(start))
