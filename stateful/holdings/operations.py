"""The canonical operations on the assets of a client account, in nobody's spelling.

Decides the vocabulary that plays, rules and dialects share. Assets, entries and client accounts go by keys, local
to one history; a dialect turns an operation into a call. Amounts are minor units, debits positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Final

from stateful.model.classes import AssetClass
from stateful.model.holdings import Line


class Flaw(Enum):
    """A reason not to carry a call out, put into it on purpose. The value is what reports call it."""

    NO_NAME = "no name"
    BLANK_NAME = "a blank name"
    ODD_NAME = "a name that is no text"
    NO_ACCOUNT = "no client account"
    ODD_ACCOUNT = "a client account that is no number"
    UNKNOWN_ACCOUNT = "a client account that does not exist"
    OTHER_ACCOUNT = "another client account than the asset has"
    UNKNOWN_ASSET = "an asset that does not exist"
    OUTSTANDING = "a balance on an account that demands the asset"
    NETTED = "balances on accounts that demand the asset, which make up for each other"
    NO_SUCH_PAGE = "a page that is no page"
    NO_SUCH_SIZE = "a page size that is none"
    LONG_PAGE = "a page that is too long"
    UNKNOWN_RELATION = "an unknown relation"
    COMPUTED = "members that only the target sets"


SENT_NUMBER: Final = 987_654
"""The sequence number that a call with computed members sends; a target never gets to it by itself."""

SENT_USER: Final = 987_655
"""The user that such a call names."""

SENT_INSTANT: Final = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
"""The time that such a call says it is."""


class Relation(Enum):
    """A record that an asset's record can hold, if it is asked for."""

    ACCOUNT = "client account"
    CREATOR = "creator"


# ---- calls that may write ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Create:
    """Create an asset."""

    asset: str
    name: str
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """Give an asset another name."""

    asset: str
    name: str
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class Deactivate:
    """Set an asset aside for good. The stage knows whether the ledger stands against it."""

    asset: str
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """Open a client account of the kit's own."""


@dataclass(frozen=True, slots=True)
class Post:
    """Post an entry to the ledger; a draft counts nowhere until it is posted."""

    entry: str
    lines: tuple[Line, ...]
    on: date = date(2024, 3, 15)
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """Post what was kept as a draft."""

    entry: str


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel a posted entry by one that takes it back."""

    entry: str


@dataclass(frozen=True, slots=True)
class Acquire:
    """Buy an asset of a class."""

    asset: str
    kind: AssetClass
    cost: int
    on: date


@dataclass(frozen=True, slots=True)
class Depreciate:
    """Charge every asset in use for a year."""

    year: int


@dataclass(frozen=True, slots=True)
class Dispose:
    """Sell or scrap an asset."""

    asset: str
    on: date
    proceeds: int


OfLedger = OpenAccount | Post | Publish | Cancel | Acquire | Depreciate | Dispose
"""What the vendor's API has no call for, and a sandbox's control plane does."""

OfRecord = Create | Rename | Deactivate

Writing = OfRecord | OfLedger

# ---- reads ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadAsset:
    """Read one asset. relations: what is asked for beside it."""

    asset: str
    relations: tuple[Relation, ...] = ()
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class ReadList:
    """Read one page of the assets of the client account; all: of every client account that the caller sees.

    Without page and size, the API's own. A flawed page or size is sent as it is.
    """

    page: int | str | None = None
    size: int | str | None = None
    all: bool = False
    relations: tuple[Relation, ...] = ()
    flaw: Flaw | None = None


@dataclass(frozen=True, slots=True)
class ReadClasses:
    """Read the classes that assets can have."""


@dataclass(frozen=True, slots=True)
class ReadChart:
    """Read the accounts of the ledger, and which of them demand an asset."""


@dataclass(frozen=True, slots=True)
class ReadBalances:
    """Read the balance of every account: what it holds for one asset, or in all."""

    asset: str | None = None


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """Read the entries that speak of an asset, drafts too, in order."""

    asset: str


@dataclass(frozen=True, slots=True)
class ReadBook:
    """Read what the books show of an asset in use."""

    asset: str


@dataclass(frozen=True, slots=True)
class ReadPools:
    """Read the tax report of a year."""

    year: int


Reading = ReadAsset | ReadList | ReadClasses | ReadChart | ReadBalances | ReadEntries | ReadBook | ReadPools

Operation = Writing | Reading
