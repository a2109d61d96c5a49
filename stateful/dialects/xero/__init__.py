"""Xero Assets, spoken: canonical operations as its calls, its replies as sights, its profile as terms.

`tables` holds the spellings, `calls` and `replies` the two directions, `control` what only Xero's screens
do, `terms` what the profile accepts. Nothing outside this folder knows any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.call import Call, NotJson, Reply
from spec import Api
from spec import Operation as Path
from spec import operations as paths_of
from stateful.dialects.xero import control
from stateful.dialects.xero.calls import call_of
from stateful.dialects.xero.replies import sight_of
from stateful.dialects.xero.terms import terms_of
from stateful.names import Names
from stateful.register.operations import Operation
from stateful.register.sights import Sight
from stateful.register.suite import RegisterSuite
from stateful.register.terms import Terms


@dataclass(frozen=True, slots=True)
class Xero:
    """The dialect; see `stateful.register.terms.Dialect`."""

    terms: Terms
    screens: Mapping[str, Path]

    def call(self, operation: Operation, names: Names) -> Call:
        """The one call that carries the operation out."""
        if isinstance(operation, control.OPERATIONS):
            return control.call_of(operation, names, self.screens)
        return call_of(operation, names)

    def sight(self, operation: Operation, reply: Reply, names: Names) -> Sight:
        """What an accepted call's reply shows. Raises Unreadable."""
        return sight_of(operation, reply, names)

    def fields(self, reply: Reply) -> int | None:
        """How many fields a refusal names."""
        try:
            data: Any = reply.json()
        except NotJson:
            return None
        found = data.get("fieldValidationErrors") if isinstance(data, dict) else None
        return len(found) if isinstance(found, list) else None

    def specimens(self, asset: str | None, kind: str | None) -> Mapping[str, str]:
        """Ids as they stand in paths and in bodies."""
        found = {"id": asset, "assetId": asset, "assetTypeId": kind}
        return {name: value for name, value in found.items() if value is not None}


def open_dialect(api: Api) -> Xero:
    """Xero's dialect under this profile."""
    screens = {} if api.control is None else {path.operation_id: path for path in paths_of(api.control)}
    return Xero(terms_of(api.profile), screens)


def open_suite(api: Api) -> RegisterSuite:
    """The suite that judges Xero Assets."""
    return RegisterSuite(api, open_dialect(api))
