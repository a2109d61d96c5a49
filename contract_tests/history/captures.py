"""Ids that a server made and a later call of the same history uses.

Decides what is captured into a variable when a history is played again, how it is called, and which
replies a shorter history cannot do without. Knows no API: whatever looks like an id, first appeared in a
reply and is used later, is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from contract_tests.call import Call, NotJson
from contract_tests.origin import variable
from contract_tests.verdict import Step

Leaf = str | int
Place = tuple[str | int, ...]

_ID_KEY: Final = re.compile(r"(^|[_a-z])(id|Id|ID|uuid|cursor|token|key)$")
_CAPTURABLE: Final = re.compile(r"[\w.~+/=:@-]{1,2000}", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")
_NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")
_WRAPPERS: Final = frozenset({"data", "items", "results", "meta", "pagination"})
_TAKEN: Final = frozenset(
    {"PATH", "HOME", "IFS", "PWD", "SHELL", "TOKEN", "OTHER_TOKEN", "BASE_URL", "CONTROL_URL", "PREFIX", "WORK", "LOST"}
)


@dataclass(frozen=True, slots=True)
class Capture:
    """A value of one step's reply: where it is found there, and the variable that keeps it."""

    value: Leaf
    step: int
    place: Place
    name: str


def captures(history: Sequence[Step], known: Collection[str] = ()) -> tuple[Capture, ...]:
    """The ids that replies brought and later calls use; `known` values are nobody's find."""
    found: dict[Leaf, tuple[int, Place]] = {}
    used: dict[Leaf, None] = {}  # a set that keeps its order
    said = "\n".join(known)
    for number, step in enumerate(history):
        used.update(dict.fromkeys(value for value in values_of(step.call) if value in found))
        said += "\n" + spoken(step.call)
        for place, value in leaves(_json_or_none(step)):
            if value not in found and is_id(place, value) and str(value) not in said:
                found[value] = (number, place)
    return tuple(_named(history, {value: found[value] for value in used}))


def with_sources(history: Sequence[Step], shown: Collection[int]) -> set[int]:
    """The places of these steps, and of those whose replies brought the ids that the calls of these name."""
    past, kept = _Past(history), set(shown)
    waiting = sorted(kept, reverse=True)
    while waiting:
        place = waiting.pop()
        for value in values_of(history[place].call):
            if any(past.brings(near, value) for near in kept if near < place):
                continue
            source = past.source(value, before=place)
            if source is not None:
                kept.add(source)
                waiting.append(source)
    return kept


class _Past:
    """What calls said and replies brought; no reply is read twice."""

    def __init__(self, history: Sequence[Step]) -> None:
        self._history = history
        self._said = [spoken(step.call) for step in history]
        self._ids: dict[int, frozenset[Leaf]] = {}

    def source(self, value: Leaf, before: int) -> int | None:
        """The first step whose reply brought that id; None where a call said it before."""
        for place in range(before):
            if str(value) in self._said[place]:
                return None
            if self.brings(place, value):
                return place
        return None

    def brings(self, place: int, value: Leaf) -> bool:
        """Whether that id stands in the reply of the step there."""
        if str(value).encode() not in self._history[place].reply.body:
            return False
        if place not in self._ids:
            found = leaves(_json_or_none(self._history[place]))
            self._ids[place] = frozenset(leaf for at, leaf in found if is_id(at, leaf))
        return value in self._ids[place]


def values_of(call: Call) -> Iterator[Leaf]:
    """Whatever in a call may be an id: path segments, query values, headers, leaves of a JSON body.

    A path segment and a query value of digits only may be a number in the reply it came from.
    """
    texts = [unquote(segment) for segment in call.path.split("/")] + [value for _, value in call.query]
    yield from (value.rpartition(" ")[2] for _, value in call.headers)
    for text in texts:
        yield text
        if text.isdecimal():
            yield int(text)
    for place, leaf in leaves(body_of(call)):
        if isinstance(leaf, str) or is_id(place, leaf):
            yield leaf


def is_id(place: Place, value: Leaf) -> bool:
    """Whether a leaf of a reply looks like something a server made up to name a record.

    A member called like an id is one. A text is one also when it holds a digit and is neither a
    number nor a moment in time.
    """
    keys = [key for key in place if isinstance(key, str)]
    called_so = bool(keys) and _ID_KEY.search(keys[-1]) is not None
    if isinstance(value, int):
        return called_so
    if not _CAPTURABLE.fullmatch(value):
        return False
    if called_so:
        return True
    plain = _MOMENT.fullmatch(value) or _NUMBER.fullmatch(value)
    return len(value) >= 6 and any(letter.isdigit() for letter in value) and not plain


def leaves(data: Any, place: Place = ()) -> Iterator[tuple[Place, Leaf]]:
    """Every text and integer in JSON data with the keys that lead to it, in document order."""
    waiting: list[tuple[Place, Any]] = [(place, data)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*at, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*at, index), inner) for index, inner in reversed(list(enumerate(value)))]
        elif isinstance(value, str | int) and not isinstance(value, bool):
            yield at, value


def body_of(call: Call) -> Any:
    """A call's body as JSON data, None when it has none or is none."""
    try:
        return json.loads(call.body) if call.body else None
    except (ValueError, RecursionError):
        return None


def spoken(call: Call) -> str:
    """Everything a call says, as one text: what stands there is not the server's invention."""
    query = "\n".join(value for _, value in call.query)
    return f"{call.path}\n{query}\n{(call.body or b'').decode('utf-8', 'replace')}"


def _json_or_none(step: Step) -> Any:
    try:
        return step.reply.json()
    except NotJson:
        return None


def _named(history: Sequence[Step], found: dict[Leaf, tuple[int, Place]]) -> Iterator[Capture]:
    taken = set(_TAKEN)
    for value, (number, place) in found.items():
        stem = _stem(history[number].call, place)
        name = next(name for name in (stem, *(f"{stem}_{n}" for n in range(2, len(found) + 2))) if name not in taken)
        taken.add(name)
        yield Capture(value, number, place, name)


def _stem(call: Call, place: Place) -> str:
    """A name that says what the value is: the noun of the call's path, then the member's own words."""
    words = [key for key in place if isinstance(key, str) and key not in _WRAPPERS]
    while len(words) > 1 and words[-1] == words[-2]:
        words.pop()
    nouns = [segment for segment in call.path.split("/") if segment.isascii() and re.fullmatch(r"[A-Za-z_-]+", segment)]
    noun = _singular(nouns[-1]) if nouns else "reply"
    return variable("_".join([noun, *words[-2:]]))


def _singular(noun: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ss", "ss"), ("s", "")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + instead
    return noun
