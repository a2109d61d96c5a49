"""Running balances: what an account holds after each of its lines.

Decides in which order lines may count: by day or by instant, and then by creation. Lines that were created
at the same moment — a change's reversal and the entry that takes its place are — have no order that a reply
tells, so any in which each one's balance follows from another's is right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

from stateful.rules.law import Finding, Scene, documented, money, verdict
from stateful.sights import SeenLine, SeenLines


@documented("running")
def running(scene: Scene) -> Iterator[Finding]:
    """Running balances of own accounts, in one of the orders that they may be taken in."""
    for lines in scene.lines.values():
        if not lines.rows or any(row.running is None for row in lines.rows):
            continue
        good = _follow(lines, by_day=True) or _follow(lines, by_day=False)
        last = max(lines.rows, key=_by_day)
        seen = f"the balances of {lines.account} do not follow on each other; the last is {money(last.running or 0)}"
        yield verdict(good, seen, f"line by line to {money(lines.balance)}", (lines.at,))


def _follow(lines: SeenLines, *, by_day: bool) -> bool:
    """Whether the balances follow from each other if lines count by day, or by instant, and then by creation."""
    place = _by_day if by_day else _by_instant
    opening = 0
    for _, together in groupby(sorted(lines.rows, key=place), key=place):
        rows = tuple(together)
        if not _chained(opening, rows):
            return False
        opening += sum(row.minor for row in rows)
    return True


def _chained(opening: int, rows: Sequence[SeenLine]) -> bool:
    """Whether some order of the lines leads from the opening balance through all of theirs.

    Each line is a step from the balance before it to the one after it: it is asked for a trail that takes
    every step once, which exists where steps leave every balance as often as they reach it, but for the two
    ends, and all hang together (Euler).
    """
    steps = [((row.running or 0) - row.minor, row.running or 0) for row in rows]
    left_over = Counter(before for before, _ in steps)
    left_over.subtract(after for _, after in steps)
    left_over[opening] -= 1
    left_over[opening + sum(row.minor for row in rows)] += 1
    return not any(left_over.values()) and {before for before, _ in steps} <= _reached(opening, steps)


def _reached(opening: int, steps: Iterable[tuple[int, int]]) -> set[int]:
    onward = defaultdict(list)
    for before, after in steps:
        onward[before].append(after)
    found, waiting = {opening}, [opening]
    while waiting:
        new = set(onward[waiting.pop()]) - found
        found |= new
        waiting.extend(new)
    return found


def _by_day(row: SeenLine) -> tuple[str, datetime]:
    return row.instant.astimezone(UTC).date().isoformat(), row.created or row.instant


def _by_instant(row: SeenLine) -> tuple[str, datetime]:
    return row.instant.astimezone(UTC).isoformat(), row.created or row.instant
