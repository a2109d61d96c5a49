"""Instants as the books hold them: UTC, as text that sorts, with every digit of the second.

Decides which date-times exist; knows no API and no table.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DATE_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[Tt](?P<time>\d\d:\d\d:\d\d)(\.(?P<fraction>\d+))?(?P<zone>[Zz]|[+-]\d\d:[0-5]\d)",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def normal(text: str) -> str:
    """The instant in UTC without its zone, such as 2024-02-29T00:00:00.5.

    Raises ValueError for what is not an RFC 3339 date-time, has a second 60, or whose UTC day
    lies outside of years 1 to 9999.
    """
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not an RFC 3339 date-time")
    local = datetime.fromisoformat(f"{found['day']}T{found['time']}{found['zone'].upper()}")
    try:
        utc = local.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text[:40]!r} has a UTC day outside of years 1 to 9999") from error
    fraction = (found["fraction"] or "").rstrip("0")
    return utc.isoformat()[:19] + (f".{fraction}" if fraction else "")


def shown(instant: str | None) -> str | None:
    """A held instant as replies spell it."""
    return None if instant is None else f"{instant}Z"


def day(text: str) -> str:
    """The UTC day of a date-time, as YYYY-MM-DD. Raises ValueError as `normal`."""
    return normal(text)[:10]


def now() -> str:
    """The present instant, as the books hold it."""
    return normal(datetime.now(UTC).isoformat())


def is_date_time(value: object) -> bool:
    """Whether a JSON value keeps the format `date-time` (anything but text does)."""
    return not isinstance(value, str) or _exists(normal, value)


def is_date(value: object) -> bool:
    """Whether a JSON value keeps the format `date` (anything but text does)."""
    return not isinstance(value, str) or (_DATE.fullmatch(value) is not None and _exists(date.fromisoformat, value))


def _exists(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
