"""The chart: what is open from the start, what opens on first use, and how an account is named."""

from __future__ import annotations

import pytest

from mock_server.domain.accounts import MOST_LEVELS, Account, ById, ByKey, Chart, Kind, Normality, Template
from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Undo
from tests.domain.books import a_book, everything


def test_required_accounts_are_open_from_the_start_and_parents_come_first() -> None:
    chart = a_book().chart
    keys = [account.key for account in chart]
    assert keys == [
        *("assets", "cash", "fixed", "accumulated", "debts", "equity"),
        *("surplus", "drawings", "revenue", "expenses"),
    ]
    assert len(chart) == 10
    cash = chart.keyed("cash")
    assert cash is not None
    assert (cash.number, cash.parent) == ("10", chart.keyed("assets"))


def test_an_optional_account_opens_when_a_change_names_it_with_all_above_it() -> None:
    book = a_book()
    assert book.chart.keyed("depreciation") is None
    account, new = book.chart.open(
        "ignored",
        parent=ByKey("revenue"),
        kind=Kind.REVENUE,
        normality=Normality.CREDIT,
        subtype="ignored",
        key="depreciation",
    )
    assert new
    assert (account.name, account.parent) == ("Depreciation", book.chart.keyed("charges"))


def test_an_account_is_found_by_its_id_and_by_its_key_and_names_itself() -> None:
    chart = a_book().chart
    cash = chart.keyed("cash")
    assert cash is not None
    assert chart.resolve(ById(cash.id)) is cash
    assert chart.resolve(ByKey("cash")) is cash
    assert chart.resolve(cash) is cash
    assert chart.find(cash.id) is cash
    assert chart.find("cash") is None


@pytest.mark.parametrize("ref", [ById("nobody", at="/here"), ByKey("nobody", at="/here"), ByKey("id-1", at="/here")])
def test_an_unknown_account_is_refused_under_the_callers_label(ref: ById | ByKey) -> None:
    chart = a_book().chart
    with pytest.raises(Refused) as refused:
        chart.resolve(ref)
    assert (refused.value.code, refused.value.at) == (Code.UNKNOWN_ACCOUNT, "/here")


def test_a_users_own_account_stands_under_the_one_it_names() -> None:
    book = a_book()
    parent = book.chart.keyed("expenses")
    account, new = book.chart.open(
        "Losses", parent=ByKey("expenses"), kind=Kind.EXPENSE, normality=Normality.DEBIT, subtype="loss", key="losses"
    )
    assert new
    assert (account.parent, account.key, account.subtype, account.number) == (parent, "losses", "loss", None)
    assert book.chart.resolve(ByKey("losses")) is account


def test_a_known_key_answers_the_account_and_opens_nothing() -> None:
    book = a_book()
    before = everything(book)
    account, new = book.chart.open(
        "Other", parent=ByKey("nobody"), kind=Kind.EQUITY, normality=Normality.CREDIT, subtype="x", key="cash"
    )
    assert not new
    assert account is book.chart.keyed("cash")
    assert everything(book) == before


@pytest.mark.parametrize(
    ("parent", "kind", "code"),
    [("nobody", Kind.ASSET, Code.UNKNOWN_ACCOUNT), ("depreciation", Kind.ASSET, Code.WRONG_CLASS)],
)
def test_an_account_of_another_class_or_under_nothing_is_refused_and_nothing_opens(
    parent: str, kind: Kind, code: Code
) -> None:
    book = a_book()
    before = everything(book)
    with pytest.raises(Refused) as refused:
        book.chart.open("A", parent=ByKey(parent), kind=kind, normality=Normality.DEBIT, subtype="a", key=None)
    assert refused.value.code is code
    assert everything(book) == before
    assert book.chart.keyed("depreciation") is None


def test_a_balance_is_positive_on_its_own_side() -> None:
    assert Normality.DEBIT.signed(5) == 5
    assert Normality.CREDIT.signed(5) == -5


def nested(chart: Chart) -> Account:
    """A chain of accounts as deep as they may be nested."""
    below = chart.keyed("expenses")
    assert below is not None
    while below.level < MOST_LEVELS:
        below = a_child(chart, below)
    return below


def a_child(chart: Chart, parent: Account) -> Account:
    child, _ = chart.open("A", parent=parent, kind=Kind.EXPENSE, normality=Normality.DEBIT, subtype="a", key=None)
    return child


def test_an_account_is_one_level_below_its_parent_and_a_root_is_the_first() -> None:
    chart = a_book().chart
    levels = {account.key: account.level for account in chart}
    assert (levels["assets"], levels["fixed"], levels["accumulated"]) == (1, 2, 3)


def test_accounts_nest_so_deep_and_no_deeper_and_nothing_opens() -> None:
    """L5."""
    book = a_book()
    lowest = nested(book.chart)
    assert lowest.level == MOST_LEVELS == 32
    before = everything(book)
    with pytest.raises(Refused) as refused:
        a_child(book.chart, lowest)
    assert refused.value.code is Code.TOO_DEEP
    assert everything(book) == before


def test_an_account_that_takes_after_its_parent_may_be_no_deeper_either() -> None:
    root = Template("0", "Root", Kind.ASSET, Normality.DEBIT, "a")
    rest = [Template(str(n), "A", Kind.ASSET, Normality.DEBIT, "a", str(n - 1)) for n in range(1, MOST_LEVELS)]
    undo = Undo()
    chart = Chart([root, *rest], iter(map(str, range(99))).__next__, undo)
    lowest = chart.resolve(ByKey(str(MOST_LEVELS - 1)))
    with pytest.raises(Refused) as refused, undo.command():
        chart.open_child("Forklift", lowest)
    assert refused.value.code is Code.TOO_DEEP
    assert len(chart) == MOST_LEVELS


def test_an_account_without_a_parent_is_a_root_of_any_class() -> None:
    book = a_book()
    account, new = book.chart.open(
        "Own", parent=None, kind=Kind.EQUITY, normality=Normality.CREDIT, subtype="", key="own"
    )
    assert (account.parent, account.level, new) == (None, 1, True)
    assert book.chart.keyed("own") is account
