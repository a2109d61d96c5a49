"""What the formats of the documents mean here, to the letter.

Decides which texts are a uuid, a date-time and a date; the validator's own notion lets braces,
`urn:uuid:`, year 0000 and leap seconds pass. Knows no schema.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
"""A pattern that matches a whole uuid and nothing else, in Python's regular expressions and in the validator's."""

_UUID = re.compile(UUID)
_INSTANT = re.compile(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]+)?"
    "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_USUAL_LENGTH: Final = len("2024-02-29T00:00:00.000000000+00:00")


def is_uuid(text: str) -> bool:
    """Whether `text` is an RFC 9562 uuid in its dashed spelling, hex digits in either case."""
    return _UUID.fullmatch(text) is not None


def is_instant(text: str) -> bool:
    """Whether `text` is an RFC 3339 date-time whose UTC day lies in the years 0001 to 9999.

    Leap seconds (`:60`) are not: no calendar of the books has them.
    """
    return _is_known_instant(text) if len(text) <= _USUAL_LENGTH else _is_instant(text)


def _is_instant(text: str) -> bool:
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):  # 30 February; 0001-01-01T00:00:00+01:00
        return False
    return True


# Books name the same few days over and over.
_is_known_instant = lru_cache(maxsize=4096)(_is_instant)


def is_date(text: str) -> bool:
    """Whether `text` is an RFC 3339 full-date in the years 0001 to 9999."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


FORMATS: Final[Mapping[str, Callable[[str], bool]]] = {
    "uuid": is_uuid,
    "date-time": is_instant,
    "date": is_date,
}
