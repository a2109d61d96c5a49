"""The suite for APIs that hold assets for client accounts, with a ledger that can refuse to let them go.

Decides what is Unobservable beforehand, and puts parts B and C together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api
from stateful.holdings import operations as op
from stateful.holdings import races, tenancy
from stateful.holdings.goals import wanted
from stateful.holdings.operations import Relation
from stateful.holdings.plays import walked
from stateful.holdings.rules import LAWS, OF_CONTROL
from stateful.holdings.run import Run
from stateful.holdings.terms import Dialect
from stateful.machine.running import controllable
from stateful.machine.theme import goals_of
from stateful.on_record import NO_CALLS, look, quiet, unobservable
from stateful.rules.finding import rules_of
from stateful.suite import specimens_of

_READ: Final = frozenset(
    {
        *("of-account", "walk-once", "page-length", "meta", "detail", "number-unique", "with-account", "with-creator"),
        *("classes-all", "classes-table", "classes-shown", "classes-accounts"),
    }
)
_NO_CONTROL: Final = "the target does not let the kit work with its ledger (capability control, control_url)"


@dataclass(frozen=True, slots=True)
class HoldingsSuite:
    """Parts B and C for one API; see `stateful.suite.Suite`."""

    full_s: ClassVar[int] = 38

    api: Api
    dialect: Dialect

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that parts B and C judge."""
        rules = {rule.id: rule for rule in rules_of(LAWS, self.api, self.dialect.terms.rules).values()}
        access = tenancy.access_rule(self.api, self.dialect)
        return (*rules.values(), *((access,) if access is not None else ()), *tenancy.RULES, *races.RULES)

    def goals(self, quick: bool) -> tuple[Goal, ...]:
        """The reach goals, by the ids of the rules."""
        stated = rules_of(LAWS, self.api, self.dialect.terms.rules)
        return (*goals_of(wanted(control=True), stated, quick=quick), *races.goals(quick))

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
        tenancy.judge_access(session, quiet(Run(session, self.dialect, "a")))
        return specimens_of(session, run.spend(seconds, scenarios, spare=spare).specimens)

    def races(self, session: Session, seconds: float, *, allow_settings: bool = False) -> None:
        """Part C. Raises Unreachable."""
        until = session.now() + seconds
        tenancy.judge(session, quiet(Run(session, self.dialect, "t")))
        races.judge(session, quiet(Run(session, self.dialect, "r")), until)

    def read_only(self, session: Session) -> None:
        """Judge lists, records, classes and the document over what is there. Raises Unreachable."""
        run = Run(session, self.dialect, "o")
        unobservable(run, (law.key for law in LAWS if law.key not in _READ), NO_CALLS)
        for relations in ((), tuple(Relation)):
            session.say(f"reading: assets with {len(relations)} relations, and the classes")
            stage = run.open_stage()
            with look(run, stage):
                walk = walked(stage, op.ReadList(page=1, size=7, relations=relations))
                firsts = [op.ReadAsset(row.key, relations) for row in walk.rows[:1]]
                for reading in firsts:
                    stage.names.learn(reading.asset, reading.asset)
                stage.look(op.ReadList(), op.ReadClasses(), *firsts, walks=[walk] if walk.pages else [])
