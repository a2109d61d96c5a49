"""What a run has made on somebody's system, and how it is put away again.

Decides what counts as made (a POST that was accepted), and that the document says how a record is put away:
by the DELETE that its reply links to, or by what the profile calls `undone_by`. Nothing here is judged.
Knows no API's names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final

from contract_tests.call import Call, Driver, NotJson, Reply
from contract_tests.scope import filled
from spec import Api, Operation, operations

_POINTER: Final = "$response.body#/"
_PLACE: Final = re.compile(r"\{([^{}]+)\}")
_OF_A_BODY: Final = frozenset({"content-type", "content-length", "transfer-encoding", "idempotency-key"})


@dataclass(frozen=True, slots=True)
class Way:
    """How a record is put away: the operation, and where its reply names what stands in the path."""

    operation: Operation
    pointers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tidied:
    """What became of what was made: records by the operation that made them. undone: put away again."""

    made: Mapping[str, int]
    undone: Mapping[str, int]

    @property
    def left(self) -> Mapping[str, int]:
        """What is still there."""
        gaps = {name: count - self.undone.get(name, 0) for name, count in self.made.items()}
        return {name: gap for name, gap in gaps.items() if gap}


class Makings:
    """Takes down what is made, from any thread."""

    def __init__(self, api: Api) -> None:
        known = {operation.operation_id: operation for operation in operations(api.judged)}
        undoes = {name: api.profile.note(name).undone_by for name in known}
        self._creates = {
            operation.operation_id: operation
            for operation in known.values()
            if operation.method == "POST" and operation.operation_id not in undoes.values()
        }
        self._ways = {
            name: way for name, made in self._creates.items() if (way := _way(made, known, undoes[name])) is not None
        }
        self._made: Counter[str] = Counter()
        self._undone: Counter[str] = Counter()
        self._pending: dict[tuple[str, str], tuple[str, Call]] = {}
        self._seen: set[tuple[str, str]] = set()
        self._lock = Lock()

    def take(self, call: Call, reply: Reply) -> None:
        """An exchange has taken place; what was made or undone by it is noted."""
        if not reply.ok or not call.mutates or call.control:
            return
        with self._lock:
            undone = self._pending.pop((call.method, call.path), None)
            if undone is not None:
                self._undone[undone[0]] += 1
            elif call.operation_id in self._creates:
                self._note(call, reply)

    def ways(self) -> Mapping[str, str]:
        """The operation that puts a record away, by the one that makes it."""
        return {name: way.operation.operation_id for name, way in self._ways.items()}

    def tally(self) -> Tidied:
        """What there is so far."""
        with self._lock:
            return Tidied(dict(self._made), dict(self._undone))

    def waiting(self) -> int:
        """How many records can be put away."""
        return len(self._pending)

    def tidy(self, driver: Driver, over: Callable[[], bool]) -> None:
        """Put away what can be, the newest first, until it is all done or `over`. Raises Unreachable."""
        while self._pending and not over():
            with self._lock:
                (operation_id, call) = self._pending.pop(next(reversed(self._pending)))
            if driver.send(call).ok:
                self._undone[operation_id] += 1

    def _note(self, call: Call, reply: Reply) -> None:
        way = self._ways.get(call.operation_id)
        undo = None if way is None else _undo(way, self._creates[call.operation_id], call, reply)
        if undo is None:
            self._made[call.operation_id] += 1
            return
        key = (undo.method, undo.path)
        if key not in self._seen:  # else the record was there already
            self._seen.add(key)
            self._made[call.operation_id] += 1
            self._pending[key] = (call.operation_id, undo)


def _way(made: Operation, known: Mapping[str, Operation], undone_by: str) -> Way | None:
    for link in _links(made):
        operation = known.get(link.get("operationId", ""))
        if operation is None or operation.operation_id != (undone_by or operation.operation_id):
            continue
        if operation.method == "DELETE" or undone_by:
            said = link.get("parameters", {}).items()
            pointers = {name: str(text).removeprefix(_POINTER) for name, text in said if _POINTER in str(text)}
            return Way(operation, {name: tuple(text.split("/")) for name, text in pointers.items()})
    return None


def _links(made: Operation) -> Iterator[Mapping[str, Any]]:
    for status, response in made.responses.items():
        if status.startswith("2"):
            yield from response.raw.get("links", {}).values()


def _undo(way: Way, made: Operation, call: Call, reply: Reply) -> Call | None:
    """The call that puts away what `call` has made, on behalf of whoever made it; None where no id is told."""
    values: dict[str, str] = {}
    for name, pointer in way.pointers.items():
        found = _at(reply, pointer)
        if not isinstance(found, str | int):
            return None
        values[name] = str(found)
    own = re.compile(_PLACE.sub(lambda place: f"(?P<{place[1]}>[^/]+)", made.path)).fullmatch(call.path)
    kept = {} if own is None else own.groupdict()
    # The tenant's part of the path stays as it was spelled; only the record's own is new.
    spelled = _PLACE.sub(lambda place: kept.get(place[1], place[0]), way.operation.path)
    try:
        path = filled(spelled, values)
    except KeyError:
        return None
    headers = tuple(pair for pair in call.headers if pair[0].lower() not in _OF_A_BODY)
    bare = replace(call, method=way.operation.method, path=path, query=(), headers=headers, body=None)
    return replace(bare, operation_id=way.operation.operation_id)


def _at(reply: Reply, pointer: tuple[str, ...]) -> Any:
    try:
        found = reply.json()
    except NotJson:
        return None
    for name in pointer:
        found = found.get(name) if isinstance(found, dict) else None
    return found
