"""The values that histories are made of, weighted towards the boundaries (accounting.md 13).

Data only; a value that stands several times is drawn that much more often, and the first of each
is the one that shrinking ends at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Final

from stateful.model.records import Value
from stateful.model.words import Effect
from stateful.operations import KIND, LIFE, MEMO, METADATA, NAME, ORIGINAL, REFERENCE, SALVAGE, Members


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: so much; or, `of_carrying`, so much more than the asset's carrying value."""

    minor: int
    of_carrying: bool = False

    def resolve(self, carrying: int) -> int:
        """The amount for an asset of that carrying value; never below one."""
        return max(self.minor + carrying * self.of_carrying, 1)


AMOUNTS: Final = (
    Amount(100),
    Amount(1),
    Amount(1),
    Amount(2),
    Amount(3),
    Amount(99),
    Amount(1_001),
    Amount(12_345),
    Amount(66_667),
    Amount(66_667),
    Amount(250_000),
    Amount(4_000_001),
    Amount(0, of_carrying=True),
    Amount(0, of_carrying=True),
    Amount(1, of_carrying=True),
    Amount(-1, of_carrying=True),
    Amount(10**12),
    Amount(10**15 + 7),
    Amount(2**53 + 1),
)

EFFECTS: Final = (
    Effect.IMPROVEMENT,
    Effect.IMPAIRMENT,
    Effect.REVALUATION_UP,
    Effect.REVALUATION_DOWN,
    Effect.DEPRECIATION,
    Effect.DEPRECIATION,
)


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


WHENS: Final = (
    _day(2024, 1, 15),
    _day(2024, 2, 28),
    _day(2024, 2, 29),
    _day(2024, 2, 29),
    _day(2024, 3, 1),
    _day(2024, 1, 31),
    _day(2024, 4, 30),
    _day(2024, 6, 15),
    _day(2024, 12, 31),
    _day(2024, 12, 31),
    _day(2024, 1, 1),
    _day(2023, 12, 31),
    _day(2023, 2, 28),
    _day(2023, 7, 31),
    _day(2000, 2, 29),
    _day(1999, 12, 31),
)
"""The start of a day, in UTC: what nobody can misread."""

LONG_AGO: Final = _day(1998, 1, 2)
"""A day before all of these."""

ODD_WHENS: Final = tuple(
    map(
        datetime.fromisoformat,
        (
            "2024-02-29T12:30:15+00:00",
            "2024-01-31T23:59:59+00:00",
            "2023-12-31T23:59:59-12:00",
            "2024-03-01T00:00:00+14:00",
            "2024-05-01T04:00:00+05:30",
            "2024-04-30T22:00:00-05:00",
        ),
    )
)
"""Times of day, and offsets that carry an instant over midnight."""


NOTES: Final[tuple[Members, ...]] = (
    {},
    {},
    {MEMO: "checked"},
    {METADATA: {"a": 1}},
    {METADATA: {}},
    {METADATA: {"nested": {"null": None, "list": [1, None, {"x": {}}], "empty": []}}},
    {METADATA: {"digits": 2**53 + 1, "more": 10**18 + 1, "true": True, "one": 1}},
    {METADATA: {"": "", "é": "𝄞 ✓", "a/b": "~", "quote": '"\\'}},
    {REFERENCE: "INV-0001", MEMO: "é ✓ 𝄞"},
    {MEMO: "", REFERENCE: "0"},
    {MEMO: "both", METADATA: {"period": "2024-02"}, REFERENCE: "R 1"},
)
"""Descriptive members of a value change or an asset."""

RECORDS: Final[tuple[Members, ...]] = (
    {},
    {ORIGINAL: 4_000_000, LIFE: 60},
    {ORIGINAL: 4_000_000, SALVAGE: 400_000, LIFE: 60, MEMO: "leased"},
    {ORIGINAL: 2**53 + 1},
    {SALVAGE: 0, LIFE: 1},
    {NAME: "Gabelstapler „Ä“ 1"},
    {METADATA: {"site": {"row": None}}},
)
"""Members of an asset."""


DESCRIPTION: Final[Members] = {
    ORIGINAL: 4_000_000,
    SALVAGE: 400_000,
    LIFE: 60,
    MEMO: "as delivered",
    METADATA: {"site": {"row": None, "bay": 7}},
    REFERENCE: "PO-77",
}
"""Every member of an asset that may be told."""


NOTED: Final[Members] = {MEMO: "as posted", METADATA: {"run": 7, "by": None}, REFERENCE: "PV-9"}
"""Every descriptive member of a value change."""


def members_of(name: str, kind: int, *more: Members) -> dict[str, Value]:
    """The members of a new asset."""
    members: dict[str, Value] = {NAME: name, KIND: kind}
    for some in more:
        members |= some
    return members


class Counter(Enum):
    """Which counter account: a template one, or one that the kit opens."""

    TEMPLATE_EXPENSE = auto()
    TEMPLATE_FUNDING = auto()
    EXPENSE = auto()
    FUNDING = auto()
    SURPLUS = auto()


COUNTERS: Final = (
    Counter.TEMPLATE_EXPENSE,
    Counter.EXPENSE,
    Counter.EXPENSE,
    Counter.FUNDING,
    Counter.FUNDING,
    Counter.SURPLUS,
    Counter.TEMPLATE_FUNDING,
)
