"""Does the document allow a request?

Decides it for the one question that needs it: is a server error the server's fault alone? Knows no
API. Where it cannot tell, it says no, so that nobody is blamed for a request of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from jsonschema_rs import Draft202012Validator

from contract_tests.call import Call
from contract_tests.scope import parameters_in
from spec import Api, Document, Operation, Parameter, Schema, json_schema, operations, resolve

_JSON: Final = "application/json"
_INTEGER: Final = re.compile(r"-?(0|[1-9]\d{0,19})", re.ASCII)


class RequestJudge:
    """Compares requests with the strictest reading of the document: everything that it serves."""

    def __init__(self, api: Api) -> None:
        self._operations = {
            operation.operation_id: _compiled(api.served, operation) for operation in operations(api.served)
        }

    def allows(self, call: Call) -> bool:
        """Whether path, query, headers and body of the call are all as its operation declares."""
        compiled = self._operations.get(call.operation_id)
        if compiled is None or compiled.operation.method != call.method:
            return False
        try:
            return compiled.allows(call)
        except (UnicodeError, ValueError, RecursionError):  # nothing that a schema could be asked about
            return False


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One operation with what it declares, ready to be compared."""

    operation: Operation
    path: re.Pattern[str]
    parameters: Mapping[tuple[str, str], tuple[Parameter, str, Draft202012Validator]]
    body: Draft202012Validator | None

    def allows(self, call: Call) -> bool:
        match = self.path.fullmatch(call.path)
        if match is None:
            return False
        segments = zip(parameters_in(self.operation.path), match.groups(), strict=True)
        path = [(name, unquote(text, errors="strict")) for name, text in segments]
        headers = [(name.lower(), value) for name, value in call.headers]
        given = (("path", path), ("query", call.query), ("header", headers))
        return all(self._parameters_allowed(where, pairs) for where, pairs in given) and self._body_allowed(call)

    def _parameters_allowed(self, where: str, pairs: Iterable[tuple[str, str]]) -> bool:
        sent = dict(pairs)
        if where == "query" and len(sent) != len(list(pairs)):
            return False  # a value given twice
        for (place, name), (parameter, kind, validator) in self.parameters.items():
            if place != where:
                continue
            text = sent.get(name)
            if text is None:
                if parameter.required:
                    return False
            elif not validator.is_valid(_value(text, kind)):
                return False
        return where != "query" or all(("query", name) in self.parameters for name in sent)

    def _body_allowed(self, call: Call) -> bool:
        if self.body is None:
            return not call.body
        if call.body is None:
            return not self.operation.body_required
        kinds = [value for name, value in call.headers if name.lower() == "content-type"]
        if [kind.partition(";")[0].strip().lower() for kind in kinds] != [_JSON]:
            return False
        data = json.loads(call.body.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_unique)
        json.dumps(data, ensure_ascii=False).encode()  # a lone surrogate is not Unicode text
        return self.body.is_valid(data)


def _compiled(document: Document, operation: Operation) -> _Compiled:
    template = re.split(r"\{[^{}]+\}", operation.path)
    parameters = {}
    for parameter in operation.parameters:
        name = parameter.name.lower() if parameter.where == "header" else parameter.name
        kind = str(resolve(document, parameter.schema).get("type", "string"))
        parameters[parameter.where, name] = (parameter, kind, _validator(document, parameter.schema))
    return _Compiled(
        operation=operation,
        path=re.compile("([^/]+)".join(re.escape(part) for part in template)),
        parameters=parameters,
        body=None if operation.body is None else _validator(document, operation.body),
    )


def _validator(document: Document, schema: Schema) -> Draft202012Validator:
    return Draft202012Validator(json_schema(document, schema), validate_formats=True)


def _value(text: str, kind: str) -> Any:
    """A parameter's text as what its schema speaks of; the text itself where it is nothing of the kind."""
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members
