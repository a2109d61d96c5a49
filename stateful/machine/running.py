"""What all histories of one run share, in any suite: rules, laws, seeds, and what has been reached.

Decides what counts, and how batches follow one another until the time or their number is spent.
How one batch is conducted is `conduct`'s affair; what is drawn, each suite's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from contract_tests.checks.replies import ReplyJudge
from contract_tests.session import Session
from contract_tests.target import CONTROL
from contract_tests.verdict import Rule
from stateful.machine.batch import quarters, run_batch
from stateful.machine.conduct import Conduct, Conducted
from stateful.machine.remembering import Batch, Memory
from stateful.machine.theme import Missing, Theme, Wanted, missing_of
from stateful.names import Names
from stateful.rules.finding import Law

Moment = TypeVar("Moment")


def controllable(session: Session) -> bool:
    """Whether the target lets the kit do what an API's screens do, and its API does not."""
    target = session.target
    return CONTROL in target.capabilities and target.control_url is not None and session.api.control is not None


class Running(Generic[Moment]):
    """One run's histories. A suite says how one is opened, what is wanted and what comes next."""

    def __init__(self, session: Session, part: str, laws: Sequence[Law[Moment]], rules: Mapping[str, Rule]) -> None:
        """part: what the names of this part of the run have after the run's own prefix.

        rules: key of a law → the rule that it judges for the session's API.
        """
        self.session = session
        self.part = part
        self.counting = True
        self.reached: Counter[str] = Counter()
        self.histories = 0
        self._observed: set[str] = set()
        self._ids = {key: rule.id for key, rule in rules.items()}
        self.laws: Sequence[tuple[str, Law[Moment]]] = tuple(
            (self._ids[law.key], law)
            for law in laws
            if law.key in self._ids and session.recorder.judges(self._ids[law.key])
        )
        self.judge = ReplyJudge(session.api)
        self._memory = Memory(session.memory, f"{session.api.name}{', quick' * session.quick}")

    # ---- what a suite says ----------------------------------------------------------------------

    def open_stage(self) -> Any:
        """A new history with fresh names: a `conduct.Conducted`, and what the suite's plays take."""
        raise NotImplementedError

    def goals(self) -> tuple[Wanted, ...]:
        """Every goal that this run can reach."""
        raise NotImplementedError

    def theme(self, number: int, missing: Missing) -> Theme:
        """What the batch of that number is drawn from."""
        raise NotImplementedError

    def judged(self, goals: Iterable[Wanted]) -> tuple[Wanted, ...]:
        """Those of the goals one of whose rules this run judges."""
        return tuple(goal for goal in goals if any(self.rule_id(key) is not None for key in goal.laws))

    # ---- what counts ----------------------------------------------------------------------------

    @property
    def seed(self) -> int:
        """The run's seed."""
        return self.session.seed

    def rule_id(self, key: str) -> str | None:
        """The id of the rule that a law of that key judges, or of part A's rule; None: not judged."""
        found = self._ids.get(key, key)
        return found if self.session.recorder.judges(found) else None

    def held(self, rule_id: str) -> None:
        """The rule was looked at and held."""
        if self.counting:
            self._observed.add(rule_id)
            self.session.recorder.observe(rule_id)

    def on_record(self, key: tuple[str, str]) -> bool:
        """Whether that rule has failed for that operation before."""
        return self.session.recorder.holds(key)

    def crashed(self, rule_id: str, error: Exception) -> None:
        """The law itself failed."""
        self.session.recorder.doubt(rule_id, f"its check crashed: {type(error).__name__}: {error}")

    def crashed_everywhere(self, error: Exception) -> None:
        """A history could not be finished: no rule that the run judges is settled by what held."""
        for rule_id, _law in self.laws:
            self.session.recorder.doubt(rule_id, f"a history crashed: {type(error).__name__}: {error}")

    def reach(self, name: str) -> None:
        """Something that a reach goal may count has happened."""
        if self.counting:
            self.reached[name] += 1
            self.session.recorder.reach(name)

    def fresh_names(self) -> Names:
        """The names of one more history."""
        self.histories += 1
        return Names(self.session.target.scope, f"{self.session.prefix}{self.part}{self.histories}-")

    # ---- batches --------------------------------------------------------------------------------

    def spend(self, seconds: float, histories: int | None = None, *, spare: float = 0) -> Conduct:
        """Carry out batches until the time or the number is spent. Raises Unreachable.

        spare: seconds that are added once if goals are still missing at the end. Gives what
        conducted the histories: it knows the specimens.
        """
        conduct = Conduct(self, self.session.now() + seconds, histories)
        goals = self.goals()
        number = 0
        with quarters():
            for batch in tuple(self._memory.batches()):
                if not conduct.over():
                    self._hold(conduct, batch, again=True)
            while True:
                missing = missing_of(goals, self.reached, self._unseen(), quick=self.session.quick)
                if conduct.over() and missing and spare:
                    conduct.prolong(spare)
                    spare = 0
                if conduct.over():
                    return conduct
                self._hold(conduct, (number, missing))
                number += 1

    def _hold(self, conduct: Conduct, batch: Batch, *, again: bool = False) -> None:
        """Carry out one batch. again: only what failed in it in an earlier run."""
        number, missing = batch
        theme = self.theme(number, missing)
        self.session.say(f"histories: {theme.name} ({self.histories} so far)")
        seed, kept = _derived(self.session.seed, number), self._memory.shelf(batch)
        with self.session.interrupt.heeded():  # whatever Hypothesis makes of it
            run_batch(theme, seed, conduct.begin, conduct.end, kept=kept, again=again)
        failed = conduct.settle()
        if failed or again:
            self._memory.note(batch, failed=failed)

    def _unseen(self) -> frozenset[str]:
        """The laws that have neither held nor been broken."""
        failed = self.session.recorder.failed
        silent = (law.key for rule, law in self.laws if rule not in self._observed and not failed(rule))
        return frozenset(silent)


def _derived(seed: int, number: int) -> int:
    """The seed of a batch: the same for the same run, and unlike its neighbours'."""
    return int.from_bytes(blake2b(f"{seed}/{number}".encode(), digest_size=8).digest())


__all__ = ["Running", "Conducted", "controllable"]
