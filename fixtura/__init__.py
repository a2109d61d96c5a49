"""fixtura: a sandbox for fixed-asset accounting APIs, and the kit that proves an implementation right.

    import fixtura

    with fixtura.sandbox(api="layer") as books:          # in process, no socket
        books.client.post(f"/businesses/{books.scope['business_id']}/assets", json={...})

    with fixtura.serving(apis=["layer"]) as server:      # on a free loopback port
        print(server.access["layer"].base_url)

    report = fixtura.check("http://127.0.0.1:8000/v1", api="layer", token="...", scope={...})
    assert report.exit_status() == 0

Importing this package imports nothing else of ours: a name is loaded when it is first used, after a
look whether the packages that belong to fixtura are its own (`fixtura.siblings`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contract_tests.target import Misuse, Other
    from contract_tests.verdict import Report
    from fixtura.checking import check
    from fixtura.running import Plan, run
    from fixtura.sandboxes import Sandbox, sandbox
    from fixtura.servers import Server, serving

__all__ = ["sandbox", "Sandbox", "serving", "Server", "check", "run", "Plan", "Report", "Misuse", "Other"]

_HOMES = {
    "sandbox": "fixtura.sandboxes",
    "Sandbox": "fixtura.sandboxes",
    "serving": "fixtura.servers",
    "Server": "fixtura.servers",
    "check": "fixtura.checking",
    "run": "fixtura.running",
    "Plan": "fixtura.running",
    "Report": "contract_tests.verdict",
    "Misuse": "contract_tests.target",
    "Other": "contract_tests.target",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from fixtura.siblings import require_own_packages

    require_own_packages()
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
