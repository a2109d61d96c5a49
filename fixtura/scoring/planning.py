"""What a score consists of: which runs there are to be, and which of them an earlier score has had already.

Decides the runs and their order: faults are taken across the catalogue, so that what an interrupted score has
seen of them is a sample. Runs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from fixtura.scoring.tally import Score
from fixtura.scoring.variety import combinations
from mock_server import variants

Mark = tuple[str, str, int]
"""A fault, the API that shall have it, and a seed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The kit to a server that does nothing wrong: the sandbox in some variants, or a twin, `module:factory`."""

    api: str
    seed: int
    names: tuple[str, ...] = ()
    twin: str = ""

    @property
    def server(self) -> str:
        """What the server is called in a score."""
        return f"{self.api} {self.twin or 'sandbox'}"

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from another visit."""
        return self.server, ",".join(self.names), self.seed


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    faults: each with the API that shall have it. seeds: from 1 on. baseline: plain Schemathesis too, with
    the first of them. cleans: runs on each right server, of `clean_s` seconds. twins: (API, `module:factory`) of
    further right ones. done: an earlier score; what is in it is taken over, and not run again.
    """

    apis: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    seeds: tuple[int, ...] = (1,)
    baseline: bool = False
    cleans: int = 1
    clean_s: int = 45
    twins: tuple[tuple[str, str], ...] = ()
    done: Score | None = None

    def hunts(self) -> list[Mark]:
        """The kit's runs against faults, in the catalogue's order."""
        return [(fault, api, seed) for fault, api in self.faults for seed in self.seeds]

    def plain(self) -> list[Mark]:
        """Those of plain Schemathesis."""
        return [(fault, api, self.seeds[0]) for fault, api in self.faults] if self.baseline else []

    def visits(self) -> list[Visit]:
        """The kit's runs on right servers."""
        sandboxes = [
            Visit(api, seed, names)
            for api in self.apis
            for seed, names in enumerate(combinations(variants.of(api), self.cleans), 1)
        ]
        seeds = range(1, self.cleans + 1)
        return sandboxes + [Visit(api, seed, twin=twin) for api, twin in self.twins for seed in seeds]


def across(marks: Sequence[Mark]) -> list[Mark]:
    """The same in an order that has nothing to do with what the faults are about."""
    return sorted(marks, key=lambda mark: (crc32(mark[0].encode()), mark))
