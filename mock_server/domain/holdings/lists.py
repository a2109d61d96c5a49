"""Pages of assets across client accounts, in order of their ids.

Decides that a page is found by its place, at any depth and however many client accounts there are, without
walking past what comes before it. Knows no user and no access.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from sortedcontainers import SortedList

from mock_server.domain.holdings.holdings import Holdings, Which
from mock_server.domain.holdings.records import Asset


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a list, and how many the whole list has."""

    assets: tuple[Asset, ...]
    total: int


def page(of: Sequence[Holdings], which: Which, *, first: int, limit: int) -> Rows:
    """`limit` assets of these client accounts from row `first` on, counted from 0."""
    lists = [(one, one.ids(which)) for one in of if one.ids(which)]
    total = sum(len(ids) for _one, ids in lists)
    if first >= total:
        return Rows((), total)
    start = _id_at([ids for _one, ids in lists], first)
    rows = merge(*(_rows(one, ids, start, limit) for one, ids in lists), key=lambda asset: asset.id)
    return Rows(tuple(islice(rows, limit)), total)


def _rows(one: Holdings, ids: SortedList, start: int, limit: int) -> list[Asset]:
    found = (one.find(asset_id) for asset_id in islice(ids.irange(minimum=start), limit))
    return [asset for asset in found if asset is not None]


def _id_at(lists: Sequence[SortedList], row: int) -> int:
    """The id that stands in that row of all the lists together; there must be one."""
    if len(lists) == 1:
        return int(lists[0][row])
    low, high = min(ids[0] for ids in lists), max(ids[-1] for ids in lists)
    while low < high:  # the smallest id through which there are more than `row` of them
        middle = (low + high) // 2
        if sum(ids.bisect_right(middle) for ids in lists) > row:
            high = middle
        else:
            low = middle + 1
    return int(low)
