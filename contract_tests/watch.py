"""A driver that tells a call without a reply from a target that is gone.

Decides that one connection that breaks off is a doubt about the call and not the end of a run, as long
as the target still answers a harmless question. Knows no API: which question that is, the document says.
"""

from __future__ import annotations

from contract_tests.call import BrokenOff, Call, Reply, Unreachable
from contract_tests.checks import rules
from contract_tests.checks.requests import RequestJudge
from contract_tests.driver import HttpDriver
from contract_tests.interrupt import Interrupt
from contract_tests.makings import Makings
from contract_tests.preflight import first_question
from contract_tests.recorder import Recorder
from spec import Api


class WatchedDriver:
    """Sends through another driver. Safe to use from several threads at once."""

    def __init__(
        self, driver: HttpDriver, api: Api, recorder: Recorder, interrupt: Interrupt, makings: Makings | None = None
    ) -> None:
        """recorder: where a call without a reply is put in doubt. interrupt: what ends the sending.

        makings: where what is made is taken down.
        """
        self.meter = driver.meter
        self._driver = driver
        self._question = first_question(api, driver.target.scope) or Call("GET", "/")
        self._requests = RequestJudge(api)
        self._recorder = recorder
        self._interrupt = interrupt
        self._makings = makings

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply.

        Raises BrokenOff when only this call gets none, Unreachable when the target is gone, and
        KeyboardInterrupt once the run was interrupted.
        """
        self._interrupt.check()
        try:
            reply = self._driver.send(call)
        except Unreachable as lost:
            self._interrupt.check()
            if not self._answers():
                raise
            # What the document allows has to be answered; anything else should be.
            rule = rules.NO_CRASH if self._requests.allows(call) else rules.ROBUST
            self._recorder.doubt(rule.id, f"a call got no reply: {lost}")
            raise BrokenOff(str(lost)) from lost
        if self._makings is not None:
            self._makings.take(call, reply)
        return reply

    def leave(self, refused: str | None = None) -> str | None:
        """See `driver.Metered`."""
        return self._driver.leave(refused)

    def _answers(self) -> bool:
        try:
            self._driver.send(self._question)
        except Unreachable:
            return False
        return True
