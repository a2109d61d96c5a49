"""The canonical operations on a register of fixed assets, in nobody's spelling.

Decides the vocabulary that plays, rules and dialects share. Assets and types go by keys, local to one
history; a dialect turns an operation into a call. Amounts are minor units, rates fractions of 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from stateful.model.records import Value

Members = Mapping[str, Value]
"""What is sent of an asset or a type, by canonical names; amounts int, rates and lives Fraction, days date."""

NAME = "name"
NUMBER = "number"  # in full, the history's prefix included
DESCRIPTION = "description"
PURCHASED = "purchase date"
PRICE = "price"
DISPOSAL_PRICE = "disposal price"
SERIAL = "serial number"
WARRANTY = "warranty"
TYPE = "type"  # the key of one
METHOD = "method"
AVERAGING = "averaging"
RATE = "rate"
LIFE = "life in years"
START = "start of depreciation"
LIMIT = "cost limit"
RESIDUAL = "residual value"

OF_PLANS = frozenset({METHOD, AVERAGING, RATE, LIFE, START, LIMIT, RESIDUAL})
"""The members that say how to depreciate."""


SENT_VALUE = 123_456
"""The book value that a call with computed members sends; no asset of the kit's is worth that."""


class Status(Enum):
    """Where an asset stands in its life."""

    DRAFT = "draft"
    REGISTERED = "registered"
    DISPOSED = "disposed"


class Spelling(Enum):
    """Under which of an API's accepted names depreciation settings are sent."""

    USUAL = "the usual name"
    OTHER = "the other name"


class Order(Enum):
    """What a list can be ordered by."""

    NAME = "name"
    NUMBER = "number"
    TYPE = "type"
    PURCHASED = "purchase date"
    PRICE = "price"
    DISPOSED = "disposal date"
    PROCEEDS = "disposal price"


class Flaw(Enum):
    """A reason not to carry a call out, put into it on purpose. The value is what reports call it."""

    NO_NAME = "no name"
    NO_NUMBER = "no number"
    TAKEN_NUMBER = "a number that another asset has"
    OTHER_STATUS = "a status that is not draft"
    NOT_A_DRAFT = "a change of what is no draft"
    RATE_AND_LIFE = "rate and life together"
    LIMIT_ABOVE_PRICE = "a cost limit above the price"
    RESIDUAL_ABOVE_PRICE = "a residual value above the price"
    RESIDUAL_ABOVE_LIMIT = "a residual value above the cost limit"
    EARLY_START = "a start before the organisation's own"
    UNKNOWN_ASSET = "an unknown asset"
    UNKNOWN_TYPE = "an unknown type"
    NO_TYPE_NAME = "a type without a name"
    NO_TYPE_ACCOUNT = "a type without one of its accounts"
    NO_TYPE_SETTINGS = "a type without settings"
    TAKEN_TYPE_NAME = "a name that another type has"
    UNKNOWN_ACCOUNT = "a type with an unknown account"
    UNKNOWN_ACCOUNTS = "a type with two unknown accounts"
    TYPE_RATE_AND_LIFE = "a type with rate and life together"
    USED_KEY = "an idempotency key that another call had"
    NO_STATUS = "a list without a status"
    ODD_STATUS = "a list with a status in another casing"
    LONG_PAGE = "a page that is too long"
    ORDER_OF_DISPOSED = "drafts ordered by disposal"


# ---- calls that may write ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PutAsset:
    """Create an asset, or change the one of that key.

    computed: whether members that only the target computes are sent as well. token: an idempotency key.
    """

    asset: str
    members: Members
    new: bool = True
    spelling: Spelling = Spelling.USUAL
    computed: bool = False
    token: str | None = None
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class PutType:
    """Create a type of assets with the scope's accounts, or change the one of that key."""

    kind: str
    members: Members
    new: bool = True
    spelling: Spelling = Spelling.USUAL
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class OpenOrganisation:
    """Open an organisation of the kit's own, whose financial years end with `month`."""

    start: date
    month: int = 12


@dataclass(frozen=True, slots=True)
class Register:
    """Make a draft an asset in use. paid: whether the purchase is posted."""

    asset: str
    paid: bool = True


@dataclass(frozen=True, slots=True)
class Depreciate:
    """Run depreciation of all assets through a month end."""

    through: date


@dataclass(frozen=True, slots=True)
class RollBack:
    """Take back what has been charged after a day."""

    to: date


@dataclass(frozen=True, slots=True)
class Dispose:
    """Sell or scrap an asset. to_date: with depreciation to that day, or none in that financial year."""

    asset: str
    on: date
    proceeds: int
    to_date: bool = True


@dataclass(frozen=True, slots=True)
class UndoDisposal:
    """Take a disposal back."""

    asset: str


@dataclass(frozen=True, slots=True)
class Lock:
    """Lock the books to the end of a day; None unlocks them."""

    day: date | None


Move = Register | Depreciate | RollBack | Dispose | UndoDisposal | Lock
"""What an API's screens do to assets in use."""

Writing = PutAsset | PutType | OpenOrganisation | Move

# ---- reads ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadAsset:
    """Read one asset."""

    asset: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """Read one page of the assets of a status. text: only those that hold it; without a page, the API's own."""

    status: Status = Status.DRAFT
    page: int | None = None
    size: int | None = None
    order: Order | None = None
    descending: bool = False
    text: str | None = None
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class ReadTypes:
    """Read all types."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Read the organisation's settings."""


@dataclass(frozen=True, slots=True)
class ReadAccounts:
    """Read the organisation's chart of accounts."""


@dataclass(frozen=True, slots=True)
class ReadBalances:
    """Read the balance of every account."""


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """Read what has been posted for an asset."""

    asset: str


Reading = ReadAsset | ReadList | ReadTypes | ReadSettings | ReadAccounts | ReadBalances | ReadEntries

Operation = Writing | Reading


@dataclass(frozen=True, slots=True)
class Accounts:
    """The three accounts of a type, as the target calls them."""

    cost: str
    expense: str
    accumulated: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the kit knows of a record of its own: what was sent and kept, and where it stands."""

    members: Members = field(default_factory=dict)
    status: Status = Status.DRAFT
