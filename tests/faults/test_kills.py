"""The kit catches seeded faults, each by a rule that it may rightly be caught by, and accuses nobody who is right."""

from __future__ import annotations

import pytest

import fixtura
import spec
from contract_tests.target import Target
from contract_tests.verdict import Level
from fixtura.running import rules_of
from fixtura.scoring import hunt, jobs
from fixtura.scoring.planning import Visit
from fixtura.scoring.variety import combinations
from mock_server import faults, variants

# One to three of each family; all of them are for `make verify`.
SOME = (
    "F-swapped-sides",
    "F-void-works-once",
    "F-as-of-exclusive",
    "F-cent-of-67",
    "F-lost-update",
    "F-gain-a-cent-short",
    "F-number-twice-by-change",
    "F-list-third-page-repeats",
    "F-500-for-one-method",
    "F-run-window",
    "F-foreign-lines-read",
    "F-guard-nets",
    "F-pool-negative-kept",
    "F-cars-are-lorries",
    "F-sequence-window",
)
UNHURRIED = 4
"""Two of these run at once, on a machine that may be busy; a catch ends a hunt."""

EVERY = [(fault.id, api) for fault in faults.catalogue() for api in fault.apis]
RIGHT = [
    pytest.param(api, names, seed, id=f"{api}-{seed}-{'-'.join(names) or 'plain'}")
    for api in spec.available()
    for seed, names in enumerate(combinations(variants.of(api), 20), 1)
]


@pytest.mark.parametrize(("fault_id", "api"), [mark for mark in EVERY if mark[0] in SOME])
def test_a_fault_is_caught_by_a_rule_that_it_names(fault_id: str, api: str) -> None:
    hit = jobs.shoot(fault_id, api, 1, patience=UNHURRIED)
    assert hit is not None
    assert hit.rule in faults.find(fault_id).rules
    assert hit.requests
    assert hit.steps


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("fault_id", "api"), EVERY)
def test_every_fault_is_caught_with_every_seed(fault_id: str, api: str, seed: int) -> None:
    assert jobs.shoot(fault_id, api, seed)


@pytest.mark.verify
@pytest.mark.parametrize(("api", "names", "seed"), RIGHT)
def test_no_right_sandbox_is_accused(api: str, names: tuple[str, ...], seed: int) -> None:
    assert jobs.visit(Visit(api, seed, names), 45).failed == ()


@pytest.mark.verify
@pytest.mark.parametrize("seed", range(1, 21))
def test_another_right_implementation_is_not_accused(seed: int) -> None:
    assert jobs.visit(Visit("layer", seed, twin="tests.implementations.flask_layer:create_app"), 45).failed == ()


@pytest.mark.verify
def test_a_hunt_to_the_end_finds_nothing_on_a_right_server() -> None:
    with fixtura.serving(["layer"]) as server:
        target = Target.from_data(server.ready(), "layer")
        assert (
            hunt(target, [rule.id for rule in rules_of(spec.load("layer")) if rule.level is not Level.OBSERVED], seed=1)
            is None
        )
