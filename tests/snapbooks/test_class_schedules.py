"""What the classes come to: whole years of a declining balance, months of a linear class, nothing for land."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import islice

import pytest

import spec
from mock_server.apis.classes import life_months, terms_of
from mock_server.domain.schedule import BadTerms, Schedule, YearEnd, charge_of_year, levelled
from spec import AssetClass, Fall

CLASSES = {one.code: one for one in spec.asset_classes("snapbooks")}
OFFICE, SOFTWARE, LAND = CLASSES["OFFICE_EQUIPMENT"], CLASSES["SOFTWARE"], CLASSES["LAND"]


def year_by_year(one: AssetClass, cost_minor: int, start: date, count: int, *, by_life: bool = False) -> list[int]:
    terms = terms_of(one, cost_minor, start, by_life=by_life)
    charged: list[int] = []
    for year in range(start.year, start.year + count):
        charged.append(charge_of_year(terms, year, sum(charged)))
    return charged


def test_a_declining_balance_takes_a_whole_year_whenever_it_was_bought() -> None:
    years = [3_000_000, 2_100_000, 1_470_000, 1_029_000, 720_300, 504_210]
    assert year_by_year(OFFICE, 10_000_000, date(2024, 5, 10), 6) == years
    schedule = Schedule(terms_of(OFFICE, 10_000_000, date(2024, 12, 31)))
    assert [period.minor for period in islice(schedule.periods(), 6)] == years


def test_a_linear_class_takes_its_rate_of_the_cost_and_the_remainder_last() -> None:
    assert year_by_year(SOFTWARE, 12_000_000, date(2024, 1, 31), 5) == [3_960_000, 3_960_000, 3_960_000, 120_000, 0]


def test_a_linear_class_counts_the_months_of_its_first_year() -> None:
    assert year_by_year(SOFTWARE, 12_000_000, date(2024, 10, 31), 4) == [990_000, 3_960_000, 3_960_000, 3_090_000]


def test_the_life_that_a_rate_stands_for() -> None:
    linear = {one.code: life_months(one.yearly) for one in CLASSES.values() if one.fall is Fall.LINEAR}
    assert linear == {"PATENTS_AND_LICENSES": 120, "SOFTWARE": 36, "RESEARCH_AND_DEVELOPMENT": 60}


def test_a_linear_class_over_its_life() -> None:
    assert year_by_year(SOFTWARE, 12_000_000, date(2024, 1, 1), 4, by_life=True) == [4_000_000] * 3 + [0]
    months = levelled(Schedule(terms_of(SOFTWARE, 10_000_000, date(2024, 1, 1), by_life=True)))
    assert [period.minor for period in months] == [277_778] * 35 + [277_770]


def test_land_is_never_charged() -> None:
    assert year_by_year(LAND, 10_000_000, date(2024, 5, 10), 3) == [0, 0, 0]
    assert list(Schedule(terms_of(LAND, 10_000_000, date(2024, 5, 10))).periods()) == []


@pytest.mark.parametrize("one", CLASSES.values(), ids=CLASSES)
def test_every_class_charges_its_rate_of_the_cost_in_a_first_whole_year(one: AssetClass) -> None:
    assert year_by_year(one, 10_000_000, date(2024, 1, 1), 1) == [10_000_000 * one.yearly]


def test_a_financial_year_of_its_own() -> None:
    terms = terms_of(OFFICE, 10_000_000, date(2024, 5, 10), year_end=YearEnd(3, 31))
    assert next(Schedule(terms).periods()).last == date(2025, 3, 31)


@pytest.mark.parametrize("one", [OFFICE, LAND])
def test_only_a_linear_class_has_a_life(one: AssetClass) -> None:
    with pytest.raises(BadTerms, match=f"{one.code} has no life"):
        terms_of(one, 100, date(2024, 1, 1), by_life=True)


def test_half_a_month_is_one() -> None:
    assert life_months(Fraction(8, 100)) == 150
    assert life_months(Fraction(24, 25)) == 13  # 12.5
