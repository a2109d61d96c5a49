"""What all histories of a register of one run share: the dialect, and how book values are read."""

from __future__ import annotations

from contract_tests.session import Session
from stateful.machine.running import Running, controllable
from stateful.machine.theme import Missing, Theme, Wanted
from stateful.register import draws
from stateful.register.goals import wanted
from stateful.register.rules import LAWS
from stateful.register.scene import Scene
from stateful.register.stage import Stage
from stateful.register.terms import Dialect
from stateful.register.transcript import Transcript
from stateful.rules.finding import rules_of


class Run(Running[Scene]):
    """One run's histories. Is what `stage.Judges` asks for."""

    def __init__(self, session: Session, dialect: Dialect, part: str) -> None:
        """part: what the numbers of this part of the run have after the run's own prefix."""
        super().__init__(session, part, LAWS, rules_of(LAWS, session.api, dialect.terms.rules))
        self.dialect = dialect
        self.control = controllable(session)
        self.readings = dialect.terms.readings

    def open_stage(self) -> Stage:
        """A new history with fresh names."""
        return Stage(self, Transcript(self.session.driver, self.dialect, self.judge, self.fresh_names()))

    def goals(self) -> tuple[Wanted, ...]:
        """Every goal that this run can reach and one of whose rules it judges."""
        return self.judged(wanted(control=self.control))

    def theme(self, number: int, missing: Missing) -> Theme:
        """What the batch of that number is drawn from."""
        return draws.theme_of(number, missing, quick=self.session.quick, control=self.control)
