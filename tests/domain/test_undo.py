"""A refused command leaves nothing; a snapshot is a mark; the list does not grow for ever (L5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.accounts import ByKey
from mock_server.domain.book import Book
from mock_server.domain.undo import Mark, StaleMark, Undo
from tests.domain.books import CASH, TEMPLATES, an_asset, everything, ids, post, terms


class Refusal(Exception):
    pass


@contextmanager
def refused(undo: Undo) -> Iterator[None]:
    """A command that is refused at its end."""
    with suppress(Refusal), undo.command():
        yield
        raise Refusal


def put(undo: Undo, held: dict[str, int], key: str, value: int) -> None:
    with undo.command():
        undo.put(held, key, value)


def test_an_accepted_command_stays_and_its_steps_are_forgotten() -> None:
    undo, held = Undo(), {"a": 1}
    with undo.command():
        undo.put(held, "a", 2)
        undo.put(held, "b", 3)
        assert len(undo) == 2
    assert held == {"a": 2, "b": 3}
    assert len(undo) == 0


def test_a_refused_command_leaves_nothing() -> None:
    undo, held, rows = Undo(), {"a": 1}, [1, 2]
    with refused(undo):
        undo.put(held, "a", 2)
        undo.put(held, "b", 3)
        undo.append(rows, 3)
        undo.replace(rows, 0, 9)
    assert (held, rows) == ({"a": 1}, [1, 2])
    assert len(undo) == 0


def test_a_refused_part_of_a_command_leaves_the_rest() -> None:
    undo, rows = Undo(), [1]
    with undo.command():
        undo.append(rows, 2)
        with refused(undo):
            undo.append(rows, 3)
        undo.append(rows, 4)
    assert rows == [1, 2, 4]


def test_the_reason_of_a_refusal_comes_through() -> None:
    undo = Undo()
    with pytest.raises(Refusal), undo.command():
        raise Refusal


def test_a_refused_command_takes_back_the_parts_that_were_accepted() -> None:
    undo, rows = Undo(), [1]
    with refused(undo), undo.command():
        undo.append(rows, 2)
    assert rows == [1]


def test_a_mutation_outside_a_command_is_a_bug() -> None:
    undo = Undo()
    with pytest.raises(AssertionError, match="could not be taken back"):
        undo.append([], 1)


def test_no_snapshot_is_taken_or_restored_inside_a_command() -> None:
    undo = Undo()
    mark = undo.mark()
    with undo.command():
        with pytest.raises(AssertionError, match="half of it"):
            undo.mark()
        with pytest.raises(AssertionError, match="its ground"):
            undo.restore(mark)


def test_a_snapshot_can_be_restored_again_and_again() -> None:
    undo, held = Undo(), {"a": 1}
    mark = undo.mark()
    for value in (2, 3):
        put(undo, held, "a", value)
        undo.restore(mark)
        assert held == {"a": 1}


def test_restoring_makes_later_snapshots_stale() -> None:
    undo, held = Undo(), {"a": 1}
    early = undo.mark()
    put(undo, held, "a", 2)
    late = undo.mark()
    undo.restore(early)
    for use in (undo.restore, undo.release):
        with pytest.raises(StaleMark):
            use(late)
    assert held == {"a": 1}


def test_a_released_snapshot_is_stale_and_holds_no_steps() -> None:
    undo, held = Undo(), {"a": 1}
    mark = undo.mark()
    put(undo, held, "a", 2)
    assert len(undo) == 1
    undo.release(mark)
    assert len(undo) == 0
    with pytest.raises(StaleMark):
        undo.restore(mark)
    assert held == {"a": 2}


def test_releasing_one_snapshot_keeps_what_another_needs() -> None:
    undo, held = Undo(), {"a": 1}
    first = undo.mark()
    put(undo, held, "a", 2)
    second = undo.mark()
    put(undo, held, "a", 3)
    undo.release(first)
    assert len(undo) == 1
    undo.restore(second)
    assert held == {"a": 2}


@given(st.data())
def test_every_live_snapshot_gives_back_its_own_moment(data: st.DataObject) -> None:
    undo, held = Undo(), dict[str, int]()
    moments = dict[Mark, dict[str, int]]()
    for value in range(data.draw(st.integers(1, 30))):
        action = data.draw(st.sampled_from(["put", "refuse", "mark", "release", "restore"]))
        key = data.draw(st.sampled_from("abc"))
        if action == "put":
            put(undo, held, key, value)
        elif action == "refuse":
            with refused(undo):
                undo.put(held, key, value)
        elif action == "mark":
            moments[undo.mark()] = dict(held)
        elif moments:
            mark = data.draw(st.sampled_from(sorted(moments)))
            if action == "release":
                undo.release(mark)
                del moments[mark]
            else:
                undo.restore(mark)
                moments = {name: moment for name, moment in moments.items() if name <= mark}
                assert held == moments[mark]
        assert moments or not len(undo)


class OutOfIds(Exception):
    pass


@pytest.mark.parametrize("left", range(4))
def test_a_book_whose_ids_run_out_in_the_middle_of_a_command_is_as_it_was(left: int) -> None:
    """A value change draws one id, its entry another, and each of the two lines one."""
    source = ids()

    def new_id() -> str:
        for fresh in source:
            return fresh
        raise OutOfIds

    book = Book(TEMPLATES, asset_parent=ByKey("fixed"), now_ns=count(1).__next__, new_id=new_id)
    asset = an_asset(book)
    before = everything(book)
    source = islice(ids(), 1000, 1000 + left)
    with pytest.raises(OutOfIds):
        post(book, asset, terms(counter=CASH))
    assert everything(book) == before


def test_fields_that_are_assigned_have_their_old_values_again_after_a_refusal() -> None:
    class Record:
        colour, size = "red", 1

    undo, record = Undo(), Record()
    with suppress(Refusal), undo.command():
        undo.assign(record, colour="blue", size=2)
        undo.assign(record, size=3)
        raise Refusal
    assert (record.colour, record.size) == ("red", 1)
    with undo.command():
        undo.assign(record, colour="blue", size=2)
    assert (record.colour, record.size, len(undo)) == ("blue", 2, 0)
