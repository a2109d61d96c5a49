"""Entries are only added (L6), reversed once (L7, A2), kept out of closed days, and bounded (L8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from mock_server.domain.accounts import ByKey
from mock_server.domain.book import Book, JournalTerms
from mock_server.domain.entries import Days, Entry
from mock_server.domain.journal import Basis
from mock_server.domain.money import MAX_MINOR
from mock_server.domain.order import Ask
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort
from tests.domain.books import CASH, SURPLUS, a_book, balance, carried, everything, journal, rows


def bought(book: Book, minor: int = 100, *, on: str = "2024-01-31", external_id: str | None = None) -> Entry:
    entry, _ = book.post_journal(journal((SURPLUS, minor), (CASH, -minor), on=on), external_id=external_id)
    return entry


def refused_by(code: Code, book: Book, command: Callable[[], object]) -> None:
    before = everything(book)
    with pytest.raises(Refused) as refused:
        command()
    assert refused.value.code is code
    assert everything(book) == before


def test_an_entry_is_numbered_found_and_read_line_by_line() -> None:
    book = a_book()
    first, second = bought(book), bought(book, 7)
    assert (first.number, second.number, len(book.ledger)) == (1, 2, 2)
    assert book.ledger.find(first.id) is first
    assert book.ledger.find("nobody") is None
    lines = book.ledger.lines(second)
    assert [(line.entry, line.posting.minor, line.serial) for line in lines] == [(second, 7, 2), (second, -7, 3)]
    assert len({line.id for line in (*book.ledger.lines(first), *lines)}) == 4


def test_a_balance_counts_everything_to_the_end_of_its_day() -> None:
    book = a_book()
    bought(book, 1, on="2024-01-31T23:59:59.999Z")
    bought(book, 10, on="2024-02-01T00:00:00Z")
    bought(book, 100, on="2024-02-01T00:30:00+01:00")
    assert balance(book, "surplus", "2024-01-30") == 0
    assert balance(book, "surplus", "2024-01-31") == 101
    assert balance(book, "surplus", "2024-02-01") == balance(book, "surplus") == 111


def test_a_movement_counts_its_first_and_last_day() -> None:
    book = a_book()
    for minor, day in ((1, "0001-01-01"), (10, "2024-02-01"), (100, "2024-02-02"), (1000, "9999-12-31")):
        bought(book, minor, on=day)
    surplus = book.chart.resolve(SURPLUS)

    def moved(since: date | None, through: date | None) -> int:
        return book.ledger.balance(surplus, days=Days(since, through))

    assert moved(date(2024, 2, 1), date(2024, 2, 1)) == 10
    assert moved(date(2024, 2, 1), None) == 1110
    assert moved(date.min, date.max) == moved(None, None) == 1111
    assert moved(date(2024, 2, 2), date(2024, 2, 1)) == moved(date.max, date.min) == 0


def test_a_direct_journal_is_in_both_books() -> None:
    book = a_book()
    bought(book)
    assert balance(book, "surplus", basis=Basis.CASH) == balance(book, "surplus") == 100


def test_the_running_balance_is_by_day_and_then_by_creation_whatever_the_sort() -> None:
    book = a_book()
    for minor, at in ((1, "2024-02-01T18:00:00Z"), (10, "2024-02-01T06:00:00Z"), (100, "2024-01-31T00:00:00Z")):
        bought(book, minor, on=at)
    surplus = book.chart.resolve(SURPLUS)
    by_time = book.ledger.page_of_lines(surplus, Ask(10), sort=Sort.TIME)
    by_creation = book.ledger.page_of_lines(surplus, Ask(10), sort=Sort.CREATION)
    running = {line.posting.minor: book.ledger.running(line) for line in by_creation.rows}
    assert running == {100: 100, 1: 101, 10: 111}
    assert [line.posting.minor for line in by_time.rows] == [100, 10, 1]
    assert [line.posting.minor for line in by_creation.rows] == [1, 10, 100]


def test_one_entry_may_have_several_lines_on_one_account() -> None:
    book = a_book()
    entry, _ = book.post_journal(journal((SURPLUS, 5), (SURPLUS, 7), (SURPLUS, -2), (CASH, -10)))
    assert balance(book, "surplus") == 10
    assert [book.ledger.running(line) for line in book.ledger.lines(entry)] == [5, 12, 10, -10]
    surplus = book.chart.resolve(SURPLUS)
    first = book.ledger.page_of_lines(surplus, Ask(2), sort=Sort.TIME)
    rest = book.ledger.page_of_lines(surplus, Ask(2, after=first.last), sort=Sort.TIME)
    assert [line.posting.minor for line in (*first.rows, *rest.rows)] == [5, 7, -2]


def test_a_list_of_entries_can_be_limited_to_days_in_either_order() -> None:
    book = a_book()
    for day in ("2024-03-01", "2024-01-01", "2024-02-01"):
        bought(book, on=day)
    days = Days(date(2024, 1, 15), date(2024, 3, 1))
    assert [e.number for e in rows(book.ledger.page(Ask(9), sort=Sort.TIME, days=days))] == [3, 1]
    assert [e.number for e in rows(book.ledger.page(Ask(9), sort=Sort.CREATION, days=days))] == [1, 3]
    newest = book.ledger.page(Ask(1, descending=True), sort=Sort.CREATION)
    assert (newest.rows[0].number, newest.more, newest.total) == (3, True, 3)


def test_filtered_lists_are_right_where_records_are_met_along_the_way() -> None:
    book = a_book()
    for number in range(60):
        bought(book, on=f"2024-01-{number % 30 + 1:02}")
    days = Days(since=date(2024, 1, 3))
    surplus = book.chart.resolve(SURPLUS)
    wanted = [number for number in range(60) if number % 30 >= 2]
    entries = book.ledger.page(Ask(3), sort=Sort.CREATION, days=days)
    assert [entry.number - 1 for entry in entries.rows] == wanted[:3]
    lines = book.ledger.page_of_lines(surplus, Ask(3, descending=True), sort=Sort.CREATION, days=days)
    assert [line.entry.number - 1 for line in lines.rows] == wanted[:-4:-1]


def test_an_account_without_lines_has_an_empty_list_and_no_balance() -> None:
    book = a_book()
    drawings = book.chart.resolve(ByKey("drawings"))
    assert book.ledger.page_of_lines(drawings, Ask(5), sort=Sort.TIME).rows == ()
    assert book.ledger.balance(drawings) == 0
    assert not book.ledger.has_lines(drawings, basis=Basis.ACCRUAL, through=date.max)


def test_a_reversal_swaps_sides_on_the_same_day_and_is_linked_both_ways() -> None:
    """L7, A1."""
    book = a_book()
    entry = bought(book, external_id="purchase")
    reversal, new = book.reverse(entry)
    assert new
    assert carried(reversal) == [("Surplus", -100), ("Cash", 100)]
    assert reversal.journal.instant == entry.journal.instant
    assert book.ledger.reversal_of(entry) is reversal
    assert book.ledger.original_of(reversal) is entry
    assert book.ledger.original_of(entry) is None
    assert (balance(book, "cash"), book.ledger.live_minor) == (0, 0)
    assert reversal.external_id == "purchase"
    assert book.ledger.find_external("purchase") is entry


def test_reversing_again_answers_the_first_reversal_and_posts_nothing() -> None:
    """A2."""
    book = a_book()
    entry = bought(book)
    reversal, _ = book.reverse(entry)
    before = everything(book)
    assert book.reverse(entry) == (reversal, False)
    assert everything(book) == before


def test_reversing_a_reversal_restores_what_was_reversed() -> None:
    """L7."""
    book = a_book()
    entry = bought(book)
    reversal, _ = book.reverse(entry)
    restored, new = book.reverse(reversal)
    assert new
    assert carried(restored) == carried(entry)
    assert (balance(book, "surplus"), book.ledger.live_minor) == (100, 100)


def test_nothing_is_posted_or_reversed_before_the_closing_date() -> None:
    book = a_book()
    entry = bought(book, on="2023-12-31T23:59:59Z")
    book.ledger.close(date(2024, 1, 1))
    refused_by(Code.CLOSED_PERIOD, book, lambda: bought(book, on="2023-12-31"))
    refused_by(Code.CLOSED_PERIOD, book, lambda: book.reverse(entry))
    bought(book, on="2024-01-01")
    book.ledger.close(None)
    book.reverse(entry)
    assert balance(book, "surplus", "2023-12-31") == 0


def test_what_all_live_entries_add_up_to_stays_within_64_bits() -> None:
    """L8."""
    book = a_book()
    half = bought(book, 2**62)
    bought(book, 2**62 - 1)
    assert book.ledger.live_minor == MAX_MINOR
    refused_by(Code.AMOUNT_TOO_LARGE, book, lambda: bought(book, 1, on="1999-01-01"))
    refused_by(Code.AMOUNT_TOO_LARGE, book, lambda: book.post_journal(journal((CASH, 2**64), (SURPLUS, -(2**64)))))
    reversal, _ = book.reverse(half)
    bought(book, 2**62)
    refused_by(Code.AMOUNT_TOO_LARGE, book, lambda: book.reverse(reversal))


def test_a_replayed_external_id_answers_the_same_entry_and_posts_nothing() -> None:
    """O7."""
    book = a_book()
    entry = bought(book, external_id="a")
    before = everything(book)
    again = journal((SURPLUS, 100), (CASH, -100), on="2024-01-31T01:00:00+01:00")
    assert book.post_journal(again, external_id="a") == (entry, False)
    assert everything(book) == before


@pytest.mark.parametrize(
    "other",
    [
        journal((SURPLUS, 101), (CASH, -101)),
        journal((SURPLUS, 100), (CASH, -100), on="2024-02-01"),
        journal((SURPLUS, 100), (ByKey("depreciation"), -100)),
        journal((CASH, -100), (SURPLUS, 100)),
    ],
)
def test_a_replay_with_other_contents_is_refused(other: JournalTerms) -> None:
    book = a_book()
    bought(book, external_id="a")
    refused_by(Code.REPLAY_DIFFERS, book, lambda: book.post_journal(other, external_id="a"))
    assert book.chart.keyed("depreciation") is None


def test_an_unknown_account_or_an_unbalanced_journal_leaves_nothing() -> None:
    """L5."""
    book = a_book()
    refused_by(Code.UNKNOWN_ACCOUNT, book, lambda: book.post_journal(journal((CASH, 1), (ByKey("nobody"), -1))))
    refused_by(Code.UNBALANCED, book, lambda: book.post_journal(journal((ByKey("depreciation"), 2), (CASH, -1))))
    assert book.chart.keyed("depreciation") is None
