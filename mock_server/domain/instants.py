"""Instants, and the calendar days that they fall on.

Decides that the books count in UTC days (rule O1, T4), that an instant keeps the text it came in,
and which texts are instants: RFC 3339 date-times whose UTC day is in the years 0001 to 9999. Leap
seconds are not: no day's end may depend on a table of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from mock_server.domain.refused import Code, Refused

SECOND_NS: Final = 1_000_000_000
DAY_NS: Final = 86_400 * SECOND_NS
_EPOCH: Final = date(1970, 1, 1).toordinal()
_LAST: Final = date.max.toordinal()
_USUAL_LENGTH: Final = len("2024-02-29T00:00:00.000000000+00:00")

_RFC_3339: Final = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[Tt]"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<offset_hour>[01][0-9]|2[0-3]):(?P<offset_minute>[0-5][0-9]))",
)


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time; two are equal when they are the same point, however they were written.

    ns: nanoseconds since 1970-01-01T00:00:00Z; finer fractions are cut off. text: as it was sent.
    """

    ns: int
    text: str = field(compare=False)

    @property
    def day_number(self) -> int:
        """The UTC day, counted as `date.toordinal` does."""
        return self.ns // DAY_NS + _EPOCH

    @property
    def day(self) -> date:
        """The UTC day."""
        return date.fromordinal(self.day_number)


def parse(text: str, at: str = "") -> Instant:
    """Read an RFC 3339 date-time. at: the caller's label of it (`Refused.at`).

    Raises Refused (NOT_AN_INSTANT): another spelling, an impossible date, second 60, or a UTC day
    outside the years 0001 to 9999.
    """
    try:
        return _known(text) if len(text) <= _USUAL_LENGTH else _read(text)
    except ValueError as error:
        raise Refused(Code.NOT_AN_INSTANT, f"{text[:64]!r} {error}.", at) from error


def start_of(day: date) -> Instant:
    """The first instant of a UTC day: that of entries which have a day alone."""
    return parse(f"{day.isoformat()}T00:00:00Z")


def written(ns: int) -> str:
    """Spell an instant of our own clock: RFC 3339 in UTC, to the microsecond."""
    seconds, rest = divmod(ns, SECOND_NS)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{rest // 1000:06d}Z"


def _read(text: str) -> Instant:
    found = _RFC_3339.fullmatch(text)
    if found is None:
        raise ValueError("is not an RFC 3339 date-time such as 2024-02-29T00:00:00Z")
    try:
        days = date(int(found["year"]), int(found["month"]), int(found["day"])).toordinal() - _EPOCH
    except ValueError:
        raise ValueError("is not a date of the calendar") from None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError("has no such time of day; seconds run from 00 to 59")
    offset_minutes = 0
    if found["sign"]:
        offset_minutes = int(found["offset_hour"]) * 60 + int(found["offset_minute"])
        offset_minutes = -offset_minutes if found["sign"] == "-" else offset_minutes
    seconds = ((days * 24 + hour) * 60 + minute - offset_minutes) * 60 + second
    fraction_ns = int((found["fraction"] or "0").ljust(9, "0")[:9])
    instant = Instant(seconds * SECOND_NS + fraction_ns, text)
    if not 1 <= instant.day_number <= _LAST:
        raise ValueError("falls on a UTC day outside the years 0001 to 9999")
    return instant


# Books name the same few days over and over: their entries share one object for each.
_known = lru_cache(maxsize=4096)(_read)
