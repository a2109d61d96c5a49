"""A window of some milliseconds between what a request saw and what it writes.

Decides how one is opened: a handler is one indivisible step; what is seen is therefore taken before a
wait, and put in the way of the handler after it. Alone, a request finds nothing wrong.
"""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from mock_server.faults.fault import Parts, with_handlers, with_wait
from mock_server.surface import Answer, Handler, Request

WINDOW_S: Final = 0.005


@dataclass(frozen=True, slots=True)
class Window:
    """Between arrival and handler of one operation.

    see: what a request sees when it comes. under: how it is put in the handler's way: called with the
    request and what was seen before the handler, with the request and None after it.
    """

    operation_id: str
    see: Callable[[Request], Any]
    under: Callable[[Request, Any], None]

    def apply(self, parts: Parts) -> Parts:
        """The parts with this window."""
        seen: dict[int, Any] = {}

        async def wait(request: Request) -> None:
            seen[id(request)] = self.see(request)
            await sleep(WINDOW_S)

        def wrong(handler: Handler) -> Handler:
            def answer(request: Request) -> Answer:
                self.under(request, seen.pop(id(request)))
                try:
                    return handler(request)
                finally:
                    self.under(request, None)

            return answer

        return with_wait(with_handlers(parts, self.operation_id, wrong), self.operation_id, wait)
