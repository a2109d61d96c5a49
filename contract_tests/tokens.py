"""The tokens that a run shows: those that were given, and those that are fetched and grow old.

Decides that a token is fetched when it is first needed, and after a 401 once more; a fresh one that is
refused, too, is not replaced again. Knows no API.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import Lock

import httpx

from contract_tests.call import Call, Unreachable, Who
from contract_tests.credentials import NoToken, Source, fetched
from contract_tests.reaching import transport_to
from contract_tests.target import Target
from contract_tests.wire import token_of


class Tokens:
    """Each tenant's token of the moment; safe to use from several threads at once."""

    def __init__(self, target: Target) -> None:
        self._target = target
        other = target.other.source if target.other else None
        self._sources: dict[Who, Source] = {
            who: source for who, source in ((Who.OWNER, target.source), (Who.OTHER, other)) if source
        }
        self._held: dict[Who, str] = {}
        self._in_vain: Counter[Who] = Counter()
        self._lock = Lock()

    def of(self, who: Who) -> str | None:
        """The token that `who` shows, or None for no credentials. Raises Unreachable where none can be had."""
        if who not in self._sources:
            return token_of(self._target, who)
        with self._lock:
            if who not in self._held:
                self._held[who] = self._fetch(who)
            return self._held[who]

    def shown_by(self, call: Call) -> str | None:
        """The token of a call; None where it carries none, or credentials of its own."""
        own = any(name.lower() == "authorization" for name, _ in call.headers)
        return None if call.control or own else self.of(call.who)

    def renewed(self, who: Who, shown: str | None, status: int) -> bool:
        """Whether a call that showed this token and got this status is worth another try, with another token.

        Raises Unreachable.
        """
        if shown is None or who not in self._sources:
            return False
        with self._lock:
            if self._held.get(who) != shown:  # somebody else has noticed before
                return status == httpx.codes.UNAUTHORIZED
            if status != httpx.codes.UNAUTHORIZED:
                self._in_vain[who] = 0
                return False
            if self._in_vain[who]:
                return False
            self._in_vain[who] += 1
            self._held[who] = self._fetch(who)
            return True

    def _fetch(self, who: Who) -> str:
        try:
            return fetched(self._sources[who], self._post)
        except NoToken as error:
            raise Unreachable(str(error)) from error

    def _post(self, url: str, headers: Mapping[str, str], body: str, client: tuple[str, str]) -> httpx.Response:
        """To a server of tokens by the way that leads to the target."""
        with httpx.Client(transport=transport_to(self._target, url), timeout=self._target.timeout_s) as http:
            return http.post(url, headers=dict(headers), content=body, auth=client)
