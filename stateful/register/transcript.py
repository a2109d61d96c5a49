"""The exchanges of a history of a register, and their words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum

from stateful.machine.exchanges import Exchanges
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


def note_of(operation: Operation) -> str:
    """An operation in words: its name, and what it says that is not the usual."""
    name = type(operation).__name__
    words = ["".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()]
    for member in fields(operation):
        value = getattr(operation, member.name)
        if member.name == "flaw" and value is not None:
            words.append(f"with {value.value}")
        elif member.name in ("asset", "kind", "through", "to", "on", "day") and value is not None:
            words.append(f"{value}")
        elif member.name == "members":
            words.append(", ".join(f"{key} {_text(inner)}" for key, inner in value.items()))
    return " ".join(word for word in words if word)


def _text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
