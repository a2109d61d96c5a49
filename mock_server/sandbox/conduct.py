"""How one API of a sandbox behaves: as it should, in which variant, and with which seeded faults.

Decides that a switch builds the operations anew from the right parts, over the same books, so that what
is off leaves nothing behind; and what the control plane says of it (`/faults`), alike for every API, beside
the clock (`timing`). Each sandbox has its own: what one is told, no other hears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import spec
from mock_server import faults
from mock_server.http.mount import Mount
from mock_server.sandbox import timing
from mock_server.surface import Answer, Refusal, Request, Surface, Violation, Where

if TYPE_CHECKING:
    from mock_server.surface import Clock, Instance
    from mock_server.variants import Variant

_GET: Final = "control.faults.get"
_PUT: Final = "control.faults.put"

OPERATIONS: Final = frozenset({_GET, _PUT}) | timing.OPERATIONS
"""What every API's control plane has besides its own operations, where its document has them."""


class Conduct:
    """The behaviour of one running API.

    mounts: where it is served, and its control plane where it has one ("<api> control").
    """

    def __init__(self, instance: Instance, contract: spec.Api, clock: Clock, variants: Iterable[Variant] = ()) -> None:
        self._name = contract.name
        self._tenants = instance.tenants
        self.mounts = [Mount(contract.name, contract.served, instance.surface)]
        control = instance.control
        if contract.control is not None:
            control = timing.controlled(
                self._switching(control, contract.control), spec.operations(contract.control), clock
            )
            self.mounts.append(Mount(f"{contract.name} control", contract.control, control))
        parts = faults.Parts(instance.surface, control, instance.tenants)
        for variant in variants:
            parts = variant.apply(parts)
        self._right = parts
        self.misbehave(())

    def misbehave(self, chosen: Iterable[faults.Fault]) -> None:
        """Have these faults and no others, from the next request on, as far as they are this API's."""
        self._on = tuple(fault for fault in chosen if self._name in fault.apis)
        parts = self._right
        for fault in self._on:
            parts = fault.apply(parts)
        for mount, surface in zip(self.mounts, (parts.surface, parts.control), strict=False):
            mount.surface = surface
        if self._tenants is not None:
            self._tenants.recast(parts.classes)

    def _switching(self, control: Surface, document: spec.Document) -> Surface:
        """The control plane with the operations that switch faults, where its document has them."""
        documented = {operation.operation_id for operation in spec.operations(document)}
        own = {_GET: self._listed, _PUT: self._switched}
        handlers = {name: handler for name, handler in own.items() if name in documented}
        return replace(control, handlers={**control.handlers, **handlers})

    def _listed(self, _request: Request) -> Answer:
        return Answer(200, {"data": [fault.id for fault in self._on]})

    def _switched(self, request: Request) -> Answer:
        asked: Sequence[str] = request.body["faults"]
        known = {fault.id: fault for fault in faults.catalogue() if self._name in fault.apis}
        unknown = [
            Violation(Where.BODY, f"must be a fault of this API; got {fault_id[:80]!r}", f"/faults/{place}")
            for place, fault_id in enumerate(asked)
            if fault_id not in known
        ]
        if unknown:  # what the API refuses a body with, it refuses this with
            raise Refusal(self._right.control.refuse(unknown))
        self.misbehave(known[fault_id] for fault_id in dict.fromkeys(asked))
        return self._listed(request)
