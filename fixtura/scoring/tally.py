"""What a score is made of, and what it adds up to.

Decides what counts: a fault is caught with a seed, or it is not; every rule of level must or should that fails
on a right server is a false alarm. Runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from fixtura.scoring.hunting import Hit
from mock_server import faults


@dataclass(frozen=True, slots=True)
class Shot:
    """The kit against one fault with one seed; without a hit it was missed.

    baseline: whether plain Schemathesis caught it, None where it was not asked.
    """

    fault: str
    api: str
    seed: int
    hit: Hit | None = None
    baseline: bool | None = None


@dataclass(frozen=True, slots=True)
class Clean:
    """The kit against a server that does nothing wrong. failed: must- and should-rules that failed.

    variant: in which variants it was right, as `fixtura serve --variant` takes them.
    """

    server: str
    variant: str
    seed: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many shots hit; baseline: how many of those `asked` plain Schemathesis caught."""

    shots: int
    caught: int
    asked: int
    baseline: int

    @classmethod
    def of(cls, shots: Sequence[Shot]) -> Share:
        """The counts."""
        asked = [shot.baseline for shot in shots if shot.baseline is not None]
        return cls(len(shots), sum(shot.hit is not None for shot in shots), len(asked), sum(asked))


@dataclass(frozen=True, slots=True)
class Totals:
    """What all runs come to; the medians are of those that were caught, None where none was.

    faults: how many there were. always: how many of them were caught with every seed. baseline: how many of
    those `asked` plain Schemathesis caught. families: by what a fault is about. cleans: runs on right servers.
    """

    faults: int
    always: int
    shots: int
    caught: int
    asked: int
    baseline: int
    seconds: float | None
    requests: float | None
    steps: float | None
    cleans: int
    false_alarms: int
    families: Mapping[str, Share] = field(default_factory=dict)

    @classmethod
    def of(cls, shots: Sequence[Shot], cleans: Sequence[Clean]) -> Totals:
        """The sums."""
        hits = [shot.hit for shot in shots if shot.hit is not None]
        faulty = {(shot.fault, shot.api) for shot in shots}
        missed = {(shot.fault, shot.api) for shot in shots if shot.hit is None}
        share = Share.of(shots)
        return cls(
            faults=len(faulty),
            always=len(faulty - missed),
            shots=share.shots,
            caught=share.caught,
            asked=share.asked,
            baseline=share.baseline,
            seconds=_median(hits, lambda hit: hit.seconds),
            requests=_median(hits, lambda hit: hit.requests),
            steps=_median(hits, lambda hit: hit.steps),
            cleans=len(cleans),
            false_alarms=sum(len(clean.failed) for clean in cleans),
            families=_families(shots),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """A score: what was shot at with which seeds, and what came of it.

    unfinished: whether it was interrupted. command: the words that asked for it. troubles: runs that crashed
    themselves, a sentence each.
    """

    apis: tuple[str, ...]
    seeds: tuple[int, ...]
    shots: tuple[Shot, ...]
    cleans: tuple[Clean, ...]
    unfinished: bool = False
    command: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()

    @property
    def totals(self) -> Totals:
        """What it adds up to."""
        return Totals.of(self.shots, self.cleans)

    def exit_status(self) -> int:
        """0: every fault was caught, nobody accused who was right. 1: not so. 3: interrupted before it was."""
        totals = self.totals
        if totals.caught < totals.shots or totals.false_alarms or self.troubles:
            return 1
        return 3 if self.unfinished else 0

    def as_data(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "api": list(self.apis),
            "seeds": list(self.seeds),
            "faults": [_told(shot) for shot in self.shots],
            "clean": [{**asdict(clean), "failed": list(clean.failed)} for clean in self.cleans],
            "totals": asdict(self.totals),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Score:
        """What `as_data` gave. Raises KeyError, TypeError and ValueError where it is something else."""
        return cls(
            apis=tuple(data["api"]),
            seeds=tuple(data["seeds"]),
            shots=tuple(_shot(told) for told in data["faults"]),
            cleans=tuple(Clean(**{**told, "failed": tuple(told["failed"])}) for told in data["clean"]),
        )


def _median(hits: Sequence[Hit], figure: Callable[[Hit], float]) -> float | None:
    return median(figure(hit) for hit in hits) if hits else None


def _families(shots: Sequence[Shot]) -> dict[str, Share]:
    family = {fault.id: fault.family for fault in faults.catalogue()}
    there = [one for one in faults.Family if any(family.get(shot.fault) is one for shot in shots)]
    return {one.value: Share.of([shot for shot in shots if family.get(shot.fault) is one]) for one in there}


def _shot(told: Mapping[str, Any]) -> Shot:
    hit = Hit(*(told[name] for name in ("rule", "requests", "seconds", "steps"))) if told["caught"] else None
    return Shot(told["id"], told["api"], told["seed"], hit, told["baseline"])


def _told(shot: Shot) -> dict[str, Any]:
    nothing = dict.fromkeys(("rule", "requests", "seconds", "steps"))
    hit = nothing if shot.hit is None else asdict(shot.hit)
    named = {"id": shot.fault, "api": shot.api, "seed": shot.seed, "caught": shot.hit is not None}
    return {**named, **hit, "baseline": shot.baseline}
