"""The sandbox: Connexion in front, a pure domain behind, books in memory.

`open_sandbox()` gives a `Sandbox`, an ASGI app that also knows its instances. The server is
loaded on first use, so that the domain can be imported without Connexion. It must not know the kit.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from mock_server.surface import Access, Instance, Settings

if TYPE_CHECKING:
    from mock_server.app import Sandbox, create_app, open_sandbox

__all__ = ["open_sandbox", "create_app", "Sandbox", "Instance", "Access", "Settings"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(_server(), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _server() -> ModuleType:
    """The server's module. What Connexion 3.3 warns of while it is imported is not its users' doing."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Using .httpx. with .starlette.testclient.")
        warnings.filterwarnings("ignore", message="jsonschema", category=DeprecationWarning)
        return import_module("mock_server.app")
