"""A body is one JSON text of the documented media type, or it is refused as a whole."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.http.body import MAX_BODY_BYTES
from tests.edge.conftest import AS_JSON, AUTHORIZED, Served
from tests.edge.exchange import InProcess, scope
from tests.edge.toy import THINGS, Toy, toy_app

ECHO = "/toy/v1/echo"


def test_a_required_body_that_is_not_there_is_refused(both: Served) -> None:
    for headers in ([AUTHORIZED], [AUTHORIZED, AS_JSON]):
        reply = both.exchange.send("POST", ECHO, headers)
        assert reply.status == 400
        assert [(fault["where"], fault["keyword"]) for fault in reply.faults] == [("BODY", "required")]
    assert both.toy.asked == []


def test_an_optional_body_may_be_left_out_and_is_judged_where_it_is_not(both: Served) -> None:
    assert both.exchange.send("PUT", ECHO, [AUTHORIZED]).status == 200
    assert both.exchange.send("PUT", ECHO, [AUTHORIZED, AS_JSON]).status == 200
    assert both.send("PUT", ECHO, b"null").status == 200
    assert [request.body for request in both.toy.asked] == [None, None, None]
    assert both.send("PUT", ECHO, b"nul").status == 400
    assert both.exchange.send("PUT", ECHO, [AUTHORIZED], b"{}").status == 415


def test_a_body_is_ignored_where_none_is_documented(both: Served) -> None:
    assert both.send("GET", THINGS, b"{not json").status == 200
    assert both.exchange.send("GET", THINGS, [AUTHORIZED, ("Content-Type", "text/plain")], b"x").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        ["application/json", "text/plain"],
        ["application/json; charset=utf-16"],
        ["application/json, application/json"],
        ["application/vnd.api+json"],
        ["application/merge-patch+json"],
        ["multipart/form-data; boundary=x"],
        ["application/x-www-form-urlencoded"],
        ['application/json; charset="'],
        ["/"],
        [";"],
        ["=?utf-8?q?x?="],
    ],
)
def test_any_other_media_type_is_415(api: Served, sent: list[str]) -> None:
    headers = [AUTHORIZED, *(("Content-Type", value) for value in sent)]
    reply = api.exchange.send("POST", ECHO, headers, b"{}")
    assert (reply.status, reply.faults[0]["where"]) == (415, "MEDIA_TYPE")


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_no_media_type_is_a_crash(in_process: Served, value: str) -> None:
    reply = in_process.exchange.send("POST", ECHO, [AUTHORIZED, ("Content-Type", value)], b"{}")
    assert reply.status in (200, 415)


@pytest.mark.parametrize("value", ["application/json", "application/json;", "application/json; q=1; charset=utf8"])
def test_parameters_of_the_media_type_do_no_harm(api: Served, value: str) -> None:
    assert api.exchange.send("POST", ECHO, [AUTHORIZED, ("Content-Type", value)], b"{}").status == 200


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
def test_any_json_comes_back_as_it_was_sent(in_process: Served, value: Any) -> None:
    raw = json.dumps(value).encode()
    reply = in_process.send("POST", ECHO, raw)
    if "\\u0000" in json.dumps(value):
        assert reply.status == 400
    else:
        assert reply.json()["body"] == value


def test_metadata_keeps_every_digit_null_and_empty_object(both: Served) -> None:
    raw = b'{"big":123456789012345678901234567890,"long":0.12345678901234567890123,"none":[null,{}],"e":1E+5}'
    reply = both.send("POST", ECHO, raw)
    assert reply.status == 200
    assert raw in reply.body


@pytest.mark.parametrize("size", [MAX_BODY_BYTES - 1, MAX_BODY_BYTES])
def test_the_largest_body_is_read(both: Served, size: int) -> None:
    assert both.send("POST", ECHO, b'"' + b"x" * (size - 2) + b'"').status == 200


def test_one_byte_more_is_413(both: Served) -> None:
    reply = both.send("POST", ECHO, b'"' + b"x" * (MAX_BODY_BYTES - 1) + b'"')
    assert (reply.status, reply.faults[0]["where"]) == (413, "SIZE")


@pytest.mark.parametrize("announced", ["99999999999999999999999999", str(MAX_BODY_BYTES + 1)])
def test_a_body_announced_too_large_is_413_unread(api: Served, announced: str) -> None:
    headers = [AUTHORIZED, AS_JSON, ("Content-Length", announced)]
    assert api.exchange.send("POST", ECHO, headers, b"{}").status == 413


def test_a_false_content_length_is_not_believed(api: Served) -> None:
    for announced in ("0", "-1", "x", "", "7"):
        headers = [AUTHORIZED, AS_JSON, ("Content-Length", announced)]
        assert api.exchange.send("POST", ECHO, headers, b"{}").status == 200


def test_a_client_that_hangs_up_is_not_answered_and_nothing_is_stored() -> None:
    toy = Toy()
    app = toy_app(toy)
    sent: list[Any] = []

    async def hang_up() -> None:
        messages = [
            {"type": "http.request", "body": b'{"name":"Van","price":5}', "more_body": True},
            {"type": "http.disconnect"},
        ]

        async def receive() -> Any:
            return messages.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        await app(scope("POST", THINGS, [AUTHORIZED, AS_JSON]), receive, send)

    asyncio.run(hang_up())
    assert sent == []
    assert toy.stored == []


def test_bodies_that_arrive_interleaved_do_not_mix() -> None:
    toy = Toy()
    exchange = InProcess(toy_app(toy))

    async def post(name: str, gate: asyncio.Event, after: asyncio.Event) -> None:
        halves = [b'{"name":"%b",' % name.encode(), b'"price":5}']

        async def receive() -> Any:
            if len(halves) == 1:
                after.set()
                await gate.wait()
            return {"type": "http.request", "body": halves.pop(0), "more_body": bool(halves)}

        async def send(_message: Any) -> None:
            pass

        await exchange.app(scope("POST", THINGS, [AUTHORIZED, AS_JSON]), receive, send)

    async def both() -> None:
        gates = [asyncio.Event(), asyncio.Event()]
        first = asyncio.create_task(post("one", gates[0], gates[1]))
        second = asyncio.create_task(post("two", gates[1], gates[0]))
        await asyncio.gather(first, second)

    asyncio.run(both())
    assert sorted(thing["name"] for thing in toy.stored) == ["one", "two"]
