"""How a run's time is shared between its parts."""

from __future__ import annotations

import pytest

import fixtura
from contract_tests.recorder import Recorder
from contract_tests.session import Session
from contract_tests.target import Target
from fixtura.running import Plan, Shares, rules_of
from fixtura.servers import Server
from spec import load


def shares(*rules: str, quick: bool = False) -> Shares:
    """Of a run of 60 seconds that judges these rules; all if none."""
    layer = load("layer")
    target = Target("http://h.test/v1", "layer", {"business_id": "one"})
    recorder = Recorder(rule for rule in rules_of(layer) if not rules or rule.id in rules)
    session = Session(layer, target, None, recorder, 1, "p-")  # type: ignore[arg-type]  # nothing is sent
    return Shares.of(Plan(target=target, budget_s=60, quick=quick), session)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), Shares(34, 6, 20)),
        (("L1",), Shares(60, 0, 0)),
        (("L1", "K1"), Shares(54, 6, 0)),
        (("L1", "H1"), Shares(40, 0, 20)),
        (("K1",), Shares(0, 60, 0)),
        (("N6",), Shares(0, 60, 0)),
        (("H1",), Shares(6, 0, 54)),
        (("N6", "H1"), Shares(6, 6, 48)),
    ],
)
def test_a_part_none_of_whose_rules_is_judged_takes_no_time(rules: tuple[str, ...], expected: Shares) -> None:
    assert shares(*rules) == expected


@pytest.mark.parametrize(("left_s", "seconds"), [(30, 20), (20, 20), (14, 14), (10, 10), (3, 10), (-5, 10)])
def test_the_last_part_has_what_is_left_of_the_whole_and_half_of_its_share_at_least(left_s: int, seconds: int) -> None:
    assert shares().last(left_s) == seconds


def test_what_is_asked_once_does_not_wait_for_time_to_pass(server: Server) -> None:
    report = fixtura.check(Target.from_data(server.ready(), "layer"), rules=("N1",), budget_s=60)
    assert report.exit_status() == 0
    assert report.duration_s < 30
