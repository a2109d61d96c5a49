"""What a run has seen so far: observations, failures and reach, from all of its parts.

Decides how they add up to a verdict (the shortest failing history per rule and operation wins;
a rule that saw nothing or missed its reach never passes). Knows no rule's meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from contract_tests.verdict import (
    Failed,
    Failure,
    Goal,
    Passed,
    Reached,
    Result,
    Rule,
    Unknown,
    Unobservable,
    Verdict,
)


class Recorder:
    """Collects from several threads; `results()` may be asked at any time, also after Ctrl-C."""

    def __init__(self, rules: Iterable[Rule], goals: Iterable[Goal] = ()) -> None:
        """`rules` are those that the run judges; a word about any other rule is ignored."""
        self._rules = {rule.id: rule for rule in rules}
        self._goals = tuple(goals)
        self._observed: Counter[str] = Counter()
        self._reached: Counter[str] = Counter()
        self._failures: dict[tuple[str, str], Failure] = {}
        self._unobservable: dict[str, str] = {}
        self._doubts: dict[str, str] = {}
        self._lock = Lock()

    def judges(self, rule_id: str) -> bool:
        """Whether this run judges that rule."""
        return rule_id in self._rules

    def observe(self, rule_id: str, times: int = 1) -> None:
        """The rule was looked at and held, so many times."""
        with self._lock:
            self._observed[rule_id] += times

    def reach(self, name: str, times: int = 1) -> None:
        """Something that a reach goal counts has happened."""
        with self._lock:
            self._reached[name] += times

    def fail(self, failure: Failure) -> None:
        """The rule was broken. A shorter history of the same fault replaces a longer one."""
        with self._lock:
            self._observed[failure.rule_id] += 1
            known = self._failures.get(failure.key)
            if known is None or len(failure.history) < len(known.history):
                self._failures[failure.key] = failure

    def unobservable(self, rule_id: str, why: str) -> None:
        """The target lacks what the rule needs. A later observation outweighs it."""
        with self._lock:
            self._unobservable.setdefault(rule_id, why)

    def doubt(self, rule_id: str, why: str) -> None:
        """The rule cannot be settled by this run: seen once only, or its check crashed."""
        with self._lock:
            self._doubts.setdefault(rule_id, why)

    def failed(self, rule_id: str) -> bool:
        """Whether a failure of that rule is on record."""
        with self._lock:
            return any(key[0] == rule_id for key in self._failures)

    def holds(self, key: tuple[str, str]) -> bool:
        """Whether a failure of that rule for that operation is on record."""
        with self._lock:
            return key in self._failures

    def reached(self) -> tuple[Reached, ...]:
        """How far each goal was reached, leaving out goals of rules that are not judged or cannot be."""
        with self._lock:
            return tuple(
                Reached(goal, self._reached[goal.name])
                for goal in self._goals
                if any(rule_id in self._rules and not self._hidden(rule_id) for rule_id in goal.rule_ids)
            )

    def results(self) -> tuple[Result, ...]:
        """Every judged rule with its verdict, in the order in which the rules were given."""
        missed: dict[str, Reached] = {}
        for reached in self.reached():
            if reached.missed:
                for rule_id in reached.goal.rule_ids:
                    missed.setdefault(rule_id, reached)
        with self._lock:
            return tuple(Result(rule, self._verdict(rule.id, missed.get(rule.id))) for rule in self._rules.values())

    def _hidden(self, rule_id: str) -> bool:
        return rule_id in self._unobservable and not self._observed[rule_id]

    def _verdict(self, rule_id: str, missed: Reached | None) -> Verdict:
        observations = self._observed[rule_id]
        failures = tuple(failure for failure in self._failures.values() if failure.rule_id == rule_id)
        if failures:
            return Failed(failures, observations)
        if rule_id in self._doubts:
            return Unknown(self._doubts[rule_id], observations)
        if self._hidden(rule_id):
            return Unobservable(self._unobservable[rule_id])
        if not observations:
            return Unknown("nothing was seen that this rule speaks of")
        if missed is not None:
            return Unknown(f"{missed.goal.name}: {missed.got} of {missed.goal.wanted} wanted occurrences", observations)
        return Passed(observations)
