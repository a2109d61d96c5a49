"""How fast is the value-update POST, beside raw Starlette on the same uvicorn?

Both servers run as processes of their own and are loaded in turn, so that each round compares two windows
that lie next to each other in time; the ratio is the median of the rounds. Starlette parses and answers JSON
of the same size and checks nothing; the sandbox checks the token, validates request and reply, and posts.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.load import Load, drive, post

ROUNDS, SECONDS, GOAL = 21, 1.0, 0.35


def measure(console: Console) -> None:
    """Print requests a second and CPU time a request of both, and their ratio."""
    with server("plain") as (plain_port, plain_pid), server("sandbox") as (port, pid):
        request = _request(port)
        _window(plain_port, plain_pid, request, 1.0)
        _window(port, pid, request, 1.0)
        rounds = [
            (_window(plain_port, plain_pid, request, SECONDS), _window(port, pid, request, SECONDS))
            for _ in range(ROUNDS)
        ]
    table = Table("", "replies/s", "CPU µs/reply", title=f"POST value update, 16 connections, {ROUNDS} rounds, medians")
    for name, loads in (("raw Starlette", [a for a, _ in rounds]), ("fixtura", [b for _, b in rounds])):
        assert not any(load.refused for load in loads), f"{name} refused requests: the figures mean nothing"
        table.add_row(
            name,
            f"{median(load.per_second for load in loads):,.0f}",
            f"{median(load.cpu_us for load in loads):.0f}",
        )
    ratios = [ours.per_second / plain.per_second for plain, ours in rounds]
    console.print(table)
    console.print(
        f"fixtura / raw Starlette: {median(ratios):.2f} (rounds {min(ratios):.2f} to {max(ratios):.2f}; goal {GOAL})\n"
    )


def _window(port: int, pid: int, request: bytes, seconds: float) -> Load:
    return asyncio.run(drive(port, request, pid=pid, seconds=seconds))


def _request(port: int) -> bytes:
    """A value update on an asset made for it. The plain server takes the same bytes."""
    from benchmarks.servers import BUSINESS, TOKEN

    base = f"http://127.0.0.1:{port}/v1/businesses/{BUSINESS}/assets"
    asset = httpx.post(
        base,
        headers={"authorization": f"Bearer {TOKEN}"},
        json={
            "name": "Loader",
            "asset_type": "EQUIPMENT",
            "accumulated_depreciation_account": {"type": "StableName", "stable_name": "ACCUMULATED_DEPRECIATION"},
        },
    ).raise_for_status()
    body = {
        "asset_id": asset.json()["data"]["id"],
        "amount": 1666,
        "update_type": "DEPRECIATION_AMORTIZATION",
        "counter_account": {"type": "StableName", "stable_name": "DEPRECIATION"},
        "date": "2024-02-29T00:00:00Z",
        "memo": "February",
    }
    path = f"/v1/businesses/{BUSINESS}/assets/value-updates"
    return post(path, json.dumps(body).encode(), TOKEN)


@contextmanager
def server(kind: str) -> Iterator[tuple[int, int]]:
    """A server of that kind in a process of its own; yields port and process id."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.servers", kind, str(port)])
    try:
        _await_port(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def _await_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit(f"the server on port {port} did not start")
