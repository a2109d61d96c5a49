"""Layer's spellings of the canonical words (facts: the asset guide, the reference pages, its chart).

Data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stateful.model.words import Basis, Effect, Side
from stateful.operations import (
    LIFE,
    MEMO,
    METADATA,
    NAME,
    ORIGINAL,
    REFERENCE,
    SALVAGE,
    Listing,
    Role,
    Template,
)

EFFECTS: Final[Mapping[Effect, str]] = MappingProxyType(
    {
        Effect.DEPRECIATION: "DEPRECIATION_AMORTIZATION",
        Effect.IMPAIRMENT: "IMPAIRMENT",
        Effect.REVALUATION_DOWN: "REVALUATION_DOWN",
        Effect.IMPROVEMENT: "IMPROVEMENT",
        Effect.REVALUATION_UP: "REVALUATION_UP",
    }
)
EFFECT_OF: Final = MappingProxyType({spelling: effect for effect, spelling in EFFECTS.items()})

KINDS: Final = ("EQUIPMENT", "VEHICLE", "RIGHT_OF_USE_ASSET", "GOODWILL")

SIDES: Final[Mapping[str, Side]] = MappingProxyType({"DEBIT": Side.DEBIT, "CREDIT": Side.CREDIT})

BASES: Final[Mapping[Basis, str]] = MappingProxyType({Basis.ACCRUAL: "ACCRUAL", Basis.CASH: "CASH"})
BASIS_OF: Final = MappingProxyType({spelling: basis for basis, spelling in BASES.items()})

MEMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NAME: "name",
        ORIGINAL: "original_value",
        SALVAGE: "salvage_value",
        LIFE: "useful_life_months",
        MEMO: "memo",
        METADATA: "metadata",
        REFERENCE: "reference_number",
    }
)
"""The descriptive members whose values go over the wire as they are."""

TEMPLATES: Final[Mapping[Template, str]] = MappingProxyType(
    {Template.EXPENSE: "DEPRECIATION", Template.FUNDING: "CASH"}
)

FIXED_ASSETS: Final = "FIXED_ASSETS"

ROLES: Final[Mapping[Role, tuple[str, str, str, str]]] = MappingProxyType(
    {  # parent, normality, class, kind
        Role.ACCUMULATED: ("ACCUMULATED_DEPRECIATION", "CREDIT", "ASSET", "ACCUMULATED_DEPRECIATION"),
        Role.EXPENSE: ("EXPENSES", "DEBIT", "EXPENSE", "DEPRECIATION"),
        Role.FUNDING: ("NOTES_PAYABLE", "CREDIT", "LIABILITY", "NOTES_PAYABLE"),
        Role.SURPLUS: ("EQUITY", "CREDIT", "EQUITY", "OWNERS_CAPITAL"),
    }
)

LISTS: Final[Mapping[Listing, tuple[str, str, str]]] = MappingProxyType(
    {  # path, operationId, the order by the records' own date
        Listing.ASSETS: ("/assets", "business.assets.get", "created_at"),
        Listing.CHANGES: ("/assets/value-updates", "business.assets.valueUpdates.get", "date"),
        Listing.JOURNALS: ("/ledger/entries", "business.ledger.entries.get", "entry_at"),
        Listing.LINES: (
            "/ledger/accounts/{account}/lines",
            "business.ledger.accounts.accountId.lines.get",
            "entry_at",
        ),
    }
)
CREATION_ORDER: Final = "created_at"

NOBODY: Final = "00000000-0000-4000-8000-000000000000"
"""An id that no target gives away."""

NO_SUCH_NAME: Final = "NO_SUCH_ACCOUNT"
NO_SUCH_EFFECT: Final = "APPRECIATION"
NO_SUCH_KIND: Final = "FURNITURE"
NO_SUCH_DAY: Final = "2023-02-29T00:00:00Z"
