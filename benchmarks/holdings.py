"""Does a page of 100 assets cost more out of 100,000 than out of 1,000? Snapbooks' list, of one account and of all.

Half of the assets are in the user's own client account, half in the shared one, in turns. The calls alternate between
the two sizes, so that a noisy moment hits both; the figure is the ratio of medians.
"""

from __future__ import annotations

import asyncio
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

import mock_server
from benchmarks.books import scope, timed
from mock_server.surface import Request

SMALL, LARGE, TIMES, GOAL, PAGE = 1_000, 100_000, 60, 2, 100
OWN, SHARED = 456, 457
QUERIES = {
    "first page": "page=1",
    "first page, of one client account": f"client_account_id={OWN}",
    "middle page": "page={middle}",
    "last page": "page={last}",
    "last page, of one client account": f"client_account_id={OWN}&page={{last_own}}",
    "last page, with both relations": "with=client_account,created_by&page={last}",
}


class Holdings:
    """One sandbox whose first user sees `assets` assets."""

    def __init__(self, assets: int) -> None:
        sandbox = mock_server.open_sandbox(["snapbooks"], seed=1)
        instance = sandbox.instances["snapbooks"]
        self._app = sandbox.app
        self._token = instance.access.token
        self._loop = asyncio.new_event_loop()
        grant = instance.surface.identify(self._token)
        for number in range(assets):
            body = {"name": f"Asset {number}", "client_account_id": SHARED if number % 2 else OWN}
            instance.surface.handlers["createAsset"](Request("createAsset", {}, body=body, grant=grant))

    def get(self, query: str) -> tuple[int, Any]:
        """One page through the whole app: nanoseconds it took, and the reply's JSON."""
        headers = {"authorization": f"Bearer {self._token}"}
        asked = scope("GET", "/api/v2/assets", query, headers)
        return self._loop.run_until_complete(timed(self._app, asked, b""))

    def close(self) -> None:
        """Close the loop that the calls ran on."""
        self._loop.close()


def measure(console: Console, small: int = SMALL, large: int = LARGE) -> None:
    """Print the median of each page out of both, and their ratio."""
    with console.status(f"making {large:,} assets"):
        holdings = {size: Holdings(size) for size in (small, large)}
    table = Table(
        f"GET /assets, {PAGE} of",
        f"{small:,}",
        f"{large:,}",
        "ratio",
        title=f"Medians of {TIMES}, µs; goal: within {GOAL} times",
    )
    for name, query in QUERIES.items():
        took: dict[int, list[int]] = {size: [] for size in holdings}
        for _ in range(TIMES):
            for size, one in holdings.items():
                pages = {"middle": size // PAGE // 2, "last": size // PAGE, "last_own": size // 2 // PAGE}
                nanoseconds, page = one.get(query.format(**pages))
                assert len(page["data"]) == PAGE
                took[size].append(nanoseconds)
        low, high = median(took[small]), median(took[large])
        table.add_row(name, f"{low / 1000:,.0f}", f"{high / 1000:,.0f}", f"{high / low:.2f}")
    console.print(table)
    for one in holdings.values():
        one.close()
