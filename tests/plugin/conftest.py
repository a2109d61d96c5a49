"""A project that judges a server with one fault, from pytest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from contract_tests.host import hosted
from tests.implementations.wrong_servers import WRONG


@pytest.fixture
def wrong() -> Iterator[str]:
    """The server whose second void reverses a second time; its address."""
    with hosted(WRONG["double_void"].factory()) as url:
        yield url


@pytest.fixture
def project(pytester: pytest.Pytester, wrong: str) -> Callable[..., None]:
    """Write the project's target file; the options are those of its table `check`."""

    def write(**check: object) -> None:
        given = "\n".join(f"{name} = {json.dumps(value)}" for name, value in check.items())
        pytester.makefile(
            ".toml",
            target=f"""
                api = "layer"
                base_url = "{wrong}/v1"
                token = "layer-demo-token"
                scope = {{ business_id = "11111111-1111-4111-8111-111111111111" }}
                [check]
                keep = true
                """
            + given,
        )

    return write
