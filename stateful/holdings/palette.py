"""The values that histories of holdings are made of, weighted towards the boundaries.

Data only; the first of each is the one that shrinking ends at. Amounts are minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

TEXTS: Final = (
    "Lathe",
    "Gabelstapler „Ä“ 1",
    "é ✓ 𝄞",
    "0",
    "null",
    "<b>&amp;</b> 'quoted' \"twice\"",
    "x" * 300,
)
"""What assets are called."""


class Fate(Enum):
    """What becomes of an entry."""

    POSTED = "posted"
    CANCELLED = "posted and cancelled"
    DRAFT = "kept as a draft"
    PUBLISHED = "kept as a draft, then posted"
    DROPPED = "kept as a draft and cancelled"


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount that an entry puts on an account, against one that demands no asset.

    account: which of the accounts that demand an asset; below zero, one that demands none. other: whether it is for
    another asset than the one that is deactivated.
    """

    account: int
    minor: int
    other: bool = False
    fate: Fate = Fate.POSTED


LEDGERS: Final[tuple[tuple[Posting, ...], ...]] = (
    (Posting(0, 1_500_000),),
    (Posting(0, 1_500_000), Posting(1, -250_000)),
    (Posting(0, 10_000), Posting(1, -10_000)),
    (Posting(0, 1),),
    (Posting(1, -1),),
    (Posting(0, -70_000), Posting(1, -5)),
    (Posting(0, 50_000), Posting(0, -50_000)),
    (Posting(-1, 99_900),),
    (Posting(0, 700, fate=Fate.DRAFT),),
    (Posting(0, 700, fate=Fate.PUBLISHED),),
    (Posting(0, 700, fate=Fate.DROPPED),),
    (Posting(2, 12_345, fate=Fate.CANCELLED),),
    (Posting(0, 1_000_001, fate=Fate.CANCELLED), Posting(-1, 5_000)),
    (Posting(0, 33_333, other=True),),
    (Posting(0, 100, fate=Fate.DRAFT), Posting(2, 20_007), Posting(0, 20_007, other=True)),
    (Posting(0, 10_000_000_001), Posting(1, 99), Posting(2, -5_050)),
    (Posting(-1, 100), Posting(1, 250, fate=Fate.CANCELLED), Posting(0, -400, other=True)),
)
"""What the ledger may hold when an asset is to be deactivated."""

COSTS: Final = (10_000_000, 33_333_333, 1, 12_000_000, 9_999_999, 250_003)
"""What assets of a class cost, odd minor units included."""

DAYS: Final = (date(2022, 1, 1), date(2022, 7, 31), date(2022, 12, 31), date(2024, 2, 29), date(2022, 3, 15))
"""When they are bought."""
