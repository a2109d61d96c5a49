"""The carrying value of one asset, and a book that keeps it above zero (V1, V5, O4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from mock_server.domain.book import Book
from mock_server.domain.carrying import carrying_minor
from mock_server.domain.effects import Effect, carrying_change
from mock_server.domain.refused import Code, Refused
from tests.domain.books import CASH, SURPLUS, a_book, an_asset, everything, journal, post, terms


def test_an_assets_part_of_a_shared_accumulated_account_is_its_own_depreciation() -> None:
    """V1."""
    book = a_book()
    one, other = an_asset(book, "one"), an_asset(book, "other")
    book.post_journal(journal((one.account, 1_000), (CASH, -1_000), on="2024-01-01"))
    post(book, one, terms(30, on="2024-02-01"))
    post(book, one, terms(4, Effect.IMPAIRMENT, on="2024-03-01"))
    post(book, other, terms(500, on="2024-02-01"))
    changes = book.changes.of(one)
    assert carrying_minor(book.ledger, one, changes) == 966 == 1_000 + carrying_change(changes)
    assert carrying_minor(book.ledger, one, changes, through=date(2024, 2, 1)) == 970
    assert carrying_minor(book.ledger, other, book.changes.of(other)) == -500


def bought(book: Book, minor: int = 100) -> None:
    asset = an_asset(book)
    book.post_journal(journal((asset.account, minor), (CASH, -minor), on="2024-01-01"))


def refused_below_zero(book: Book, command: Callable[[], object]) -> None:
    before = everything(book)
    with pytest.raises(Refused, match="below zero") as refused:
        command()
    assert refused.value.code is Code.BELOW_FLOOR
    assert everything(book) == before


def test_without_a_floor_an_asset_may_carry_less_than_zero() -> None:
    book = a_book()
    asset = an_asset(book)
    post(book, asset, terms(5))
    assert carrying_minor(book.ledger, asset, book.changes.of(asset)) == -5


@pytest.mark.parametrize("effect", [Effect.DEPRECIATION, Effect.IMPAIRMENT])
def test_with_a_floor_a_decrease_may_reach_zero_and_not_pass_it(effect: Effect) -> None:
    """V5."""
    book = a_book(keeps_floor=True)
    bought(book)
    asset = book.assets.at(0)
    refused_below_zero(book, lambda: post(book, asset, terms(101, effect)))
    post(book, asset, terms(100, effect))
    post(book, asset, terms(1, Effect.IMPROVEMENT, counter=CASH))


def test_a_back_dated_decrease_must_leave_every_later_day_above_zero() -> None:
    """O4."""
    book = a_book(keeps_floor=True)
    bought(book)
    asset = book.assets.at(0)
    post(book, asset, terms(60, on="2024-06-01"))
    post(book, asset, terms(60, Effect.REVALUATION_UP, counter=SURPLUS, on="2024-07-01"))
    refused_below_zero(book, lambda: post(book, asset, terms(50, on="2024-03-01")))
    post(book, asset, terms(40, on="2024-03-01"))


def test_amending_and_voiding_keep_the_floor_too() -> None:
    book = a_book(keeps_floor=True)
    bought(book)
    asset = book.assets.at(0)
    up = post(book, asset, terms(50, Effect.IMPROVEMENT, counter=CASH, on="2024-02-01"))
    down = post(book, asset, terms(140, on="2024-03-01"))
    refused_below_zero(book, lambda: book.changes.void(up))
    refused_below_zero(
        book, lambda: book.changes.amend(up, terms(39, Effect.IMPROVEMENT, counter=CASH, on="2024-02-01"))
    )
    refused_below_zero(book, lambda: book.changes.amend(down, terms(140, on="2024-01-15")))
    book.changes.void(down)
    book.changes.void(up)


def test_what_is_below_zero_already_may_only_rise() -> None:
    book = a_book(keeps_floor=True)
    asset = an_asset(book)
    book.post_journal(journal((CASH, 10), (asset.account, -10), on="2024-01-01"))
    refused_below_zero(book, lambda: post(book, asset, terms(1)))
    post(book, asset, terms(4, Effect.IMPROVEMENT, counter=CASH))
