"""Handlers of /ledger/entries and /ledger/journal-entries.

Decides how a body's line items become a journal's postings.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.apis.layer import admission, paging, reading, wire
from mock_server.apis.layer.tenants import Business
from mock_server.apis.layer.words import NORMALITIES, SORTS
from mock_server.domain.accounts import AccountRef
from mock_server.domain.book import JournalTerms
from mock_server.domain.entries import Entry
from mock_server.domain.refused import Code
from mock_server.surface import Answer, Request

POINTERS: Final = {
    Code.AMOUNT_TOO_LARGE: "/line_items",
    Code.TOO_FEW_POSTINGS: "/line_items",
    Code.ZERO_POSTING: "/line_items",
    Code.UNBALANCED: "/line_items",
    Code.CLOSED_PERIOD: "/entry_at",
    Code.REPLAY_DIFFERS: "/external_id",
}


def post(request: Request) -> Answer:
    """Post a manual entry, or answer the same one."""
    business, body = admission.business(request), request.body
    terms = JournalTerms(
        instant=reading.instant(body, "entry_at"),
        lines=[_line(row, item) for row, item in enumerate(body["line_items"])],
        note=reading.note(body),
    )
    entry, new = business.book.post_journal(terms, external_id=body.get("external_id"))
    return _answer(201 if new else 200, business, entry)


def page(request: Request) -> Answer:
    """One page of the entries."""
    business, query = admission.business(request), request.query
    found = business.book.ledger.page(paging.ask(request), sort=SORTS[query["sort_by"]], days=reading.days(query))
    return paging.answer(request, found, lambda entry: wire.entry(business, entry))


def fetch(request: Request) -> Answer:
    """One entry."""
    return _answer(200, admission.business(request), admission.entry(request))


def reverse(request: Request) -> Answer:
    """Reverse an entry that was posted directly, or answer the reversal that it has."""
    business, entry = admission.business(request), admission.entry(request)
    reversal, new = business.book.reverse(entry)
    return _answer(201 if new else 200, business, reversal)


HANDLERS: Final = {
    "business.ledger.journalEntries.post": post,
    "business.ledger.entries.get": page,
    "business.ledger.entries.entryId.get": fetch,
    "business.ledger.entries.entryId.reverse.post": reverse,
}


def _line(row: int, item: dict[str, Any]) -> tuple[AccountRef, int]:
    account = reading.account(item["account_identifier"], f"/line_items/{row}/account_identifier")
    return account, NORMALITIES[item["direction"]].signed(item["amount"])


def _answer(status: int, business: Business, entry: Entry) -> Answer:
    return Answer(status, {"data": wire.entry(business, entry)})
