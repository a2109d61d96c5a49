"""When generated requests start and end.

Decides when that starts and ends. The engine runs in a process of its own, so that nothing of it
stays behind in this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from contract_tests.checks.replies import ReplyJudge
from contract_tests.checks.requests import RequestJudge
from contract_tests.driver import Metered
from contract_tests.fuzz.findings import Findings
from contract_tests.fuzz.job import Job
from contract_tests.fuzz.process import EngineProcess
from contract_tests.session import Session, Specimens

_WIND_DOWN_S = 0.4
"""What the engine needs to load its document and to say what it did last."""


class Fuzzer:
    """The engine, loaded and waiting for its job."""

    def __init__(self, process: EngineProcess) -> None:
        self._process = process

    def run(self, session: Session, specimens: Specimens, deadline: float) -> None:
        """Fuzz the session's target until `deadline` on the session's clock.

        Raises EngineFailed when the engine ends before it was done; what it found until then counts.
        """
        seconds = deadline - session.now() - _WIND_DOWN_S
        if seconds < 1:
            return
        findings = Findings(session, ReplyJudge(session.api), RequestJudge(session.api))
        try:
            job = Job.of(session, int(seconds), specimens).as_data()
            for told in self._process.run(job, deadline, session.now):
                if "leave" in told:
                    assert isinstance(session.driver, Metered)
                    self._process.say({"token": session.driver.leave(told["leave"])})
                elif "exchange" in told:
                    findings.take(told["exchange"])
                elif "phase" in told:
                    session.say(f"generated requests: {told['phase'].replace('_', ' ')}")
                elif "trouble" in told:
                    session.say(told["trouble"])
        finally:
            findings.flush()
            if isinstance(session.driver, Metered):
                session.driver.meter.add(findings.exchanges)


@contextmanager
def fuzzer() -> Iterator[Fuzzer]:
    """Start loading the engine; it is ended with the block, whatever it does."""
    with EngineProcess() as process:
        yield Fuzzer(process)
