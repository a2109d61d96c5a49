"""One run of the kit: the plan, the three parts in their order, the report.

Every skin (command line, `fixtura.check()`, the pytest plugin) comes through `run`. It decides the order
(B histories, C races, A contract; the fuzzer goes last because it may spend an account's int64 range)
and how the time is shared; what is judged is for `stateful` and `contract_tests`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import contract_tests
import spec
import stateful
from contract_tests.call import Reply, Unreachable
from contract_tests.driver import HttpDriver
from contract_tests.guard import require_sandbox
from contract_tests.interrupt import Interrupt
from contract_tests.makings import Makings
from contract_tests.origin import UNTOLD, Origin
from contract_tests.preflight import preflight
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import CONTROL, Misuse, Target
from contract_tests.verdict import Goal, Report, Rule
from contract_tests.watch import WatchedDriver
from fixtura.afterwards import notes_of, tidy_up, tidying_s
from fixtura.contracts import contract_of, levelled

QUICK_S = 13
"""Seconds of judging and of putting away; the promise of 15 includes starting up and writing reports."""

_OF_RACES = ("K", "N")
"""The families of part C's rules, in every suite: races and tenancy."""

_CROWD = 2
"""How many calls must be under way at a time for a race to be one."""

SPARE = 1 / 20
"""How much more of the whole time histories may take while their goals are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to judge and how hard.

    budget_s: seconds for the whole run; None takes the default for `quick`. scenarios: histories to
    play instead of filling the time. rules: judge only these ids, all if empty. yes_this_host: hosts that may
    be written to although they do not look like a sandbox. keep: put nothing away afterwards. memory: a folder
    for failing histories, which the next run with it tries first; without one the same seed plays the same run.
    words: the command line that asked for all this, without secrets; () when it was none.
    """

    target: Target
    seed: int = 1
    quick: bool = False
    budget_s: int | None = None
    scenarios: int | None = None
    rules: tuple[str, ...] = ()
    read_only: bool = False
    allow_settings: bool = False
    yes_this_host: tuple[str, ...] = ()
    keep: bool = False
    memory: Path | None = None
    words: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """The time for the whole run."""
        return self.budget_s or (QUICK_S if self.quick else stateful.full_s(spec.load(self.target.api)))


@dataclass(frozen=True, slots=True)
class Shares:
    """Seconds for each part; 0 leaves it out."""

    histories: float
    races: float
    contract: float

    @classmethod
    def of(cls, plan: Plan, session: Session) -> Shares:
        """How `plan`'s time is shared: a third for part A (a fifth if quick), a tenth for the races.

        A part none of whose rules is judged is left out; a few histories are always played before
        part A, because they make the records that it works with.
        """
        judged = [rule for rule in stateful.rules_for(session.api) if session.recorder.judges(rule.id)]
        histories = any(_family(rule.id)[0] not in _OF_RACES for rule in judged)
        contract = any(session.recorder.judges(rule.id) for rule in contract_tests.rules_for(session.api))
        tenth = plan.seconds / 10
        races = tenth if any(_family(rule.id)[0] in _OF_RACES for rule in judged) else 0
        if histories:
            last = plan.seconds / (5 if plan.quick else 3) if contract else 0
            return cls(plan.seconds - last - races, races, last)
        return cls(tenth, races, plan.seconds - tenth - races) if contract else cls(0, plan.seconds, 0)

    def last(self, left_s: float) -> float:
        """Part A's seconds where so many are left of the whole: its share as far as it goes, half of it at least."""
        return max(self.contract / 2, min(self.contract, left_s))


def run(plan: Plan, say: Callable[[str], None] = lambda _line: None) -> Report:
    """Judge `plan.target` and report. Ctrl-C, or a target that is lost, ends the run early and still reports.

    Raises Misuse (unknown rule, bad target, a host that is no sandbox) and Unreachable before anything was
    written.
    """
    api = contract_of(plan.target)
    require_sandbox(api.profile, plan.target, plan.yes_this_host)
    recorder = Recorder(
        levelled(chosen(rules_of(api), plan.rules), plan.target.overrides.levels),
        _goals(stateful.goals_for(api, plan.quick) + contract_tests.goals_for(api, plan.quick), plan),
    )
    makings = Makings(api)
    started = monotonic()
    with Interrupt() as interrupt, HttpDriver(plan.target, pause=interrupt.pause) as driver:
        answer = preflight(api, plan.target, driver)
        session = Session(
            api=api,
            target=plan.target,
            driver=WatchedDriver(driver, api, recorder, interrupt, makings),
            recorder=recorder,
            seed=plan.seed,
            prefix=f"fixtura-{secrets.token_hex(4)}-",
            quick=plan.quick,
            say=say,
            interrupt=interrupt,
            one_by_one=_one_by_one(plan.target, answer),
            makings=makings,
            memory=plan.memory,
        )
        interrupted, lost = False, ""
        try:
            _judge(session, plan, lambda spent_s: tidying_s(plan, makings, spent_s / max(1, driver.meter.requests)))
        except KeyboardInterrupt:
            interrupted = True
        except Unreachable as error:
            lost = str(error)
        results, reach = recorder.results(), recorder.reached()
        tidied, why = tidy_up(plan, makings, driver, say, early=interrupted or bool(lost))
        return Report(
            api=api.name,
            target=plan.target.base_url,
            seed=plan.seed,
            requests=driver.meter.requests,
            duration_s=monotonic() - started,
            results=results,
            reach=reach,
            interrupted=interrupted,
            lost=lost,
            origin=Origin.of(plan.target, session.prefix),
            command=plan.words or words_of(plan),
            notes=tuple(notes_of(plan.target, driver, tidied, why, session.prefix)),
            made=tidied.made,
        )


def _one_by_one(target: Target, answer: Reply | None) -> str:
    """Why no two calls are ever under way at once; "" where they can be: a limit leaves a gap that a call fills."""
    if target.rps is None or (answer is not None and (answer.ended - answer.started) * target.rps >= _CROWD):
        return ""
    return f"calls cannot overlap at {target.rps:g} requests a second (rps)"


def words_of(plan: Plan) -> tuple[str, ...]:
    """A command line that asks for the same, without secrets, as far as one can say it."""
    told = Origin.of(plan.target)
    words = ["fixtura", "check", plan.target.base_url, "--api", plan.target.api]
    words += [word for key, value in told.scope.items() for word in ("--scope", f"{key}={value}")]
    words += ["--token-env", "TOKEN"] if told.bearer else []
    words += [word for name, value in told.headers.items() for word in ("--header", f"{name}:{value}")]
    words += [word for name in told.secrets for word in ("--header", f"{name}:{UNTOLD}")]
    words += ["--seed", str(plan.seed)]
    words += ["--quick"] if plan.quick else []
    words += ["--budget", str(plan.budget_s)] if plan.budget_s else []
    words += ["--scenarios", str(plan.scenarios)] if plan.scenarios else []
    words += [word for rule_id in plan.rules for word in ("--rule", rule_id)]
    words += ["--rps", f"{plan.target.rps:g}"] if plan.target.rps else []
    words += [word for host in plan.yes_this_host for word in ("--yes-this-host", host)]
    words += ["--keep"] if plan.keep else []
    words += ["--read-only"] if plan.read_only else []
    return (*words, *(["--allow-settings"] if plan.allow_settings else []))


def rules_of(api: spec.Api) -> tuple[Rule, ...]:
    """Every rule that the kit judges for that API, family by family and by number."""
    rules = stateful.rules_for(api) + contract_tests.rules_for(api)
    families = list(dict.fromkeys(_family(rule.id)[0] for rule in rules))
    return tuple(sorted(rules, key=lambda rule: (families.index(_family(rule.id)[0]), _family(rule.id)[1])))


def _family(rule_id: str) -> tuple[str, int]:
    """A rule's id in two: ("layer.R", 12)."""
    letters = rule_id.rstrip("0123456789")
    return letters, int(rule_id[len(letters) :] or 0)


def _judge(session: Session, plan: Plan, tidying: Callable[[float], float]) -> None:
    """tidying: how long it will take to put away what was made in so many seconds."""
    begun = session.now()
    if plan.read_only:
        stateful.read_only(session)
        for result in session.recorder.results():
            session.recorder.unobservable(result.rule.id, "it takes writing, and the run was read-only")
        return
    with contract_tests.fuzzer() as fuzz:  # loads while the histories are played
        shares = Shares.of(plan, session)
        # A sandbox is there to be changed; anybody else's settings are left alone unless told otherwise.
        allow_settings = plan.allow_settings or CONTROL in plan.target.capabilities
        specimens = stateful.histories(
            session,
            shares.histories,
            scenarios=plan.scenarios,
            spare=plan.seconds * SPARE,
            allow_settings=allow_settings,
        )
        if shares.races:
            stateful.races(session, shares.races, allow_settings=allow_settings)
        if shares.contract:
            spent = session.now() - begun
            seconds = shares.last(plan.seconds - spent - tidying(spent)) if plan.scenarios is None else shares.contract
            contract_tests.contract(session, seconds, specimens, fuzz)


def chosen(rules: tuple[Rule, ...], ids: tuple[str, ...]) -> tuple[Rule, ...]:
    """Those of these ids, all where there are none. Raises Misuse for an id that no rule has."""
    known = {rule.id for rule in rules}
    unknown = [rule_id for rule_id in ids if rule_id not in known]
    if unknown:
        raise Misuse(f"no such rule: {', '.join(unknown)}; the rules are {', '.join(sorted(known))}")
    return tuple(rule for rule in rules if not ids or rule.id in ids)


def _goals(goals: tuple[Goal, ...], plan: Plan) -> tuple[Goal, ...]:
    return () if plan.read_only else goals
