"""What a dialect of registers is, and what an API's profile says of itself in canonical words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from contract_tests.call import Call, Reply
from stateful.names import Names
from stateful.register.operations import Flaw, Operation
from stateful.register.sights import Sight


@dataclass(frozen=True, slots=True)
class Terms:
    """What a profile says.

    rules: key of a law → id of the profile's rule. admits: flaws whose acceptance nobody is failed for.
    readings: the accepted readings of a book value (`model.register.settled`).
    """

    rules: Mapping[str, str]
    admits: frozenset[Flaw]
    readings: frozenset[str]


class Dialect(Protocol):
    """One API, spoken. Stateless: what a history has learnt is in `names`."""

    @property
    def terms(self) -> Terms:
        """What its profile says of itself."""

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""

    def fields(self, reply: Reply) -> int | None:
        """How many fields a refusal names; None where it does not say."""

    def specimens(self, asset: str | None, kind: str | None) -> Mapping[str, str]:
        """Ids by the document's path parameters, and by members of bodies."""
