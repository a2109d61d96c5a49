"""Layer, spoken: canonical operations as its calls, its replies as sights, its profile as terms.

`tables` holds the spellings, `calls` and `replies` the two directions, `terms` what the profile
accepts. Nothing outside this folder knows any of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.call import Call, Reply
from spec import Api
from stateful.changes import ChangesSuite
from stateful.dialects import Terms
from stateful.dialects.layer.calls import call_of
from stateful.dialects.layer.replies import sight_of
from stateful.dialects.layer.terms import terms_of
from stateful.names import Names
from stateful.operations import Operation
from stateful.sights import Sight


@dataclass(frozen=True, slots=True)
class Layer:
    """The dialect; see `stateful.dialects.Dialect`."""

    terms: Terms

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""
        return call_of(operation, names)

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""
        return sight_of(operation, reply, names)


def open_dialect(api: Api) -> Layer:
    """Layer's dialect under this profile."""
    return Layer(terms_of(api.profile))


def open_suite(api: Api) -> ChangesSuite:
    """The suite that judges Layer."""
    return ChangesSuite(api, open_dialect(api).terms)
