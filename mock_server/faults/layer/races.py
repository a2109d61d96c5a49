"""Faults of concurrency: a window of some milliseconds between what a request saw and what it writes.

Decides these faults alone. A handler is one indivisible step; what is seen is therefore taken before
a wait, and put in the way of the handler after it. Alone, a request finds nothing wrong.
"""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from mock_server.apis.layer import admission
from mock_server.domain.assets import Asset, Assets
from mock_server.domain.book import Book
from mock_server.domain.changes import Changes, ValueChange
from mock_server.faults.fault import Family, Parts, Shelf, recast, with_handlers, with_wait
from mock_server.surface import Answer, Handler, Request

SHELF: Final = Shelf(Family.CONCURRENCY)

_WINDOW_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class _Window:
    """Between arrival and handler of one operation.

    see: what a request sees when it comes. under: how it is put in the handler's way: called with the
    book and what was seen, gives what takes it away again.
    """

    operation_id: str
    see: Callable[[Request], Any]
    under: Callable[[Book, Any], None]
    wait_s: float = _WINDOW_S

    def apply(self, parts: Parts) -> Parts:
        """The parts with this window."""
        seen: dict[int, Any] = {}

        async def wait(request: Request) -> None:
            seen[id(request)] = self.see(request)
            await sleep(self.wait_s)

        def wrong(handler: Handler) -> Handler:
            def answer(request: Request) -> Answer:
                book = admission.business(request).book
                self.under(book, seen.pop(id(request)))
                try:
                    return handler(request)
                finally:
                    self.under(book, None)

            return answer

        return with_wait(with_handlers(parts, self.operation_id, wrong), self.operation_id, wait)


def _book(request: Request) -> Book:
    return admission.business(request).book


def _hide_assets(book: Book, since: Any) -> None:
    vars(book.assets)["_hidden_since"] = since


def _hide_changes(book: Book, since: Any) -> None:
    vars(book.changes)["_hidden_since"] = since


def _old_changes(book: Book, old: Any) -> None:
    vars(book.changes)["_as_seen"] = old


class _LateAssets(Assets):
    """Does not find by external id what was made after a request came."""

    def find_external(self, external_id: str) -> Asset | None:
        found = super().find_external(external_id)
        since = vars(self).get("_hidden_since")
        return None if found is not None and since is not None and found.serial >= since else found


@SHELF.fault("asset-window", "Two upserts of the same external id at once make two assets.", "K1")
def _asset_window(parts: Parts) -> Parts:
    window = _Window("business.assets.post", lambda request: len(_book(request).assets), _hide_assets)
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
    window = _Window(operation_id, lambda request: len(_book(request).changes), _hide_changes)
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
    window = _Window("business.assets.valueUpdates.valueUpdateId.patch", _as_it_stands, _old_changes)
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
    window = _Window("business.assets.valueUpdates.valueUpdateId.delete", _as_it_stands, _old_changes)
    return recast(window.apply(parts), _VoidsAgain)


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
    window = _Window(operation_id, lambda request: len(_book(request).changes), _hide_changes)
    return recast(window.apply(parts), _LosesUpdates)


@SHELF.fault("torn-statement", "A trial balance reads its debits first and its credits some milliseconds later.", "K4")
def _torn_statement(parts: Parts) -> Parts:
    operation_id = "business.reports.unified.trialBalance.get"
    handler, first = parts.surface.handlers[operation_id], {}

    async def wait(request: Request) -> None:
        first[id(request)] = handler(request)
        await sleep(_WINDOW_S)

    def torn(late: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            before, after = first.pop(id(request)), late(request)
            rows = [*before.body["data"]["rows"][:-1], after.body["data"]["rows"][-1]]
            cells = {**rows[-1]["cells"], "debit": before.body["data"]["rows"][-1]["cells"]["debit"]}
            rows[-1] = {**rows[-1], "cells": cells}
            return replace(after, body={**after.body, "data": {**after.body["data"], "rows": rows}}, judged=False)

        return answer

    return with_wait(with_handlers(parts, operation_id, torn), operation_id, wait)
