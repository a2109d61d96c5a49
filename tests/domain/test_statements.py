"""Roll-ups, signs, net income and the trial balance (L3, L4)."""

from __future__ import annotations

from datetime import date

from mock_server.domain.accounts import ByKey, Kind
from mock_server.domain.book import Book
from mock_server.domain.effects import Effect
from mock_server.domain.entries import EVER, Days
from mock_server.domain.journal import Basis
from mock_server.domain.statements import net_income, rolled_up, trial_balance
from tests.domain.books import CASH, SURPLUS, a_book, an_asset, journal, post, terms

SALES, DRAWINGS, ASSETS = ByKey("revenue"), ByKey("drawings"), ByKey("assets")


def a_year(book: Book) -> None:
    """Capital 1000, an asset bought for 400 and depreciated by 30, sales of 90, 5 drawn."""
    asset = an_asset(book)
    for lines in (
        ((CASH, 1_000), (SURPLUS, -1_000)),
        ((asset.account, 400), (CASH, -400)),
        ((CASH, 90), (SALES, -90)),
        ((DRAWINGS, 5), (CASH, -5)),
    ):
        book.post_journal(journal(*lines, on="2024-01-31"))
    post(book, asset, terms(30, on="2024-02-29"))


def sums(book: Book, days: Days = EVER) -> dict[str, int]:
    found = rolled_up(book.chart, book.ledger, days=days)
    return {account.name: minor for account, minor in found.items()}


def test_a_balance_is_its_own_lines_and_all_below_a_child_of_the_other_side_subtracting() -> None:
    book = a_book()
    a_year(book)
    found = sums(book)
    assert (found["Forklift"], found["Accumulated"], found["Fixed assets"]) == (400, 30, 370)
    assert (found["Cash"], found["Assets"]) == (685, 1_055)
    assert (found["Surplus"], found["Drawings"], found["Equity"]) == (1_000, 5, 995)
    assert (found["Depreciation"], found["Charges"], found["Expenses"]) == (30, 30, 30)


def test_a_parent_may_be_posted_to_and_adds_its_own_lines() -> None:
    book = a_book()
    a_year(book)
    book.post_journal(journal((ASSETS, 7), (CASH, -7)))
    found = sums(book)
    assert (found["Assets"], found["Cash"]) == (1_055, 678)


def test_the_roots_add_up_to_nothing_at_every_date_and_basis() -> None:
    """L3, L4."""
    book = a_book()
    a_year(book)
    for basis in Basis:
        for day in (date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29), None):
            found = rolled_up(book.chart, book.ledger, basis=basis, days=Days(through=day))
            roots = {account: minor for account, minor in found.items() if account.parent is None}
            assert sum(account.normality.signed(minor) for account, minor in roots.items()) == 0
            by_kind = {kind: sum(m for account, m in roots.items() if account.kind is kind) for kind in Kind}
            assert by_kind[Kind.ASSET] == by_kind[Kind.LIABILITY] + by_kind[Kind.EQUITY] + net_income(found)


def test_net_income_is_revenue_less_expenses_on_the_basis() -> None:
    book = a_book()
    a_year(book)
    assert net_income(rolled_up(book.chart, book.ledger)) == 60
    assert net_income(rolled_up(book.chart, book.ledger, basis=Basis.CASH)) == 90


def test_a_movement_leaves_out_what_came_before() -> None:
    book = a_book()
    a_year(book)
    found = sums(book, days=Days(since=date(2024, 2, 1)))
    assert (found["Cash"], found["Accumulated"], found["Assets"]) == (0, 30, -30)


def test_the_trial_balance_has_own_lines_on_one_side_each() -> None:
    book = a_book()
    a_year(book)
    found = trial_balance(book.chart, book.ledger, basis=Basis.ACCRUAL, through=date(2024, 2, 29))
    assert [(row.account.name, row.debit_minor, row.credit_minor) for row in found] == [
        ("Cash", 685, 0),
        ("Accumulated", 0, 30),
        ("Surplus", 0, 1_000),
        ("Drawings", 5, 0),
        ("Revenue", 0, 90),
        ("Forklift", 400, 0),
        ("Depreciation", 30, 0),
    ]
    assert sum(row.debit_minor for row in found) == sum(row.credit_minor for row in found) == 1_120


def test_the_trial_balance_shows_an_account_that_nets_to_zero_and_hides_one_without_lines() -> None:
    book = a_book()
    change = post(book, an_asset(book), terms(5, Effect.IMPAIRMENT, counter=CASH, on="2024-02-01"))
    book.changes.void(change)

    def names(day: date, basis: Basis) -> list[str]:
        return [row.account.name for row in trial_balance(book.chart, book.ledger, basis=basis, through=day)]

    assert names(date(2024, 2, 1), Basis.ACCRUAL) == ["Cash", "Forklift"]
    assert names(date(2024, 1, 31), Basis.ACCRUAL) == []
    assert names(date(2024, 2, 1), Basis.CASH) == []
