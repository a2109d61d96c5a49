"""Whole lives of a few assets, commands in any order: L3, L5, L7, V1 to V5, D2, X3, X5, O6 and A6."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mock_server.domain.accounts import ByKey
from mock_server.domain.refused import Refused
from mock_server.domain.register.disposal import Until, dispose, undo_disposal
from mock_server.domain.register.edits import edit
from mock_server.domain.register.figures import book_value, can_rollback
from mock_server.domain.register.lifecycle import enter
from mock_server.domain.register.locking import lock
from mock_server.domain.register.records import Asset, Plan, Status
from mock_server.domain.register.runs import roll_back, run
from mock_server.domain.schedule import Averaging, Method, YearEnd
from mock_server.domain.schedule.calendar import month_end, month_number
from tests.domain.registers import (
    a_draft,
    a_register,
    a_sale,
    a_type,
    charged,
    day,
    entries,
    everything,
    sums,
)

START = day("2020-01-01")
DAYS = st.integers(-10, 1_500).map(lambda days: START + timedelta(days=days))
MONTH_ENDS = st.integers(0, 47).map(lambda months: month_end(month_number(START) + months))
WHICH = st.integers(0, 10**6)
PERCENT = st.sampled_from([0, 7, 20, 33, 50, 100]).map(lambda percent: Fraction(percent, 100))
PRICES = st.one_of(st.sampled_from([1, 2, 99, 10_000_00]), st.integers(1, 10**9))
PACED = st.builds(
    Plan,
    method=st.sampled_from([Method.STRAIGHT_LINE, Method.DIMINISHING]),
    factor=st.sampled_from([100, 150, 200]),
    averaging=st.sampled_from([Averaging.FULL_MONTH, Averaging.ACTUAL_DAYS]),
    rate=PERCENT,
    start=st.one_of(st.none(), DAYS),
    residual_minor=st.one_of(st.none(), st.integers(0, 200)),
)
BY_LIFE = st.builds(
    lambda plan, life: replace(plan, rate=None, life=life), PACED, st.sampled_from([Fraction(1), Fraction(5, 2)])
)
PLANS = st.one_of(PACED, PACED, BY_LIFE, st.sampled_from([Plan(Method.NONE), Plan(Method.FULL)]))


class Lives(RuleBasedStateMachine):
    """Every command is accepted or leaves nothing, and after each the books say the same as the register."""

    @initialize(
        year_end=st.sampled_from([YearEnd(), YearEnd(3, 31), YearEnd(2, 29)]),
        plans=st.lists(PLANS, min_size=2, max_size=4),
    )
    def start(self, year_end: YearEnd, plans: list[Plan]) -> None:
        self.register = a_register(start_date=START, year_end=year_end)
        self.assets: list[Asset] = []
        self.rates_changed: set[Asset] = set()
        for row, plan in enumerate(plans):
            self.register_one(
                replace(plan, start=None), 1_000_000, START + timedelta(days=100 * row), row != 1, "Computers"
            )

    def tried(self, command: Callable[..., Any], *arguments: Any, **named: Any) -> bool:
        """Whether the command was accepted; a refused one has left nothing."""
        before = everything(self.register)
        try:
            command(self.register, *arguments, **named)
        except Refused:
            assert everything(self.register) == before
            return False
        return True

    def asset(self, which: int, status: Status) -> Asset:
        """One of the assets, of that status where there is one."""
        fit = [asset for asset in self.assets if asset.status is status] or self.assets
        return fit[which % len(fit)]

    def is_level(self, asset: Asset) -> bool:
        """Whether no edit of the asset's rate has left a difference in its months."""
        last = self.register.organisation.last_depreciation
        if asset.status is not Status.REGISTERED or last is None:
            return True
        schedule = self.register.schedule_of(asset)
        return all(
            schedule.accumulated(charge.month_end)
            == sum(minor for on, minor in charged(asset) if on <= str(charge.month_end))
            for charge in asset.charges
        )

    # ---- commands -----------------------------------------------------------------------------

    @rule(plan=PLANS, price=PRICES, purchased=DAYS, paid=st.booleans(), kind=st.sampled_from(["Computers", "Vehicles"]))
    def register_one(self, plan: Plan, price: int, purchased: date, paid: bool, kind: str) -> None:
        facts = {"price_minor": price, "purchased": purchased, "type": a_type(self.register, kind)}
        try:
            asset = a_draft(self.register, plan, **facts)
        except Refused:
            return
        self.assets.append(asset)
        self.tried(enter, asset, credit=ByKey("bank") if paid else None)

    @rule(through=MONTH_ENDS)
    def depreciate(self, through: date) -> None:
        if self.tried(run, through):
            done = everything(self.register)
            run(self.register, through)
            assert everything(self.register) == done

    @rule(to=DAYS)
    def go_back(self, to: date) -> None:
        last, before = self.register.organisation.last_depreciation, [by_month(asset) for asset in self.assets]
        level = all(map(self.is_level, self.assets))
        balances = sums(self.register)
        if self.tried(roll_back, to) and last is not None and level and self.tried(run, last):
            assert [by_month(asset) for asset in self.assets] == before
            assert sums(self.register) == balances
            self.tried(roll_back, to)

    @precondition(lambda self: self.assets)
    @rule(which=WHICH, on=DAYS, price=st.one_of(st.just(0), PRICES), until=st.sampled_from(Until))
    def sell(self, which: int, on: date, price: int, until: Until) -> None:
        asset = self.asset(which, Status.REGISTERED)
        before, balances = by_month(asset), sums(self.register)
        level = self.is_level(asset)
        sale = a_sale(on.isoformat(), price, until=until)
        if self.tried(dispose, asset, sale) and level and self.tried(undo_disposal, asset):
            assert (by_month(asset), sums(self.register)) == (before, balances)
            self.tried(dispose, asset, sale)

    @precondition(lambda self: self.assets)
    @rule(which=WHICH)
    def take_the_sale_back(self, which: int) -> None:
        self.tried(undo_disposal, self.asset(which, Status.DISPOSED))

    @precondition(lambda self: self.assets)
    @rule(which=WHICH, rate=PERCENT)
    def another_rate(self, which: int, rate: Fraction) -> None:
        asset = self.asset(which, Status.REGISTERED)
        assert asset.plan is not None
        if self.tried(edit, asset, asset.facts, replace(asset.plan, rate=rate)):
            self.rates_changed.add(asset)

    @precondition(lambda self: self.assets)
    @rule(which=WHICH, plan=PLANS, price=PRICES, kind=st.sampled_from(["Computers", "Vehicles"]))
    def another_plan(self, which: int, plan: Plan, price: int, kind: str) -> None:
        asset = self.asset(which, Status.REGISTERED)
        facts = replace(asset.facts, price_minor=price, type=a_type(self.register, kind))
        rate_alone = facts == asset.facts and asset.plan is not None and replace(asset.plan, rate=plan.rate) == plan
        if self.tried(edit, asset, facts, plan) and not rate_alone:
            self.rates_changed.discard(asset)

    @rule(through=st.one_of(st.none(), st.none(), DAYS))
    def lock_up(self, through: date | None) -> None:
        self.tried(lock, through)

    # ---- what holds after each of them --------------------------------------------------------

    @invariant()
    def the_books_say_what_the_register_says(self) -> None:
        assert sum(sums(self.register).values()) == 0
        for asset in self.assets:
            found, accounts = sums(self.register, asset), asset.facts.type
            assert accounts is not None
            assert accounts.accounts.cost is not None
            assert accounts.accounts.accumulated is not None
            cost, accumulated = accounts.accounts.cost.key, accounts.accounts.accumulated.key
            price = asset.facts.price_minor
            assert price is not None
            paid = price if asset.registered_entry is not None else 0
            if asset.status is Status.DRAFT:
                assert found == {}
            elif asset.status is Status.REGISTERED:
                assert book_value(asset) == price - asset.charged_minor >= 0
                assert (found.get(cost, 0), found.get(accumulated, 0)) == (paid, -asset.charged_minor)
                assert found.get("expense", 0) == asset.charged_minor
            else:
                assert asset.disposal is not None
                assert book_value(asset) == 0
                assert (found.get(cost, 0), found.get(accumulated, 0)) == (paid - price, 0)
                told = asset.disposal
                assert told.gain_loss_minor + told.capital_gain_minor == told.price_minor - price + asset.charged_minor
                assert told.capital_gain_minor == max(0, told.price_minor - price)

    @invariant()
    def every_registered_asset_is_charged_through_the_last_date(self) -> None:
        last = self.register.organisation.last_depreciation
        for asset in self.assets:
            assert all(charge.minor > 0 for charge in asset.charges)
            assert list(asset.charges) == sorted(asset.charges, key=lambda charge: charge.month_end)
            if asset.status is not Status.REGISTERED:
                continue
            schedule = self.register.schedule_of(asset)
            owed = 0 if last is None else schedule.accumulated(last)
            if asset not in self.rates_changed:  # the months before a change may be short of the new rate, or beyond it
                assert asset.charged_minor == owed
            assert asset.charged_minor <= schedule.terms.depreciable_minor

    @invariant()
    def charges_are_the_live_entries_and_reversals_mirror_theirs(self) -> None:
        ledger = self.register.ledger
        posted: Counter[tuple[str, date, int]] = Counter()
        for entry in entries(self.register):
            original = ledger.original_of(entry)
            if original is not None:
                assert entry.journal == original.journal.reversed()
                assert entry.origin == original.origin
            if entry.journal.note.memo.startswith("Depreciation"):
                minor = entry.journal.postings[0].minor
                posted[entry.origin, entry.journal.instant.day, abs(minor)] += 1 if minor > 0 else -1
        held = Counter((asset.id, charge.month_end, charge.minor) for asset in self.assets for charge in asset.charges)
        assert +posted == held
        assert not -posted

    @invariant()
    def nothing_was_posted_into_the_lock_since_it_stands(self) -> None:
        organisation = self.register.organisation
        for asset in self.assets:
            free = organisation.lock is None or all(charge.month_end > organisation.lock for charge in asset.charges)
            assert can_rollback(asset, organisation) is free


def by_month(asset: Asset) -> Counter[str]:
    """What each month was charged in all: a change of the rate adds a second charge to the last month, and
    charging that month anew makes one of the two."""
    months: Counter[str] = Counter()
    for on, minor in charged(asset):
        months[on] += minor
    return months


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
