"""The five effects as a table (accounting.md 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from mock_server.domain.effects import MOVES, Effect, Side, carrying_change
from mock_server.domain.instants import Instant, parse
from tests.domain.books import CASH, a_book, an_asset, carried, post, terms


@pytest.mark.parametrize(
    ("effect", "debit", "credit"),
    [
        (Effect.DEPRECIATION, "Cash", "Accumulated"),
        (Effect.IMPAIRMENT, "Cash", "Forklift"),
        (Effect.REVALUATION_DOWN, "Cash", "Forklift"),
        (Effect.IMPROVEMENT, "Forklift", "Cash"),
        (Effect.REVALUATION_UP, "Forklift", "Cash"),
    ],
)
def test_each_effect_debits_and_credits_as_the_table_says(effect: Effect, debit: str, credit: str) -> None:
    book = a_book()
    change = post(book, an_asset(book), terms(9, effect, counter=CASH))
    assert carried(change.entry) == [(debit, 9), (credit, -9)]


def test_every_effect_has_a_move_and_only_depreciation_accumulates() -> None:
    assert set(MOVES) == set(Effect)
    assert {effect for effect, move in MOVES.items() if move.side is Side.ACCUMULATED} == {Effect.DEPRECIATION}
    assert {effect for effect, move in MOVES.items() if move.sign > 0} == {Effect.IMPROVEMENT, Effect.REVALUATION_UP}


@dataclass(frozen=True)
class Seen:
    effect: Effect
    amount_minor: int
    instant: Instant
    live: bool = True


def test_the_fold_counts_live_changes_through_the_day() -> None:
    """V1, O1."""
    changes = [
        Seen(Effect.IMPROVEMENT, 100, parse("2024-01-01T00:00:00Z")),
        Seen(Effect.DEPRECIATION, 30, parse("2024-02-01T00:00:00Z")),
        Seen(Effect.IMPAIRMENT, 7, parse("2024-02-02T00:00:00Z"), live=False),
        Seen(Effect.REVALUATION_DOWN, 1, parse("2024-02-02T00:00:00Z")),
    ]
    assert carrying_change(changes) == 69
    assert carrying_change(changes, through=date(2024, 2, 1)) == 70
    assert carrying_change(changes, through=date(2023, 12, 31)) == 0
