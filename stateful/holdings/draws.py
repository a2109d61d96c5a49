"""How plays about holdings are drawn, and which theme comes next.

Decides the odds, and how a run steers towards its reach goals; how a choice is drawn is `theme`'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from hypothesis import strategies as st

from stateful.holdings import goals, ledger_plays, palette, plays
from stateful.holdings.operations import Flaw, Relation
from stateful.holdings.palette import Fate
from stateful.holdings.plays import WRONGS, Wrong
from stateful.machine.theme import Missing, Plays, Theme, often, steered
from stateful.model.classes import Way

_SLOT: Final = st.sampled_from((0, 1, 2))
_YES_OR_NO: Final = st.booleans()
_RARELY: Final = st.sampled_from((False, False, False, True))
_TEXT: Final = st.sampled_from(palette.TEXTS)
_RELATIONS: Final = st.sampled_from(((), (), (Relation.ACCOUNT,), (Relation.CREATOR,), tuple(Relation)))
_COST: Final = st.sampled_from(palette.COSTS)
_DAY: Final = st.sampled_from(palette.DAYS)

_CREATING: Final = st.builds(plays.Creating, text=_TEXT, relations=_RELATIONS)
_RENAMING: Final = st.builds(plays.Renaming, slot=_SLOT, text=_TEXT)
_SETTING_ASIDE: Final = st.builds(plays.SettingAside, slot=_SLOT, again=_YES_OR_NO, renamed=_YES_OR_NO)
_AGING: Final = st.just(plays.Aging())
_LISTING: Final = st.builds(
    plays.Listing,
    size=st.sampled_from((2, 1, 3, 4, 5)),
    ours=st.sampled_from((4, 5, 6)),
    aside=_YES_OR_NO,
    renamed=_YES_OR_NO,
    relations=_RELATIONS,
)
_CLASSIFYING: Final = st.just(plays.Classifying())


def guarding_of(ledgers: Sequence[tuple[palette.Posting, ...]]) -> Plays:
    """Deactivations beside one of these ledgers."""
    return often((1, st.builds(ledger_plays.Guarding, postings=st.sampled_from(ledgers))))


def wrong_of(wrongs: Sequence[Wrong]) -> Plays:
    """Calls with one of these flaws."""
    return often((1, st.sampled_from(wrongs)))


def using_of(ways: Sequence[Way], *, sold: bool) -> Plays:
    """Assets of classes that are depreciated in one of these ways, sold or not."""
    use = st.builds(
        ledger_plays.Use,
        way=st.sampled_from(ways),
        nth=st.integers(0, 13),
        cost=_COST,
        since=_DAY,
    )
    strategy = st.builds(
        ledger_plays.Using,
        uses=st.tuples(use, use),
        years=st.sampled_from((3, 4, 6)),
        each=_RARELY,
        again=_YES_OR_NO,
        sold=st.sampled_from((date(2020, 6, 15), date(2020, 1, 1), date(2020, 12, 28))) if sold else st.none(),
        permille=st.sampled_from((500, 0, 1200, 777, 1)),
    )
    return often((1, strategy))


_POOL_USE: Final = {
    group: st.builds(
        ledger_plays.Use,
        way=st.just(Way.DECLINING),
        nth=st.integers(0, 2),
        cost=st.sampled_from((10_000_000, 33_333_333, 4_000_001)),
        since=st.sampled_from((date(2023, 11, 30), date(2024, 1, 1), date(2023, 1, 1))),
        group=st.just(group),
    )
    for group in "adcbehijfg"
}
_POOLING: Final = st.sampled_from(tuple(_POOL_USE)).flatmap(
    lambda group: st.builds(
        ledger_plays.Pooling,
        uses=st.tuples(_POOL_USE[group], _POOL_USE[group]),
        permille=st.sampled_from((500, 3000, 0, 1800, 2200)),
        after=st.sampled_from((1, 0, 2)),
    )
)

_LIFE: Final = Theme("records", often((3, _CREATING), (3, _RENAMING), (2, _SETTING_ASIDE), (1, _AGING)), 6, 6)
_NAMES: Final = Theme("names", often((1, _RENAMING)), 6, 3)
_ASIDE: Final = Theme("deactivations", often((1, _SETTING_ASIDE)), 4, 4)
_AGES: Final = Theme("ages", often((1, _AGING)), 1, 2)
_RELATED: Final = Theme("relations", often((1, _CREATING)), 6, 2)
_LISTS: Final = Theme("lists", often((1, _LISTING)), 1, 4)
_ALL: Final = Theme("lists of all client accounts", often((1, st.just(plays.ListingAll()))), 1, 2)
_CLASSES: Final = Theme("classes", often((1, _CLASSIFYING)), 1, 2)
_GUARDS: Final = Theme("guards", guarding_of(palette.LEDGERS), 1, 5)
_DRAFTS: Final = Theme(
    "drafts",
    guarding_of([one for one in palette.LEDGERS if any(part.fate is not Fate.POSTED for part in one)]),
    1,
    4,
)
_AWAITING: Final = Theme(
    "drafts that stay",
    guarding_of([one for one in palette.LEDGERS if all(part.fate is Fate.DRAFT for part in one)]),
    1,
    3,
)
_CANCELLED: Final = Theme(
    "cancellations",
    guarding_of([one for one in palette.LEDGERS if any(part.fate is Fate.CANCELLED for part in one)]),
    1,
    3,
)
_FREE: Final = Theme(
    "other balances", guarding_of([one for one in palette.LEDGERS if all(p.account < 0 or p.other for p in one)]), 1, 3
)
_COURSES: Final = Theme("depreciation", using_of(tuple(Way), sold=False), 1, 5)
_DISPOSALS: Final = Theme("disposals", using_of(tuple(Way), sold=True), 1, 5)
_POOLS: Final = Theme("tax reports", often((1, _POOLING)), 1, 5)


def theme_of(number: int, missing: Missing, *, quick: bool, control: bool) -> Theme:
    """The theme of the batch of that number: what most is still wanted of, now and then something else."""
    rest: tuple[Theme, ...] = (*_REST, *(_OF_LEDGER if control else ()))
    if missing.keys() == {goals.AGED} and number % 2:  # time passes by itself: there is better to do than wait
        missing = {}
    theme = steered(number, missing, first=(goals.CREATED, _LIFE), directed=_DIRECTED, rest=rest)
    return theme.quick() if quick else theme


def _refusals(missing: Missing) -> Theme | None:
    wrongs = [wrong for wrong in WRONGS if goals.tried(wrong.flaw) in missing]
    return Theme("refusals", wrong_of(wrongs), 6, 3) if wrongs else None


def _courses(missing: Missing) -> Theme | None:
    ways = [way for way in Way if f"course: {way.value}" in missing]
    if ways:
        return Theme("depreciation", using_of(ways, sold=False), 1, 3)
    if goals.OVER in missing:
        return Theme("assets in full", using_of((Way.STRAIGHT,), sold=False), 1, 3)
    return _COURSES if {goals.YEARS, goals.FIRST_YEARS, goals.RUN_AGAIN} & missing.keys() else None


def _held(missing: Missing) -> Theme | None:
    """Balances that stand against a deactivation, of the kind that was not met yet."""
    kinds: dict[str, Callable[[tuple[palette.Posting, ...]], bool]] = {
        goals.tried(Flaw.NETTED): lambda one: len(one) == 2 and not sum(part.minor for part in one),
        goals.CREDITS: lambda one: all(part.minor < 0 for part in one),
        goals.tried(Flaw.OUTSTANDING): lambda one: sum(part.minor for part in one) > 0,
    }
    for name, fits in kinds.items():
        if name in missing:
            ledgers = [one for one in palette.LEDGERS if fits(one) and _standing(one)]
            return Theme("outstanding balances", guarding_of(ledgers), 1, 3)
    return None


def _standing(ledger: tuple[palette.Posting, ...]) -> bool:
    """Whether each amount stands against the deactivation, and no two are on one account."""
    plain = all(part.account >= 0 and not part.other and part.fate is Fate.POSTED for part in ledger)
    return plain and len({part.account for part in ledger}) == len(ledger)


def _ages(missing: Missing) -> Theme | None:
    """What takes time comes last: an asset grows old by itself."""
    return _AGES if missing.keys() == {goals.AGED} else None


def _named(theme: Theme, *names: str) -> Callable[[Missing], Theme | None]:
    return lambda missing: theme if any(name in missing for name in names) else None


_DIRECTED: Final[tuple[Callable[[Missing], Theme | None], ...]] = (
    _refusals,
    _named(_LISTS, goals.WALKED, goals.DEFAULT_PAGE, goals.BEYOND, goals.ROWS_BY_ID, goals.NUMBERED),
    _courses,
    _held,
    _named(_AWAITING, goals.AWAITING),
    _named(_DRAFTS, goals.DRAFTED),
    _named(_CANCELLED, goals.CANCELLED),
    _named(_POOLS, goals.POOLS, goals.POSITIVE, goals.NEGATIVE),
    _named(_DISPOSALS, goals.DISPOSED),
    _named(_FREE, goals.LET_GO, goals.FREE, goals.OTHERS),
    _named(_CLASSES, goals.CLASSES),
    _named(_RELATED, goals.RELATED),
    _named(_ASIDE, goals.SET_ASIDE, goals.AGAIN, goals.INACTIVE_RENAMED),
    _named(_NAMES, goals.RENAMED),
    _named(_LIFE, goals.CREATED),
    _named(_ALL, goals.WALKED_ALL),
    _ages,
)
_REST: Final = (_LIFE, _LISTS, Theme("refusals", wrong_of(WRONGS), 6, 4), _ASIDE, _NAMES, _ALL, _AGES)
_OF_LEDGER: Final = (_GUARDS, _COURSES, _DISPOSALS, _POOLS)
