"""Many runs at once, on all cores.

Decides that every core has a run at a time, and that an interrupted score keeps what it has. Which runs there
are to be is in `planning`, what a run does in `jobs`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children, get_context
from typing import Any, Final, TypeVar

from contract_tests.interrupt import Interrupt
from fixtura.scoring import jobs
from fixtura.scoring.planning import Mark, Plan, Visit, across
from fixtura.scoring.tally import Score, Shot

Made = TypeVar("Made")

Heard = Callable[[str, str], None]
"""Told of every run that has ended: what it was part of, and what it was."""

_TO_END_S: Final = 5.0
"""What a process may take to put its things in order when it is told to end."""

KIT, CLEAN, PLAIN = "the kit", "right servers", "plain Schemathesis"


class _Gathered:
    """What has come in so far, with what an earlier score had of it."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        done = plan.done or Score(plan.apis, plan.seeds, (), ())
        self.shots = {(shot.fault, shot.api, shot.seed): shot for shot in done.shots}
        self.plainly = {key: shot.baseline for key, shot in self.shots.items() if shot.baseline is not None}
        self.cleans = {(clean.server, clean.variant, clean.seed): clean for clean in done.cleans}
        self.troubles: list[str] = []

    def score(self, *, unfinished: bool) -> Score:
        """All of it, in the order of the plan."""
        plan = self._plan
        return Score(
            plan.apis,
            plan.seeds,
            tuple(
                replace(self.shots[key], baseline=self.plainly.get(key)) for key in plan.hunts() if key in self.shots
            ),
            tuple(self.cleans[visit.key] for visit in plan.visits() if visit.key in self.cleans),
            unfinished,
            troubles=tuple(self.troubles),
        )

    def each(self, kind: str, asked: Mapping[Future[Any], Any]) -> Iterator[tuple[Any, Any]]:
        """What was asked for with what came of it, as it comes in; None where the run itself crashed."""
        for done in as_completed(asked):
            error = done.exception()
            if error is not None:
                self.troubles.append(f"{kind}, {asked[done]}: {type(error).__name__}: {error}")
            yield asked[done], None if error is not None else done.result()


def sizes(plan: Plan) -> dict[str, int]:
    """How many runs of each kind are to be made."""
    gathered = _Gathered(plan)
    many = {kind: len(missing(plan, gathered)) for kind, missing in _MISSING.items()}
    return {kind: runs for kind, runs in many.items() if runs}


def run(plan: Plan, heard: Heard = lambda _kind, _name: None) -> Score:
    """Do what the plan says. Ctrl-C or SIGTERM ends it early; what has come in until then is the score."""
    gathered = _Gathered(plan)
    try:
        with Interrupt(), _cores() as pool:
            _hunt(pool, plan, gathered, heard)
            _visit(pool, plan, gathered, heard)
            _shoot_plainly(pool, plan, gathered, heard)
    except KeyboardInterrupt:
        return gathered.score(unfinished=True)
    return gathered.score(unfinished=False)


def _hunt(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    asked = {_asked(pool, jobs.shoot, *mark): mark for mark in across(_hunts(plan, gathered))}
    for mark, hit in gathered.each(KIT, asked):
        fault, api, seed = mark
        gathered.shots[mark] = Shot(fault, api, seed, hit)
        heard(KIT, fault)


def _visit(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    asked = {_asked(pool, jobs.visit, visit, plan.clean_s): visit for visit in _visits(plan, gathered)}
    for visit, clean in gathered.each(CLEAN, asked):
        if clean is not None:
            gathered.cleans[visit.key] = clean
        heard(CLEAN, visit.server)


def _shoot_plainly(pool: ProcessPoolExecutor, plan: Plan, gathered: _Gathered, heard: Heard) -> None:
    marks = across(_plain(plan, gathered))
    apis = dict.fromkeys(api for _, api, _ in marks)
    known = dict(gathered.each(PLAIN, {_asked(pool, jobs.learn, api, plan.seeds): api for api in apis}))
    told = [mark for mark in marks if known[mark[1]] is not None]
    asked = {_asked(pool, jobs.shoot_plainly, *mark, known[mark[1]]): mark for mark in told}
    for mark, caught in gathered.each(PLAIN, asked):
        if caught is not None:
            gathered.plainly[mark] = caught
        heard(PLAIN, mark[0])


def _hunts(plan: Plan, gathered: _Gathered) -> list[Mark]:
    return [mark for mark in plan.hunts() if mark not in gathered.shots]


def _visits(plan: Plan, gathered: _Gathered) -> list[Visit]:
    return [visit for visit in plan.visits() if visit.key not in gathered.cleans]


def _plain(plan: Plan, gathered: _Gathered) -> list[Mark]:
    return [mark for mark in plan.plain() if mark not in gathered.plainly]


_MISSING: Final[Mapping[str, Callable[[Plan, _Gathered], list[Any]]]] = {KIT: _hunts, CLEAN: _visits, PLAIN: _plain}


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
    signal.signal(signal.SIGTERM, _end)
    logging.disable()  # what a faulty server says in its log is no news


def _asked(pool: ProcessPoolExecutor, job: Callable[..., Made], *words: Any) -> Future[Made]:
    """The promise of a run."""
    return pool.submit(_made, job, *words)


_told_to_end = threading.Event()
"""Of a process that makes runs."""


def _end(_number: int, _frame: object) -> None:
    """Leave the run that is being made; KeyboardInterrupt is what Hypothesis lets through."""
    _told_to_end.set()
    raise KeyboardInterrupt


def _made(job: Callable[..., Made], *words: Any) -> Made:
    """What a run comes to. A process that was told to end leaves those that still wait for it."""
    if _told_to_end.is_set():
        raise KeyboardInterrupt
    return job(*words)
