"""The plays about the ledger: what stands against a deactivation, and what a class makes of an asset.

Each is in a client account of the kit's own, because a run of depreciation and a tax report are about a whole one.
Every figure is judged by `Stage.look_at_account` and `Stage.look_at_books`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stateful.holdings import operations as op
from stateful.holdings.palette import Fate, Posting
from stateful.holdings.plays import new_asset
from stateful.holdings.stage import Stage
from stateful.machine.exchanges import Abandoned
from stateful.model.classes import AssetClass, Way


@dataclass(frozen=True, slots=True)
class Guarding:
    """Post to the ledger, try to deactivate an asset, take away what stands against it, and try again."""

    postings: tuple[Posting, ...]

    def play(self, stage: Stage) -> None:
        """A look at the ledger, and one after each attempt."""
        stage.open_account()
        asset, other = new_asset(stage), new_asset(stage)
        demanding, free = _accounts(stage)
        cancelled = False
        for posting in self.postings:
            account = free[1] if posting.account < 0 else demanding[posting.account % len(demanding)]
            key = other if posting.other else asset
            lines = (account, key, posting.minor), (free[0], None, -posting.minor)
            drafted = posting.fate in (Fate.DRAFT, Fate.PUBLISHED, Fate.DROPPED)
            entry = stage.post(*lines, draft=drafted)
            if posting.fate is Fate.PUBLISHED:
                stage.publish(entry)
            if posting.fate in (Fate.CANCELLED, Fate.DROPPED):
                stage.cancel(entry, draft=posting.fate is Fate.DROPPED)
                cancelled = cancelled or posting.fate is Fate.CANCELLED
        stage.look_at_account(asset, other, cancelled=cancelled)
        looks = (op.ReadAsset(asset), op.ReadBalances(asset))
        if stage.carry_out(op.Deactivate(asset), *looks):
            return
        for account, minor in (stage.books.outstanding(asset) if stage.books else {}).items():
            stage.post((account, asset, -minor), (free[0], None, minor))
        stage.carry_out(op.Deactivate(asset), *looks)


@dataclass(frozen=True, slots=True)
class Use:
    """An asset of the nth class that is depreciated in a way, or of a tax group."""

    way: Way
    nth: int
    cost: int
    since: date
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Using:
    """Buy assets, depreciate some years, perhaps one of them twice; sell the first, and let it go."""

    uses: tuple[Use, ...]
    years: int = 3
    each: bool = False  # whether the books are looked at after every year
    again: bool = False
    sold: date | None = None
    permille: int = 500  # of the cost

    def play(self, stage: Stage) -> None:
        """A look at the end at least."""
        keys = _bought(stage, self.uses)
        stage.look_at_books(*keys)
        first = min(use.since for use in self.uses).year
        for year in range(first, first + self.years):
            stage.move(op.Depreciate(year))
            if self.each:
                stage.look_at_books(*keys)
        if self.again:
            stage.move(op.Depreciate(first + self.years - 1))
        stage.look_at_books(*keys)
        if self.sold is None:
            return
        on = self.sold.replace(year=max(first + self.years, self.uses[0].since.year + 1), day=min(28, self.sold.day))
        stage.move(op.Dispose(keys[0], on, self.uses[0].cost * self.permille // 1000))
        stage.move(op.Depreciate(on.year))
        stage.look_at_books(*keys)
        stage.carry_out(op.Deactivate(keys[0]), op.ReadAsset(keys[0]))


@dataclass(frozen=True, slots=True)
class Pooling:
    """Buy assets of a tax group, sell the first, and read the reports of the years around it."""

    uses: tuple[Use, ...]
    permille: int = 500
    after: int = 1  # in which year after the first it is sold

    def play(self, stage: Stage) -> None:
        """One look at the reports of four years."""
        keys = _bought(stage, self.uses)
        first = min(use.since for use in self.uses).year
        on = date(max(first + self.after, self.uses[0].since.year), 12, 31)
        stage.move(op.Dispose(keys[0], on, self.uses[0].cost * self.permille // 1000))
        stage.look_at_books(*keys, years=range(first, first + 4))


def _bought(stage: Stage, uses: tuple[Use, ...]) -> list[str]:
    """New assets in use, in a new client account. Raises Abandoned."""
    stage.open_account()
    classes = stage.read_classes()
    keys = []
    for use in uses:
        key = new_asset(stage)
        stage.move(op.Acquire(key, _class_of(classes, use), use.cost, use.since))
        keys.append(key)
    return keys


def _class_of(classes: tuple[AssetClass, ...], use: Use) -> AssetClass:
    found = [kind for kind in classes if kind.way is use.way and use.group in (None, kind.group)]
    if not found:
        raise Abandoned("the play needs a class")
    return found[use.nth % len(found)]


def _accounts(stage: Stage) -> tuple[list[str], list[str]]:
    """The accounts that demand an asset, and those that do not, two at least of each. Raises Abandoned."""
    demanding = sorted(code for code, flagged in stage.chart.items() if flagged)
    free = sorted(code for code, flagged in stage.chart.items() if not flagged)
    if len(demanding) < 2 or len(free) < 2:
        raise Abandoned("the play needs accounts")
    return demanding, free
