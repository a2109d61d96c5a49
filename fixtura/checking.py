"""`fixtura.check()`: judge an implementation from Python."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from contract_tests.host import hosted
from contract_tests.target import Misuse, Other, Target
from contract_tests.verdict import Report
from fixtura.running import Plan, run
from fixtura.targets import describe_target


def check(
    target: str | Path | Target | None = None,
    *,
    app: Any = None,
    api: str | None = None,
    scope: Mapping[str, str] | None = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    other: Other | None = None,
    seed: int = 1,
    quick: bool = False,
    budget_s: int | None = None,
    scenarios: int | None = None,
    rules: tuple[str, ...] = (),
    read_only: bool = False,
    allow_settings: bool = False,
    rps: float | None = None,
    yes_this_host: tuple[str, ...] = (),
    keep: bool = False,
) -> Report:
    """Judge `target` (an address, a target file or a Target) or `app` (ASGI or WSGI) and report.

    An app is served on a free loopback port while it is judged, so that its replies are those a client
    would get. other: a second tenant; without one, how tenants are kept apart cannot be observed. rps: requests
    a second, at most. yes_this_host: hosts that may be written to although they do not look like a sandbox.
    keep: put nothing away afterwards. Raises Misuse and Unreachable, each with one clear sentence.
    """
    if (target is None) == (app is None):
        raise Misuse("give a target or an app")
    with ExitStack() as hosts:
        if isinstance(target, Target):
            target = replace(target, other=other or target.other, rps=rps or target.rps)
        else:
            url = hosts.enter_context(hosted(app)) if app is not None else None
            target = describe_target(
                url=url if app is not None else target if isinstance(target, str) else None,
                file=target if isinstance(target, Path) else None,
                api=api,
                scope=scope,
                token=token,
                headers=headers,
                other=other,
                rps=rps,
            )
        return run(
            Plan(
                target=target,
                seed=seed,
                quick=quick,
                budget_s=budget_s,
                scenarios=scenarios,
                rules=rules,
                read_only=read_only,
                allow_settings=allow_settings,
                yes_this_host=yes_this_host,
                keep=keep,
            )
        )
