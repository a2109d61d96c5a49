"""A session over the sandbox of Snapbooks, in process, with clocks that only go on when they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any, Final

from contract_tests.asgi import InProcess
from contract_tests.session import Session
from contract_tests.target import CONTROL, Other, Target
from mock_server import Sandbox
from mock_server.app import create_app
from mock_server.sandbox.clock import SystemClock
from mock_server.sandbox.ids import SeededIds
from mock_server.surface import Settings
from tests.stateful.conftest import session_over

BASE = "http://sandbox/api/v2"
_START_NS: Final = 1_700_000_000 * 10**9
_TICK_NS: Final = 10**8

CONTROL_URL = "http://sandbox/_sandbox/snapbooks"


def target_of(sandbox: Sandbox, *, control: bool = True, other: bool = True) -> Target:
    """The sandbox as a target; with its ledger and its second user, or without."""
    instance = sandbox.instances["snapbooks"]
    second = Other(dict(instance.other.scope), instance.other.token)
    target = Target(
        BASE, "snapbooks", dict(instance.access.scope), instance.access.token, other=second if other else None
    )
    if control:
        return replace(target, capabilities=frozenset({CONTROL}), control_url=CONTROL_URL)
    return target


def session_on(app: InProcess, target: Target, **more: Any) -> Session:
    """A session that judges everything; see `conftest.session_over`."""
    return session_over(app, target, **more)


@contextmanager
def opened(**switches: Any) -> Iterator[tuple[Sandbox, InProcess]]:
    """A sandbox of Snapbooks, and a way to it."""
    clock = SystemClock(machine=count(_START_NS, _TICK_NS).__next__)  # what takes seconds is soon seen
    sandbox = create_app(["snapbooks"], Settings(clock=clock, ids=SeededIds(1), switches=switches))
    with InProcess(sandbox) as app:
        yield sandbox, app
