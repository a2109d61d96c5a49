"""A call without a reply, a target that is gone, and an interrupt that somebody swallowed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from contract_tests.call import BrokenOff, Call, Reply, Unreachable
from contract_tests.checks.rules import NO_CRASH, ROBUST
from contract_tests.driver import Meter
from contract_tests.interrupt import Interrupt
from contract_tests.recorder import Recorder
from contract_tests.target import Target
from contract_tests.verdict import Unknown
from contract_tests.watch import WatchedDriver
from tests.contract.toy import SHOP
from tests.contract.toy_api import toy_api

ALLOWED = Call("GET", f"/shops/{SHOP}/boxes", operation_id="boxes.list")
ODD = Call("GET", f"/shops/{SHOP}/boxes/%00", operation_id="boxes.read")


@dataclass
class Flaky:
    """A driver that gets no reply to some calls. Stands in for `HttpDriver`."""

    lost: Callable[[Call], bool]
    target: Target = field(default_factory=lambda: Target("http://h.test/v1", "toy", {"shop": SHOP}))
    meter: Meter = field(default_factory=Meter)
    asked: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> Reply:
        self.asked.append(call)
        if self.lost(call):
            raise Unreachable("h.test broke off the connection")
        return Reply(200)


def watched(driver: Any, interrupt: Interrupt | None = None) -> tuple[WatchedDriver, Recorder]:
    recorder = Recorder([NO_CRASH, ROBUST])
    return WatchedDriver(driver, toy_api(), recorder, interrupt or Interrupt()), recorder


@pytest.mark.parametrize(("call", "place"), [(ALLOWED, 0), (ODD, 1)])
def test_a_call_that_gets_no_reply_is_in_doubt_while_the_target_answers_others(call: Call, place: int) -> None:
    times = iter([True, False])
    driver, recorder = watched(Flaky(lambda _call: next(times)))
    with pytest.raises(BrokenOff, match="broke off the connection"):
        driver.send(call)
    verdicts = [result.verdict for result in recorder.results()]
    assert verdicts[place] == Unknown("a call got no reply: h.test broke off the connection")
    assert verdicts[1 - place] == Unknown("nothing was seen that this rule speaks of")


def test_a_target_that_answers_nothing_any_more_is_gone() -> None:
    flaky = Flaky(lambda _call: True)
    driver, recorder = watched(flaky)
    with pytest.raises(Unreachable) as raised:
        driver.send(ODD)
    assert not isinstance(raised.value, BrokenOff)
    assert len(flaky.asked) == 2
    assert all("nothing was seen" in getattr(result.verdict, "why", "") for result in recorder.results())


def test_nothing_is_sent_after_an_interrupt() -> None:
    flaky, interrupt = Flaky(lambda _call: False), Interrupt()
    driver, _ = watched(flaky, interrupt)
    interrupt.asked = True
    with pytest.raises(KeyboardInterrupt):
        driver.send(ALLOWED)
    assert flaky.asked == []


def test_what_puts_things_in_order_may_still_send() -> None:
    flaky, interrupt = Flaky(lambda _call: False), Interrupt()
    driver, _ = watched(flaky, interrupt)
    interrupt.asked = True
    with interrupt.deferred():
        assert driver.send(ALLOWED).ok
    with pytest.raises(KeyboardInterrupt):
        driver.send(ALLOWED)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_that_is_swallowed_is_remembered(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with Interrupt() as interrupt:
        with suppress(KeyboardInterrupt):  # as a garbage collector's callback does
            os.kill(os.getpid(), number)
        assert interrupt.asked
        with pytest.raises(KeyboardInterrupt):
            interrupt.check()
    assert signal.getsignal(number) is before


class Interrupted:
    """Is interrupted where nobody can be told: exceptions of `__del__` are only printed."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)  # where a handler may run


def test_an_interrupt_that_cannot_be_raised_is_remembered_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sys.unraisablehook
    with Interrupt() as interrupt:
        thing = Interrupted()
        del thing
        assert interrupt.asked
    assert capsys.readouterr().err == ""
    assert sys.unraisablehook is before


def test_whatever_comes_out_after_an_interrupt_is_the_interrupt() -> None:
    interrupt = Interrupt()
    with interrupt.heeded():
        pass
    with pytest.raises(AssertionError), interrupt.heeded():
        raise AssertionError
    interrupt.asked = True
    with pytest.raises(KeyboardInterrupt), interrupt.heeded():
        raise AssertionError
    with pytest.raises(KeyboardInterrupt), interrupt.heeded():
        pass


def test_the_first_interrupt_waits_for_what_puts_things_in_order_and_the_second_does_not() -> None:
    with Interrupt() as interrupt, interrupt.deferred():
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt.asked
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Interrupt() as interrupt:
            os.kill(os.getpid(), signal.SIGINT)
            assert not interrupt.asked
    finally:
        signal.signal(signal.SIGINT, before)


def test_in_another_thread_nothing_is_changed() -> None:
    before, inside = signal.getsignal(signal.SIGINT), []

    def enter() -> None:
        with Interrupt():
            inside.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert inside == [before]
