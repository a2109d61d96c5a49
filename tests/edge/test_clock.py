"""The sandbox's clock: stopped, set forward, never back; in process and over the control plane."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

import fixtura
import spec
from mock_server.sandbox.clock import Backwards, SystemClock
from mock_server.sandbox.timing import BadTime

NOON = "2024-03-31T12:00:00.000000Z"


class Machine:
    def __init__(self) -> None:
        self.ns = 1_000

    def __call__(self) -> int:
        return self.ns


def test_a_stopped_clock_stands_and_goes_on_from_there() -> None:
    machine = Machine()
    clock = SystemClock(machine=machine)
    clock.set(frozen=True)
    machine.ns += 500
    assert (clock.now_ns(), clock.frozen) == (1_000, True)
    clock.set(frozen=False)
    machine.ns += 7
    assert (clock.now_ns(), clock.frozen) == (1_007, False)


def test_a_clock_set_forward_runs_on() -> None:
    machine = Machine()
    clock = SystemClock(machine=machine)
    clock.set(5_000)
    machine.ns += 1
    assert clock.now_ns() == 5_001


def test_time_never_goes_back_and_nothing_has_changed() -> None:
    machine = Machine()
    clock = SystemClock(machine=machine)
    clock.set(5_000, frozen=True)
    with pytest.raises(Backwards):
        clock.set(4_999, frozen=False)
    assert (clock.now_ns(), clock.frozen) == (5_000, True)
    machine.ns = 0
    clock.set(frozen=False)
    machine.ns = -100  # somebody sets the machine back
    assert clock.now_ns() == 5_000


def test_a_sandbox_may_start_in_the_past() -> None:
    machine = Machine()
    clock = SystemClock(10, machine)
    assert clock.now_ns() == 10
    machine.ns += 5
    assert clock.now_ns() == 15


@pytest.mark.parametrize("api", spec.available())
def test_the_control_plane_tells_and_sets_the_time(api: str) -> None:
    with fixtura.serving([api], now=NOON) as server:
        url = f"{server.base_url}/_sandbox/{api}/clock"
        stopped = httpx.put(url, json={"now": "2024-04-30T00:00:00+02:00", "frozen": True})
        assert (stopped.status_code, stopped.json()) == (
            200,
            {"data": {"now": "2024-04-29T22:00:00.000000Z", "frozen": True}},
        )
        for bad in (
            {"now": "2024-04-01T00:00:00Z"},
            {"now": "9999-01-01T00:00:00Z"},
            {"now": "soon"},
            {"frozen": "no"},
        ):
            assert httpx.put(url, json=bad).status_code == 400
        assert "not be set: it is 2024-04-29T22" in httpx.put(url, json={"now": "2024-04-01T00:00:00Z"}).text
        assert httpx.get(url).json() == stopped.json()
        assert httpx.put(url, json={}).json() == stopped.json()
        assert httpx.put(url, json={"frozen": False}).json()["data"]["frozen"] is False


def test_records_are_stamped_by_it_in_process() -> None:
    with fixtura.sandbox("layer", now=NOON) as books:
        books.clock.freeze()
        assert books.clock.now.date().isoformat() == "2024-03-31"
        books.clock.move(days=30)
        path = f"/businesses/{books.scope['business_id']}/assets"
        made = books.client.post(path, json={"name": "Van", "asset_type": "VEHICLE"}).json()["data"]
        archived = books.client.delete(f"{path}/{made['id']}").json()["data"]
        assert archived["archived_at"].startswith("2024-04-30T12:00")
        books.clock.move(datetime(2025, 1, 1, tzinfo=UTC))
        assert (books.clock.frozen, books.clock.now) == (True, datetime(2025, 1, 1, tzinfo=UTC))
        with pytest.raises(BadTime, match="time never goes back"):
            books.clock.move(to="2024-12-31T00:00:00Z")
        books.clock.resume()
        assert not books.clock.frozen


def test_two_sandboxes_have_a_clock_each() -> None:
    with fixtura.sandbox(now=NOON) as one, fixtura.sandbox() as other:
        one.clock.freeze()
        assert other.clock.now > one.clock.now
        assert not other.clock.frozen


def test_a_start_that_is_no_time_is_refused() -> None:
    with pytest.raises(BadTime, match="yesterday"):
        fixtura.sandbox(now="yesterday")
