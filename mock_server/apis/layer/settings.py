"""Handlers of /accounting-config and /whoami: the business's settings and the caller's identity."""

from __future__ import annotations

from datetime import date
from typing import Final

from mock_server.apis.layer import admission
from mock_server.apis.layer.tenants import Business
from mock_server.apis.layer.words import BASES, BASIS
from mock_server.domain.refused import Code
from mock_server.surface import Answer, Request

POINTERS: Final[dict[Code, str]] = {}


def fetch(request: Request) -> Answer:
    """The accounting settings."""
    return _answer(admission.business(request))


def change(request: Request) -> Answer:
    """Set the members sent; a null closing date opens the books."""
    business, body = admission.business(request), request.body
    book = business.book
    if "closing_date" in body:
        said = body["closing_date"]
        book.ledger.close(None if said is None else date.fromisoformat(said))
    if "default_reporting_basis" in body:
        book.keep_books_on(BASES[body["default_reporting_basis"]])
    return _answer(business)


def whoami(request: Request) -> Answer:
    """The client behind the token."""
    client: str = request.grant.client
    data = {"type": "whoami", "clientName": f"Sandbox {client}", "clientId": f"layer-{client}"}
    return Answer(200, {"data": data})


HANDLERS: Final = {
    "business.accountingConfig.get": fetch,
    "business.accountingConfig.patch": change,
    "whoami.get": whoami,
}


def _answer(business: Business) -> Answer:
    closed_before = business.book.ledger.closed_before
    data = {
        "type": "Accounting_Configuration",
        "business_id": business.id,
        "default_reporting_basis": BASIS[business.book.default_basis],
        "closing_date": None if closed_before is None else closed_before.isoformat(),
    }
    return Answer(200, {"data": data})
