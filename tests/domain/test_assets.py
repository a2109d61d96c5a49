"""Assets: an account each, a known external id merges, archiving posts nothing (A4)."""

from __future__ import annotations

import pytest

from mock_server.domain.accounts import ById, ByKey
from mock_server.domain.assets import AssetRef, AssetTerms
from mock_server.domain.journal import Note
from mock_server.domain.order import Ask
from mock_server.domain.record import revised
from mock_server.domain.refused import Code, Refused
from tests.domain.books import ACCUMULATED, a_book, an_asset, everything, post, terms

FORKLIFT = AssetTerms("Forklift", "equipment", ACCUMULATED, 4_000_000, 0, 60, Note("new", "PO-17", {"site": "north"}))


def test_a_new_asset_gets_an_account_of_its_own_and_posts_nothing() -> None:
    book = a_book()
    asset, new = book.assets.record(FORKLIFT, external_id="f")
    other, _ = book.assets.record(FORKLIFT)
    fixed = book.chart.keyed("fixed")
    assert new
    assert (asset.name, asset.category, asset.cost_minor, asset.life_months) == ("Forklift", "equipment", 4_000_000, 60)
    assert asset.account.parent is other.account.parent is fixed
    assert asset.account is not other.account
    assert (asset.account.name, asset.account.subtype, asset.account.key) == ("Forklift", "fixed", None)
    assert asset.accumulated is book.chart.keyed("accumulated")
    assert len(book.ledger) == 0


def test_a_known_external_id_amends_the_asset_and_opens_no_second_account() -> None:
    book = a_book()
    asset, _ = book.assets.record(FORKLIFT, external_id="f")
    accounts = len(book.chart)
    amended, new = book.assets.record(AssetTerms("Truck", "vehicle"), external_id="f")
    assert not new
    assert (amended.id, amended.account, amended.serial) == (asset.id, asset.account, asset.serial)
    assert (amended.name, amended.category, amended.accumulated, amended.cost_minor) == ("Truck", "vehicle", None, None)
    assert (len(book.assets), len(book.chart)) == (1, accounts)
    assert book.assets.find(asset.id) is book.assets.find_external("f") is amended


def test_external_ids_that_differ_in_case_name_different_assets() -> None:
    book = a_book()
    assert an_asset(book, "a").id != an_asset(book, "A").id


def test_without_an_external_id_every_record_is_a_new_asset() -> None:
    book = a_book()
    assert book.assets.record(FORKLIFT)[0].id != book.assets.record(FORKLIFT)[0].id
    assert len(book.assets) == 2


def test_an_unknown_accumulated_account_leaves_nothing() -> None:
    """L5."""
    book = a_book()
    asset = an_asset(book)
    before = everything(book)
    wrong = revised(FORKLIFT, accumulated=ById("nobody", "/accumulated"))
    for command in (lambda: book.assets.record(wrong), lambda: book.assets.amend(asset, wrong)):
        with pytest.raises(Refused) as refused:
            command()
        assert (refused.value.code, refused.value.at) == (Code.UNKNOWN_ACCOUNT, "/accumulated")
        assert everything(book) == before


def test_an_assets_own_account_is_not_its_accumulated_account() -> None:
    book = a_book()
    asset = an_asset(book)
    before = everything(book)
    with pytest.raises(Refused) as refused:
        book.assets.amend(asset, revised(FORKLIFT, accumulated=asset.account))
    assert refused.value.code is Code.OWN_ACCOUNT
    assert everything(book) == before


def test_an_archived_asset_leaves_the_list_and_stays_readable() -> None:
    book = a_book()
    first, second = an_asset(book, "a"), an_asset(book, "b")
    archived = book.assets.archive(first)
    assert archived.archived_ns is not None
    assert book.assets.find(first.id) is archived
    assert book.assets.page(Ask(5)).rows == (second,)
    assert book.assets.page(Ask(5)).total == 1


def test_archiving_changes_no_balance_and_happens_once() -> None:
    """A4."""
    book = a_book()
    asset = an_asset(book)
    post(book, asset, terms())
    entries, live = len(book.ledger), book.changes.of(asset)
    archived = book.assets.archive(asset)
    before = everything(book)
    assert book.assets.archive(archived) is archived
    assert everything(book) == before
    assert (len(book.ledger), book.changes.of(archived)) == (entries, live)


def test_an_archived_asset_takes_no_amendment() -> None:
    book = a_book()
    archived = book.assets.archive(an_asset(book, "a"))
    before = everything(book)
    for command in (
        lambda: book.assets.amend(archived, FORKLIFT),
        lambda: book.assets.record(FORKLIFT, external_id="a"),
    ):
        with pytest.raises(Refused) as refused:
            command()
        assert refused.value.code is Code.ARCHIVED_ASSET
        assert everything(book) == before


def test_an_asset_is_named_by_either_id_or_by_both_when_they_agree() -> None:
    book = a_book()
    asset = an_asset(book, "a")
    for ref in (AssetRef(asset.id), AssetRef(None, "a"), AssetRef(asset.id, "a")):
        assert book.assets.resolve(ref) is asset


@pytest.mark.parametrize(
    ("asset_id", "external_id", "code", "at"),
    [
        (None, None, Code.NO_ASSET_NAMED, "/id"),
        ("nobody", None, Code.UNKNOWN_ASSET, "/id"),
        (None, "nobody", Code.UNKNOWN_ASSET, "/external"),
        ("known", "nobody", Code.UNKNOWN_ASSET, "/external"),
        ("nobody", "a", Code.UNKNOWN_ASSET, "/id"),
        ("known", "b", Code.ASSETS_DISAGREE, "/external"),
    ],
)
def test_any_other_way_of_naming_an_asset_is_refused_under_the_callers_label(
    asset_id: str | None, external_id: str | None, code: Code, at: str
) -> None:
    book = a_book()
    asset, _ = an_asset(book, "a"), an_asset(book, "b")
    with pytest.raises(Refused) as refused:
        book.assets.resolve(AssetRef(asset.id if asset_id == "known" else asset_id, external_id, "/id", "/external"))
    assert (refused.value.code, refused.value.at) == (code, at)


def test_the_label_of_an_asset_is_that_of_what_names_it() -> None:
    labels = {"id_at": "/id", "external_id_at": "/external"}
    named = (AssetRef("x", "a", **labels), AssetRef("x", **labels), AssetRef(None, "a", **labels))
    assert [ref.at for ref in named] == ["/id", "/id", "/external"]
    assert AssetRef(external_id_at="/external").at == "/external"


def test_assets_are_listed_in_order_of_creation_either_way() -> None:
    book = a_book()
    names = [an_asset(book, name).name for name in "cab"]
    first = book.assets.page(Ask(2))
    rest = book.assets.page(Ask(2, after=first.last))
    assert [asset.name for asset in (*first.rows, *rest.rows)] == names
    assert [asset.name for asset in book.assets.page(Ask(5, descending=True)).rows] == names[::-1]


def test_the_accumulated_account_may_change_after_postings_and_posted_entries_stay() -> None:
    book = a_book()
    asset = an_asset(book)
    change = post(book, asset, terms(10))
    amended = book.assets.amend(asset, AssetTerms("Forklift", "equipment", ByKey("debts")))
    post(book, amended, terms(3))
    assert [p.account.name for p in change.entry.journal.postings] == ["Depreciation", "Accumulated"]
    assert book.ledger.balance(book.chart.resolve(ByKey("debts"))) == -3
    assert book.ledger.balance(book.chart.resolve(ACCUMULATED)) == -10
