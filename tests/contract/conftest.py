"""A toy server on a real port, and the kit's view of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import spec
from contract_tests.driver import HttpDriver
from contract_tests.host import hosted
from contract_tests.target import Other, Target
from tests.contract.toy import OTHER_SHOP, SHOP, Toy


@pytest.fixture
def toy() -> Toy:
    return Toy()


@pytest.fixture
def target(toy: Toy) -> Iterator[Target]:
    with hosted(toy) as address:
        yield Target(
            base_url=f"{address}/v1",
            api="toy",
            scope={"shop": SHOP},
            token="toy-token",
            other=Other({"shop": OTHER_SHOP}, "toy-other"),
        )


@pytest.fixture
def driver(target: Target) -> Iterator[HttpDriver]:
    with HttpDriver(target) as driver:
        yield driver


@pytest.fixture(scope="session")
def layer() -> spec.Api:
    return spec.load("layer")
