"""Tax pools: assets that go down together by a share of what is left, as a report. Pure; posts nothing.

From the leaves up: rules (what a group of assets is told) · movements (what raises and lowers a pool in a
year) · balance (how a pool closes its year) · account (gains and losses that are spread over years) ·
report (all pools of some assets, year by year).

Amounts are whole minor units, rates exact fractions; a share is rounded half up. The groups, their rates
and limits are passed in: nothing here knows a country, a ledger or a vendor. These books are apart from the
ledger's, which charges each asset for itself (DECISIONS 30).
"""

from __future__ import annotations

from mock_server.domain.pools.account import AccountBalance, close_account
from mock_server.domain.pools.balance import Balance, close_pool
from mock_server.domain.pools.movements import BadMovements, Movements
from mock_server.domain.pools.report import Happening, Pool, PoolYear, pool_years
from mock_server.domain.pools.rules import BadShare, Below, Group, Kept, Limits, Rules

__all__ = [
    "pool_years",
    "PoolYear",
    "Pool",
    "Happening",
    "close_pool",
    "Balance",
    "close_account",
    "AccountBalance",
    "Movements",
    "Rules",
    "Group",
    "Kept",
    "Below",
    "Limits",
    "BadMovements",
    "BadShare",
]
