"""The kit over real sockets on the sandboxes that a control plane belongs to: green with it, without it, in their time.

It stands for what only the API's screens do (Xero) or for the ledger behind the API (Snapbooks).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import fixtura
from contract_tests.target import Target
from contract_tests.verdict import Level, Unobservable
from tests.e2e.test_kit import UNHURRIED, failed, not_settled

HIDDEN = {
    "xero": {"V1", "V2", "D1", "D10", "T2", "X5", "xero.R35"},
    "snapbooks": {"V1", "D1", "P3", "X3", "K5", "snapbooks.R13", "snapbooks.R37"},
}
"""Some of what nobody sees without the control plane."""

PLAIN = {
    "xero": {"xero.R1", "xero.R33", "V6", "K1", "N1"},
    "snapbooks": {"snapbooks.R1", "snapbooks.R19", "snapbooks.R30", "snapbooks.R35", "L5", "K1", "N1"},
}
"""Some of what the API alone shows."""

FULL_S = {"xero": 60, "snapbooks": 45}


@pytest.fixture(scope="module", params=["xero", "snapbooks"])
def sandbox(request: pytest.FixtureRequest) -> Iterator[Target]:
    with fixtura.serving([request.param]) as server:
        yield Target.from_data(server.ready(), request.param)


def test_the_sandbox_breaks_no_rule_and_settles_every_must(sandbox: Target) -> None:
    report = fixtura.check(sandbox, **UNHURRIED)
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert not_settled(report) == {}
    assert report.exit_status(strict=True) == 0
    assert not any(isinstance(result.verdict, Unobservable) for result in report.results)


@pytest.mark.verify
def test_without_a_control_plane_it_is_judged_by_what_its_document_offers(sandbox: Target) -> None:
    plain = replace(sandbox, capabilities=frozenset(), control_url=None)
    report = fixtura.check(plain, **UNHURRIED)
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert not_settled(report) == {}
    hidden = {result.rule.id for result in report.results if isinstance(result.verdict, Unobservable)}
    assert HIDDEN[sandbox.api] <= hidden
    assert not hidden & PLAIN[sandbox.api]


def test_what_exists_is_judged_without_writing(sandbox: Target) -> None:
    report = fixtura.check(sandbox, read_only=True)
    assert failed(report, Level.MUST, Level.SHOULD) == {}


@pytest.mark.verify
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_sandbox_is_green_at_full_length(sandbox: Target, seed: int) -> None:
    report = fixtura.check(sandbox, seed=seed)
    assert failed(report, Level.MUST, Level.SHOULD) == {}
    assert not_settled(report) == {}
    assert report.duration_s < FULL_S[sandbox.api]
