"""Registering, depreciation runs, rolling back and the lock date, with the ledger looked at after each step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from mock_server.domain.accounts import ById, ByKey
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.figures import accumulated, book_value, can_rollback, current_year_start
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.locking import lock
from mock_server.domain.register.records import NO_PLAN, Accounts, AssetType, Plan, Status
from mock_server.domain.register.runs import roll_back, run
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method, YearEnd
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


@contextmanager
def refused(register: Register, code: Code, at: str = "") -> Iterator[None]:
    """The command in the block is refused for that reason, and nothing has changed."""
    before = everything(register)
    with pytest.raises(Refused) as raised:
        yield
    assert (raised.value.code, raised.value.at) == (code, at), raised.value
    assert everything(register) == before


# ---- registering ------------------------------------------------------------------------------


def test_registering_posts_the_purchase_on_its_day() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    assert (asset.status, book_value(asset)) == (Status.REGISTERED, 1_000_000)
    assert sums(register) == {"cost": 1_000_000, "bank": -1_000_000}
    (entry,) = entries(register)
    assert (entry.id, entry.origin, entry.journal.instant.day) == (asset.registered_entry, asset.id, day("2022-01-01"))
    assert entry.journal.note.memo == "Purchase of FA-0001"


def test_a_purchase_that_is_kept_elsewhere_is_not_posted() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=None)
    assert (asset.status, asset.registered_entry) == (Status.REGISTERED, None)
    assert entries(register) == ()


@pytest.mark.parametrize("method", [Method.NONE, Method.FULL])
def test_a_method_without_a_pace_needs_neither_averaging_nor_rate(method: Method) -> None:
    register = a_register()
    asset = a_draft(register, Plan(method))
    enter(register, asset, credit=BANK)
    run(register, day("2022-03-31"))
    assert charged(asset) == ([] if method is Method.NONE else [("2022-01-31", 1_000_000)])
    assert book_value(asset) == (1_000_000 if method is Method.NONE else 0)


@pytest.mark.parametrize(
    ("facts", "plan", "code", "at"),
    [
        ({"type": None}, LIFE_OF_FIVE, Code.INCOMPLETE, "type"),
        ({"type": AssetType("t", 9, "Bare", Accounts())}, LIFE_OF_FIVE, Code.INCOMPLETE, "type"),
        ({"purchased": None}, LIFE_OF_FIVE, Code.INCOMPLETE, "purchased"),
        ({"price_minor": None}, LIFE_OF_FIVE, Code.INCOMPLETE, "price_minor"),
        ({"price_minor": 0}, LIFE_OF_FIVE, Code.INCOMPLETE, "price_minor"),
        ({}, None, Code.INCOMPLETE, "method"),
        ({}, replace(LIFE_OF_FIVE, method=None), Code.INCOMPLETE, "method"),
        ({}, replace(LIFE_OF_FIVE, averaging=None), Code.INCOMPLETE, "averaging"),
        ({}, replace(LIFE_OF_FIVE, life=None), Code.BAD_PLAN, ""),
        ({}, replace(LIFE_OF_FIVE, life=Fraction(0)), Code.BAD_PLAN, ""),
        ({}, replace(LIFE_OF_FIVE, start=day("2021-12-31")), Code.BEFORE_START, "start"),
        ({"purchased": day("2019-12-31")}, LIFE_OF_FIVE, Code.BEFORE_START, "start"),
    ],
)
def test_a_draft_that_lacks_something_is_not_registered(facts: Any, plan: Plan | None, code: Code, at: str) -> None:
    register = a_register()
    asset = a_draft(register, plan, **facts)
    with refused(register, code, at):
        enter(register, asset, credit=BANK)
    assert asset.status is Status.DRAFT


def test_a_purchase_before_the_registers_start_is_depreciated_from_a_later_day() -> None:
    register = a_register()
    asset = a_draft(register, replace(LIFE_OF_FIVE, start=day("2020-01-01")), purchased=day("2019-06-01"))
    enter(register, asset, credit=BANK)
    run(register, day("2020-01-31"))
    assert charged(asset) == [("2020-01-31", 16_667)]


def test_an_asset_is_registered_once() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    with refused(register, Code.WRONG_STATUS):
        enter(register, asset, credit=BANK)


@pytest.mark.parametrize(
    ("credit", "code"),
    [
        (ById("nowhere"), Code.UNKNOWN_ACCOUNT),
        (ByKey("cost"), Code.SAME_ACCOUNT),
        (ByKey("accumulated"), Code.SAME_ACCOUNT),
    ],
)
def test_a_purchase_is_paid_from_another_account_of_the_chart(credit: Any, code: Code) -> None:
    register = a_register()
    asset = a_draft(register)
    with refused(register, code):
        enter(register, asset, credit=credit)


def test_a_late_registration_catches_up_month_by_month() -> None:
    register = a_register()
    run(register, day("2022-04-30"))
    asset = a_draft(register, purchased=day("2022-02-15"))
    enter(register, asset, credit=BANK)
    assert charged(asset) == [("2022-02-28", 16_667), ("2022-03-31", 16_666), ("2022-04-30", 16_667)]
    assert [entry.journal.instant.day.isoformat() for entry in entries(register)] == [
        "2022-02-15",
        "2022-02-28",
        "2022-03-31",
        "2022-04-30",
    ]
    assert sums(register) == {"cost": 1_000_000, "bank": -1_000_000, "expense": 50_000, "accumulated": -50_000}


def test_neither_purchase_nor_catching_up_is_posted_into_the_lock() -> None:
    register = a_register()
    run(register, day("2022-04-30"))
    lock(register, day("2022-03-31"))
    for purchased in ("2022-02-15", "2022-03-31"):
        asset = a_draft(register, purchased=day(purchased))
        with refused(register, Code.CLOSED_PERIOD):
            enter(register, asset, credit=BANK)
        with refused(register, Code.CLOSED_PERIOD):
            enter(register, asset, credit=None)
    asset = a_draft(register, replace(LIFE_OF_FIVE, start=day("2022-04-01")), purchased=day("2022-02-15"))
    enter(register, asset, credit=None)
    assert charged(asset) == [("2022-04-30", 16_667)]


# ---- runs -------------------------------------------------------------------------------------


def test_a_run_posts_one_journal_for_each_asset_and_month() -> None:
    register = a_register()
    one = a_draft(register)
    two = a_draft(register, replace(LIFE_OF_FIVE, residual_minor=100_000), type=a_type(register, "Vehicles"))
    a_draft(register)
    for asset in (one, two):
        enter(register, asset, credit=BANK)
    posted = run(register, day("2022-02-28"))
    assert (posted.journals, posted.minor) == (4, 63_333)
    assert charged(one) == [("2022-01-31", 16_667), ("2022-02-28", 16_666)]
    assert charged(two) == [("2022-01-31", 15_000), ("2022-02-28", 15_000)]
    assert sums(register) == {
        "cost": 1_000_000,
        "cost-2": 1_000_000,
        "bank": -2_000_000,
        "expense": 63_333,
        "accumulated": -33_333,
        "accumulated-2": -30_000,
    }
    (first, *_rest) = entries(register)[2:]
    assert (first.origin, first.journal.note.memo) == (one.id, "Depreciation of FA-0001")
    assert register.organisation.last_depreciation == day("2022-02-28")


def test_a_second_run_through_the_same_or_an_earlier_day_posts_nothing() -> None:
    register = a_register()
    enter(register, a_draft(register), credit=BANK)
    run(register, day("2022-06-30"))
    before = everything(register)
    for through in ("2022-06-30", "2022-01-31"):
        assert run(register, day(through)).journals == 0
        assert everything(register) == before


@pytest.mark.parametrize("stops", [["2026-12-31"], ["2022-01-31", "2023-07-31", "2023-08-31", "2026-12-31"]])
def test_runs_of_any_length_come_to_the_same_and_a_life_ends(stops: list[str]) -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    for through in stops:
        run(register, day(through))
    assert len(asset.charges) == 60
    assert book_value(asset) == 0
    assert run(register, day("2030-12-31")).journals == 0
    assert register.organisation.last_depreciation == day("2030-12-31")


def test_months_without_an_amount_get_no_journal() -> None:
    register = a_register()
    asset = a_draft(register, price_minor=2)
    enter(register, asset, credit=BANK)
    for month_end in ("2022-01-31", "2024-05-31", "2026-12-31"):
        run(register, day(month_end))
    assert charged(asset) == [("2023-03-31", 1), ("2025-09-30", 1)]


@pytest.mark.parametrize(
    ("through", "code"),
    [
        ("2022-01-30", Code.NOT_A_MONTH_END),
        ("2024-02-28", Code.NOT_A_MONTH_END),
        ("2019-12-31", Code.BEFORE_START),
        ("2120-02-29", Code.TOO_FAR),
    ],
)
def test_a_run_goes_to_a_month_end_within_reach(through: str, code: Code) -> None:
    register = a_register()
    enter(register, a_draft(register), credit=BANK)
    with refused(register, code):
        run(register, day(through))
    run(register, day("2120-01-31"))
    assert register.organisation.last_depreciation == day("2120-01-31")


def test_a_run_posts_nothing_into_the_lock() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    run(register, day("2022-01-31"))
    lock(register, day("2022-03-30"))
    with refused(register, Code.CLOSED_PERIOD):
        run(register, day("2022-02-28"))
    with refused(register, Code.CLOSED_PERIOD):
        run(register, day("2022-03-31"))  # February is missing, and locked
    lock(register, day("2022-02-27"))
    assert run(register, day("2022-03-31")).journals == 2


# ---- rolling back -----------------------------------------------------------------------------


def test_rolling_back_reverses_each_later_charge_at_its_own_date() -> None:
    register = a_register()
    asset, other = a_draft(register), a_draft(register, purchased=day("2022-05-01"))
    for each in (asset, other):
        enter(register, each, credit=BANK)
    run(register, day("2022-06-30"))
    before = len(entries(register))
    undone = roll_back(register, day("2022-04-15"))
    assert (undone.journals, undone.minor) == (5, 83_333)
    assert charged(asset) == [("2022-01-31", 16_667), ("2022-02-28", 16_666), ("2022-03-31", 16_667)]
    assert (charged(other), other.status) == ([], Status.REGISTERED)
    reversals = entries(register)[before:]
    ledger = register.ledger
    originals = [ledger.original_of(entry) for entry in reversals]
    assert all(
        entry.journal.instant == original.journal.instant for entry, original in zip(reversals, originals, strict=True)
    )
    assert sums(register) == {"cost": 2_000_000, "bank": -2_000_000, "expense": 50_000, "accumulated": -50_000}
    assert register.organisation.last_depreciation == day("2022-03-31")


def test_a_rerun_after_rolling_back_gives_the_same_figures() -> None:
    register = a_register()
    plans = (
        LIFE_OF_FIVE,
        Plan(Method.DIMINISHING, averaging=Averaging.ACTUAL_DAYS, rate=Fraction(2, 5)),
        Plan(Method.DIMINISHING, factor=150, averaging=Averaging.FULL_MONTH, life=Fraction(8), residual_minor=5_001),
    )
    assets = [a_draft(register, plan, purchased=day("2022-01-17")) for plan in plans]
    for asset in assets:
        enter(register, asset, credit=BANK)
    run(register, day("2024-06-30"))
    before, balances = [charged(asset) for asset in assets], sums(register)
    for to in ("2024-06-29", "2023-12-31", "2022-02-27", "2020-01-01"):
        roll_back(register, day(to))
        run(register, day("2024-06-30"))
        assert [charged(asset) for asset in assets] == before
        assert sums(register) == balances


@pytest.mark.parametrize(
    ("to", "last"),
    [
        ("2022-01-31", "2022-01-31"),
        ("2022-01-30", "2021-12-31"),
        ("2020-02-28", "2020-01-31"),
        ("2020-01-31", "2020-01-31"),
        ("2020-01-30", None),
        ("2020-01-01", None),
    ],
)
def test_the_last_depreciation_date_goes_back_to_a_month_end_of_the_register(to: str, last: str | None) -> None:
    register = a_register()
    run(register, day("2022-06-30"))
    roll_back(register, day(to))
    assert register.organisation.last_depreciation == (None if last is None else day(last))


def test_a_register_as_old_as_the_calendar_has_no_month_end_before_its_first() -> None:
    register = a_register(start_date=date.min)
    run(register, day("0001-01-31"))
    roll_back(register, day("0001-01-30"))
    assert register.organisation.last_depreciation is None


def test_rolling_back_to_a_day_behind_the_last_run_changes_nothing() -> None:
    register = a_register()
    before = everything(register)
    assert roll_back(register, day("2022-01-31")).journals == 0
    assert everything(register) == before
    enter(register, a_draft(register), credit=BANK)
    run(register, day("2022-06-30"))
    before = everything(register)
    assert roll_back(register, day("2022-06-30")).journals == 0
    assert everything(register) == before


def test_nothing_is_rolled_back_before_the_start_or_into_the_lock() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    run(register, day("2022-06-30"))
    with refused(register, Code.BEFORE_START):
        roll_back(register, day("2019-12-31"))
    lock(register, day("2022-03-31"))
    with refused(register, Code.CLOSED_PERIOD):
        roll_back(register, day("2022-03-30"))
    roll_back(register, day("2022-03-31"))
    assert len(asset.charges) == 3


# ---- the lock date and the figures ------------------------------------------------------------


def test_the_register_and_the_ledger_agree_on_the_lock() -> None:
    register = a_register()
    for through, closed_before in (("2022-12-31", "2023-01-01"), ("2022-06-15", "2022-06-16")):
        lock(register, day(through))
        assert register.organisation.lock == day(through)
        assert register.ledger.closed_before == day(closed_before)
    lock(register, None)
    assert (register.organisation.lock, register.ledger.closed_before) == (None, None)
    with refused(register, Code.TOO_FAR):
        lock(register, date.max)


def test_an_asset_can_be_rolled_back_unless_a_charge_lies_in_the_lock() -> None:
    register = a_register()
    asset = a_draft(register)
    organisation = register.organisation
    lock(register, day("2022-01-30"))
    assert can_rollback(asset, organisation)
    lock(register, None)
    enter(register, asset, credit=BANK)
    run(register, day("2022-06-30"))
    for locked, may in ((None, True), ("2022-01-30", True), ("2022-01-31", False), ("2023-01-31", False)):
        lock(register, None if locked is None else day(locked))
        assert can_rollback(asset, organisation) is may


@pytest.mark.parametrize(
    ("year_end", "last", "start"),
    [
        (YearEnd(), None, "2020-01-01"),
        (YearEnd(), "2022-11-30", "2022-01-01"),
        (YearEnd(), "2022-12-31", "2023-01-01"),
        (YearEnd(3, 31), "2022-02-28", "2021-04-01"),
        (YearEnd(3, 31), "2022-03-31", "2022-04-01"),
        (YearEnd(2, 29), "2024-01-31", "2023-03-01"),
        (YearEnd(4, 5), "2022-04-30", "2022-04-06"),
        (YearEnd(), "9999-12-31", "9999-01-01"),
    ],
)
def test_a_year_is_current_until_its_last_month_is_depreciated(year_end: YearEnd, last: str | None, start: str) -> None:
    organisation = a_register(year_end=year_end, last_depreciation=None if last is None else day(last)).organisation
    assert current_year_start(organisation) == day(start)


def test_a_financial_year_may_begin_before_the_calendar() -> None:
    organisation = a_register(year_end=YearEnd(6, 30), start_date=date.min).organisation
    assert current_year_start(organisation) == date.min


def test_accumulated_depreciation_is_told_before_this_year_and_since_the_start() -> None:
    register = a_register()
    asset = a_draft(register)
    enter(register, asset, credit=BANK)
    run(register, day("2023-03-31"))
    told = accumulated(asset, register.organisation)
    assert (told.prior_minor, told.current_minor) == (200_000, 250_000)
    told = accumulated(asset, register.organisation, this_year_only=True)
    assert (told.prior_minor, told.current_minor) == (200_000, 50_000)
    assert book_value(asset) == 1_000_000 - told.prior_minor - told.current_minor


def test_a_draft_is_worth_its_price_less_what_it_is_to_bring() -> None:
    register = a_register()
    assert book_value(a_draft(register, NO_PLAN, price_minor=10_000, disposal_price_minor=2_323)) == 7_677
    assert book_value(a_draft(register, NO_PLAN, price_minor=None)) == 0
