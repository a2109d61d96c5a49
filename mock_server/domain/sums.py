"""Amounts in order of a key, and what they add up to through any key.

Decides nothing about accounting; it is what makes as-of and running balances O(log n) (rules O1, O3)
with 16 bytes an amount. Amounts mostly arrive in order, some are back-dated, and the last one can be
taken back.

Held as blocks of at most `2 * load` amounts and a Fenwick tree over the blocks' totals: a key finds
its block by bisection, the tree adds up the blocks before it, and one block is added up by itself.
An amount behind all others opens a new block when the last one holds `load`, so there is room for
those that come later in between. A block that runs full is split in two and the tree built anew,
which happens at most once in `load` insertions into it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

_LOAD: Final = 256


@dataclass(slots=True)
class _Block:
    keys: array[int] = field(default_factory=lambda: array("q"))
    amounts: array[int] = field(default_factory=lambda: array("q"))
    total: int = 0


class Sums:
    """Keys and amounts are signed 64-bit integers; sums are exact. Keys are distinct."""

    __slots__ = ("_blocks", "_load", "_tops", "_tree", "total")

    def __init__(self, load: int = _LOAD) -> None:
        self._load = load
        self._blocks: list[_Block] = []
        self._tops: list[int] = []  # each block's last key
        self._tree: list[int] = []  # at i: the totals of the (i & -i) blocks up to and with block i, from 1
        self.total = 0

    def add(self, key: int, amount: int) -> None:
        """Put an amount in."""
        self.total += amount
        if not self._blocks or (key > self._tops[-1] and len(self._blocks[-1].keys) >= self._load):
            self._open(key, amount)
            return
        if key > self._tops[-1]:
            at = len(self._blocks) - 1
            block = self._blocks[at]
            block.keys.append(key)
            block.amounts.append(amount)
        else:
            at = bisect_left(self._tops, key)
            block = self._blocks[at]
            position = bisect_left(block.keys, key)
            block.keys.insert(position, key)
            block.amounts.insert(position, amount)
        self._change(at, amount)
        if len(block.keys) > 2 * self._load:
            self._split(at)

    def remove(self, key: int) -> None:
        """Take out the amount at `key`, which must be there."""
        at = bisect_left(self._tops, key)
        block = self._blocks[at]
        position = bisect_left(block.keys, key)
        assert block.keys[position] == key, key
        block.keys.pop(position)
        amount = block.amounts.pop(position)
        self.total -= amount
        if block.keys:
            self._change(at, -amount)
        else:
            del self._blocks[at]
            self._rebuild()

    def through(self, key: int) -> int:
        """What the amounts at `key` and before add up to."""
        at = bisect_right(self._tops, key)
        found = 0
        if at < len(self._blocks):
            block = self._blocks[at]
            here, all_here = bisect_right(block.keys, key), len(block.keys)
            if here <= all_here // 2:
                found = sum(islice(block.amounts, here))
            else:
                found = block.total - sum(islice(block.amounts, here, all_here))
        while at:
            found += self._tree[at - 1]
            at &= at - 1
        return found

    def reaches(self, key: int) -> bool:
        """Whether there is an amount at `key` or before."""
        return bool(self._blocks) and self._blocks[0].keys[0] <= key

    def _change(self, at: int, amount: int) -> None:
        block = self._blocks[at]
        block.total += amount
        self._tops[at] = block.keys[-1]
        node = at + 1
        while node <= len(self._tree):
            self._tree[node - 1] += amount
            node += node & -node

    def _open(self, key: int, amount: int) -> None:
        self._blocks.append(_Block(array("q", (key,)), array("q", (amount,)), amount))
        self._tops.append(key)
        node = len(self._blocks)
        held, below, end = amount, node - 1, node - (node & -node)
        while below > end:
            held += self._tree[below - 1]
            below &= below - 1
        self._tree.append(held)

    def _split(self, at: int) -> None:
        block = self._blocks[at]
        upper = _Block(block.keys[self._load :], block.amounts[self._load :])
        upper.total = sum(upper.amounts)
        del block.keys[self._load :], block.amounts[self._load :]
        block.total -= upper.total
        self._blocks.insert(at + 1, upper)
        self._rebuild()

    def _rebuild(self) -> None:
        self._tops = [block.keys[-1] for block in self._blocks]
        self._tree = [block.total for block in self._blocks]
        for node in range(1, len(self._tree) + 1):
            above = node + (node & -node)
            if above <= len(self._tree):
                self._tree[above - 1] += self._tree[node - 1]
