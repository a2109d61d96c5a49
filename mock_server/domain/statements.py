"""Balances of whole trees, the balance sheet's result and the trial balance.

Decides roll-ups and signs (DECISIONS 4): a balance is its own lines plus all below, a child of the
other normality subtracting; the sum of the roots is zero (L3); net income is computed, not posted, so
that the sheet balances at every date and on either basis (L4). Each costs O(accounts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mock_server.domain.accounts import Account, Chart, Kind
from mock_server.domain.entries import EVER, Days
from mock_server.domain.journal import Basis
from mock_server.domain.ledger import Ledger

_RESULT: Final = frozenset({Kind.REVENUE, Kind.EXPENSE})


def rolled_up(chart: Chart, ledger: Ledger, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> dict[Account, int]:
    """Every account's balance with all below it, positive on its own normality, in the chart's order."""
    sums = {account: ledger.balance(account, basis=basis, days=days) for account in chart}
    for account in reversed(sums):  # children come after their parents
        if account.parent is not None:
            sums[account.parent] += sums[account]
    return {account: account.normality.signed(minor) for account, minor in sums.items()}


def net_income(balances: Mapping[Account, int]) -> int:
    """Revenue less expenses, out of `rolled_up`: the roots that are not on the balance sheet."""
    return -sum(
        account.normality.signed(minor)
        for account, minor in balances.items()
        if account.parent is None and account.kind in _RESULT
    )


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An account's own lines, net: one of `debit_minor` and `credit_minor` is 0, neither is negative."""

    account: Account
    debit_minor: int
    credit_minor: int


def trial_balance(chart: Chart, ledger: Ledger, *, basis: Basis, through: date) -> tuple[TrialRow, ...]:
    """A row for every account that has lines on that day or before, in the chart's order."""
    days = Days(through=through)
    rows = []
    for account in chart:
        if ledger.has_lines(account, basis=basis, through=through):
            minor = ledger.balance(account, basis=basis, days=days)
            rows.append(TrialRow(account, max(minor, 0), max(-minor, 0)))
    return tuple(rows)
