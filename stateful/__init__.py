"""Histories of calls, judged by a reference model, accounting rules and relations.

The kit's parts B and C. It treats a target as one implementation among many: it needs no reset and
no back door, makes its own records under fresh external ids, and reasons about what it made.

Machine → rules → model, and the model knows nothing but sums. Vendors' spellings are in
`dialects/<api>` alone. It must not know the sandbox.
"""

from __future__ import annotations

from contract_tests.session import Session
from contract_tests.verdict import Goal, Rule
from spec import Api
from stateful.concurrency import RULES as RACE_RULES
from stateful.concurrency import goals as race_goals
from stateful.concurrency import judge as judge_races
from stateful.dialects import dialect_of
from stateful.machine.goals import wanted
from stateful.machine.parts import histories
from stateful.machine.wrongs import TRIED
from stateful.reading import read_only
from stateful.rules import LAWS, rule_of
from stateful.tenancy import RULES as TENANCY_RULES
from stateful.tenancy import judge as judge_tenancy

__all__ = ["rules_for", "goals_for", "histories", "races", "read_only"]


def rules_for(api: Api) -> tuple[Rule, ...]:
    """Every rule that parts B and C judge for this API. Raises NoDialect."""
    terms = dialect_of(api).terms
    judged = (rule_of(law, api, terms) for law in LAWS)
    rules = {rule.id: rule for rule in judged if rule is not None}
    return (*rules.values(), *TENANCY_RULES, *RACE_RULES)


def goals_for(api: Api, quick: bool) -> tuple[Goal, ...]:
    """The reach goals of this API, by the ids of its rules. Raises NoDialect."""
    terms = dialect_of(api).terms
    ids = {law.key: rule.id for law in LAWS if (rule := rule_of(law, api, terms)) is not None}
    goals = (
        Goal(goal.name, goal.quick if quick else goal.full, tuple(ids[key] for key in goal.laws if key in ids))
        for goal in wanted(terms.latitude, TRIED, terms.pages)
    )
    return (*(goal for goal in goals if goal.rule_ids), *race_goals(quick))


def races(session: Session, seconds: float) -> None:
    """Part C: several clients at once, and two businesses side by side. Raises Unreachable."""
    until = session.now() + seconds
    judge_tenancy(session)
    judge_races(session, until)
