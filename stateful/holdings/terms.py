"""What a dialect of holdings is, and what an API's profile says of itself in canonical words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from contract_tests.call import Call, Reply
from stateful.holdings.operations import Flaw, Operation
from stateful.holdings.sights import SeenRefusal, Sight
from stateful.names import Names


@dataclass(frozen=True, slots=True)
class Terms:
    """What a profile says.

    rules: key of a law → id of the profile's rule. admits: flaws whose acceptance nobody is failed for. statuses:
    flaw → the statuses that its refusal may have; any 4xx without. sizes: the accepted lengths of a page that
    nobody asked the length of. longest: how many rows a page holds at most. forbidden: the statuses that may answer
    whoever has no access. table, shown: what the vendor documents of all classes and of some, by code: canonical
    name → text. count: how many classes there are.
    """

    rules: Mapping[str, str]
    admits: frozenset[Flaw]
    statuses: Mapping[Flaw, frozenset[int]]
    sizes: frozenset[int]
    longest: int
    forbidden: frozenset[int]
    table: Mapping[str, Mapping[str, str | None]]
    shown: Mapping[str, Mapping[str, str | None]]


class Dialect(Protocol):
    """One API, spoken. Stateless: what a history has learnt is in `names`."""

    @property
    def terms(self) -> Terms:
        """What its profile says of itself."""

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""

    def refusal(self, reply: Reply) -> SeenRefusal:
        """What a refusal says."""

    def balances_named(self, refusal: SeenRefusal) -> Mapping[str, int] | None:
        """The accounts and balances that a refusal to deactivate names; None where it cannot be read."""

    def specimens(self, asset: str) -> Mapping[str, str]:
        """An asset's id by the document's path parameters, and by members of bodies."""
