"""What the engine is asked to do, and what it tells of it: plain data that crosses a pipe.

Decides the engine's configuration: which operations, phases, checks and expected statuses. It must
not know how Schemathesis runs, only the names of its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from contract_tests.call import Call
from contract_tests.fuzz.marks import marks_of
from contract_tests.session import Session, Specimens
from contract_tests.target import Target
from contract_tests.wire import request_headers
from spec import Api, Document, operations

ACCEPTANCE: Final = "positive_data_acceptance"
REJECTION: Final = ("negative_data_rejection", "missing_required_header")

_ALWAYS_FINE: Final = ("2xx", "3xx", "401", "403", "404", "409", "429", "5xx")
"""Schemathesis' own list: what these statuses mean is judged by other rules."""

_UNHURRIED_S: Final = 5

_NO_LEARNING: Final = {"extra-data-sources": {"responses": False}}
"""Real ids come from the run's specimens; mining every reply for more takes most of the time on full books."""

_OFF: Final = {
    # Replies are judged by our own reading of the document, which knows what is documented and what inferred.
    "not_a_server_error": "S5, S6",
    "status_code_conformance": "S1, S4",
    "content_type_conformance": "S2, S4",
    "response_headers_conformance": "S2, S4",
    "response_schema_conformance": "S3, S4",
    # A deleted record may stay readable; what becomes of it is for the stateful rules to judge.
    "use_after_free": "lifecycle is judged with a model",
    # Blames a child that its body, not its path, ties to a parent.
    "ensure_resource_availability": "references in bodies are beyond it",
    # The raw battery asks every operation once, with an eye to what a refusal may look like.
    "ignored_auth": "H1 asks every operation",
    "object_level_authorization": "tenancy is judged with two tenants",
    # It would send DELETE to collections of a system that is not ours.
    "unsupported_method": "H8 asks with care",
    "allow_header_conformance": "H8 asks with care",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One run of the engine. document: what it generates from. config: as schemathesis.toml has it.

    prefix, marks: what is put before which members of an operation's records, see `Tamer`. proxies: as
    requests takes them, {} for those of the environment. asks: whether it asks for leave before each request.
    """

    document: Document
    config: Mapping[str, Any]
    specimens: Mapping[str, list[str]]
    seed: int
    prefix: str
    marks: Mapping[str, Mapping[str, int]]
    proxies: Mapping[str, str]
    asks: bool

    @classmethod
    def of(cls, session: Session, seconds: int, specimens: Specimens) -> Self:
        """What to do on a session's target in so many whole seconds."""
        target = session.target
        proxy = "" if target.is_loopback and target.proxy is None else target.proxy
        return cls(
            document=fuzzable(session.api),
            config=configuration(session.api, session.target, seconds, session.seed, quick=session.quick),
            specimens={name: list(ids) for name, ids in specimens.items()},
            seed=session.seed,
            prefix=session.prefix,
            marks=marks_of(session.api),
            proxies={} if proxy is None else {"http": proxy, "https": proxy},
            asks=target.rps is not None or target.source is not None,
        )

    def as_data(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def fuzzable(api: Api) -> Document:
    """The judged document without operations that settle something for a whole tenant, and links to them."""
    document = deepcopy(api.judged)
    for operation in operations(api.judged):
        if api.profile.note(operation.operation_id).scope == "business":
            del document["paths"][operation.path][operation.method.lower()]
    kept = {operation.operation_id for operation in operations(document)}
    living = {operation.path for operation in operations(document)}
    document["paths"] = {path: item for path, item in document["paths"].items() if path in living}
    for operation in operations(document):
        for response in operation.responses.values():
            links = response.raw.get("links", {})
            for name in [name for name, link in links.items() if link.get("operationId") not in kept]:
                del links[name]
    return document


def configuration(api: Api, target: Target, seconds: int, seed: int, *, quick: bool) -> dict[str, Any]:
    """Every setting, explicitly: nothing is discovered in the user's folder."""
    scope = {key: entry for key, entry in api.profile.scope.items() if entry.where != "body"}
    tenant = {(entry.where, entry.parameter): target.scope[key] for key, entry in scope.items()}
    return {
        "base-url": target.base_url,
        "headers": dict(request_headers(target, Call("GET", "/"), target.token)),
        "parameters": {f"{where}.{name}": value for (where, name), value in tenant.items()},
        "seed": seed,
        "max-time": max(1, seconds),
        "workers": 1,
        "continue-on-failure": True,
        "request-timeout": target.timeout_s,
        "tls-verify": str(target.ca_file) if target.verify and target.ca_file else target.verify,
        "max-redirects": 0,
        "suppress-health-check": ["all"],
        "warnings": False,
        "cache": {"enabled": False},
        "analysis": {"constants": {"enabled": False}},
        "output": {"sanitization": {"enabled": False}},
        "generation": {
            "database": "none",
            "max-examples": 10 if quick else 40,
            "no-shrink": True,
            "with-security-parameters": False,
        },
        "phases": {
            "coverage": {"unexpected-methods": [], **_NO_LEARNING},
            "fuzzing": _NO_LEARNING,
            # In a few seconds these two reach nothing that the histories before have not seen.
            "examples": {"enabled": seconds >= _UNHURRIED_S, **_NO_LEARNING},
            "stateful": {"enabled": seconds >= _UNHURRIED_S, "max-steps": 6, "generation": {"max-examples": 20}},
        },
        "checks": {name: {"enabled": False} for name in _OFF},
        "operations": [
            {
                "include-operation-id": operation.operation_id,
                "checks": {ACCEPTANCE: {"expected-statuses": accepted_statuses(api, operation.operation_id)}},
            }
            for operation in operations(api.judged)
        ],
    }


def accepted_statuses(api: Api, operation_id: str) -> list[str]:
    """What a request that fits the schemas may be answered with."""
    refuses = (str(status) for status in sorted(api.profile.note(operation_id).refuses))
    return list(dict.fromkeys((*_ALWAYS_FINE, *refuses)))
