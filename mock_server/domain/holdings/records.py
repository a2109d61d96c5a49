"""What a client account keeps: its assets, their classes, and its vouchers.

Decides the shapes only. Amounts are whole cents. Assets and vouchers are changed in place, and only
through `holdings.Holdings` and `vouchers.Vouchers`, which record how each change is taken back. It must not
know what a change means, nor a vendor's spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mock_server.domain.accounts import Account
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Journal
from mock_server.domain.pools import Movements
from mock_server.domain.schedule import Terms


@dataclass(frozen=True, slots=True)
class AssetClass:
    """What assets of a class post to. accumulated, expense: None where nothing is depreciated.

    group: the tax group that they are pooled in, where they are in one.
    """

    code: str
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
    """An asset in the books.

    terms: what it cost, the day of its acquisition, and how it goes down. building: the id of the asset that
    it is fixed to, where it was said. charged_minor: all its depreciation. through: the last year that was
    depreciated. pooled: what moved its tax pool beside its acquisition and disposal, by year.
    """

    kind: AssetClass
    terms: Terms
    building: int | None = None
    charged_minor: int = 0
    through: int | None = None
    disposal: Disposal | None = None
    pooled: Mapping[int, Movements] = field(default_factory=dict)


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
