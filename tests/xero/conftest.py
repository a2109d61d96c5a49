from __future__ import annotations

import pytest

from mock_server.app import Sandbox, open_sandbox
from tests.xero.client import Xero


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """One sandbox for all: opening one compiles the documents."""
    return open_sandbox(["xero"], seed=1)


@pytest.fixture
def xero(sandbox: Sandbox) -> Xero:
    """The demo organisation, as a sandbox starts with it."""
    assert Xero(sandbox, token=None).raw("POST", "/_sandbox/xero/reset").status == 204
    return Xero(sandbox)
