"""The kit over real sockets: green on the sandbox and on the independent implementation, red on wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import fixtura
from contract_tests.host import hosted
from contract_tests.target import Other, Target
from contract_tests.verdict import Failed, Level, Report
from fixtura.scoring import hunt
from tests.halves import every_second_now
from tests.implementations.flask_layer import create_app
from tests.implementations.wrong_servers import WRONG

FIRST = {"business_id": "11111111-1111-4111-8111-111111111111"}
SECOND = {"business_id": "22222222-2222-4222-8222-222222222222"}


# The goals of --quick, with time to spare: two of these run at once, on a machine that may be busy.
UNHURRIED: dict[str, Any] = {"quick": True, "budget_s": 17}
SLOW: dict[str, Any] = {"quick": True, "budget_s": 22}
"""For a server that answers five times slower than the sandbox, as the one on SQLite does."""


def target(url: str) -> Target:
    return Target(
        base_url=url + "/v1",
        api="layer",
        scope=FIRST,
        token="layer-demo-token",
        other=Other(SECOND, "layer-other-token"),
    )


def failed(report: Report, *levels: Level) -> dict[str, str]:
    """Rule id → what was seen, of the failed rules of these levels."""
    return {
        result.rule.id: result.verdict.failures[0].seen
        for result in report.results
        if isinstance(result.verdict, Failed) and result.rule.level in levels
    }


def not_settled(report: Report) -> dict[str, object]:
    return {
        result.rule.id: result.verdict
        for result in report.results
        if result.rule.level is Level.MUST and type(result.verdict).__name__ == "Unknown"
    }


@pytest.fixture(params=["sandbox", "flask"])
def right_server(request: pytest.FixtureRequest) -> Iterator[Target]:
    if request.param == "sandbox":
        with fixtura.serving(["layer"]) as server:
            yield Target.from_data(server.ready(), "layer")
    else:
        with hosted(create_app()) as url:
            yield target(url)


def test_a_right_server_breaks_no_rule_and_settles_every_must(right_server: Target) -> None:
    report = fixtura.check(right_server, **(UNHURRIED if right_server.control_url else SLOW))
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert not_settled(report) == {}
    assert report.exit_status() == 0


def test_books_that_exist_are_judged_without_writing(right_server: Target) -> None:
    report = fixtura.check(right_server, read_only=True)
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert report.exit_status() == 0


@pytest.mark.parametrize("name", every_second_now(sorted(WRONG)))
def test_a_wrong_server_is_caught_by_a_rule_that_names_its_fault(name: str) -> None:
    wrong = WRONG[name]
    with hosted(wrong.factory()) as url:
        hit = hunt(target(url), wrong.rules, seed=1, patience=4)
    assert hit is not None, wrong.sentence


def test_a_wrong_server_fails_the_run() -> None:
    wrong = WRONG["cross_business_read"]
    with hosted(wrong.factory()) as url:
        report = fixtura.check(target(url), quick=True)
    assert report.exit_status() == 1
    assert failed(report, Level.MUST).keys() & wrong.rules


@pytest.mark.verify
@pytest.mark.parametrize("name", sorted(WRONG))
def test_every_wrong_server_fails_the_run(name: str) -> None:
    with hosted(WRONG[name].factory()) as url:
        report = fixtura.check(target(url), quick=True)
    assert report.exit_status() == 1
    assert failed(report, Level.MUST).keys() & WRONG[name].rules


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_right_server_is_green_at_full_length(right_server: Target, seed: int) -> None:
    report = fixtura.check(right_server, seed=seed)
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert not_settled(report) == {}
