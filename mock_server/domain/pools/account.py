"""The account of gains and losses whose tax is spread over years.

Decides what of it is income or deduction in a year: at least the usual share of a gain, at most that of a
loss, all of a small gain, and as much as is wished of a small loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mock_server.domain.pools.rules import ALL, NONE, chosen
from mock_server.domain.schedule.schedule import half_up


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """The account's year; gains above zero, losses below. taken: to income, or deducted where below zero."""

    opening_minor: int
    transferred_minor: int
    taken_minor: int

    @property
    def closing_minor(self) -> int:
        """What the next year opens with."""
        return self.opening_minor + self.transferred_minor - self.taken_minor


def close_account(
    opening_minor: int, transferred_minor: int, *, rate: Fraction, small_minor: int, share: Fraction | None = None
) -> AccountBalance:
    """The account's year. rate: the usual share. share: another one. Raises BadShare."""
    balance = opening_minor + transferred_minor
    bound = ALL if abs(balance) < small_minor else rate
    if balance >= 0:
        taken = half_up(balance * chosen(share, bound, ALL, bound))
    else:
        taken = -half_up(-balance * chosen(share, NONE, bound, rate))
    return AccountBalance(opening_minor, transferred_minor, taken)
