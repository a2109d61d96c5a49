from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.edge.exchange import Exchange, InProcess, OverSocket, Reply, Server
from tests.edge.toy import TOKEN, Toy, toy_app

AUTHORIZED = ("Authorization", f"Bearer {TOKEN}")
AS_JSON = ("Content-Type", "application/json")


@dataclass
class Served:
    """The toy API behind one way of reaching it. Calls carry the token and JSON's media type."""

    toy: Toy
    exchange: Exchange

    def get(self, target: str, *headers: tuple[str, str]) -> Reply:
        return self.exchange.send("GET", target, (AUTHORIZED, *headers))

    def send(self, method: str, target: str, body: bytes = b"", *headers: tuple[str, str]) -> Reply:
        return self.exchange.send(method, target, (AUTHORIZED, AS_JSON, *headers), body)


@pytest.fixture(scope="session")
def in_process() -> Served:
    toy = Toy()
    return Served(toy, InProcess(toy_app(toy)))


@pytest.fixture(scope="session")
def over_socket() -> Iterator[Served]:
    toy = Toy()
    server = Server(toy_app(toy))
    yield Served(toy, OverSocket(server.port))
    server.close()


def _emptied(served: Served) -> Served:
    served.toy.asked.clear()
    served.toy.stored.clear()
    return served


@pytest.fixture
def api(in_process: Served) -> Served:
    """The toy API in process."""
    return _emptied(in_process)


@pytest.fixture(params=["in_process", "over_socket"])
def both(request: pytest.FixtureRequest) -> Served:
    """The toy API, once in process and once over a socket."""
    return _emptied(request.getfixturevalue(request.param))
