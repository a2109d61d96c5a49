"""How plays about registers are drawn, and which theme comes next.

Decides the odds, and how a run steers towards its reach goals; how a choice is drawn is `theme`'s affair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from hypothesis import strategies as st

from stateful.machine.theme import Missing, Plays, Theme, often, steered
from stateful.model.register import Method
from stateful.register import goals, life_plays, palette, plays
from stateful.register.operations import LIMIT, METHOD, RESIDUAL, Flaw, Members, Order, Spelling
from stateful.register.plays import WRONGS, On, Wrong

_SLOT: Final = st.sampled_from((0, 1, 2))
_YES_OR_NO: Final = st.booleans()
_RARELY: Final = st.sampled_from((False, False, False, True))
_SELDOM: Final = st.sampled_from((True, False, False, False))
_SPELLING: Final = st.sampled_from((Spelling.USUAL, Spelling.OTHER))
_FACTS: Final = st.sampled_from(palette.FACTS)
_PLAN: Final = st.sampled_from(palette.PLANS)
_PRICE: Final = st.sampled_from(palette.PRICES)
_LONG: Final = [plan for plan in palette.PLANS if plan[METHOD] not in (Method.NONE, Method.FULL)]
_OTHER_YEAR_ENDS: Final = [month for month in palette.YEAR_ENDS if month != 12]

_CREATING: Final = st.builds(
    plays.Creating,
    facts=_FACTS,
    plan=st.sampled_from(({}, *palette.PLANS)),
    typed=_RARELY,
    spelling=_SPELLING,
    computed=_RARELY,
)
_CHANGING: Final = st.builds(
    plays.Changing, slot=_SLOT, members=st.sampled_from(palette.CHANGES), computed=_RARELY, renumbered=_RARELY
)
_REPLAYING: Final = st.builds(plays.Replaying, differing=_YES_OR_NO)
_NUMBERING: Final = st.just(plays.Numbering())
_TYPING: Final = st.builds(plays.Typing, members=st.sampled_from(palette.KINDS), spelling=_SPELLING, change=_YES_OR_NO)
_LATE: Final = st.builds(life_plays.Late, plan=_PLAN, price=_PRICE)
_LOCKING: Final = st.builds(life_plays.Locking, plan=_PLAN, price=_PRICE)


def depreciating_of(
    plans: Sequence[Members], months: Sequence[int] = palette.YEAR_ENDS, backs: st.SearchStrategy[bool] = _RARELY
) -> Plays:
    """Depreciation by these plans, in financial years that end with these months; `backs`: is it rolled back."""
    strategy = st.builds(
        life_plays.Depreciating,
        plans=st.tuples(st.sampled_from(plans), st.sampled_from(plans)),
        price=_PRICE,
        month=st.sampled_from(months),
        pace=st.sampled_from(tuple(life_plays.Pace)),
        paid=_YES_OR_NO,
        back=backs,
        kept=_RARELY,
        again=_RARELY,
        alone=_SELDOM,
    )
    return often((1, strategy))


def disposing_at(permilles: Sequence[int], undos: st.SearchStrategy[bool] = _YES_OR_NO) -> Plays:
    """Disposals at such parts of the price; `undos`: is one undone."""
    strategy = st.builds(
        life_plays.Disposing,
        plan=st.sampled_from([plan for plan in palette.PLANS if plan[METHOD] is not Method.NONE]),
        price=_PRICE,
        on=st.sampled_from((date(2021, 8, 31), date(2021, 7, 15), date(2021, 6, 30), date(2021, 2, 28))),
        permille=st.sampled_from(permilles),
        to_date=_YES_OR_NO,
        undo=undos,
    )
    return often((1, strategy))


def listing_by(orders: Sequence[Order]) -> st.SearchStrategy[plays.Listing]:
    """Lists in these orders."""
    return st.builds(
        plays.Listing,
        size=st.sampled_from((2, 1, 3)),
        order=st.sampled_from(orders),
        descending=_YES_OR_NO,
        ours=st.sampled_from((5, 6, 7)),
    )


def wrong_of(wrongs: Sequence[Wrong]) -> Plays:
    """Calls with one of these flaws."""
    return often((1, st.sampled_from(wrongs)))


DRAFTS: Final = often((4, _CREATING), (3, _CHANGING), (1, _REPLAYING), (1, _TYPING))
_LISTS: Final = Theme("lists", often((1, listing_by(goals.ORDERS))), 1, 4)

_LIFE: Final = Theme("drafts", DRAFTS, 8, 8)
_RECORDS: Final = Theme("changes", often((2, _CHANGING), (1, _CREATING)), 6, 4)
_KEYS: Final = Theme("idempotency keys", often((1, _REPLAYING)), 2, 4)
_NUMBERS: Final = Theme("numbers", often((1, _NUMBERING)), 2, 3)
_TYPES: Final = Theme("types", often((1, _TYPING)), 3, 3)
_DISPOSALS: Final = Theme("disposals", disposing_at((500, 0, 1000, 1200, 777)), 1, 5)
_LOCKS: Final = Theme("locks", often((1, _LOCKING)), 1, 3)
_LATECOMERS: Final = Theme("late registering", often((1, _LATE)), 1, 3)
_COURSES: Final = Theme("depreciation", depreciating_of(palette.PLANS), 1, 6)


def theme_of(number: int, missing: Missing, *, quick: bool, control: bool) -> Theme:
    """The theme of the batch of that number: what most is still wanted of, now and then something else."""
    rest: tuple[Theme, ...] = (*_REST, *(_IN_USE if control else ()))
    theme = steered(number, missing, first=(goals.CREATED, _LIFE), directed=_DIRECTED, rest=rest)
    return theme.quick() if quick else theme


def _refusals(missing: Missing) -> Theme | None:
    wrongs = [wrong for wrong in WRONGS if goals.tried(wrong.flaw, changing=wrong.on is On.CHANGE) in missing]
    return Theme("refusals", wrong_of(wrongs), 6, 3) if wrongs else None


def _courses(missing: Missing) -> Theme | None:
    methods = [method for method in Method if f"course: {method.value}" in missing]
    limited, left = goals.LIMITED in missing, goals.LEFT in missing
    plans = [
        plan
        for plan in palette.PLANS
        if plan[METHOD] in methods
        or (limited and LIMIT in plan)
        or (left and plan[METHOD] is Method.FULL and RESIDUAL in plan)
    ]
    months = _OTHER_YEAR_ENDS if goals.FISCAL in missing else palette.YEAR_ENDS
    backs = st.just(True) if goals.BACK in missing else _RARELY
    if plans or goals.FISCAL in missing or goals.BACK in missing:
        return Theme("depreciation", depreciating_of(plans or _LONG, months, backs), 1, 5)
    return _COURSES if {goals.LIVES, goals.YEARS, goals.PARTS, goals.WHOLES, goals.KEPT} & missing.keys() else None


def _disposals(missing: Missing) -> Theme | None:
    if goals.CAPITAL in missing:
        return Theme("disposals", disposing_at((1200,)), 1, 3)
    if goals.UNDONE in missing:
        return Theme("disposals", disposing_at((500, 0, 1000), st.just(True)), 1, 3)
    return _DISPOSALS if goals.DISPOSED in missing else None


def _lists(missing: Missing) -> Theme | None:
    orders = [order for order in goals.ORDERS if goals.ordered_by(order) in missing]
    if orders:
        return Theme("lists", often((1, listing_by(orders))), 1, 4)
    return _LISTS if {goals.WALKED, goals.DEFAULT_PAGE, goals.ROWS_BY_ID} & missing.keys() else None


def _named(theme: Theme, *names: str) -> Callable[[Missing], Theme | None]:
    return lambda missing: theme if any(name in missing for name in names) else None


_DIRECTED: Final[tuple[Callable[[Missing], Theme | None], ...]] = (
    _refusals,
    _courses,
    _lists,
    _disposals,
    _named(_KEYS, goals.REPLAYED, goals.tried(Flaw.USED_KEY)),
    _named(_TYPES, goals.TYPES, goals.TYPES_CHANGED),
    _named(_LOCKS, goals.LOCKED, goals.tried(Flaw.NOT_A_DRAFT)),
    _named(_LIFE, goals.CREATED, goals.COMPUTED, goals.OTHER_NAME),
    _named(_NUMBERS, goals.NUMBERED),
    _named(_LATECOMERS, goals.LATE),
    _named(_RECORDS, goals.CHANGED),
)
_REST: Final = (_LIFE, _LISTS, Theme("refusals", wrong_of(WRONGS), 6, 4), _RECORDS, _KEYS, _TYPES, _NUMBERS)
_IN_USE: Final = (_COURSES, _DISPOSALS, _LOCKS, _LATECOMERS)
