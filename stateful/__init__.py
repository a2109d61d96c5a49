"""Histories of calls, judged by a reference model, accounting rules and relations.

The kit's parts B and C. It treats a target as one implementation among many: it needs no reset and
no back door, makes its own records under fresh names, and reasons about what it made. What is judged
how is the affair of a `suite`, which each API's dialect brings.

Machine → rules → model, and the model knows nothing but sums. Vendors' spellings are in
`dialects/<api>` alone. It must not know the sandbox.
"""

from __future__ import annotations

from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api
from stateful.suite import suite_of

__all__ = ["rules_for", "goals_for", "full_s", "histories", "races", "read_only"]


def rules_for(api: Api) -> tuple[Rule, ...]:
    """Every rule that parts B and C judge for this API. Raises NoDialect."""
    return suite_of(api).rules()


def goals_for(api: Api, quick: bool) -> tuple[Goal, ...]:
    """The reach goals of this API, by the ids of its rules. Raises NoDialect."""
    return suite_of(api).goals(quick)


def full_s(api: Api) -> int:
    """Seconds that a run at full length takes unless told otherwise. Raises NoDialect."""
    return suite_of(api).full_s


def histories(
    session: Session,
    seconds: float,
    scenarios: int | None = None,
    *,
    spare: float = 0,
    allow_settings: bool = False,
) -> Specimens:
    """Part B: histories until `seconds` or `scenarios` are spent; see `suite.Suite`. Raises Unreachable."""
    suite = suite_of(session.api)
    return suite.histories(session, seconds, scenarios, spare=spare, allow_settings=allow_settings)


def races(session: Session, seconds: float, *, allow_settings: bool = False) -> None:
    """Part C: several clients at once, and two tenants side by side. Raises Unreachable."""
    suite_of(session.api).races(session, seconds, allow_settings=allow_settings)


def read_only(session: Session) -> None:
    """Judge what exists, without writing. Raises Unreachable."""
    suite_of(session.api).read_only(session)
