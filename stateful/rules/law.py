"""What a rule is here, and what it may look at.

Decides the shapes: a `Scene` is one moment of a history, a `Law` judges it and yields findings.
A law that finds nothing in a scene to speak of yields nothing, so that it never passes by default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from contract_tests.verdict import Level, Rule
from stateful.model.books import USUAL, Books, Convention
from stateful.model.outlook import Objection, Outcome
from stateful.model.records import Told, Value
from stateful.operations import Operation
from stateful.sights import SeenJournal, SeenLines, SeenWalk, Sight

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of figures that a relation claims to be equal, the second `scale` times the first.

    relation: the id of the metamorphic rule (M1 ...). by: what each of both was got by.
    """

    relation: str
    one: Mapping[str, Value]
    other: Mapping[str, Value]
    by: tuple[str, str]
    scale: int = 1
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment: a call that may have written, and everything that was read after it.

    operation: None for a look on its own. objections: what spoke against it. before, after: the
    model's books around it. told_before, told: what records had to say before, and have to say
    after it. reply: what its own reply showed. lines, was: the kit's accounts as read after it, and
    as they last stood before it. known: journals as they were read before it.
    """

    operation: Operation | None
    outcome: Outcome
    before: Books
    after: Books
    objections: frozenset[Objection] = frozenset()
    told_before: Mapping[str, Told] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)
    reply: Sight | None = None
    sights: tuple[Sight, ...] = ()
    lines: Mapping[str, SeenLines] = field(default_factory=dict)
    was: Mapping[str, SeenLines] = field(default_factory=dict)
    known: Mapping[str, SeenJournal] = field(default_factory=dict)
    walks: tuple[SeenWalk, ...] = ()
    pairs: tuple[Pair, ...] = ()
    conventions: tuple[Convention, ...] = (USUAL,)

    def of(self, kind: type[Seen]) -> Iterator[Seen]:
        """Everything of one kind that was read after the call."""
        return (sight for sight in self.sights if isinstance(sight, kind))

    def journals(self) -> Iterator[SeenJournal]:
        """Every journal that was shown, on its own or in a list."""
        yield from self.of(SeenJournal)
        if isinstance(self.reply, SeenJournal):
            yield self.reply
        yield from (row for walk in self.walks for row in walk.rows if isinstance(row, SeenJournal))


@dataclass(frozen=True, slots=True)
class Held:
    """The rule was looked at and held."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The rule did not hold. `at`: the exchanges that show it, besides the calls that wrote."""

    seen: str
    expected: str
    at: tuple[int, ...] = ()


Finding = Held | Broken
Judge = Callable[[Scene], Iterable[Finding]]

HELD = Held()


@dataclass(frozen=True, slots=True)
class Law:
    """A rule with the function that judges it.

    key: the rule's id; or, for a rule that an API's profile states, our name of it, which the
    dialect's terms translate. rule: None for the latter. of_books: it judges the books as a whole,
    which hold what others and earlier histories have posted: no one operation is at fault.
    """

    key: str
    judge: Judge
    rule: Rule | None = None
    of_books: bool = False


def law(key: str, level: Level, statement: str, source: str, *, of_books: bool = False) -> Callable[[Judge], Law]:
    """Makes a law of the accounting rule `key` out of the function that judges it."""
    return lambda judge: Law(key, judge, Rule(key, level, statement, source), of_books)


def documented(key: str) -> Callable[[Judge], Law]:
    """Makes a law of a rule that profiles state out of the function that judges it."""
    return lambda judge: Law(key, judge)


def verdict(holds: bool, seen: str, expected: str, at: tuple[int, ...] = ()) -> Finding:
    """Held, or Broken with both sentences."""
    return HELD if holds else Broken(seen, expected, at)


def money(minor: int) -> str:
    """An amount in minor units, for people."""
    return f"{minor:,}"
