"""Relations between histories that need no oracle (accounting.md 13): O2, C1, C2, M5, M6, M9."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.book import Book
from mock_server.domain.effects import Effect
from mock_server.domain.entries import Days
from mock_server.domain.instants import parse
from mock_server.domain.journal import Basis
from mock_server.domain.statements import rolled_up
from tests.domain.books import a_book, an_asset, everything, post, terms


class Update(NamedTuple):
    asset: int
    amount: int
    effect: Effect
    day: int


UPDATES = st.lists(
    st.builds(Update, st.integers(0, 1), st.integers(1, 1000), st.sampled_from(Effect), st.integers(1, 28)),
    max_size=8,
)
Figures = dict[tuple[str, int], int]


def book_of(updates: Sequence[Update]) -> Book:
    """Two assets and those updates of theirs."""
    book = a_book()
    assets = [an_asset(book, name) for name in ("one", "other")]
    for update in updates:
        change = terms(update.amount, update.effect, on=f"2024-01-{update.day:02}")
        post(book, assets[update.asset], change)
    return book


def figures(book: Book, basis: Basis = Basis.ACCRUAL) -> Figures:
    """Every balance that is not zero, at the end of some days."""
    found: Figures = {}
    for day in (1, 7, 14, 28):
        days = Days(through=parse(f"2024-01-{day:02}T00:00:00Z").day)
        for account, minor in rolled_up(book.chart, book.ledger, basis=basis, days=days).items():
            if minor:
                found[account.name, day] = minor
    return found


@given(UPDATES, st.randoms())
def test_the_order_of_changes_does_not_matter_to_any_balance(updates, random) -> None:
    """O2, M1."""
    shuffled = list(updates)
    random.shuffle(shuffled)
    assert figures(book_of(shuffled)) == figures(book_of(updates))


@given(UPDATES, st.integers(2, 9))
def test_a_change_split_in_parts_is_the_whole(updates, parts) -> None:
    """M5."""
    whole = [update._replace(amount=update.amount * parts) for update in updates]
    split = [update for update in updates for _ in range(parts)]
    assert figures(book_of(split)) == figures(book_of(whole))


@given(UPDATES, st.integers(2, 10**12))
def test_amounts_times_k_are_balances_times_k(updates, k) -> None:
    """M9."""
    scaled = [update._replace(amount=update.amount * k) for update in updates]
    assert figures(book_of(scaled)) == {where: minor * k for where, minor in figures(book_of(updates)).items()}


@given(UPDATES)
def test_an_asset_is_not_touched_by_anothers_changes(updates) -> None:
    """M6."""
    own = [update for update in updates if update.asset == 0]
    alone, among = book_of(own), book_of(updates)
    for book in (alone, among):
        assert [(c.effect, c.amount_minor, c.instant) for c in book.changes.of(book.assets.at(0))] == [
            (c.effect, c.amount_minor, c.instant) for c in alone.changes.of(alone.assets.at(0))
        ]
        assert book.ledger.balance(book.assets.at(0).account) == alone.ledger.balance(alone.assets.at(0).account)


@given(UPDATES)
def test_no_change_and_no_void_is_ever_in_the_cash_books(updates) -> None:
    """C1, C2."""
    book = book_of(updates)
    assert figures(book, Basis.CASH) == {}
    for serial in range(len(updates)):
        book.changes.void(book.changes.at(serial))
    assert figures(book, Basis.CASH) == figures(book) == {}


@given(UPDATES, UPDATES)
def test_what_was_made_and_voided_again_leaves_no_trace_in_any_balance(updates, doomed) -> None:
    """A1, M3."""
    book = book_of([*updates, *doomed])
    for serial in range(len(updates), len(updates) + len(doomed)):
        book.changes.void(book.changes.at(serial))
    assert figures(book) == figures(book_of(updates))


@given(UPDATES, UPDATES)
def test_a_restored_snapshot_is_the_book_that_it_was(updates, later) -> None:
    book = book_of(updates)
    then, mark = everything(book), book.snapshot()
    for update in later:
        post(book, book.assets.at(update.asset), terms(update.amount, update.effect, on=f"2024-01-{update.day:02}"))
    book.restore(mark)
    assert everything(book) == then
