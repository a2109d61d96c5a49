"""On a right server nothing fails, and every goal is reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import spec
import stateful
from contract_tests.session import Session
from tests.stateful.conftest import failures, unknown
from tests.stateful.fake_layer import FakeLayer


@pytest.mark.parametrize("seed", range(1, 3))
def test_no_rule_fails_and_every_goal_is_reached(
    fake: FakeLayer, session_of: Callable[..., Session], layer: spec.Api, seed: int
) -> None:
    session = session_of(fake, seed=seed)
    stateful.histories(session, 10_000, scenarios=110, allow_settings=True)
    assert failures(session) == {}
    part_b = [rule.id for rule in stateful.rules_for(layer) if rule.id[0] not in "KN"]
    assert unknown(session, part_b) == {}
