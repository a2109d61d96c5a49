"""Places and pages against sorted lists (DECISIONS 18)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.order import Ask, Order, page_of, place, serial_at

PAIRS = st.tuples(st.integers(-5, 5), st.integers(0, 50))
BOUND = st.none() | st.integers(-6, 6)


@given(st.tuples(st.integers(-(2**70), 2**70), st.integers(0, 2**40 - 1)), PAIRS)
def test_a_place_compares_as_the_pair_does_and_gives_its_serial_back(one, other) -> None:
    assert (place(*one) < place(*other)) == (one < other)
    assert serial_at(place(*one)) == one[1]


@given(st.sets(PAIRS), st.booleans(), st.none() | PAIRS, BOUND, BOUND)
def test_a_walk_is_what_a_sorted_list_has_behind_the_last_row(pairs, descending, after, low, high) -> None:
    order = Order()
    for pair in pairs:
        order.add(place(*pair))
    within = [
        pair
        for pair in sorted(pairs, reverse=descending)
        if (low is None or pair[0] >= low) and (high is None or pair[0] < high)
    ]
    behind = [p for p in within if after is None or (p < after if descending else p > after)]
    bounds = [None if bound is None else place(bound, 0) for bound in (low, high)]
    walked = order.walk(
        descending=descending,
        after=None if after is None else place(*after),
        low=bounds[0],
        high=bounds[1],
    )
    assert list(walked) == [place(*pair) for pair in behind]
    assert order.count(*bounds) == len(within)
    assert len(order) == len(pairs)


@given(st.sets(PAIRS, max_size=12), st.integers(1, 5))
def test_pages_of_any_size_give_every_row_once(pairs, limit) -> None:
    order = Order()
    for pair in pairs:
        order.add(place(*pair))
    found: list[int] = []
    after, more = None, True
    while more:
        page = page_of(order.walk(after=after), Ask(limit), len(order), serial_at)
        assert page.total == len(pairs)
        assert len(page.rows) <= limit
        found += page.rows
        after, more = page.last, page.more
        assert more == (len(found) < len(pairs))
    assert found == [serial for _, serial in sorted(pairs)]


def test_a_place_that_was_taken_out_is_not_walked() -> None:
    order = Order()
    order.add(place(1, 1))
    order.add(place(1, 2))
    order.remove(place(1, 1))
    assert list(order.walk()) == [place(1, 2)]
