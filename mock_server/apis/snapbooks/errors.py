"""Snapbooks' errors: what was found wrong, as a status and a sentence.

Decides statuses and words. The body is always the one shape that the page shows, `error` and `status`; what
is wrong with a request is told in one sentence, all of it (DECISIONS 20).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from typing import Final

from mock_server.domain.holdings.holdings import BalancesLeft
from mock_server.domain.refused import Refused
from mock_server.surface import Answer, Handler, Refusal, Request, Violation, Where

NOT_FOUND: Final = "Asset not found"

_STATUSES: Final = {
    Where.ROUTE: 404,
    Where.METHOD: 405,
    Where.TOKEN: 401,
    Where.PATH: 404,  # an id that is none is no asset's
    Where.QUERY: 400,
    Where.HEADER: 400,
    Where.MEDIA_TYPE: 415,
    Where.SIZE: 413,
    Where.JSON: 400,
    Where.BODY: 400,
    Where.RATE: 429,
    Where.SERVER: 500,
}


def refuse(violations: Sequence[Violation]) -> Answer:
    """`Surface.refuse`."""
    where = violations[0].where
    said = "; ".join(dict.fromkeys(_told(violation) for violation in violations))
    return _answer(_STATUSES[where], f"Not found: {said}" if where is Where.PATH else said)


def refused(status: int, message: str) -> Refusal:
    """What is raised to answer with an error."""
    return Refusal(_answer(status, message))


def in_our_words(handler: Handler) -> Handler:
    """The handler, with what the books refuse as this API says it."""

    @wraps(handler)
    def answering(request: Request) -> Answer:
        try:
            return handler(request)
        except BalancesLeft as denied:
            left = ", ".join(f"account {account.key}: {decimal(minor)}" for account, minor in denied.balances)
            raise refused(400, f"Cannot deactivate asset: {left}") from denied
        except Refused as refusal:
            raise refused(400, f"{refusal.at}: {refusal}" if refusal.at else str(refusal)) from refusal

    return answering


def _answer(status: int, message: str) -> Answer:
    return Answer(status, {"error": message, "status": status})


def _told(violation: Violation) -> str:
    where = violation.pointer.removeprefix("/").replace("/", ".")
    message = "must not be blank" if violation.keyword == "pattern" and where == "name" else violation.message
    return f"{where} {message}" if where else message[:1].upper() + message[1:]


def decimal(minor: int) -> str:
    """Cents with two decimals and a dot: "-2500.00"."""
    whole, cents = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole}.{cents:02}"
