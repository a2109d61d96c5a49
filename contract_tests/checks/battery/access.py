"""Calls without credentials, and with credentials that nobody gave out.

Decides what every operation is asked and which refusals count. Asks no operation to change a
setting: where a broken server would let it, the body says nothing. Knows no API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from contract_tests.call import Call, Who
from contract_tests.checks import rules
from contract_tests.checks.battery.shot import Range
from contract_tests.patience import asks_for_patience
from contract_tests.scope import filled, own_parameters, scope_headers, scope_parameters, unknown_id
from contract_tests.session import Session, Specimens
from contract_tests.verdict import Goal, Step
from contract_tests.wire import has_credentials
from spec import Api, Operation, operations

ASKED: Final = "operations that were asked without credentials"
_STRANGER: Final = (("authorization", "Bearer fixtura-was-given-no-such-token"),)


def access(field: Range, specimens: Specimens) -> None:
    """Ask every secured operation as nobody and as a stranger."""
    session = field.session
    if not has_credentials(session.target):
        for rule in (rules.CREDENTIALS, rules.CHALLENGE):
            session.recorder.unobservable(rule.id, "the target is used without credentials")
        return
    # Last what ends a record's life: on a server that lets anybody, the others still need it.
    for operation in sorted(operations(session.api.judged), key=lambda found: found.method == "DELETE"):
        if operation.secured and field.open:
            with field.spared(rules.CREDENTIALS):
                _ask(field, operation, specimens)


def goals(api: Api) -> tuple[Goal, ...]:
    """As many operations as need no record of their own are always there to ask."""
    wanted = sum(1 for found in operations(api.judged) if found.secured and not own_parameters(api, found))
    return (Goal(ASKED, wanted, (rules.CREDENTIALS.id,)),)


def _ask(field: Range, operation: Operation, specimens: Specimens) -> None:
    session = field.session
    names = own_parameters(session.api, operation)
    real = {name: specimens[name][0] for name in names if specimens.get(name)}
    unknown = {name: unknown_id(session.api, name, session.prefix) for name in names}
    settles = session.api.profile.note(operation.operation_id).scope == "business" and operation.method != "GET"
    valid = len(real) == len(names) and not settles
    call = _call(session, operation, {**unknown, **real}, empty=settles)

    nobody = field.ask(_as_nobody(call), "no credentials")
    _judge(field, nobody, {401}, sure=valid)
    stranger = field.ask(_as_nobody(call, _STRANGER), "a token that nobody gave out")
    _judge(field, stranger, {401, 403}, sure=valid)
    for step in (nobody, stranger):
        if step.reply.status == 401:
            _judge_challenge(field, step)
    if nobody.reply.status == 401 or valid:
        session.recorder.reach(ASKED)


def _judge(field: Range, step: Step, refusals: set[int], *, sure: bool) -> None:
    """`sure`: nothing but the missing credentials is wrong with the call, so no other refusal will do."""
    status = step.reply.status
    if status in refusals:
        field.session.recorder.observe(rules.CREDENTIALS.id)
    elif not asks_for_patience(step.reply) and (sure or not step.reply.refused):
        expected = " or ".join(map(str, sorted(refusals)))
        field.fail(rules.CREDENTIALS, step, f"{step.note}: status {status}", expected)


def _judge_challenge(field: Range, step: Step) -> None:
    if (step.reply.header("www-authenticate") or "").strip():
        field.session.recorder.observe(rules.CHALLENGE.id)
    else:
        field.fail(rules.CHALLENGE, step, "401 without WWW-Authenticate", "the scheme, such as Bearer")


def _call(session: Session, operation: Operation, values: Mapping[str, str], *, empty: bool) -> Call:
    scope = session.target.scope
    call = Call(
        method=operation.method,
        path=filled(operation.path, {**values, **scope_parameters(session.api, scope)}),
        headers=scope_headers(session.api, scope),
        operation_id=operation.operation_id,
    )
    if operation.body is None:
        return call
    return call.with_json({} if empty else next(iter(operation.body_examples.values()), {}))


def _as_nobody(call: Call, headers: tuple[tuple[str, str], ...] = ()) -> Call:
    return replace(call, headers=(*call.headers, *headers), who=Who.NOBODY)
