"""Tokens, and which tenants each may see.

Decides who sees what (DECISIONS 22): a token sees the tenants that it was given; where any token is
accepted, every other non-empty one sees all of them, whatever it is given or opens. Knows no requests
and no API.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from mock_server.surface import BadSettings

TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What can be sent as a bearer token (RFC 6750 2.1), the same as in the control documents."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token may see: the tenants with these ids, or every one (None)."""

    token: str
    client: str
    tenant_ids: set[str] | None = field(compare=False)

    def covers(self, tenant_id: str) -> bool:
        """Whether that tenant may be seen."""
        return self.tenant_ids is None or tenant_id in self.tenant_ids


class Grants:
    """All tokens of one instance, in order of creation."""

    def __init__(self, prefix: str, *, new_id: Callable[[], str], any_token: bool) -> None:
        """`prefix`: what the tokens that are made here begin with ("layer")."""
        self._prefix = prefix
        self._new_id = new_id
        self._any_token = any_token
        self._grants: dict[str, Grant] = {}
        self._given: list[tuple[str, str]] = []

    def clear(self) -> None:
        """Forget every token."""
        self._grants.clear()
        self._given.clear()

    def identify(self, token: str) -> Grant | None:
        """What that token may see; None where it is not accepted."""
        grant = self._grants.get(token)
        if grant is None and self._any_token and token:
            return Grant(token, "client-any", None)
        return grant

    def give(self, token: str, tenant_id: str) -> None:
        """Let that token see the tenant, and from now on only what it was given."""
        grant = self._grants.setdefault(token, Grant(token, f"client-{len(self._grants) + 1}", set()))
        assert grant.tenant_ids is not None
        grant.tenant_ids.add(tenant_id)
        self._given.append((token, tenant_id))

    def allow(self, token: str, tenant_id: str) -> None:
        """Let that token see the tenant, beside what it sees already: all of them, where it is any token."""
        known = self.identify(token)
        if known is None or not known.covers(tenant_id):
            self.give(token, tenant_id)

    def issue(self, tenant_id: str) -> str:
        """A token that sees that tenant alone and that nobody has: the tenant's own if that is free."""
        own = f"{self._prefix}-{tenant_id}"
        token = f"{self._prefix}-{self._new_id()}" if own in self._grants else own
        self.give(token, tenant_id)
        return token

    def all(self) -> Sequence[tuple[str, str]]:
        """Every token with every tenant that it was given."""
        return tuple(self._given)


def judged(token: str, *, others: str) -> str:
    """The token that was set for the first tenant; `others` is the second one's. Raises BadSettings."""
    if TOKEN.fullmatch(token) is None:
        raise BadSettings(f"The token {token!r:.80} cannot be sent: use letters, digits and -._~+/, at least one.")
    if token == others:
        raise BadSettings(f"The token {token!r} is the other tenant's; choose another one.")
    return token
