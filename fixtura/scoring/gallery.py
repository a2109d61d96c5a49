"""Many runs at once, on all cores.

Decides what is run in which order, that every run has a process to itself, and that an interrupted score
keeps what it has. What a run does is in `jobs`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import active_children, get_context
from typing import Any, Final

from fixtura.scoring import jobs
from fixtura.scoring.tally import Clean, Score, Shot
from fixtura.scoring.variety import combinations
from mock_server import variants

Heard = Callable[[str, str], None]
"""Told of every run that has ended: what it was part of, and what it was."""

_TO_END_S: Final = 5.0
"""What a process may take to put its things in order when it is told to end."""

KIT, CLEAN, PLAIN = "the kit", "right servers", "plain Schemathesis"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run.

    marks: faults with the API that shall have each. seeds: from 1 on. baseline: plain Schemathesis too, with
    the first of them.
    cleans: runs on each right server, of `clean_s` seconds. twins: (API, `module:factory`) of further right ones.
    """

    apis: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    seeds: tuple[int, ...] = (1,)
    baseline: bool = False
    cleans: int = 1
    clean_s: int = 45
    twins: tuple[tuple[str, str], ...] = ()

    def sizes(self) -> dict[str, int]:
        """How many runs of each kind there are."""
        shots = len(self.marks) * len(self.seeds)
        sizes = {
            KIT: shots,
            CLEAN: self.cleans * (len(self.apis) + len(self.twins)),
            PLAIN: len(self.marks) * self.baseline,
        }
        return {kind: many for kind, many in sizes.items() if many}


@dataclass(slots=True)
class _Gathered:
    """What has come in so far."""

    plan: Plan
    shots: dict[tuple[str, str, int], Shot] = field(default_factory=dict)
    plainly: dict[tuple[str, str, int], bool] = field(default_factory=dict)
    cleans: list[Clean] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def score(self, *, unfinished: bool) -> Score:
        """All of it, in the order of the plan."""
        wanted = [(fault, api, seed) for fault, api in self.plan.marks for seed in self.plan.seeds]
        shots = [replace(self.shots[key], baseline=self.plainly.get(key)) for key in wanted if key in self.shots]
        cleans = sorted(self.cleans, key=lambda clean: (clean.server, clean.seed))
        return Score(
            self.plan.apis, self.plan.seeds, tuple(shots), tuple(cleans), unfinished, troubles=tuple(self.troubles)
        )

    def each(self, kind: str, asked: Mapping[Future[Any], Any]) -> Iterator[tuple[Any, Any]]:
        """What was asked for with what came of it, as it comes in; None where the run itself crashed."""
        for done in as_completed(asked):
            error = done.exception()
            if error is not None:
                self.troubles.append(f"{kind}, {asked[done]}: {type(error).__name__}: {error}")
            yield asked[done], None if error is not None else done.result()


def run(plan: Plan, heard: Heard = lambda _kind, _name: None) -> Score:
    """Do what the plan says. Ctrl-C ends it early; what has come in until then is the score."""
    gathered = _Gathered(plan)
    try:
        with _cores() as pool:
            _shoot(pool, plan, gathered, heard)
            _clean(pool, plan, gathered, heard)
            if plan.baseline:
                _shoot_plainly(pool, plan, gathered, heard)
    except KeyboardInterrupt:
        return gathered.score(unfinished=True)
    return gathered.score(unfinished=False)


def _shoot(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    keys = [(fault, api, seed) for fault, api in plan.marks for seed in plan.seeds]
    for key, hit in gathered.each(KIT, {pool.submit(jobs.shoot, *key): key for key in keys}):
        fault, api, seed = key
        gathered.shots[key] = Shot(fault, api, seed, hit)
        heard(KIT, key[0])


def _shoot_plainly(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    known = dict(gathered.each(PLAIN, {pool.submit(jobs.learn, api, plan.seeds): api for api in plan.apis}))
    keys = [(fault, api, plan.seeds[0]) for fault, api in plan.marks if known[api] is not None]
    for key, caught in gathered.each(
        PLAIN, {pool.submit(jobs.shoot_plainly, *key, known[key[1]]): key for key in keys}
    ):
        if caught is not None:
            gathered.plainly[key] = caught
        heard(PLAIN, key[0])


def _clean(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    asked: dict[Future[Clean], tuple[str, int]] = {}
    for api in plan.apis:
        for seed, names in enumerate(combinations(variants.of(api), plan.cleans), 1):
            asked[pool.submit(jobs.clean, api, names, seed, plan.clean_s)] = (api, seed)
    for api, twin in plan.twins:
        for seed in range(1, plan.cleans + 1):
            asked[pool.submit(jobs.clean_twin, api, twin, seed, plan.clean_s)] = (twin, seed)
    for (server, _seed), clean in gathered.each(CLEAN, asked):
        gathered.cleans += [] if clean is None else [clean]
        heard(CLEAN, server)


@contextmanager
def _cores() -> Iterator[ProcessPoolExecutor]:
    """A process for each core; however the block ends, none of them is left."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    pool = ProcessPoolExecutor(cores, mp_context=get_context("spawn"), initializer=_begin, initargs=(sys.path,))
    before = set(active_children())
    try:
        yield pool
    except BaseException:
        ours = set(active_children()) - before
        pool.shutdown(wait=False, cancel_futures=True)
        for child in ours:
            child.terminate()
        for child in ours:
            child.join(_TO_END_S)
            child.kill()  # nothing, where it has ended
            child.join()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(path: Sequence[str]) -> None:
    """What a process does first. Ctrl-C is for the one that started it, which then ends this one."""
    sys.path[:] = path
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    logging.disable()  # what a faulty server says in its log is no news
