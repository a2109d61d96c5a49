"""The exchanges of a history of a register."""

from __future__ import annotations

from dataclasses import dataclass

from stateful.machine.exchanges import Exchanges
from stateful.machine.telling import note_of
from stateful.register.operations import Operation, ReadAccounts, Writing
from stateful.register.sights import Sight


@dataclass(slots=True)
class Transcript(Exchanges[Operation, Sight]):
    """What was sent and answered, in order."""

    def writes(self, operation: Operation) -> bool:
        """Whether an operation may change something, or gives ids that later calls are made of."""
        return isinstance(operation, Writing | ReadAccounts)

    def note(self, operation: Operation) -> str:
        """An operation in words."""
        return note_of(operation)
