"""A list that comes in numbered pages, as it was walked from the first page on, in any suite.

Decides the shape only; what a page shows is each suite's affair. It must not know how pages are asked for
(`machine.paging`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar


class Leaf(Protocol):
    """One page: its rows, and the exchange that showed it."""

    @property
    def rows(self) -> tuple[Any, ...]:
        """What it shows."""

    @property
    def at(self) -> int:
        """Where in the history."""


Page = TypeVar("Page", bound=Leaf)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Walk(Generic[Page, Row]):
    """The pages of a list, one after the other. complete: to the end. ours: keys that must be in it."""

    pages: tuple[Page, ...]
    complete: bool
    ours: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all pages."""
        return tuple(row for page in self.pages for row in page.rows)

    @property
    def at(self) -> tuple[int, ...]:
        """The exchanges that showed them."""
        return tuple(page.at for page in self.pages)
