"""Each fault that is planted before the sandbox of Snapbooks is caught by a rule that names it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import spec
import stateful
from contract_tests.asgi import InProcess
from contract_tests.verdict import Level
from mock_server import Sandbox
from tests.halves import every_second_now
from tests.stateful.bent import Planted
from tests.stateful.conftest import failures
from tests.stateful.planted_holdings import HISTORIES, RACES, TENANCY
from tests.stateful.snapbooks import opened, session_on, target_of
from tests.stateful.test_planted_faults import UntilCaught


@pytest.fixture(scope="module")
def snapbooks() -> Iterator[tuple[Sandbox, InProcess]]:
    with opened() as sandbox_and_app:
        yield sandbox_and_app


def name_of(planted: Planted) -> str:
    return planted.name


def test_every_rule_of_its_own_has_a_fault_that_breaks_it() -> None:
    api = spec.load("snapbooks")
    named = {rule for planted in (*HISTORIES, *TENANCY, *RACES) for rule in planted.rules}
    assert {rule.id for rule in api.profile.rules} <= named


@pytest.mark.parametrize("planted", every_second_now(HISTORIES), ids=name_of)
def test_histories_catch_it(planted: Planted, snapbooks: tuple[Sandbox, InProcess]) -> None:
    sandbox, app = snapbooks
    right = session_on(app, target_of(sandbox))
    session = UntilCaught(seconds=0.4).watch(replace(right, driver=planted.driver(right.driver)), planted.rules)
    stateful.histories(session, 1e6, scenarios=200)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}


@pytest.mark.parametrize("planted", [*TENANCY, *RACES], ids=name_of)
def test_part_c_catches_it(planted: Planted, snapbooks: tuple[Sandbox, InProcess]) -> None:
    sandbox, app = snapbooks
    right = session_on(app, target_of(sandbox, other=planted in TENANCY))
    session = replace(right, driver=planted.driver(right.driver))
    stateful.races(session, 0)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}


def test_what_binds_nobody_binds_nobody() -> None:
    levels = {rule.id: rule.level for rule in stateful.rules_for(spec.load("snapbooks"))}
    assert levels["snapbooks.R7"] is Level.OBSERVED
