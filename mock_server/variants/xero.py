"""Xero's variants. Decides which there are, and which points of its profile leave them open."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from mock_server.apis.xero import admission
from mock_server.domain.refused import Code
from mock_server.faults.fault import Parts, with_handlers
from mock_server.surface import Answer, Handler, Request
from mock_server.variants.variant import Variant, conflict_409, more_members, other_ids, other_texts, slow

_LIST: Final = "getAssets"


def _by_id(parts: Parts) -> Parts:
    """A list that nobody ordered is fetched whole, ordered, and cut into pages here."""

    def other(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            if "orderBy" in request.query:
                return handler(request)
            asked = request.query
            right = handler(request)
            rows = _every_row(handler, request)
            first = (asked["page"] - 1) * asked["pageSize"]
            items = sorted(rows, key=lambda row: str(row["assetId"]))[first : first + asked["pageSize"]]
            return replace(right, body={**right.body, "items": items})

        return answer

    return with_handlers(parts, _LIST, other)


def _every_row(handler: Handler, request: Request) -> list[Any]:
    everything = max(1, len(admission.tenant(request).register))
    whole = replace(request, query={**request.query, "page": 1, "pageSize": everything})
    rows: list[Any] = handler(whole).body["items"]
    return rows


VARIANTS: Final = (
    Variant(
        "this-year-only",
        "currentAccumDepreciationAmount covers the current financial year only.",
        "current_accum",
        "this_year",
        switches={"accumulated_this_year": True},
    ),
    conflict_409("duplicate_number", Code.NUMBER_TAKEN, Code.TYPE_IN_USE),
    other_texts("localisedMessage", "title", "detail", "Detail", "message"),
    more_members("metaData"),
    other_ids(),
    slow(),
    Variant("by-id", "A list that nobody ordered is in the order of the ids.", "order_default", "anything", _by_id),
)
