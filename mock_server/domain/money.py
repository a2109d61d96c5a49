"""Money: whole minor units (cents) in signed 64 bits.

Decides which amounts exist. Python integers never overflow, so the range is checked here, for each
amount and after each addition (rule L8); no float comes near.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.refused import Code, Refused

MAX_MINOR: Final = 2**63 - 1
"""The largest amount, and the most that the live entries of one book may add up to."""


def positive(minor: int) -> int:
    """Return `minor` if it is an amount that can be posted.

    Raises Refused: AMOUNT_NOT_POSITIVE, AMOUNT_TOO_LARGE.
    """
    if minor < 1:
        raise Refused(Code.AMOUNT_NOT_POSITIVE, f"An amount must be at least 1 cent; got {minor}.")
    if minor > MAX_MINOR:
        raise Refused(Code.AMOUNT_TOO_LARGE, f"An amount must be at most {MAX_MINOR}; got {minor}.")
    return minor


def added(total: int, minor: int) -> int:
    """Return `total` + `minor`, both from 0 up.

    Raises Refused (AMOUNT_TOO_LARGE) where the sum leaves 64 bits.
    """
    if total + minor > MAX_MINOR:
        room = MAX_MINOR - total
        message = f"The amounts of all live entries may add up to {MAX_MINOR}; {room} is left, got {minor}."
        raise Refused(Code.AMOUNT_TOO_LARGE, message)
    return total + minor
