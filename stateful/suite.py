"""The seam between the kit and an API: the suite that the API's dialect brings.

Decides what a suite is, and where to find one: `stateful/dialects/<api>` is found by its name, so that
a further API is an addition of files only.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar, Final, Protocol

from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Rule
from spec import Api

_DIALECTS: Final = "stateful.dialects"


class NoDialect(LookupError):
    """No dialect of that API is beside the others."""


class Suite(Protocol):
    """Parts B and C for one API. Stateless: what a run has learnt is in its session's recorder."""

    full_s: ClassVar[int]
    """Seconds that a run at full length takes unless told otherwise, part A included."""

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that parts B and C judge."""

    def goals(self, quick: bool) -> tuple[Goal, ...]:
        """The reach goals, by the ids of the rules."""

    def histories(
        self,
        session: Session,
        seconds: float,
        scenarios: int | None = None,
        *,
        spare: float = 0,
        allow_settings: bool = False,
    ) -> Specimens:
        """Part B: draw, carry out and judge histories until `seconds` or `scenarios` are spent.

        spare: seconds that may be taken on top while reach goals are missing. allow_settings: whether
        a tenant's settings may be changed; they are put back, also after Ctrl-C. Gives ids of
        records that exist, by the document's path parameters. Raises Misuse (the target's state leaves
        nothing to judge) and Unreachable.
        """

    def races(self, session: Session, seconds: float, *, allow_settings: bool = False) -> None:
        """Part C: several clients at once, and two tenants side by side.

        allow_settings: whether books that are closed may be opened for it. Raises Misuse and Unreachable.
        """

    def read_only(self, session: Session) -> None:
        """Judge what can be judged of records that exist, without writing. Raises Unreachable."""


def suite_of(api: Api) -> Suite:
    """The suite of an API. Raises NoDialect."""
    name = f"{_DIALECTS}.{api.name}"
    if find_spec(name) is None:
        raise NoDialect(f"the kit speaks no dialect of {api.name!r}")
    suite: Suite = import_module(name).open_suite(api)
    return suite


def specimens_of(session: Session, found: Specimens) -> Specimens:
    """What histories have found, with the ids of the target's scope that stand in paths and bodies."""
    scope = {
        key.parameter: (session.target.scope[name],)
        for name, key in session.api.profile.scope.items()
        if key.where in ("path", "body") and name in session.target.scope
    }
    return {**scope, **{name: tuple(ids) for name, ids in found.items() if ids}}
