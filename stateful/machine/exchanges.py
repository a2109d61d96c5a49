"""What was sent and answered in one history, and what the answers showed.

Decides that every reply is judged against its document, and that what is wrong with one is only
held against the target after the accounting has been judged: a rule of accounting names a fault
better than a schema does. Knows no rule of accounting and no suite's operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any, Generic, Protocol, TypeVar

from contract_tests.call import BrokenOff, Call, Driver, Reply
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.rules import SCHEMA
from contract_tests.history.captures import with_sources
from contract_tests.patience import asks_for_patience
from contract_tests.verdict import Rule, Step
from stateful.names import Names
from stateful.rules.finding import Broken, Held, Law, found_by


class Unreadable(Exception):
    """A reply is not what its document says, so that nothing can be read from it."""


class Violation(Exception):
    """A rule was broken. `found.at`: the exchanges that show it, besides the calls that wrote."""

    def __init__(self, rule_id: str, operation_id: str, found: Broken) -> None:
        super().__init__(rule_id, operation_id)
        self.rule_id = rule_id
        self.operation_id = operation_id
        self.found = found

    @property
    def key(self) -> tuple[str, str]:
        """What makes two violations the same fault."""
        return (self.rule_id, self.operation_id)


class Abandoned(Exception):
    """The history cannot go on, through nobody's fault that could be named."""


class Judges(Protocol):
    """What a history asks of the run that it is part of, in any suite."""

    @property
    def laws(self) -> Sequence[tuple[str, Law[Any]]]:
        """The laws that are judged, each with the id of its rule."""

    def rule_id(self, key: str) -> str | None:
        """The id of the rule that a law of that key judges; None where none is judged."""

    def held(self, rule_id: str) -> None:
        """The rule was looked at and held."""

    def on_record(self, key: tuple[str, str]) -> bool:
        """Whether that rule has failed for that operation before."""

    def crashed(self, rule_id: str, error: Exception) -> None:
        """The law itself failed."""

    def reach(self, name: str) -> None:
        """Something that a reach goal may count has happened."""


def judge_by_all(judges: Judges, moment: Any, operation_id: str, problems: Iterable[Violation] = ()) -> None:
    """Ask every law about a moment. Raises the first Violation, of that operation, or of `problems`.

    One that is on record already hides none that is not.
    """
    known = []
    for violation in chain(_broken_by(judges, moment, operation_id), problems):
        if not judges.on_record(violation.key):
            raise violation
        known.append(violation)
    if known:
        raise known[0]


def _broken_by(judges: Judges, moment: Any, operation_id: str) -> Iterator[Violation]:
    for rule_id, law in judges.laws:
        for finding in found_by(law, moment, partial(judges.crashed, rule_id)):
            if isinstance(finding, Held):
                judges.held(rule_id)
            else:
                yield Violation(rule_id, "" if law.of_books else operation_id, finding)
                break


Said = TypeVar("Said")  # an operation of the suite's
Shown = TypeVar("Shown")  # what the suite reads from a reply: a dataclass with a field `at`
Says = TypeVar("Says", contravariant=True)
Shows = TypeVar("Shows", covariant=True)


class Speaker(Protocol[Says, Shows]):
    """What a dialect does for a history."""

    def call(self, operation: Says, names: Names) -> Call:
        """The one call that carries the operation out."""

    def sight(self, operation: Says, reply: Reply, names: Names) -> Shows:
        """What an accepted call's reply shows. Raises Unreadable."""


@dataclass(slots=True)
class Exchanges(Generic[Said, Shown]):
    """The exchanges of one history, in order. A suite says which operations write, and their words."""

    driver: Driver
    dialect: Speaker[Said, Shown]
    judge: ReplyJudge
    names: Names
    steps: list[Step] = field(default_factory=list)
    looked_at: list[Rule] = field(default_factory=list)
    _wrote: set[int] = field(default_factory=set)
    _problems: list[Violation] = field(default_factory=list)

    def writes(self, operation: Said) -> bool:
        """Whether an operation may change something."""
        raise NotImplementedError

    def note(self, operation: Said) -> str:
        """An operation in words."""
        raise NotImplementedError

    def send(self, operation: Said, names: Names | None = None) -> tuple[int, Call, Reply]:
        """Send the operation's call. Gives the exchange's place in the history with it.

        names: those of another tenant, or with other credentials. Raises Abandoned where no reply
        says what has become of the call.
        """
        call = self.dialect.call(operation, names or self.names)
        try:
            reply = self.driver.send(call)
        except BrokenOff as error:
            raise Abandoned(str(error)) from error
        at = self.take(operation, call, reply)
        if asks_for_patience(reply):
            raise Abandoned(f"status {reply.status}, although it was waited for")
        return at, call, reply

    def take(self, operation: Said, call: Call, reply: Reply) -> int:
        """Take down an exchange, and judge its reply against the document. Gives its place."""
        at = len(self.steps)
        self.steps.append(Step(call, reply, self.note(operation)))
        if self.writes(operation):
            self._wrote.add(at)
        problems = self.judge.judge(call, reply)
        for problem in problems:
            found = Broken(problem.seen, problem.expected, (at,))
            self._problems.append(Violation(problem.rule_id, call.operation_id, found))
        broken = {problem.rule_id for problem in problems}
        self.looked_at += [rule for rule in self.judge.looks_at(call, reply) if rule.id not in broken]
        return at

    def sight(self, operation: Said, at: int) -> Shown:
        """What the exchange at that place showed. Raises Violation where nothing can be read."""
        step = self.steps[at]
        try:
            shown: Any = self.dialect.sight(operation, step.reply, self.names)
            placed: Shown = replace(shown, at=at)
        except Unreadable as error:
            self.hold_problems()
            found = Broken(f"a reply that cannot be read: {error}", "what the document declares", (at,))
            raise Violation(SCHEMA.id, step.call.operation_id, found) from error
        return placed

    def read(self, reading: Said) -> Shown | None:
        """What a read shows; None where the target refuses it."""
        at, _, reply = self.send(reading)
        if reply.ok:
            return self.sight(reading, at)
        if not reply.refused:
            self.hold_problems()
        return None

    @property
    def problems(self) -> Sequence[Violation]:
        """What was wrong with replies, by the document alone."""
        return self._problems

    def hold_problems(self) -> None:
        """Hold against the target what was wrong with a reply. Raises Violation."""
        if self._problems:
            raise self._problems[0]

    def draw(self, at: int, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        """Note the figures around the exchange at that place."""
        self.steps[at] = replace(self.steps[at], before=before, after=after)

    def blamed(self, places: Iterable[int] = ()) -> str:
        """The operation that a look speaks of: the last of `places`, else what last wrote or was read."""
        shown = list(places) or sorted(self._wrote) or [-1]
        return self.steps[shown[-1]].call.operation_id

    def evidence(self, at: Iterable[int]) -> tuple[Step, ...]:
        """The shortest history that shows something and can be played elsewhere: its `core`, and the reads
        that brought an id which one of these names."""
        shown = with_sources(self.steps, self.core(at))
        return tuple(step for place, step in enumerate(self.steps) if place in shown)

    def core(self, at: Iterable[int]) -> set[int]:
        """The exchanges that show something: what was written, the last call of all, and `at`.

        Calls that were refused before changed nothing: that has been judged.
        """
        wrote = {place for place in self._wrote if self.steps[place].reply.ok}
        return wrote | set(sorted(self._wrote)[-1:]) | set(at)
