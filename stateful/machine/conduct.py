"""How histories are conducted: when one ends, what of it counts, and what goes on record.

Decides that a fault is shrunk once and for a limited time, and that a failing history counts only
when it fails again with fresh names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from contract_tests.call import Unreachable
from contract_tests.session import Session
from contract_tests.verdict import Failure
from stateful.machine.exchanges import Abandoned, Exchanges, Violation
from stateful.machine.theme import Play
from stateful.rules.finding import Broken

SHRINKING_S: Final = 10.0
"""How long one fault may be shrunk; a fifth of it in a quick run."""

_SHRINKING_IN_ALL_S: Final = 30.0
_HURRY: Final = 5  # a quick run shrinks for so many times less
_DOUBTS: Final = 3  # how often a fault that does not come again is followed up
_SPECIMENS: Final = 8  # how many ids of each kind are handed on


class Conducted(Protocol):
    """A history as it is conducted: a suite's stage."""

    @property
    def transcript(self) -> Exchanges[Any, Any]:
        """Its exchanges."""

    def leave(self) -> None:
        """The history is over: take back what would be in others' way. Raises Unreachable."""

    def specimens(self) -> Mapping[str, Sequence[str]]:
        """Ids of its records that others may work with, by the document's path parameters."""


class Conductor(Protocol):
    """The run that the histories are part of."""

    session: Session
    counting: bool

    def open_stage(self) -> Conducted:
        """A new history with fresh names."""

    def held(self, rule_id: str) -> None:
        """The rule was looked at and held."""

    def crashed_everywhere(self, error: Exception) -> None:
        """A history could not be finished."""


@dataclass(slots=True)
class Caught:
    """A fault that is being shrunk: the plays that first showed it, and those that did in the fewest exchanges."""

    key: tuple[str, str]
    first: tuple[Play, ...]
    plays: tuple[Play, ...]
    found: Broken
    exchanges: int
    since: float
    until: float


class Conduct:
    """Conducts the histories of all batches of one run."""

    def __init__(self, run: Conductor, until: float, histories: int | None) -> None:
        """until: when to stop, on the session's clock. histories: how many, or as many as fit."""
        self.specimens: dict[str, list[str]] = {}
        self._run = run
        self._until = until
        self._left = histories
        self._settled: set[tuple[str, str]] = set()
        self._doubts: Counter[tuple[str, str]] = Counter()
        self._caught: Caught | None = None
        self._stage: Conducted | None = None
        self._plays: list[Play] = []
        hurry = _HURRY if run.session.quick else 1
        self._one_s = SHRINKING_S / hurry
        self._shrinking_s = _SHRINKING_IN_ALL_S / hurry
        self._lost: Unreachable | None = None

    def over(self) -> bool:
        """Whether no further history is begun. Raises Unreachable once the target could not be reached."""
        if self._lost is not None:
            raise self._lost
        return self._run.session.now() >= self._until or self._left == 0

    def prolong(self, seconds: float) -> None:
        """Begin histories for so many seconds more."""
        self._until += seconds

    # ---- one history, as Hypothesis asks for it -----------------------------------------------

    def begin(self) -> Callable[[Play], None]:
        """A history begins; gives what carries out one play of it."""
        self._plays = []
        self._run.counting = self._caught is None
        spent = self._left == 0 and self._caught is None
        self._stage = None if spent or self._cut_short() else self._run.open_stage()
        if self._left and self._caught is None:
            self._left -= 1
        return self._step

    def _step(self, play: Play) -> None:
        if self._stage is None or self._cut_short():
            return
        self._plays.append(play)
        try:
            play.play(self._stage)
        except Violation as violation:
            if self._counts(violation, self._stage):
                raise
            self.end()
        except Abandoned:
            self.end()
        except Unreachable as lost:
            self._lost, self._stage = lost, None
        except Exception as error:  # a bug of the kit's: nothing passes on the word of such a run
            self._run.crashed_everywhere(error)
            self.end()

    def end(self) -> None:
        """The history is over: what would be in others' way is taken back, its ids are kept."""
        stage, self._stage = self._stage, None
        if stage is None:
            return
        try:
            with self._run.session.interrupt.deferred():
                stage.leave()
        except Abandoned:
            pass  # what is in others' way stays there: no reply says that it is gone
        except Unreachable as lost:
            self._lost = lost
        for rule in stage.transcript.looked_at:
            self._run.held(rule.id)
        for name, ids in stage.specimens().items():
            self.specimens[name] = [*self.specimens.get(name, []), *ids][-_SPECIMENS:]

    def _cut_short(self) -> bool:
        if self._lost is not None:
            return True
        if self._caught is not None:
            return self._run.session.now() >= self._caught.until
        return self._run.session.now() >= self._until

    # ---- faults -------------------------------------------------------------------------------

    def _counts(self, violation: Violation, stage: Conducted) -> bool:
        """Whether Hypothesis shall hear of a violation: the first of a batch, and that one shrunk."""
        if violation.key in self._settled or self._run.session.recorder.holds(violation.key):
            return False
        exchanges = len(stage.transcript.core(violation.found.at))
        caught = self._caught
        if caught is None:
            now = self._run.session.now()
            limit = max(1.0, min(self._one_s, self._shrinking_s))
            plays = tuple(self._plays)
            self._caught = Caught(violation.key, plays, plays, violation.found, exchanges, now, now + limit)
            self._run.session.say(f"shrinking a history that breaks {violation.rule_id}")
            return True
        if violation.key != caught.key:
            return False
        if exchanges < caught.exchanges:
            caught.plays, caught.found, caught.exchanges = tuple(self._plays), violation.found, exchanges
        return True

    def settle(self) -> bool:
        """The batch is over: replay what it caught, with fresh names, and put it on record. Whether it failed."""
        caught, self._caught = self._caught, None
        if caught is None:
            return False
        session = self._run.session
        spent = session.now() - caught.since
        # Shrinking is on time of its own: one fault must not keep the run from the next.
        self._until += min(spent, self._shrinking_s)
        self._shrinking_s = max(0.0, self._shrinking_s - spent)
        again = self._replayed(caught.plays, caught.key) or self._replayed(caught.first, caught.key)
        if again is not None:
            self._settled.add(caught.key)
            session.recorder.fail(again)
        elif self._lost is None:
            self._doubts[caught.key] += 1
            if self._doubts[caught.key] == _DOUBTS:
                self._settled.add(caught.key)
            why = f"seen once and not again with fresh names: {caught.found.seen}, expected {caught.found.expected}"
            session.recorder.doubt(caught.key[0], why)
        return again is not None

    def _replayed(self, plays: tuple[Play, ...], key: tuple[str, str]) -> Failure | None:
        self._run.counting = False
        stage = self._run.open_stage()
        try:
            for play in plays:
                play.play(stage)
        except Violation as violation:
            return self._failure(violation, stage) if violation.key == key else None
        except Abandoned:
            return None
        except Unreachable as lost:
            self._lost = lost
            return None
        finally:
            self._stage = stage
            self.end()
        return None

    def _failure(self, violation: Violation, stage: Conducted) -> Failure:
        return Failure(
            rule_id=violation.rule_id,
            operation=violation.operation_id,
            seen=violation.found.seen,
            expected=violation.found.expected,
            history=stage.transcript.evidence(violation.found.at),
            seed=self._run.session.seed,
        )
