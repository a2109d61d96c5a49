"""The tax pools' figures: the tax authority's own example returns, our years, and both sides of each limit."""

from __future__ import annotations

from fractions import Fraction

import pytest

import spec
from mock_server.apis.snapbooks.groups import RULES
from mock_server.domain.pools import (
    AccountBalance,
    BadMovements,
    BadShare,
    Balance,
    Happening,
    Kept,
    Movements,
    close_account,
    close_pool,
    pool_years,
)

SMALL = 3_000_000


def kroner(amount: float) -> int:
    assert amount * 100 == int(amount * 100)
    return int(amount * 100)


def closed(group: str, opening: float, movements: Movements | None = None, **more: object) -> Balance:
    rules = RULES.groups[group]
    return close_pool(rules, kroner(opening), movements or Movements(), small_minor=SMALL, **more)  # type: ignore[arg-type]


def figures(balance: Balance) -> tuple[int, int, int, int, int]:
    return (
        balance.basis_minor,
        balance.depreciation_minor,
        balance.income_minor,
        balance.transferred_minor,
        balance.closing_minor,
    )


# -- example returns of the tax authority (Skatteetaten/skattemelding, resources/eksempler), in kroner


@pytest.mark.parametrize(
    ("group", "opening", "movements", "basis", "depreciation", "income", "closing"),
    [
        ("a", 100_000, {}, 100_000, 30_000, 0, 70_000),
        ("a", 100_000, {"granted": 20_000}, 80_000, 24_000, 0, 56_000),
        ("a", 260_000, {}, 260_000, 78_000, 0, 182_000),
        ("b", 200_000, {}, 200_000, 40_000, 0, 160_000),
        ("c", 500_000, {}, 500_000, 120_000, 0, 380_000),
        ("c", 100_000, {"bought": 40_000, "proceeds": 200_000}, -60_000, 0, 14_400, -45_600),
        ("d", 100_000, {"improved": 180_000}, 280_000, 56_000, 0, 224_000),
        ("d", -14_000, {}, -14_000, 0, 14_000, 0),
        ("e", 100_000, {"improved": 80_000}, 180_000, 25_200, 0, 154_800),
        ("f", 100_000, {}, 100_000, 12_000, 0, 88_000),
        ("g", 100_000, {}, 100_000, 5_000, 0, 95_000),
        ("h", 100_000, {}, 100_000, 4_000, 0, 96_000),
        ("i", 100_000, {}, 100_000, 2_000, 0, 98_000),
        ("j", 100_000, {}, 100_000, 10_000, 0, 90_000),
    ],
)
def test_an_example_return(
    group: str, opening: int, movements: dict[str, int], basis: int, depreciation: int, income: int, closing: int
) -> None:
    moved = Movements(**{f"{name}_minor": kroner(amount) for name, amount in movements.items()})
    expected = tuple(map(kroner, (basis, depreciation, income, 0, closing)))
    assert figures(closed(group, opening, moved)) == expected


def test_the_example_of_the_gain_and_loss_account() -> None:
    account = close_account(kroner(100_000), 0, rate=RULES.account_rate, small_minor=SMALL)
    assert (account.taken_minor, account.closing_minor) == (kroner(20_000), kroner(80_000))


# -- our own figures: years of one pool


@pytest.mark.parametrize(
    ("group", "cost", "years", "closing"),
    [
        ("a", 10_000_000, [3_000_000, 2_100_000, 1_470_000, 1_029_000, 720_300, 504_210], 1_176_490),
        ("c", 33_333_333, [8_000_000, 6_080_000, 4_620_800, 3_511_808, 2_668_974, 2_028_420], 6_423_331),
    ],
)
def test_the_years_of_one_pool(group: str, cost: int, years: list[int], closing: int) -> None:
    bought = Happening(2024, "1", group, Movements(bought_minor=cost))
    report = pool_years(RULES, [bought], 2029)
    assert [year.pools[0].balance.depreciation_minor for year in report] == years
    assert report[-1].pools[0].balance.closing_minor == closing


# -- balances below zero, and what an asset leaves behind


def test_goodwill_below_zero_goes_to_the_account() -> None:
    assert figures(closed("b", 10_000, Movements(proceeds_minor=kroner(50_000)))) == (
        kroner(-40_000), 0, 0, kroner(40_000), 0,
    )  # fmt: skip


def test_goodwill_is_only_bought_and_sold() -> None:
    for name in ("improved", "granted", "input_tax"):
        with pytest.raises(BadMovements, match="only bought"):
            closed("b", 10_000, Movements(**{f"{name}_minor": 1}))


@pytest.mark.parametrize("group", ["e", "f", "g", "h", "i"])
@pytest.mark.parametrize(("price", "gain"), [(120_000, 20_000), (90_000, -10_000), (0, -100_000), (100_000, 0)])
def test_an_asset_of_its_own_pool_leaves_gain_or_loss_and_no_depreciation(group: str, price: int, gain: int) -> None:
    sold = Movements(proceeds_minor=kroner(price))
    assert figures(closed(group, 100_000, sold, left=True)) == (kroner(-gain), 0, 0, kroner(gain), 0)


@pytest.mark.parametrize("group", ["a", "c", "d", "j"])
def test_scrapping_leaves_a_pool_of_several_as_it_is(group: str) -> None:
    assert closed(group, 100_000, left=True) == closed(group, 100_000)


def test_the_groups_with_a_balance_of_their_own_for_each_asset() -> None:
    assert [name for name, group in RULES.groups.items() if group.kept is Kept.BY_ASSET] == list("efghi")
    assert [name for name, group in RULES.groups.items() if group.kept is Kept.BY_PLACE] == ["j"]


# -- the limit: 15,000 through 2023, 30,000 since


@pytest.mark.parametrize(
    ("year", "opening", "income"),
    [
        (2023, -14_999.99, 14_999.99),
        (2023, -15_000, 4_500),
        (2023, -29_999.99, 9_000),
        (2024, -29_999.99, 29_999.99),
        (2024, -30_000, 9_000),
        (2026, -15_000, 15_000),
    ],
)
def test_a_small_balance_below_zero_is_income_in_full(year: int, opening: float, income: float) -> None:
    small = RULES.limits.small_minor(year)
    balance = close_pool(RULES.groups["a"], kroner(opening), Movements(), small_minor=small)
    assert balance.income_minor == kroner(income)


def test_a_small_balance_above_zero_may_be_written_off_and_one_of_the_limit_may_not() -> None:
    assert closed("a", 29_999.99, share=Fraction(1)).closing_minor == 0
    assert closed("a", 29_999.99).depreciation_minor == 900_000
    assert closed("a", 16_807, share=Fraction(0)).closing_minor == 1_680_700
    with pytest.raises(BadShare, match="from 0 to 30 %; got 100 %"):
        closed("a", 30_000, share=Fraction(1))


@pytest.mark.parametrize(
    ("balance", "taken"),
    [(30_000, 6_000), (29_999.99, 29_999.99), (0, 0), (-29_999.99, -6_000), (-30_000, -6_000)],
)
def test_the_account_by_the_limit(balance: float, taken: float) -> None:
    assert close_account(kroner(balance), 0, rate=RULES.account_rate, small_minor=SMALL) == AccountBalance(
        kroner(balance), 0, kroner(taken)
    )


@pytest.mark.parametrize(
    ("balance", "share", "allowed"),
    [
        (30_000, Fraction(19, 100), False), (30_000, Fraction(1), True), (29_999.99, Fraction(99, 100), False),
        (-29_999.99, Fraction(1), True), (-29_999.99, Fraction(0), True),
        (-30_000, Fraction(21, 100), False), (-30_000, Fraction(0), True),
    ],
)  # fmt: skip
def test_which_shares_of_the_account_may_be_chosen(balance: float, share: Fraction, allowed: bool) -> None:
    def close() -> AccountBalance:
        return close_account(kroner(balance), 0, rate=RULES.account_rate, small_minor=SMALL, share=share)

    if allowed:
        assert abs(close().taken_minor) == abs(kroner(balance)) * share
    else:
        with pytest.raises(BadShare):
            close()


# -- the classes' groups


def test_every_class_has_a_group_with_its_rate() -> None:
    """Livestock buildings alone have a higher one than their group."""
    classes = [one for one in spec.asset_classes("snapbooks") if one.group]
    assert len(classes) == 14
    others = {one.code: one.yearly for one in classes if one.yearly != RULES.groups[one.group or ""].rate}
    assert others == {"AGRICULTURAL_BUILDINGS": Fraction(6, 100)}
    assert {one.group for one in classes} == set(RULES.groups)
