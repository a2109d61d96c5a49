"""What an asset of a class is charged a year, and what is left of a tax group (accounting.md D; skatteloven 14).

Decides both in closed form, unrounded, as exact fractions of minor units: the charge of a year comes from
what was really charged before it, and what must be left after some years from the cost alone. A declining
balance takes a whole year in the year of acquisition and nothing in that of disposal; a straight line counts
the months from that of acquisition to that of disposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction


class Way(Enum):
    """How a class is depreciated."""

    DECLINING = "declining balance"
    STRAIGHT = "straight line"
    NONE = "not at all"


@dataclass(frozen=True, slots=True)
class AssetClass:
    """A class as the target's list shows it. group: of the tax pool; rate: fraction of 1 a year."""

    code: str
    way: Way
    group: str | None
    rate: Fraction
    cost_account: str
    accumulated_account: str | None
    expense_account: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """An asset in use: its class, what it cost and since when; `until`, once it is gone."""

    kind: AssetClass
    cost: int
    since: date
    until: date | None = None


def charge(held: Held, year: int, before: int) -> Fraction:
    """What a year takes, `before` being all that was charged until then."""
    gone = held.until is not None and year >= held.until.year
    if year < held.since.year or held.kind.way is Way.NONE:
        return Fraction(0)
    if held.kind.way is Way.DECLINING:
        return Fraction(0) if gone else (held.cost - before) * held.kind.rate
    return max(Fraction(0), taken(held, year) - before)


def taken(held: Held, year: int) -> Fraction:
    """All that has been charged by the end of a year, or by the asset's own end in it."""
    gone = held.until is not None and year >= held.until.year
    years = (held.until.year if held.until is not None and gone else year) - held.since.year + 1
    if years <= 0 or held.kind.way is Way.NONE:
        return Fraction(0)
    if held.kind.way is Way.DECLINING:
        return held.cost * (1 - (1 - held.kind.rate) ** (years - gone))
    last = held.until.month if held.until is not None and gone else 12
    months = 12 * (years - 1) + last - (held.since.month - 1)
    return min(Fraction(held.cost), held.cost * held.kind.rate * months / 12)


COLLECTIVE = frozenset("abcdj")
"""The tax groups of which all assets are one balance; in the others each asset is one of its own."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One tax balance in one year: what it opened with, what was bought, and what sales brought."""

    group: str
    rate: Fraction
    opening: int
    bought: int
    sold: int

    @property
    def basis(self) -> int:
        """What the rate is applied to; below zero, income."""
        return self.opening + self.bought - self.sold


GAINS_APART = frozenset("befghi")
"""The tax groups whose negative balance goes to the account of gains and losses."""


def small_minor(year: int) -> int:
    """Below which a balance is small, in minor units."""
    return 3_000_000 if year >= 2024 else 1_500_000


def charged_at_least(pool: Pool) -> Fraction:
    """What a positive basis is depreciated by."""
    return pool.basis * pool.rate


def charged_at_most(pool: Pool, year: int) -> Fraction:
    """The same, or all of it where so little is left that it may be written off at once."""
    return Fraction(pool.basis) if pool.basis < small_minor(year) else charged_at_least(pool)


def taken_to_income(pool: Pool, year: int) -> tuple[Fraction, int]:
    """What becomes income, and what a gain or loss, of a basis that is not depreciated."""
    if pool.group in GAINS_APART:
        return Fraction(0), -pool.basis
    whole = Fraction(-pool.basis)
    return (whole if whole < small_minor(year) else whole * pool.rate), 0
