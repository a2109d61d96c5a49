"""Whole histories against the naive books: L3, L5, L7, L8, V1, O1, O2, O3, A1, A2, A3, C1, C2."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mock_server.domain.accounts import Account, ById
from mock_server.domain.assets import AssetRef, AssetTerms
from mock_server.domain.book import JournalTerms
from mock_server.domain.carrying import carrying_minor
from mock_server.domain.changes import ChangeTerms
from mock_server.domain.effects import Effect
from mock_server.domain.entries import Days
from mock_server.domain.instants import Instant, parse
from mock_server.domain.journal import Basis, Note
from mock_server.domain.order import Ask
from mock_server.domain.refused import Refused
from mock_server.domain.statements import rolled_up
from mock_server.domain.timeline import Sort
from mock_server.domain.undo import Mark
from tests.domain.books import ACCUMULATED, TEMPLATES, a_book, everything
from tests.domain.naive import LARGEST, Naive, NaiveAsset

SMALL = st.integers(1, 9)
AMOUNTS = st.one_of(SMALL, SMALL, SMALL, st.sampled_from([0, -1, 2**53 + 1, 2**62, LARGEST, LARGEST + 1]))
TIMES = st.tuples(st.integers(1, 9), st.sampled_from([0, 43_200, 86_399]))
EFFECTS = st.sampled_from([effect.name for effect in Effect])
WHICH = st.integers(0, 10**6)
SHARED = ("Cash", "Accumulated", "Surplus", "Assets")


def instant(at: tuple[int, int]) -> Instant:
    return parse(f"2024-01-{at[0]:02}T{timedelta(seconds=at[1])!s:0>8}Z")


def day(number: int) -> date:
    return date(2024, 1, number)


class Histories(RuleBasedStateMachine):
    """The book and its naive twin take the same commands; a command that one refuses, both refuse."""

    @initialize(amounts=st.lists(SMALL, min_size=3, max_size=6))
    def start(self, amounts: list[int]) -> None:
        self.book = a_book()
        self.naive = Naive()
        self.marks: list[tuple[Mark, Naive]] = []
        for depreciable in (True, False):
            self.record_an_asset(depreciable)
        for row, amount in enumerate(amounts):
            self.post(0, amount, list(Effect)[row % 5].name, counter=row, at=(1 + row, 0))

    # ---- commands -----------------------------------------------------------------------------

    @rule(depreciable=st.booleans())
    def record_an_asset(self, depreciable: bool) -> None:
        name = f"asset {len(self.naive.assets)}"
        terms = AssetTerms(name, "equipment", ACCUMULATED if depreciable else None)
        self.book.assets.record(terms, external_id=name)
        self.naive.assets.append(NaiveAsset(name, "Accumulated" if depreciable else None))

    @precondition(lambda self: self.naive.assets)
    @rule(which=WHICH, amount=AMOUNTS, effect=EFFECTS, counter=WHICH, at=TIMES)
    def post(self, which: int, amount: int, effect: str, counter: int, at: tuple[int, int]) -> None:
        asset = which % len(self.naive.assets)
        account = self.account(counter)
        terms = ChangeTerms(amount, Effect[effect], ById(account.id), instant(at))
        if self.both(
            self.naive.takes(asset, amount, effect, account.name, at),
            lambda: self.book.changes.post(AssetRef(self.book.assets.at(asset).id), terms),
        ):
            self.naive.post(asset, amount, effect, account.name, at)

    @precondition(lambda self: self.naive.changes)
    @rule(
        which=WHICH,
        amount=st.none() | AMOUNTS,
        effect=st.none() | EFFECTS,
        counter=st.none() | WHICH,
        at=st.none() | TIMES,
    )
    def amend(
        self, which: int, amount: int | None, effect: str | None, counter: int | None, at: tuple[int, int] | None
    ) -> None:
        number = which % len(self.naive.changes)
        old, change = self.naive.changes[number], self.book.changes.at(number)
        account = change.counter if counter is None else self.account(counter)
        new = (old.amount if amount is None else amount, effect or old.effect, account.name, at or old.at)
        same = new == (old.amount, old.effect, old.counter, old.at)
        taken = self.naive.takes(old.asset, *new, freed=old.amount) and not self.naive.is_closed(old.at)
        terms = ChangeTerms(new[0], Effect[new[1]], account, instant(new[3]), Note(f"note {which}"))
        accepted = self.both(old.live and (same or taken), lambda: self.book.changes.amend(change, terms))
        if accepted and not same:
            self.naive.amend(number, *new)

    @precondition(lambda self: self.naive.changes)
    @rule(which=WHICH)
    def void(self, which: int) -> None:
        number = which % len(self.naive.changes)
        change = self.naive.changes[number]
        taken = not change.live or not self.naive.is_closed(change.at)
        if self.both(taken, lambda: self.book.changes.void(self.book.changes.at(number))) and change.live:
            self.naive.void(number)

    @precondition(lambda self: len(self.naive.assets) > 2)
    @rule(which=WHICH)
    def archive(self, which: int) -> None:
        asset = 2 + which % (len(self.naive.assets) - 2)  # the first two go on to the end
        self.book.assets.archive(self.book.assets.at(asset))
        self.naive.assets[asset].archived = True

    @rule(debit=WHICH, credit=WHICH, amount=AMOUNTS.filter(lambda amount: amount > 0), at=TIMES)
    def journal(self, debit: int, credit: int, amount: int, at: tuple[int, int]) -> None:
        one, other = self.account(debit), self.account(credit)
        taken = not self.naive.is_closed(at) and self.naive.live + amount <= LARGEST
        terms = JournalTerms(instant(at), ((one, amount), (other, -amount)))
        if self.both(taken, lambda: self.book.post_journal(terms)):
            self.naive.journal([(one.name, amount), (other.name, -amount)], at)

    @precondition(lambda self: self.naive.entries)
    @rule(which=WHICH)
    def reverse(self, which: int) -> None:
        number = which % len(self.naive.entries)
        entry = self.naive.entries[number]
        again = 0 if entry.root is None else sum(minor for _, minor in entry.lines if minor > 0)
        revives = entry.root is not None and not self.naive.entries[entry.root].standing
        taken = entry.direct and (
            entry.reversal is not None
            or not (self.naive.is_closed(entry.at) or (revives and self.naive.live + again > LARGEST))
        )
        found = self.book.ledger.page(Ask(10_000), sort=Sort.CREATION).rows[number]
        if self.both(taken, lambda: self.book.reverse(found)) and entry.reversal is None:
            self.naive.reverse(number)

    @rule(before=st.none() | st.integers(1, 4))
    def close(self, before: int | None) -> None:
        self.book.ledger.close(None if before is None else day(before))
        self.naive.closed = before

    @rule()
    def snapshot(self) -> None:
        self.marks.append((self.book.snapshot(), self.naive.copy()))

    @precondition(lambda self: self.marks)
    @rule(which=WHICH)
    def restore(self, which: int) -> None:
        kept = which % len(self.marks) + 1
        self.marks = self.marks[:kept]
        mark, naive = self.marks[-1]
        self.book.restore(mark)
        self.naive = naive.copy()

    @precondition(lambda self: self.marks)
    @rule(which=WHICH)
    def release(self, which: int) -> None:
        mark, _ = self.marks.pop(which % len(self.marks))
        self.book.release(mark)

    def both(self, taken: bool, command: Callable[[], object]) -> bool:
        """Give the command to the book. What is refused must leave everything as it was (L5)."""
        if taken:
            command()
            return True
        before = everything(self.book)
        with pytest.raises(Refused):
            command()
        assert everything(self.book) == before
        return False

    # ---- what must hold -----------------------------------------------------------------------

    @invariant()
    def balances_agree_at_every_day_on_both_bases(self) -> None:
        for basis in Basis:
            for through in range(10):
                days = Days(through=day(through)) if through else Days(through=date(2023, 12, 31))
                for account in self.accounts():
                    expected = self.naive.balance(account.name, through, cash=basis is Basis.CASH)
                    assert self.book.ledger.balance(account, basis=basis, days=days) == expected

    @invariant()
    def roots_add_up_to_nothing_and_what_lives_is_counted(self) -> None:
        sums = rolled_up(self.book.chart, self.book.ledger)
        assert sum(a.normality.signed(minor) for a, minor in sums.items() if a.parent is None) == 0
        assert self.book.ledger.live_minor == self.naive.live <= LARGEST
        assert len(self.book.ledger) == len(self.naive.entries)

    @invariant()
    def lines_run_by_day_and_creation(self) -> None:
        for account in self.accounts():
            whole = self.book.ledger.page_of_lines(account, Ask(10_000), sort=Sort.CREATION)
            lines = sorted(whole.rows, key=lambda line: line.entry.journal.instant.day)
            running = [(line.posting.minor, self.book.ledger.running(line)) for line in lines]
            assert running == self.naive.running(account.name)

    @invariant()
    def lists_hold_live_changes_in_order(self) -> None:
        for sort in Sort:
            expected = self.naive.listed(by_time=sort is Sort.TIME)
            for descending in (False, True):
                page = self.book.changes.page(Ask(10_000, descending=descending), sort=sort)
                assert [c.serial for c in page.rows] == (expected[::-1] if descending else expected)
                assert page.total == len(expected)

    @invariant()
    def every_asset_carries_what_its_live_changes_add_up_to(self) -> None:
        for serial, naive in enumerate(self.naive.assets):
            asset = self.book.assets.at(serial)
            assert (asset.archived_ns is not None) == naive.archived
            changes = self.book.changes.of(asset)
            for through in (3, 9):
                carried = carrying_minor(self.book.ledger, asset, changes, through=day(through))
                assert carried == self.naive.carried(serial, through)

    def accounts(self) -> list[Account]:
        return [a for a in self.book.chart if a.name in SHARED or a.name.startswith("asset ")]

    def account(self, which: int) -> Account:
        accounts = self.accounts()
        return accounts[which % len(accounts)]


assert {*SHARED} <= {template.name for template in TEMPLATES}
TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
