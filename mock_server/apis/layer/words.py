"""The vendor's words for the domain's, both ways.

Decides spellings only; every table is one to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar

from mock_server.domain.accounts import Kind, Normality
from mock_server.domain.effects import Effect
from mock_server.domain.journal import Basis
from mock_server.domain.timeline import Sort

A = TypeVar("A")
B = TypeVar("B")


def _turned(table: Mapping[A, B]) -> dict[B, A]:
    return {there: here for here, there in table.items()}


EFFECTS: Final = {
    "DEPRECIATION_AMORTIZATION": Effect.DEPRECIATION,
    "IMPAIRMENT": Effect.IMPAIRMENT,
    "REVALUATION_DOWN": Effect.REVALUATION_DOWN,
    "IMPROVEMENT": Effect.IMPROVEMENT,
    "REVALUATION_UP": Effect.REVALUATION_UP,
}
NORMALITIES: Final = {"DEBIT": Normality.DEBIT, "CREDIT": Normality.CREDIT}
KINDS: Final = {
    "ASSET": Kind.ASSET,
    "LIABILITY": Kind.LIABILITY,
    "EQUITY": Kind.EQUITY,
    "REVENUE": Kind.REVENUE,
    "EXPENSE": Kind.EXPENSE,
}
BASES: Final = {"ACCRUAL": Basis.ACCRUAL, "CASH": Basis.CASH}
SORTS: Final = {
    "date": Sort.TIME,
    "entry_at": Sort.TIME,
    "entry_number": Sort.CREATION,
    "created_at": Sort.CREATION,
}

UPDATE_TYPE: Final = _turned(EFFECTS)
NORMALITY: Final = _turned(NORMALITIES)
KIND: Final = _turned(KINDS)
BASIS: Final = _turned(BASES)


def shown(name: str) -> str:
    """A constant as it reads on a screen: FIXED_ASSET is "Fixed asset"."""
    return name.replace("_", " ").capitalize()
