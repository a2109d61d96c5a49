"""A call and its reply: the words that every part of the kit speaks.

Decides how a request and a response are held; knows no transport, no API and no rule.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol


class Who(Enum):
    """Whose credentials a call carries."""

    OWNER = "owner"  # the target's own token
    OTHER = "other"  # the second tenant's token
    NOBODY = "nobody"  # no credentials at all


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request, relative to a target.

    path: below the target's base URL, starting with "/", already percent-encoded.
    headers: beyond those of the target and its credentials.
    body: the exact bytes, or None. operation_id: the document's, "" where the document has none.
    control: whether it is for the target's control plane, whose base URL the path is then below; such
    a call carries no credentials.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    operation_id: str = ""
    who: Who = Who.OWNER
    control: bool = False

    def with_json(self, data: Any) -> Call:
        """The same call with `data` as its JSON body and the media type that says so."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != "content-type")
        body = json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        return replace(self, headers=(*kept, ("content-type", "application/json")), body=body)

    @property
    def mutates(self) -> bool:
        """Whether the method is one that may write (RFC 9110 9.2.1)."""
        return self.method not in ("GET", "HEAD", "OPTIONS", "TRACE")


class NotJson(ValueError):
    """A reply's body is not JSON."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response. `started` and `ended` are monotonic seconds around the exchange."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    started: float = 0.0
    ended: float = 0.0
    _parsed: list[Any] = field(default_factory=list, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether the call was accepted (2xx)."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the call was refused (4xx)."""
        return 400 <= self.status < 500

    def header(self, name: str) -> str | None:
        """The first header of that name, in any casing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def json(self) -> Any:
        """The body as JSON: integers exact, other numbers as Decimal.

        Raises NotJson.
        """
        if not self._parsed:
            try:
                self._parsed.append(json.loads(self.body, parse_float=Decimal, parse_int=_whole, parse_constant=_no))
            except (ValueError, RecursionError) as error:
                raise NotJson(str(error)) from error
        return self._parsed[0]


def _whole(digits: str) -> int | Decimal:
    """An integer, however long: Python's int() gives up at 4,300 digits, JSON does not."""
    return int(digits) if len(digits) <= 4_000 else Decimal(digits)


def _no(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


class Unreachable(Exception):
    """No reply could be had: connection refused, TLS, time-out. The text is one clear sentence."""


class BrokenOff(Unreachable):
    """One call got no reply, while the target still answers others. The text is one clear sentence."""


class Driver(Protocol):
    """The seam to any implementation. Safe to use from several threads at once."""

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply, whatever its status. Raises Unreachable."""
