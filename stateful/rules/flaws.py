"""Which law a flawed call breaks when it is carried out all the same, in any suite with a table of flaws."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from contract_tests.checks.rules import REFUSED

Flaw = TypeVar("Flaw", bound=Enum)


def broken_by_acceptance(refusals: Mapping[str, frozenset[Flaw]], flaw: Flaw) -> str:
    """The key of the law that says a call with that flaw must be refused, or the id of a rule of part A."""
    return next((key for key, flaws in refusals.items() if flaw in flaws), REFUSED.id)
