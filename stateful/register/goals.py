"""Reach: what a run must have met before a rule about registers may pass.

Decides what is counted, how often it is wanted, and which rules depend on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stateful.machine.theme import Wanted
from stateful.model.register import Method
from stateful.model.register_course import Calendar
from stateful.register.operations import NUMBER, Flaw, Order, PutAsset, PutType, Spelling
from stateful.register.rules.refusals import REFUSALS
from stateful.register.scene import Course, Scene
from stateful.register.sights import SeenList, SeenSettings

CREATED: Final = "draft created"
CHANGED: Final = "draft changed"
WALKED: Final = "walk of three pages or more"
DEFAULT_PAGE: Final = "list without page and size"
ROWS_BY_ID: Final = "row beside the asset by its id"
REPLAYED: Final = "call sent again with its key"
COMPUTED: Final = "computed members sent"
OTHER_NAME: Final = "settings under the other name"
TYPES: Final = "type created"
TYPES_CHANGED: Final = "type changed"
NUMBERED: Final = "next number beside an asset that has taken one"
LIVES: Final = "life that is over"
KEPT: Final = "asset of which nothing is to be depreciated"
YEARS: Final = "whole financial year"
PARTS: Final = "first year that is cut"
WHOLES: Final = "first year that is whole"
DISPOSED: Final = "disposal"
LOCKED: Final = "locked charge"
LATE: Final = "asset registered after a run"
CAPITAL: Final = "disposal above the price"
LIMITED: Final = "course with a cost limit"
LEFT: Final = "full depreciation that leaves a residual value"
FISCAL: Final = "financial year that does not end in December"
BACK: Final = "books after a rollback"
UNDONE: Final = "disposal undone"

_EITHER_WAY: Final = (Flaw.TAKEN_NUMBER, Flaw.UNKNOWN_TYPE, Flaw.OTHER_STATUS)
"""Flaws that creates have and changes have: what refuses the one may take the other."""

ORDERS: Final = (Order.NAME, Order.PRICE, Order.PURCHASED, Order.NUMBER, Order.TYPE)
"""What drafts can be ordered by."""

OF_CONTROL: Final = frozenset(
    {
        LIVES,
        KEPT,
        YEARS,
        PARTS,
        WHOLES,
        DISPOSED,
        LOCKED,
        LATE,
        CAPITAL,
        LIMITED,
        LEFT,
        FISCAL,
        BACK,
        UNDONE,
        *(f"course: {one.value}" for one in Method),
    }
)
"""Goals that need what an API's screens do."""


def wanted(*, control: bool) -> tuple[Wanted, ...]:
    """Every goal; without `control`, those that need no control plane."""
    every = (
        Wanted(CREATED, 20, 5, ("born-draft", "stores", "draft-value", "unset")),
        Wanted(CHANGED, 12, 3, ("in-place", "keeps", "stores")),
        Wanted(WALKED, 6, 2, ("walk-once", "pagination", "order", "filter", "one-status")),
        Wanted(DEFAULT_PAGE, 3, 1, ("first-page",)),
        Wanted(ROWS_BY_ID, 6, 2, ("detail",)),
        Wanted(REPLAYED, 4, 1, ("replay",)),
        Wanted(COMPUTED, 4, 1, ("computed",)),
        Wanted(OTHER_NAME, 4, 1, ("spellings",)),
        Wanted(TYPES, 4, 1, ("type-in-place",)),
        Wanted(TYPES_CHANGED, 3, 1, ("type-in-place",)),
        Wanted(NUMBERED, 3, 1, ("next-number",)),
        *(Wanted(tried(flaw), 4, 1, _keys(flaw)) for flaw in sorted(Flaw, key=lambda flaw: flaw.name)),
        *(Wanted(tried(flaw, changing=True), 4, 1, _keys(flaw)) for flaw in _EITHER_WAY),
        Wanted(LIVES, 6, 2, ("V2", "D1", "V3")),
        Wanted(KEPT, 3, 1, ("V4",)),
        Wanted(YEARS, 20, 6, ("D1", "D2", "D3", "T3")),
        Wanted(PARTS, 6, 2, ("T2",)),
        Wanted(WHOLES, 3, 1, ("T1",)),
        Wanted(DISPOSED, 6, 2, ("X2", "X3", "X5")),
        Wanted(LOCKED, 2, 1, ("can-roll-back",)),
        Wanted(LATE, 3, 1, ("D1",)),
        Wanted(CAPITAL, 2, 1, ("X5",)),
        Wanted(LIMITED, 3, 1, ("V2",)),
        Wanted(LEFT, 2, 1, ("D10",)),
        Wanted(FISCAL, 3, 1, ("D1",)),
        Wanted(BACK, 2, 1, ("depreciated-through", "V1")),
        Wanted(UNDONE, 2, 1, ("D2", "V1")),
        *(Wanted(ordered_by(order), 3, 1, ("order",)) for order in ORDERS),
        *(Wanted(f"course: {method.value}", 3, 1, _COURSES.get(method, ("D1",))) for method in Method),
    )
    hidden = OF_CONTROL | {tried(Flaw.NOT_A_DRAFT)}
    return tuple(goal for goal in every if control or goal.name not in hidden)


def reached_by(scene: Scene) -> Iterator[str]:
    """The names of everything in a scene that a goal may count."""
    operation = scene.operation
    if scene.flaw is not None:
        yield tried(scene.flaw, changing=isinstance(operation, PutAsset) and not operation.new)
    elif scene.replayed:
        yield REPLAYED
    elif isinstance(operation, PutAsset) and scene.accepted:
        yield CREATED if operation.new else CHANGED
        if operation.computed:
            yield COMPUTED
    elif isinstance(operation, PutType) and scene.accepted:
        yield TYPES if operation.new else TYPES_CHANGED
    if isinstance(operation, PutAsset | PutType) and operation.spelling is Spelling.OTHER and scene.accepted:
        yield OTHER_NAME
    yield from _by_looks(scene)
    for course in scene.courses:
        yield from _by_course(course)
    yield from (LATE for course in scene.courses if course.asset in scene.late and any(course.years()))
    yield from (DISPOSED for _ in scene.disposals)
    yield from (CAPITAL for disposed in scene.disposals if disposed.proceeds > disposed.price)
    if scene.rolled_back and any(0 < course.total < course.whole for course in scene.courses):
        yield BACK
    if scene.courses and scene.undone:
        yield UNDONE
    if scene.locked is not None and any(on <= scene.locked for course in scene.courses for on, _ in course.charges):
        yield LOCKED


def tried(flaw: Flaw, *, changing: bool = False) -> str:
    """The goal that counts calls with a flaw, all refused but where a profile leaves it open."""
    return f"tried {flaw.value}, in a change" if changing and flaw in _EITHER_WAY else f"tried {flaw.value}"


def ordered_by(order: Order) -> str:
    """The goal that counts walks of a list in that order."""
    return f"walk ordered by {order.value}"


def _by_looks(scene: Scene) -> Iterator[str]:
    pages = [page for walk in scene.walks for page in walk.pages]
    if any(page.asked.page is None for page in (*pages, *scene.of(SeenList))):
        yield DEFAULT_PAGE
    yield from (ordered_by(walk.pages[0].asked.order) for walk in scene.walks if walk.pages[0].asked.order)
    yield from (WALKED for walk in scene.walks if len(walk.pages) >= 3)
    rows = [row for page in pages for row in page.rows]
    keys = {row.key for row in rows}
    yield from (ROWS_BY_ID for shown in scene.assets() if shown.key in keys)
    taken = {_series(row.members.get(NUMBER)) for row in (*rows, *scene.assets())} - {""}
    if any(_series(settings.next_number) in taken for settings in scene.of(SeenSettings)):
        yield NUMBERED


def _series(number: object) -> str:
    """What a number begins with before the digits that count."""
    return number.rstrip("0123456789") if isinstance(number, str) else ""


def _by_course(course: Course) -> Iterator[str]:
    years = list(course.years())
    yield f"course: {course.plan.method.value}"
    yield from (YEARS for _ in years)
    if course.total == course.whole > 0:
        yield LIVES
    if years and not course.whole:
        yield KEPT
    if years and course.plan.limit_minor is not None:
        yield LIMITED
    if years and course.plan.method is Method.FULL and course.plan.residual_minor:
        yield LEFT
    if years and course.calendar != Calendar():
        yield FISCAL
    if years and course.plan.yearly():
        yield WHOLES if course.plan.start == course.calendar.first_day(course.plan.start) else PARTS


_COURSES: Final = {
    Method.NONE: ("V4",),
    Method.FULL: ("D10",),
    Method.DIMINISHING_100: ("D5", "D1"),
    Method.DIMINISHING_150: ("D5", "D1"),
    Method.DIMINISHING_200: ("D5", "D1"),
}


def _keys(flaw: Flaw) -> tuple[str, ...]:
    more = {
        Flaw.UNKNOWN_ACCOUNTS: ("each-field",),
        Flaw.RESIDUAL_ABOVE_LIMIT: ("V6", "L5"),
        Flaw.TAKEN_NUMBER: ("L5",),
        Flaw.OTHER_STATUS: ("born-draft",),
    }
    return (*(key for key, flaws in REFUSALS.items() if flaw in flaws), *more.get(flaw, ()))
