"""What Snapbooks' profile leaves open, in canonical words.

Decides which of the profile's points answers which question of ours, and which of its rules a law judges.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from spec import Profile
from stateful.dialects.snapbooks import tables
from stateful.holdings.operations import Flaw
from stateful.holdings.terms import Terms

_OPEN: Final = MappingProxyType(
    {
        Flaw.OTHER_ACCOUNT: ("put_client_account", "ignored"),
        Flaw.COMPUTED: ("unknown_members", "ignored"),
        Flaw.LONG_PAGE: ("per_page_above", "clamped"),
        Flaw.UNKNOWN_RELATION: ("with_unknown", "ignored"),
        Flaw.NO_SUCH_PAGE: ("page_bad", "defaulted"),
        Flaw.NO_SUCH_SIZE: ("page_bad", "defaulted"),
    }
)
"""Flaws that a profile may let pass: the point that says so, and the outcome by which it does."""

_SIZES: Final = {"hundred": 100, "fifty": 50}
_LONGEST: Final = 100

_RULES: Final = MappingProxyType(
    {
        "stores": "snapbooks.R1",
        "shows": "snapbooks.R2",
        "renames": "snapbooks.R3",
        "account-fixed": "snapbooks.R4",
        "number-unique": "snapbooks.R5",
        "number-fixed": "snapbooks.R6",
        "gap-free": "snapbooks.R7",
        "made-fixed": "snapbooks.R8",
        "times": "snapbooks.R9",
        "computed": "snapbooks.R10",
        "says-inactive": "snapbooks.R11",
        "preserved": "snapbooks.R12",
        "guard": "snapbooks.R13",
        "guard-names": "snapbooks.R14",
        "guard-leaves": "snapbooks.R15",
        "guard-others": "snapbooks.R16",
        "guard-each": "snapbooks.R17",
        "guard-drafts": "snapbooks.R18",
        "walk-once": "snapbooks.R19",
        "meta": "snapbooks.R20",
        "of-account": "snapbooks.R21",
        "all-accounts": "snapbooks.R22",
        "page-length": "snapbooks.R23",
        "with-account": "snapbooks.R24",
        "with-creator": "snapbooks.R25",
        "detail": "snapbooks.R26",
        "required": "snapbooks.R27",
        "well-formed": "snapbooks.R28",
        "unknown-asset": "snapbooks.R29",
        "access": "snapbooks.R30",
        "page-numbers": "snapbooks.R31",
        "classes-all": "snapbooks.R32",
        "classes-table": "snapbooks.R32",
        "classes-shown": "snapbooks.R33",
        "error-body": "snapbooks.R34",
        "tracked": "snapbooks.R35",
        "unknown-account": "snapbooks.R36",
        "class-accounts": "snapbooks.R37",
        "classes-accounts": "snapbooks.R38",
    }
)


def terms_of(profile: Profile) -> Terms:
    """Snapbooks' terms under this profile.

    The page's table of errors says 400 for what is missing and 404 for an asset that is not there.
    """

    def statuses(point: str) -> frozenset[int]:
        return frozenset(outcome for outcome in profile.accepts(point) if isinstance(outcome, int))

    return Terms(
        rules=_RULES,
        admits=frozenset(flaw for flaw, (point, outcome) in _OPEN.items() if outcome in profile.accepts(point)),
        statuses={
            **dict.fromkeys((Flaw.NO_NAME, Flaw.NO_ACCOUNT), frozenset({400})),
            **dict.fromkeys((Flaw.BLANK_NAME, Flaw.ODD_NAME, Flaw.ODD_ACCOUNT), statuses("name_blank")),
            **dict.fromkeys((Flaw.OUTSTANDING, Flaw.NETTED), statuses("guard_status")),
            Flaw.UNKNOWN_ASSET: frozenset({404}),
            Flaw.UNKNOWN_ACCOUNT: statuses("foreign_account_create"),
        },
        sizes=frozenset(_SIZES[str(outcome)] for outcome in profile.accepts("per_page_default")),
        longest=_LONGEST,
        forbidden=statuses("foreign_asset"),
        table=tables.CLASSES,
        shown=tables.EXAMPLES,
    )
