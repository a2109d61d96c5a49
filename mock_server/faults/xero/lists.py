"""Faults of the list of assets: rows that are lost, repeated or out of order, and what a page says of itself.

Decides these faults alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from mock_server.domain.register.records import Status
from mock_server.domain.register.shelf import Ask, Order, Register, Rows
from mock_server.faults.fault import Family, with_body
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Handler, Request

SHELF: Final = shelf(Family.STATE)

_LIST: Final = "getAssets"
_THIRD: Final = 2  # pages before the third


@SHELF.books("list-third-page-repeats", "The third page begins with the second's last row.", "xero.R16", "xero.R17")
class _ThirdPageRepeats(Register):
    def page(self, ask: Ask) -> Rows:
        third = ask.first == _THIRD * ask.limit
        return super().page(replace(ask, first=ask.first - 1) if third else ask)


@SHELF.books("list-last-row-lost", "The last page leaves its last row out.", "xero.R16", "xero.R17", "xero.R20")
class _LastRowLost(Register):
    def page(self, ask: Ask) -> Rows:
        rows = super().page(ask)
        is_last = ask.first + ask.limit >= rows.total
        return replace(rows, assets=rows.assets[:-1]) if is_last and ask.first else rows


@SHELF.books("list-price-unordered", "An order by purchase price is one by name.", "xero.R18")
class _PriceUnordered(Register):
    def page(self, ask: Ask) -> Rows:
        return super().page(replace(ask, order=Order.NAME) if ask.order is Order.PRICE else ask)


@SHELF.books("list-always-ascending", "An order by name is ascending, whatever was asked for.", "xero.R18")
class _AlwaysAscending(Register):
    def page(self, ask: Ask) -> Rows:
        return super().page(replace(ask, descending=False) if ask.order is Order.NAME else ask)


@SHELF.books("filter-without-types", "filterBy does not look at the names of types.", "xero.R20", "xero.R16")
class _FilterWithoutTypes(Register):
    def page(self, ask: Ask) -> Rows:
        types, self._types = self._types, []
        try:
            return super().page(ask)
        finally:
            self._types = types


@SHELF.books("disposed-listed", "What has been disposed of stays among the registered.", "xero.R13")
class _DisposedListed(Register):
    def page(self, ask: Ask) -> Rows:
        rows = super().page(ask)
        if ask.status is not Status.REGISTERED:
            return rows
        sold = super().page(replace(ask, status=Status.DISPOSED)).assets
        return Rows((*rows.assets, *sold)[: ask.limit], rows.total + len(sold))


@SHELF.handlers("twenty-a-page", "A page that nobody asked the size of has twenty rows.", "xero.R15", of=_LIST)
def _twenty_a_page(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        default = request.query["pageSize"] == 10 and request.query["page"] == 1
        request.query["pageSize"] = 20 if default else request.query["pageSize"]
        return handler(request)

    return answer


@SHELF.answers("pages-rounded-down", "pageCount does not count a last page that is not full.", "xero.R17", of=_LIST)
def _pages_rounded_down(_request: Request, answer: Answer) -> Answer:
    told: dict[str, Any] = answer.body["pagination"]
    fewer = {**told, "pageCount": told["itemCount"] // told["pageSize"]}
    return with_body(answer, {**answer.body, "pagination": fewer})


@SHELF.answers("items-of-the-page", "itemCount counts the rows of the page.", "xero.R17", of=_LIST)
def _items_of_the_page(_request: Request, answer: Answer) -> Answer:
    told: dict[str, Any] = answer.body["pagination"]
    return with_body(answer, {**answer.body, "pagination": {**told, "itemCount": len(answer.body["items"])}})


@SHELF.answers("list-leap-day", "A list shows a purchase of 29 February as one of the 28th.", "xero.R21", of=_LIST)
def _list_leap_day(_request: Request, answer: Answer) -> Answer:
    def wrong(item: dict[str, Any]) -> dict[str, Any]:
        shown = {name: value for name, value in item.items() if name == "purchaseDate" and "-02-29T" in value}
        return {**item, **{name: value.replace("-02-29T", "-02-28T") for name, value in shown.items()}}

    return with_body(answer, {**answer.body, "items": [wrong(item) for item in answer.body["items"]]})
