"""Is the target there, does it know this tenant, and is the token good?

Decides what stops a run before it starts, each in one clear sentence. Knows the document and the
profile's scope keys, no API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from contract_tests.call import Call, Driver, NotJson, Reply, Unreachable, Who
from contract_tests.patience import asks_for_patience
from contract_tests.scope import filled, own_parameters, parameters_in, require_scope, scope_headers, scope_parameters
from contract_tests.target import Misuse, Target
from spec import Api, Operation, operations

_TOLD: Final = 120  # characters of an answer that stand in a sentence


def preflight(api: Api, target: Target, driver: Driver) -> Reply | None:
    """Ask the target one harmless question and return its reply; None when the document has none to ask.

    A second tenant is asked the same on its own behalf. Raises Misuse (a scope key is missing, wrong
    token, unknown tenant, not this API) or Unreachable (no reply, or that of a server which is not in
    service), each in one sentence.
    """
    require_scope(api, target.scope)
    if target.other is not None:
        require_scope(api, target.other.scope, "other.scope")
        if dict(target.other.scope) == dict(target.scope):
            raise Misuse(f"other: its scope is the first tenant's, {_tenant(target)}: it must be another's")
    reply = _asked(api, target, driver, Who.OWNER)
    if target.other is not None:
        # Told with the second tenant's scope and token in the first one's place.
        second = replace(target, scope=target.other.scope, token=target.other.token, source=target.other.source)
        _asked(api, second, driver, Who.OTHER)
    return reply


def _asked(api: Api, target: Target, driver: Driver, who: Who) -> Reply | None:
    """The reply to the harmless question, asked for `target`'s scope. Raises Misuse, Unreachable."""
    call = first_question(api, target.scope)
    if call is None:
        return None
    whose = "other: " if who is Who.OTHER else ""
    reply = driver.send(replace(call, who=who))
    if reply.status >= 500 or asks_for_patience(reply):
        said = f"it answers {reply.status} to GET {call.path}{_words(reply)}"
        raise Unreachable(f"{whose}{target.base_url} is not in service: {said}")
    complaint = _complaint(api, target, call, reply)
    if complaint:
        raise Misuse(whose + complaint)
    return reply


def first_question(api: Api, scope: Mapping[str, str]) -> Call | None:
    """A GET that every tenant can ask: no record named, nothing required but the tenant.

    One that names the tenant in its path comes first, because its answer tells whether it is known.
    """
    askable = [operation for operation in operations(api.judged) if _asks_nothing(api, operation)]
    askable.sort(key=lambda operation: not parameters_in(operation.path))
    if not askable:
        return None
    path = filled(askable[0].path, scope_parameters(api, scope))
    return Call("GET", path, headers=scope_headers(api, scope), operation_id=askable[0].operation_id)


def _asks_nothing(api: Api, operation: Operation) -> bool:
    tenant = {entry.parameter for entry in api.profile.scope.values()}
    wanted = {parameter.name for parameter in operation.parameters if parameter.required}
    return operation.method == "GET" and not own_parameters(api, operation) and wanted <= tenant


def _complaint(api: Api, target: Target, call: Call, reply: Reply) -> str:
    """What is wrong with the target, as a sentence; "" when it answers as this API may."""
    asked = f"to GET {call.path}"
    tenant = _tenant(target)
    if "html" in (reply.header("content-type") or "").lower():
        return f"{target.base_url} answers with a web page {asked}, so it is not the address of {api.profile.title}"
    if 300 <= reply.status < 400:
        return f"{target.base_url} redirects to {reply.header('location') or 'elsewhere'}: give that address"
    if reply.status == 401:
        said = "refuses the token" if target.has_token else "wants a token"
        return f"{target.base_url} {said}: it answers 401 {asked}"
    if reply.status == 403:
        return f"{target.base_url} does not let this token see {tenant or 'its data'}: it answers 403 {asked}"
    if reply.status == 404:
        return f"{target.base_url} knows no {tenant or call.path}: it answers 404 {asked}"
    if reply.refused:
        said = f"it answers {reply.status} {asked}{_words(reply)}"
        return f"{target.base_url} refuses to show {tenant or 'its data'}: {said}"
    if reply.ok:
        try:
            reply.json()
        except NotJson:
            return f"{target.base_url} answers {reply.status} {asked}, but not with JSON"
    return ""


def _tenant(target: Target) -> str:
    return ", ".join(f"{key}={value}" for key, value in target.scope.items())


def _words(reply: Reply) -> str:
    """How the answer's text begins, on one line and without what a terminal would obey; "" for none."""
    text = " ".join(reply.body[: _TOLD * 4].decode("utf-8", "replace").split())
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:_TOLD])
    return f": {shown}" if shown else ""
