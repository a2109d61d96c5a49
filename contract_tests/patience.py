"""What a server says that wants to be asked again later.

Decides, once for all parts of a run, which replies ask for patience and for how long. Such a reply says
nothing about the call, so that no rule may be judged by it.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from time import time
from typing import Final

from contract_tests.call import Reply

LONGEST_WAIT_S: Final = 60.0
"""How long one call is held back in all by replies that ask for patience, and everybody by one of them."""

SHORTEST_WAIT_S: Final = 0.05
"""How long a server is left alone that says "now", so that it is not asked without a pause."""

UNSAID_S: Final = 1.0
"""How long a server is left alone that has had too many requests and does not say for how long."""

_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503


def asks_for_patience(reply: Reply) -> bool:
    """Whether the reply only says "not now": any 429, and a 503 that says when to come back.

    A 503 that does not say so is a server error like any other (RFC 9110 15.6.4).
    """
    return retry_after_s(reply) is not None


def retry_after_s(reply: Reply) -> float | None:
    """How long a busy server asks to be left alone, in seconds; None when it does not ask.

    RFC 9110 10.2.3: a number of seconds, or a date. RFC 6585 4: a 429 asks without a time, too.
    """
    if reply.status not in (_TOO_MANY, _UNAVAILABLE):
        return None
    said = _seconds(reply.header("retry-after") or "")
    return UNSAID_S if said is None and reply.status == _TOO_MANY else said


def _seconds(text: str) -> float | None:
    if text.strip().isascii() and text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, OverflowError):
        return None
