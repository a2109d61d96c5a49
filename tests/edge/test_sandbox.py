"""Time does not go back, and a seed gives the same ids again."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import RandomIds, SeededIds, spelled


def test_the_clock_stands_still_where_the_machines_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([5, 9, 3, 10])
    monkeypatch.setattr("mock_server.sandbox.clock.time.time_ns", lambda: next(readings))
    sandbox = SystemClock()
    assert [sandbox.now_ns() for _ in range(4)] == [5, 9, 9, 10]


@given(st.binary(min_size=16, max_size=16))
def test_any_sixteen_bytes_spell_a_version_4_uuid(raw: bytes) -> None:
    text = spelled(raw.hex())
    assert text == str(UUID(bytes=raw, version=4))
    assert (UUID(text).version, UUID(text).variant) == (4, RFC_4122)


@given(st.integers(-(2**63), 2**63))
def test_the_same_seed_gives_the_same_ids_in_the_same_order(seed: int) -> None:
    one, again, other = SeededIds(seed), SeededIds(seed), SeededIds(seed + 1)
    ids = [one.new() for _ in range(5)]
    assert ids == [again.new() for _ in range(5)]
    assert len({*ids, *(other.new() for _ in range(5))}) == 10


def test_fresh_ids_are_never_the_same() -> None:
    ids = RandomIds()
    assert len({ids.new() for _ in range(1000)}) == 1000
