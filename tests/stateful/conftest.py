"""A session over the fake, with a clock that only goes on when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

import pytest

import spec
import stateful
from contract_tests.asgi import AsgiDriver, InProcess
from contract_tests.call import Call, Driver, Reply, Who
from contract_tests.checks.rules import RULES
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Other, Target
from contract_tests.verdict import Failed, Failure, Result, Unknown, Verdict
from tests.stateful.fake_books import ELSEWHERE, HERE
from tests.stateful.fake_layer import FakeLayer


@dataclass
class Steps:
    """A clock on which every look at it takes the same time."""

    seconds: float = 0.01
    _now: float = field(default=0.0)

    def __call__(self) -> float:
        self._now += self.seconds
        return self._now


_RUNS = count(1)


def session_over(
    app: InProcess, target: Target, *, seed: int = 1, quick: bool = True, goals: bool = True, steps: float = 0.01
) -> Session:
    """A session in process that judges everything; `steps`: how long a look at its clock takes."""
    api = spec.load(target.api)
    recorder = Recorder((*stateful.rules_for(api), *RULES), stateful.goals_for(api, quick) if goals else ())
    prefix = f"s{seed}-{next(_RUNS)}-"  # fresh: a target is never reset
    return Session(api, target, AsgiDriver(target, app), recorder, seed, prefix, quick, now=Steps(seconds=steps))


@pytest.fixture(scope="session")
def layer() -> spec.Api:
    return spec.load("layer")


@pytest.fixture
def session_of(layer: spec.Api) -> Callable[..., Session]:
    def make(driver: Driver, *, seed: int = 1, quick: bool = True, other: bool = True, goals: bool = True) -> Session:
        second = Other({"business_id": ELSEWHERE}, "other") if other else None
        target = Target("http://fake/v1", "layer", {"business_id": HERE}, "token", other=second)
        rules = (*stateful.rules_for(layer), *RULES)
        recorder = Recorder(rules, stateful.goals_for(layer, quick) if goals else ())
        return Session(layer, target, driver, recorder, seed, f"s{seed}-", quick, now=Steps())

    return make


@pytest.fixture
def fake() -> FakeLayer:
    return FakeLayer()


def failures(session: Session) -> dict[str, Failure]:
    """The first failure of every failed rule."""
    verdicts = ((result.rule.id, result.verdict) for result in session.recorder.results())
    return {rule: verdict.failures[0] for rule, verdict in verdicts if isinstance(verdict, Failed)}


def unknown(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """Why those of these rules are Unknown that are."""
    wanted = set(ids)
    results: tuple[Result, ...] = session.recorder.results()
    return {
        result.rule.id: result.verdict.why
        for result in results
        if isinstance(result.verdict, Unknown) and result.rule.id in wanted
    }


def verdicts(session: Session) -> dict[str, Verdict]:
    """Every rule's verdict."""
    return {result.rule.id: result.verdict for result in session.recorder.results()}


class Watching:
    """A driver that takes down what is sent, but for what the target has made up."""

    def __init__(self, inner: Driver) -> None:
        self.inner = inner
        self.asked: set[tuple[str, Who]] = set()
        self.notes: list[str] = []

    def send(self, call: Call) -> Reply:
        """Send it on."""
        self.asked.add((call.method, call.who))
        self.notes.append(f"{call.method} {call.operation_id} {len(call.body or b'')}")
        return self.inner.send(call)
