"""The words of fixed-asset accounting, as this kit uses them.

Decides which way each effect moves the books (accounting.md 1). Knows no amount and no date.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Side(Enum):
    """A side of a journal. Balances in this kit are debit-positive throughout."""

    DEBIT = 1
    CREDIT = -1

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side(-self.value)

    @classmethod
    def of(cls, minor: int) -> Side:
        """The side that a debit-positive amount other than zero stands on."""
        return cls.DEBIT if minor > 0 else cls.CREDIT


class Basis(Enum):
    """Which books are meant."""

    ACCRUAL = "accrual"
    CASH = "cash"


class Effect(Enum):
    """The five ways in which an asset's carrying value changes."""

    DEPRECIATION = "depreciation"
    IMPAIRMENT = "impairment"
    REVALUATION_DOWN = "revaluation down"
    IMPROVEMENT = "improvement"
    REVALUATION_UP = "revaluation up"


class Part(Enum):
    """Which of an asset's two accounts an effect moves."""

    COST = "cost"
    ACCUMULATED = "accumulated"


MOVES: Final[Mapping[Effect, tuple[Side, Part]]] = MappingProxyType(
    {
        Effect.DEPRECIATION: (Side.CREDIT, Part.ACCUMULATED),
        Effect.IMPAIRMENT: (Side.CREDIT, Part.COST),
        Effect.REVALUATION_DOWN: (Side.CREDIT, Part.COST),
        Effect.IMPROVEMENT: (Side.DEBIT, Part.COST),
        Effect.REVALUATION_UP: (Side.DEBIT, Part.COST),
    }
)
"""The side on which an effect stands in the asset's account, and which account that is."""

INT64_MAX: Final = 2**63 - 1
"""No amount, balance or total may leave the signed 64-bit range (rule L8)."""
