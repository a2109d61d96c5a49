"""The undo list: every mutation of a book says here how it is taken back.

Decides when a step may be forgotten. Three things follow from it (rule L5 among them): a refused
command leaves nothing, a snapshot is only a mark in the list, and restoring plays the list back.

Rules of this file:
1. A mutation and its inverse are recorded together, by the parts that own the data.
2. Steps are taken back strictly in reverse order, so an inverse may rely on the state it left.
3. Outside a command the list is empty, unless a snapshot still needs it: it cannot grow for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, MutableMapping
from types import TracebackType
from typing import NewType, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Mark = NewType("Mark", int)
"""A snapshot: the state of the book at one moment."""


class StaleMark(LookupError):
    """The snapshot was released, or an older one was restored."""


class Undo:
    """The inverses of what was done, oldest first."""

    __slots__ = ("_marks", "_named", "_starts", "_steps")

    def __init__(self) -> None:
        self._steps: list[tuple[Callable[..., object], tuple[object, ...]]] = []
        self._marks: dict[Mark, int] = {}
        self._named = 0
        self._starts: list[int] = []  # of the commands that are running, outermost first

    def __len__(self) -> int:
        """How many steps are held."""
        return len(self._steps)

    def command(self) -> Undo:
        """Everything in the `with` block happens, or nothing does. May be nested; the outermost decides."""
        return self

    def __enter__(self) -> None:
        self._starts.append(len(self._steps))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        start = self._starts.pop()
        if kind is not None:
            self._play_back(start)
        if not self._starts and not self._marks:
            self._steps.clear()

    def did(self, inverse: Callable[..., object], *arguments: object) -> None:
        """Record how to take back what was just done. Only inside a command."""
        assert self._starts, "a mutation outside a command could not be taken back"
        self._steps.append((inverse, arguments))

    def put(self, mapping: MutableMapping[K, V], key: K, value: V) -> None:
        """Set `mapping[key]`."""
        if key in mapping:
            self.did(mapping.__setitem__, key, mapping[key])
        else:
            self.did(mapping.__delitem__, key)
        mapping[key] = value

    def append(self, rows: list[V], value: V) -> None:
        """Append `value` to `rows`."""
        self.did(rows.pop)
        rows.append(value)

    def replace(self, rows: list[V], position: int, value: V) -> None:
        """Set `rows[position]`."""
        self.did(rows.__setitem__, position, rows[position])
        rows[position] = value

    def assign(self, record: object, **fields: object) -> None:
        """Set fields of `record`."""
        for name, value in fields.items():
            self.did(setattr, record, name, getattr(record, name))
            setattr(record, name, value)

    def mark(self) -> Mark:
        """Take a snapshot. It costs what is done after it, until it is released."""
        assert not self._starts, "a snapshot inside a command would show half of it"
        self._named += 1
        mark = Mark(self._named)
        self._marks[mark] = len(self._steps)
        return mark

    def restore(self, mark: Mark) -> None:
        """Go back to the snapshot, which stays; snapshots taken after it are gone.

        Raises StaleMark.
        """
        assert not self._starts, "restoring inside a command would take away its ground"
        position = self._position(mark)
        self._play_back(position)
        self._marks = {name: at for name, at in self._marks.items() if name <= mark}

    def release(self, mark: Mark) -> None:
        """Forget the snapshot, and the steps that only it needed.

        Raises StaleMark.
        """
        self._position(mark)
        del self._marks[mark]
        needed_from = min(self._marks.values(), default=len(self._steps))
        del self._steps[:needed_from]
        self._marks = {name: at - needed_from for name, at in self._marks.items()}

    def _position(self, mark: Mark) -> int:
        if mark not in self._marks:
            raise StaleMark(mark)
        return self._marks[mark]

    def _play_back(self, position: int) -> None:
        while len(self._steps) > position:
            inverse, arguments = self._steps.pop()
            inverse(*arguments)
