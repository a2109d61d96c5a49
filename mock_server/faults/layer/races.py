"""Faults of concurrency: what one of Layer's requests does to another at the same time.

Decides these faults alone; what a window is, `window` says.
"""

from __future__ import annotations

from asyncio import sleep
from dataclasses import replace
from typing import Any, Final

from mock_server.apis.layer import admission
from mock_server.domain.assets import Asset, Assets, AssetTerms
from mock_server.domain.book import Book
from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, Parts, Shelf, recast, with_handlers, with_wait
from mock_server.faults.window import WINDOW_S, Window
from mock_server.surface import Answer, Handler, Request

SHELF: Final = Shelf(Family.CONCURRENCY)


def _book(request: Request) -> Book:
    return admission.business(request).book


def _hide_assets(request: Request, since: Any) -> None:
    vars(_book(request).assets)["_hidden_since"] = since


def _hide_changes(request: Request, since: Any) -> None:
    vars(_book(request).changes)["_hidden_since"] = since


def _old_changes(request: Request, old: Any) -> None:
    vars(_book(request).changes)["_as_seen"] = old


class _LateAssets(Assets):
    """Does not find by external id what was made after a request came."""

    def find_external(self, external_id: str) -> Asset | None:
        found = super().find_external(external_id)
        since = vars(self).get("_hidden_since")
        return None if found is not None and since is not None and found.serial >= since else found


@SHELF.fault("asset-window", "Two upserts of the same external id at once make two assets.", "K1")
def _asset_window(parts: Parts) -> Parts:
    window = Window("business.assets.post", lambda request: len(_book(request).assets), _hide_assets)
    return recast(window.apply(parts), _LateAssets)


class _LateChanges(Changes):
    """Does not find by external id what was recorded after a request came."""

    def find_external(self, external_id: str) -> ValueChange | None:
        found = super().find_external(external_id)
        since = vars(self).get("_hidden_since")
        return None if found is not None and since is not None and found.serial >= since else found


@SHELF.fault("change-window", "The same external id of a value change sent twice at once posts twice.", "K2")
def _change_window(parts: Parts) -> Parts:
    operation_id = "business.assets.valueUpdates.post"
    window = Window(operation_id, lambda request: len(_book(request).changes), _hide_changes)
    return recast(window.apply(parts), _LateChanges)


class _ChangesAsSeen(Changes):
    """Amends and voids a change as it was when a request came."""

    def find(self, change_id: str) -> ValueChange | None:
        seen = vars(self).get("_as_seen")
        return seen if seen is not None and seen.id == change_id else super().find(change_id)

    def _exchange(self, old: ValueChange, new: ValueChange) -> None:
        super()._exchange(self._rows[old.serial], new)


def _as_it_stands(request: Request) -> ValueChange | None:
    return _book(request).changes.find(request.path["valueUpdateId"])


@SHELF.fault("amend-window", "Two amendments of a value change at once leave two live entries.", "K6")
def _amend_window(parts: Parts) -> Parts:
    window = Window("business.assets.valueUpdates.valueUpdateId.patch", _as_it_stands, _old_changes)
    return recast(window.apply(parts), _ChangesAsSeen)


class _VoidsAgain(_ChangesAsSeen):
    """Reverses once more what another request has voided meanwhile."""

    def void(self, change: ValueChange) -> ValueChange:
        if change.live and not self._rows[change.serial].live:
            self._ledger.post(change.entry.journal.reversed(), origin=change.id)
            return self._rows[change.serial]
        return super().void(change)


@SHELF.fault("void-window", "A value change that is voided twice at once is reversed twice.", "K5")
def _void_window(parts: Parts) -> Parts:
    window = Window("business.assets.valueUpdates.valueUpdateId.delete", _as_it_stands, _old_changes)
    return recast(window.apply(parts), _VoidsAgain)


class _TwoAccounts(_LateAssets):
    """Opens another account for what another request has made meanwhile."""

    def record(self, terms: AssetTerms, *, external_id: str | None = None) -> tuple[Asset, bool]:
        late = external_id is not None and self.find_external(external_id) is None
        vars(self)["_hidden_since"] = None
        asset, new = super().record(terms, external_id=external_id)
        if not late or new:
            return asset, new
        with self._undo.command():
            account = self._chart.open_child(terms.name, self._chart.resolve(self._parent))
            self._undo.replace(self._rows, asset.serial, revised(asset, account=account))
        return self.at(asset.serial), new


@SHELF.fault("account-window", "Of two upserts of the same external id at once the second moves the account.", "K1")
def _account_window(parts: Parts) -> Parts:
    window = Window("business.assets.post", lambda request: len(_book(request).assets), _hide_assets)
    return recast(window.apply(parts), _TwoAccounts)


class _AmendsTheRecord(_ChangesAsSeen):
    """Leaves the entry of what another request has amended meanwhile."""

    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        stands = self._rows[change.serial]
        if stands.entry is change.entry:
            return super().amend(change, terms)
        with self._undo.command():
            amended = revised(stands, amount_minor=terms.amount_minor)
            self._exchange(stands, amended)
            return amended


@SHELF.fault("record-window", "Of two amendments at once the entry is the first's and the record the second's.", "K6")
def _record_window(parts: Parts) -> Parts:
    window = Window("business.assets.valueUpdates.valueUpdateId.patch", _as_it_stands, _old_changes)
    return recast(window.apply(parts), _AmendsTheRecord)


class _LosesUpdates(Changes):
    """Takes back what another request has recorded meanwhile for the same asset."""

    def post(self, *arguments: Any, **named: Any) -> tuple[ValueChange, bool]:
        change, new = super().post(*arguments, **named)
        since = vars(self).get("_hidden_since")
        for other in self._rows[len(self._rows) if since is None else since : change.serial]:
            if other.asset == change.asset and other.live and new:
                self._ledger.post(other.entry.journal.reversed(), origin=other.id)
                vars(self)["_hidden_since"] = change.serial
        return change, new


@SHELF.fault("lost-update", "Of two value changes of one asset at once the first is lost from the balances.", "K3")
def _lost_update(parts: Parts) -> Parts:
    operation_id = "business.assets.valueUpdates.post"
    window = Window(operation_id, lambda request: len(_book(request).changes), _hide_changes)
    return recast(window.apply(parts), _LosesUpdates)


@SHELF.fault("torn-statement", "A trial balance reads its debits first and its credits some milliseconds later.", "K4")
def _torn_statement(parts: Parts) -> Parts:
    operation_id = "business.reports.unified.trialBalance.get"
    handler, first = parts.surface.handlers[operation_id], {}

    async def wait(request: Request) -> None:
        first[id(request)] = handler(request)
        await sleep(WINDOW_S)

    def torn(late: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            before, after = first.pop(id(request)), late(request)
            rows = [*before.body["data"]["rows"][:-1], after.body["data"]["rows"][-1]]
            cells = {**rows[-1]["cells"], "debit": before.body["data"]["rows"][-1]["cells"]["debit"]}
            rows[-1] = {**rows[-1], "cells": cells}
            return replace(after, body={**after.body, "data": {**after.body["data"], "rows": rows}}, judged=False)

        return answer

    return with_wait(with_handlers(parts, operation_id, torn), operation_id, wait)
