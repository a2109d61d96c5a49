"""Businesses, each with books of its own, and the tokens that may see them.

Decides what a sandbox starts with (DECISIONS 22); who sees what is `apis.grants`'. Knows no requests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from mock_server.apis.grants import TOKEN, Grant, Grants, judged
from mock_server.apis.layer.chart import ASSET_PARENT, TEMPLATE
from mock_server.domain.book import Book
from mock_server.surface import Classes, Settings

__all__ = ["Business", "Tenants", "Start", "Grant", "DEMO", "OTHER", "TOKEN"]


@dataclass(frozen=True, slots=True)
class Start:
    """A business that a sandbox starts with, and its token."""

    id: str
    name: str
    token: str


DEMO: Final = Start("11111111-1111-4111-8111-111111111111", "Demo business", "layer-demo-token")
OTHER: Final = Start("22222222-2222-4222-8222-222222222222", "Other business", "layer-other-token")


@dataclass(frozen=True, slots=True, eq=False)
class Business:
    """A tenant. Only its book ever changes."""

    id: str
    name: str
    ledger_id: str
    book: Book


class Tenants:
    """All businesses and tokens of one instance, in order of creation."""

    def __init__(self, settings: Settings, *, keeps_floor: bool) -> None:
        """`keeps_floor`: see `Book`. Raises BadSettings."""
        self._settings = settings
        self._keeps_floor = keeps_floor
        self._demo_token = DEMO.token if settings.token is None else judged(settings.token, others=OTHER.token)
        # Drawn once, so that a reset gives the same books to the byte.
        at_start = 2 * (1 + sum(template.required for template in TEMPLATE))
        self._ids_at_start = [settings.ids.new() for _ in range(at_start)]
        self._businesses: dict[str, Business] = {}
        self._grants = Grants("layer", new_id=settings.ids.new, any_token=settings.any_token)
        self._classes: Classes = {}
        self.reset()

    def reset(self) -> None:
        """Make everything as it was at the start."""
        self._businesses.clear()
        self._grants.clear()
        new_id = chain(self._ids_at_start, iter(self._settings.ids.new, None)).__next__
        for start, token in ((DEMO, self._demo_token), (OTHER, OTHER.token)):
            self._register(self._fresh(start.id, start.name, new_id))
            self._grants.give(token, start.id)

    def recast(self, classes: Classes) -> None:
        """See `surface.Tenants`."""
        self._classes = classes
        for business in self._businesses.values():
            business.book.recast(classes)

    @property
    def demo_token(self) -> str:
        """The first business's token."""
        return self._demo_token

    def find(self, business_id: str) -> Business | None:
        """The business with that id."""
        return self._businesses.get(business_id)

    def businesses(self) -> tuple[Business, ...]:
        """All of them."""
        return tuple(self._businesses.values())

    def open(self, business_id: str | None = None, name: str | None = None) -> Business:
        """Open a business that is not there yet; its id and name are made up where none is given."""
        return self._register(self.prepare(business_id, name))

    def prepare(self, business_id: str | None = None, name: str | None = None) -> Business:
        """A business that `open` would open, which is not there until `keep` puts it there."""
        new_id = self._settings.ids.new
        chosen = new_id() if business_id is None else business_id
        return self._fresh(chosen, f"Business {chosen[:8]}" if name is None else name, new_id)

    def keep(self, business: Business, token: str) -> None:
        """Put a prepared business there, for that token; nothing where it is there already."""
        if business.id not in self._businesses:
            self._register(business)
            self.allow(token, business.id)

    def identify(self, token: str) -> Grant | None:
        """What that token may see; None where it is not accepted."""
        return self._grants.identify(token)

    def allow(self, token: str, business_id: str) -> None:
        """Let that token see the business, beside what it sees already."""
        self._grants.allow(token, business_id)

    def issue(self, business_id: str) -> str:
        """A token that sees that business alone and that nobody has."""
        return self._grants.issue(business_id)

    def tokens(self) -> Sequence[tuple[str, str]]:
        """Every token with every business that it was given."""
        return self._grants.all()

    def _register(self, business: Business) -> Business:
        self._businesses[business.id] = business
        return business

    def _fresh(self, business_id: str, name: str, new_id: Callable[[], str]) -> Business:
        book = Book(
            TEMPLATE,
            asset_parent=ASSET_PARENT,
            now_ns=self._settings.clock.now_ns,
            new_id=new_id,
            keeps_floor=self._keeps_floor,
        )
        book.recast(self._classes)
        return Business(business_id, name, new_id(), book)
