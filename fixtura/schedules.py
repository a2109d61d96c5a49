"""A depreciation schedule on its own: from what a person writes to the months, and to the forms they are shown in.

Decides how amounts, rates, lives, dates and re-estimates are written, and what a row of a table, of JSON
and of CSV holds. What is charged when is `mock_server.domain.schedule`'s; how an API wants to be told is
that API's (`mock_server.apis.<api>.schedule`, found by name).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, Final, NamedTuple

import spec
from mock_server.domain.money import MAX_MINOR
from mock_server.domain.schedule import Method, Period, Schedule, YearEnd, levelled, revised
from mock_server.domain.schedule.revision import Changes
from spec import AssetClass

MOST_YEARS: Final = 100
_MOST_DIGITS: Final = 30
_AMOUNT: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*")
_YEAR_END: Final = re.compile(r"([0-9]{2})-([0-9]{2})")


class Means(NamedTuple):
    """What the name of a method stands for."""

    method: Method
    factor: int = 100


METHODS: Final = {
    "straight-line": Means(Method.STRAIGHT_LINE),
    "diminishing-value-100": Means(Method.DIMINISHING, 100),
    "diminishing-value-150": Means(Method.DIMINISHING, 150),
    "diminishing-value-200": Means(Method.DIMINISHING, 200),
    "full": Means(Method.FULL),
    "none": Means(Method.NONE),
}


class TooLong(ValueError):
    """A schedule of more years than anybody reads. The text is one sentence."""


class NoForm(ValueError):
    """An API for which there are no requests. The text is one sentence."""


# -- from what is written


def read_amount(text: str) -> int:
    """ "40000.00" as cents. Raises ValueError (one sentence)."""
    if not _AMOUNT.fullmatch(text) or len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is not an amount such as 40000.00")
    minor = Decimal(text).scaleb(2)
    if minor != int(minor):
        raise ValueError(f"{text!r} has more than two decimals")
    if minor > MAX_MINOR:
        raise ValueError(f"{text!r} is more than {money(MAX_MINOR)}")
    return int(minor)


def read_number(text: str) -> Fraction:
    """ "2.5" or "20/3" as an exact number. Raises ValueError (one sentence)."""
    if not _NUMBER.fullmatch(text) or len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is not a number such as 5, 2.5 or 20/3")
    return Fraction(text)


def read_percent(text: str) -> Fraction:
    """ "33.3" as a share of one. Raises ValueError (one sentence)."""
    return read_number(text) / 100


def read_day(text: str) -> date:
    """ "2024-02-29". Raises ValueError (one sentence)."""
    try:
        if len(text) == len("2024-02-29"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text[:40]!r} is not a day such as 2024-02-29")


def read_year_end(text: str) -> YearEnd:
    """ "06-30". Raises ValueError (one sentence), BadTerms among them."""
    found = _YEAR_END.fullmatch(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is not the day of a year such as 06-30")
    return YearEnd(int(found[1]), int(found[2]))


def read_class(text: str) -> AssetClass:
    """The class of assets with that code, of whichever API has one. Raises ValueError (one sentence)."""
    known = {one.code: one for api in spec.classified() for one in spec.asset_classes(api)}
    if text.upper() not in known:
        raise ValueError(f"{text[:40]!r} is none of the asset classes {', '.join(known)}")
    return known[text.upper()]


def read_revision(text: str) -> tuple[date, Changes]:
    """ "2026-01-01:life=4,residual=500.00": the day, and what is estimated anew. Raises ValueError (one sentence)."""
    day, _, rest = text.partition(":")
    changes: Changes = {}
    for part in rest.split(","):
        name, _, value = (word.strip() for word in part.partition("="))
        if name == "life":
            changes["life"] = read_number(value)
        elif name == "rate":
            changes["rate"] = read_percent(value)
        elif name == "residual":
            changes["residual_minor"] = read_amount(value)
        elif name == "method" and value in METHODS:
            changes["method"], changes["factor"] = METHODS[value]
        elif name == "method":
            raise ValueError(f"{value[:40]!r} is none of the methods {', '.join(METHODS)}")
        else:
            raise ValueError(f"{part[:40]!r} is none of life=, residual=, method= and rate=")
    return read_day(day), changes


def with_revisions(schedule: Schedule, revisions: Iterable[tuple[date, Changes]]) -> Schedule:
    """The schedule after its re-estimates, taken by date. Raises BadTerms."""
    for day, changes in sorted(revisions, key=lambda revision: revision[0]):
        schedule = revised(schedule, day, **changes)
    return schedule


def periods_of(schedule: Schedule, through: date | None, *, equal: bool) -> list[Period]:
    """The months or years through that day; where no day is given, at most as many as anybody reads.

    equal: with equal charges, of which the last takes the rest. Raises TooLong.
    """
    periods = levelled(schedule, through) if equal else schedule.periods(through)
    most = MOST_YEARS * schedule.pieces.a_year
    found = list(islice(periods, most + 1) if through is None else periods)
    if through is None and len(found) > most:
        raise TooLong(f"The schedule goes on for more than {MOST_YEARS} years; say --years or --through.")
    return found


def last_day(schedule: Schedule, years: int) -> date:
    """The end of so many years of months, or of financial years, from the start on."""
    pieces = schedule.pieces
    return pieces.last(min(pieces.at(schedule.start) + pieces.a_year * years - 1, pieces.at(date.max)))


# -- to what is shown


def money(minor: int, mark: str = "") -> str:
    """Cents as they are read: 66667 is "666.67". mark: between thousands."""
    return f"{minor // 100:{mark}}.{minor % 100:02}"


def as_json(schedule: Schedule, periods: Iterable[Period]) -> str:
    """The terms in force at the end, and one object a month (or year); amounts are whole minor units."""
    terms = schedule.terms
    told: dict[str, Any] = {
        "cost_minor": terms.cost_minor,
        "residual_minor": terms.residual_minor,
        "start": schedule.start.isoformat(),
        "periods": [
            {
                "first": period.first.isoformat(),
                "last": period.last.isoformat(),
                "amount_minor": period.minor,
                "accumulated_minor": period.accumulated_minor,
                "carrying_minor": period.carrying_minor,
            }
            for period in periods
        ],
    }
    return json.dumps(told, indent=2)


def as_csv(periods: Iterable[Period]) -> str:
    """One line a month (or year), with a heading; amounts as decimals."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["first", "last", "amount", "accumulated", "carrying"])
    for period in periods:
        amounts = (period.minor, period.accumulated_minor, period.carrying_minor)
        lines.writerow([period.first.isoformat(), period.last.isoformat(), *map(money, amounts)])
    return out.getvalue()


def apis_with_requests() -> list[str]:
    """The APIs that a schedule can be sent to."""
    return [api for api in spec.available() if find_spec(f"mock_server.apis.{api}.schedule")]


def as_requests(api: str, periods: Iterable[Period], asset: Mapping[str, str | None]) -> str:
    """The bodies that record the months with that API, one JSON document a line.

    asset: how the asset and the account are named (`mock_server.apis.<api>.schedule.requests`). Raises NoForm.
    """
    known = apis_with_requests()
    if api not in known:
        raise NoForm(f"there are no requests as {api[:40]!r}; there are as {', '.join(known)}")
    bodies = import_module(f"mock_server.apis.{api}.schedule").requests(periods, **asset)
    return "".join(json.dumps(body) + "\n" for body in bodies)
