"""Assets of a client account: numbers, lists, and the deactivation that the ledger denies."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.holdings.holdings import BalancesLeft, Holdings, Which
from mock_server.domain.holdings.lists import page
from mock_server.domain.holdings.records import Asset
from mock_server.domain.refused import Code, Refused
from tests.domain.holdings import USER, a_client_account, account, an_asset, everything, journal, left, posted


def refused(code: Code, command: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal:
        command()
    assert refusal.value.code is code
    return refusal.value


@pytest.fixture
def kept() -> Holdings:
    return a_client_account()


class _Forgetful(Holdings):
    def find(self, asset_id: int) -> Asset | None:
        return None


def test_a_client_account_behaves_otherwise_and_as_itself_again(kept: Holdings) -> None:
    asset = an_asset(kept, "Lathe")
    kept.recast({Holdings: _Forgetful})
    assert kept.find(asset.id) is None
    kept.recast({})
    assert kept.find(asset.id) is asset


# ---- assets and their numbers ----------------------------------------------------------------------------------------
def test_a_new_asset_has_the_next_number_and_both_times_and_users_alike(kept: Holdings) -> None:
    first, second = an_asset(kept, "Lathe"), an_asset(kept, "Lathe")
    assert [(one.id, one.number, one.name) for one in (first, second)] == [(1, 1, "Lathe"), (2, 2, "Lathe")]
    assert (first.created_ns, first.created_by) == (first.updated_ns, first.updated_by)
    assert first.active
    assert kept.find(1) is first
    assert kept.find(3) is None


def test_renaming_tells_who_and_when_and_changes_nothing_else(kept: Holdings) -> None:
    asset = an_asset(kept)
    kept.rename(asset, "Mill", 9)
    assert (asset.name, asset.updated_by, asset.created_by, asset.number) == ("Mill", 9, USER, 1)
    assert asset.updated_ns > asset.created_ns


def test_a_create_that_fails_uses_no_number() -> None:
    def no_three(number: int) -> int:
        if number == 3:
            raise LookupError(number)
        return number

    kept = a_client_account(map(no_three, count(1)))
    an_asset(kept)
    an_asset(kept)
    before = everything(kept)
    with pytest.raises(LookupError):
        an_asset(kept)
    assert everything(kept) == before
    assert (an_asset(kept).id, len(kept.assets())) == (4, 3)
    assert [one.number for one in kept.assets()] == [1, 2, 3]


def test_a_deactivated_asset_moves_from_one_list_to_the_other(kept: Holdings) -> None:
    first, second = an_asset(kept), an_asset(kept)
    kept.deactivate(first, 9)
    assert (first.active, first.updated_by) == (False, 9)
    assert [list(kept.ids(which)) for which in Which] == [[2], [1], [1, 2]]
    assert kept.find(1) is first
    assert second.active


def test_deactivating_twice_changes_nothing(kept: Holdings) -> None:
    asset = an_asset(kept)
    kept.deactivate(asset, 8)
    before = everything(kept)
    kept.deactivate(asset, 9)
    assert everything(kept) == before


# ---- what denies a deactivation (golden cases) -----------------------------------------------------------------------
def deny(kept: Holdings, asset: Asset) -> list[tuple[str | None, int]]:
    before = everything(kept)
    refusal = refused(Code.BALANCES_LEFT, lambda: kept.deactivate(asset, USER))
    assert everything(kept) == before
    assert isinstance(refusal, BalancesLeft)
    return [(one.key, minor) for one, minor in refusal.balances]


def test_every_account_that_demands_an_asset_is_named_by_code_with_its_sign(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("1210", -250_000, 1), ("1200", 1_500_000, 1), ("1920", -1_250_000, None))
    assert deny(kept, asset) == [("1200", 1_500_000), ("1210", -250_000)]


def test_two_accounts_do_not_make_up_for_each_other(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("1200", 100_00, 1), ("1210", -100_00, 1))
    assert deny(kept, asset) == [("1200", 100_00), ("1210", -100_00)]


def test_a_cent_denies(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("1200", 1, 1), ("1920", -1, None))
    assert deny(kept, asset) == [("1200", 1)]


def test_what_adds_up_to_nothing_does_not_deny(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("1200", 500_00, 1), ("1920", -500_00, None))
    posted(kept, ("1920", 500_00, None), ("1200", -500_00, 1))
    kept.deactivate(asset, USER)
    assert not asset.active


def test_a_line_on_an_account_that_demands_none_does_not_deny(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("6000", 999_00, 1), ("1920", -999_00, None))
    assert kept.ledger.balances_about(1) == {account(kept, "6000"): 999_00}
    kept.deactivate(asset, USER)
    assert not asset.active


def test_a_draft_does_not_deny_until_it_is_posted(kept: Holdings) -> None:
    asset, other = an_asset(kept), an_asset(kept)
    draft = kept.vouchers.draft(journal(kept, ("1200", 5_00, 1), ("1210", -5_00, 2)))
    assert left(kept, asset) == left(kept, other) == {}
    kept.vouchers.publish(draft)
    assert (left(kept, asset), left(kept, other)) == ({"1200": 5_00}, {"1210": -5_00})


def test_an_entry_and_its_cancellation_do_not_deny(kept: Holdings) -> None:
    asset = an_asset(kept)
    voucher = posted(kept, ("1200", 5_00, 1), ("1920", -5_00, None))
    kept.vouchers.cancel(voucher)
    kept.deactivate(asset, USER)
    assert not asset.active


def test_another_assets_balance_does_not_deny(kept: Holdings) -> None:
    asset, other = an_asset(kept), an_asset(kept)
    posted(kept, ("1200", 5_00, other.id), ("1920", -5_00, None))
    kept.deactivate(asset, USER)
    assert deny(kept, other) == [("1200", 5_00)]


def test_what_an_account_demands_may_change_and_counts_as_it_is_now(kept: Holdings) -> None:
    asset = an_asset(kept)
    posted(kept, ("6000", 9_00, 1), ("1920", -9_00, None))
    kept.vouchers.set_demand(account(kept, "6000"), True)
    assert deny(kept, asset) == [("6000", 9_00)]
    kept.vouchers.set_demand(account(kept, "6000"), False)
    kept.deactivate(asset, USER)
    assert not asset.active


# ---- vouchers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("write", ["draft", "post"])
@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((("1200", 5_00, None), ("1920", -5_00, None)), Code.NO_DIMENSION),
        ((("1200", 5_00, 9), ("1920", -5_00, None)), Code.UNKNOWN_ASSET),
        ((("1920", 5_00, 2), ("6000", -5_00, None)), Code.INACTIVE_ASSET),
    ],
)
def test_a_line_names_an_asset_where_it_must_and_one_that_is_there_and_active(
    kept: Holdings, write: str, lines: tuple[tuple[str, int, int | None], ...], code: Code
) -> None:
    an_asset(kept)
    kept.deactivate(an_asset(kept), USER)
    before = everything(kept)
    refused(code, lambda: getattr(kept.vouchers, write)(journal(kept, *lines)))
    assert everything(kept) == before


def test_a_cancellation_is_an_entry_of_its_own_and_both_know_each_other(kept: Holdings) -> None:
    an_asset(kept)
    voucher = posted(kept, ("1200", 5_00, 1), ("1920", -5_00, None))
    kept.vouchers.cancel(voucher)
    turned = kept.vouchers.find(2)
    assert turned is not None
    assert (voucher.cancelled, voucher.cancelled_by, turned.cancels, turned.cancelled) == (True, 2, 1, False)
    assert [(one.minor, one.about) for one in turned.journal.postings] == [(-5_00, 1), (5_00, None)]
    assert kept.vouchers.about(1) == [voucher, turned]
    assert (kept.vouchers.find(0), kept.vouchers.find(3)) == (None, None)


def test_a_cancelled_draft_is_never_posted(kept: Holdings) -> None:
    an_asset(kept)
    draft = kept.vouchers.draft(journal(kept, ("1200", 5_00, 1), ("1920", -5_00, None)))
    kept.vouchers.cancel(draft)
    assert (draft.cancelled, draft.entry, len(kept.vouchers.all())) == (True, None, 1)
    before = everything(kept)
    refused(Code.NOT_A_DRAFT, lambda: kept.vouchers.publish(draft))
    refused(Code.CANCELLED, lambda: kept.vouchers.cancel(draft))
    assert everything(kept) == before


def test_what_is_posted_is_posted_once_and_cancelled_once(kept: Holdings) -> None:
    an_asset(kept)
    voucher = posted(kept, ("1200", 5_00, 1), ("1920", -5_00, None))
    refused(Code.NOT_A_DRAFT, lambda: kept.vouchers.publish(voucher))
    kept.vouchers.cancel(voucher)
    before = everything(kept)
    for one in kept.vouchers.all():
        refused(Code.CANCELLED, lambda one=one: kept.vouchers.cancel(one))  # type: ignore[misc]
    assert everything(kept) == before


def test_an_inactive_assets_entries_and_drafts_stay_as_they_are(kept: Holdings) -> None:
    asset = an_asset(kept)
    draft = kept.vouchers.draft(journal(kept, ("1200", 5_00, 1), ("1920", -5_00, None)))
    bank = posted(kept, ("6000", 5_00, 1), ("1920", -5_00, None))
    kept.deactivate(asset, USER)
    before = everything(kept)
    refused(Code.INACTIVE_ASSET, lambda: kept.vouchers.publish(draft))
    refused(Code.INACTIVE_ASSET, lambda: kept.vouchers.cancel(bank))
    assert everything(kept) == before


# ---- pages -----------------------------------------------------------------------------------------------------------
@given(
    owners=st.lists(st.integers(0, 3), max_size=40),
    inactive=st.sets(st.integers(1, 40)),
    size=st.integers(1, 7),
    of=st.sets(st.integers(0, 3)),
    which=st.sampled_from(Which),
)
def test_pages_of_any_size_hold_every_asset_of_the_list_once_in_order(
    owners: list[int], inactive: set[int], size: int, of: set[int], which: Which
) -> None:
    ids = count(1)
    accounts = [a_client_account(ids) for _ in range(4)]
    owner = {accounts[number].create(f"{number}", USER).id: number for number in owners}
    for asset_id in inactive & owner.keys():
        found = accounts[owner[asset_id]].find(asset_id)
        assert found is not None
        accounts[owner[asset_id]].deactivate(found, USER)
    expected = [
        asset_id
        for asset_id, number in owner.items()
        if number in of and {Which.ALL: True, Which.ACTIVE: asset_id not in inactive}.get(which, asset_id in inactive)
    ]
    asked = [accounts[number] for number in of]
    seen: list[int] = []
    for first in range(0, len(owners) + size, size):
        rows = page(asked, which, first=first, limit=size)
        assert rows.total == len(expected)
        assert len(rows.assets) == max(0, min(size, len(expected) - first))
        seen += [asset.id for asset in rows.assets]
    assert seen == expected
