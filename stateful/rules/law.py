"""What a rule about value changes may look at.

Decides the shape of a `Scene`, one moment of a history; what a law and its findings are is `finding`'s
affair, in every suite.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from stateful.model.books import USUAL, Books, Convention
from stateful.model.outlook import Objection, Outcome
from stateful.model.records import Told, Value
from stateful.operations import Operation
from stateful.rules import finding
from stateful.rules.finding import HELD, Broken, Finding, Held, documented, law, money, verdict
from stateful.sights import SeenJournal, SeenLines, SeenWalk, Sight

__all__ = ["Scene", "Pair", "Law", "law", "documented", "Finding", "Held", "HELD", "Broken", "verdict", "money"]

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


Law = finding.Law[Scene]
"""A rule about value changes, with the function that judges it."""
