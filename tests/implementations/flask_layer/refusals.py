"""What this server answers when it will not do what it was asked.

Decides the shape of an error and the words for each family; knows no table and no route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request; `pointer` is a JSON Pointer into the part at fault."""

    description: str
    pointer: str = ""
    type: str = "BadRequest"
    error_enum: str = "SpecifiedBadRequest"

    def shown(self) -> dict[str, Any]:
        """The element of `errors` that tells of it."""
        return {
            "type": self.type,
            "description": self.description,
            "error_enum": self.error_enum,
            "meta": {"pointer": self.pointer},
        }


class Refused(Exception):
    """Raised to answer with an error; the transaction around it writes nothing."""

    def __init__(self, status: int, *faults: Fault, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(faults[0].description)
        self.status = status
        self.body = {"errors": [fault.shown() for fault in faults]}
        self.headers = headers or {}


def bad(description: str, pointer: str = "") -> Refused:
    """400: the request fits its schema but cannot be carried out."""
    return Refused(400, Fault(description, pointer))


def missing(what: str, pointer: str = "") -> Refused:
    """404: `what` is not there, or not this business's."""
    return Refused(404, Fault(f"There is no {what}.", pointer, "ResourceNotFound", "SpecifiedIdNotFound"))
