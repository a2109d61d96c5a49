"""When requests go out: evenly spaced under a limit, and not at all while a server wants to be left alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import formatdate
from time import monotonic, time

import pytest

from contract_tests.call import Call
from contract_tests.driver import HttpDriver
from contract_tests.pace import Pace
from contract_tests.target import Target
from tests.contract.toy import SHOP, Toy

BOXES = f"/shops/{SHOP}/boxes"


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


def test_turns_are_evenly_spaced() -> None:
    clock = Clock()
    pace = Pace(4, pause=clock.pause, now=clock)
    times = []
    for _ in range(9):
        pace.turn()
        times.append(clock.now)
    assert times == pytest.approx([100 + number / 4 for number in range(9)])


def test_time_that_nobody_used_is_not_caught_up_with() -> None:
    clock = Clock()
    pace = Pace(4, pause=clock.pause, now=clock)
    pace.turn()
    clock.now += 50
    pace.turn()
    pace.turn()
    assert clock.now == pytest.approx(150.25)


def test_without_a_limit_nobody_waits_unless_it_is_held() -> None:
    clock = Clock()
    pace = Pace(pause=clock.pause, now=clock)
    for _ in range(100):
        pace.turn()
    assert clock.now == 100
    pace.hold(7)
    pace.hold(3)
    pace.turn()
    pace.turn()
    assert clock.now == pytest.approx(107)


def test_a_limit_holds_over_all_threads(target: Target, toy: Toy) -> None:
    with HttpDriver(replace(target, rps=50)) as driver, ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda _: driver.send(Call("GET", BOXES)), range(40)))
    starts = sorted(reply.started for reply in replies)
    assert starts[-1] - starts[0] >= 39 / 50 - 0.05


def test_what_one_thread_is_told_everybody_keeps_to(target: Target, toy: Toy) -> None:
    toy.busy, toy.retry_after = 1, "1"
    with HttpDriver(target) as driver:
        began = monotonic()
        driver.send(Call("GET", BOXES))
        toy.busy = 1
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: driver.send(Call("GET", BOXES)), range(4)))
        assert monotonic() - began >= 2
        assert driver.meter.pleas == (2, 1.0)


def test_a_date_is_kept_to_as_well(target: Target, toy: Toy) -> None:
    waits: list[float] = []
    toy.busy, toy.retry_after = 1, formatdate(time() + 30, usegmt=True)
    with HttpDriver(target, pause=waits.append) as driver:
        assert driver.send(Call("GET", BOXES)).status == 200
    assert waits == [pytest.approx(30, abs=2)]


def test_nobody_is_waited_for_longer_than_a_minute_at_a_time(target: Target, toy: Toy) -> None:
    waits: list[float] = []
    toy.busy, toy.retry_after = 2, "900"
    with HttpDriver(target, pause=waits.append) as driver:
        assert driver.send(Call("GET", BOXES)).status == 429
        assert waits == []
        assert driver.send(Call("GET", BOXES)).status == 429
        assert waits == [pytest.approx(60, abs=1)]
        assert driver.meter.pleas == (2, 900.0)
