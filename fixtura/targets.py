"""From what a user said of a target to a `Target`.

Decides how an address, a file and options add up: options win over the file, and an address without a
path gets the server path of the API's document. Knows no API by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import spec
from contract_tests.scope import require_scope
from contract_tests.target import Misuse, Other, Target, address
from fixtura.contracts import contract_of


def describe_target(
    *,
    url: str | None = None,
    file: Path | None = None,
    api: str | None = None,
    scope: Mapping[str, str] | None = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    other: Other | None = None,
    rps: float | None = None,
) -> Target:
    """The target at `url`, or the one that `file` describes, with the options laid over it.

    With both the file says everything but the address.

    Raises Misuse: neither or unknown API, unknown scope key, a scope key missing.
    """
    if file is not None:
        target = Target.from_file(file, api, base_url=url)
    elif url is not None:
        target = Target(base_url=address(url), api=api or _only_api())
    else:
        raise Misuse("neither an address nor a target file was given")
    target = replace(
        target,
        scope={**target.scope, **(scope or {})},
        token=token or target.token,
        source=None if token else target.source,
        rps=rps or target.rps,
        headers={**target.headers, **(headers or {})},
        other=other or target.other,
    )
    contract = contract_of(target)
    if not urlsplit(target.base_url).path:
        target = replace(target, base_url=target.base_url + contract.base_path)
    require_scope(contract, target.scope)
    return target


def _only_api() -> str:
    available = spec.available()
    if len(available) != 1:
        raise Misuse(f"say which API the target implements, with --api: {', '.join(available)}")
    return available[0]
