"""Part C, races, in any suite: calls from many clients at once, and what must hold afterwards.

Decides how a race is run and when it counts: only when its calls really overlapped. Timing repeats
badly, so that, unlike in part B, one sighting is enough. What is raced is each suite's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any, Final

from contract_tests.call import Call, Driver, Reply
from contract_tests.session import Session
from contract_tests.verdict import Goal, Rule
from stateful.machine.exchanges import Violation
from stateful.machine.running import Running
from stateful.on_record import look
from stateful.rules.finding import Broken

CLIENTS: Final = 16

Outcome = tuple[Rule, str, str, tuple[int, ...], bool]
"""Rule, what was seen, what was expected, where, and whether it held."""


@dataclass(frozen=True, slots=True)
class Raced:
    """What came back: each operation with its place in the history and its reply."""

    operations: tuple[Any, ...]
    places: tuple[int, ...]
    replies: tuple[Reply, ...]

    def accepted(self) -> Iterator[tuple[Any, int]]:
        """The operations that were accepted, with their places."""
        for operation, place, reply in zip(self.operations, self.places, self.replies, strict=True):
            if reply.ok:
                yield operation, place


@dataclass(frozen=True, slots=True)
class Race:
    """A kind of race: `prepare` makes the operations to race, `judge` looks at what they left."""

    rules: tuple[Rule, ...]
    prepare: Callable[[Any], Sequence[Any]]
    judge: Callable[[Any, Raced], Iterable[Outcome]]


def goals_of(rules: Iterable[Rule], *, quick: bool) -> tuple[Goal, ...]:
    """How many races must really have overlapped before a rule may pass."""
    return tuple(Goal(_overlap(rule), 1 if quick else 3, (rule.id,)) for rule in rules)


def hold_all(session: Session, run: Running[Any], kinds: Sequence[Race], until: float) -> None:
    """Race until then on the session's clock, each kind once at least. Raises Unreachable.

    Kinds none of whose rules is judged are left out; without any, nothing is waited for. Where calls
    cannot overlap there is no race, and their rules are Unobservable.
    """
    kinds = [kind for kind in kinds if any(session.recorder.judges(rule.id) for rule in kind.rules)]
    if session.one_by_one:
        for rule in (rule for kind in kinds for rule in kind.rules):
            session.recorder.unobservable(rule.id, session.one_by_one)
        return
    first = True
    while kinds and (first or session.now() < until):
        for kind in kinds:
            session.say(f"races: {kind.rules[0].statement}")
            _hold(session, run, kind)
            if not first and session.now() >= until:
                break
        first = False


def race(driver: Driver, calls: Sequence[Call]) -> list[Reply]:
    """Send all calls at once, each from a thread of its own; the replies in the calls' order.

    Raises Unreachable.
    """
    barrier = Barrier(len(calls))

    def send(call: Call) -> Reply:
        barrier.wait()
        return driver.send(call)

    with ThreadPoolExecutor(len(calls), "client") as clients:
        return list(clients.map(send, calls))


def overlapping(replies: Sequence[Reply]) -> int:
    """How many of the exchanges were under way while another one was."""
    spans = sorted((reply.started, reply.ended) for reply in replies)
    return sum(
        any(start < other_end and other_start < end for j, (other_start, other_end) in enumerate(spans) if i != j)
        for i, (start, end) in enumerate(spans)
    )


def _hold(session: Session, run: Running[Any], kind: Race) -> None:
    stage = run.open_stage()
    with look(run, stage):
        operations = kind.prepare(stage)
        calls = [stage.transcript.dialect.call(operation, stage.names) for operation in operations]
        replies = race(session.driver, calls)
        order = sorted(range(len(calls)), key=lambda place: replies[place].started)
        places = {place: stage.transcript.take(operations[place], calls[place], replies[place]) for place in order}
        raced = Raced(tuple(operations), tuple(places[place] for place in range(len(calls))), tuple(replies))
        if overlapping(replies) * 2 >= len(replies):
            for rule in kind.rules:
                session.recorder.reach(_overlap(rule))
        for rule, seen, expected, at, held in kind.judge(stage, raced):
            if not held:
                raise Violation(rule.id, calls[0].operation_id, Broken(seen, expected, at))
            session.recorder.observe(rule.id)
        stage.transcript.hold_problems()


def _overlap(rule: Rule) -> str:
    return f"race for {rule.id} that really overlapped"
