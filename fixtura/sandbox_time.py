"""The clock of a sandbox in process, as a test sets it.

Decides the words: freeze, move, resume. What a clock may do is `mock_server.sandbox`'s affair.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from mock_server.sandbox import timing
from mock_server.sandbox.clock import SystemClock


class SandboxTime:
    """What time it is in a sandbox. It never goes back: a sandbox that shall live in the past is opened there."""

    def __init__(self, clock: Any) -> None:
        assert isinstance(clock, SystemClock), "a sandbox of ours has a clock that can be set"
        self._clock = clock

    @property
    def now(self) -> datetime:
        """The time in there, in UTC."""
        return datetime.fromisoformat(timing.told(self._clock))

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._clock.frozen

    def freeze(self, at: datetime | str | None = None) -> None:
        """Let it stand still, now or at a later time. Raises BadTime for an earlier one."""
        timing.set_clock(self._clock, _text(at), frozen=True)

    def move(self, to: datetime | str | None = None, **by: float) -> None:
        """Set it to a later time, or forward by a timedelta's `days`, `hours`, ...; frozen, it stays so.

        Raises BadTime for an earlier one.
        """
        target = self.now + timedelta(**by) if to is None else to
        timing.set_clock(self._clock, _text(target))

    def resume(self) -> None:
        """Let it go on from where it stands."""
        timing.set_clock(self._clock, None, frozen=False)


def _text(at: datetime | str | None) -> str | None:
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()
    return at
