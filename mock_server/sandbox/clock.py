"""Where "now" comes from.

Decides that time never goes back within a sandbox, whatever it is told. Knows nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class Backwards(ValueError):
    """The clock was to be set to a time before now; it stands as it stood."""


class SystemClock:
    """The machine's clock until it is told otherwise; where that is set back, the sandbox's stands still meanwhile.

    What has been told a time, an entry's creation say, must not lie in the future of what comes after it:
    that is why a clock can be stopped and set forward, but never back. A sandbox that shall live in the past
    is started there.
    """

    def __init__(self, start_ns: int | None = None, machine: Callable[[], int] | None = None) -> None:
        """start_ns: where it starts, in the past or the future; None for the machine's own time."""
        self._machine = machine or (lambda: time.time_ns())
        self._ahead_ns = 0 if start_ns is None else start_ns - self._machine()
        self._stopped_ns: int | None = None
        self._last_ns = 0

    @property
    def frozen(self) -> bool:
        """Whether it stands still until it is told to go on."""
        return self._stopped_ns is not None

    def now_ns(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z."""
        now = self._machine() + self._ahead_ns if self._stopped_ns is None else self._stopped_ns
        self._last_ns = max(self._last_ns, now)
        return self._last_ns

    def set(self, at_ns: int | None = None, *, frozen: bool | None = None) -> None:
        """Set it to a time, and have it stand still or go on from there; None leaves either as it is.

        Raises Backwards.
        """
        now = self.now_ns()
        if at_ns is not None and at_ns < now:
            raise Backwards
        at = now if at_ns is None else at_ns
        self._stopped_ns = at if (self.frozen if frozen is None else frozen) else None
        self._ahead_ns = at - self._machine()
