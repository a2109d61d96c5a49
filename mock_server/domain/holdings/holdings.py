"""The assets of one client account, and the lists in which they are found.

Decides that numbers go up by one and are never used again, and that a deactivation is denied while the
ledger holds something that needs the asset (DECISIONS 32). It must not know a vendor's spelling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

from sortedcontainers import SortedList

from mock_server.domain.accounts import Account, Chart
from mock_server.domain.holdings.records import Asset, Life
from mock_server.domain.holdings.vouchers import Vouchers
from mock_server.domain.ledger import Ledger
from mock_server.domain.recasting import recast
from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Undo


class Which(Enum):
    """Which assets a list holds."""

    ACTIVE = auto()
    INACTIVE = auto()
    ALL = auto()


class BalancesLeft(Refused):
    """A deactivation was denied. balances: what is left for the asset on each account that demands one, by code."""

    def __init__(self, balances: Sequence[tuple[Account, int]]) -> None:
        super().__init__(Code.BALANCES_LEFT, "The ledger still holds something for the asset.")
        self.balances = tuple(balances)


class Holdings:
    """The assets and the books of one client account. Not safe for threads: one command at a time."""

    def __init__(
        self,
        chart: Chart,
        ledger: Ledger,
        undo: Undo,
        *,
        now_ns: Callable[[], int],
        new_id: Callable[[], int],
    ) -> None:
        """`new_id`: ids of assets; each is above all that were given before."""
        self.chart = chart
        self.ledger = ledger
        self.undo = undo
        self.vouchers = Vouchers(ledger, undo, is_active=self._is_active)
        self._now_ns = now_ns
        self._new_id = new_id
        self._last_number = 0
        self._by_id: dict[int, Asset] = {}
        self._lists: dict[Which, SortedList] = {which: SortedList() for which in Which}  # of ids

    # ---- reading ------------------------------------------------------------------------------

    def find(self, asset_id: int) -> Asset | None:
        """The asset with that id, active or not."""
        return self._by_id.get(asset_id)

    def assets(self) -> tuple[Asset, ...]:
        """All of them, in order of creation."""
        return tuple(self._by_id.values())

    def ids(self, which: Which) -> SortedList:
        """The ids of the assets of that list, in order. To be looked at only."""
        return self._lists[which]

    def blocking(self, asset: Asset) -> list[tuple[Account, int]]:
        """The accounts that demand an asset and hold something for this one, by code, debits positive."""
        left = self.ledger.balances_about(asset.id).items()
        found = [(account, minor) for account, minor in left if self.vouchers.demands_asset(account)]
        return sorted(found, key=lambda one: one[0].key or "")

    # ---- writing ------------------------------------------------------------------------------

    def create(self, name: str, user: int) -> Asset:
        """A new asset, with the next number."""
        now = self._now_ns()
        with self.undo.command():
            asset = Asset(self._new_id(), self._last_number + 1, name, now, user, now, user)
            self.undo.assign(self, _last_number=asset.number)
            self.undo.put(self._by_id, asset.id, asset)
            self._list(asset)
            return asset

    def rename(self, asset: Asset, name: str, user: int) -> None:
        """Give an asset another name."""
        with self.undo.command():
            self._touch(asset, user, name=name)

    def deactivate(self, asset: Asset, user: int) -> None:
        """Deactivate an asset; nothing where it is inactive already.

        Raises BalancesLeft.
        """
        if not asset.active:
            return
        left = self.blocking(asset)
        if left:
            raise BalancesLeft(left)
        with self.undo.command():
            self._unlist(asset)
            self._touch(asset, user, active=False)
            self._list(asset)

    def set_life(self, asset: Asset, life: Life) -> None:
        """Write down what became of an asset in the books. Only inside a command; touches neither time nor user."""
        self.undo.assign(asset, life=life)

    def recast(self, classes: Mapping[type, type]) -> None:
        """Let its parts behave as these subclasses of their classes do; see `recasting`."""
        recast({Holdings: self, Chart: self.chart, Ledger: self.ledger, Vouchers: self.vouchers}, classes)

    # ---- inside -------------------------------------------------------------------------------

    def _is_active(self, asset_id: int) -> bool:
        """Whether there is such an asset, and it is active. Raises Refused (UNKNOWN_ASSET)."""
        asset = self._by_id.get(asset_id)
        if asset is None:
            raise Refused(Code.UNKNOWN_ASSET, f"There is no asset with the id {asset_id} in this client account.")
        return asset.active

    def _touch(self, asset: Asset, user: int, **fields: object) -> None:
        self.undo.assign(asset, updated_ns=self._now_ns(), updated_by=user, **fields)

    def _list(self, asset: Asset) -> None:
        for which in _lists_of(asset):
            self._lists[which].add(asset.id)
            self.undo.did(self._lists[which].remove, asset.id)

    def _unlist(self, asset: Asset) -> None:
        for which in _lists_of(asset):
            self._lists[which].remove(asset.id)
            self.undo.did(self._lists[which].add, asset.id)


def _lists_of(asset: Asset) -> tuple[Which, Which]:
    return (Which.ACTIVE if asset.active else Which.INACTIVE, Which.ALL)
