"""What raises and lowers a pool in a year.

Decides the sign of each: the tax authority's calculator counts them so (its 2024 edition, in our words).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import add, attrgetter
from typing import Final


class BadMovements(ValueError):
    """Movements that there cannot be. The text is one sentence."""


@dataclass(frozen=True, slots=True)
class Movements:
    """All in minor units and from zero up, but for the adjustment of input tax, which has a sign.

    proceeds: of sales and withdrawals. proceeds_as_income: the part of them that is income at once and does not
    lower the pool. gains_reinvested: earlier gains whose tax was put off, as they are reinvested;
    gain_write_downs: the write-downs against them. split_out: the value of assets that went elsewhere.

    Raises BadMovements.
    """

    bought_minor: int = 0
    improved_minor: int = 0
    granted_minor: int = 0
    input_tax_minor: int = 0
    split_out_minor: int = 0
    proceeds_minor: int = 0
    grants_repaid_minor: int = 0
    proceeds_as_income_minor: int = 0
    gains_reinvested_minor: int = 0
    gain_write_downs_minor: int = 0

    def __post_init__(self) -> None:
        if min(_unsigned(self)) < 0:
            wrong = next(name for name in _UNSIGNED if getattr(self, name) < 0)
            raise BadMovements(f"{_words(wrong)} cannot be negative.")
        if self.proceeds_as_income_minor > self.proceeds_minor:
            raise BadMovements("No more of the proceeds can be income than there are.")

    def __add__(self, other: Movements) -> Movements:
        return Movements(*map(add, _all(self), _all(other)))

    @property
    def net_minor(self) -> int:
        """By how much the pool is raised, or lowered where below zero."""
        raised = self.bought_minor + self.improved_minor + self.proceeds_as_income_minor + self.gains_reinvested_minor
        lowered = self.granted_minor + self.split_out_minor + self.proceeds_minor + self.grants_repaid_minor
        return raised + self.input_tax_minor - lowered - self.gain_write_downs_minor

    def check_bought_only(self) -> None:
        """Raises BadMovements where there is an improvement, a grant or an adjustment of input tax."""
        for name in ("improved_minor", "granted_minor", "input_tax_minor"):
            if getattr(self, name):
                raise BadMovements(f"{_words(name)} do not move the pool of a group that is only bought.")


_ALL: Final = tuple(field.name for field in fields(Movements))
_UNSIGNED: Final = tuple(name for name in _ALL if name != "input_tax_minor")
_all: Final = attrgetter(*_ALL)
_unsigned: Final = attrgetter(*_UNSIGNED)


def _words(name: str) -> str:
    return _WORDS[name.removesuffix("_minor")]


_WORDS: Final = {
    "bought": "Acquisitions",
    "improved": "Improvements",
    "granted": "Public grants",
    "input_tax": "Adjustments of input tax",
    "split_out": "Values split out",
    "proceeds": "Proceeds",
    "grants_repaid": "Repaid grants",
    "proceeds_as_income": "Proceeds taken to income",
    "gains_reinvested": "Reinvested gains",
    "gain_write_downs": "Write-downs against reinvested gains",
}
