"""The suite for APIs of value changes: assets whose worth a caller changes by posting to a ledger.

Puts parts B and C together out of `machine`, `rules`, `tenancy`, `concurrency` and `reading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api
from stateful import concurrency, tenancy
from stateful.dialects import Terms
from stateful.machine import parts
from stateful.machine.goals import wanted
from stateful.machine.run import Run
from stateful.machine.theme import goals_of
from stateful.machine.wrongs import TRIED
from stateful.reading import read_only
from stateful.rules import LAWS
from stateful.rules.finding import rules_of


@dataclass(frozen=True, slots=True)
class ChangesSuite:
    """Parts B and C for one API; see `stateful.suite.Suite`."""

    full_s: ClassVar[int] = 50

    api: Api
    terms: Terms

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that parts B and C judge."""
        rules = {rule.id: rule for rule in rules_of(LAWS, self.api, self.terms.rules).values()}
        return (*rules.values(), *tenancy.RULES, *concurrency.RULES)

    def goals(self, quick: bool) -> tuple[Goal, ...]:
        """The reach goals, by the ids of the rules."""
        stated = rules_of(LAWS, self.api, self.terms.rules)
        every = wanted(self.terms.latitude, TRIED, self.terms.pages)
        return (*goals_of(every, stated, quick=quick), *concurrency.goals(quick))

    def histories(
        self,
        session: Session,
        seconds: float,
        scenarios: int | None = None,
        *,
        spare: float = 0,
        allow_settings: bool = False,
    ) -> Specimens:
        """Part B. Raises Unreachable."""
        return parts.histories(session, seconds, scenarios, spare=spare, allow_settings=allow_settings)

    def races(self, session: Session, seconds: float, *, allow_settings: bool = False) -> None:
        """Part C. Raises Unreachable."""
        until = session.now() + seconds
        with parts.settings_of(session, Run(session, "s"), allow_settings=allow_settings, changing=False):
            tenancy.judge(session)
            concurrency.judge(session, until)

    def read_only(self, session: Session) -> None:
        """Judge what exists, without writing. Raises Unreachable."""
        read_only(session)
