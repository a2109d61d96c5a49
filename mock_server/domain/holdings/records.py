"""What a client account keeps: its assets, their classes, and its vouchers.

Decides the shapes only. Amounts are whole cents. Assets and vouchers are changed in place, and only
through `holdings.Holdings` and `vouchers.Vouchers`, which record how each change is taken back. It must not
know what a change means, nor a vendor's spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from mock_server.domain.accounts import Account
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Journal
from mock_server.domain.schedule import Averaging, Method, Terms


@dataclass(frozen=True, slots=True)
class AssetClass:
    """How assets of a class are depreciated, and what they post to.

    rate: a share of one, a year. accumulated, expense: None where nothing is depreciated. group: the tax
    group that it is pooled in, where it is in one.
    """

    code: str
    method: Method
    averaging: Averaging
    rate: Fraction
    cost: Account
    accumulated: Account | None = None
    expense: Account | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset left. gain_minor: proceeds less carrying amount; below zero it is a loss."""

    on: date
    proceeds_minor: int
    gain_minor: int


@dataclass(frozen=True, slots=True)
class Life:
    """An asset in the books. charged_minor: all its depreciation. through: the last year that was depreciated.

    building: the id of the asset that it is fixed to, where it was said.
    """

    kind: AssetClass
    acquired: date
    cost_minor: int
    building: int | None = None
    charged_minor: int = 0
    through: int | None = None
    disposal: Disposal | None = None

    @property
    def terms(self) -> Terms:
        """What its depreciation is made of."""
        return Terms(
            self.cost_minor,
            self.acquired,
            self.kind.method,
            averaging=self.kind.averaging,
            rate=None if self.kind.method is Method.NONE else self.kind.rate,
        )


@dataclass(eq=False, slots=True)
class Asset:
    """An asset as it stands. number: its place in order of creation, from 1. created_by, updated_by: ids of users."""

    id: int
    number: int
    name: str
    created_ns: int
    created_by: int
    updated_ns: int
    updated_by: int
    active: bool = True
    life: Life | None = None


@dataclass(eq=False, slots=True)
class Voucher:
    """An entry as a client account sees it. number: from 1, in order of creation.

    entry: what the ledger holds of it; None while it is a draft, and for ever where that was cancelled.
    of_life: posted for an asset's life. cancels, cancelled_by: numbers of vouchers.
    """

    number: int
    journal: Journal
    entry: Entry | None = None
    of_life: bool = False
    cancelled: bool = False
    cancels: int | None = None
    cancelled_by: int | None = None
