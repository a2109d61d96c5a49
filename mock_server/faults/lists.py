"""Faults of lists: rows that are lost, repeated or out of order, and what pages say of themselves.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mock_server.domain.assets import Asset, Assets
from mock_server.domain.changes import Changes, ValueChange
from mock_server.domain.entries import EVER, Days, Entry
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask, Page
from mock_server.domain.record import revised
from mock_server.domain.timeline import Sort
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.STATE)

_THIRD: Final = 2  # pages before the third


@SHELF.books("archived-listed", "The list of assets goes on showing archived ones.", "layer.R13")
class _ArchivedListed(Assets):
    def archive(self, asset: Asset) -> Asset:
        if asset.archived_ns is not None:
            return asset
        with self._undo.command():
            archived = revised(asset, archived_ns=self._now_ns())
            self._undo.replace(self._rows, asset.serial, archived)
            return archived


class _Paging(Assets):
    """Knows which page of the list of assets it shows."""

    def _pages_before(self, ask: Ask) -> int:
        if ask.after is None:
            return 0
        low, high = (ask.after, None) if ask.descending else (None, ask.after + 1)
        return self._active.count(low, high) // ask.limit


@SHELF.books(
    "third-page-repeats", "The third page of the list of assets begins with the last row of the second.", "layer.R14"
)
class _ThirdPageRepeats(_Paging):
    def page(self, ask: Ask) -> Page[Asset]:
        if ask.after is not None and self._pages_before(ask) == _THIRD:
            ask = replace(ask, after=ask.after + (1 if ask.descending else -1))
        return super().page(ask)


@SHELF.books("last-page-empty", "The last page of the list of assets is empty.", "layer.R14", "layer.R13", "M10")
class _LastPageEmpty(_Paging):
    def page(self, ask: Ask) -> Page[Asset]:
        page = super().page(ask)
        return page if page.more or ask.after is None else replace(page, rows=())


@SHELF.books(
    "last-page-unsaid",
    "The page before the last one of the list of assets says that nothing follows.",
    "layer.R14",
    "layer.R16",
    "M10",
)
class _LastPageUnsaid(Assets):
    def page(self, ask: Ask) -> Page[Asset]:
        page = super().page(ask)
        follows = page.more and super().page(replace(ask, after=page.last)).more
        return replace(page, more=follows)


@SHELF.books("always-more", "The last page of the list of value changes says that more follow.", "layer.R16")
class _AlwaysMore(Changes):
    def page(self, ask: Ask, *, sort: Sort) -> Page[ValueChange]:
        page = super().page(ask, sort=sort)
        return replace(page, more=page.last is not None)


@SHELF.books(
    "row-lost-in-the-middle",
    "Every page of entries but the first leaves its first row out.",
    "layer.R14",
    "layer.R16",
    "M10",
)
class _RowLost(Ledger):
    def page(self, ask: Ask, *, sort: Sort, days: Days = EVER) -> Page[Entry]:
        page = super().page(ask, sort=sort, days=days)
        return page if ask.after is None else replace(page, rows=page.rows[1:])


@SHELF.books("sort-order-ignored", "Value changes are listed oldest first, whatever order is asked for.", "layer.R15")
class _OrderIgnored(Changes):
    def page(self, ask: Ask, *, sort: Sort) -> Page[ValueChange]:
        return super().page(replace(ask, descending=False), sort=sort)


@SHELF.books(
    "sort-by-ignored", "Value changes are listed in order of creation, whatever they are to be sorted by.", "layer.R15"
)
class _SortIgnored(Changes):
    def page(self, ask: Ask, *, sort: Sort) -> Page[ValueChange]:
        return super().page(replace(ask, after=None if ask.after is None else ask.after), sort=Sort.CREATION)


@SHELF.books("total-of-page", "The total of a list is that of the page.", "layer.R16")
class _TotalOfPage(Assets):
    def page(self, ask: Ask) -> Page[Asset]:
        page = super().page(ask)
        return replace(page, total=len(page.rows))


@SHELF.books("of-every-asset", "An asset's list of changes holds those of all assets.", "layer.R31")
class _OfEveryAsset(Changes):
    def of(self, asset: Asset) -> tuple[ValueChange, ...]:
        return tuple(change for change in self._rows if change.live)
