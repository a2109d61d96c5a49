"""A reply outside its document never leaves; whoever asked gets the API's 500, and the log the reason."""

from __future__ import annotations

import logging

import pytest

from tests.edge.conftest import Served
from tests.edge.toy import THINGS


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("wrong-body", "faults.get answered 200: the body must be of type integer"),
        ("wrong-status", "faults.get answered 203: the status is not documented"),
        ("body-where-none", "faults.get answered 204: no body is documented"),
        ("no-body", "faults.get answered 200: the body must be of type integer"),
        ("no-header", "faults.get answered 429: without the header retry-after"),
        ("refusal-outside", "faults.get answered 404: the body must be of type object"),
        ("crash", "division by zero"),
        ("not-json", "Unsupported type"),
        ("teapot", "418"),
    ],
)
def test_an_undocumented_reply_or_a_crash_is_a_loud_500(
    both: Served, caplog: pytest.LogCaptureFixture, kind: str, reason: str
) -> None:
    with caplog.at_level(logging.ERROR, logger="mock_server"):
        reply = both.get(f"/toy/v1/faults/{kind}")
    assert reply.status == 500
    assert [fault["where"] for fault in reply.faults] == ["SERVER"]
    assert reason not in reply.body.decode()
    assert reason in caplog.text


def test_a_documented_reply_is_sent_as_it_is(both: Served) -> None:
    fine = both.get("/toy/v1/faults/fine")
    assert (fine.status, fine.body, fine.header("content-length")) == (200, b"1", "1")
    limited = both.get("/toy/v1/faults/header")
    assert (limited.status, limited.header("retry-after")) == (429, "1")


def test_a_reply_without_a_body_has_no_type_and_says_how_long_it_is_where_http_asks(api: Served) -> None:
    empty = api.get("/toy/v1/faults/empty")
    assert (empty.status, empty.body, empty.headers) == (204, b"", ())
    accepted = api.get("/toy/v1/faults/accepted")
    assert (accepted.status, accepted.body, accepted.headers) == (202, b"", (("content-length", "0"),))


def test_headers_of_an_answer_are_sent(both: Served) -> None:
    made = both.send("POST", THINGS, b'{"name":"Van","price":5}')
    assert (made.status, made.header("location")) == (201, "/toy/v1/somewhere")
