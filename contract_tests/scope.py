"""Where a tenant's ids go in a call.

Decides how the profile's scope keys become path segments and headers. Knows no API's names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from contract_tests.target import Misuse
from spec import Api, Operation, operations, resolve

_PLACE: Final = re.compile(r"\{([^{}]+)\}")


def require_scope(api: Api, scope: Mapping[str, str], name: str = "scope") -> None:
    """Make sure that exactly the profile's scope keys are given. Raises Misuse, naming those at fault."""
    missing = [key for key in api.profile.scope if not scope.get(key)]
    if missing:
        raise Misuse(f"{api.name} needs {name} {' and '.join(f'{key}=...' for key in missing)}")
    unknown = sorted(set(scope) - set(api.profile.scope))
    if unknown:
        known = ", ".join(api.profile.scope) or "none"
        raise Misuse(f"{api.name} has no {name} {', '.join(unknown)}; it has {known}")


def scope_parameters(api: Api, scope: Mapping[str, str]) -> dict[str, str]:
    """The ids of a scope by the document's parameter names, path and header alike."""
    return {entry.parameter: scope[key] for key, entry in api.profile.scope.items() if key in scope}


def scope_headers(api: Api, scope: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers that say whose data a call means; none where the path says it."""
    keys = api.profile.scope.items()
    return tuple((entry.parameter, scope[key]) for key, entry in keys if entry.where == "header" and key in scope)


def filled(template: str, values: Mapping[str, str]) -> str:
    """A path template with its parameters filled in and percent-encoded.

    Raises KeyError for a parameter without a value.
    """
    return _PLACE.sub(lambda place: quote(values[place[1]], safe=""), template)


def unknown_id(api: Api, name: str, prefix: str) -> str:
    """A value for a path parameter that no record has: a number where the document wants one, else a UUID.

    The same for the same prefix, so that a run can be repeated.
    """
    made = uuid5(NAMESPACE_URL, f"{prefix}/{name}")
    declared = (parameter for operation in operations(api.judged) for parameter in operation.parameters)
    schema = next((parameter.schema for parameter in declared if parameter.name == name), {})
    if resolve(api.judged, schema).get("type") == "integer":
        return str(10**8 + made.int % 10**8)
    return str(made)


def parameters_in(template: str) -> tuple[str, ...]:
    """The names of a path template's parameters, in order."""
    return tuple(_PLACE.findall(template))


def own_parameters(api: Api, operation: Operation) -> tuple[str, ...]:
    """The path parameters of an operation that name a record, not a tenant."""
    tenant = {entry.parameter for entry in api.profile.scope.values()}
    return tuple(name for name in parameters_in(operation.path) if name not in tenant)
