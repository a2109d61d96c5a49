"""When the next request may go out, for all who send to one target.

Decides that requests under a limit are evenly spaced, so that no window of any length holds more than
it may, and that a server which wants to be left alone is left alone by everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic, sleep


class Pace:
    """Turns, one for each request, from any number of threads."""

    def __init__(
        self,
        rps: float | None = None,
        *,
        pause: Callable[[float], None] = sleep,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """rps: requests a second at most; None for as many as there are. `pause`, `now`: how waiting is done."""
        self._gap = 1 / rps if rps else 0.0
        self._pause = pause
        self._now = now
        self._lock = Lock()
        self._next = 0.0

    def turn(self) -> None:
        """Wait until a request may go out."""
        with self._lock:
            now = self._now()
            at = max(now, self._next)
            self._next = at + self._gap if self._gap else self._next
        if at > now:
            self._pause(at - now)

    def hold(self, seconds: float) -> None:
        """Nobody's turn comes before so many seconds have passed."""
        with self._lock:
            self._next = max(self._next, self._now() + seconds)
