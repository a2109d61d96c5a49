"""Which texts are instants, and the UTC days that they fall on (O1, T4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.domain.instants import DAY_NS, parse, written
from mock_server.domain.refused import Code, Refused


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29T00:00:00Z", date(2024, 2, 29)),
        ("2024-02-29t23:59:59.999999999999z", date(2024, 2, 29)),
        ("2024-02-29T23:59:59-12:00", date(2024, 3, 1)),
        ("2024-03-01T00:00:00+00:01", date(2024, 2, 29)),
        ("2024-03-01T00:00:00-00:00", date(2024, 3, 1)),
        ("1969-12-31T23:59:59Z", date(1969, 12, 31)),
        ("0001-01-01T00:00:00Z", date.min),
        ("9999-12-31T23:59:59.9Z", date.max),
    ],
)
def test_the_day_for_the_books_is_the_utc_day(text: str, day: date) -> None:
    instant = parse(text)
    assert instant.day == day
    assert instant.day_number == day.toordinal()
    assert instant.text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-02-29",
        "2024-02-29 00:00:00Z",
        "2024-02-29T00:00:00",
        "2024-02-29T00:00:00Z\n",
        "2024-02-29T00:00:00.Z",
        "2024-02-29T00:00:00+24:00",
        "2024-02-29T00:00:00+00:60",
        "2024-02-29T24:00:00Z",
        "2024-02-29T00:60:00Z",
        "2016-12-31T23:59:60Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "0000-12-31T23:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "२०२४-०२-२९T00:00:00Z",
    ],
)
def test_any_other_text_is_refused_under_the_callers_label(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, "/date")
    assert refused.value.code is Code.NOT_AN_INSTANT
    assert refused.value.at == "/date"


def test_the_same_point_in_time_is_the_same_instant_however_it_is_written() -> None:
    assert parse("2024-03-01T01:30:00+01:30") == parse("2024-03-01T00:00:00.000Z")
    assert parse("2024-03-01T00:00:00.000000001Z") != parse("2024-03-01T00:00:00Z")


@given(
    st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1 < moment.year < 9999),
    st.integers(min_value=-(24 * 60 - 1), max_value=24 * 60 - 1),
)
def test_instants_are_ordered_as_the_standard_library_orders_them(moment: datetime, offset: int) -> None:
    said = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    instant = parse(said.isoformat())
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert instant.ns == (said - epoch) // timedelta(microseconds=1) * 1000
    assert instant.day == said.astimezone(UTC).date()


@given(st.integers(min_value=0, max_value=8_000 * 365 * DAY_NS))
def test_our_own_instants_are_written_to_the_microsecond(ns: int) -> None:
    assert parse(written(ns)).ns == ns // 1000 * 1000


def test_the_same_text_gives_the_same_object_unless_it_is_longer_than_usual() -> None:
    usual, long = "2024-02-29T00:00:00.123456789+00:00", "2024-02-29T00:00:00.1234567890+00:00"
    assert parse(usual) is parse(str(usual.encode(), "ascii"))
    assert parse(long) is not parse(long)
    assert parse(long) == parse(usual)
