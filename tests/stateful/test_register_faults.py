"""Each fault that is planted before the sandbox of Xero Assets is caught by a rule that names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import stateful
from contract_tests.asgi import InProcess
from mock_server import Sandbox
from tests.halves import every_second_now
from tests.stateful.bent import Planted
from tests.stateful.conftest import failures
from tests.stateful.planted_register import HISTORIES, RACES, TENANCY
from tests.stateful.test_planted_faults import UntilCaught
from tests.stateful.xero import opened, session_on, target_of


@pytest.fixture(scope="module")
def xero() -> Iterator[tuple[Sandbox, InProcess]]:
    with opened() as sandbox_and_app:
        yield sandbox_and_app


def name_of(planted: Planted) -> str:
    return planted.name


@pytest.mark.parametrize("planted", every_second_now(HISTORIES), ids=name_of)
def test_histories_catch_it(planted: Planted, xero: tuple[Sandbox, InProcess]) -> None:
    sandbox, app = xero
    right = session_on(app, target_of(sandbox))
    session = UntilCaught(seconds=0.4).watch(replace(right, driver=planted.driver(right.driver)), planted.rules)
    stateful.histories(session, 1e6, scenarios=200)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}


@pytest.mark.parametrize("planted", [*TENANCY, *RACES], ids=name_of)
def test_part_c_catches_it(planted: Planted, xero: tuple[Sandbox, InProcess]) -> None:
    sandbox, app = xero
    right = session_on(app, target_of(sandbox, other=planted in TENANCY))
    session = replace(right, driver=planted.driver(right.driver))
    stateful.races(session, 0)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}
