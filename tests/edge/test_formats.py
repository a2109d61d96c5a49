"""A uuid, a date-time and a date are what the books can hold, to the letter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.http.formats import is_date, is_instant, is_uuid

OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.uuids(), st.booleans())
def test_every_uuid_is_one_in_either_case(value: UUID, upper: bool) -> None:
    text = str(value).upper() if upper else str(value)
    assert is_uuid(text)
    assert not is_uuid(text + "\n")
    assert not is_uuid(f"{{{text}}}")
    assert not is_uuid(value.hex)
    assert not is_uuid(value.urn)


@given(st.datetimes(timezones=OFFSETS))
def test_every_instant_with_a_day_in_utc_is_one(value: datetime) -> None:
    try:
        value.astimezone(UTC)
    except OverflowError:
        held = False
    else:
        held = True
    assert is_instant(value.isoformat()) is held


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31T00:00:00Z",
        "2024-01-31t00:00:00z",
        "2024-02-29T23:59:59.123456789012Z",
        "2024-01-31T00:00:00-00:00",
        "2024-01-31T00:00:00+23:59",
    ],
)
def test_rfc_3339_spellings_are_instants(text: str) -> None:
    assert is_instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-01-31",
        "2024-01-31T00:00:00",
        "2024-01-31 00:00:00Z",
        "2024-01-31T00:00Z",
        "2024-01-31T00:00:00.Z",
        "2024-01-31T00:00:00,5Z",
        "2024-01-31T00:00:00+0000",
        "2024-01-31T00:00:00+24:00",
        "2024-01-31T00:00:00+00:60",
        "2024-01-31T24:00:00Z",
        "2024-01-31T00:00:60Z",
        "2016-12-31T23:59:60Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2024-01-31T00:00:00Z\n",
        "\u0662024-01-31T00:00:00Z",
        "2024-W05-3T00:00:00Z",
    ],
)
def test_anything_else_is_no_instant(text: str) -> None:
    assert not is_instant(text)


@given(st.dates())
def test_every_date_is_one(value: object) -> None:
    assert is_date(str(value))
    assert not is_date(f"{value}\n")


@pytest.mark.parametrize("text", ["2023-02-29", "0000-01-01", "20240131", "2024-W05-3", "2024-1-31", ""])
def test_anything_else_is_no_date(text: str) -> None:
    assert not is_date(text)
