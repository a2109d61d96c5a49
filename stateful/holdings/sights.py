"""What a reply showed of assets, classes and the ledger, in canonical words: the only thing that rules judge.

Decides the shapes. Amounts are minor units, debits positive; records go by our keys where they are ours. `at` is
the place in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from stateful.holdings.operations import ReadList, Relation
from stateful.model.classes import AssetClass, Pool
from stateful.model.holdings import Line
from stateful.walks import Walk

NAME = "name"
ACTIVE = "active"
UPDATED = "time of change"
UPDATER = "last editor"
"""Canonical names of facts that may change; no other ever does."""


@dataclass(frozen=True, slots=True)
class SeenAsset:
    """An asset's record.

    active: None where it is not shown. asked: the relations that were asked for; relations: those that are shown,
    with the related record's id. facts: what is shown of the documented members, by canonical names.
    """

    id: str
    key: str
    name: str
    account: str
    number: int
    created: datetime
    updated: datetime
    creator: str
    updater: str
    active: bool | None = None
    relations: Mapping[Relation, str] = field(default_factory=dict)
    asked: frozenset[Relation] = frozenset()
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: int = -1

    def age_until(self, instant: datetime) -> float:
        """How many seconds after its creation an instant is."""
        return (instant - self.created).total_seconds()


@dataclass(frozen=True, slots=True)
class SeenList:
    """One page of a list, as asked for, with what it says of itself."""

    asked: ReadList
    rows: tuple[SeenAsset, ...]
    page: int
    pages: int
    size: int
    records: int
    at: int = -1


SeenWalk = Walk[SeenList, SeenAsset]
"""The pages of a list, walked one after the other."""


@dataclass(frozen=True, slots=True)
class SeenClass:
    """A class as it is shown, beside what it means; `said`: every member by its canonical name."""

    kind: AssetClass
    said: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class SeenClasses:
    """All classes."""

    rows: tuple[SeenClass, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenRefusal:
    """A refusal: its status, and what its body says; None where the body says it in no readable way."""

    status: int
    error: str | None = None
    said_status: int | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """A client account that was opened: what names it in calls, and a token that sees it alone."""

    scope: Mapping[str, str]
    token: str
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenChart:
    """The accounts of the ledger by code, and whether each demands an asset."""

    rows: Mapping[str, bool]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenBalances:
    """What every account holds, for one asset or in all."""

    asset: str | None
    rows: Mapping[str, int]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry of the ledger. cancels: the id of the entry that it takes back."""

    id: str
    key: str
    on: date
    draft: bool
    cancelled: bool
    lines: tuple[Line, ...]
    cancels: str | None = None
    at: int = -1

    def net(self, account: str, asset: str) -> int:
        """What it adds to one account for an asset; nothing while it is a draft."""
        return 0 if self.draft else sum(minor for name, key, minor in self.lines if (name, key) == (account, asset))


@dataclass(frozen=True, slots=True)
class SeenEntries:
    """The entries that speak of one asset, in order of creation."""

    asset: str
    rows: tuple[SeenEntry, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenBook:
    """What the books show of an asset in use; gain: of its disposal."""

    asset: str
    cost: int
    accumulated: int
    carrying: int
    gain: int | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenPool:
    """A tax balance of a year, with what the report makes of it. asset: whose it is, where it is one's."""

    pool: Pool
    asset: str | None
    basis: int
    charge: int
    income: int
    gain: int
    closing: int


@dataclass(frozen=True, slots=True)
class SeenPools:
    """The tax report of a year."""

    year: int
    rows: tuple[SeenPool, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenDone:
    """A call of the control plane was carried out; nothing more is read from its reply."""

    at: int = -1


Sight = (
    SeenAsset
    | SeenList
    | SeenClasses
    | SeenAccount
    | SeenChart
    | SeenBalances
    | SeenEntry
    | SeenEntries
    | SeenBook
    | SeenPools
    | SeenDone
)
