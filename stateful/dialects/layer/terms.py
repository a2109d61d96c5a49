"""What Layer's profile leaves open, in canonical words.

Decides which of the profile's points answers which question of ours. An outcome by name stands
for itself; a status says how a call ended.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import product
from types import MappingProxyType
from typing import Final

from spec import Profile
from stateful.dialects import Terms
from stateful.dialects.layer import tables
from stateful.model.books import Convention
from stateful.model.outlook import Objection, Outcome
from stateful.operations import Kind, Listing

_POINTS: Final = MappingProxyType(
    {  # objection: the profile's point, and what an acceptance under it means
        Objection.ARCHIVED_ASSET: ("archived_asset_update", Outcome.DONE),
        Objection.ARCHIVED_UPSERT: ("archived_asset_upsert", Outcome.DONE),
        Objection.ARCHIVED_PATCH: ("patch_archived", Outcome.DONE),
        Objection.ARCHIVED: ("archive_twice", Outcome.UNCHANGED),
        Objection.IN_USE: ("archive_asset_books", Outcome.DONE),
        Objection.WITHDRAWN: ("archive_twice", Outcome.UNCHANGED),
        Objection.VOIDED: ("patch_archived", Outcome.DONE),
        Objection.SAME_ACCOUNT: ("counter_is_own_account", Outcome.DONE),
        Objection.NOT_POSITIVE: ("amount_not_positive", Outcome.DONE),
        Objection.CLOSED_WITHDRAWAL: ("closed_period", Outcome.DONE),
        Objection.BELOW_ZERO: ("below_zero", Outcome.DONE),
        Objection.REPLAYED: ("replay_status", Outcome.UNCHANGED),
        Objection.REPLAYED_DIFFERENTLY: ("replay_status", Outcome.UNCHANGED),
        Objection.ENTRY_REPLAYED: ("journal_replay_status", Outcome.UNCHANGED),
        Objection.TWO_SELECTORS: ("both_selectors", Outcome.DONE),
        Objection.OTHER_ACCUMULATED: ("accumulated_account_changed", Outcome.DONE),
    }
)

_RULES: Final = MappingProxyType(
    {
        "effect-size": "layer.R1",
        "needs-accumulated": "layer.R2",
        "depreciation-sides": "layer.R3",
        "value-sides": "layer.R4",
        "upsert-identity": "layer.R5",
        "upsert-stores": "layer.R6",
        "selectors": "layer.R7",
        "one-asset": "layer.R8",
        "repost": "layer.R9",
        "quiet-amend": "layer.R10",
        "amend-stores": "layer.R11",
        "metadata": "layer.R12",
        "active-list": "layer.R13",
        "walk-once": "layer.R14",
        "order": "layer.R15",
        "page-shape": "layer.R16",
        "one-live": "layer.R17",
        "void-shows": "layer.R18",
        "archive-shows": "layer.R19",
        "creation-posts-nothing": "layer.R20",
        "closed": "layer.R21",
        "own-account": "layer.R22",
        "template-names": "layer.R23",
        "reverse-once": "layer.R24",
        "sent-again": "layer.R25",
        "echo": "layer.R26",
        "lists-agree": "layer.R27",
        "references": "layer.R28",
        "running": "layer.R29",
        "distinct": "layer.R30",
        "own-list": "layer.R31",
    }
)

_SETTLED: Final = MappingProxyType(
    {  # what the vendor says of a call that repeats another one; and room that others may have taken
        Objection.REVERSED: frozenset({Outcome.UNCHANGED}),
        Objection.ACCOUNT_KNOWN: frozenset({Outcome.UNCHANGED}),
        Objection.CROWDED: frozenset({Outcome.DONE, Outcome.REFUSED}),
    }
)

_SPECIMENS: Final = MappingProxyType(
    {
        Kind.ASSET: "assetId",
        Kind.CHANGE: "valueUpdateId",
        Kind.ACCOUNT: "accountId",
        Kind.JOURNAL: "entryId",
    }
)


def terms_of(profile: Profile) -> Terms:
    """Layer's terms under this profile."""
    return Terms(
        latitude={
            objection: outcomes_of(profile.accepts(point), accepted) for objection, (point, accepted) in _POINTS.items()
        }
        | _SETTLED,
        conventions=_conventions(profile),
        rules=_RULES,
        kinds=len(tables.KINDS),
        pages=(Listing.ASSETS, Listing.CHANGES, Listing.JOURNALS, Listing.LINES),
        specimens=_SPECIMENS,
    )


def outcomes_of(accepts: Collection[int | str], accepted: Outcome) -> frozenset[Outcome]:
    """How a call may end: a 4xx or "refused" is a refusal, everything else means `accepted`."""
    return frozenset(
        Outcome.REFUSED if answer == "refused" or (isinstance(answer, int) and answer >= 400) else accepted
        for answer in accepts
    )


def _conventions(profile: Profile) -> tuple[Convention, ...]:
    days = sorted({answer == "utc_day" for answer in profile.accepts("as_of_day")}, reverse=True)
    kept = sorted({answer == "now" for answer in profile.accepts("reversal_date")})
    every = product(kept, kept, days)
    return tuple(Convention(whole_day=whole, voids_now=voids, amends_now=amends) for voids, amends, whole in every)
