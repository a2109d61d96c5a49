"""Prefix sums against a list that is added up (what O1 and O3 rest on)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.sums import Sums

AMOUNTS = st.one_of(st.integers(-9, 9), st.integers(-(2**63 - 1), 2**63 - 1))


def check(sums: Sums, naive: dict[int, int]) -> None:
    assert sums.total == sum(naive.values())
    for key in {0, *naive, *(known + 1 for known in naive), *(known - 1 for known in naive)}:
        assert sums.through(key) == sum(amount for known, amount in naive.items() if known <= key)
        assert sums.reaches(key) == any(known <= key for known in naive)


@given(st.dictionaries(st.integers(-60, 60), AMOUNTS, max_size=60), st.integers(1, 4), st.randoms())
def test_sums_agree_with_adding_up_in_whatever_order_amounts_arrive(amounts, load, random) -> None:
    sums, naive = Sums(load), dict[int, int]()
    keys = list(amounts)
    random.shuffle(keys)
    for key in keys:
        sums.add(key, amounts[key])
        naive[key] = amounts[key]
    check(sums, naive)
    random.shuffle(keys)
    for key in keys:
        sums.remove(key)
        del naive[key]
        check(sums, naive)


@given(st.lists(AMOUNTS, max_size=80), st.integers(1, 4))
def test_amounts_that_arrive_in_order_can_be_taken_back_from_the_end(amounts, load) -> None:
    sums, naive = Sums(load), dict[int, int]()
    for key, amount in enumerate(amounts):
        sums.add(key, amount)
        naive[key] = amount
    check(sums, naive)
    for key in reversed(range(len(amounts))):
        sums.remove(key)
        del naive[key]
    check(sums, naive)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 40), AMOUNTS), max_size=120),
    st.integers(1, 3),
)
def test_amounts_come_and_go(steps, load) -> None:
    sums, naive = Sums(load), dict[int, int]()
    for _, key, amount in steps:
        if key in naive:
            sums.remove(key)
            del naive[key]
        else:
            sums.add(key, amount)
            naive[key] = amount
    check(sums, naive)


def test_a_full_block_is_split_and_an_emptied_one_goes() -> None:
    sums, naive = Sums(load=2), dict[int, int]()
    for key in (10, 20, 30, 40, 50, 11, 12, 13, 14, 15, 31, 32, 33):
        sums.add(key, key)
        naive[key] = key
        check(sums, naive)
    for key in (30, 31, 32, 33, 40, 50, 10, 15, 14, 13, 12, 11, 20):
        sums.remove(key)
        del naive[key]
        check(sums, naive)
