"""The app as a whole: its documentation, its life, and that it keeps nothing in modules."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from typing import Any

import httpx
import pytest

from mock_server.app import serve
from mock_server.http.mount import HandlersDiffer, Mount
from mock_server.surface import Answer
from tests.edge.conftest import AS_JSON, AUTHORIZED, Served
from tests.edge.exchange import InProcess, OverSocket, Server, scope
from tests.edge.toy import CONTROL, DOCUMENT, THINGS, Toy, toy_app, toy_mounts

VAN = b'{"name":"Van","price":5}'


def test_the_document_is_served_as_it_was_loaded(both: Served) -> None:
    for base, document in (("/toy/v1", DOCUMENT), ("/_sandbox/toy", CONTROL)):
        reply = both.exchange.send("GET", f"{base}/openapi.json")
        assert (reply.status, reply.header("content-type")) == (200, "application/json")
        assert reply.json() == document


def test_each_document_has_a_page_to_try_it_from(both: Served) -> None:
    page = both.exchange.send("GET", "/toy/v1/ui/")
    assert page.status == 200
    assert b"/toy/v1/openapi.json" in page.body
    assert both.exchange.send("GET", "/toy/v1/ui/swagger-ui.css").status == 200
    assert both.exchange.send("GET", "/toy/v1/ui").header("location") == "/toy/v1/ui/"


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "/toy/v1/ui/none.js", 404),
        ("POST", "/toy/v1/ui/", 405),
        ("POST", "/toy/v1/openapi.json", 405),
        ("GET", "/toy/v1/uix", 404),
        ("GET", "/toy/v1/openapi.yaml", 404),
        ("GET", "/toy/v1/ui/..%2f..%2fsecret", 404),
    ],
)
def test_beside_the_documentation_errors_have_the_apis_shape(
    both: Served, method: str, target: str, status: int
) -> None:
    reply = both.exchange.send(method, target)
    assert reply.status == status
    assert reply.faults


def test_no_lifespan_is_needed() -> None:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(toy_app(Toy()))
        async with httpx.AsyncClient(transport=transport, base_url="http://toy") as client:
            return await client.get("/toy/v1/ping")

    assert asyncio.run(ask()).status_code == 200


def test_a_lifespan_is_followed_where_a_server_announces_one() -> None:
    async def live() -> list[str]:
        coming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
        sent: list[str] = []

        async def receive() -> Any:
            return coming.pop(0)

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await toy_app(Toy())({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)
        return sent

    assert asyncio.run(live()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_websocket_is_closed() -> None:
    async def connect() -> list[str]:
        sent: list[str] = []

        async def receive() -> Any:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        opening = scope("GET", "/toy/v1/openapi.json") | {"type": "websocket", "subprotocols": []}
        del opening["method"]
        await toy_app(Toy())(opening, receive, send)
        return sent

    assert asyncio.run(connect()) == ["websocket.close"]


def test_two_apps_share_nothing() -> None:
    toys = [Toy(), Toy()]
    one, other = (InProcess(toy_app(toy)) for toy in toys)
    assert one.send("POST", THINGS, [AUTHORIZED, AS_JSON], VAN).status == 201
    assert (len(toys[0].stored), len(toys[1].stored)) == (1, 0)
    other.send("POST", "/_sandbox/toy/reset")
    assert len(toys[0].stored) == 1


def test_a_surface_can_be_replaced_while_serving() -> None:
    toys = [Toy(), Toy()]
    mounts = toy_mounts(toys[0])
    exchange, untouched = InProcess(serve(mounts)), InProcess(toy_app(toys[1]))
    right = mounts[0].surface
    handlers = {**right.handlers, "ping.get": lambda _request: Answer(200, "wrong")}
    mounts[0].surface = replace(right, handlers=handlers)
    assert exchange.send("GET", "/toy/v1/ping").json() == "wrong"
    assert untouched.send("GET", "/toy/v1/ping").json()["operation"] == "ping.get"
    mounts[0].surface = right
    assert exchange.send("GET", "/toy/v1/ping").json()["operation"] == "ping.get"


@pytest.mark.parametrize(("drop", "add"), [("ping.get", None), (None, "pong.get")])
def test_handlers_and_operations_must_be_the_same(drop: str | None, add: str | None) -> None:
    surface = Toy().surface()
    handlers = {name: handler for name, handler in surface.handlers.items() if name != drop}
    if add:
        handlers[add] = handlers["echo.post"]
    with pytest.raises(HandlersDiffer, match=drop or add or ""):
        Mount("toy", deepcopy(DOCUMENT), replace(surface, handlers=handlers))


def test_a_schema_may_hold_itself_without_end() -> None:
    document = deepcopy(DOCUMENT)
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    document["components"]["schemas"]["Node"] = node
    reply = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}}
    document["paths"]["/ping"]["get"]["responses"]["200"] |= reply
    exchange = InProcess(toy_app(Toy(), document))
    assert exchange.send("GET", "/toy/v1/ping").status == 200
    assert exchange.send("GET", "/toy/v1/openapi.json").json() == document


def test_the_bytes_of_a_request_may_come_in_any_order_of_arrival(over_socket: Served) -> None:
    """Absolute targets, an asterisk, continue on demand: HTTP's own corners, over a real socket."""
    exchange = over_socket.exchange
    assert isinstance(exchange, OverSocket)
    host = b" HTTP/1.1\r\nHost: localhost\r\n"
    absolute = exchange.raw(b"GET http://localhost/toy/v1/ping" + host + b"\r\n")
    assert absolute.status == 200
    assert exchange.raw(b"OPTIONS *" + host + b"\r\n", "OPTIONS").status == 404
    old = exchange.raw(b"GET /toy/v1/ping HTTP/1.0\r\n\r\n")
    assert old.status == 200
    expecting = b"Authorization: Bearer toy-token\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
    body = b"Content-Length: %d\r\n\r\n%b" % (len(VAN), VAN)
    assert exchange.raw(b"POST " + THINGS.encode() + host + expecting + body, "POST").status == 201


def test_many_requests_share_one_connection() -> None:
    toy = Toy()
    server = Server(toy_app(toy))
    headers = dict([AUTHORIZED])
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=headers) as client:
        seen = []
        for _ in range(5):
            seen.append(client.post(THINGS, json={"name": "Van", "price": 1}).status_code)
            seen.append(client.post(THINGS, content=b"x" * 3_000_000, headers=dict([AS_JSON])).status_code)
            seen.append(client.request("HEAD", THINGS).status_code)
            seen.append(client.delete(THINGS).status_code)
            seen.append(client.post("/_sandbox/toy/reset").status_code)
    server.close()
    assert seen == [201, 413, 200, 405, 204] * 5


def test_the_domain_can_be_imported_without_connexion() -> None:
    script = "import sys, mock_server, mock_server.surface; sys.exit('connexion' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", script], check=False, timeout=60).returncode == 0
