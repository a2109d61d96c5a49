"""Pools: what goes in comes out again, whatever happens; and which shares and movements there cannot be."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.pools import (
    AccountBalance,
    BadMovements,
    BadShare,
    Below,
    Group,
    Happening,
    Kept,
    Limits,
    Movements,
    Rules,
    close_account,
    close_pool,
    pool_years,
)
from tests.domain import naive_pools

LIMITS = Limits(1_000, ((2010, 2_500),))
GROUPS = {
    group.name: group
    for group in (
        Group("all", Fraction(30, 100), Kept.TOGETHER, Below.INCOME),
        Group("names", Fraction(20, 100), Kept.TOGETHER, Below.ACCOUNT, bought_only=True),
        Group("fittings", Fraction(1, 10), Kept.BY_PLACE, Below.INCOME),
        Group("houses", Fraction(4, 100), Kept.BY_ASSET, Below.ACCOUNT),
    )
}
RULES = Rules(GROUPS, LIMITS, Fraction(1, 5))
ALL, HOUSES = GROUPS["all"], GROUPS["houses"]

AMOUNTS = st.one_of(st.integers(0, 5_000), st.integers(0, 10**12))
PLAIN = [field.name for field in fields(Movements) if field.name not in ("input_tax_minor", "proceeds_as_income_minor")]


@st.composite
def a_movements(draw: st.DrawFn, *, bought_only: bool = False) -> Movements:
    names = [name for name in PLAIN if not bought_only or name not in ("improved_minor", "granted_minor")]
    amounts = draw(st.dictionaries(st.sampled_from(names), AMOUNTS, max_size=4))
    amounts["proceeds_as_income_minor"] = draw(st.integers(0, amounts.get("proceeds_minor", 0)))
    return Movements(**amounts, input_tax_minor=0 if bought_only else draw(st.integers(-5_000, 5_000)))


@st.composite
def a_happening(draw: st.DrawFn) -> Happening:
    group = draw(st.sampled_from(sorted(GROUPS)))
    return Happening(
        year=draw(st.integers(2007, 2016)),
        asset_id=draw(st.sampled_from(["1", "2", "3"])),
        group=group,
        movements=draw(a_movements(bought_only=GROUPS[group].bought_only)),
        place=draw(st.sampled_from(["", "east"])),
        rate=draw(st.sampled_from([None, Fraction(6, 100)])),
        left=draw(st.booleans()),
    )


HAPPENINGS = st.lists(a_happening(), max_size=8)


# -- properties


@given(HAPPENINGS, st.integers(2005, 2020))
def test_the_report_agrees_with_a_walk_over_the_years(happenings: list[Happening], through: int) -> None:
    found = [
        (
            year.year,
            [
                (
                    pool.group,
                    pool.key,
                    pool.balance.depreciation_minor,
                    pool.balance.income_minor,
                    pool.balance.transferred_minor,
                    pool.balance.closing_minor,
                )
                for pool in year.pools
            ],
            (year.account.taken_minor, year.account.closing_minor),
        )
        for year in pool_years(RULES, happenings, through)
    ]
    assert found == naive_pools.years(RULES, happenings, through)


@given(HAPPENINGS)
def test_what_goes_in_is_depreciated_taken_or_still_there(happenings: list[Happening]) -> None:
    report = pool_years(RULES, happenings, 2020)
    went_in = sum(one.movements.net_minor for one in happenings)
    balances = [pool.balance for year in report for pool in year.pools]
    deducted = sum(balance.depreciation_minor - balance.income_minor for balance in balances)
    deducted -= sum(year.account.taken_minor for year in report)
    held = sum(pool.balance.closing_minor for pool in report[-1].pools) if report else 0
    account = report[-1].account.closing_minor if report else 0
    assert went_in == deducted + held - account


@given(HAPPENINGS)
def test_a_year_opens_with_what_the_year_before_closed_with(happenings: list[Happening]) -> None:
    held: dict[tuple[str, str], int] = {}
    account = 0
    for year in pool_years(RULES, happenings, 2020):
        for pool in year.pools:
            assert pool.balance.opening_minor == held.get((pool.group, pool.key), 0)
            held[pool.group, pool.key] = pool.balance.closing_minor
        assert year.account.opening_minor == account
        account = year.account.closing_minor


@given(HAPPENINGS, st.integers(2007, 2015))
def test_what_happens_later_changes_no_year_before(happenings: list[Happening], through: int) -> None:
    """But for an asset's own rate, which it has from the start."""
    report = pool_years(RULES, [one for one in happenings if one.rate is None], through)
    assert pool_years(RULES, [one for one in happenings if one.rate is None], 2020)[: len(report)] == report


@given(st.sampled_from(sorted(GROUPS)), st.integers(-(10**9), 10**9), a_movements(bought_only=True), st.booleans())
def test_a_balance_never_changes_its_side_and_comes_nearer_to_zero(
    name: str, opening: int, movements: Movements, left: bool
) -> None:
    balance = close_pool(GROUPS[name], opening, movements, small_minor=2_500, left=left)
    assert abs(balance.closing_minor) <= abs(balance.basis_minor)
    assert balance.closing_minor * balance.basis_minor >= 0
    assert balance.depreciation_minor >= 0
    assert balance.income_minor >= 0
    given_out = balance.depreciation_minor - balance.income_minor - balance.transferred_minor
    assert balance.closing_minor == balance.basis_minor - given_out
    if GROUPS[name].below is Below.INCOME:
        assert balance.transferred_minor == 0
    else:
        assert balance.closing_minor >= 0


# -- shares


def test_half_a_unit_is_one() -> None:
    assert close_pool(ALL, 5, Movements(), small_minor=0).depreciation_minor == 2  # 1.5
    assert close_pool(ALL, -5, Movements(), small_minor=0).income_minor == 2
    assert close_account(-8, 0, rate=Fraction(1, 16), small_minor=0) == AccountBalance(-8, 0, -1)


@pytest.mark.parametrize(
    ("opening", "share", "words"),
    [
        (2_500, Fraction(31, 100), "from 0 to 30 %; got 31 %"),
        (2_500, Fraction(-1, 100), "from 0 to 30 %; got -1 %"),
        (-2_500, Fraction(29, 100), "from 30 to 100 %; got 29 %"),
        (-2_500, Fraction(101, 100), "from 30 to 100 %; got 101 %"),
        (-2_499, Fraction(1, 3), "is 100 %; got 100/3 %"),
        (2_499, Fraction(2), "from 0 to 100 %; got 200 %"),
    ],
)
def test_a_share_that_may_not_be_chosen(opening: int, share: Fraction, words: str) -> None:
    with pytest.raises(BadShare) as refused:
        close_pool(ALL, opening, Movements(), small_minor=2_500, share=share)
    assert words in str(refused.value)


def test_shares_that_may_be_chosen() -> None:
    assert close_pool(ALL, 2_500, Movements(), small_minor=2_500, share=Fraction(1, 10)).depreciation_minor == 250
    assert close_pool(ALL, -2_500, Movements(), small_minor=2_500, share=Fraction(1)).closing_minor == 0
    assert close_pool(ALL, 2_499, Movements(), small_minor=2_500, share=Fraction(1)).closing_minor == 0


# -- movements


@pytest.mark.parametrize("name", [field.name for field in fields(Movements) if field.name != "input_tax_minor"])
def test_no_movement_is_negative_but_for_an_adjustment(name: str) -> None:
    with pytest.raises(BadMovements, match="cannot be negative") as refused:
        Movements(**{name: -1})
    assert "_" not in str(refused.value)
    assert Movements(input_tax_minor=-1).net_minor == -1


def test_no_more_proceeds_are_income_than_there_are() -> None:
    with pytest.raises(BadMovements, match="No more"):
        Movements(proceeds_minor=5, proceeds_as_income_minor=6)
    assert Movements(proceeds_minor=5, proceeds_as_income_minor=5).net_minor == 0


@pytest.mark.parametrize(("name", "sign"), naive_pools.SIGNS.items())
def test_the_sign_of_each_movement(name: str, sign: int) -> None:
    proceeds = {"proceeds_minor": 7} if name == "proceeds_as_income" else {}
    assert Movements(**{f"{name}_minor": 7}, **proceeds).net_minor == (0 if proceeds else 7 * sign)


@pytest.mark.parametrize("name", ["improved_minor", "granted_minor", "input_tax_minor"])
def test_what_is_only_bought_is_neither_improved_nor_granted(name: str) -> None:
    with pytest.raises(BadMovements, match="only bought"):
        close_pool(GROUPS["names"], 0, Movements(**{name: 1}), small_minor=0)


# -- the report


def test_which_pool_a_happening_moves() -> None:
    bought = Movements(bought_minor=100_000)
    happenings = [
        Happening(2010, "1", "all", bought, place="east"),
        Happening(2010, "2", "all", bought),
        Happening(2010, "3", "fittings", bought, place="east"),
        Happening(2010, "4", "fittings", bought, place="east"),
        Happening(2010, "5", "fittings", bought, place="west"),
        Happening(2010, "6", "houses", bought),
        Happening(2010, "7", "houses", bought, rate=Fraction(6, 100)),
    ]
    (year,) = pool_years(RULES, happenings, 2010)
    assert [(pool.group, pool.key, pool.balance.depreciation_minor) for pool in year.pools] == [
        ("all", "", 60_000),
        ("fittings", "east", 20_000),
        ("fittings", "west", 10_000),
        ("houses", "6", 4_000),
        ("houses", "7", 6_000),
    ]


def test_an_asset_that_has_left_is_there_in_its_last_year_and_in_no_later_one() -> None:
    happenings = [
        Happening(2010, "6", "houses", Movements(bought_minor=100_000)),
        Happening(2011, "6", "houses", Movements(proceeds_minor=196_000), left=True),
    ]
    *_, sold, after = pool_years(RULES, happenings, 2012)
    assert [pool.balance.transferred_minor for pool in sold.pools] == [100_000]
    assert sold.account == AccountBalance(0, 100_000, 20_000)
    assert after.pools == ()
    assert after.account == AccountBalance(80_000, 0, 16_000)


def test_no_happenings_no_years() -> None:
    assert pool_years(RULES, [], 2020) == ()
    assert pool_years(RULES, [Happening(2021, "1", "all", Movements())], 2020) == ()


def test_a_group_that_there_is_not() -> None:
    with pytest.raises(KeyError):
        pool_years(RULES, [Happening(2010, "1", "none such", Movements())], 2020)
