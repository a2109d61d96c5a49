"""What an API's document leaves open, what we chose, and which rules it adds.

Decides the shape of a `profile.toml` (with `profile.schema.yaml` beside it) and how it is held.
It must not know what any profile says, nor how a rule is checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from spec.evidence import Evidence
from spec.validation import reasons

Outcome = int | str
"""A status, or an outcome by name."""


class BadProfile(ValueError):
    """A profile.toml is not what it should be; the text says where and why, one line a reason."""


class UnknownPoint(KeyError):
    """The profile has no such open point."""


@dataclass(frozen=True, slots=True)
class ScopeKey:
    """Where one scope key travels: `parameter` is the name of a path parameter, a header or a body's member.

    where: "path", "header", or "body": an id of the tenant's own that a caller must know to write bodies.
    """

    parameter: str
    where: str


@dataclass(frozen=True, slots=True)
class Hosts:
    """The vendor's own hosts. sandbox: there to be tried out. production: where people keep their books."""

    sandbox: frozenset[str] = frozenset()
    production: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Point:
    """One open point. `accepts` are the outcomes that nobody is failed for; the first is ours."""

    id: str
    question: str
    choice: str
    evidence: Evidence
    accepts: tuple[Outcome, ...]
    source: str


@dataclass(frozen=True, slots=True)
class OperationNote:
    """What the document does not say of an operation.

    scope: "record" touches records of the caller's own making; "business" changes a setting that
    everything else depends on, and is never fuzzed. refuses: the 4xx statuses that a request may
    rightly get although it fits the schemas (unknown reference, rule of the books). undone_by: the
    operation that takes back what this one makes, where that is no DELETE.
    """

    scope: str = "record"
    refuses: frozenset[int] = frozenset()
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """A rule that the vendor documents; `level` is must, should or observed."""

    id: str
    level: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Probe:
    """The create that the raw HTTP battery sends and bends.

    body: valid once "{fresh}" has been replaced by a new external id and "{specimen:NAME}" by a
    real id of that path parameter or scope key, as a number where the document wants one. text,
    integer, free: members of the body, also where `body` leaves them out, that hold any text, an
    int64 and any JSON object; the last may be one that the document does not name.
    """

    operation_id: str
    body: Mapping[str, Any]
    text: str
    integer: str
    free: str


_PLAIN: Final = OperationNote()


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile, read-only. `operations` holds only those of which there is something to note."""

    title: str
    scope: Mapping[str, ScopeKey]
    switches: Mapping[str, bool]
    points: Mapping[str, Point]
    operations: Mapping[str, OperationNote]
    rules: tuple[ProfileRule, ...]
    probe: Probe
    hosts: Hosts = field(default_factory=Hosts)

    def accepts(self, point_id: str) -> frozenset[Outcome]:
        """The outcomes that nobody is failed for at that point. Raises UnknownPoint."""
        if point_id not in self.points:
            raise UnknownPoint(point_id)
        return frozenset(self.points[point_id].accepts)

    def note(self, operation_id: str) -> OperationNote:
        """What is noted of an operation; the plain note where nothing is."""
        return self.operations.get(operation_id, _PLAIN)


def read_profile(name: str, written: Mapping[str, Any]) -> Profile:
    """The profile that a TOML file holds; `name` is how errors call the file. Raises BadProfile."""
    _check(name, written)
    return Profile(
        title=written["title"],
        scope=_frozen({key: ScopeKey(**entry) for key, entry in written["scope"].items()}),
        switches=_frozen(written.get("switches", {})),
        points=_frozen({key: _point(key, entry) for key, entry in written["points"].items()}),
        operations=_frozen({key: _note(entry) for key, entry in written.get("operations", {}).items()}),
        rules=tuple(ProfileRule(**entry) for entry in written["rules"]),
        probe=Probe(**{**written["probe"], "body": _frozen(written["probe"]["body"])}),
        hosts=Hosts(**{kind: frozenset(names) for kind, names in written.get("hosts", {}).items()}),
    )


def _check(name: str, written: Mapping[str, Any]) -> None:
    wrong = reasons(name, "profile.schema.yaml", written)
    ids = Counter(rule["id"] for rule in written["rules"]) if not wrong else Counter()
    wrong += [f"{name}: rules: {rule_id} is given twice" for rule_id, times in ids.items() if times > 1]
    if wrong:
        raise BadProfile("\n".join(wrong))


def _point(key: str, entry: Mapping[str, Any]) -> Point:
    return Point(
        id=key,
        question=entry["question"],
        choice=entry["choice"],
        evidence=Evidence(entry["evidence"]),
        accepts=tuple(entry["accepts"]),
        source=entry["source"],
    )


def _note(entry: Mapping[str, Any]) -> OperationNote:
    return OperationNote(
        scope=entry.get("scope", _PLAIN.scope),
        refuses=frozenset(entry.get("refuses", ())),
        undone_by=entry.get("undone_by", _PLAIN.undone_by),
    )


def _frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(mapping))
