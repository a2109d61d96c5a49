"""All pools of some assets, year by year, with the gain and loss account behind them.

Decides which pool a happening moves, and carries what a year leaves into the next. Every pool takes its
usual share in every year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import itemgetter

from mock_server.domain.pools.account import AccountBalance, close_account
from mock_server.domain.pools.balance import Balance, close_pool
from mock_server.domain.pools.movements import Movements
from mock_server.domain.pools.rules import Group, Kept, Rules


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to one asset in a year.

    group: a name from the rules. place: the building that the asset is part of. rate: the asset's own; only
    a pool of one asset has it, the others have their group's. left: it left the books.
    """

    year: int
    asset_id: str
    group: str
    movements: Movements
    place: str = ""
    rate: Fraction | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """One pool in one year. key: the asset or the building where the group has a pool for each, else empty."""

    group: str
    key: str
    rate: Fraction
    balance: Balance


@dataclass(frozen=True, slots=True)
class PoolYear:
    """A year of all pools that were not empty, by group and key, and of the gain and loss account."""

    year: int
    pools: tuple[Pool, ...]
    account: AccountBalance


@dataclass(slots=True)
class _Run:
    """One pool on its way through the years: what it holds, and what moves it in which year."""

    group: Group
    opening_minor: int
    movements: dict[int, Movements]
    left: set[int]


def pool_years(rules: Rules, happenings: Iterable[Happening], through: int) -> tuple[PoolYear, ...]:
    """The years from the first happening's through that one; none where nothing had happened by then.

    Raises BadMovements, and KeyError: a group that the rules do not have.
    """
    runs = _runs(rules, happenings, through)
    first = min((year for run in runs.values() for year in run.movements), default=through + 1)
    in_order = sorted(runs.items(), key=itemgetter(0))
    found, account_minor = [], 0
    for year in range(first, through + 1):
        small_minor = rules.limits.small_minor(year)
        pools = [pool for key, run in in_order if (pool := _close(run, key, year, small_minor))]
        account = close_account(
            account_minor,
            sum(pool.balance.transferred_minor for pool in pools),
            rate=rules.account_rate,
            small_minor=small_minor,
        )
        account_minor = account.closing_minor
        found.append(PoolYear(year, tuple(pools), account))
    return tuple(found)


def _runs(rules: Rules, happenings: Iterable[Happening], through: int) -> dict[tuple[str, str], _Run]:
    runs: dict[tuple[str, str], _Run] = {}
    for one in happenings:
        if one.year > through:
            continue
        group = rules.groups[one.group]
        key = (one.group, _key(group, one))
        run = runs.setdefault(key, _Run(group, 0, {}, set()))
        if group.kept is Kept.BY_ASSET and one.rate is not None:
            run.group = replace(group, rate=one.rate)
        run.movements[one.year] = run.movements.get(one.year, Movements()) + one.movements
        if one.left:
            run.left.add(one.year)
    return runs


def _key(group: Group, one: Happening) -> str:
    return {Kept.TOGETHER: "", Kept.BY_PLACE: one.place, Kept.BY_ASSET: one.asset_id}[group.kept]


def _close(run: _Run, key: tuple[str, str], year: int, small_minor: int) -> Pool | None:
    movements = run.movements.get(year)
    if movements is None and not run.opening_minor:
        return None
    balance = close_pool(
        run.group, run.opening_minor, movements or Movements(), small_minor=small_minor, left=year in run.left
    )
    run.opening_minor = balance.closing_minor
    return Pool(key[0], key[1], run.group.rate, balance)
