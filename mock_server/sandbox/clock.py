"""Where "now" comes from.

Decides that time never goes back within a sandbox. Knows nothing else.
"""

from __future__ import annotations

import time


class SystemClock:
    """The machine's clock; where it is set back, the sandbox's time stands still meanwhile."""

    def __init__(self) -> None:
        self._last_ns = 0

    def now_ns(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z."""
        self._last_ns = max(self._last_ns, time.time_ns())
        return self._last_ns
