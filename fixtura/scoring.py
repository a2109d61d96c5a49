"""How strong the kit is: the seeded faults that it catches, and how soon; and that it accuses nobody who is right.

Decides what counts: a fault is caught when one of the rules that it names fails, nothing else. Each run
has a sandbox of its own and ends at the first such failure, once that has been shrunk. What is judged
is for `stateful` and `contract_tests`; which faults there are is for `mock_server.faults`.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
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
from contract_tests.verdict import Failed, Level, Rule
from fixtura.checking import check
from fixtura.running import rules_of
from fixtura.servers import serving
from mock_server import faults

HISTORIES_S: Final = 20.0
RACES_S: Final = 5.0
CONTRACT_S: Final = 8.0
"""How long each part may look for one fault."""

_A_FEW_S: Final = 0.5
_AT_ONCE: Final = 2  # a run is a server and a client, which take turns
_OVER: Final = 1e9  # seconds: a clock that is so far ahead ends whatever is going on
_BINDING: Final = (Level.MUST, Level.SHOULD)


@dataclass(frozen=True, slots=True)
class Hit:
    """A violation that was found: of which rule, and how soon.

    requests, seconds: until it was first seen. steps: exchanges of the shortest history.
    """

    rule: str
    requests: int
    seconds: float
    steps: int


@dataclass(frozen=True, slots=True)
class Shot:
    """One run against one fault; without a hit it was missed."""

    fault: str
    api: str
    seed: int
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class Clean:
    """One run against a sandbox that does nothing wrong. failed: must- and should-rules that failed."""

    api: str
    seed: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What all runs come to; the medians are of those that were caught, None where none was."""

    shots: int
    caught: int
    seconds: float | None
    requests: float | None
    steps: float | None
    false_alarms: int

    @classmethod
    def of(cls, shots: Sequence[Shot], cleans: Sequence[Clean]) -> Totals:
        """The sums."""
        hits = [shot.hit for shot in shots if shot.hit is not None]
        return cls(
            shots=len(shots),
            caught=len(hits),
            seconds=median(hit.seconds for hit in hits) if hits else None,
            requests=median(hit.requests for hit in hits) if hits else None,
            steps=median(hit.steps for hit in hits) if hits else None,
            false_alarms=sum(len(clean.failed) for clean in cleans),
        )


def fire_all(fault_ids: Sequence[str], api: str, seeds: Sequence[int]) -> Iterator[Shot]:
    """A shot for every fault and seed, as they come in. Raises UnknownFault."""
    for fault_id in fault_ids:
        faults.find(fault_id)
    with ProcessPoolExecutor(_AT_ONCE, mp_context=get_context("spawn")) as pool:
        shots = [pool.submit(fire, fault_id, api, seed) for fault_id in fault_ids for seed in seeds]
        try:
            for shot in as_completed(shots):
                yield shot.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def fire(fault_id: str, api: str, seed: int) -> Shot:
    """The kit against a sandbox with this fault. Raises UnknownFault."""
    fault = faults.find(fault_id)
    with serving([api], fault_ids=[fault_id]) as server:
        return Shot(fault_id, api, seed, hunt(Target.from_data(server.ready(), api), fault.rules, seed))


def hunt(target: Target, rule_ids: Collection[str], seed: int) -> Hit | None:
    """The kit against a target, until one of these rules has failed and been shrunk; None where none does."""
    contract = spec.load(target.api)
    rules = tuple(rule for rule in rules_of(contract) if rule.id in rule_ids)
    recorder = Recorder(rules, stateful.goals_for(contract, quick=True))
    with HttpDriver(target) as driver:
        watch = _Watch(recorder, rules, driver)
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
            _look(session, watch, rules)
        except Unreachable:
            return None
    return watch.hit()


def run_clean(api: str, seed: int) -> Clean:
    """The kit against a sandbox that does nothing wrong."""
    with serving([api]) as server:
        report = check(Target.from_data(server.ready(), api), quick=True, seed=seed)
    failed = [result.rule.id for result in report.results if isinstance(result.verdict, Failed)]
    binding = {result.rule.id for result in report.results if result.rule.level in _BINDING}
    return Clean(api, seed, tuple(rule_id for rule_id in failed if rule_id in binding))


class _Watch:
    """The clock of a run: notes when a violation is first seen, and jumps to the end once it is on record."""

    def __init__(self, recorder: Recorder, rules: Sequence[Rule], driver: HttpDriver) -> None:
        self._recorder, self._rules, self._driver = recorder, rules, driver
        self._begun = monotonic()
        self._seen: tuple[float, int] | None = None

    @property
    def over(self) -> bool:
        """Whether one of the rules has failed."""
        return any(self._recorder.failed(rule.id) for rule in self._rules)

    def hear(self, line: str) -> None:
        """What the run says it does; where it begins to shrink it has seen a violation."""
        if line.startswith("shrinking"):
            self._note()

    def now(self) -> float:
        """Seconds; far ahead once the run may end."""
        if self.over:
            self._note()
            return monotonic() + _OVER
        return monotonic()

    def hit(self) -> Hit | None:
        """What was found."""
        for result in self._recorder.results():
            if isinstance(result.verdict, Failed):
                self._note()
                assert self._seen is not None
                steps = min(len(failure.history) for failure in result.verdict.failures)
                return Hit(result.rule.id, self._seen[1], self._seen[0], steps)
        return None

    def _note(self) -> None:
        if self._seen is None:
            self._seen = (monotonic() - self._begun, self._driver.meter.requests)


def _look(session: Session, watch: _Watch, rules: Sequence[Rule]) -> None:
    """Let those parts of the kit look that judge one of these rules, the quickest first."""
    of_contract = {rule.id for rule in contract_tests.rules_for(session.api)}
    together = [rule for rule in rules if rule.id[0] in "KN"]  # races and tenancy
    if together:
        stateful.races(session, RACES_S)
    if watch.over:
        return
    # Histories judge every reply by the document, too, and make the records that single calls ask for.
    histories_s = _A_FEW_S if len(together) == len(rules) else HISTORIES_S
    specimens = stateful.histories(session, histories_s, allow_settings=True)
    if not watch.over and any(rule.id in of_contract for rule in rules):
        with contract_tests.fuzzer() as fuzz:
            contract_tests.contract(session, CONTRACT_S, specimens, fuzz)
