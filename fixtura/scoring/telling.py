"""A score in words and figures: what every way of showing it says.

Decides the sentences, the families' bars, how long catches took, and one row for each fault. What a page or
a table looks like is for those that draw it.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Final

from fixtura.scoring.tally import Clean, Score, Shot
from mock_server import faults

MISSED: Final = "missed"

_LIMITS_S: Final = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0)
_TOLD_OF: Final = ("fixtura", "schemathesis", "hypothesis", "connexion")


@dataclass(frozen=True, slots=True)
class Row:
    """One fault on one API, with all of its seeds."""

    fault: str
    api: str
    family: str
    sentence: str
    shots: tuple[Shot, ...]

    @property
    def caught(self) -> bool:
        """Whether the kit caught it with every seed."""
        return all(shot.hit is not None for shot in self.shots)

    @property
    def baseline(self) -> str:
        """What plain Schemathesis did: "" where it was not asked."""
        asked = [shot.baseline for shot in self.shots if shot.baseline is not None]
        if not asked:
            return ""
        return MISSED if not any(asked) else "caught" if all(asked) else f"caught {sum(asked)} of {len(asked)}"


@dataclass(frozen=True, slots=True)
class Bin:
    """How many catches took at most that long, and longer than the bin before."""

    name: str
    many: int


def rows(score: Score) -> list[Row]:
    """One row for each fault, in the order of the catalogue."""
    known = {fault.id: fault for fault in faults.catalogue()}
    told = []
    for (fault_id, api), shots in groupby(score.shots, key=lambda shot: (shot.fault, shot.api)):
        fault = known[fault_id]
        told.append(Row(fault_id, api, fault.family.value, fault.sentence, tuple(shots)))
    return told


def cell(shot: Shot) -> str:
    """What became of one shot."""
    hit = shot.hit
    return MISSED if hit is None else f"{hit.rule} · {hit.requests} · {hit.seconds:.1f} s · {hit.steps}"


def times(score: Score) -> list[Bin]:
    """How long catches took, and how many there were none of."""
    seconds = [shot.hit.seconds for shot in score.shots if shot.hit is not None]
    bins, low = [], -1.0
    for limit in _LIMITS_S:
        bins.append(Bin(f"{limit:g} s", sum(low < one <= limit for one in seconds)))
        low = limit
    return [*bins, Bin("more", sum(one > low for one in seconds)), Bin(MISSED, len(score.shots) - len(seconds))]


def percent(many: int, whole: int) -> str:
    """A share, rounded down: all of it is 100 % only when it is all."""
    return f"{100 * many // whole} %" if whole else "none"


def headline(score: Score) -> str:
    """The two numbers in one sentence, both of faults: the kit has caught one that it caught with every seed."""
    totals, seeds = score.totals, len(score.seeds)
    every = f" with each of {seeds} seeds" if seeds > 1 else ""
    said = f"The kit caught {totals.always} of {totals.faults} faults{every} ({percent(totals.always, totals.faults)})"
    if not totals.asked:
        return f"{said}."
    share = percent(totals.baseline, totals.asked)
    return f"{said}, plain Schemathesis {totals.baseline} of {totals.asked} ({share})."


def pace(score: Score) -> str:
    """The medians in one sentence."""
    totals = score.totals
    if totals.seconds is None:
        return "Nothing was caught."
    return (
        f"In the median after {totals.requests:g} requests and {totals.seconds:.1f} s, "
        f"shrunk to {totals.steps:g} calls."
    )


def alarms(score: Score) -> str:
    """What right servers were accused of, in one sentence."""
    totals = score.totals
    if not totals.cleans:
        return "No right server was judged."
    runs = f"{totals.cleans} run{'s' if totals.cleans != 1 else ''} on servers that do nothing wrong"
    return f"{totals.false_alarms} rules failed in {runs}."


def of_server(cleans: Sequence[Clean]) -> list[tuple[str, int, list[Clean]]]:
    """By server: how many runs there were, and those in which a rule failed."""
    servers = groupby(cleans, key=lambda clean: clean.server)
    gathered = [(server, list(runs)) for server, runs in servers]
    return [(server, len(runs), [run for run in runs if run.failed]) for server, runs in gathered]


def circumstances() -> dict[str, str]:
    """Versions and machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "versions": ", ".join(f"{name} {version(name)}" for name in _TOLD_OF),
        "Python": platform.python_version(),
        "machine": f"{cores} cores, {_processor()}, {platform.system()}",
    }


def _processor() -> str:
    """The processor's name where the system tells it, else its kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
