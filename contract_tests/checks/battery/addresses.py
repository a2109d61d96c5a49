"""Bent paths and queries.

Decides which ids and parameter values are sent that no honest client sends. Knows no API: it takes
the document's operations as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract_tests.call import Call
from contract_tests.checks import rules
from contract_tests.checks.battery.shot import Outcome, Shot
from contract_tests.scope import filled, own_parameters, scope_headers, scope_parameters
from contract_tests.session import Session
from spec import Operation, Parameter, operations, resolve

_HOLE: Final = "0hole0"

HOSTILE_IDS: Final = (
    ("an encoded NUL", "%00"),
    ("a byte that is not UTF-8", "%ff"),
    ("an encoded line break", "a%0d%0aX-Injected:%201"),
    ("an encoded path up", "..%2f..%2f"),
    ("an escape that is none", "%zz"),
    ("quotes and a comment", "'%22--;"),
    ("an id of 5,000 characters", "a" * 5_000),
    ("an encoded astral character", "%F0%9F%A6%86"),
    ("a number beyond int64", "9" * 30),
)
HOSTILE_VALUES: Final = (
    ("nothing", ""),
    ("a NUL", "\0"),
    ("a number beyond int64", "9" * 30),
    ("a text of 2,000 characters", "a" * 2_000),
    ("digits of another script", "\uff11\uff12"),
    ("a formula", "1e5"),
)


def ids(session: Session) -> Iterator[Shot]:
    """Odd ids in the path of the first operation that reads one record."""
    reading = next((found for found in _gets(session) if len(own_parameters(session.api, found)) == 1), None)
    if reading is None:
        return
    (name,) = own_parameters(session.api, reading)
    tenant = scope_parameters(session.api, session.target.scope)
    template = filled(reading.path, {**tenant, name: _HOLE})
    for oddity, odd in HOSTILE_IDS:
        call = _call(session, reading, template.replace(_HOLE, odd))
        yield Shot(rules.HOSTILE, f"{oddity} as {name}", call, Outcome.ANSWERED)


def queries(session: Session) -> Iterator[Shot]:
    """Odd query values for every parameter of the lists, and parameters given twice."""
    for operation in _gets(session):
        taken = [parameter for parameter in operation.parameters if parameter.where == "query"]
        if own_parameters(session.api, operation) or not taken:
            continue
        path = filled(operation.path, scope_parameters(session.api, session.target.scope))
        for parameter in taken:
            for oddity, odd in HOSTILE_VALUES:
                call = _call(session, operation, path, (parameter.name, odd))
                yield Shot(rules.HOSTILE, f"{oddity} as {parameter.name}", call, Outcome.ANSWERED)
            if _is_whole_number(session, parameter):
                call = _call(session, operation, path, (parameter.name, "1"), (parameter.name, "2"))
                yield Shot(rules.REPEATED, f"{parameter.name} given twice", call, Outcome.NOTED)


def _gets(session: Session) -> Iterator[Operation]:
    return (operation for operation in operations(session.api.judged) if operation.method == "GET")


def _is_whole_number(session: Session, parameter: Parameter) -> bool:
    return resolve(session.api.judged, parameter.schema).get("type") == "integer"


def _call(session: Session, operation: Operation, path: str, *query: tuple[str, str]) -> Call:
    headers = scope_headers(session.api, session.target.scope)
    return Call("GET", path, query, headers, operation_id=operation.operation_id)
