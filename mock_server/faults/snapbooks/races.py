"""Faults of concurrency: what one request to Snapbooks does to another at the same time.

Decides these faults alone; what a window is, `window` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from mock_server.domain.accounts import Account
from mock_server.domain.holdings.holdings import Holdings, Which
from mock_server.domain.holdings.records import Asset
from mock_server.faults.fault import Family, Parts, recast
from mock_server.faults.snapbooks.shelf import asset_of, holdings_of, shelf, tenants_of
from mock_server.faults.window import Window
from mock_server.surface import Request

SHELF: Final = shelf(Family.CONCURRENCY)


def _window(parts: Parts, operation_id: str, see: Callable[[Holdings, Asset | None], Any]) -> Parts:
    """What `see` gives when a request comes is `_seen` of the holdings while it is handled."""
    tenants = tenants_of(parts)

    def seeing(request: Request) -> Any:
        holdings = holdings_of(tenants, request)
        asset = asset_of(tenants, request) if "id" in request.path else None
        return None if holdings is None else see(holdings, asset)

    def under(request: Request, seen: Any) -> None:
        holdings = holdings_of(tenants, request)
        if holdings is not None:
            vars(holdings)["_seen"] = seen

    return Window(operation_id, seeing, under).apply(parts)


def _seen(holdings: Holdings) -> Any:
    return vars(holdings).get("_seen")


@SHELF.fault("sequence-window", "Two creates at once get the same number.", "K1")
def _sequence_window(parts: Parts) -> Parts:
    class _Late(Holdings):
        def create(self, name: str, user: int) -> Asset:
            asset, last = super().create(name, user), _seen(self)
            with self.undo.command():
                self.undo.assign(asset, number=asset.number if last is None else last + 1)
            return asset

    return recast(_window(parts, "createAsset", lambda holdings, _asset: holdings._last_number), _Late)


@SHELF.fault("create-window", "Of two creates at once the first is lost.", "K2")
def _create_window(parts: Parts) -> Parts:
    class _Loses(Holdings):
        def create(self, name: str, user: int) -> Asset:
            asset, before = super().create(name, user), _seen(self)
            for other in self.assets()[before:-1] if before is not None else ():
                if other.id in self.ids(Which.ALL):
                    self._unlist(other)
                    del self._by_id[other.id]
            return asset

    return recast(_window(parts, "createAsset", lambda holdings, _asset: len(holdings.assets())), _Loses)


@SHELF.fault("name-window", "Two renames at once make one name of both.", "K3")
def _name_window(parts: Parts) -> Parts:
    class _Mixes(Holdings):
        def rename(self, asset: Asset, name: str, user: int) -> None:
            before = _seen(self)
            if before is not None and asset.name != before:
                name = f"{name[: len(name) // 2]}{asset.name[len(asset.name) // 2 :]}!"
            super().rename(asset, name, user)

    return recast(_window(parts, "updateAsset", lambda _holdings, asset: asset.name if asset else None), _Mixes)


@SHELF.fault("activity-window", "A rename writes back that the asset was active when it came.", "K4")
def _activity_window(parts: Parts) -> Parts:
    class _WritesBack(Holdings):
        def rename(self, asset: Asset, name: str, user: int) -> None:
            super().rename(asset, name, user)
            if _seen(self) and not asset.active:
                with self.undo.command():
                    self._unlist(asset)
                    self.undo.assign(asset, active=True)
                    self._list(asset)

    return recast(
        _window(parts, "updateAsset", lambda _holdings, asset: asset is not None and asset.active), _WritesBack
    )


@SHELF.fault("guard-window", "A deactivation looks at the balances when it comes, and acts later.", "K5")
def _guard_window(parts: Parts) -> Parts:
    class _LooksEarly(Holdings):
        def blocking(self, asset: Asset) -> list[tuple[Account, int]]:
            return [] if _seen(self) else super().blocking(asset)

    def free(holdings: Holdings, asset: Asset | None) -> bool:
        return asset is not None and not holdings.blocking(asset)

    return recast(_window(parts, "deactivateAsset", free), _LooksEarly)
