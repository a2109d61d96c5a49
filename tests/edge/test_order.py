"""A request is judged step by step, and a later step is silent where an earlier one fails."""

from __future__ import annotations

import pytest

from tests.edge.conftest import AS_JSON, AUTHORIZED, Served
from tests.edge.toy import OTHER_SHELF, THINGS

BAD_PATH = "/toy/v1/shelves/nowhere/things"
UNKNOWN = f"/toy/v1/shelves/{OTHER_SHELF}/things"
LONG = ("X-Reason", "much too long a reason")
TEXT = ("Content-Type", "text/plain")


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status", "where"),
    [
        ("DELETE", BAD_PATH, [LONG, TEXT], b"{", 405, "METHOD"),
        ("POST", BAD_PATH, [LONG, TEXT], b"{", 401, "TOKEN"),
        ("POST", BAD_PATH, [AUTHORIZED, LONG, TEXT], b"{", 404, "PATH"),
        ("POST", UNKNOWN, [AUTHORIZED, LONG, TEXT], b"{", 404, "PATH"),
        ("POST", THINGS, [AUTHORIZED, LONG, TEXT], b"{", 400, "HEADER"),
        ("POST", THINGS, [AUTHORIZED, TEXT], b"{", 415, "MEDIA_TYPE"),
        ("POST", THINGS, [AUTHORIZED, AS_JSON], b"{" * 3_000_000, 413, "SIZE"),
        ("POST", THINGS, [AUTHORIZED, AS_JSON], b"{", 400, "JSON"),
        ("POST", THINGS, [AUTHORIZED, AS_JSON], b"{}", 400, "BODY"),
    ],
)
def test_the_first_step_that_fails_is_the_one_that_is_told(
    both: Served, method: str, target: str, headers: list[tuple[str, str]], body: bytes, status: int, where: str
) -> None:
    reply = both.exchange.send(method, target, headers, body)
    assert reply.status == status
    assert {fault["where"] for fault in reply.faults} == {where}
    assert both.toy.asked == []


def test_all_violations_of_a_step_are_told_together(api: Served) -> None:
    query = api.get(f"{THINGS}?limit=0&loose=1&since=now&tag=x&owner=me")
    assert [fault["at"] for fault in query.faults] == ["/limit", "/loose", "/since", "/owner", "/tag"]
    path = api.get("/toy/v1/shelves/x/things/y")
    assert [fault["at"] for fault in path.faults] == ["/shelfId", "/thingId"]
    body = api.send("POST", THINGS, b'{"name":""}')
    assert sorted(fault["at"] for fault in body.faults) == ["/name", "/price"]


def test_a_handler_sees_what_every_step_has_left_it(api: Served) -> None:
    api.send("POST", THINGS, b'{"name":"Van","price":5}', ("X-Reason", "why not"))
    [request] = api.toy.asked
    assert request.operation_id == "things.post"
    assert request.grant == {"token": "toy-token"}
    assert request.tenant == request.path["shelfId"]
    assert request.headers == {"x-reason": "why not"}
    assert request.body == {"name": "Van", "price": 5}
