"""The five ways in which an asset's value changes, as one table, and what each posts.

Decides direction and account of every change (accounting.md 1, DECISIONS 2). The finest set that
any API was found to have: an API maps its own names onto it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final, Protocol

from mock_server.domain.accounts import Account
from mock_server.domain.instants import Instant
from mock_server.domain.journal import Posting


class Effect(Enum):
    """What a change does to the carrying value, and why."""

    DEPRECIATION = auto()
    IMPAIRMENT = auto()
    REVALUATION_DOWN = auto()
    IMPROVEMENT = auto()
    REVALUATION_UP = auto()


class Side(Enum):
    """Which of an asset's two accounts a change posts to."""

    COST = auto()  # the asset's own account
    ACCUMULATED = auto()  # its contra account


@dataclass(frozen=True, slots=True)
class Move:
    """sign: of the carrying value. side: the account that moves; a fall credits it, a rise debits it."""

    sign: int
    side: Side


# Not values of the enum members: two effects with equal values would silently become one.
MOVES: Final = {
    Effect.DEPRECIATION: Move(-1, Side.ACCUMULATED),
    Effect.IMPAIRMENT: Move(-1, Side.COST),
    Effect.REVALUATION_DOWN: Move(-1, Side.COST),
    Effect.IMPROVEMENT: Move(+1, Side.COST),
    Effect.REVALUATION_UP: Move(+1, Side.COST),
}


def postings(effect: Effect, amount_minor: int, *, moved: Account, counter: Account) -> tuple[Posting, Posting]:
    """The debit and the credit of a change: a rise debits the moved account, a fall credits it."""
    debit, credit = (moved, counter) if MOVES[effect].sign > 0 else (counter, moved)
    return Posting(debit, amount_minor), Posting(credit, -amount_minor)


class Change(Protocol):
    """What the fold below reads of a value change."""

    @property
    def effect(self) -> Effect:
        """What it does."""

    @property
    def amount_minor(self) -> int:
        """By how much; positive."""

    @property
    def instant(self) -> Instant:
        """From when on."""

    @property
    def live(self) -> bool:
        """Whether it counts; a voided one does not."""


def carrying_change(changes: Iterable[Change], *, through: date | None = None) -> int:
    """By how much those changes move the carrying value through that day (V1, O1)."""
    return sum(
        MOVES[change.effect].sign * change.amount_minor
        for change in changes
        if change.live and (through is None or change.instant.day <= through)
    )
