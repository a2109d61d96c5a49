"""The suite for APIs that are a register of fixed assets with computed depreciation.

Decides what is Unobservable beforehand, and puts parts B and C together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api
from stateful.machine.running import controllable
from stateful.machine.theme import goals_of
from stateful.on_record import NO_CALLS, look, quiet, unobservable
from stateful.register import operations as op
from stateful.register import races, tenancy
from stateful.register.goals import wanted
from stateful.register.plays import walked
from stateful.register.rules import LAWS, OF_CONTROL
from stateful.register.run import Run
from stateful.register.terms import Dialect
from stateful.rules.finding import rules_of
from stateful.suite import specimens_of

_READ: frozenset[str] = frozenset({"one-status", "first-page", "walk-once", "pagination", "order", "unset", "detail"})
_NO_CONTROL = "the target does not offer what only the API's screens do (capability control, control_url)"


@dataclass(frozen=True, slots=True)
class RegisterSuite:
    """Parts B and C for one API; see `stateful.suite.Suite`."""

    full_s: ClassVar[int] = 50

    api: Api
    dialect: Dialect

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that parts B and C judge."""
        rules = {rule.id: rule for rule in rules_of(LAWS, self.api, self.dialect.terms.rules).values()}
        return (*rules.values(), *tenancy.RULES, *races.RULES)

    def goals(self, quick: bool) -> tuple[Goal, ...]:
        """The reach goals, by the ids of the rules."""
        stated = rules_of(LAWS, self.api, self.dialect.terms.rules)
        every = wanted(control=True)
        return (*goals_of(every, stated, quick=quick), *races.goals(quick))

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
        run = Run(session, self.dialect, "h")
        if not controllable(session):
            unobservable(run, OF_CONTROL, _NO_CONTROL)
        return specimens_of(session, run.spend(seconds, scenarios, spare=spare).specimens)

    def races(self, session: Session, seconds: float, *, allow_settings: bool = False) -> None:
        """Part C. Raises Unreachable."""
        until = session.now() + seconds
        if not controllable(session):
            for rule in races.OF_CONTROL:
                session.recorder.unobservable(rule.id, _NO_CONTROL)
        tenancy.judge(session, quiet(Run(session, self.dialect, "t")))
        races.judge(session, quiet(Run(session, self.dialect, "r")), until)

    def read_only(self, session: Session) -> None:
        """Judge lists, records and the document over what is there. Raises Unreachable."""
        run = Run(session, self.dialect, "o")
        unobservable(run, (law.key for law in LAWS if law.key not in _READ), NO_CALLS)
        for status in op.Status:
            for order in (op.Order.NAME, op.Order.PRICE, op.Order.PURCHASED):
                session.say(f"reading: {status.value} assets by {order.value}")
                stage = run.open_stage()
                with look(run, stage):
                    walk = walked(stage, op.ReadList(status, page=1, size=7, order=order))
                    firsts = [op.ReadAsset(row.key) for row in walk.rows[:1]]
                    stage.look(op.ReadList(status), *firsts, walks=[walk] if walk.pages else [])
