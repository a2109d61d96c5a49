"""The kit catches seeded faults, each by a rule that it may rightly be caught by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from fixtura.cli import score
from fixtura.scoring import Clean, Hit, Shot, Totals, fire
from mock_server import faults

# One to three of each family; all of them are for `make verify`.
SOME = (
    "F-swapped-sides",
    "F-void-works-once",
    "F-as-of-exclusive",
    "F-leap-day-late",
    "F-cent-of-67",
    "F-float-amounts",
    "F-third-page-repeats",
    "F-of-every-asset",
    "F-always-more",
    "F-nested-nulls-dropped",
    "F-trial-total-off",
    "F-500-for-one-type",
    "F-amount-as-text",
    "F-foreign-lines-read",
    "F-any-token-reads-changes",
    "F-asset-window",
    "F-lost-update",
    "F-gain-a-cent-short",
    "F-rollback-of-one-side",
    "F-late-without-catch-up",
    "F-cent-in-sixty",
    "F-rest-left",
    "F-leap-years-of-365",
    "F-number-twice-by-change",
    "F-unsent-description-cleared",
    "F-next-number-stays",
    "F-list-third-page-repeats",
    "F-500-for-one-method",
    "F-settings-for-any-token",
    "F-draft-window",
    "F-run-window",
)


@pytest.mark.parametrize("fault_id", SOME)
def test_a_fault_is_caught_by_a_rule_that_it_names(fault_id: str) -> None:
    hit = fire(fault_id, *faults.find(fault_id).apis, seed=1).hit
    assert hit is not None
    assert hit.rule in faults.find(fault_id).rules
    assert hit.requests
    assert hit.steps


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("fault_id", [fault.id for fault in faults.catalogue()])
def test_every_fault_is_caught_with_every_seed(fault_id: str, seed: int) -> None:
    assert fire(fault_id, *faults.find(fault_id).apis, seed=seed).hit


def test_the_totals_are_of_what_was_caught() -> None:
    shots = [
        Shot("F-a", "layer", 1, Hit("L1", 10, 1.0, 4)),
        Shot("F-b", "layer", 1, Hit("L2", 30, 3.0, 8)),
        Shot("F-c", "layer", 1),
    ]
    totals = Totals.of(shots, [Clean("layer", 1, ()), Clean("layer", 2, ("L3",))])
    assert totals == Totals(shots=3, caught=2, seconds=2.0, requests=20, steps=6, false_alarms=1)
    assert Totals.of([], []).seconds is None


def test_the_command_prints_a_matrix_and_writes_it_as_json(tmp_path: Path) -> None:
    told = tmp_path / "score.json"
    asked = ["--faults", "F-swapped-sides,F-void-twice", "--json", str(told)]
    outcome = CliRunner(env={"COLUMNS": "120"}).invoke(score.command, asked)
    assert outcome.exit_code == 0, outcome.output
    assert "2 of 2 caught" in outcome.output
    data = json.loads(told.read_text("utf-8"))
    assert set(data) == {"api", "seeds", "faults", "clean", "totals"}
    assert [fault["caught"] for fault in data["faults"]] == [True, True]
    assert data["clean"] == [{"server": "sandbox", "seed": 1, "failed": []}]


def test_an_unknown_fault_ends_before_anything_is_run() -> None:
    outcome = CliRunner().invoke(score.command, ["--faults", "F-nothing"])
    assert isinstance(outcome.exception, faults.UnknownFault)
