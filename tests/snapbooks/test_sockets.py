"""Over a real socket, many clients at once: sequence numbers stay gap-free, and the ready file's way in works."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from fixtura import serving
from fixtura.servers import Server
from tests.snapbooks.client import CONTROL, OWN, SHARED

CLIENTS, EACH = 8, 15


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(["snapbooks"], seed=1) as running:
        yield running


def client(server: Server) -> httpx.Client:
    access = server.access["snapbooks"]
    return httpx.Client(base_url=access.base_url, headers={"Authorization": f"Bearer {access.token}"})


def test_creates_at_once_number_each_client_account_without_a_gap(server: Server) -> None:
    def create(number: int) -> list[dict[str, int]]:
        with client(server) as one:
            accounts = [OWN if (number + turn) % 3 else SHARED for turn in range(EACH)]
            return [
                one.post("/assets", json={"name": f"{number}", "client_account_id": account}).json()
                for account in accounts
            ]

    with ThreadPoolExecutor(CLIENTS) as pool:
        made = [asset for assets in pool.map(create, range(CLIENTS)) for asset in assets]
    for account in (OWN, SHARED):
        numbers = sorted(one["sequence_number"] for one in made if one["client_account_id"] == account)
        assert numbers == list(range(1, len(numbers) + 1))
    with client(server) as one:
        listed = one.get("/assets", params={"per_page": 100}).json()
        assert listed["meta"] == {"page": 1, "pages": 2, "per_page": 100, "records": CLIENTS * EACH}
    assert len({one["id"] for one in made}) == CLIENTS * EACH


def test_of_a_deactivation_and_an_entry_at_once_one_is_refused(server: Server) -> None:
    with client(server) as one:
        asset = one.post("/assets", json={"name": "A", "client_account_id": OWN}).json()["id"]
        entries = f"{server.base_url}{CONTROL}/{OWN}/entries"
        lines = [{"account_code": "1200", "amount": 5, "asset_id": asset}, {"account_code": "1920", "amount": -5}]

        def ask(number: int) -> int:
            with client(server) as another:
                if number % 2:
                    return another.delete(f"/assets/{asset}").status_code
                return another.post(entries, json={"date": "2024-03-15", "lines": lines}).status_code

        with ThreadPoolExecutor(CLIENTS) as pool:
            statuses = list(pool.map(ask, range(CLIENTS)))
        active = one.get(f"/assets/{asset}").json()["is_active"]
        posted, deactivated = statuses.count(201), statuses.count(200)
        assert (posted, deactivated) == ((4, 0) if active else (0, 4))


def test_a_body_in_chunks_is_one_body(server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        yield from (b'{"name": "A",', b' "client_account_id": 456}')

    with client(server) as one:
        reply = one.post("/assets", content=chunks(), headers={"Content-Type": "application/json"})
        assert (reply.status_code, reply.json()["name"]) == (201, "A")
