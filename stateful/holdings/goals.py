"""Reach: what a run must have met before a rule about holdings may pass.

Decides what is counted, how often it is wanted, and which rules depend on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stateful.holdings.operations import Cancel, Create, Deactivate, Flaw, Rename
from stateful.holdings.rules.refusals import OF_LEDGER, REFUSALS
from stateful.holdings.scene import Course, Scene
from stateful.holdings.sights import SeenClasses, SeenPools
from stateful.machine.theme import Wanted
from stateful.model.classes import Way

CREATED: Final = "asset created"
RENAMED: Final = "asset renamed"
AGED: Final = "asset renamed long after it was made"
INACTIVE_RENAMED: Final = "inactive asset renamed"
SET_ASIDE: Final = "asset deactivated"
AGAIN: Final = "asset deactivated again"
WALKED: Final = "walk of three pages or more"
WALKED_ALL: Final = "walk of all client accounts"
DEFAULT_PAGE: Final = "list without page and size"
BEYOND: Final = "page beyond the end"
ROWS_BY_ID: Final = "row beside the asset by its id"
RELATED: Final = "asset with relations"
CLASSES: Final = "list of classes"
NUMBERED: Final = "number after the first in a client account of the kit's own"
CREDITS: Final = "deactivation denied by credits alone"
LET_GO: Final = "deactivation beside postings that do not stand against it"
FREE: Final = "deactivation beside a balance on an account that demands no asset"
OTHERS: Final = "deactivation beside another asset's balance"
DRAFTED: Final = "deactivation beside drafts and cancelled entries"
AWAITING: Final = "deactivation beside a draft that was not posted"
CANCELLED: Final = "posted entry cancelled"
YEARS: Final = "year charged"
FIRST_YEARS: Final = "first year charged"
OVER: Final = "asset that is charged in full"
DISPOSED: Final = "disposal"
RUN_AGAIN: Final = "year run again"
POOLS: Final = "tax report beside the one of the year before"
POSITIVE: Final = "pool with something to depreciate"
NEGATIVE: Final = "pool with less than nothing, or of an asset that is gone"

OF_CONTROL: Final = frozenset(
    {
        NUMBERED,
        CREDITS,
        LET_GO,
        FREE,
        OTHERS,
        DRAFTED,
        AWAITING,
        CANCELLED,
        YEARS,
        FIRST_YEARS,
        OVER,
        DISPOSED,
        RUN_AGAIN,
        POOLS,
        POSITIVE,
        NEGATIVE,
    }
)
"""Goals that need the ledger."""


def wanted(*, control: bool) -> tuple[Wanted, ...]:
    """Every goal; without `control`, those that need no ledger."""
    every = (
        Wanted(CREATED, 20, 5, ("stores", "shows", "times", "made-fixed", "number-unique")),
        Wanted(RENAMED, 12, 4, ("renames", "account-fixed", "number-fixed", "tracked", "shows")),
        Wanted(AGED, 2, 1, ("tracked",)),
        Wanted(INACTIVE_RENAMED, 2, 1, ("renames",)),
        Wanted(SET_ASIDE, 8, 3, ("says-inactive", "preserved")),
        Wanted(AGAIN, 3, 1, ("preserved",)),
        Wanted(WALKED, 6, 1, ("walk-once", "meta", "of-account", "number-unique")),
        Wanted(WALKED_ALL, 2, 1, ("all-accounts",)),
        Wanted(DEFAULT_PAGE, 3, 1, ("page-length",)),
        Wanted(BEYOND, 3, 1, ("meta",)),
        Wanted(ROWS_BY_ID, 6, 1, ("detail",)),
        Wanted(RELATED, 4, 2, ("with-account", "with-creator")),
        Wanted(CLASSES, 2, 1, ("classes-all", "classes-table", "classes-shown", "classes-accounts")),
        *(Wanted(tried(flaw), 4, 1, _keys(flaw)) for flaw in sorted(Flaw, key=lambda flaw: flaw.name)),
        Wanted(NUMBERED, 6, 2, ("gap-free",)),
        Wanted(CREDITS, 2, 1, ("guard", "guard-names")),
        Wanted(LET_GO, 6, 2, ("guard-others",)),
        Wanted(FREE, 2, 1, ("guard-others",)),
        Wanted(OTHERS, 2, 1, ("guard-others",)),
        Wanted(DRAFTED, 3, 1, ("guard-drafts",)),
        Wanted(AWAITING, 2, 1, ("guard-drafts",)),
        Wanted(CANCELLED, 6, 1, ("L7", "A2", "V1")),
        Wanted(YEARS, 20, 4, ("D1", "D2", "V2", "V3", "V5")),
        Wanted(FIRST_YEARS, 8, 2, ("T2",)),
        Wanted(OVER, 2, 1, ("V3",)),
        Wanted(DISPOSED, 6, 1, ("X2", "X3")),
        Wanted(RUN_AGAIN, 3, 1, ("D3",)),
        Wanted(POOLS, 4, 1, ("P1", "P2", "P5")),
        Wanted(POSITIVE, 6, 2, ("P3",)),
        Wanted(NEGATIVE, 4, 1, ("P4",)),
        *(Wanted(f"course: {way.value}", 4, 1, _COURSES[way]) for way in Way),
    )
    hidden = OF_CONTROL | {*map(tried, OF_LEDGER), *(f"course: {way.value}" for way in Way)}
    return tuple(goal for goal in every if control or goal.name not in hidden)


def reached_by(scene: Scene) -> Iterator[str]:
    """The names of everything in a scene that a goal may count."""
    if scene.flaw is not None:
        yield tried(scene.flaw)
        if scene.outstanding and max(scene.outstanding.values()) < 0:
            yield CREDITS
    elif scene.accepted:
        yield from _by_call(scene)
    yield from _by_looks(scene)
    for course in scene.courses:
        yield from _by_course(course)
    yield from _by_pools(scene)


def tried(flaw: Flaw) -> str:
    """The goal that counts calls with a flaw, all refused but where a profile leaves it open."""
    return f"tried {flaw.value}"


def _by_call(scene: Scene) -> Iterator[str]:
    match scene.operation:
        case Create():
            yield CREATED
            if scene.own and len(scene.made) > 1:
                yield NUMBERED
        case Rename(asset):
            yield RENAMED
            if not scene.known[asset].active:
                yield INACTIVE_RENAMED
            if scene.newest is not None and asset in scene.was and scene.was[asset].age_until(scene.newest) > 2:
                yield AGED
        case Deactivate(asset):
            yield AGAIN if asset in scene.was and scene.was[asset].active is False else SET_ASIDE
            if scene.outstanding == {}:
                yield DRAFTED if scene.drafted else LET_GO
                if scene.awaiting:
                    yield AWAITING
                yield from _by_balances(scene, asset)
        case Cancel():
            yield CANCELLED


def _by_balances(scene: Scene, asset: str) -> Iterator[str]:
    """What the ledger holds that is no reason to deny the asset's deactivation."""
    books = scene.books
    if books is None:
        return
    for (account, holder), minor in books.sums.items():
        if minor and holder == asset and account not in books.demanding:
            yield FREE
        elif minor and holder not in (asset, None) and account in books.demanding:
            yield OTHERS


def _by_looks(scene: Scene) -> Iterator[str]:
    pages = list(scene.pages())
    if any(page.asked.page is None and page.asked.size is None for page in pages):
        yield DEFAULT_PAGE
    if any(isinstance(page.asked.page, int) and page.asked.page > max(1, page.pages) for page in pages):
        yield BEYOND
    for walk in scene.walks:
        if walk.complete and walk.pages[0].asked.all:
            yield WALKED_ALL
        elif len(walk.pages) >= 3:
            yield WALKED
    rows = {row.key for page in pages for row in page.rows}
    yield from (ROWS_BY_ID for shown in scene.assets() if shown.key in rows)
    yield from (RELATED for shown in scene.assets() if shown.asked)
    yield from (CLASSES for _ in scene.of(SeenClasses))


def _by_course(course: Course) -> Iterator[str]:
    held, through = course.held, course.holding.through
    if through < held.since.year:
        return
    yield f"course: {held.kind.way.value}"
    if held.kind.way is not Way.NONE:
        yield FIRST_YEARS
        yield from (YEARS for _ in range(held.since.year, through))
        if course.total == held.cost:
            yield OVER
        if course.holding.again:
            yield RUN_AGAIN
    if held.until is not None:
        yield DISPOSED


def _by_pools(scene: Scene) -> Iterator[str]:
    years = {report.year for report in scene.of(SeenPools)}
    yield from (POOLS for year in years if year - 1 in years)
    for report in scene.of(SeenPools):
        yield from (POSITIVE if row.pool.basis > 0 and not row.gain else NEGATIVE for row in report.rows)


_COURSES: Final = {
    Way.NONE: ("V7", "class-accounts"),
    Way.DECLINING: ("D1", "T2", "class-accounts"),
    Way.STRAIGHT: ("D1", "T2", "class-accounts"),
}


def _keys(flaw: Flaw) -> tuple[str, ...]:
    more = {
        Flaw.OUTSTANDING: ("guard-names", "guard-leaves"),
        Flaw.NO_NAME: ("L5", "error-body"),
        Flaw.UNKNOWN_ASSET: ("error-body",),
        Flaw.OTHER_ACCOUNT: ("account-fixed",),
        Flaw.COMPUTED: ("computed",),
        Flaw.LONG_PAGE: ("page-length",),
        Flaw.UNKNOWN_RELATION: ("with-account",),
        Flaw.NO_SUCH_PAGE: ("page-numbers",),
        Flaw.NO_SUCH_SIZE: ("page-numbers",),
    }
    return (*(key for key, flaws in REFUSALS.items() if flaw in flaws), *more.get(flaw, ()))
