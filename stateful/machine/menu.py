"""Which theme comes next: the one of which most is still wanted.

Decides how a run steers towards its reach goals. It looks at what has been reached when a batch
begins and at nothing else, so that a batch is drawn from one strategy throughout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from stateful.machine import draws
from stateful.machine.goals import AMENDED, CLOSED_DAY, LONGER, OTHER_CASE, WAYS
from stateful.machine.theme import Missing, Theme
from stateful.machine.twins import Relation
from stateful.machine.wrongs import TRIED
from stateful.model.words import Effect
from stateful.operations import Listing


def theme_of(number: int, missing: Missing, *, quick: bool, settings: bool) -> Theme:
    """The theme of the batch of that number."""
    theme = _theme_of(number, missing, settings, every=16 if quick else 8)
    return theme.quick() if quick else theme


def _theme_of(number: int, missing: Missing, settings: bool, every: int) -> Theme:
    if number == 0:
        return _LIFE
    if settings and (number % 16 == 8 or (number % 8 == 4 and CLOSED_DAY in missing)):
        return _SETTINGS
    if number % every:  # now and then something else, where a goal cannot be reached
        turn = number % len(_DIRECTED)
        for make in (*_DIRECTED[turn:], *_DIRECTED[:turn]):
            theme = make(missing)
            if theme is not None:
                return theme
    return _REST[number // (every if missing else 1) % len(_REST)]


def _walks(missing: Missing) -> Theme | None:
    listings = [listing for listing in Listing if f"walk of three pages or more over {listing.value}" in missing]
    if Listing.ASSETS in listings:
        return Theme("lists", draws.walking_of([Listing.ASSETS]), 1, 2)
    ways = [way for way, name in WAYS.items() if name in missing]
    if ways and listings in ([], [Listing.CHANGES]):
        return Theme("lists", draws.walking_of([Listing.CHANGES], ways), 1, 2)
    return Theme("lists", draws.walking_of(listings, ways or tuple(WAYS)), 1, 2) if listings else None


def _effects(missing: Missing) -> Theme | None:
    effects = [effect for effect in Effect if f"accepted {effect.value}" in missing]
    return Theme("value changes", draws.recording_of(effects), 10, 5) if effects else None


def _refusals(missing: Missing) -> Theme | None:
    flaws = frozenset(objection for objection in TRIED if f"refused {objection.value}" in missing)
    return Theme("refusals", draws.wrong_of(flaws), 1, 4) if flaws else None


def _twins(missing: Missing) -> Theme | None:
    relations = [relation for relation in Relation if f"comparison for {relation.value}" in missing]
    return Theme("twins", draws.comparing_of(relations[:1]), 1, 2) if relations else None


def _named(theme: Theme, *names: str) -> Callable[[Missing], Theme | None]:
    return lambda missing: theme if any(name in missing for name in names) else None


_LIFE: Final = Theme("ordinary life", draws.LIFE, 10, 10)
_CUT_OFF: Final = Theme("dates", draws.CUT_OFF, 2, 4)
_CORRECTIONS: Final = Theme("corrections", draws.CORRECTIONS, 8, 4)
_RECORDS: Final = Theme("records", draws.RECORDS, 8, 4)
_EXTREMES: Final = Theme("extremes", draws.EXTREMES, 1, 4)

_JOURNALS: Final = Theme("journals", draws.JOURNALS, 4, 4)
_SETTINGS: Final = Theme("settings", draws.SETTINGS, 1, 4)

_DIRECTED: Final = (
    _refusals,
    _walks,
    _named(
        _CUT_OFF,
        "statement after a back-dated change",
        "cash-basis statement after a change",
        "cash-basis statement after a void",
        *(f"comparison for {relation}" for relation in ("M2", "M3", "M6", "M8")),
        "statement at a day",
        "statement over odd instants",
        "balance sheet",
        "sum of all accounts",
    ),
    _named(
        _CORRECTIONS,
        "void",
        "second void",
        "re-posting amendment",
        *AMENDED.values(),
        "quiet amendment",
        "value change sent again",
        "comparison for M7",
    ),
    _walks,
    _twins,
    _named(_RECORDS, "update by external id", "archived asset", "external id like another's", OTHER_CASE, LONGER),
    _named(_JOURNALS, "journal sent again", "second reversal"),
    _named(_EXTREMES, "amount beyond 2^53"),
    _effects,
)
_LISTS: Final = Theme("lists", draws.walking_of(tuple(Listing)), 1, 4)

_REST: Final = (
    _LIFE,
    _RECORDS,
    _LISTS,
    _CORRECTIONS,
    Theme("refusals", draws.wrong_of(TRIED), 1, 4),
    _LIFE,
    _CUT_OFF,
    _LISTS,
    Theme("twins", draws.comparing_of(tuple(Relation)), 1, 4),
    _RECORDS,
    _EXTREMES,
)
