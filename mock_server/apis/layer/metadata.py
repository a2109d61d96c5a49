"""A caller's JSON object as the books keep it.

Decides when two are the same: equal as JSON (DECISIONS 19), so that the order of members and the
spelling of a number do not count, and true is not 1. The books only ask whether two are equal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any


class Metadata:
    """The value itself, returned as it came."""

    __slots__ = ("value",)

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Metadata) and same(self.value, other.value)

    def __hash__(self) -> int:
        return len(self.value)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(child, other[key]) for key, child in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    if _is_number(one):
        return _is_number(other) and bool(one == other)
    return type(one) is type(other) and bool(one == other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
