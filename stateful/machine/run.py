"""What all histories of one run share: rules, goals, names, and what has been reached.

Decides which of the laws this run judges and how batches follow one another until the time or
their number is spent. How one batch is conducted is `conduct`'s affair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

from contract_tests.checks.replies import ReplyJudge
from contract_tests.session import Session
from stateful.dialects import dialect_of
from stateful.machine import menu
from stateful.machine.batch import quarters, run_batch
from stateful.machine.conduct import Conduct
from stateful.machine.goals import CLOSED_DAY, Wanted, wanted
from stateful.machine.stage import Stage
from stateful.machine.transcript import Transcript
from stateful.machine.wrongs import TRIED
from stateful.names import Names
from stateful.rules import LAWS, rule_of
from stateful.rules.law import Law
from stateful.sights import SeenSettings


class Run:
    """One run's histories. Is what `stage.Judges` asks for."""

    def __init__(self, session: Session, part: str) -> None:
        """part: what the external ids of this part of the run have after the run's own prefix."""
        self.session = session
        self.part = part
        self.dialect = dialect_of(session.api)
        self.terms = self.dialect.terms
        self.settings: SeenSettings | None = None
        """The business's own, where histories may change them."""
        self.counting = True
        self.floors = False
        self.reached: Counter[str] = Counter()
        self.histories = 0
        rules = {law.key: rule_of(law, session.api, self.terms) for law in LAWS}
        self._observed: set[str] = set()
        self._ids = {key: rule.id for key, rule in rules.items() if rule is not None}
        self.laws: Sequence[tuple[str, Law]] = tuple(
            (self._ids[law.key], law)
            for law in LAWS
            if law.key in self._ids and session.recorder.judges(self._ids[law.key])
        )
        self._judge = ReplyJudge(session.api)

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

    def open_stage(self) -> Stage:
        """A new history with fresh names."""
        self.histories += 1
        names = Names(self.session.target.scope, f"{self.session.prefix}{self.part}{self.histories}-")
        transcript = Transcript(self.session.driver, self.dialect, self._judge, names)
        return Stage(self, transcript, self.settings)

    def goals(self) -> tuple[Wanted, ...]:
        """Every goal that this run can reach."""
        every = wanted(self.terms.latitude, TRIED, self.terms.pages)
        return tuple(goal for goal in every if goal.name != CLOSED_DAY or self.settings is not None)

    def spend(self, seconds: float, histories: int | None = None, *, spare: float = 0) -> Conduct:
        """Carry out batches until the time or the number is spent. Raises Unreachable.

        spare: seconds that are added once if goals are still missing at the end. Gives what
        conducted the histories: it knows the specimens.
        """
        conduct = Conduct(self, self.session.now() + seconds, histories)
        goals = self.goals()
        quick = self.session.quick
        number = 0
        with quarters():
            while True:
                missing = menu.missing_of(goals, self.reached, self._unseen(), quick=quick)
                if conduct.over() and missing and spare:
                    conduct.prolong(spare)
                    spare = 0
                if conduct.over():
                    return conduct
                theme = menu.theme_of(number, missing, quick=quick, settings=self.settings is not None)
                self.session.say(f"histories: {theme.name} ({self.histories} so far)")
                run_batch(theme, _derived(self.session.seed, number), conduct.begin, conduct.end)
                conduct.settle()
                number += 1

    def _unseen(self) -> frozenset[str]:
        """The laws that have neither held nor been broken."""
        failed = self.session.recorder.failed
        silent = (law.key for rule, law in self.laws if rule not in self._observed and not failed(rule))
        return frozenset(silent)


def _derived(seed: int, number: int) -> int:
    """The seed of a batch: the same for the same run, and unlike its neighbours'."""
    return int.from_bytes(blake2b(f"{seed}/{number}".encode(), digest_size=8).digest())
