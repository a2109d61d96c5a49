"""Edits of registered assets: another rate acts from the start of the year, everything else from the asset's."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from mock_server.domain.accounts import ByKey
from mock_server.domain.refused import Code
from mock_server.domain.register.edits import edit
from mock_server.domain.register.figures import book_value
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.locking import lock
from mock_server.domain.register.records import Asset, FormerRate, Plan
from mock_server.domain.register.runs import roll_back, run
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method
from tests.domain.registers import (
    BANK,
    LIFE_OF_FIVE,
    a_draft,
    a_register,
    a_type,
    charged,
    day,
    entries,
    everything,
    sums,
)
from tests.domain.test_register_life import refused

FIFTH = Plan(Method.STRAIGHT_LINE, averaging=Averaging.FULL_MONTH, rate=Fraction(1, 5))
"""2,000.00 a year of an asset of 10,000.00."""

DIMINISHING = replace(FIFTH, method=Method.DIMINISHING)


def registered(plan: Plan = FIFTH, through: str | None = "2023-06-30", credit: Any = BANK) -> tuple[Register, Asset]:
    register = a_register()
    asset = a_draft(register, plan)
    enter(register, asset, credit=credit)
    if through is not None:
        run(register, day(through))
    return register, asset


def rate(register: Register, asset: Asset, percent: int) -> None:
    assert asset.plan is not None
    edit(register, asset, asset.facts, replace(asset.plan, rate=Fraction(percent, 100)))


def of_year(asset: Asset, year: str) -> int:
    return sum(minor for month_end, minor in charged(asset) if month_end.startswith(year))


def straight(asset: Asset, register: Register) -> bool:
    """Whether accounts and charges say the same."""
    return sums(register, asset)["accumulated"] == -asset.charged_minor


# ---- everything but the rate ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "plan"),
    [
        ({"price_minor": 1_200_000}, FIFTH),
        ({}, replace(FIFTH, method=Method.DIMINISHING)),
        ({}, replace(FIFTH, averaging=Averaging.ACTUAL_DAYS)),
        ({}, LIFE_OF_FIVE),
        ({}, replace(FIFTH, limit_minor=500_000)),
        ({}, replace(FIFTH, residual_minor=100_000, rate=Fraction(1, 4))),
        ({}, replace(FIFTH, start=day("2022-03-10"))),
        ({}, replace(FIFTH, start=day("2030-01-01"))),
        ({}, Plan(Method.NONE)),
    ],
)
def test_an_edit_charges_the_asset_again_as_if_it_had_always_been_so(facts: Any, plan: Plan) -> None:
    register, asset = registered()
    other = a_register()
    twin = a_draft(other, plan, **{"type": a_type(other), **facts})
    enter(other, twin, credit=BANK)
    run(other, day("2023-06-30"))
    edit(register, asset, replace(asset.facts, **facts), plan)
    assert (charged(asset), sums(register)) == (charged(twin), sums(other))
    assert book_value(asset) == book_value(twin)


def test_another_price_or_type_posts_the_purchase_anew() -> None:
    register, asset = registered(credit=ByKey("till"))
    edit(register, asset, replace(asset.facts, price_minor=500_000, type=a_type(register, "Vehicles")), FIFTH)
    assert sums(register) == {"cost-2": 500_000, "till": -500_000, "expense": 150_000, "accumulated-2": -150_000}
    assert asset.registered_entry in [entry.id for entry in entries(register)]
    assert register.in_use(a_type(register)) == 0


def test_a_purchase_that_was_never_posted_is_not_posted_by_an_edit() -> None:
    register, asset = registered(credit=None)
    edit(register, asset, replace(asset.facts, price_minor=500_000), FIFTH)
    assert sums(register) == {"expense": 150_000, "accumulated": -150_000}
    assert asset.registered_entry is None


def test_equal_values_change_nothing() -> None:
    register, asset = registered()
    before = everything(register)
    edit(register, asset, replace(asset.facts), replace(FIFTH))
    assert everything(register) == before


def test_an_edit_that_makes_no_sense_is_refused() -> None:
    register, asset = registered()
    draft = a_draft(register)
    facts = asset.facts
    with refused(register, Code.WRONG_STATUS):
        edit(register, draft, draft.facts, FIFTH)
    with refused(register, Code.RATE_AND_LIFE):
        edit(register, asset, facts, replace(FIFTH, life=Fraction(5)))
    with refused(register, Code.BAD_PLAN):
        edit(register, asset, facts, replace(FIFTH, rate=None))
    with refused(register, Code.BAD_PLAN):
        edit(register, asset, facts, replace(FIFTH, rate=Fraction(-1)))
    with refused(register, Code.LIMIT_TOO_HIGH):
        edit(register, asset, facts, replace(FIFTH, limit_minor=1_000_001))
    with refused(register, Code.BEFORE_START, "start"):
        edit(register, asset, facts, replace(FIFTH, start=day("2021-12-31")))
    with refused(register, Code.INCOMPLETE, "price_minor"):
        edit(register, asset, replace(facts, price_minor=0), FIFTH)
    with refused(register, Code.AMOUNT_TOO_LARGE):
        edit(register, asset, replace(facts, price_minor=2**63), FIFTH)


def test_an_edit_takes_nothing_back_in_the_lock() -> None:
    register, asset = registered()
    lock(register, day("2022-01-31"))
    with refused(register, Code.CLOSED_PERIOD):
        edit(register, asset, asset.facts, LIFE_OF_FIVE)
    lock(register, day("2022-01-30"))
    edit(register, asset, asset.facts, LIFE_OF_FIVE)
    with refused(register, Code.CLOSED_PERIOD):  # the purchase lies in the lock
        edit(register, asset, replace(asset.facts, price_minor=1), LIFE_OF_FIVE)


# ---- another rate -----------------------------------------------------------------------------


def test_another_rate_at_the_start_of_a_year_acts_from_then_on() -> None:
    register, asset = registered(through="2022-12-31")
    before = charged(asset)
    rate(register, asset, 30)
    assert charged(asset) == before
    run(register, day("2023-12-31"))
    assert of_year(asset, "2022") == 200_000
    assert of_year(asset, "2023") == 300_000
    assert asset.former_rates == (FormerRate(day("2023-01-01"), Fraction(1, 5)),)
    assert straight(asset, register)


def test_a_higher_rate_within_a_year_posts_the_difference_on_the_last_depreciation_date() -> None:
    register, asset = registered()
    before, kept = charged(asset), len(entries(register))
    rate(register, asset, 30)
    assert charged(asset) == [*before, ("2023-06-30", 50_000)]
    assert len(entries(register)) == kept + 1
    assert (of_year(asset, "2022"), of_year(asset, "2023")) == (200_000, 150_000)
    run(register, day("2023-12-31"))
    assert of_year(asset, "2023") == 300_000
    assert straight(asset, register)


def test_a_lower_rate_within_a_year_posts_nothing_until_the_charges_have_caught_up() -> None:
    register, asset = registered()
    before, kept = charged(asset), len(entries(register))
    rate(register, asset, 12)
    assert (charged(asset), len(entries(register))) == (before, kept)
    assert run(register, day("2023-09-30")).journals == 0
    run(register, day("2023-12-31"))
    assert charged(asset)[18:] == [("2023-11-30", 10_000), ("2023-12-31", 10_000)]
    assert of_year(asset, "2023") == 120_000
    assert straight(asset, register)


def test_another_rate_in_the_assets_first_year_acts_from_its_start() -> None:
    register, asset = registered(through="2022-06-30")
    rate(register, asset, 30)
    assert asset.former_rates == ()
    assert (asset.charged_minor, charged(asset)[-1]) == (150_000, ("2022-06-30", 50_000))
    register, asset = registered(through=None)
    rate(register, asset, 30)
    run(register, day("2022-12-31"))
    assert (asset.former_rates, asset.charged_minor) == ((), 300_000)


def test_a_month_that_was_caught_up_and_is_charged_anew_takes_its_whole_amount_in_one_charge() -> None:
    register, asset = registered(through="2022-01-31")
    rate(register, asset, 30)
    assert charged(asset) == [("2022-01-31", 16_667), ("2022-01-31", 8_333)]
    balances = sums(register)
    roll_back(register, day("2021-12-31"))
    run(register, day("2022-01-31"))
    assert (charged(asset), sums(register)) == ([("2022-01-31", 25_000)], balances)
    assert straight(asset, register)


def test_diminishing_value_takes_the_new_rate_of_what_was_left_at_the_start_of_the_year() -> None:
    register, asset = registered(DIMINISHING, "2023-03-31")
    rate(register, asset, 50)
    run(register, day("2023-12-31"))
    assert (of_year(asset, "2022"), of_year(asset, "2023")) == (200_000, 400_000)


def test_the_last_rate_of_a_year_counts_and_each_year_keeps_its_own() -> None:
    register, asset = registered()
    rate(register, asset, 40)
    rate(register, asset, 30)
    assert asset.former_rates == (FormerRate(day("2023-01-01"), Fraction(1, 5)),)
    run(register, day("2023-12-31"))
    assert of_year(asset, "2023") == 300_000
    rate(register, asset, 10)
    run(register, day("2024-12-31"))
    assert [of_year(asset, year) for year in ("2022", "2023", "2024")] == [200_000, 300_000, 100_000]
    roll_back(register, day("2021-12-31"))
    run(register, day("2024-12-31"))
    assert [of_year(asset, year) for year in ("2022", "2023", "2024")] == [200_000, 300_000, 100_000]
    roll_back(register, day("2023-06-30"))
    rate(register, asset, 50)
    assert asset.former_rates == (FormerRate(day("2023-01-01"), Fraction(1, 5)),)
    assert of_year(asset, "2023") == 250_000
    assert straight(asset, register)


def test_a_rate_ends_with_what_there_is_to_depreciate() -> None:
    register, asset = registered(through="2026-12-31")
    assert book_value(asset) == 0
    rate(register, asset, 30)
    assert run(register, day("2028-12-31")).journals == 0
    assert list(register.schedule_of(asset).periods())[-1].last == day("2026-12-31")
    register, asset = registered(through="2025-12-31")
    rate(register, asset, 90)
    run(register, day("2026-12-31"))
    assert book_value(asset) == 0


def test_an_edit_of_anything_else_forgets_former_rates() -> None:
    register, asset = registered()
    rate(register, asset, 30)
    edit(register, asset, asset.facts, replace(asset.plan or FIFTH, residual_minor=100))
    assert asset.former_rates == ()
    assert of_year(asset, "2022") == 299_970


def test_a_difference_is_not_posted_into_the_lock() -> None:
    register, asset = registered()
    lock(register, day("2023-06-30"))
    with refused(register, Code.CLOSED_PERIOD):
        rate(register, asset, 30)
    rate(register, asset, 12)
    assert asset.plan == replace(FIFTH, rate=Fraction(12, 100))
