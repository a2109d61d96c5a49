"""Snapbooks, spoken: canonical operations as its calls, its replies as sights, its profile as terms.

`tables` holds the spellings and the vendor's table of classes, `calls` and `replies` the two directions, `control`
what only a sandbox's ledger does, `terms` what the profile accepts. Nothing outside this folder knows any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract_tests.call import Call, Reply
from spec import Api
from spec import Operation as Path
from spec import operations as paths_of
from stateful.dialects.snapbooks import control
from stateful.dialects.snapbooks.calls import call_of
from stateful.dialects.snapbooks.replies import balances_in, refusal_of, sight_of
from stateful.dialects.snapbooks.terms import terms_of
from stateful.holdings.operations import Operation
from stateful.holdings.sights import SeenRefusal, Sight
from stateful.holdings.suite import HoldingsSuite
from stateful.holdings.terms import Terms
from stateful.names import Names


@dataclass(frozen=True, slots=True)
class Snapbooks:
    """The dialect; see `stateful.holdings.terms.Dialect`."""

    terms: Terms
    ledger: Mapping[str, Path]

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""
        if isinstance(operation, control.OPERATIONS):
            return control.call_of(operation, names, self.ledger)
        return call_of(operation, names)

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""
        return sight_of(operation, reply, names)

    def refusal(self, reply: Reply) -> SeenRefusal:
        """What a refusal says."""
        return refusal_of(reply)

    def balances_named(self, refusal: SeenRefusal) -> Mapping[str, int] | None:
        """The accounts and balances that a refusal to deactivate names."""
        return balances_in(refusal.error)

    def specimens(self, asset: str) -> Mapping[str, str]:
        """An asset's id as it stands in paths."""
        return {"id": asset}


def open_dialect(api: Api) -> Snapbooks:
    """Snapbooks' dialect under this profile."""
    ledger = {} if api.control is None else {path.operation_id: path for path in paths_of(api.control)}
    return Snapbooks(terms_of(api.profile), ledger)


def open_suite(api: Api) -> HoldingsSuite:
    """The suite that judges Snapbooks."""
    return HoldingsSuite(api, open_dialect(api))
