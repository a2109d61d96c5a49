"""Lists: of the status asked for, complete, ordered, in pages of the size that was asked for.

All of these are rules that an API's profile states. Walks are over the kit's own assets, found by a text
that nothing else holds, so that a target that is never reset is judged like a fresh one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from stateful.register.operations import NAME, NUMBER, PRICE, PURCHASED, TYPE, Kept, Order
from stateful.register.scene import Scene
from stateful.register.sights import SeenAsset, SeenList, SeenSettings, SeenWalk
from stateful.rules.finding import Finding, documented, verdict

_DEFAULT: Final = 10  # the length of a page that nobody asked the length of


@documented("one-status")
def one_status(scene: Scene) -> Iterator[Finding]:
    """The status of every row."""
    for page in _pages(scene):
        wrong = sorted(row.key for row in page.rows if row.status is not page.asked.status)
        seen = f"the list of {page.asked.status.value} shows {', '.join(wrong)}"
        yield verdict(not wrong, seen, "assets of that status only", (page.at,))


@documented("first-page")
def first_page(scene: Scene) -> Iterator[Finding]:
    """A list that was asked for without page and size."""
    for page in _pages(scene):
        if page.asked.page is None and page.asked.size is None:
            seen = f"page {page.page} of {page.size} with {len(page.rows)} rows"
            good = (page.page, page.size) == (1, _DEFAULT) and len(page.rows) <= _DEFAULT
            yield verdict(good, seen, f"page 1 of {_DEFAULT}", (page.at,))


@documented("filter")
def filtered(scene: Scene) -> Iterator[Finding]:
    """Assets found by a text that is in a name, a number, a description or the name of a type."""
    for walk in scene.walks:
        if walk.pages[0].asked.text is None:
            continue
        found = {row.key for row in walk.rows}
        missing, more = sorted(walk.ours - found), sorted(found - walk.ours)
        if walk.complete:
            seen = f"the text {walk.pages[0].asked.text!r} does not find {', '.join(missing)}"
            yield verdict(not missing, seen, "every asset that holds it", walk.at)
        seen = f"the text {walk.pages[0].asked.text!r} finds {', '.join(more)}"
        yield verdict(not more, seen, "only assets that hold it", walk.at)


@documented("walk-once")
def walk_once(scene: Scene) -> Iterator[Finding]:
    """No asset twice in a walk; and, walked to the end, every one of ours."""
    for walk in scene.walks:
        twice = [row for row, times in Counter(row.id for row in walk.rows).items() if times > 1]
        size = walk.pages[0].asked.size
        seen = f"in pages of {size} {len(twice)} assets are shown twice"
        yield verdict(not twice, seen, "every asset once", walk.at)
        if walk.complete:
            missing = sorted(walk.ours - {row.key for row in walk.rows})
            yield verdict(not missing, f"pages of {size} leave out {', '.join(missing)}", "every asset", walk.at)


@documented("pagination")
def pagination(scene: Scene) -> Iterator[Finding]:
    """What every page of a walk says of itself."""
    for walk in scene.walks:
        for page in walk.pages:
            asked = page.asked
            good = (page.page, page.size) == (asked.page, asked.size) and len(page.rows) <= page.size
            seen = f"page {page.page} of {page.size} with {len(page.rows)} rows"
            yield verdict(good, seen, f"page {asked.page} of {asked.size}", (page.at,))
        said = {(page.items, page.pages) for page in walk.pages}
        if walk.complete and len(said) == 1:  # a count that changes on the way is another's doing
            items, pages = next(iter(said))
            size = walk.pages[0].size
            expected = (len(walk.rows), max(1, -(-len(walk.rows) // size)))
            seen = f"{items} assets on {pages} pages are said to be there"
            good = (items, pages) == expected or (not items and not walk.rows)
            yield verdict(good, seen, f"{expected[0]} on {expected[1]}", walk.at)


@documented("order")
def order(scene: Scene) -> Iterator[Finding]:
    """Rows in the order that was asked for, by what is shown of ours."""
    for walk in scene.walks:
        asked = walk.pages[0].asked
        rank = _RANKS.get(asked.order) if asked.order else None
        if rank is None:
            continue
        ranks = [found for row in walk.rows if (found := rank(row, scene.after)) is not None]
        pairs = pairwise(ranks[::-1] if asked.descending else ranks)
        wrong = [(one, two) for one, two in pairs if two < one]
        seen = f"{wrong[0][0]} and {wrong[0][1]} stand the wrong way round" if wrong else ""
        way = "descending" if asked.descending else "ascending"
        if len(ranks) >= 2:
            yield verdict(not wrong, seen, f"{way} by {asked.order.value if asked.order else ''}", walk.at)


@documented("next-number")
def next_number(scene: Scene) -> Iterator[Finding]:
    """The next number of the settings, beside the numbers of every asset that was shown."""
    for settings in scene.of(SeenSettings):
        if settings.next_number is not None:
            shown = [(row, row.at) for row in scene.assets()]
            shown += [(row, page.at) for page in _pages(scene) for row in page.rows]
            holders = [at for row, at in shown if row.members.get(NUMBER) == settings.next_number]
            seen = f"the next number is {settings.next_number}, which an asset has"
            if shown:
                yield verdict(not holders, seen, "a number that is free", (settings.at, *holders[:1]))


def _pages(scene: Scene) -> Iterator[SeenList]:
    yield from scene.of(SeenList)
    yield from (page for walk in scene.walks for page in walk.pages)


Rank = tuple[int, str]
"""What sorts: a number, then a text."""


def _text_of(member: str) -> Callable[[SeenAsset, Mapping[str, Kept]], Rank | None]:
    def rank(row: SeenAsset, _known: Mapping[str, Kept]) -> Rank | None:
        value = row.members.get(member)
        return (0, value.casefold()) if isinstance(value, str) else None

    return rank


def _number_of(member: str) -> Callable[[SeenAsset, Mapping[str, Kept]], Rank | None]:
    def rank(row: SeenAsset, _known: Mapping[str, Kept]) -> Rank | None:
        value = row.members.get(member)
        if isinstance(value, date):
            return (value.toordinal(), "")
        return (value, "") if isinstance(value, int) else None

    return rank


def _type_of(row: SeenAsset, known: Mapping[str, Kept]) -> Rank | None:
    kind = known.get(str(row.members.get(TYPE)))
    return None if kind is None else (0, str(kind.members.get(NAME)).casefold())


_RANKS: Final = {
    Order.NAME: _text_of(NAME),
    Order.NUMBER: _text_of(NUMBER),
    Order.TYPE: _type_of,
    Order.PURCHASED: _number_of(PURCHASED),
    Order.PRICE: _number_of(PRICE),
}


def walked(walk: SeenWalk) -> bool:
    """Whether a walk went over three pages or more."""
    return len(walk.pages) >= 3
