"""Faults of concurrency: what one request of Xero Assets, or of its screens, does to another at the same time.

Decides these faults alone; what a window is, `window` says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from mock_server.apis.xero.reading import dashed
from mock_server.domain.register.records import Asset, AssetType, Facts, Plan, Status
from mock_server.domain.register.shelf import Register
from mock_server.faults.fault import Family, Parts, recast
from mock_server.faults.window import Window
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Request

SHELF: Final = shelf(Family.CONCURRENCY)

_PUT_ASSET: Final = "createAsset"


def _register(request: Request) -> Register:
    found: Register = request.tenant.register
    return found


def _hide(request: Request, since: Any) -> None:
    vars(_register(request))["_hidden_since"] = since


def _hidden(register: Register, record: Asset | AssetType | None) -> bool:
    since = vars(register).get("_hidden_since")
    return record is not None and since is not None and record.serial >= since


class _LateNumbers(Register):
    """Does not know of numbers that were taken after a request came."""

    def numbered(self, number: str) -> Asset | None:
        found = super().numbered(number)
        return None if _hidden(self, found) else found


@SHELF.fault("number-window", "Two creates with one number at once make two assets.", "K1")
def _number_window(parts: Parts) -> Parts:
    window = Window(_PUT_ASSET, lambda request: len(_register(request)), _hide)
    return recast(window.apply(parts), _LateNumbers)


class _LateNames(Register):
    """Does not know of types that were made after a request came."""

    def named_type(self, name: str) -> AssetType | None:
        found = super().named_type(name)
        return None if _hidden(self, found) else found


@SHELF.fault("type-window", "Two creates with one name of a type at once make two types.", "K2")
def _type_window(parts: Parts) -> Parts:
    window = Window("createAssetType", lambda request: len(_register(request).types()), _hide)
    return recast(window.apply(parts), _LateNames)


class _LosesCreates(Register):
    """Takes what another request has made meanwhile off the lists."""

    def add(self, facts: Facts, plan: Plan | None) -> Asset:
        asset = super().add(facts, plan)
        for other in self._assets[: asset.serial]:
            if _hidden(self, other) and other.serial in self._texts:
                self._unlist(other)
                self.undo.did(self._list, other)
        return asset


@SHELF.fault("lost-create", "Of two assets made at once the first is in no list.", "K3")
def _lost_create(parts: Parts) -> Parts:
    window = Window(_PUT_ASSET, lambda request: len(_register(request)), _hide)
    return recast(window.apply(parts), _LosesCreates)


def _asset(request: Request) -> Asset | None:
    """The draft that a body or a path names."""
    named = request.path.get("asset_id") or (request.body or {}).get("assetId")
    return None if named is None else _register(request).find(dashed(named))


def _facts(request: Request) -> Facts | None:
    asset = _asset(request)
    return None if asset is None else asset.facts


def _write_back(request: Request, seen: Facts | None) -> None:
    asset, register = _asset(request), _register(request)
    if asset is not None and seen is not None and asset.status is Status.DRAFT:
        with register.undo.command():
            register.change(asset, facts=replace(seen, number=asset.facts.number))


@SHELF.fault("draft-window", "Of two changes of one asset at once the members of the first are lost.", "K4")
def _draft_window(parts: Parts) -> Parts:
    return Window(_PUT_ASSET, _facts, _write_back).apply(parts)


def _tear(request: Request, seen: Facts | None) -> None:
    asset, register = _asset(request), _register(request)
    if asset is None:
        return
    torn = vars(register).setdefault("_torn", {})
    if seen is not None:
        torn[asset.id] = asset.facts.description if asset.facts != seen else None
        return
    first = torn.pop(asset.id, None)
    if first is not None and asset.status is Status.DRAFT:
        with register.undo.command():
            register.change(asset, facts=replace(asset.facts, description=first))


@SHELF.fault("torn-change", "Two changes at once leave the name of the one and the description of the other.", "K5")
def _torn_change(parts: Parts) -> Parts:
    return Window(_PUT_ASSET, _facts, _tear).apply(parts)


# ---- what the screens do ----------------------------------------------------------------------


def _charged(request: Request) -> Any:
    """How far depreciation has been run, and what has been charged."""
    register = _register(request)
    return register.organisation.last_depreciation, {asset: asset.charges for asset in register.assets()}


def _uncharge(request: Request, seen: Any) -> None:
    register = _register(request)
    if seen is not None:
        last, charges = seen
        with register.undo.command():
            register.change(register.organisation, last_depreciation=last)
            for asset, posted in charges.items():
                register.change(asset, charges=posted)


@SHELF.fault("run-window", "Two runs of depreciation at once charge every month twice.", "K6")
def _run_window(parts: Parts) -> Parts:
    return Window("control.depreciation.post", _charged, _uncharge).apply(parts)


def _status(request: Request) -> Any:
    asset = _asset(request)
    return None if asset is None else {"status": asset.status, "disposal": asset.disposal}


def _put_back(request: Request, seen: Any) -> None:
    asset, register = _asset(request), _register(request)
    if asset is not None and seen is not None:
        with register.undo.command():
            register.change(asset, **seen)


@SHELF.fault("register-window", "An asset that is registered twice at once is bought twice.", "K7")
def _register_window(parts: Parts) -> Parts:
    return Window("control.assets.register", _status, _put_back).apply(parts)


@SHELF.fault("disposal-window", "An asset that is disposed of twice at once is cleared twice.", "K7")
def _disposal_window(parts: Parts) -> Parts:
    return Window("control.assets.dispose", _status, _put_back).apply(parts)
