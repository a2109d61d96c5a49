"""What the records must say: the members that were sent, merged as they were sent.

A member that was never sent is not spoken of. Values are JSON data with exact numbers. Knows no
member by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

Value = object
"""JSON data (None, bool, int, Decimal, str, list, dict), or a datetime for an instant."""


@dataclass(frozen=True, slots=True)
class Told:
    """The members of one record that a caller has sent, and what they must be."""

    members: Mapping[str, Value] = field(default_factory=dict)

    def merged(self, sent: Mapping[str, Value]) -> Told:
        """After a call that sent these members: they replace, absent ones stay.

        Of a member that was sent as null nothing is said: it may be cleared or kept.
        """
        merged = {**self.members, **sent}
        return replace(self, members={name: value for name, value in merged.items() if value is not None})

    def differences(self, shown: Mapping[str, Value]) -> Iterator[tuple[str, Value, Value]]:
        """Each member that is shown otherwise than it was told: its name, what is shown, what was told."""
        for name, told in self.members.items():
            if not same(shown.get(name), told):
                yield name, shown.get(name), told


def same(one: Value, other: Value) -> bool:
    """JSON equality: every digit counts, the order of keys does not, and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one == other
    return isinstance(one, bool) == isinstance(other, bool) and one == other
