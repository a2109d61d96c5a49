"""How one API of a sandbox behaves: as it should, in which variant, and with which seeded faults.

Decides that a switch builds the operations anew from the right parts, over the same books, so that what
is off leaves nothing behind; and what the control plane says of it (`/faults`), alike for every API. Each
sandbox has its own: what one is told, no other hears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mock_server import faults
from mock_server.surface import Answer, Refusal, Request, Surface, Violation, Where

if TYPE_CHECKING:
    import spec
    from mock_server.http.mount import Mount
    from mock_server.surface import Instance
    from mock_server.variants import Variant

_GET: Final = "control.faults.get"
_PUT: Final = "control.faults.put"


class Conduct:
    """The behaviour of one running API. `mount` is where its operations are served."""

    def __init__(self, instance: Instance, mount: Mount, variants: Iterable[Variant] = ()) -> None:
        self._mount = mount
        self._tenants = instance.tenants
        parts = faults.Parts(instance.surface, instance.tenants)
        for variant in variants:
            parts = variant.apply(parts)
        self._right = parts
        self._on: tuple[faults.Fault, ...] = ()
        self.misbehave(())

    def misbehave(self, chosen: Iterable[faults.Fault]) -> None:
        """Have these faults and no others, from the next request on, as far as they are this API's."""
        self._on = tuple(fault for fault in chosen if self._mount.name in fault.apis)
        parts = self._right
        for fault in self._on:
            parts = fault.apply(parts)
        self._mount.surface = parts.surface
        if self._tenants is not None:
            self._tenants.recast(parts.classes)

    def controlled(self, control: Surface, operations: Iterable[spec.Operation]) -> Surface:
        """The control plane with the operations that switch faults, where its document has them."""
        documented = {operation.operation_id for operation in operations}
        own = {name: handler for name, handler in ((_GET, self._listed), (_PUT, self._switched)) if name in documented}
        # What the API refuses a body with, it refuses an unknown fault with.
        return replace(control, handlers={**control.handlers, **own})

    def _listed(self, _request: Request) -> Answer:
        return Answer(200, {"data": [fault.id for fault in self._on]})

    def _switched(self, request: Request) -> Answer:
        asked: Sequence[str] = request.body["faults"]
        known = {fault.id: fault for fault in faults.catalogue() if self._mount.name in fault.apis}
        unknown = [
            Violation(Where.BODY, f"there is no fault {fault_id[:80]!r} of this API", f"/faults/{place}")
            for place, fault_id in enumerate(asked)
            if fault_id not in known
        ]
        if unknown:
            raise Refusal(self._mount.surface.refuse(unknown))
        self.misbehave(known[fault_id] for fault_id in dict.fromkeys(asked))
        return self._listed(request)
