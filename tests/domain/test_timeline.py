"""Pages of records by time and by creation, for any span, against filtering a list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.order import Ask, place
from mock_server.domain.timeline import ALWAYS, Sort, Span, Timeline

TIMES = st.lists(st.integers(-20, 20), max_size=40)
SPANS = st.builds(Span, st.none() | st.integers(-21, 21), st.none() | st.integers(-21, 21))


def timeline_of(times: list[int], chunk: int) -> Timeline:
    timeline = Timeline(chunk)
    for serial, time in enumerate(times):
        timeline.add(serial, time)
    return timeline


@given(TIMES, SPANS, st.sampled_from(Sort), st.booleans(), st.integers(1, 5), st.integers(1, 5))
def test_a_walk_over_the_pages_is_the_sorted_and_filtered_list(times, span, sort, descending, limit, chunk) -> None:
    timeline = timeline_of(times, chunk)
    serials = [serial for serial, time in enumerate(times) if time in span]
    by_time = sort is Sort.TIME
    serials.sort(key=lambda serial: (times[serial] if by_time else 0, serial), reverse=descending)
    found: list[int] = []
    after, more = None, True
    while more:
        page = timeline.page(
            Ask(limit, descending=descending, after=after),
            sort=sort,
            span=span,
            time_of=times.__getitem__,
            row=lambda serial: serial,
        )
        assert page.total == len(serials)
        found += page.rows
        after, more = page.last, page.more
        assert more == (len(found) < len(serials))
        if page.rows:
            last = page.rows[-1]
            assert after == (place(times[last], last) if by_time else last)
    assert found == serials


@given(TIMES, st.integers(0, 40), st.integers(1, 5))
def test_taking_back_the_newest_is_as_if_they_had_never_been(times, back, chunk) -> None:
    timeline = timeline_of(times, chunk)
    for time in times[::-1][:back]:
        timeline.drop(time)
    kept = times[: max(0, len(times) - back)]
    assert len(timeline) == len(kept)
    for sort in Sort:
        for span in (ALWAYS, Span(0, 5)):
            ask, same = Ask(3), {"time_of": times.__getitem__, "row": lambda serial: serial}
            expected = timeline_of(kept, chunk).page(ask, sort=sort, span=span, **same)
            assert timeline.page(ask, sort=sort, span=span, **same) == expected


def test_chunks_outside_the_span_are_not_looked_at() -> None:
    times = list(range(1_000))
    timeline = timeline_of(times, chunk=10)
    looked_at = []

    def time_of(serial: int) -> int:
        looked_at.append(serial)
        return times[serial]

    span = Span(905, 995)  # many enough to be met along the way
    page = timeline.page(Ask(2), sort=Sort.CREATION, span=span, time_of=time_of, row=lambda serial: serial)
    assert page.rows == (905, 906)
    assert looked_at == list(range(900, 908))


def test_few_records_of_a_span_are_picked_out_without_a_walk() -> None:
    timeline = timeline_of([*range(500), 900, *range(500), 901], chunk=10)

    def never(_serial: int) -> int:
        raise AssertionError("a record was looked at")

    for descending, expected in ((False, (500, 1001)), (True, (1001, 500))):
        page = timeline.page(
            Ask(2, descending=descending), sort=Sort.CREATION, span=Span(900), time_of=never, row=lambda serial: serial
        )
        assert (page.rows, page.more, page.total) == (expected, False, 2)


def test_a_walk_starts_in_the_middle_of_a_chunk_either_way() -> None:
    timeline = timeline_of([0] * 25, chunk=10)
    for ask, expected in ((Ask(2, after=8), (9, 10)), (Ask(2, descending=True, after=11), (10, 9))):
        page = timeline.page(ask, sort=Sort.CREATION, span=ALWAYS, time_of=int, row=lambda serial: serial)
        assert page.rows == expected
