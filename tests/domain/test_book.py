"""A book as a whole: settings, snapshots, and what it holds on to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mock_server.domain.book import Book
from mock_server.domain.changes import Changes
from mock_server.domain.effects import Effect
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Basis, Journal
from mock_server.domain.ledger import Ledger
from mock_server.domain.refused import Refused
from mock_server.domain.undo import StaleMark
from tests.domain.books import CASH, SURPLUS, a_book, an_asset, everything, journal, post, terms


def live(book: Book) -> None:
    """Every kind of command once."""
    asset = an_asset(book, f"asset {len(book.assets)}")
    change = post(book, asset, terms(10), external_id=f"x {len(book.changes)}")
    change = book.changes.amend(change, terms(11, Effect.IMPROVEMENT, counter=CASH, on="2023-05-05"))
    post(book, asset, terms(3))
    book.changes.void(change)
    entry, _ = book.post_journal(journal((CASH, 1), (SURPLUS, -1)), external_id=f"j {len(book.ledger)}")
    book.reverse(entry)
    an_asset(book, asset.name)
    book.keep_books_on(Basis.CASH)
    book.ledger.close(date(2023, 1, 1))
    book.assets.archive(book.assets.at(asset.serial))


def test_restoring_a_snapshot_brings_everything_back() -> None:
    book = a_book()
    live(book)
    then, mark = everything(book), book.snapshot()
    for _ in range(2):
        live(book)
        assert everything(book) != then
        book.restore(mark)
        assert everything(book) == then


def test_restoring_the_empty_book_leaves_the_chart_it_began_with() -> None:
    book = a_book()
    then, mark = everything(book), book.snapshot()
    live(book)
    book.restore(mark)
    assert everything(book) == then
    assert book.chart.keyed("depreciation") is None


def test_a_refused_command_is_not_in_a_snapshots_way() -> None:
    book = a_book()
    live(book)
    mark, then = book.snapshot(), everything(book)
    with pytest.raises(Refused):
        post(book, an_asset(book, "late"), terms(0))
    book.restore(mark)
    assert everything(book) == then


def test_no_steps_are_kept_once_no_snapshot_needs_them() -> None:
    book = a_book()
    live(book)
    assert len(book._undo) == 0
    mark = book.snapshot()
    live(book)
    assert len(book._undo) > 0
    book.release(mark)
    assert len(book._undo) == 0
    with pytest.raises(StaleMark):
        book.restore(mark)


def test_the_default_basis_can_be_set() -> None:
    book = a_book()
    found = [book.default_basis]
    book.keep_books_on(Basis.CASH)
    assert [*found, book.default_basis] == [Basis.ACCRUAL, Basis.CASH]


def test_two_books_share_nothing() -> None:
    one, other = a_book(), a_book()
    before = everything(other)
    live(one)
    after = everything(other)
    assert after == before


class _Backwards(Ledger):
    """Posts the mirror image of every journal."""

    def post(self, journal: Journal, **named: Any) -> Entry:
        return super().post(journal.reversed(), **named)


def test_a_part_behaves_as_another_class_until_it_is_told_otherwise_and_keeps_what_it_holds() -> None:
    book = a_book()
    forklift = an_asset(book)
    post(book, forklift, terms(100, Effect.IMPROVEMENT))
    book.recast({Ledger: _Backwards})
    post(book, forklift, terms(30, Effect.IMPROVEMENT))
    assert book.ledger.balance(forklift.account) == 70
    book.recast({})
    post(book, forklift, terms(5, Effect.IMPROVEMENT))
    assert book.ledger.balance(forklift.account) == 75
    assert [type(part) for part in (book, book.ledger, book.changes)] == [Book, Ledger, Changes]
