"""Walks: a list with enough of our own in it, read page by page to its end.

Decides how long a page is and how far a walk goes: a list may hold what others have made, on a
target that is never reset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from stateful import operations as op
from stateful.machine import cast
from stateful.machine.looking import lines_of
from stateful.machine.palette import WHENS
from stateful.machine.stage import Stage
from stateful.model.records import Value
from stateful.model.words import Effect
from stateful.operations import Listing, ReadPage, Template
from stateful.rules.law import Pair
from stateful.sights import SeenAsset, SeenChange, SeenLines, SeenPage, SeenWalk, key_of

_PAGES: Final = 12  # how many pages a walk reads at most
_LONGEST: Final = 100  # the page length that documents promise


_BY_CREATION: Final = frozenset({Listing.ASSETS})  # their records show no date
_BY_DATE: Final = frozenset({Listing.JOURNALS})  # what their order of creation is, nothing shows


@dataclass(frozen=True, slots=True)
class Walking:
    """Walk lists that hold `ours` or more in pages of `limit` or, where they are long, of so many more.

    way: whether the newest come first, and whether by creation.
    """

    listings: tuple[Listing, ...]
    ours: int
    limit: int
    way: tuple[bool, bool] = (False, False)

    def play(self, stage: Stage) -> None:
        """Make what the lists shall show, walk them, and compare with reads by other means."""
        for listing in self.listings:
            account, born = _CASTS[listing](stage, self.ours)
            self._walk(stage, listing, account, born)
            if listing is Listing.ASSETS:
                _archived(stage)

    def _walk(self, stage: Stage, listing: Listing, account: str | None, born: Mapping[str, int]) -> None:
        newest_first, by_creation = self.way
        asked = ReadPage(
            listing,
            account=account,
            limit=self.limit,
            newest_first=newest_first,
            by_creation=listing in _BY_CREATION or (by_creation and listing not in _BY_DATE),
        )
        if account is None:
            asked = replace(asked, limit=_length(stage, asked))
        walk = replace(walked(stage, replace(asked, counted=True)), born=born)
        if not walk.pages:
            return
        whole = walked(stage, replace(asked, limit=_LONGEST), pages=1)
        singles = [op.ReadChangesOf(key) for key in stage.books.assets()][:1] if _is_of_changes(walk) else []
        stage.look(*singles, walks=(walk,), pairs=(*_two_sizes(walk, whole), *_singly(stage, walk)))


def _archived(stage: Stage) -> None:
    """Archive one of ours, and look at the newest rows again."""
    first = next(key for key, known in stage.books.assets().items() if not known.archived)
    stage.carry_out(op.ArchiveAsset(first))
    newest = ReadPage(Listing.ASSETS, limit=_LONGEST, newest_first=True, by_creation=True)
    again = walked(stage, newest, pages=1)
    if again.pages:
        stage.look(walks=(again,))


def walked(stage: Stage, asked: ReadPage, pages: int = _PAGES) -> SeenWalk:
    """A list from its start, so many pages at most."""
    seen: list[SeenPage] = []
    while len(seen) < pages:
        at, _call, reply = stage.transcript.send(asked)
        if not reply.ok:
            break
        page = stage.transcript.sight(asked, at)
        assert isinstance(page, SeenPage)
        seen.append(page)
        if not page.more or not page.cursor:
            break
        asked = replace(asked, cursor=page.cursor)
    complete = bool(seen) and not seen[-1].more
    return SeenWalk(asked.listing, tuple(seen), bool(asked.newest_first), asked.by_creation, complete)


def _length(stage: Stage, asked: ReadPage) -> int:
    """A page length that gives three pages or more, and not too many."""
    first = walked(stage, replace(asked, limit=1, counted=True), pages=1)
    total = (first.pages[0].total or 0) if first.pages else 0
    return min(max(asked.limit or 1, -(-total // (_PAGES // 2))), _LONGEST)


def _two_sizes(walk: SeenWalk, whole: SeenWalk) -> list[Pair]:
    """The same list in short pages and in one: what both hold of ours."""
    if not (walk.complete and whole.complete):
        return []
    one, other = ([key for key in map(key_of, way.rows) if key in walk.born] for way in (walk, whole))
    by = (f"in pages of {walk.pages[0].limit}", f"in one of {_LONGEST}")
    return [Pair("M10", {"ours": one}, {"ours": other}, by, at=(*walk.at, *whole.at))]


def _singly(stage: Stage, walk: SeenWalk) -> list[Pair]:
    """The first and the last row of ours, beside what reading each on its own shows."""
    ours = [row for row in walk.rows if isinstance(row, SeenAsset | SeenChange) and row.key in walk.born]
    pairs = []
    for row in {ours[0].key: ours[0], ours[-1].key: ours[-1]}.values() if ours else ():
        reading = op.ReadAsset(row.key) if isinstance(row, SeenAsset) else op.ReadChange(row.key)
        alone = stage.transcript.read(reading)
        if isinstance(alone, SeenAsset | SeenChange):
            by = ("in the list", "read on its own")
            one, other = _shown(row), _shown(alone)
            pairs.append(Pair("M10", one, other, by, at=(*walk.at, alone.at)))
    return pairs


def _shown(row: SeenAsset | SeenChange) -> Mapping[str, Value]:
    return {**row.members, "archived": row.archived}


def _is_of_changes(walk: SeenWalk) -> bool:
    return walk.listing is Listing.CHANGES


# ---- what the lists shall show ----------------------------------------------------------------


def _assets(stage: Stage, ours: int) -> tuple[None, dict[str, int]]:
    for number in range(len(stage.books.assets()), ours + 1):
        cast.make_asset(stage, f"listed-{number}")
    active = [key for key, known in stage.books.assets().items() if not known.archived]
    return None, {key: place for place, key in enumerate(active)}


def _some_changes(stage: Stage, ours: int) -> str:
    """An asset with enough live changes of different days, and one that is voided."""
    asset = cast.asset(stage, 0)
    for number in range(ours if not stage.books.changes(asset.key) else 0):
        key = cast.next_change(stage)
        when = WHENS[(5 * number) % len(WHENS)]
        effect = (Effect.IMPROVEMENT, Effect.REVALUATION_UP)[number % 2]
        record = op.Record(key, asset.key, effect, 100 + number, when, Template.FUNDING)
        stage.carry_out(record, look=False)
        if number == ours // 2:
            stage.carry_out(op.Void(key), look=False)
    return asset.account


def _changes(stage: Stage, ours: int) -> tuple[None, dict[str, int]]:
    _some_changes(stage, ours)
    return None, {change.key: place for place, change in enumerate(cast.live(stage))}


def _journals(stage: Stage, ours: int) -> tuple[None, dict[str, int]]:
    account = _some_changes(stage, ours)
    seen = stage.look(lines_of(account))[lines_of(account)]
    rows = seen.rows if isinstance(seen, SeenLines) else ()
    return None, {row.journal: place for place, row in enumerate(rows)}


def _lines(stage: Stage, ours: int) -> tuple[str, dict[str, int]]:
    account = _some_changes(stage, ours)
    seen = stage.look(lines_of(account))[lines_of(account)]
    rows = seen.rows if isinstance(seen, SeenLines) else ()
    return account, {row.id: place for place, row in enumerate(rows)}


_CASTS: Final = {
    Listing.ASSETS: _assets,
    Listing.CHANGES: _changes,
    Listing.JOURNALS: _journals,
    Listing.LINES: _lines,
}
