"""Layer's variants. Decides which there are, and which points of its profile leave them open."""

from __future__ import annotations

from typing import Any, Final

from mock_server.domain.refused import Code
from mock_server.faults.fault import Parts, recast, with_handlers
from mock_server.surface import Answer, Handler, Request
from mock_server.variants.books import ChangesById, ReversalNow, VoidInPlace
from mock_server.variants.variant import Variant, conflict_409, more_members, other_ids, other_texts, slow

_PAGED: Final = (
    "business.assets.get",
    "business.assets.valueUpdates.get",
    "business.ledger.entries.get",
    "business.ledger.accounts.accountId.lines.get",
)
_LONGEST: Final = 7  # rows of a page


def _small_pages(parts: Parts) -> Parts:
    def clamped(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            query: dict[str, Any] = request.query
            request.query = {**query, "limit": min(query["limit"], _LONGEST)}
            return handler(request)

        return answer

    return with_handlers(parts, _PAGED, clamped)


VARIANTS: Final = (
    Variant(
        "strict-accounts",
        "Accounts are named by objects only.",
        "bare_account",
        "refused",
        switches={"strict_accounts": True},
    ),
    Variant(
        "floors",
        "A decrease that would take an asset's carrying value below zero is refused.",
        "below_zero",
        400,
        switches={"refuse_below_zero": True},
    ),
    Variant(
        "void-in-place",
        "Taking a value update back removes its entry and posts no reversal.",
        "reversal_date",
        "void_in_place",
        lambda parts: recast(parts, VoidInPlace),
        about="reversal",
    ),
    Variant(
        "reversal-now",
        "A reversal is dated when it is made.",
        "reversal_date",
        "now",
        lambda parts: recast(parts, ReversalNow),
        about="reversal",
    ),
    conflict_409(
        "refusal_status",
        Code.ARCHIVED_ASSET,
        Code.BELOW_FLOOR,
        Code.CLOSED_PERIOD,
        Code.ENTRY_OF_A_CHANGE,
        Code.REPLAY_DIFFERS,
        Code.VOIDED_CHANGE,
    ),
    other_texts("description", empty=("error_enum", "meta")),
    more_members("metadata", "cells"),
    Variant("small-pages", "A page has seven rows at most, whatever is asked for.", "limit", "clamped", _small_pages),
    other_ids(),
    slow(),
    Variant(
        "by-id",
        "Value updates of the same instant are listed in the order of their ids.",
        "equal_sort_values",
        "by_id",
        lambda parts: recast(parts, ChangesById),
    ),
)
