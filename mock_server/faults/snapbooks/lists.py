"""Faults of Snapbooks' lists and of what is shown beside an asset.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.domain.holdings.holdings import Holdings, Which
from mock_server.domain.holdings.records import Asset
from mock_server.faults.fault import Family, with_body
from mock_server.faults.snapbooks.shelf import shelf
from mock_server.surface import Answer, Handler, Request

SHELF: Final = shelf(Family.STATE)

_LIST: Final = "listAssets"
_ASSET: Final = "getAsset"
Row = dict[str, Any]


def _meta(answer: Answer, **members: Any) -> Answer:
    return with_body(answer, {**answer.body, "meta": {**answer.body["meta"], **members}})


def _rows(answer: Answer, rows: list[Row]) -> Answer:
    return with_body(answer, {**answer.body, "data": rows})


@SHELF.answers(
    "second-page-short", "The second page of a list has lost its last row.", "snapbooks.R19", "snapbooks.R20", of=_LIST
)
def _second_page_short(_request: Request, answer: Answer) -> Answer:
    return _rows(answer, answer.body["data"][:-1]) if answer.body["meta"]["page"] == 2 else answer


@SHELF.handlers(
    "pages-overlap", "The third page of a list begins with the last row of the second.", "snapbooks.R19", of=_LIST
)
def _pages_overlap(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        found = handler(request)
        if request.query["page"] != 3 or not found.body["data"]:
            return found
        before = handler(replace(request, query={**request.query, "page": 2}))
        return _rows(found, [before.body["data"][-1], *found.body["data"][1:]])

    return answer


@SHELF.answers("last-page-uncounted", "The number of pages is rounded down.", "snapbooks.R20", of=_LIST)
def _pages_rounded_down(_request: Request, answer: Answer) -> Answer:
    meta = answer.body["meta"]
    return _meta(answer, pages=meta["records"] // meta["per_page"])


@SHELF.answers("records-of-the-page", "records counts the rows of the page.", "snapbooks.R20", of=_LIST)
def _records_of_the_page(_request: Request, answer: Answer) -> Answer:
    return _meta(answer, records=len(answer.body["data"]))


@SHELF.answers("page-of-the-first", "meta always says page 1.", "snapbooks.R20", of=_LIST)
def _page_of_the_first(_request: Request, answer: Answer) -> Answer:
    return _meta(answer, page=1)


@SHELF.handlers("page-without-limit", "per_page above 100 is taken as it is.", "snapbooks.R23", of=_LIST)
def _page_without_limit(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        found = handler(request)
        asked = request.query["per_page"]
        return _meta(found, per_page=asked, pages=1) if asked > 100 else found

    return answer


@SHELF.handlers("pages-of-20", "A page holds 20 assets at most.", "snapbooks.R20", "snapbooks.R23", of=_LIST)
def _pages_of_20(handler: Handler) -> Handler:
    return lambda request: handler(
        replace(request, query={**request.query, "per_page": min(20, request.query["per_page"])})
    )


@SHELF.answers("list-of-other-names", "A list shows names in capitals.", "snapbooks.R26", of=_LIST)
def _list_of_other_names(_request: Request, answer: Answer) -> Answer:
    return _rows(answer, [{**row, "name": row["name"].upper()} for row in answer.body["data"]])


class _Hiding(Holdings):
    """Takes assets off its lists before their time."""

    def _unlist(self, asset: Asset) -> None:
        if asset.id in self.ids(Which.ALL):
            super()._unlist(asset)


@SHELF.books("renamed-unlisted", "A renamed asset is in no list any more.", "snapbooks.R19", "snapbooks.R22")
class _RenamedUnlisted(_Hiding):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name, user)
        with self.undo.command():
            self._unlist(asset)


@SHELF.books("fifth-unlisted", "Every fifth asset is in no list.", "snapbooks.R19", "snapbooks.R22", "K2")
class _FifthUnlisted(_Hiding):
    def create(self, name: str, user: int) -> Asset:
        asset = super().create(name, user)
        if asset.number % 5 == 0:
            with self.undo.command():
                self._unlist(asset)
        return asset


@SHELF.handlers(
    "list-of-every-account", "A list of one client account holds the assets of all.", "snapbooks.R21", "N3", of=_LIST
)
def _list_of_every_account(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        query = {name: value for name, value in request.query.items() if name != "client_account_id"}
        return handler(replace(request, query=query, grant=replace(request.grant, tenant_ids=None)))

    return answer


def _always(member: str, shown: Callable[[Row], Row]) -> Callable[[Request, Answer], Answer]:
    return lambda _request, answer: with_body(answer, {member: shown(answer.body), **answer.body})


SHELF.answers(
    "account-always-shown", "An asset by its id is always shown with its client account.", "snapbooks.R24", of=_ASSET
)(_always("client_account", lambda row: {"id": row["client_account_id"], "unique_name": "a", "display_name": "A"}))


@SHELF.answers(
    "creator-of-another", "created_by is another user than created_by_id says.", "snapbooks.R25", of=(_ASSET, _LIST)
)
def _creator_of_another(_request: Request, answer: Answer) -> Answer:
    def turned(row: Row) -> Row:
        return {**row, "created_by": {**row["created_by"], "id": 1}} if "created_by" in row else row

    if "data" in answer.body:
        return _rows(answer, [turned(row) for row in answer.body["data"]])
    return with_body(answer, turned(answer.body))


@SHELF.answers("relations-dropped-in-lists", "with is ignored in lists.", "snapbooks.R24", "snapbooks.R25", of=_LIST)
def _relations_dropped(_request: Request, answer: Answer) -> Answer:
    gone = ("client_account", "created_by")
    rows = [{name: value for name, value in row.items() if name not in gone} for row in answer.body["data"]]
    return _rows(answer, rows)
