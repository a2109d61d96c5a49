"""The kit let loose on one target, until it finds what is wrong there.

Decides how the kit looks for a fault: with all of its rules, not knowing which one may be broken, its parts
taking turns, so that none waits long for the others. What is judged is for `stateful` and `contract_tests`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

import contract_tests
import spec
import stateful
from contract_tests.call import Unreachable
from contract_tests.driver import HttpDriver
from contract_tests.preflight import preflight
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Target
from contract_tests.verdict import Failed
from fixtura.running import rules_of

ROUNDS_S: Final = ((2.0, 1.5, 3.5), (7.0, 2.0, 4.0), (10.0, 0.0, 0.0))
"""Seconds of histories, races and the contract, round by round: 30 in all."""

_APART: Final = 1_000  # between the seeds of two rounds, so that the second does not repeat the first
_OVER: Final = 1e9  # seconds: a clock that is so far ahead ends whatever is going on


@dataclass(frozen=True, slots=True)
class Hit:
    """A violation that was found: of which rule, and how soon.

    requests, seconds: until it was first seen, without those that shrank other findings. steps: exchanges
    of the shortest history.
    """

    rule: str
    requests: int
    seconds: float
    steps: int


def hunt(target: Target, rule_ids: Collection[str], seed: int, *, patience: float = 1) -> Hit | None:
    """The kit against a target, until one of these rules has failed and been shrunk; None where none does.

    The kit is not told which rules those are. patience: how many times longer than ROUNDS_S it may take, on a
    machine that is busy.
    """
    contract = spec.load(target.api)
    recorder = Recorder(rules_of(contract), stateful.goals_for(contract, quick=True))
    with HttpDriver(target) as driver:
        watch = _Watch(recorder, rule_ids, driver)
        session = Session(
            api=contract,
            target=target,
            driver=driver,
            recorder=recorder,
            seed=seed,
            prefix=f"score-{secrets.token_hex(4)}-",
            quick=True,
            say=watch.hear,
            now=watch.now,
        )
        try:
            preflight(contract, target, driver)
            _look(session, watch, patience)
        except Unreachable:
            pass  # what was found until then counts
    return watch.hit()


class _Watch:
    """The clock of a run: notes when a violation is first seen, and jumps to the end once it is on record."""

    def __init__(self, recorder: Recorder, rule_ids: Collection[str], driver: HttpDriver) -> None:
        self._recorder, self._rule_ids, self._driver = recorder, rule_ids, driver
        self._begun = monotonic(), 0
        self._shrinking: tuple[float, int] | None = None
        self._seen: tuple[float, int] | None = None

    def over(self) -> bool:
        """Whether one of the rules has failed."""
        return any(self._recorder.failed(rule_id) for rule_id in self._rule_ids)

    def hear(self, line: str) -> None:
        """What the run says it does; where it begins to shrink it has seen a violation."""
        if self._shrinking is not None and self._seen is None:
            spent_s, spent = (now - then for now, then in zip(self._reading(), self._shrinking, strict=True))
            self._begun = self._begun[0] + spent_s, self._begun[1] + int(spent)
        self._shrinking = self._reading() if line.startswith("shrinking") else None
        if self._shrinking is not None and line.rpartition(" ")[2] in self._rule_ids:
            self._note()

    def now(self) -> float:
        """Seconds; far ahead once the run may end."""
        if self.over():
            self._note()
            return monotonic() + _OVER
        return monotonic()

    def hit(self) -> Hit | None:
        """What was found."""
        for result in self._recorder.results():
            if result.rule.id in self._rule_ids and isinstance(result.verdict, Failed):
                self._note()
                assert self._seen is not None
                steps = min(len(failure.history) for failure in result.verdict.failures)
                return Hit(result.rule.id, self._seen[1], self._seen[0], steps)
        return None

    def _note(self) -> None:
        if self._seen is None:
            seconds, requests = self._reading()
            self._seen = seconds - self._begun[0], requests - self._begun[1]

    def _reading(self) -> tuple[float, int]:
        return monotonic(), self._driver.meter.requests


def _look(session: Session, watch: _Watch, patience: float) -> None:
    """Let the parts of the kit look, in turns: each with names of its own, as every run has."""
    with ExitStack() as engines:
        for number, turns_s in enumerate(ROUNDS_S):
            histories_s, races_s, contract_s = (patience * seconds for seconds in turns_s)
            turn = replace(session, seed=session.seed + number * _APART, prefix=f"{session.prefix}{number}-")
            specimens = stateful.histories(turn, histories_s, allow_settings=True)
            if races_s and not watch.over():
                fuzz = engines.enter_context(contract_tests.fuzzer())  # loads while the clients race
                stateful.races(turn, races_s)
            if contract_s and not watch.over():
                contract_tests.contract(turn, contract_s, specimens, fuzz)
            if watch.over():
                return
