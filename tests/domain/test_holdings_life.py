"""An asset's life in the books: acquired, depreciated a year at a time by its class, disposed of (DECISIONS 30, 31)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mock_server.domain.holdings import life
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset
from mock_server.domain.pools import Movements
from mock_server.domain.refused import Code, Refused
from mock_server.domain.schedule import Method, Terms
from tests.domain.holdings import (
    USER,
    a_client_account,
    account,
    an_asset,
    bought,
    day,
    everything,
    left,
    linear,
    machines,
    posted,
    saldo,
    sold,
    sums,
)


@pytest.fixture
def kept() -> Holdings:
    return a_client_account()


def refused(kept: Holdings, code: Code, command: Callable[[], object], at: str = "") -> None:
    """The command is refused for that reason, and nothing changed."""
    before = everything(kept)
    with pytest.raises(Refused) as refusal:
        command()
    assert (refusal.value.code, refusal.value.at) == (code, at)
    assert everything(kept) == before


def charge(kept: Holdings, asset: Asset, year: int) -> int:
    return life.depreciate(kept, [asset], year).minor


def test_an_acquisition_is_one_entry_on_its_day_and_names_the_asset_where_it_must(kept: Holdings) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_000_00))
    (voucher,) = kept.vouchers.all()
    lines = [(one.account.key, one.minor, one.about) for one in voucher.journal.postings]
    assert lines == [("1200", 100_000_00, 1), ("1920", -100_000_00, None)]
    assert voucher.journal.instant.day == day("2024-03-15")
    assert left(kept, asset) == {"1200": 100_000_00}
    assert (asset.updated_ns, asset.updated_by) == (asset.created_ns, USER)


def test_a_saldo_class_takes_a_share_of_what_is_left_each_whole_year(kept: Holdings) -> None:
    """30 % of 100,000 is the tax authority's own first year; the rest follows."""
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_000_00, "2024-11-30"))
    years = [charge(kept, asset, year) for year in range(2024, 2030)]
    assert years == [30_000_00, 21_000_00, 14_700_00, 10_290_00, 7_203_00, 5_042_10]
    assert left(kept, asset) == {"1200": 100_000_00, "1299": -88_235_10}


def test_a_linear_class_counts_months_in_its_first_year_and_leaves_the_rest_to_the_last(kept: Holdings) -> None:
    whole, part = an_asset(kept), an_asset(kept)
    bought(kept, whole, linear(120_000_00, "2024-01-01"))
    bought(kept, part, linear(120_000_00, "2024-07-31"))
    assert [charge(kept, whole, year) for year in range(2024, 2029)] == [39_600_00] * 3 + [1_200_00, 0]
    assert [charge(kept, part, year) for year in range(2024, 2029)] == [19_800_00, 39_600_00, 39_600_00, 21_000_00, 0]


def test_years_that_were_missed_are_charged_one_entry_each(kept: Holdings) -> None:
    assets = [an_asset(kept), an_asset(kept), an_asset(kept)]
    bought(kept, assets[0], saldo(100_000_00, "2024-03-15"))
    bought(kept, assets[1], saldo(100_000_00, "2026-03-15"))
    done = life.depreciate(kept, assets, 2025)
    assert (done.entries, done.minor) == (2, 51_000_00)
    days = [str(voucher.journal.instant.day) for voucher in kept.vouchers.about(1)]
    assert days == ["2024-03-15", "2024-12-31", "2025-12-31"]
    before = everything(kept)
    assert life.depreciate(kept, assets, 2025) == life.Posted()
    assert life.depreciate(kept, assets, 1900) == life.Posted()
    assert everything(kept) == before


def test_a_class_without_depreciation_is_charged_nothing_and_can_be_sold(kept: Holdings) -> None:
    asset = an_asset(kept)
    land = machines(kept, depreciated=False)
    terms = Terms(70_000_00, day("2024-03-15"), Method.NONE)
    life.acquire(kept, asset, life.Purchase(land, terms, account(kept, "1920")))
    assert life.depreciate(kept, [asset], 2030) == life.Posted()
    assert left(kept, asset) == {"1200": 70_000_00}
    sold(kept, asset, "2031-01-01", 90_000_00)
    assert sums(kept) == {"1920": 20_000_00, "3880": -20_000_00}


@pytest.mark.parametrize(
    ("proceeds", "gain", "expected"),
    [
        (50_000_00, 1_000_00, {"1920": -50_000_00, "3880": -1_000_00, "6000": 51_000_00}),
        (49_000_00, 0, {"1920": -51_000_00, "6000": 51_000_00}),
        (0, -49_000_00, {"1920": -100_000_00, "6000": 51_000_00, "7880": 49_000_00}),
    ],
)
def test_a_disposal_clears_the_assets_accounts_against_gain_or_loss(
    kept: Holdings, proceeds: int, gain: int, expected: dict[str, int]
) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_000_00))
    charge(kept, asset, 2025)
    sold(kept, asset, "2026-06-15", proceeds)
    assert sums(kept) == expected
    assert left(kept, asset) == {}
    assert asset.life is not None
    assert asset.life.disposal is not None
    assert asset.life.disposal.gain_minor == gain
    kept.deactivate(asset, USER)
    assert not asset.active


def test_a_disposal_charges_the_years_before_it_and_of_its_own_what_the_class_has(kept: Holdings) -> None:
    declining, line = an_asset(kept), an_asset(kept)
    bought(kept, declining, saldo(100_000_00))
    bought(kept, line, linear(120_000_00, "2024-01-01"))
    for asset in (declining, line):
        sold(kept, asset, "2026-06-15", 0)
    charged = [asset.life.charged_minor for asset in (declining, line) if asset.life is not None]
    assert charged == [51_000_00, 39_600_00 * 2 + 19_800_00]
    assert [asset.life.through for asset in (declining, line) if asset.life is not None] == [2025, 2025]
    assert str(kept.vouchers.about(2)[-2].journal.instant.day) == "2026-06-15"


def test_an_asset_that_is_sold_in_the_year_it_came_is_not_depreciated_by_saldo(kept: Holdings) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_000_00))
    sold(kept, asset, "2024-12-31", 100_000_00)
    assert sums(kept) == {}


def test_a_disposal_clears_what_else_was_posted_to_the_assets_accounts(kept: Holdings) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_00))
    posted(kept, ("1200", 7_00, 1), ("1920", -7_00, None))
    sold(kept, asset, "2024-12-31", 107_00)
    assert (sums(kept), left(kept, asset)) == ({}, {})


def test_a_disposal_of_nothing_for_nothing_posts_nothing(kept: Holdings) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_00))
    posted(kept, ("1920", 100_00, None), ("1200", -100_00, 1))
    sold(kept, asset, "2024-12-31", 0)
    assert len(kept.vouchers.all()) == 2
    assert asset.life is not None
    assert asset.life.disposal is not None


def test_a_counter_account_that_demands_an_asset_is_told_it(kept: Holdings) -> None:
    asset = an_asset(kept)
    kept.vouchers.set_demand(account(kept, "1920"), True)
    bought(kept, asset, saldo(100_00))
    assert left(kept, asset) == {"1200": 100_00, "1920": -100_00}


def test_what_cannot_be_acquired(kept: Holdings) -> None:
    asset, inactive = an_asset(kept), an_asset(kept)
    kept.deactivate(inactive, USER)
    refused(kept, Code.INACTIVE_ASSET, lambda: bought(kept, inactive, saldo(100_00)))
    refused(kept, Code.AMOUNT_NOT_POSITIVE, lambda: bought(kept, asset, saldo(0)), "cost")
    for own in ("1200", "1299"):
        refused(kept, Code.SAME_ACCOUNT, lambda own=own: bought(kept, asset, saldo(1), paid_from=own), "credit_account")
    bought(kept, asset, saldo(100_00))
    refused(kept, Code.WRONG_STATUS, lambda: bought(kept, asset, saldo(100_00)))


def test_what_cannot_be_disposed_of(kept: Holdings) -> None:
    asset, other = an_asset(kept), an_asset(kept)
    refused(kept, Code.WRONG_STATUS, lambda: sold(kept, other, "2024-06-15", 0))
    bought(kept, asset, saldo(100_000_00))
    refused(kept, Code.BEFORE_START, lambda: sold(kept, asset, "2024-03-14", 0), "date")
    refused(kept, Code.TOO_FAR, lambda: sold(kept, asset, "2300-03-14", 0), "year")
    refused(kept, Code.SAME_ACCOUNT, lambda: sold(kept, asset, "2024-06-15", 0, proceeds="1299"), "proceeds_account")
    charge(kept, asset, 2025)
    refused(kept, Code.BEFORE_START, lambda: sold(kept, asset, "2025-12-31", 0), "date")
    sold(kept, asset, "2026-01-01", 0)
    refused(kept, Code.WRONG_STATUS, lambda: sold(kept, asset, "2026-01-02", 0))


def test_a_year_too_far_charges_no_asset_at_all(kept: Holdings) -> None:
    assets = [an_asset(kept), an_asset(kept)]
    bought(kept, assets[0], saldo(100_000_00, "2200-01-01"))
    bought(kept, assets[1], saldo(100_000_00, "2024-01-01"))
    refused(kept, Code.TOO_FAR, lambda: life.depreciate(kept, assets, 2224), "year")
    assert life.depreciate(kept, assets, 2223).entries > 0


def test_entries_of_a_life_are_not_cancelled_by_themselves(kept: Holdings) -> None:
    asset = an_asset(kept)
    bought(kept, asset, saldo(100_000_00))
    charge(kept, asset, 2024)
    for voucher in kept.vouchers.all():
        refused(kept, Code.ENTRY_OF_A_LIFE, lambda voucher=voucher: kept.vouchers.cancel(voucher))


def test_what_is_not_in_the_books_any_more_is_charged_nothing(kept: Holdings) -> None:
    gone, inactive = an_asset(kept), an_asset(kept)
    bought(kept, gone, saldo(100_00))
    sold(kept, gone, "2024-12-31", 0)
    bought(kept, inactive, saldo(100_00))
    posted(kept, ("1920", 100_00, None), ("1200", -100_00, inactive.id))
    kept.deactivate(inactive, USER)
    assert life.depreciate(kept, kept.assets(), 2030) == life.Posted()
    refused(kept, Code.WRONG_STATUS, lambda: sold(kept, inactive, "2024-12-31", 0))


def test_what_else_moves_the_tax_pool_is_written_down_by_year_and_posts_nothing(kept: Holdings) -> None:
    asset, other = an_asset(kept), an_asset(kept)
    bought(kept, asset, saldo(100_000_00))
    before = everything(kept)
    life.move_pool(kept, asset, 2025, Movements(granted_minor=5))
    life.move_pool(kept, asset, 2025, Movements(improved_minor=7))
    life.move_pool(kept, asset, 2026, Movements(granted_minor=1))
    assert asset.life is not None
    assert asset.life.pooled == {2025: Movements(improved_minor=7), 2026: Movements(granted_minor=1)}
    life.move_pool(kept, asset, 2025, Movements())
    assert asset.life.pooled == {2026: Movements(granted_minor=1)}
    refused(kept, Code.WRONG_STATUS, lambda: life.move_pool(kept, other, 2025, Movements()))
    refused(kept, Code.BEFORE_START, lambda: life.move_pool(kept, asset, 2023, Movements()), "year")
    refused(kept, Code.BEFORE_START, lambda: sold(kept, asset, "2025-12-31", 0), "date")
    life.move_pool(kept, asset, 2026, Movements())
    assert everything(kept) == before
    sold(kept, asset, "2025-12-31", 0)
    life.move_pool(kept, asset, 2025, Movements(granted_minor=1))
    refused(kept, Code.BEFORE_START, lambda: life.move_pool(kept, asset, 2026, Movements()), "year")
