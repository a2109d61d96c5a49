"""The servers that are measured, each in a process of its own: `python -m benchmarks.servers KIND PORT`."""

from __future__ import annotations

import sys
from typing import Any

import uvicorn

BUSINESS = "11111111-1111-4111-8111-111111111111"
TOKEN = "layer-demo-token"


def plain() -> Any:
    """Raw Starlette: reads JSON, answers JSON of a value update's size, checks nothing."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def value_update(request: Request) -> JSONResponse:
        sent = await request.json()
        members = ("asset_id", "amount", "update_type", "date", "memo")
        data = {name: sent[name] for name in members} | {
            "id": BUSINESS,
            "business_id": request.path_params["business_id"],
            "external_id": None,
            "archived_at": None,
            "metadata": None,
            "reference_number": None,
            "transaction_tags": [],
        }
        return JSONResponse({"data": data}, status_code=201)

    path = "/v1/businesses/{business_id}/assets/value-updates"
    return Starlette(routes=[Route(path, value_update, methods=["POST"])])


def serve_plain(port: int) -> None:
    """Raw Starlette on uvicorn with the sandbox's settings."""
    uvicorn.run(plain(), port=port, access_log=False, log_level="warning", ws="none")


def serve_sandbox(port: int) -> None:
    """The sandbox, as `fixtura serve` runs it."""
    import mock_server
    from fixtura.servers import serve_until_stopped

    serve_until_stopped(mock_server.open_sandbox(["layer"]), "127.0.0.1", port, lambda _server: None)


KINDS = {"plain": serve_plain, "sandbox": serve_sandbox}

if __name__ == "__main__":
    KINDS[sys.argv[1]](int(sys.argv[2]))
