"""How plays about value changes are drawn: a Hypothesis strategy for each.

Decides the odds; how a choice is drawn is `theme`'s affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st

from stateful.machine import asset_plays, extremes, ledger_plays, palette, plays, twins, walks, wrongs
from stateful.machine.goals import WAYS
from stateful.machine.looking import Probe
from stateful.machine.theme import Plays, often
from stateful.model.outlook import Objection
from stateful.model.words import Effect
from stateful.operations import Listing, day_of

_SLOT: Final = st.sampled_from((0, 1, 2))
_YES_OR_NO: Final = st.booleans()
_EFFECT: Final = st.sampled_from(palette.EFFECTS)
_AMOUNT: Final = st.sampled_from(palette.AMOUNTS)
_SMALL: Final = st.sampled_from(tuple(amount for amount in palette.AMOUNTS if amount.minor <= 10**6))
_DAY: Final = st.sampled_from(palette.WHENS)
_WHEN: Final = st.sampled_from((*palette.WHENS * 3, *palette.ODD_WHENS))
_COUNTER: Final = st.sampled_from(palette.COUNTERS)
_NOTES: Final = st.sampled_from(palette.NOTES)
_RECORDS: Final = st.sampled_from(palette.RECORDS)
_NAMED: Final = st.sampled_from((plays.Named.BY_ID, plays.Named.BY_ID, plays.Named.BY_EXTERNAL, plays.Named.BY_BOTH))

_AFTER_CHANGE: Final = st.sampled_from(
    (Probe.NONE,) * 6
    + (Probe.THAT_DAY, Probe.THAT_DAY, Probe.DAY_BEFORE, Probe.CASH, Probe.COUNTER, Probe.COUNTER)
    + (
        Probe.RECORD,
        Probe.LIST,
        Probe.SHEET,
        Probe.CASH_SHEET,
        Probe.BALANCES,
        Probe.BYSTANDER,
        Probe.BYSTANDER,
        Probe.JOURNAL,
    )
)
_AFTER_RECORD: Final = st.sampled_from((Probe.NONE, Probe.NONE, Probe.RECORD, Probe.LIST, Probe.BALANCES))

_AMENDING: Final = st.builds(
    plays.Amending,
    slot=_SLOT,
    what=st.sampled_from(tuple(plays.What)),
    effect=_EFFECT,
    amount=_AMOUNT,
    when=_WHEN,
    counter=_COUNTER,
    notes=_NOTES,
    probe=_AFTER_CHANGE,
)
_VOIDING: Final = st.builds(plays.Voiding, slot=_SLOT, again=_YES_OR_NO, probe=_AFTER_CHANGE)
_RESENDING: Final = st.builds(
    plays.Resending,
    effect=_EFFECT,
    amount=_SMALL,
    when=_DAY,
    counter=_COUNTER,
    differing=_YES_OR_NO,
    probe=_AFTER_CHANGE,
)
_CREATING: Final = st.builds(
    asset_plays.Creating,
    like=st.sampled_from(tuple(asset_plays.Likeness)),
    members=_RECORDS,
    depreciable=_YES_OR_NO,
    probe=_AFTER_RECORD,
)
_UPSERTING: Final = st.builds(
    asset_plays.Upserting,
    slot=_SLOT,
    members=_RECORDS,
    notes=_NOTES,
    kind=st.sampled_from((0, 1, 2, 3)),
    probe=_AFTER_RECORD,
)
_AMENDING_ASSET: Final = st.builds(
    asset_plays.AmendingAsset,
    slot=_SLOT,
    members=_RECORDS,
    notes=_NOTES,
    other_account=_YES_OR_NO,
    probe=_AFTER_RECORD,
)
_ARCHIVING: Final = st.builds(asset_plays.Archiving, slot=_SLOT, again=_YES_OR_NO, void=_YES_OR_NO, probe=_AFTER_RECORD)
_POSTING: Final = st.builds(
    ledger_plays.Posting,
    slot=_SLOT,
    minor=st.sampled_from((100, 4_000_000, 1, 66_667, 10**12)),
    when=_DAY,
    resend=_YES_OR_NO,
    reversals=st.sampled_from((0, 1, 2)),
    probe=_AFTER_CHANGE,
)
_STATING: Final = st.builds(ledger_plays.Stating, statement=st.sampled_from(tuple(ledger_plays.Statement)), when=_DAY)
_TRIPLES: Final = tuple(
    (palette.WHENS[place], palette.WHENS[place - 4], palette.WHENS[place - 9]) for place in range(len(palette.WHENS))
) + tuple((odd, palette.WHENS[0], palette.WHENS[8]) for odd in palette.ODD_WHENS[:4])
_BACK_DATING: Final = st.builds(
    ledger_plays.BackDating,
    slot=_SLOT,
    effect=_EFFECT,
    amount=_SMALL,
    whens=st.sampled_from(_TRIPLES),
    counter=_COUNTER,
)
_VANISHING: Final = st.builds(twins.Vanishing, slot=_SLOT, effect=_EFFECT, amount=_SMALL, when=_DAY, counter=_COUNTER)
_BYSTANDING: Final = st.builds(twins.Bystanding, effect=_EFFECT, amount=_SMALL, when=_DAY, void=_YES_OR_NO)
_EVENT: Final = st.builds(
    twins.Event,
    effect=_EFFECT,
    minor=st.sampled_from((100, 1, 2, 5, 1_001, 66_667, 250_000, 10**12 + 1)),
    when=_DAY,
)
_BRIMMING: Final = st.builds(
    extremes.Brimming,
    edge=st.sampled_from((0, 1, 2, 3, 4)),
    effect=st.sampled_from((Effect.IMPROVEMENT, Effect.REVALUATION_UP)),
    counter=_COUNTER,
)
_CLOSING: Final = st.builds(extremes.Closing, day=_DAY.map(day_of), effect=st.sampled_from(tuple(Effect)[1:]))
_OTHER_BASIS: Final = st.builds(extremes.OtherBasis, effect=st.sampled_from(tuple(Effect)[1:]))


def recording_of(effects: Sequence[Effect]) -> Plays:
    """Recordings of these effects only."""
    strategy = st.builds(
        plays.Recording,
        slot=_SLOT,
        effect=st.sampled_from(effects),
        amount=_AMOUNT,
        when=_WHEN,
        counter=_COUNTER,
        named=_NAMED,
        notes=_NOTES,
        probe=_AFTER_CHANGE,
        external=_YES_OR_NO,
    )
    return often((1, strategy))


def wrong_of(objections: frozenset[Objection]) -> Plays:
    """Some calls in a row, each with another one of these flaws.

    The last place and the number are drawn, so that both shrink towards the one call that matters.
    """
    fitting = tuple(wrong for wrong in wrongs.WRONGS if wrong.objection in objections)

    def row(drawn: tuple[int, int]) -> wrongs.Erring:
        last, number = drawn
        return wrongs.Erring(tuple(fitting[last - place] for place in range(min(number, len(fitting)))))

    places = st.tuples(st.sampled_from(range(len(fitting))), st.sampled_from((1, 6, 7, 8)))
    return often((1, places.map(row)))


def walking_of(listings: Sequence[Listing], ways: Sequence[tuple[bool, bool]] = tuple(WAYS)) -> Plays:
    """Walks over one of these lists, or over all of them that show value changes.

    ways: whether the newest come first, and whether by creation.
    """
    alone = [(listing,) for listing in listings]
    together = tuple(listing for listing in listings if listing is not Listing.ASSETS)
    choices = [*alone, *[together, (Listing.ASSETS,)] * 2] if len(alone) > 1 else alone
    strategy = st.builds(
        walks.Walking,
        listings=st.sampled_from(choices),
        ours=st.sampled_from((3, 6, 6, 6, 7)),
        limit=st.sampled_from((1, 2, 3)),
        way=st.sampled_from(ways),
    )
    return often((1, strategy))


def comparing_of(relations: Sequence[twins.Relation]) -> Plays:
    """Twins under one of these relations."""
    strategy = st.builds(
        twins.Comparing,
        relation=st.sampled_from(relations),
        events=st.tuples(_EVENT, _EVENT),
        counter=_COUNTER,
    )
    return often((1, strategy))


LIFE: Final = often(
    (16, recording_of(palette.EFFECTS)),
    (5, _AMENDING),
    (5, _VOIDING),
    (3, _RESENDING),
    (1, _CREATING),
    (2, _UPSERTING),
    (1, _AMENDING_ASSET),
    (1, _ARCHIVING),
    (2, _POSTING),
    (2, _STATING),
)
CORRECTIONS: Final = often(
    (3, _AMENDING), (3, _VOIDING), (2, _RESENDING), (1, recording_of(palette.EFFECTS)), (1, _POSTING)
)
RECORDS: Final = often(
    (2, _UPSERTING), (2, _CREATING), (2, _AMENDING_ASSET), (1, _ARCHIVING), (1, recording_of(palette.EFFECTS))
)
CUT_OFF: Final = often((1, _BACK_DATING), (1, _VANISHING), (1, _BYSTANDING), (1, _STATING))
JOURNALS: Final = often((1, _POSTING))
EXTREMES: Final = often((1, _BRIMMING))
SETTINGS: Final = often((2, _CLOSING), (1, _OTHER_BASIS))
