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

_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503


def asks_for_patience(reply: Reply) -> bool:
    """Whether the reply only says "not now": any 429, and a 503 that says when to come back.

    A 503 that does not say so is a server error like any other (RFC 9110 15.6.4).
    """
    return reply.status == _TOO_MANY or retry_after_s(reply) is not None


def retry_after_s(reply: Reply) -> float | None:
    """How long a busy server asks to be left alone, in seconds; None when it does not ask.

    RFC 9110 10.2.3: a number of seconds, or a date.
    """
    text = reply.header("retry-after") if reply.status in (_TOO_MANY, _UNAVAILABLE) else None
    if text is None:
        return None
    if text.strip().isascii() and text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (ValueError, OverflowError):
        return None
