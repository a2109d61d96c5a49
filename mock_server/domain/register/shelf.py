"""The shelf: every asset and asset type of one organisation, and the lists in which they are found.

Decides that numbers and type names are used once, what the next number is, and in which order a list
of assets is; a page is found by its place, at any depth, without walking past what comes before it.
The register is the only thing beside the ledger that changes, and every change of it says through
`Undo` how it is taken back. It must not know what a change means, nor a vendor's spelling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import Any, Final

from sortedcontainers import SortedList

from mock_server.domain.accounts import Chart
from mock_server.domain.ledger import Ledger
from mock_server.domain.recasting import recast
from mock_server.domain.register.dues import Schedules
from mock_server.domain.register.records import Asset, AssetType, Facts, Organisation, Plan, Status
from mock_server.domain.schedule import Schedule
from mock_server.domain.undo import Undo

_BETWEEN: Final = "\0"  # in no text that a caller can send


class Order(Enum):
    """What a list of assets is ordered by; equal values are in order of creation."""

    TYPE = auto()
    NAME = auto()
    NUMBER = auto()
    PURCHASED = auto()
    PRICE = auto()
    DISPOSED = auto()
    DISPOSAL_PRICE = auto()


OF_DISPOSALS: Final = frozenset({Order.DISPOSED, Order.DISPOSAL_PRICE})
"""The orders that only assets which were disposed of have."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Which rows of a list are wanted: `limit` of them from row `first` on, counted from 0.

    text: only assets whose name, number, description or type name holds it, whatever the case.
    """

    status: Status
    order: Order = Order.PURCHASED
    descending: bool = True
    first: int = 0
    limit: int = 10
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a list, and how many the whole list has."""

    assets: tuple[Asset, ...]
    total: int


class Register:
    """The assets of one organisation. Not safe for threads: one command at a time."""

    def __init__(
        self,
        chart: Chart,
        ledger: Ledger,
        undo: Undo,
        organisation: Organisation,
        *,
        now_ns: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        self.chart = chart
        self.ledger = ledger
        self.undo = undo
        self.organisation = organisation
        self.schedules = Schedules()
        self.now_ns = now_ns
        self.new_id = new_id
        self._assets: list[Asset] = []
        self._by_id: dict[str, Asset] = {}
        self._by_number: dict[str, Asset] = {}
        self._types: list[AssetType] = []
        self._type_by_id: dict[str, AssetType] = {}
        self._type_by_name: dict[str, AssetType] = {}
        self._texts: dict[int, str] = {}  # an asset's serial → what a list may be filtered by, folded
        self._orders: dict[tuple[Status, Order], SortedList] = {
            (status, order): SortedList()
            for status in Status
            for order in Order
            if order not in OF_DISPOSALS or status is Status.DISPOSED
        }
        self._locks: Counter[AssetType] = Counter()
        self._in_use: Counter[AssetType] = Counter()

    # ---- reading ------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many assets there are."""
        return len(self._assets)

    def assets(self) -> Iterator[Asset]:
        """All assets, in order of creation."""
        return iter(self._assets)

    def listed(self, status: Status) -> Iterator[Asset]:
        """The assets of one status, in order of creation."""
        return (asset for asset in self._assets if asset.status is status)

    def find(self, asset_id: str) -> Asset | None:
        """The asset with that id."""
        return self._by_id.get(asset_id)

    def numbered(self, number: str) -> Asset | None:
        """The asset with that number."""
        return self._by_number.get(number)

    def types(self) -> tuple[AssetType, ...]:
        """All asset types, in order of creation."""
        return tuple(self._types)

    def find_type(self, type_id: str) -> AssetType | None:
        """The asset type with that id."""
        return self._type_by_id.get(type_id)

    def named_type(self, name: str) -> AssetType | None:
        """The asset type with that name."""
        return self._type_by_name.get(name)

    def locks(self, kind: AssetType) -> int:
        """How many assets of that type have been depreciated."""
        return self._locks[kind]

    def in_use(self, kind: AssetType) -> int:
        """How many assets of that type are no drafts."""
        return self._in_use[kind]

    def page(self, ask: Ask) -> Rows:
        """Some rows of the list of one status."""
        places = self._orders[ask.status, ask.order]
        if ask.text:
            return self._filtered(places, ask)
        total = len(places)
        last = max(total - ask.first, 0)
        span = (max(last - ask.limit, 0), last) if ask.descending else (ask.first, min(ask.first + ask.limit, total))
        found = places.islice(*span, reverse=ask.descending) if span[0] < span[1] else ()
        return Rows(tuple(self._assets[serial] for _, serial in found), total)

    def schedule_of(self, asset: Asset) -> Schedule:
        """The asset's schedule as it now stands. Raises Refused: what `Schedules.of` raises."""
        return self.schedules.of(asset, self.organisation)

    # ---- writing ------------------------------------------------------------------------------

    def add(self, facts: Facts, plan: Plan | None) -> Asset:
        """Put a new draft on the shelf. Only inside a command; its number must be free."""
        asset = Asset(self.new_id(), len(self._assets), facts, plan)
        self.undo.append(self._assets, asset)
        self.undo.put(self._by_id, asset.id, asset)
        self._list(asset)
        self.undo.did(self._unlist, asset)
        self._count_up(facts.number)
        return asset

    def add_type(self, kind: AssetType) -> AssetType:
        """Put a new type on the shelf. Only inside a command; its name must be free."""
        self.undo.append(self._types, kind)
        self.undo.put(self._type_by_id, kind.id, kind)
        self.undo.put(self._type_by_name, kind.name, kind)
        return kind

    def change(self, record: Asset | AssetType | Organisation, **fields: Any) -> None:
        """Give fields of a record new values, and move it to its places in the lists.

        Only inside a command. It is the only way in which a record is changed.
        """
        moved = self._moved_by(record, fields)
        for asset in moved:
            self._unlist(asset)
            self.undo.did(self._list, asset)
        renamed = isinstance(record, AssetType) and "name" in fields
        if renamed:
            self._rename(record, fields["name"])
        self.undo.assign(record, **fields)
        for asset in moved:
            self._list(asset)
            self.undo.did(self._unlist, asset)
        if isinstance(record, Asset) and "facts" in fields:
            self._count_up(record.facts.number)

    def recast(self, classes: Mapping[type, type]) -> None:
        """Let its parts behave as these subclasses of their classes do; see `recasting`."""
        own = {Register: self, Chart: self.chart, Ledger: self.ledger, Schedules: self.schedules}
        recast(own, classes)
        self.schedules.forget()

    # ---- inside -------------------------------------------------------------------------------

    def _moved_by(self, record: Asset | AssetType | Organisation, fields: dict[str, Any]) -> list[Asset]:
        """The assets whose places depend on what changes. A run changes many charges, and hardly a place."""
        if isinstance(record, Asset):
            locked = "charges" in fields and bool(fields["charges"]) != bool(record.charges)
            return [record] if locked or fields.keys() & {"facts", "status", "disposal"} else []
        if isinstance(record, AssetType) and "name" in fields:
            return [asset for asset in self._assets if asset.facts.type is record]
        return []

    def _rename(self, kind: Any, name: str) -> None:
        self.undo.did(self._type_by_name.__setitem__, kind.name, kind)
        del self._type_by_name[kind.name]
        self.undo.put(self._type_by_name, name, kind)

    def _count_up(self, number: str) -> None:
        """Let the next number be above one of the organisation's own form: its prefix, and then digits alone."""
        organisation = self.organisation
        if not number.startswith(organisation.prefix):
            return
        digits = number.removeprefix(organisation.prefix)
        if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
            return
        if int(digits) >= organisation.next_number:
            self.change(organisation, next_number=int(digits) + 1)

    def _list(self, asset: Asset) -> None:
        self._by_number[asset.facts.number] = asset
        self._texts[asset.serial] = _text(asset.facts)
        for order, value in _VALUES.items():
            places = self._orders.get((asset.status, order))
            if places is not None:
                places.add((value(asset), asset.serial))
        self._count(asset, 1)

    def _unlist(self, asset: Asset) -> None:
        self._count(asset, -1)
        for order, value in _VALUES.items():
            places = self._orders.get((asset.status, order))
            if places is not None:
                places.remove((value(asset), asset.serial))
        del self._texts[asset.serial]
        del self._by_number[asset.facts.number]

    def _count(self, asset: Asset, one: int) -> None:
        kind = asset.facts.type
        if kind is None:
            return
        if asset.charges:
            self._locks[kind] += one
        if asset.status is not Status.DRAFT:
            self._in_use[kind] += one

    def _filtered(self, places: SortedList, ask: Ask) -> Rows:
        wanted = ask.text.casefold()
        kinds = {kind for kind in self._types if wanted in kind.name.casefold()}
        walk = reversed(places) if ask.descending else iter(places)
        found = [
            serial
            for _, serial in walk
            if wanted in self._texts[serial] or (kinds and self._assets[serial].facts.type in kinds)
        ]
        rows = islice(found, ask.first, ask.first + ask.limit) if ask.first < len(found) else ()
        return Rows(tuple(self._assets[serial] for serial in rows), len(found))


_MOST_DIGITS: Final = 18
"""Longer numbers are somebody else's; the next number stays one that people can read."""


def _text(facts: Facts) -> str:
    return _BETWEEN.join((facts.name, facts.number, facts.description or "")).casefold()


def _folded(text: str) -> tuple[str, str]:
    return text.casefold(), text


def _named(asset: Asset) -> tuple[str, str]:
    kind = asset.facts.type
    return ("", "") if kind is None else _folded(kind.name)


def _purchased(asset: Asset) -> int:
    day = asset.facts.purchased
    return 0 if day is None else day.toordinal()


def _price(asset: Asset) -> int:
    minor = asset.facts.price_minor
    return -1 if minor is None else minor


def _disposed(asset: Asset) -> int:
    return 0 if asset.disposal is None else asset.disposal.on.toordinal()


def _disposal_price(asset: Asset) -> int:
    return 0 if asset.disposal is None else asset.disposal.price_minor


# What is missing comes before everything.
_VALUES: Final[dict[Order, Callable[[Asset], Any]]] = {
    Order.TYPE: _named,
    Order.NAME: lambda asset: _folded(asset.facts.name),
    Order.NUMBER: lambda asset: _folded(asset.facts.number),
    Order.PURCHASED: _purchased,
    Order.PRICE: _price,
    Order.DISPOSED: _disposed,
    Order.DISPOSAL_PRICE: _disposal_price,
}
