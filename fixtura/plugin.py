"""The pytest plugin: a sandbox as a fixture.

Decides the fixtures' names and scopes. It is loaded by every pytest run of an environment in which
fixtura is installed, so it imports nothing of ours until a fixture is asked for.

    def test_my_integration(fixtura_sandbox):
        books = fixtura_sandbox()                       # or fixtura_sandbox("layer", seed=7)
        my_code(books.client, books.scope["business_id"])

    def test_over_a_socket(fixtura_server):
        my_code(fixtura_server.access["layer"].base_url, fixtura_server.access["layer"].token)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from fixtura.sandboxes import Sandbox
    from fixtura.servers import Server


class OpenSandbox(Protocol):
    """What the fixture `fixtura_sandbox` is: `fixtura.sandbox`, closed when the test ends."""

    def __call__(self, api: str = "layer", *, seed: int | None = None, token: str | None = None) -> Sandbox:
        """Open one more sandbox with books of its own."""


@pytest.fixture
def fixtura_sandbox() -> Iterator[OpenSandbox]:
    """Open sandboxes in process, each with books of its own; all are closed after the test."""
    import fixtura

    with ExitStack() as opened:

        def open_sandbox(api: str = "layer", *, seed: int | None = None, token: str | None = None) -> Sandbox:
            return opened.enter_context(fixtura.sandbox(api, seed=seed, token=token))

        yield open_sandbox


@pytest.fixture
def fixtura_server() -> Iterator[Server]:
    """Serve every API on a free loopback port for one test, with fresh books."""
    import fixtura

    with fixtura.serving() as server:
        yield server
