"""What the register of fixed assets keeps: assets, their types, and the organisation's settings.

Decides the shapes only. Amounts are whole cents, rates are fractions of 1 and lives are years, both
exact. Records that are shared between assets or compared are frozen; an `Asset`, an `AssetType` and
the `Organisation` are changed in place, and only through `shelf.Register.change`, which records how
each change is taken back. It must not know a vendor's spelling, nor what a change means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

from mock_server.domain.accounts import Account
from mock_server.domain.schedule import Averaging, Method, YearEnd


class Status(Enum):
    """Where an asset stands in its life."""

    DRAFT = "draft"
    REGISTERED = "registered"
    DISPOSED = "disposed"


@dataclass(frozen=True, slots=True)
class Plan:
    """How something is to be depreciated, as far as it was said; everything may be open.

    rate: a year, 1/5 is 20 %. life: years, may be 5/2; never beside a rate. factor: percent by which
    diminishing value multiplies 100/life. start: the first day of depreciation. limit_minor: how much
    of the cost is depreciated. calculation: the caller's own word for where the rate comes from.
    """

    method: Method | None = None
    factor: int = 100
    averaging: Averaging | None = None
    rate: Fraction | None = None
    life: Fraction | None = None
    calculation: str | None = None
    start: date | None = None
    limit_minor: int | None = None
    residual_minor: int | None = None


NO_PLAN: Final = Plan()


@dataclass(frozen=True, slots=True)
class Accounts:
    """The three accounts that the assets of one type post to."""

    cost: Account | None = None
    expense: Account | None = None
    accumulated: Account | None = None


@dataclass(eq=False, slots=True)
class AssetType:
    """A type of asset. serial: in order of creation. plan: a suggestion; assets do not take it over."""

    id: str
    serial: int
    name: str
    accounts: Accounts
    plan: Plan = NO_PLAN


@dataclass(frozen=True, slots=True)
class Facts:
    """What the caller says of an asset, beside how it is depreciated.

    number: unique in the organisation. purchased, price_minor: of the purchase. disposal_price_minor:
    what the caller expects to get; posts nothing. warranty: free text. echoed_start: a start date that
    is shown and has no effect. deduction_percent: an investment deduction, which only some countries have.
    """

    number: str
    name: str
    type: AssetType | None = None
    description: str | None = None
    purchased: date | None = None
    price_minor: int | None = None
    disposal_price_minor: int = 0
    serial_number: str | None = None
    warranty: str | None = None
    echoed_start: date | None = None
    deduction_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset left. gain_loss_minor: a gain above zero; the part above the cost is the capital gain."""

    on: date
    price_minor: int
    gain_loss_minor: int
    capital_gain_minor: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class Charge:
    """One posted month of depreciation. entry_id: of the ledger entry that posted it."""

    month_end: date
    minor: int
    entry_id: str


@dataclass(frozen=True, slots=True)
class FormerRate:
    """The rate that was in force for the days before `before` (DECISIONS 28)."""

    before: date
    rate: Fraction


@dataclass(eq=False, slots=True)
class Asset:
    """An asset as it stands. serial: in order of creation.

    plan: None where nothing was ever said about depreciation. charges: what has been posted, by month
    end. registered_entry: the id of the entry that posted the purchase, where one did. former_rates:
    of edits of the rate alone, oldest first.
    """

    id: str
    serial: int
    facts: Facts
    plan: Plan | None = None
    status: Status = Status.DRAFT
    charges: tuple[Charge, ...] = ()
    disposal: Disposal | None = None
    registered_entry: str | None = None
    former_rates: tuple[FormerRate, ...] = ()

    @property
    def charged_minor(self) -> int:
        """All depreciation that has been posted for the asset."""
        return sum(charge.minor for charge in self.charges)


@dataclass(eq=False, slots=True)
class Organisation:
    """The organisation's own settings for its register.

    start_date: no asset is depreciated from before it. last_depreciation: the month end through which
    depreciation has been run. next_number: what the next number is when numbers follow `prefix`. lock:
    the last day into which nothing may be posted any more. country: ISO 3166 two letters.
    """

    start_date: date
    year_end: YearEnd = field(default_factory=YearEnd)
    last_depreciation: date | None = None
    prefix: str = "FA-"
    next_number: int = 1
    lock: date | None = None
    country: str = "NZ"
