"""The canonical operations: what can be asked of any fixed-asset API, in nobody's spelling.

Decides the vocabulary that machine, rules and dialects share. Assets, changes, accounts and
entries go by keys, local to one history; a dialect turns an operation into a call, `names.Names`
holds the ids that the target gave. Figures are minor units; an instant keeps its offset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from stateful.model.outlook import Objection
from stateful.model.records import Value
from stateful.model.words import Basis, Effect

Members = Mapping[str, Value]
"""Descriptive members by their canonical names (`NAME` ... `REFERENCE`); None clears."""

NAME = "name"
KIND = "kind"  # an index into the dialect's kinds of assets
ORIGINAL = "original value"
SALVAGE = "salvage value"
LIFE = "life in months"
MEMO = "memo"
METADATA = "metadata"
REFERENCE = "reference"
# Members that a record shows besides; never sent through `Members`.
EXTERNAL = "external id"
ACCUMULATED = "accumulated account"
ASSET = "asset"
MINOR = "amount"
EFFECT = "effect"
INSTANT = "instant"
ID = "id"
REVERSED_BY = "reversed by"


class Role(Enum):
    """What an account is for; the dialect knows its class, side and place in the chart."""

    ACCUMULATED = "accumulated depreciation"
    EXPENSE = "expense"
    FUNDING = "funding"
    SURPLUS = "surplus"


class Template(Enum):
    """An account that every business has, named instead of opened."""

    EXPENSE = "template expense"
    FUNDING = "template funding"


class Kind(Enum):
    """A kind of record that a target gives ids to."""

    ASSET = "asset"
    CHANGE = "value change"
    ACCOUNT = "account"
    JOURNAL = "journal"


class Listing(Enum):
    """A list that comes in pages. The value is what reports call it."""

    ASSETS = "assets"
    CHANGES = "value changes"
    JOURNALS = "journals"
    LINES = "lines of an account"


# ---- calls that may write ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """Open an account of the kit's own."""

    account: str
    role: Role
    external: str | None = None  # a name by which opening it twice is known


@dataclass(frozen=True, slots=True)
class CreateAsset:
    """Create an asset; or, where the external id is known, update the one that has it."""

    asset: str
    external: str | None
    members: Members
    accumulated: str | None = None
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class AmendAsset:
    """Change members of an asset. `accumulated`: another account for depreciation to come."""

    asset: str
    members: Members = field(default_factory=dict)
    accumulated: str | None = None
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class ArchiveAsset:
    """Archive an asset."""

    asset: str


@dataclass(frozen=True, slots=True)
class Record:
    """Record a value change of `asset`, which the call names by id, by an external id, or by both."""

    change: str
    asset: str
    effect: Effect
    minor: int
    instant: datetime
    counter: str | Template
    external: str | None = None
    by_id: bool = True
    by_external: str | None = None
    members: Members = field(default_factory=dict)
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class Amend:
    """Change what a value change says; None keeps."""

    change: str
    effect: Effect | None = None
    minor: int | None = None
    instant: datetime | None = None
    counter: str | Template | None = None
    members: Members = field(default_factory=dict)
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class Void:
    """Void a value change."""

    change: str
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Post to accounts directly; `lines` are debit-positive amounts."""

    entry: str
    instant: datetime
    lines: tuple[tuple[str, int], ...]
    external: str | None = None
    flaw: Objection | None = None


@dataclass(frozen=True, slots=True)
class Reverse:
    """Reverse an entry that was posted directly."""

    entry: str
    reversal: str  # the key of the entry that this makes


@dataclass(frozen=True, slots=True)
class Configure:
    """Change the settings of the business: the first open day, the basis of reports; None keeps."""

    closed_before: date | None = None
    reopen: bool = False
    basis: Basis | None = None


Writing = OpenAccount | CreateAsset | AmendAsset | ArchiveAsset | Record | Amend | Void | Post | Reverse | Configure

# ---- reads ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadAsset:
    """Read one asset."""

    asset: str


@dataclass(frozen=True, slots=True)
class ReadChange:
    """Read one value change."""

    change: str


@dataclass(frozen=True, slots=True)
class ReadChangesOf:
    """Read the value changes of one asset, unpaged."""

    asset: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Read one page of a list. `account` for the lines of one; None leaves the rest to the API."""

    listing: Listing
    account: str | None = None
    limit: int | None = None
    newest_first: bool | None = None
    by_creation: bool = False  # where False, in the list's usual order
    cursor: str | None = None
    counted: bool = False


@dataclass(frozen=True, slots=True)
class ReadJournal:
    """Read one journal, by the target's own id of it."""

    journal: str


@dataclass(frozen=True, slots=True)
class ReadBalances:
    """Read the balance of every account, to the end of a day or of everything."""

    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadTrial:
    """Read the trial balance to the end of a day; without a basis, on the business's own."""

    on: date
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Read the balance sheet to the end of a day."""

    on: date
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Read the settings of the business."""


Reading = (
    ReadAsset
    | ReadChange
    | ReadChangesOf
    | ReadPage
    | ReadJournal
    | ReadBalances
    | ReadTrial
    | ReadSheet
    | ReadSettings
)

Operation = Writing | Reading


def day_of(instant: datetime) -> date:
    """The day on which an instant counts: its UTC day."""
    return instant.astimezone(UTC).date()


def account_of(asset: str) -> str:
    """The key of an asset's own account."""
    return f"{asset}'s account"
