"""What a batch of histories is drawn from: plays, how often each, and how many in a row.

Decides that every choice is an index into a short table, so that it costs one draw, shrinks to the
table's first entry, and means the same whatever else is loaded in the process. Knows no play but rest.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from hypothesis import strategies as st

from contract_tests.verdict import Goal, Rule


class Play(Protocol):
    """One step of a history: plain data that means something in every state."""

    def play(self, stage: Any) -> None:
        """Carry it out on a suite's own stage. Raises Violation, Abandoned and what the driver raises."""


@dataclass(frozen=True, slots=True)
class Resting:
    """Do nothing. What shrinking makes of a step that does not matter; costs a target nothing."""

    def play(self, stage: Any) -> None:
        """No call at all."""


Plays = st.SearchStrategy[Play]

_NOTHING: Final[Plays] = st.just(Resting())


def often(*weighted: tuple[int, Any]) -> Plays:
    """One of several strategies, each as often as its weight says; now and then a rest.

    The rest comes first: Hypothesis begins every batch with the simplest history, and ends its
    shrinking there.
    """
    choices = [_NOTHING, *(strategy for weight, strategy in weighted for _ in range(weight))]
    if len(choices) < 12:
        choices += choices[1:] * (12 // len(choices))
    return st.sampled_from(range(len(choices))).flatmap(choices.__getitem__)


@dataclass(frozen=True, slots=True)
class Theme:
    """What a batch of histories is drawn from, and how long each of them is.

    The first of the histories is always that of rests alone.
    """

    name: str
    plays: Plays
    steps: int
    histories: int

    def quick(self) -> Theme:
        """The same with about half of the plays."""
        return replace(self, steps=-(-self.steps * 2 // 3), histories=1 + self.histories // 2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A goal before it is an API's: `laws` are keys of laws."""

    name: str
    full: int
    quick: int
    laws: tuple[str, ...]


def goals_of(every: Sequence[Wanted], rules: Mapping[str, Rule], *, quick: bool) -> tuple[Goal, ...]:
    """The goals of an API whose rules are these, by key of law; a goal that no rule needs is none."""
    goals = (
        Goal(goal.name, goal.quick if quick else goal.full, tuple(rules[key].id for key in goal.laws if key in rules))
        for goal in every
    )
    return tuple(goal for goal in goals if goal.rule_ids)


Missing = Mapping[str, int]
"""Name of a goal → how many occurrences are still wanted."""


def missing_of(
    goals: Sequence[Wanted], reached: Mapping[str, int], unseen: Container[str], *, quick: bool
) -> dict[str, int]:
    """What is still wanted of each goal that has not been reached, or one of whose laws is `unseen`.

    unseen: keys of laws that have found nothing yet to speak of.
    """
    gaps = {goal.name: (goal.quick if quick else goal.full) - reached.get(goal.name, 0) for goal in goals}
    silent = {goal.name for goal in goals if any(key in unseen for key in goal.laws)}
    return {name: max(gap, 1) for name, gap in gaps.items() if gap > 0 or name in silent}


def steered(
    number: int,
    missing: Missing,
    *,
    first: tuple[str, Theme],
    directed: Sequence[Callable[[Missing], Theme | None]],
    rest: Sequence[Theme],
) -> Theme:
    """The theme of the batch of that number: what something is missing of; every eighth, one of `rest`.

    first: the theme that a run begins with, unless there are things missing and not the one of that name. directed:
    each gives the theme for what it cares for of what is missing, None where that is nothing; they are asked in turn.
    """
    goal, theme = first
    if number == 0 and (not missing or goal in missing):
        return theme
    if number % 8 != 7:
        turn = number % len(directed)
        for make in (*directed[turn:], *directed[:turn]):
            wanted = make(missing)
            if wanted is not None:
                return wanted
    return rest[number // (8 if missing else 1) % len(rest)]
