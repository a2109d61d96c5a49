from __future__ import annotations

import pytest

from mock_server.app import Sandbox, open_sandbox
from tests.snapbooks.client import CONTROL, Snapbooks


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """One sandbox for all: opening one compiles the documents."""
    return open_sandbox(["snapbooks"], seed=1)


@pytest.fixture
def api(sandbox: Sandbox) -> Snapbooks:
    """The first user, in a sandbox as it starts."""
    assert Snapbooks(sandbox, token=None).raw("POST", f"{CONTROL}/reset").status == 204
    return Snapbooks(sandbox)
