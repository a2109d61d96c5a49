"""Lists: complete, ordered, in pages of the size that was asked for.

All but M10, which is in `relations`, are rules that an API's profile states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from stateful.operations import ASSET, INSTANT
from stateful.rules.law import Finding, Scene, documented, verdict
from stateful.sights import (
    Row,
    SeenAsset,
    SeenChange,
    SeenChanges,
    SeenJournal,
    SeenLine,
    SeenWalk,
    key_of,
)

_TELLING: Final = 4  # from so many on, a list that is turned round is no accident


@documented("walk-once")
def walk_once(scene: Scene) -> Iterator[Finding]:
    """No record twice in a walk; and, walked to the end, every one of ours."""
    for walk in scene.walks:
        twice = [row for row, times in Counter(row.id for row in walk.rows).items() if times > 1]
        seen = f"{_name(walk)} in pages of {walk.pages[0].limit} give {len(twice)} records twice"
        pages = tuple(page.at for page in walk.pages if any(row.id in twice for row in page.rows))
        yield verdict(not twice, seen, "every record once", pages)
        if walk.complete:
            missing = sorted(walk.born.keys() - {key_of(row) for row in walk.rows})
            seen = f"{_name(walk)} in pages of {walk.pages[0].limit} leave out {', '.join(missing)}"
            yield verdict(not missing, seen, "every record", walk.at)


@documented("active-list")
def active_list(scene: Scene) -> Iterator[Finding]:
    """Archived assets in the list of assets."""
    for walk in scene.walks:
        shown = [row for row in walk.rows if isinstance(row, SeenAsset)]
        if not shown:
            continue
        archived = {asset.key for asset in scene.after.assets().values() if asset.archived}
        wrong = [row.key for row in shown if row.archived or row.key in archived]
        pages = tuple(page.at for page in walk.pages if any(key_of(row) in wrong for row in page.rows))
        yield verdict(not wrong, f"the list shows the archived {', '.join(wrong)}", "active assets only", pages)


@documented("order")
def order(scene: Scene) -> Iterator[Finding]:
    """By what rows show of it; where they show nothing, that ours do not stand the wrong way round."""
    for walk in scene.walks:
        way = "descending" if walk.newest_first else "ascending"
        ranks = [rank for row in walk.rows if (rank := _rank(walk, row)) is not None]
        places = [walk.born[key] for row in walk.rows if (key := key_of(row)) in walk.born]
        if len(ranks) >= 2:
            pairs = pairwise(ranks[::-1] if walk.newest_first else ranks)
            wrong = [(one, two) for one, two in pairs if two < one]
            seen = f"{_name(walk)}: {wrong[0][0]} and {wrong[0][1]} stand the wrong way round" if wrong else ""
            yield verdict(not wrong, seen, f"{way} order", walk.at)
        elif walk.by_creation and len(places) >= _TELLING:
            # Records made within one tick of a clock may stand in any order, but hardly in just this one.
            turned = places == sorted(places, reverse=not walk.newest_first)
            seen = f"{_name(walk)} show ours the wrong way round"
            yield verdict(not turned, seen, f"{way} order of creation", walk.at)


@documented("page-shape")
def page_shape(scene: Scene) -> Iterator[Finding]:
    """Length, has_more and count of every page of a walk."""
    for walk in scene.walks:
        totals = {page.total for page in walk.pages}
        if walk.complete and len(totals) == 1 and None not in totals:
            # A count that changes on the way means that somebody else writes to the list.
            seen = f"{_name(walk)} count {totals} and give {len(walk.rows)}"
            yield verdict(totals == {len(walk.rows)}, seen, "a count of all rows", walk.at)
        counted = [page.total for page in walk.pages if page.total is not None]
        if counted and max(counted) < len({row.id for row in walk.rows}):
            # Nobody takes records off a list by adding some: true of a list that others write to, too.
            seen = f"{_name(walk)} count {max(counted)} at most and give {len(walk.rows)}"
            yield verdict(False, seen, "a count of all rows", walk.at)
        for number, page in enumerate(walk.pages, start=1):
            if number > 1 and not page.rows:
                seen = f"page {number - 1} of {_name(walk)} says that more follow, and the next one is empty"
                yield verdict(False, seen, "a page with rows", (walk.pages[number - 2].at, page.at))
            seen = f"page {number} of {_name(walk)} has {len(page.rows)} rows"
            good = page.limit is None or len(page.rows) <= page.limit
            yield verdict(good, seen, f"at most {page.limit}", (page.at,))
            seen = f"page {number} of {_name(walk)} says that more follow but gives {page.cursor!r} as cursor"
            yield verdict(not page.more or bool(page.cursor), seen, "a cursor", (page.at,))
            if page.more and number == len(walk.pages) and walk.complete:
                yield verdict(False, f"the last page of {_name(walk)} says that more follow", "no", (page.at,))


@documented("own-list")
def own_list(scene: Scene) -> Iterator[Finding]:
    """The list of one asset's changes: each of its live ones, and no other asset's."""
    for listed in scene.of(SeenChanges):
        strange = [row.key for row in listed.rows if row.members[ASSET] != listed.asset]
        missing = sorted(
            {change.key for change in scene.after.changes(listed.asset)} - {row.key for row in listed.rows}
        )
        wrong = [f"shows {', '.join(strange)}, which are not its own"] * bool(strange)
        wrong += [f"leaves out {', '.join(missing)}"] * bool(missing)
        seen = f"the list of {listed.asset}'s changes {' and '.join(wrong)}"
        yield verdict(not wrong, seen, "its own live changes", (listed.at,))


def _rank(walk: SeenWalk, row: Row) -> str | None:
    """Where a row belongs, as a text that sorts; None where nothing that is shown says so."""
    instant: object = None
    if walk.by_creation:
        instant = row.created if isinstance(row, SeenLine) else None
    elif isinstance(row, SeenChange):
        instant = row.members[INSTANT]
    elif isinstance(row, SeenLine | SeenJournal):
        instant = row.instant
    return instant.astimezone(UTC).isoformat() if isinstance(instant, datetime) else None


def _name(walk: SeenWalk) -> str:
    way = "newest first" if walk.newest_first else "oldest first"
    return f"the {walk.listing.value}, {way},"
