"""The sandbox's clock on the control plane (`/clock`), alike for every API whose control document has it.

Decides how a time is told and asked for, and how far one may go: a year of room is left before the last
day that the books can name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mock_server.domain import instants
from mock_server.domain.refused import Refused
from mock_server.sandbox.clock import Backwards, SystemClock
from mock_server.surface import Answer, Refusal, Request, Surface, Violation, Where

if TYPE_CHECKING:
    import spec

LATEST: Final = "9998-12-31T23:59:59Z"

_GET: Final = "control.clock.get"
_PUT: Final = "control.clock.put"

OPERATIONS: Final = frozenset({_GET, _PUT})
"""What this file adds to an API's own control plane."""


class BadTime(ValueError):
    """A time that the clock cannot be set to. The text is one sentence."""


def set_clock(clock: SystemClock, text: str | None, *, frozen: bool | None = None) -> None:
    """Set the clock to an RFC 3339 time. Raises BadTime, and then nothing has changed."""
    at_ns = None if text is None else time_ns(text)
    try:
        clock.set(at_ns, frozen=frozen)
    except Backwards as error:
        raise BadTime(f"It is {told(clock)} here, and time never goes back: start a sandbox there.") from error


def time_ns(text: str) -> int:
    """Nanoseconds since 1970 of an RFC 3339 time that a clock may be set to. Raises BadTime."""
    try:
        at_ns = instants.parse(text).ns
    except Refused as refused:
        raise BadTime(str(refused)) from refused
    if not 0 <= at_ns <= instants.parse(LATEST).ns:
        raise BadTime(f"{text} is not between 1970-01-01T00:00:00Z and {LATEST}.")
    return at_ns


def told(clock: SystemClock) -> str:
    """What time it is, RFC 3339 in UTC."""
    return instants.written(clock.now_ns())


def controlled(control: Surface, operations: Iterable[spec.Operation], clock: object) -> Surface:
    """The control plane with the operations of the clock, where its document has them and the clock can be set."""
    documented = {operation.operation_id for operation in operations}
    if not isinstance(clock, SystemClock) or not documented >= OPERATIONS:
        return control

    def shown(_request: Request) -> Answer:
        return Answer(200, {"data": {"now": told(clock), "frozen": clock.frozen}})

    def put(request: Request) -> Answer:
        try:
            set_clock(clock, request.body.get("now"), frozen=request.body.get("frozen"))
        except BadTime as error:
            said = str(error).removesuffix(".")
            wrong = Violation(Where.BODY, f"cannot be set: {said[:1].lower()}{said[1:]}", "/now")
            raise Refusal(control.refuse([wrong])) from error
        return shown(request)

    return replace(control, handlers={**control.handlers, _GET: shown, _PUT: put})
