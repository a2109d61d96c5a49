"""The carrying value of one asset, and the floor that it may be kept above.

Decides what an asset carries, from its accounts: the balance of its own account less its part of
the accumulated account, which others may share (DECISIONS 2, V1); and when a change takes it too far
down (V5, and O4: at every later day too). A book keeps no floor unless it is told to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from mock_server.domain.assets import Asset
from mock_server.domain.effects import MOVES, Change, Side, carrying_change
from mock_server.domain.entries import Days
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort


def carrying_minor(ledger: Ledger, asset: Asset, changes: Iterable[Change], *, through: date | None = None) -> int:
    """What the asset carries at the end of that day; `changes` are its live ones. O(its changes)."""
    own = ledger.balance(asset.account, days=Days(through=through))
    return own + carrying_change(_accumulated(changes), through=through)


@contextmanager
def above_zero(ledger: Ledger, asset: Asset, since: date, changes: Callable[[], Sequence[Change]]) -> Iterator[None]:
    """Around a command that moves the asset's value from the day `since` on.

    Raises Refused (BELOW_FLOOR) where it takes the value below zero, or further below, on any day.
    Costs O(lines of the asset).
    """
    before = _lowest(ledger, asset, since, changes())
    yield
    after = _lowest(ledger, asset, since, changes())
    if after < min(before, 0):
        message = f"The carrying value of asset {asset.name[:64]!r} would fall to {after} cents, below zero."
        raise Refused(Code.BELOW_FLOOR, message)


def _lowest(ledger: Ledger, asset: Asset, since: date, changes: Sequence[Change]) -> int:
    moves: defaultdict[date, int] = defaultdict(int)
    every = Ask(limit=len(ledger) + 1)
    for line in ledger.page_of_lines(asset.account, every, sort=Sort.TIME, days=Days(since=since)).rows:
        moves[line.entry.journal.instant.day] += line.posting.minor
    for change in _accumulated(changes):
        moves[change.instant.day] += MOVES[change.effect].sign * change.amount_minor
    value = lowest = carrying_minor(ledger, asset, changes, through=since)
    for day in sorted(day for day in moves if day > since):
        value += moves[day]
        lowest = min(lowest, value)
    return lowest


def _accumulated(changes: Iterable[Change]) -> Iterator[Change]:
    return (change for change in changes if MOVES[change.effect].side is Side.ACCUMULATED)
