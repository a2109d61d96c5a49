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


def sandbox() -> Any:
    """The sandbox, as `fixtura serve` runs it."""
    import mock_server

    return mock_server.open_sandbox(["layer"]).app


KINDS = {"plain": plain, "sandbox": sandbox}

if __name__ == "__main__":
    uvicorn.run(KINDS[sys.argv[1]](), port=int(sys.argv[2]), access_log=False, log_level="warning", ws="none")
