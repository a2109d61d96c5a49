"""What a group of assets is told: how its pools are kept, their rate, and what is too small for it.

Decides which share of a balance may be chosen. Which groups there are is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from typing import Final

NONE: Final = Fraction(0)
ALL: Final = Fraction(1)


class BadShare(ValueError):
    """A share that may not be chosen. The text is one sentence that says which ones may."""


class Kept(Enum):
    """Which assets of a group go down together."""

    TOGETHER = auto()
    BY_PLACE = auto()  # those of one building
    BY_ASSET = auto()  # each by itself


class Below(Enum):
    """What becomes of a balance below zero."""

    INCOME = auto()  # a share of it is income, the rest stays in the pool
    ACCOUNT = auto()  # all of it goes to the gain and loss account


@dataclass(frozen=True, slots=True)
class Group:
    """One group. rate: the most that a year takes of what is left, and the least of what is below zero.

    bought_only: its assets are bought and sold, and nothing else moves their pool.
    """

    name: str
    rate: Fraction
    kept: Kept
    below: Below
    bought_only: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How small a balance is small, in minor units: `first_minor`, and from each year of `later` on another."""

    first_minor: int
    later: tuple[tuple[int, int], ...] = ()

    def small_minor(self, year: int) -> int:
        """Balances nearer to zero than this are small in that year."""
        found = self.first_minor
        for since, minor in self.later:
            found = minor if year >= since else found
        return found


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the report needs to be told. account_rate: the usual share of the gain and loss account."""

    groups: Mapping[str, Group]
    limits: Limits
    account_rate: Fraction


def chosen(share: Fraction | None, lowest: Fraction, highest: Fraction, usual: Fraction) -> Fraction:
    """The share that was chosen, or the usual one. Raises BadShare."""
    if share is None:
        return usual
    if not lowest <= share <= highest:
        bounds = _percent(lowest) if lowest == highest else f"from {_percent(lowest)} to {_percent(highest)}"
        raise BadShare(f"The share is {bounds} %; got {_percent(share)} %.")
    return share


def _percent(share: Fraction) -> str:
    percent = share * 100
    return str(percent.numerator) if percent.denominator == 1 else f"{percent.numerator}/{percent.denominator}"
