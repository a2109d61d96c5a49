"""The law of running balances: the orders that lines may count in, and where nothing tells them apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import accumulate, permutations

from hypothesis import given
from hypothesis import strategies as st

from stateful.rules.running import running
from stateful.sights import SeenLine, SeenLines
from tests.stateful.scenes import JUNE, broken, holds, line, recorded, silent

MORNING, EVENING = JUNE + timedelta(hours=8), JUNE + timedelta(hours=20)
FIRST = replace(line(5, name="first", running=5), instant=EVENING, created=JUNE)
SECOND = replace(line(3, name="second", running=8), instant=MORNING, created=JUNE + timedelta(1))


def shown(*rows: SeenLine) -> SeenLines:
    return SeenLines("at cost", rows)


def test_running_balances_add_up_in_one_of_two_orders() -> None:
    assert holds(running, recorded(shown(SECOND, FIRST)))
    assert holds(running, recorded(shown(replace(SECOND, running=3), replace(FIRST, running=8))))
    (wrong,) = broken(running, recorded(shown(SECOND, replace(FIRST, running=6))))
    assert wrong.seen == "the balances of at cost do not follow on each other; the last is 8"
    assert wrong.expected == "line by line to 8"
    assert silent(running, recorded(shown(replace(FIRST, running=None))))


def test_a_reversal_and_what_takes_its_place_may_count_in_either_order_where_both_were_created_at_once() -> None:
    later = JUNE + timedelta(1)
    original = replace(line(100, name="original", running=100), instant=EVENING, created=JUNE)
    reversal = replace(line(-100, name="reversal", running=0), instant=EVENING, created=later)
    again = replace(line(100, name="again", running=100), instant=MORNING, created=later)
    assert holds(running, recorded(shown(again, original, reversal)))
    swapped = replace(again, running=200), original, replace(reversal, running=100)
    assert holds(running, recorded(shown(*swapped)))
    assert broken(running, recorded(shown(replace(again, running=200), original, reversal)))
    apart = replace(again, created=later + timedelta(1))
    assert broken(running, recorded(shown(replace(apart, running=200), original, replace(reversal, running=100))))


def test_balances_that_hang_together_without_the_rest_are_wrong() -> None:
    """100 and -100, each from 50: a round of its own that no line leads into."""
    circle = line(100, name="up", running=150), line(-100, name="down", running=50)
    assert broken(running, recorded(shown(line(7, name="true", running=7), *circle)))


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-3, 3)), min_size=1, max_size=5))
def test_lines_created_at_once_are_right_where_one_of_their_orders_is(told: list[tuple[int, int]]) -> None:
    rows = tuple(line(minor, name=str(at), running=balance) for at, (minor, balance) in enumerate(told))
    orders = permutations(rows)
    right = any([row.running for row in order] == list(accumulate(row.minor for row in order)) for order in orders)
    assert bool(holds(running, recorded(shown(*rows)))) is right


@given(st.data())
def test_lines_in_any_order_of_their_own_are_right(data: st.DataObject) -> None:
    minors = data.draw(st.lists(st.integers(-3, 3), min_size=1, max_size=30))
    told = zip(minors, accumulate(minors), strict=True)
    rows = [line(minor, name=str(at), running=balance) for at, (minor, balance) in enumerate(told)]
    assert holds(running, recorded(shown(*data.draw(st.permutations(rows)))))
