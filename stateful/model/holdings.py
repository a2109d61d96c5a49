"""What a ledger with assets as a dimension must hold: one sum for each account and asset, and nothing else.

Decides what stands against letting an asset go: accounts that demand an asset and are not at zero for it, each
by itself. Amounts are minor units, debits positive. Knows no entry and no date: a draft is none of its sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

Line = tuple[str, str | None, int]
"""An account, the asset that the line is for, and what it adds."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """sums: account and asset → balance. demanding: the accounts on which every line has an asset."""

    demanding: frozenset[str] = frozenset()
    sums: Mapping[tuple[str, str | None], int] = field(default_factory=dict)

    def with_lines(self, lines: Iterable[Line]) -> Holdings:
        """After these lines were posted."""
        sums = dict(self.sums)
        for account, asset, minor in lines:
            sums[account, asset] = sums.get((account, asset), 0) + minor
        return replace(self, sums=sums)

    def balance(self, account: str, asset: str | None) -> int:
        """What an account holds for an asset."""
        return self.sums.get((account, asset), 0)

    def of_account(self, account: str) -> int:
        """What an account holds in all."""
        return sum(minor for (name, _), minor in self.sums.items() if name == account)

    def outstanding(self, asset: str) -> dict[str, int]:
        """The accounts that stand against letting the asset go, with their balances."""
        return {
            account: minor
            for (account, holder), minor in self.sums.items()
            if holder == asset and account in self.demanding and minor
        }


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that take others back."""
    return tuple((account, asset, -minor) for account, asset, minor in lines)
