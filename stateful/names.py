"""Who is who in one history: keys of our own, ids of the target's, external ids on the wire.

Decides how external ids are spelled (a fresh prefix for each history, so that a target is never
reset). Knows no API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract_tests.call import Who


@dataclass(slots=True)
class Names:
    """The only part of a history that is filled in as the target answers.

    scope: whose data the calls name. who: whose credentials they carry. prefix: what every
    external id of this history starts with. token: that of a tenant which the history has opened
    itself, in place of `who`'s.
    """

    scope: Mapping[str, str]
    prefix: str
    who: Who = Who.OWNER
    token: str | None = None
    _ids: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def learn(self, key: str, identifier: str) -> None:
        """The target calls `key` so."""
        self._ids[key] = identifier
        self._keys.setdefault(identifier, key)

    def knows(self, key: str) -> bool:
        """Whether the target has named `key`."""
        return key in self._ids

    def id_of(self, key: str) -> str:
        """The target's id of `key`. Raises KeyError where it has named none."""
        return self._ids[key]

    def key_of(self, identifier: str) -> str:
        """Our key of what the target calls `identifier`; the id itself where it is not ours."""
        return self._keys.get(identifier, identifier)

    def seen_by(self, who: Who, scope: Mapping[str, str] | None = None) -> Names:
        """The same records, asked for with other credentials, or under another scope."""
        return Names(self.scope if scope is None else scope, self.prefix, who, None, dict(self._ids), dict(self._keys))

    def external(self, text: str) -> str:
        """An external id as it goes over the wire."""
        return f"{self.prefix}{text}"

    def external_key(self, text: str) -> str:
        """The reverse of `external`; a text without our prefix is left as it is."""
        return text.removeprefix(self.prefix)
