"""Ctrl-C, and a request to end, for the time of a run.

Decides that an interrupt is remembered: libraries swallow a KeyboardInterrupt that reaches them at an
unlucky moment, or turn it into an error of their own. Whoever is about to send something asks here.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, Self

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_BLINK_S: Final = 0.2  # how soon a thread that waits notices


class Interrupt:
    """A context manager that remembers SIGINT and SIGTERM, and then gives the old handlers back.

    Outside the main thread, where no handler may be set, it remembers nothing and nothing changes.
    """

    def __init__(self) -> None:
        self.asked = False
        self._deferring = False
        self._before: dict[signal.Signals, Any] = {}
        self._told: Callable[[sys.UnraisableHookArgs], object] | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            # Whoever started us with a signal ignored, as shells do in the background, wants it so.
            heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
            self._before = {number: signal.signal(number, self._note) for number in heard}
            self._told = sys.unraisablehook
            sys.unraisablehook = self._tell
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._told is not None:
            sys.unraisablehook, self._told = self._told, None
        for number, handler in self._before.items():
            # None stands for a handler that was not set from Python and that Python cannot set again.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def check(self) -> None:
        """Raise KeyboardInterrupt if an interrupt was asked for and nothing holds it back."""
        if self.asked and not self._deferring:
            raise KeyboardInterrupt

    def pause(self, seconds: float) -> None:
        """Wait, in whichever thread, and no longer than until an interrupt. Raises KeyboardInterrupt."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, _BLINK_S))

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """However the block ends, it ends in KeyboardInterrupt if an interrupt was asked for."""
        try:
            yield
        except BaseException as error:
            if self.asked and not isinstance(error, KeyboardInterrupt):
                raise KeyboardInterrupt from error
            raise
        self.check()

    @contextmanager
    def deferred(self) -> Iterator[None]:
        """Let the block put things in order first; only a second interrupt ends it."""
        before, self._deferring = self._deferring, True
        try:
            yield
        finally:
            self._deferring = before

    def _tell(self, swallowed: sys.UnraisableHookArgs) -> None:
        """An interrupt that nobody could be told of is remembered, and no news for anybody."""
        if self._told is not None and not (self.asked and swallowed.exc_type is KeyboardInterrupt):
            self._told(swallowed)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        waits = self._deferring and not self.asked
        self.asked = True
        if not waits:
            raise KeyboardInterrupt
