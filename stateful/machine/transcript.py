"""What was sent and answered in one history, and what the answers showed.

Decides that every reply is judged against its document, and that what is wrong with one is only
held against the target after the accounting has been judged: a rule of accounting names a fault
better than a schema does. Knows no rule of accounting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from contract_tests.call import Call, Driver, Reply
from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.rules import SCHEMA
from contract_tests.verdict import Rule, Step
from stateful.dialects import Dialect
from stateful.machine.figures import Figures, note_of
from stateful.names import Names
from stateful.operations import Operation, Reading, ReadPage, Writing
from stateful.rules.law import Broken
from stateful.sights import SeenLine, SeenLines, SeenPage, SeenWalk, Sight, Unreadable

_PAGES = 10  # how many pages of an own account's lines are followed


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


@dataclass(slots=True)
class Transcript:
    """The exchanges of one history, in order."""

    driver: Driver
    dialect: Dialect
    judge: ReplyJudge
    names: Names
    steps: list[Step] = field(default_factory=list)
    looked_at: list[Rule] = field(default_factory=list)
    _wrote: set[int] = field(default_factory=set)
    _problems: list[Violation] = field(default_factory=list)

    def send(self, operation: Operation, names: Names | None = None) -> tuple[int, Call, Reply]:
        """Send the operation's call. Gives the exchange's place in the history with it.

        names: those of another tenant, or with other credentials.
        """
        call = self.dialect.call(operation, names or self.names)
        reply = self.driver.send(call)
        return self.take(operation, call, reply), call, reply

    def take(self, operation: Operation, call: Call, reply: Reply) -> int:
        """Take down an exchange, and judge its reply against the document. Gives its place."""
        at = len(self.steps)
        self.steps.append(Step(call, reply, note_of(operation)))
        if isinstance(operation, Writing):
            self._wrote.add(at)
        problems = self.judge.judge(call, reply)
        for problem in problems:
            found = Broken(problem.seen, problem.expected, (at,))
            self._problems.append(Violation(problem.rule_id, call.operation_id, found))
        broken = {problem.rule_id for problem in problems}
        self.looked_at += [rule for rule in self.judge.looks_at(call, reply) if rule.id not in broken]
        return at

    def sight(self, operation: Operation, at: int) -> Sight:
        """What the exchange at that place showed. Raises Violation where nothing can be read."""
        step = self.steps[at]
        try:
            return replace(self.dialect.sight(operation, step.reply, self.names), at=at)
        except Unreadable as error:
            self.hold_problems()
            found = Broken(f"a reply that cannot be read: {error}", "what the document declares", (at,))
            raise Violation(SCHEMA.id, step.call.operation_id, found) from error

    def read(self, reading: Reading) -> Sight | None:
        """What a read shows; None where the target refuses it. An account's lines are read to the end."""
        if isinstance(reading, ReadPage) and reading.account is not None:
            return self._lines(reading, reading.account)
        at, _, reply = self.send(reading)
        if reply.ok:
            return self.sight(reading, at)
        if not reply.refused:
            self.hold_problems()
        return None

    def hold_problems(self) -> None:
        """Hold against the target what was wrong with a reply. Raises Violation."""
        if self._problems:
            raise self._problems[0]

    def draw(self, at: int, before: Figures, after: Figures) -> None:
        """Note the figures around the exchange at that place."""
        self.steps[at] = replace(self.steps[at], before=before, after=after)

    def blamed(self, walks: Sequence[SeenWalk] = ()) -> str:
        """The operation that a look speaks of: the list that was walked, else what last wrote or was read."""
        places = [place for walk in walks for place in walk.at[-1:]] or sorted(self._wrote) or [-1]
        return self.steps[places[-1]].call.operation_id

    def evidence(self, at: Iterable[int]) -> tuple[Step, ...]:
        """The shortest history that shows something: what was written, the last call of all, and `at`.

        Calls that were refused before changed nothing: that has been judged.
        """
        wrote = {place for place in self._wrote if self.steps[place].reply.ok}
        shown = wrote | set(sorted(self._wrote)[-1:]) | set(at)
        return tuple(step for place, step in enumerate(self.steps) if place in shown)

    def _lines(self, reading: ReadPage, account: str) -> SeenLines | None:
        rows: list[SeenLine] = []
        asked = reading
        for _ in range(_PAGES):
            at, _call, reply = self.send(asked)
            if not reply.ok:
                return None
            page = self.sight(asked, at)
            assert isinstance(page, SeenPage)
            rows += [row for row in page.rows if isinstance(row, SeenLine)]
            if not page.more or not page.cursor:
                break
            asked = replace(reading, cursor=page.cursor)
        return SeenLines(account, tuple(rows), at)
