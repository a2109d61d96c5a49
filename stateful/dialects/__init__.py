"""What a dialect of value changes is.

A dialect is the only place of the kit that knows an API's spellings. `suite.suite_of` finds
`stateful/dialects/<api>` by its name; the suite that it brings says what dialect it needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from contract_tests.call import Call, Reply
from spec import Api
from stateful.model.books import Convention
from stateful.model.outlook import Latitude
from stateful.names import Names
from stateful.operations import Kind, Listing, Operation
from stateful.sights import Sight


@dataclass(frozen=True, slots=True)
class Terms:
    """What an API's profile says of itself, in canonical words.

    latitude: which outcomes an objection leaves open. conventions: the accepted readings of a
    figure at a day. rules: key of a law → id of the profile's rule that it judges. kinds: how many
    kinds of assets there are. pages: the lists that come in pages. specimens: kind of record → the
    document's path parameter that names one.
    """

    latitude: Latitude
    conventions: tuple[Convention, ...]
    rules: Mapping[str, str]
    kinds: int
    pages: tuple[Listing, ...]
    specimens: Mapping[Kind, str]


class Dialect(Protocol):
    """One API, spoken. Stateless: what a history has learnt is in `names`."""

    terms: Terms

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""


def dialect_of(api: Api) -> Dialect:
    """The dialect of an API of value changes."""
    opened: Dialect = import_module(f"{__name__}.{api.name}").open_dialect(api)
    return opened
