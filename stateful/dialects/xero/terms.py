"""What Xero's profile leaves open, in canonical words.

Decides which of the profile's points answers which question of ours, and which of its rules a law judges.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from spec import Evidence, Profile
from stateful.register.operations import Flaw
from stateful.register.terms import Terms

_POINTS: Final = MappingProxyType(
    {
        Flaw.EARLY_START: "start_too_early",
        Flaw.LIMIT_ABOVE_PRICE: "limit_above_price",
        Flaw.RESIDUAL_ABOVE_PRICE: "limit_above_price",
        Flaw.RESIDUAL_ABOVE_LIMIT: "limit_above_price",
        Flaw.ODD_STATUS: "status_casing",
        Flaw.ORDER_OF_DISPOSED: "order_disposed_only",
    }
)

_RULES: Final = MappingProxyType(
    {
        "required": "xero.R1",
        "unique-number": "xero.R2",
        "born-draft": "xero.R3",
        "drafts-only": "xero.R4",
        "in-place": "xero.R5",
        "stores": "xero.R6",
        "keeps": "xero.R7",
        "computed": "xero.R8",
        "spellings": "xero.R9",
        "rate-xor-life": "xero.R10",
        "status-required": "xero.R11",
        "status-casing": "xero.R12",
        "one-status": "xero.R13",
        "page-limit": "xero.R14",
        "first-page": "xero.R15",
        "walk-once": "xero.R16",
        "pagination": "xero.R17",
        "order": "xero.R18",
        "order-of-disposed": "xero.R19",
        "filter": "xero.R20",
        "detail": "xero.R21",
        "next-number": "xero.R22",
        "type-required": "xero.R23",
        "unique-type": "xero.R24",
        "known-accounts": "xero.R25",
        "each-field": "xero.R26",
        "type-in-place": "xero.R27",
        "references": "xero.R28",
        "replay": "xero.R29",
        "used-key": "xero.R30",
        "bounds": "xero.R31",
        "early-start": "xero.R32",
        "draft-value": "xero.R33",
        "unset": "xero.R34",
        "locks": "xero.R35",
        "depreciated-through": "xero.R36",
        "can-roll-back": "xero.R37",
    }
)


def terms_of(profile: Profile) -> Terms:
    """Xero's terms under this profile.

    A point that is ours alone never fails anybody. A create that asks for another status may be
    accepted: what it must not do is make anything but a draft.
    """
    chosen = (
        flaw
        for flaw, point in _POINTS.items()
        if profile.points[point].evidence is Evidence.CHOSEN and "accepted" in profile.accepts(point)
    )
    return Terms(
        rules=_RULES,
        admits=frozenset({*chosen, Flaw.OTHER_STATUS}),
        readings=frozenset(map(str, profile.accepts("current_accum"))),
    )
