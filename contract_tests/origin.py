"""Where histories were recorded.

Decides what of a target may be told in a report: its address, whose data, the names of its headers;
never a token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from contract_tests.target import Target
from contract_tests.wire import is_credential

UNTOLD: Final = "..."
"""What stands for a secret in words that are to be read."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a retold history needs to know of its target; nothing secret.

    scope, other_scope: the tenants' ids by scope key. headers: sent with every call, and
    `secrets` the names of those whose value stays untold. bearer: whether the owner has a token.
    prefix: what the run's own external ids start with, "" when it made none. control_url: of the
    control plane, "" where there is none.
    """

    base_url: str
    scope: Mapping[str, str] = field(default_factory=dict)
    other_scope: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    bearer: bool = True
    prefix: str = ""
    control_url: str = ""

    @classmethod
    def of(cls, target: Target, prefix: str = "") -> Self:
        """The origin of what a run with that prefix recorded on `target`."""
        return cls(
            base_url=target.base_url,
            scope=dict(target.scope),
            other_scope=dict(target.other.scope) if target.other else {},
            headers={name: value for name, value in target.headers.items() if not is_credential(name)},
            secrets=tuple(name for name in target.headers if is_credential(name)),
            bearer=target.has_token,
            prefix=prefix,
            control_url=target.control_url or "",
        )

    @property
    def tenants(self) -> Mapping[str, str]:
        """Each tenant's id → the shell variable that stands for it."""
        other = {value: variable(f"other_{key}") for key, value in self.other_scope.items()}
        return {**other, **{value: variable(key) for key, value in self.scope.items()}}


def variable(words: str) -> str:
    """`words` as the name of a shell variable: "ledger_account-id" → LEDGER_ACCOUNT_ID."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", words)
    name = re.sub(r"\W+", "_", spaced, flags=re.ASCII).strip("_").upper()
    return f"V_{name}" if not name or name[0].isdigit() else name
