"""One run each: the kit against a fault, plain Schemathesis against a fault, the kit against a right server.

Decides which server a run gets: one of its own, with fresh books. Each is a plain function of plain values,
so that it can be run in another process.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

import mock_server
import spec
import stateful
from contract_tests.driver import HttpDriver
from contract_tests.host import hosted, load_app
from contract_tests.recorder import Recorder
from contract_tests.session import Session, Specimens
from contract_tests.target import Other, Target
from contract_tests.verdict import Failed, Level
from fixtura.checking import check
from fixtura.scoring import plain
from fixtura.scoring.hunting import Hit, hunt
from fixtura.scoring.planning import Visit
from fixtura.scoring.tally import Clean
from fixtura.servers import serving
from mock_server import faults

_RECORDS_S = 1.0
"""How long the kit may make records for the examples of plain Schemathesis."""


def shoot(fault_id: str, api: str, seed: int, *, patience: float = 1) -> Hit | None:
    """The kit against a sandbox with this fault; see `hunt`. Raises UnknownFault."""
    fault = faults.find(fault_id)
    with serving([api], fault_ids=[fault_id]) as server:
        return hunt(Target.from_data(server.ready(), api), fault.rules, seed, patience=patience)


def learn(api: str, seeds: Sequence[int]) -> str:
    """What plain Schemathesis reports on the right sandbox, as `plain.known_failures` has it."""
    with _furnished(api) as (target, specimens):
        return plain.known_failures(target, specimens, seeds)


def shoot_plainly(fault_id: str, api: str, seed: int, known: str) -> bool:
    """Whether plain Schemathesis reports something on a sandbox with this fault that it does not on the right one.

    The records that its examples name were made before the fault was switched on.
    """
    with _furnished(api) as (target, specimens):
        switched = httpx.put(f"{target.control_url}/faults", json={"faults": [fault_id]})
        switched.raise_for_status()
        return plain.reports_news(target, specimens, known, seed)


def visit(there: Visit, seconds: int) -> Clean:
    """The kit on a server that does nothing wrong."""
    with _twin(there) if there.twin else _sandbox(there) as target:
        return Clean(*there.key, _failed(target, there.seed, seconds))


@contextmanager
def _sandbox(there: Visit) -> Iterator[Target]:
    with serving([there.api], variant_names=there.names) as server:
        yield Target.from_data(server.ready(), there.api)


@contextmanager
def _twin(there: Visit) -> Iterator[Target]:
    """Another implementation, which knows the sandbox's tenants and tokens."""
    api = there.api
    contract, instance = spec.load(api), mock_server.open_sandbox([api]).instances[api]
    with hosted(load_app(there.twin)()) as url:
        yield Target(
            base_url=url + contract.base_path,
            api=api,
            scope=instance.access.scope,
            token=instance.access.token,
            other=Other(instance.other.scope, instance.other.token),
        )


def _failed(target: Target, seed: int, seconds: int) -> tuple[str, ...]:
    report = check(target, seed=seed, budget_s=seconds)
    failed = (result.rule for result in report.results if isinstance(result.verdict, Failed))
    return tuple(rule.id for rule in failed if rule.level is not Level.OBSERVED)


@contextmanager
def _furnished(api: str) -> Iterator[tuple[Target, Specimens]]:
    """The right sandbox with some records in it."""
    contract = spec.load(api)
    with serving([api]) as server:
        target = Target.from_data(server.ready(), api)
        with HttpDriver(target) as driver:
            session = Session(
                api=contract,
                target=target,
                driver=driver,
                recorder=Recorder(()),
                seed=1,
                prefix=f"score-{secrets.token_hex(4)}-",
                quick=True,
            )
            specimens = stateful.histories(session, _RECORDS_S)
        yield target, specimens
