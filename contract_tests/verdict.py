"""Rules, verdicts and reports as plain data.

Decides what a verdict can be and what a run's exit status is; knows no HTTP and no accounting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from contract_tests.call import Call, Reply
from contract_tests.origin import Origin


class Level(Enum):
    """How binding a rule is; only MUST fails a run (SHOULD does under --strict)."""

    MUST = "must"  # documented, or entailed by what is documented together with double entry
    SHOULD = "should"  # inferred, or an accounting or HTTP standard
    OBSERVED = "observed"  # recorded, never fails


@dataclass(frozen=True, slots=True)
class Rule:
    """What is claimed, and on whose word. `statement` is one sentence without a full stop."""

    id: str
    level: Level
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange of a history, with named figures (minor units) before and after it.

    What a figure means is for whoever recorded it to say; reports only draw them.

    """

    call: Call
    reply: Reply
    note: str = ""
    before: Mapping[str, int] = field(default_factory=dict)
    after: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """One broken rule, with the shortest history that shows it. Its key is rule + operation."""

    rule_id: str
    operation: str  # the operationId at fault, "" where none is
    seen: str
    expected: str
    history: tuple[Step, ...]
    seed: int

    @property
    def key(self) -> tuple[str, str]:
        """What makes two failures the same fault, however they were reached."""
        return (self.rule_id, self.operation)


@dataclass(frozen=True, slots=True)
class Passed:
    """The rule held every time it was looked at, and it was looked at often enough."""

    observations: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The rule was broken; one failure per operation."""

    failures: tuple[Failure, ...]
    observations: int


@dataclass(frozen=True, slots=True)
class Unobservable:
    """The target lacks a capability that the rule needs; `why` names it."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Inconclusive: reach missed, seen once only, or the check itself crashed."""

    why: str
    observations: int = 0


Verdict = Passed | Failed | Unobservable | Unknown


@dataclass(frozen=True, slots=True)
class Goal:
    """A reach goal: a verdict of Passed for `rule_ids` needs `wanted` occurrences of `name`."""

    name: str
    wanted: int
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a goal was reached."""

    goal: Goal
    got: int

    @property
    def missed(self) -> bool:
        """Whether the run fell short of the goal."""
        return self.got < self.goal.wanted


@dataclass(frozen=True, slots=True)
class Result:
    """One rule's verdict in one run."""

    rule: Rule
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found out; every output format is drawn from this.

    interrupted: somebody ended it early. lost: the sentence that says how the target was lost on the
    way, "" when it was not. origin: what histories need to be told again elsewhere; without it they
    are told literally. command: the words of a command line that runs the same check, without secrets.
    notes: what is to be said besides, a sentence each. made: records by the operation that made them.
    """

    api: str
    target: str
    seed: int
    requests: int
    duration_s: float
    results: tuple[Result, ...]
    reach: tuple[Reached, ...] = ()
    interrupted: bool = False
    lost: str = ""
    origin: Origin | None = None
    command: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    made: Mapping[str, int] = field(default_factory=dict)

    def exit_status(self, *, strict: bool = False) -> int:
        """0 green, 1 a must-rule failed (or a should-rule, if strict), 3 inconclusive."""
        failing = {Level.MUST, Level.SHOULD} if strict else {Level.MUST}
        binding = [result.verdict for result in self.results if result.rule.level in failing]
        if any(isinstance(verdict, Failed) for verdict in binding):
            return 1
        if self.interrupted or self.lost or any(isinstance(verdict, Unknown) for verdict in binding):
            return 3
        return 0
