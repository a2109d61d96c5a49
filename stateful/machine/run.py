"""What all histories of value changes of one run share: the API's terms, and the business's settings.

Decides which of the laws this run judges, and what a goal needs.
"""

from __future__ import annotations

from contract_tests.session import Session
from stateful.dialects import dialect_of
from stateful.machine import menu
from stateful.machine.goals import CLOSED_DAY, wanted
from stateful.machine.running import Running
from stateful.machine.stage import Stage
from stateful.machine.theme import Missing, Theme, Wanted
from stateful.machine.transcript import Transcript
from stateful.machine.wrongs import TRIED
from stateful.rules import LAWS
from stateful.rules.finding import rules_of
from stateful.rules.law import Scene
from stateful.sights import SeenSettings


class Run(Running[Scene]):
    """One run's histories. Is what `stage.Judges` asks for."""

    def __init__(self, session: Session, part: str) -> None:
        """part: what the external ids of this part of the run have after the run's own prefix."""
        self.dialect = dialect_of(session.api)
        self.terms = self.dialect.terms
        super().__init__(session, part, LAWS, rules_of(LAWS, session.api, self.terms.rules))
        self.settings: SeenSettings | None = None
        """The business's own, where histories may change them."""
        self.floors = False

    def open_stage(self) -> Stage:
        """A new history with fresh names."""
        transcript = Transcript(self.session.driver, self.dialect, self.judge, self.fresh_names())
        return Stage(self, transcript, self.settings)

    def goals(self) -> tuple[Wanted, ...]:
        """Every goal that this run can reach."""
        every = wanted(self.terms.latitude, TRIED, self.terms.pages)
        return tuple(goal for goal in every if goal.name != CLOSED_DAY or self.settings is not None)

    def theme(self, number: int, missing: Missing) -> Theme:
        """What the batch of that number is drawn from."""
        return menu.theme_of(number, missing, quick=self.session.quick, settings=self.settings is not None)
