"""What a reply showed of a register, in canonical words: the only thing that rules judge.

Decides the shapes. Amounts are minor units; records go by our keys where they are ours. `raw` is the
JSON object as it came, for rules that speak of members as such. `at` is the place in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stateful.register.operations import Accounts, Members, ReadList, Status
from stateful.walks import Walk


@dataclass(frozen=True, slots=True)
class SeenAsset:
    """An asset's record. `book` is its book value; what is not shown is None.

    facts: the part of `raw` that a list must show as the record does.
    """

    id: str
    key: str
    status: Status
    members: Members
    book: int | None = None
    accumulated: int | None = None
    prior: int | None = None
    gain: int | None = None
    capital_gain: int | None = None
    can_roll_back: bool | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenList:
    """One page of a list, as asked for, with what it says of itself."""

    asked: ReadList
    rows: tuple[SeenAsset, ...]
    page: int
    size: int
    pages: int
    items: int
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenType:
    """A type's record. `locks`: above zero while assets of it have been depreciated."""

    id: str
    key: str
    members: Members
    locks: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenTypes:
    """All types."""

    rows: tuple[SeenType, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenSettings:
    """The organisation's settings. `next_number`: the number that is free, in full."""

    next_number: str | None
    start: date | None
    depreciated: date | None
    raw: Mapping[str, Any] = field(default_factory=dict)
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenOrganisation:
    """An organisation that was opened: what names it in calls, and its token."""

    scope: Mapping[str, str]
    token: str
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenAccounts:
    """Three accounts that a type may name."""

    accounts: Accounts
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenBalances:
    """The balance of every account by the target's id, debits positive."""

    rows: Mapping[str, int]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """A posted journal: what it adds to which account by the target's id, debits positive."""

    on: date
    lines: tuple[tuple[str, int], ...]

    def net(self, account: str) -> int:
        """What it adds to one account."""
        return sum(minor for name, minor in self.lines if name == account)


@dataclass(frozen=True, slots=True)
class SeenEntries:
    """Everything posted for one asset, in order of posting."""

    asset: str
    rows: tuple[SeenEntry, ...]
    at: int = -1


@dataclass(frozen=True, slots=True)
class SeenDone:
    """A call of the control plane was carried out; nothing more is read from its reply."""

    at: int = -1


SeenWalk = Walk[SeenList, SeenAsset]
"""The pages of a list, walked one after the other."""


Sight = (
    SeenAsset
    | SeenList
    | SeenType
    | SeenTypes
    | SeenSettings
    | SeenOrganisation
    | SeenAccounts
    | SeenBalances
    | SeenEntries
    | SeenDone
)
