"""What a reply showed, in canonical words: the only thing that rules judge.

Decides the shapes. Amounts are debit-positive minor units; accounts and records go by our keys
where they are ours and by the target's ids otherwise. `at` is the place in the history of the
exchange that showed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stateful.model.records import Value
from stateful.model.words import Basis
from stateful.operations import Listing

FIXED_ASSETS = "fixed assets"
"""What dialects call the place in the chart under which assets have their accounts."""


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account of the chart."""

    id: str
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenAsset:
    """An asset's record. `account` is the account of its own."""

    id: str
    key: str
    account: str
    archived: bool
    members: Mapping[str, Value]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenChange:
    """A value change's record."""

    id: str
    key: str
    archived: bool
    members: Mapping[str, Value]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenChanges:
    """The value changes of one asset, unpaged."""

    asset: str
    rows: tuple[SeenChange, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One line of a journal. `running`: the account's balance after it, where that is shown."""

    id: str
    journal: str
    account: str
    minor: int
    instant: datetime
    created: datetime | None = None
    running: int | None = None


@dataclass(frozen=True, slots=True)
class SeenLines:
    """Every line of one account, in the order shown."""

    account: str
    rows: tuple[SeenLine, ...]
    at: int = -1

    @property
    def balance(self) -> int:
        """What the lines add up to."""
        return sum(row.minor for row in self.rows)


@dataclass(frozen=True, slots=True)
class SeenJournal:
    """A posted journal."""

    id: str
    lines: tuple[SeenLine, ...]
    instant: datetime
    reversal_of: str | None = None
    reversed_by: str | None = None
    memo: Value = None
    at: int = -1

    def net(self) -> dict[str, int]:
        """What it adds to which account, leaving out what it adds nothing to."""
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.account] = sums.get(line.account, 0) + line.minor
        return {account: minor for account, minor in sums.items() if minor}


@dataclass(frozen=True, slots=True)
class SeenBalance:
    """One account of the chart with its balance, rolled up. `under`: its ancestors, root first."""

    account: str
    minor: int
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenBalances:
    """The balance of every account, to the end of `on` or of everything."""

    rows: tuple[SeenBalance, ...]
    on: date | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenTrial:
    """A trial balance: what each account shows net, and the columns' own totals where shown.

    Rows may be of an account alone or of all below it too; only the totals say what the columns add up to.
    """

    rows: Mapping[str, int]
    debit: int | None
    credit: int | None
    on: date
    basis: Basis | None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A balance sheet: both of its totals, each positive on its own side."""

    assets: int
    funding: int
    on: date
    basis: Basis | None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenSettings:
    """The business's settings."""

    closed_before: date | None
    basis: Basis | None
    at: int = -1


Row = SeenAsset | SeenChange | SeenJournal | SeenLine


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One page of a list, as asked for."""

    listing: Listing
    rows: tuple[Row, ...]
    more: bool
    cursor: str | None
    limit: int | None = None
    total: int | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenWalk:
    """The pages of a list, walked one after the other.

    complete: to the end of the list. born: those of our records that must be in it, each with its
    place in the order of creation.
    """

    listing: Listing
    pages: tuple[SeenPage, ...]
    newest_first: bool
    by_creation: bool
    complete: bool
    born: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all pages."""
        return tuple(row for page in self.pages for row in page.rows)

    @property
    def at(self) -> tuple[int, ...]:
        """The exchanges that showed them."""
        return tuple(page.at for page in self.pages)


def key_of(row: Row) -> str:
    """Our key of a row, or the target's id of it."""
    return row.key if isinstance(row, SeenAsset | SeenChange) else row.id


Sight = (
    SeenAccount
    | SeenAsset
    | SeenChange
    | SeenChanges
    | SeenLines
    | SeenJournal
    | SeenBalances
    | SeenTrial
    | SeenSheet
    | SeenSettings
    | SeenPage
)
