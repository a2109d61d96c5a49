"""What a rule is to every suite: a function of one moment of a history that yields findings.

Decides the shapes. A law that finds nothing to speak of yields nothing, so that it never passes by
default. What a moment holds is each suite's own affair (`Moment`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from contract_tests.verdict import Level, Rule
from spec import Api

Moment = TypeVar("Moment")


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

HELD = Held()


@dataclass(frozen=True)  # no slots: a generic class that is called by its alias would want one more
class Law(Generic[Moment]):
    """A rule with the function that judges it.

    key: the rule's id; or, for a rule that an API's profile states, our name of it, which the
    dialect's terms translate. rule: None for the latter. of_books: it judges the books as a whole,
    which hold what others and earlier histories have posted: no one operation is at fault.
    """

    key: str
    judge: Callable[[Moment], Iterable[Finding]]
    rule: Rule | None = None
    of_books: bool = False


def law(
    key: str, level: Level, statement: str, source: str, *, of_books: bool = False
) -> Callable[[Callable[[Moment], Iterable[Finding]]], Law[Moment]]:
    """Makes a law of the accounting rule `key` out of the function that judges it."""
    return lambda judge: Law(key, judge, Rule(key, level, statement, source), of_books)


def documented(key: str) -> Callable[[Callable[[Moment], Iterable[Finding]]], Law[Moment]]:
    """Makes a law of a rule that profiles state out of the function that judges it."""
    return lambda judge: Law(key, judge)


def rule_of(law: Law[Moment], api: Api, stated: Mapping[str, str]) -> Rule | None:
    """The rule that a law judges for this API; None where its profile states no such rule.

    stated: key of a law → id of the profile's rule.
    """
    if law.rule is not None:
        return law.rule
    wanted = stated.get(law.key)
    for rule in api.profile.rules:
        if rule.id == wanted:
            return Rule(rule.id, Level(rule.level), rule.statement, rule.source)
    return None


def rules_of(laws: Sequence[Law[Moment]], api: Api, stated: Mapping[str, str]) -> dict[str, Rule]:
    """Key of a law → the rule that it judges for this API, leaving out what the profile does not state."""
    found = ((law.key, rule_of(law, api, stated)) for law in laws)
    return {key: rule for key, rule in found if rule is not None}


def verdict(holds: bool, seen: str, expected: str, at: tuple[int, ...] = ()) -> Finding:
    """Held, or Broken with both sentences."""
    return HELD if holds else Broken(seen, expected, at)


def found_by(law: Law[Moment], moment: Moment, crashed: Callable[[Exception], None]) -> Iterator[Finding]:
    """What a law finds; a crash is told, and makes its own rule Unknown and no other."""
    try:
        yield from law.judge(moment)
    except Exception as error:
        crashed(error)


def money(minor: int) -> str:
    """An amount in minor units, for people."""
    return f"{minor:,}"


def exactly(exact: Fraction) -> str:
    """An unrounded amount in minor units, for people: to a tenth of one."""
    tenths = (exact * 10).__floor__()
    return f"{money(tenths // 10)}.{tenths % 10}"
