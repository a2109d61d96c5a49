"""A journal: what is to be posted, in a form that cannot be wrong by itself.

Decides that debits equal credits exactly (L1), that there are at least two postings and none of
zero (L2), and what a reversal is (L7). Knows no accounts beyond their identity, and no ledger.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from mock_server.domain.accounts import Account
from mock_server.domain.instants import Instant
from mock_server.domain.record import Record, revised
from mock_server.domain.refused import Code, Refused


class Basis(Enum):
    """Which books a journal counts in."""

    ACCRUAL = "accrual"
    CASH = "cash"


ACCRUAL_ONLY: Final = frozenset({Basis.ACCRUAL})
BOTH_BASES: Final = frozenset(Basis)


class Note(Record, frozen=True):
    """What a caller wrote beside a record. The books keep it and compare it, and look no deeper.

    metadata: any value; two are the same when they compare equal.
    """

    memo: str | None = None
    reference: str | None = None
    metadata: object = None


NO_NOTE: Final = Note()


class Posting(Record, frozen=True):
    """One side of a journal: debit > 0, credit < 0, in minor units.

    about: the id of what the amount is about, where the books keep such a dimension.
    """

    account: Account
    minor: int
    about: int | None = None


class Journal(Record, frozen=True):
    """A balanced set of postings that counts from an instant on.

    Raises Refused when made: TOO_FEW_POSTINGS, ZERO_POSTING, UNBALANCED. That not all postings stand
    on one side follows. Raises TypeError for amounts that are no integers, before anything is written.
    """

    instant: Instant
    postings: tuple[Posting, ...]
    bases: frozenset[Basis] = BOTH_BASES
    note: Note = NO_NOTE

    def __post_init__(self) -> None:
        if len(self.postings) < 2:
            message = f"A journal has at least two postings; got {len(self.postings)}."
            raise Refused(Code.TOO_FEW_POSTINGS, message)
        left_over = 0
        for posting in self.postings:
            if not posting.minor:
                raise Refused(Code.ZERO_POSTING, f"A posting to {posting.account.name!r} is of zero.")
            left_over += posting.minor
        if type(left_over) is not int:
            raise TypeError(f"minor units are integers; these add up to {left_over!r}")
        if left_over:
            larger = "debits exceed the credits" if left_over > 0 else "credits exceed the debits"
            raise Refused(Code.UNBALANCED, f"The {larger} by {abs(left_over)}; they must be equal.")

    @property
    def amount_minor(self) -> int:
        """What its debits add up to, which is what its credits add up to."""
        return sum([posting.minor for posting in self.postings if posting.minor > 0])

    def reversed(self) -> Journal:
        """The same accounts and amounts, sides swapped, on the same day (DECISIONS 6)."""
        mirrored = tuple(Posting(one.account, -one.minor, one.about) for one in self.postings)
        return revised(self, postings=mirrored)
