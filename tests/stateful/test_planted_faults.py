"""Each planted fault is caught by a rule that names it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

import stateful
from contract_tests.session import Session
from tests.halves import every_second_now
from tests.stateful.conftest import Steps, failures
from tests.stateful.planted import HISTORIES, Planted
from tests.stateful.planted_together import RACES, TENANCY


class UntilCaught(Steps):
    """A clock that runs out once a rule has failed."""

    def watch(self, session: Session, rules: frozenset[str]) -> Session:
        self._watched = lambda: any(session.recorder.failed(rule) for rule in rules)
        return replace(session, now=self)

    def __call__(self) -> float:
        return 1e9 if self._watched() else super().__call__()


def name_of(planted: Planted) -> str:
    return planted.server.__name__


@pytest.mark.parametrize("planted", every_second_now(HISTORIES), ids=name_of)
def test_histories_catch_it(planted: Planted, session_of: Callable[..., Session]) -> None:
    session = UntilCaught(seconds=0.4).watch(session_of(planted.server()), planted.rules)
    stateful.histories(session, 1e6, scenarios=150, allow_settings=True)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}


@pytest.mark.parametrize("planted", TENANCY, ids=name_of)
def test_tenancy_catches_it(planted: Planted, session_of: Callable[..., Session]) -> None:
    session = session_of(planted.server())
    stateful.races(session, 0)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}


@pytest.mark.parametrize("planted", RACES, ids=name_of)
def test_races_catch_it(planted: Planted, session_of: Callable[..., Session]) -> None:
    session = session_of(planted.server(), other=False)
    stateful.races(session, 0)
    found = failures(session)
    assert planted.rules & found.keys(), {rule: failure.seen for rule, failure in found.items()}
