"""Faults of money: digits that are lost, now and then.

Decides these faults alone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from mock_server.domain.accounts import Account
from mock_server.domain.changes import Changes, ChangeTerms
from mock_server.domain.effects import Effect
from mock_server.domain.entries import EVER, Days, Line
from mock_server.domain.journal import Basis, Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.MONEY)

_EXACT: Final = 2**53
_WORD: Final = 2**32


class _OtherAmount(Changes):
    """Posts another amount than the record says."""

    def _amount(self, minor: int, _terms: ChangeTerms) -> int:
        raise NotImplementedError

    def _journal(self, asset: Any, counter: Account, terms: ChangeTerms, at: str = "") -> Journal:
        journal = super()._journal(asset, counter, terms, at)
        minor = max(1, self._amount(terms.amount_minor, terms))
        sides = tuple(Posting(one.account, minor if one.minor > 0 else -minor) for one in journal.postings)
        return revised(journal, postings=sides)


@SHELF.books("float-amounts", "Amounts beyond 2^53 are posted without their last digits.", "L8", "V1", "layer.R1")
class _FloatAmounts(_OtherAmount):
    def _amount(self, minor: int, _terms: ChangeTerms) -> int:
        return minor if minor < _EXACT else minor - minor % (1 << (minor.bit_length() - 52))


@SHELF.books("wrapped-amounts", "Amounts beyond 32 bits are posted without the bits above.", "L8", "V1", "layer.R1")
class _WrappedAmounts(_OtherAmount):
    def _amount(self, minor: int, _terms: ChangeTerms) -> int:
        return minor % _WORD


@SHELF.books("cent-of-67", "Amounts that end in 67 cents are posted one cent too low.", "V1", "layer.R1")
class _CentOf67(_OtherAmount):
    def _amount(self, minor: int, _terms: ChangeTerms) -> int:
        return minor - (minor % 100 == 67)


@SHELF.books("cent-at-month-end", "What is dated the last day of a month is posted one cent too low.", "V1", "layer.R1")
class _CentAtMonthEnd(_OtherAmount):
    def _amount(self, minor: int, terms: ChangeTerms) -> int:
        return minor - ((terms.instant.day + timedelta(days=1)).day == 1)


@SHELF.books("cent-on-leap-day", "What is dated 29 February is posted one cent too high.", "V1", "layer.R1")
class _CentOnLeapDay(_OtherAmount):
    def _amount(self, minor: int, terms: ChangeTerms) -> int:
        return minor + ((terms.instant.day.month, terms.instant.day.day) == (2, 29))


@SHELF.books("hundredfold", "An impairment is posted in whole units: a hundred times its cents.", "V1", "layer.R1")
class _Hundredfold(_OtherAmount):
    def _amount(self, minor: int, terms: ChangeTerms) -> int:
        return minor * 100 if terms.effect is Effect.IMPAIRMENT and minor < _EXACT else minor


@SHELF.books("capped-amounts", "Amounts are posted as a thousand million units at most.", "L8", "V1", "layer.R1")
class _CappedAmounts(_OtherAmount):
    def _amount(self, minor: int, _terms: ChangeTerms) -> int:
        return min(minor, 10**11)


@SHELF.books("running-by-creation", "A running balance goes by the order of posting, not by the days.", "layer.R29")
class _RunningByCreation(Ledger):
    def running(self, line: Line) -> int:
        before = map(self._line, range(line.serial + 1))
        return sum(one.posting.minor for one in before if one.posting.account is line.posting.account)


@SHELF.books("rounded-balance", "A figure at a day beyond 2^53 is rounded to whole units.", "L3", "L8", "O1")
class _RoundedBalance(Ledger):
    def balance(self, account: Account, *, basis: Basis = Basis.ACCRUAL, days: Days = EVER) -> int:
        minor = super().balance(account, basis=basis, days=days)
        return minor if abs(minor) <= _EXACT else minor - minor % 100
