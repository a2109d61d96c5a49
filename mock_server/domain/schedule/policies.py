"""What a year charges: one function a method.

Decides how the depreciable amount goes down from year to year (rules D3 to D6, D10; DECISIONS 25). A
policy draws the line along which the exact running total climbs in one financial year; the months
are rounded along that line by `schedule`. A method more is a function more and a line in `POLICIES`.
Knows no calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from mock_server.domain.schedule.terms import Method


@dataclass(frozen=True, slots=True)
class Books:
    """Where depreciation stands as a year begins.

    depreciable_minor: in all. yearly: the share that a year takes. exact: the running total before this
    year, unrounded. charged_minor: the same as charged, in whole units.
    """

    depreciable_minor: int
    yearly: Fraction
    exact: Fraction
    charged_minor: int


@dataclass(frozen=True, slots=True)
class Course:
    """A year's line: the running total is `opening` and grows by `annual` times the part of the year gone."""

    opening: Fraction
    annual: Fraction


def nothing(books: Books) -> Course:
    """No depreciation."""
    return Course(books.exact, Fraction(0))


def straight(books: Books) -> Course:
    """The same every year. The line goes on from the unrounded total, so no year drifts (D3)."""
    return Course(books.exact, books.depreciable_minor * books.yearly)


def diminishing(books: Books) -> Course:
    """A share of what is left. What is left is a matter of what was charged, so it starts from whole units."""
    left = books.depreciable_minor - books.charged_minor
    return Course(Fraction(books.charged_minor), left * books.yearly)


def at_once(books: Books) -> Course:
    """Everything as soon as it begins (D10)."""
    return Course(Fraction(books.depreciable_minor), Fraction(0))


POLICIES: Final[dict[Method, Callable[[Books], Course]]] = {
    Method.NONE: nothing,
    Method.STRAIGHT_LINE: straight,
    Method.DIMINISHING: diminishing,
    Method.FULL: at_once,
}
