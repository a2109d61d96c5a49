"""A journal cannot be wrong by itself (L1, L2), and its reversal mirrors it (L7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.accounts import Account, Kind, Normality
from mock_server.domain.instants import parse
from mock_server.domain.journal import BOTH_BASES, Journal, Note, Posting
from mock_server.domain.refused import Code, Refused

CASH = Account("1", "Cash", Kind.ASSET, Normality.DEBIT, "cash", None)
DEBT = Account("2", "Debt", Kind.LIABILITY, Normality.CREDIT, "debt", None)
NOW = parse("2024-02-29T00:00:00Z")


def journal_of(*minors: int) -> Journal:
    return Journal(NOW, tuple(Posting(CASH if row % 2 else DEBT, minor) for row, minor in enumerate(minors)))


@pytest.mark.parametrize(
    ("minors", "code", "words"),
    [
        ((), Code.TOO_FEW_POSTINGS, "got 0"),
        ((0,), Code.TOO_FEW_POSTINGS, "got 1"),
        ((0, 0), Code.ZERO_POSTING, "'Debt' is of zero"),
        ((5, -5, 0), Code.ZERO_POSTING, "of zero"),
        ((5, -4), Code.UNBALANCED, "debits exceed the credits by 1"),
        ((5, -6), Code.UNBALANCED, "credits exceed the debits by 1"),
        ((5, 5), Code.UNBALANCED, "debits exceed the credits by 10"),
    ],
)
def test_an_impossible_journal_is_not_made(minors: tuple[int, ...], code: Code, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        journal_of(*minors)
    assert refused.value.code is code


@pytest.mark.parametrize("amount", [Decimal(5), Decimal("0.5"), 5.0])
def test_an_amount_that_is_no_integer_is_a_bug_of_the_caller(amount: int) -> None:
    with pytest.raises(TypeError, match="minor units are integers"):
        journal_of(amount, -amount)


@given(st.lists(st.integers(-(2**63), 2**63).filter(bool), min_size=1, max_size=6))
def test_a_journal_that_exists_balances_exactly_and_uses_both_sides(minors: list[int]) -> None:
    left_over = sum(minors)
    if not left_over:
        minors = [*minors, 1]
        left_over = 1
    journal = journal_of(*minors, -left_over)
    assert sum(posting.minor for posting in journal.postings) == 0
    assert journal.amount_minor == -sum(p.minor for p in journal.postings if p.minor < 0) > 0


def test_a_reversal_has_the_same_accounts_amounts_and_day_with_sides_swapped() -> None:
    journal = Journal(NOW, (Posting(CASH, 7), Posting(DEBT, -7)), note=Note("memo"))
    mirrored = journal.reversed()
    assert [(p.account, p.minor) for p in mirrored.postings] == [(CASH, -7), (DEBT, 7)]
    assert (mirrored.instant, mirrored.bases, mirrored.note) == (NOW, BOTH_BASES, Note("memo"))
    assert mirrored.reversed() == journal
