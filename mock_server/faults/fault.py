"""What a seeded fault is: one small deviation from one rule, as a function from parts to parts.

Decides how a fault is told, and the usual ways of making one: another class for a part of the books,
another handler or answer of an operation, or any other function. A fault that is off is nowhere: the parts are
what they were. It must not know the kit; the ids of rules are words to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, TypeVar

from mock_server.surface import Answer, Handler, Request, Surface, Tenants, Violation, Wait, Where


class Family(Enum):
    """What a fault is about."""

    ACCOUNTING = "accounting"
    STATE = "state and identity"
    CONTRACT = "contract"
    TENANCY = "tenancy and access"
    CONCURRENCY = "concurrency"
    MONEY = "schedule and money"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a fault may exchange of one running API.

    surface: its operations and what stands before them; control: those of its control plane. tenants:
    its books. classes: a class of the books → the subclass that takes its place.
    """

    surface: Surface
    control: Surface
    tenants: Tenants | None
    classes: Mapping[type, type] = field(default_factory=dict)

    def plane_of(self, operation_id: str) -> Surface:
        """Where that operation is: of the API itself, or of its control plane."""
        return self.surface if operation_id in self.surface.handlers else self.control

    def with_plane(self, plane: Surface, other: Surface) -> Parts:
        """The parts with `other` in place of one of its two planes."""
        return replace(self, surface=other) if plane is self.surface else replace(self, control=other)


@dataclass(frozen=True, slots=True)
class Fault:
    """A seeded fault. sentence: what the server does wrong. rules: the ids that may rightly catch it."""

    id: str
    sentence: str
    family: Family
    apis: tuple[str, ...]
    rules: tuple[str, ...]
    apply: Callable[[Parts], Parts]


Made = TypeVar("Made")
Maker = Callable[[Made], Made]

LAYER: Final = ("layer",)


class Shelf:
    """The faults of one family, in the order in which they are written down."""

    def __init__(self, family: Family, apis: tuple[str, ...] = LAYER) -> None:
        self.faults: list[Fault] = []
        self._family = family
        self._apis = apis

    def fault(self, fault_id: str, sentence: str, *rules: str) -> Maker[Callable[[Parts], Parts]]:
        """Any function from parts to parts."""

        def put(apply: Callable[[Parts], Parts]) -> Callable[[Parts], Parts]:
            self.faults.append(Fault(f"F-{fault_id}", sentence, self._family, self._apis, rules, apply))
            return apply

        return put

    def books(self, fault_id: str, sentence: str, *rules: str) -> Maker[type]:
        """A subclass of one class of the books, to stand in its place."""

        def put(cls: type) -> type:
            self.fault(fault_id, sentence, *rules)(lambda parts: recast(parts, cls))
            return cls

        return put

    def answers(
        self, fault_id: str, sentence: str, *rules: str, of: str | tuple[str, ...]
    ) -> Maker[Callable[[Request, Answer], Answer]]:
        """What becomes of the answers of these operations (operationIds)."""

        def put(change: Callable[[Request, Answer], Answer]) -> Callable[[Request, Answer], Answer]:
            def wrong(handler: Handler) -> Handler:
                return lambda request: change(request, handler(request))

            self.handlers(fault_id, sentence, *rules, of=of)(wrong)
            return change

        return put

    def handlers(
        self, fault_id: str, sentence: str, *rules: str, of: str | tuple[str, ...]
    ) -> Maker[Callable[[Handler], Handler]]:
        """What becomes of the handlers of these operations (operationIds)."""

        def put(wrong: Callable[[Handler], Handler]) -> Callable[[Handler], Handler]:
            self.fault(fault_id, sentence, *rules)(lambda parts: with_handlers(parts, of, wrong))
            return wrong

        return put


def recast(parts: Parts, cls: type) -> Parts:
    """The parts with `cls`, a subclass of one class of the books, in its place; upon what stands there already."""
    own = next(known for known in cls.__mro__ if known.__module__.startswith("mock_server.domain."))
    standing = parts.classes.get(own)
    made = cls if standing is None else type(cls.__name__, (cls, standing), {"__slots__": ()})
    return replace(parts, classes={**parts.classes, own: made})


def with_handlers(parts: Parts, of: str | tuple[str, ...], wrong: Callable[[Handler], Handler]) -> Parts:
    """The parts with other handlers for these operations."""
    for operation_id in (of,) if isinstance(of, str) else of:
        plane = parts.plane_of(operation_id)
        handlers = {**plane.handlers, operation_id: wrong(plane.handlers[operation_id])}
        parts = parts.with_plane(plane, replace(plane, handlers=handlers))
    return parts


def with_wait(parts: Parts, operation_id: str, wait: Wait) -> Parts:
    """The parts with something that is waited for before that operation's handler."""
    plane = parts.plane_of(operation_id)
    return parts.with_plane(plane, replace(plane, waits={**plane.waits, operation_id: wait}))


def refusing(change: Callable[[Answer], Answer], *wheres: Where) -> Callable[[Parts], Parts]:
    """What becomes of refusals for something found there."""

    def apply(parts: Parts) -> Parts:
        refuse = parts.surface.refuse

        def wrong(violations: Sequence[Violation]) -> Answer:
            answer = refuse(violations)
            return replace(change(answer), judged=False) if violations[0].where in wheres else answer

        return replace(parts, surface=replace(parts.surface, refuse=wrong))

    return apply


def with_body(answer: Answer, body: Any) -> Answer:
    """The answer with another body, whatever the document says of it."""
    return replace(answer, body=body, judged=False)
