from __future__ import annotations

import pytest

from mock_server.app import Sandbox, open_sandbox
from tests.layer.client import Layer


@pytest.fixture(scope="session")
def sandbox() -> Sandbox:
    """One sandbox for all: opening one compiles the documents."""
    return open_sandbox(["layer"], seed=1)


@pytest.fixture
def layer(sandbox: Sandbox) -> Layer:
    """The demo business, as a sandbox starts with it."""
    assert Layer(sandbox, token=None).raw("POST", "/_sandbox/layer/reset").status == 204
    return Layer(sandbox)
