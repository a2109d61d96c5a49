"""What a check would do to a target, foretold without doing it.

Decides that the foretelling is a rehearsal: the same plan is played for some seconds against this
project's own sandbox, and what it makes there in so many calls, it will make elsewhere. How many calls
there will be depends on how quickly the target answers, which its answer to the preflight tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from contract_tests.driver import HttpDriver
from contract_tests.guard import require_sandbox
from contract_tests.makings import Makings
from contract_tests.preflight import preflight
from contract_tests.target import CONTROL, Target
from fixtura.contracts import contract_of
from fixtura.running import Plan, run
from fixtura.servers import serving

REHEARSAL_S: Final = 8
"""How long the rehearsal may take."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """calls: how many at most. made: records by the operation that makes them. putting_away: the operation
    that does, by the one that made them. latency_s: of the preflight, None where nothing could be asked.
    """

    calls: int
    made: Mapping[str, int]
    putting_away: Mapping[str, str]
    seconds: int
    latency_s: float | None


def forecast(plan: Plan, say: Callable[[str], None] = lambda _line: None) -> Forecast:
    """Foretell a run. Nothing is sent to the target but the preflight's questions, which write nothing.

    Raises Misuse and Unreachable, as the run would.
    """
    api = contract_of(plan.target)
    require_sandbox(api.profile, plan.target, plan.yes_this_host)
    say("looking at the target")
    with HttpDriver(plan.target) as driver:
        answer = preflight(api, plan.target, driver)
    latency = None if answer is None else answer.ended - answer.started
    say("rehearsing in a sandbox of our own")
    requests, made, seconds = _rehearsed(plan)
    rates = [requests / seconds]
    rates += [1 / latency] if latency else []
    rates += [plan.target.rps] if plan.target.rps else []
    calls = int(plan.seconds * min(rates))
    share = calls / requests if requests else 0
    foretold = {name: -int(-count * share // 1) for name, count in sorted(made.items())}
    return Forecast(calls, foretold, Makings(api).ways(), plan.seconds, latency)


def _rehearsed(plan: Plan) -> tuple[int, Mapping[str, int], float]:
    """Requests, records and seconds of the same plan in a sandbox that offers what the target offers."""
    with serving([plan.target.api]) as server:
        here = Target.from_data(server.ready(), plan.target.api)
        ours = replace(
            plan.target,
            base_url=here.base_url,
            scope=here.scope,
            token=here.token,
            source=None,
            headers={},
            other=here.other if plan.target.other else None,
            proxy=None,
            rps=None,
            control_url=here.control_url if CONTROL in plan.target.capabilities else None,
        )
        report = run(replace(plan, target=ours, budget_s=REHEARSAL_S, scenarios=None, keep=True))
    return report.requests, report.made, report.duration_s
