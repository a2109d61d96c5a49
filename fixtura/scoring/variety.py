"""Which variants a right server is run in: combinations in which every two of them meet.

Decides how many combinations that takes and in which order they come; the same ones every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from typing import Final

from allpairspy import AllPairs

from mock_server.variants import Variant

_PLAIN: Final = ""


def combinations(variants: Sequence[Variant], many: int) -> tuple[tuple[str, ...], ...]:
    """So many combinations of names, the first without any. Every pair of variants that may meet does, and each is
    there with and without every other, as soon as `many` is as large as `enough(variants)`."""
    return tuple(islice(cycle(_covering(variants)), many))


def enough(variants: Sequence[Variant]) -> int:
    """How many combinations hold every pair."""
    return len(_covering(variants))


def _covering(variants: Sequence[Variant]) -> list[tuple[str, ...]]:
    choices: dict[str, list[str]] = {}
    for variant in variants:
        choices.setdefault(variant.about, [_PLAIN]).append(variant.name)
    if len(choices) < 2:  # nothing to pair
        return [(name,) if name else () for names in choices.values() for name in names] or [()]
    return [_named(row) for row in AllPairs(list(choices.values()))]


def _named(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in row if name)
