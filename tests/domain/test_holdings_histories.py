"""Client accounts under commands in any order: L1, L3, L5, and what denies a deactivation against plain sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mock_server.domain.holdings import life
from mock_server.domain.holdings.records import Asset
from mock_server.domain.refused import Refused
from tests.domain.holdings import (
    USER,
    a_client_account,
    account,
    bought,
    everything,
    journal,
    left,
    linear,
    saldo,
    sold,
    sums,
)

CODES = st.sampled_from(["1200", "1210", "1299", "1920", "6000"])
AMOUNTS = st.integers(-500, 500)
WHICH = st.integers(0, 100)
YEARS = st.integers(2020, 2035)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


class Histories(RuleBasedStateMachine):
    """The client account, and beside it every posted line in a list."""

    def __init__(self) -> None:
        super().__init__()
        self.kept = a_client_account()
        self.numbers = 0

    # ---- commands -----------------------------------------------------------------------------

    @rule()
    def create(self) -> None:
        self.numbers += 1
        assert self.kept.create("Lathe", USER).number == self.numbers

    @precondition(lambda self: self.numbers)
    @rule(
        which=WHICH,
        first=CODES,
        second=CODES,
        minor=AMOUNTS,
        other=st.none() | WHICH,
        draft=st.booleans(),
        bare=st.booleans(),
    )
    def write(
        self, which: int, first: str, second: str, minor: int, other: int | None, draft: bool, bare: bool
    ) -> None:
        about = None if bare else self.asset(which).id
        counter = None if other is None else self.asset(other).id
        vouchers = self.kept.vouchers
        self.attempt(
            lambda: (vouchers.draft if draft else vouchers.post)(
                journal(self.kept, (first, minor, about), (second, -minor, counter))
            )
        )

    @precondition(lambda self: self.kept.vouchers.all())
    @rule(which=WHICH, cancel=st.booleans())
    def settle(self, which: int, cancel: bool) -> None:
        vouchers = self.kept.vouchers
        voucher = vouchers.all()[which % len(vouchers.all())]
        self.attempt(lambda: (vouchers.cancel if cancel else vouchers.publish)(voucher))

    @precondition(lambda self: self.numbers)
    @rule(which=WHICH)
    def deactivate(self, which: int) -> None:
        asset = self.asset(which)
        denied = bool(self.blocking(asset)) and asset.active
        assert self.attempt(lambda: self.kept.deactivate(asset, USER)) is not denied
        assert asset.active is denied

    @precondition(lambda self: self.numbers)
    @rule(which=WHICH, code=CODES, demands=st.booleans())
    def demand(self, which: int, code: str, demands: bool) -> None:
        self.kept.vouchers.set_demand(account(self.kept, code), demands)

    @precondition(lambda self: self.numbers)
    @rule(which=WHICH, cost=st.integers(0, 10_000), on=DAYS, declining=st.booleans())
    def acquire(self, which: int, cost: int, on: object, declining: bool) -> None:
        terms = (saldo if declining else linear)(cost, f"{on}")
        self.attempt(lambda: bought(self.kept, self.asset(which), terms))

    @rule(year=YEARS)
    def depreciate(self, year: int) -> None:
        self.attempt(lambda: life.depreciate(self.kept, self.kept.assets(), year))

    @precondition(lambda self: self.numbers)
    @rule(which=WHICH, on=DAYS, proceeds=st.integers(0, 20_000))
    def dispose(self, which: int, on: object, proceeds: int) -> None:
        asset = self.asset(which)
        if self.attempt(lambda: sold(self.kept, asset, f"{on}", proceeds)):
            assert not {"1200", "1299"} & left(self.kept, asset).keys()

    # ---- what holds after each ----------------------------------------------------------------

    @invariant()
    def balances_add_up_to_zero(self) -> None:
        assert sum(sums(self.kept).values()) == 0

    @invariant()
    def what_denies_is_what_the_posted_lines_add_up_to(self) -> None:
        for asset in self.kept.assets():
            assert left(self.kept, asset) == self.blocking(asset)

    @invariant()
    def no_asset_is_depreciated_below_zero(self) -> None:
        for asset in self.kept.assets():
            if asset.life is not None:
                assert 0 <= asset.life.charged_minor <= asset.life.terms.cost_minor

    # ---- inside -------------------------------------------------------------------------------

    def asset(self, which: int) -> Asset:
        return self.kept.assets()[which % self.numbers]

    def blocking(self, asset: Asset) -> dict[str, int]:
        """By adding up every line of every posted voucher."""
        found: Counter[str] = Counter()
        for voucher in self.kept.vouchers.all():
            for posting in voucher.journal.postings if voucher.entry is not None else ():
                if posting.about == asset.id and self.kept.vouchers.demands_asset(posting.account):
                    found[str(posting.account.key)] += posting.minor
        return {code: minor for code, minor in sorted(found.items()) if minor}

    def attempt(self, command: Callable[[], object]) -> bool:
        """Whether it was done; a refused one leaves nothing (L5)."""
        before = everything(self.kept)
        try:
            command()
        except Refused:
            assert everything(self.kept) == before
            assert len(self.kept.undo) == 0
            return False
        return True


Histories.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestHistories = Histories.TestCase
