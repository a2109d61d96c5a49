"""Generated requests, turned towards records that exist and amounts that leave room.

Decides which values a generated request trades for real ones. A pure function on JSON data: knows
neither Schemathesis nor any API. Part of what is real comes from names alone: a member `asset_id`,
a parameter `assetId` and the id of an object of type `AssetId` all mean the same specimens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from zlib import crc32

LARGEST_AMOUNT: Final = 10**12
"""What an integer of a request is folded to, so that no account's int64 range is spent."""

_EXTERNAL: Final = "externalid"
_KEPT: Final = 6  # of so many ids, one is left as it was generated
_MARK: Final = re.compile(r"[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class Tamer:
    """Specimens by the document's path parameter, and the run's seed that chooses among them.

    prefix: what the run's own records are known by; marks: by which of an operation's members a record is,
    each with how many characters it has at least.
    """

    specimens: Mapping[str, Sequence[str]]
    seed: int = 0
    prefix: str = ""
    marks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    _known: dict[str, Sequence[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._known.update({_mark(name): ids for name, ids in self.specimens.items() if ids})

    def parameter(self, name: str, generated: Any, *, ends_life: bool = False) -> Any:
        """A value for a path or query parameter; calls that end a record's life have their own specimens."""
        known = self._known.get(_mark(name), ())
        kept = (len(known) + 1) // 2
        return self._real(known[kept:] if ends_life else known[:kept], generated)

    def body(self, data: Any, *, key: str = "", kind: str = "") -> Any:
        """A body with real ids and amounts within reach; `key` is the member that holds it."""
        if isinstance(data, dict):
            own = data.get("type")
            inner = own if isinstance(own, str) else key
            members = {name: value for name, value in data.items() if not self._named_twice(name, data)}
            return {name: self.body(value, key=name, kind=inner) for name, value in members.items()}
        if isinstance(data, list):
            return [self.body(item, key=key, kind=kind) for item in data]
        if isinstance(data, str):
            name = kind if _mark(key) == "id" else key
            return self.parameter(name, data)
        if isinstance(data, int) and not isinstance(data, bool) and abs(data) > LARGEST_AMOUNT:
            return data % LARGEST_AMOUNT
        return data

    def marked(self, data: Any, operation_id: str, *, add: bool) -> Any:
        """A body with the run's prefix on a member that bears it; `add`: on one of our own if need be.

        A text that is too short may be what is wrong with the request, and stays.
        """
        marks = self.marks.get(operation_id)
        if not marks or not isinstance(data, dict):
            return data
        texts = [name for name, least in marks.items() if isinstance(data.get(name), str) and len(data[name]) >= least]
        if texts:
            text = data[texts[0]]
            return data if text.startswith(self.prefix) else {**data, texts[0]: f"{self.prefix}{text}"}
        return {**data, next(iter(marks)): f"{self.prefix}g{self._chance(data):x}"} if add else data

    def _named_twice(self, name: str, data: Mapping[str, Any]) -> bool:
        """Whether a member names, by its external id, a record that another names by a real one."""
        mark = _mark(name)
        if not mark.endswith(_EXTERNAL):
            return False
        inner = mark.removesuffix(_EXTERNAL) + "id"
        return inner in self._known and any(_mark(other) == inner and data[other] is not None for other in data)

    def _real(self, known: Sequence[str], generated: Any) -> Any:
        """A known id in place of a generated one, mostly; the same choice for the same value."""
        chance = self._chance(generated)
        if not known or chance % _KEPT == 0:
            return generated
        return known[chance // _KEPT % len(known)]

    def _chance(self, value: Any) -> int:
        return crc32(f"{self.seed}:{value!r}".encode("utf-8", "surrogatepass"))


def _mark(name: str) -> str:
    """Names that mean the same: assetId, asset_id, AssetId."""
    return _MARK.sub("", name.lower())
