"""The exchanges of a history of holdings."""

from __future__ import annotations

from dataclasses import dataclass

from stateful.holdings.operations import Operation, ReadChart, Writing
from stateful.holdings.sights import Sight
from stateful.machine.exchanges import Exchanges
from stateful.machine.telling import note_of


@dataclass(slots=True)
class Transcript(Exchanges[Operation, Sight]):
    """What was sent and answered, in order."""

    def writes(self, operation: Operation) -> bool:
        """Whether an operation may change something, or gives what later calls are made of."""
        return isinstance(operation, Writing | ReadChart)

    def note(self, operation: Operation) -> str:
        """An operation in words."""
        return note_of(operation)
