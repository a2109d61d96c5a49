"""The groups of skatteloven chapter 14, as the pools of `mock_server.domain.pools` take them.

Decides each group's rate and how its balance is kept. From the tax authority's public repositories
(Skatteetaten's skattemeldingen and skattemelding on GitHub, Apache-2.0): the highest rates from its controls
for 2024 and 2025, what becomes of a balance below zero from its calculator for 2024, the limits, 15,000
kroner through 2023 and 30,000 since, from its lists of rates. Group h has higher rates for some assets (6 %
for livestock buildings): an asset's own comes with its class.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from mock_server.domain.pools import Below, Group, Kept, Limits, Rules


def _group(name: str, percent: int, kept: Kept, below: Below, *, bought_only: bool = False) -> Group:
    return Group(name, Fraction(percent, 100), kept, below, bought_only)


_GROUPS: Final = (
    _group("a", 30, Kept.TOGETHER, Below.INCOME),
    _group("b", 20, Kept.TOGETHER, Below.ACCOUNT, bought_only=True),
    _group("c", 24, Kept.TOGETHER, Below.INCOME),
    _group("d", 20, Kept.TOGETHER, Below.INCOME),
    _group("e", 14, Kept.BY_ASSET, Below.ACCOUNT),
    _group("f", 12, Kept.BY_ASSET, Below.ACCOUNT),
    _group("g", 5, Kept.BY_ASSET, Below.ACCOUNT),
    _group("h", 4, Kept.BY_ASSET, Below.ACCOUNT),
    _group("i", 2, Kept.BY_ASSET, Below.ACCOUNT),
    _group("j", 10, Kept.BY_PLACE, Below.INCOME),
)

RULES: Final = Rules(
    groups={group.name: group for group in _GROUPS},
    limits=Limits(first_minor=1_500_000, later=((2024, 3_000_000),)),
    account_rate=Fraction(20, 100),
)
