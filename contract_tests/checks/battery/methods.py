"""Methods that a path does not have, HEAD and OPTIONS.

Decides which are sent, with care: no collection of a system that is not on this machine is ever
asked to be deleted, and records that are named do not exist. Knows no API.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from contract_tests.call import Call, Reply
from contract_tests.checks import rules
from contract_tests.checks.battery.shot import NOT_IMPLEMENTED, Range
from contract_tests.patience import asks_for_patience
from contract_tests.scope import filled, own_parameters, parameters_in, scope_headers, scope_parameters, unknown_id
from contract_tests.session import Session
from contract_tests.verdict import Step
from spec import operations

_WRITING: Final = ("PUT", "PATCH", "POST", "DELETE")
_HEADS: Final = 3  # so many lists are asked for their HEAD


def methods(field: Range) -> None:
    """Ask every path for a method that it does not have, and for its OPTIONS."""
    for path, declared in _paths(field.session).items():
        if _settles(field.session, path):
            continue
        for method in _undeclared(field.session, path, declared):
            if field.open:
                with field.spared(rules.METHODS):
                    step = field.ask(_call(field.session, method, path), f"no {method} here")
                    _judge_undeclared(field, step, declared)
        if field.open:
            with field.spared(rules.METHODS):
                _judge_options(field, field.ask(_call(field.session, "OPTIONS", path), "options"), declared)


def heads(field: Range) -> None:
    """Ask some lists for their HEAD, beside their GET."""
    lists = [
        found
        for found in operations(field.session.api.judged)
        if found.method == "GET"
        and not own_parameters(field.session.api, found)
        and not any(parameter.required and parameter.where == "query" for parameter in found.parameters)
    ]
    for operation in lists[:_HEADS]:
        if field.open:
            with field.spared(rules.HEAD):
                whole = field.ask(_call(field.session, "GET", operation.path), "", honest=True)
                head = field.ask(_call(field.session, "HEAD", operation.path), "head")
                _judge_head(field, head, whole.reply)


def _settles(session: Session, path: str) -> bool:
    """Whether all that can be done at the path is for the whole tenant: there even an odd method may do harm."""
    found = [operation for operation in operations(session.api.judged) if operation.path == path]
    return all(session.api.profile.note(operation.operation_id).scope == "business" for operation in found)


def _paths(session: Session) -> Mapping[str, set[str]]:
    """Judged paths with every method that is served there: what we chose to add is no oddity."""
    declared: dict[str, set[str]] = {operation.path: set() for operation in operations(session.api.judged)}
    for operation in operations(session.api.served):
        if operation.path in declared:
            declared[operation.path].add(operation.method)
    return declared


def _undeclared(session: Session, path: str, declared: set[str]) -> Iterator[str]:
    tenant = {entry.parameter for entry in session.api.profile.scope.values()}
    names_a_record = bool(set(parameters_in(path)) - tenant)
    for method in _WRITING:
        if method not in declared and (method != "DELETE" or names_a_record or session.target.is_loopback):
            yield method


def _call(session: Session, method: str, path: str) -> Call:
    """A call that no operation of the document describes, so that it names none."""
    values = {name: unknown_id(session.api, name, session.prefix) for name in parameters_in(path)}
    tenant = scope_parameters(session.api, session.target.scope)
    headers = scope_headers(session.api, session.target.scope)
    body = b"{}" if method in ("PUT", "PATCH", "POST") else None
    kind = (("content-type", "application/json"),) if body else ()
    return Call(method, filled(path, {**values, **tenant}), headers=(*headers, *kind), body=body)


def _judge_undeclared(field: Range, step: Step, declared: set[str]) -> None:
    status, method = step.reply.status, step.call.method
    if asks_for_patience(step.reply):
        return
    if step.reply.ok or (status >= 500 and status not in NOT_IMPLEMENTED):
        field.fail(rules.METHODS, step, f"{method}, which the path does not have: status {status}", "405")
        return
    allowed = _allowed(step.reply)
    if status == 405 and (allowed is None or not declared <= allowed or method in allowed):
        seen = f"405 with Allow: {step.reply.header('allow') or 'none'}"
        field.fail(rules.METHODS, step, seen, f"Allow: {', '.join(sorted(declared))}")
        return
    field.session.recorder.observe(rules.METHODS.id)


def _judge_options(field: Range, step: Step, declared: set[str]) -> None:
    allowed = _allowed(step.reply)
    if allowed is None:
        return
    if declared <= allowed:
        field.session.recorder.observe(rules.METHODS.id)
    else:
        seen = f"OPTIONS: status {step.reply.status} with Allow: {step.reply.header('allow')}"
        field.fail(rules.METHODS, step, seen, f"Allow: {', '.join(sorted(declared))}")


def _judge_head(field: Range, head: Step, whole: Reply) -> None:
    """A server without HEAD says so; one with it answers as it does to GET."""
    if asks_for_patience(head.reply) or asks_for_patience(whole):
        return
    if head.reply.status == whole.status or head.reply.status in (404, 405, 501):
        field.session.recorder.observe(rules.HEAD.id)
    else:
        field.fail(rules.HEAD, head, f"HEAD: status {head.reply.status}", f"{whole.status}, as for GET, or 405")


def _allowed(reply: Reply) -> set[str] | None:
    text = reply.header("allow")
    return None if text is None else {method.strip().upper() for method in text.split(",")}
