"""What calls with an Idempotency-Key were answered.

Decides what a replay is: the same key, operation and body. Only calls that were carried out are kept,
so that a refused one may be mended and sent again under its key. The memory is bounded.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from mock_server.surface import Answer

MOST: Final = 1_000
"""How many keys an organisation remembers; the oldest are forgotten."""

MOST_SAID: Final = 16 * 1024 * 1024
"""How much the remembered requests may have said together, in characters: replies are about as long."""


class Differs(ValueError):
    """The key was used before, for another request."""


class Gist(NamedTuple):
    """What tells a request from every other one, and how much it said."""

    digest: bytes
    size: int


class Replays:
    """The keys of one organisation, oldest first."""

    __slots__ = ("_known", "_most", "_most_said", "_said")

    def __init__(self, most: int = MOST, most_said: int = MOST_SAID) -> None:
        self._most = most
        self._most_said = most_said
        self._said = 0
        self._known: OrderedDict[str, tuple[Gist, Answer]] = OrderedDict()

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._known)

    def find(self, key: str, said: Gist) -> Answer | None:
        """What the request was answered that had this key; None where the key is new. Raises Differs."""
        known = self._known.get(key)
        if known is None:
            return None
        if known[0] != said:
            raise Differs(key)
        return known[1]

    def keep(self, key: str, said: Gist, answer: Answer) -> None:
        """Remember what a request with a new key was answered."""
        self._known[key] = (said, answer)
        self._said += said.size
        while len(self._known) > self._most or (self._said > self._most_said and len(self._known) > 1):
            _, (oldest, _) = self._known.popitem(last=False)
            self._said -= oldest.size


def gist(operation_id: str, body: Any) -> Gist:
    """The gist of a request: its operation and its body as JSON, in any order of members."""
    text = json.dumps([operation_id, body], sort_keys=True, default=lambda number: {"decimal": str(number)})
    return Gist(blake2b(text.encode(), digest_size=16).digest(), len(text))
