"""`fixtura serve`: run the sandbox until it is stopped.

Decides the options and what is printed; how it starts and stops is in `fixtura.servers`.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

import mock_server
import spec
from contract_tests.preflight import first_question
from contract_tests.report import check_writable
from fixtura.servers import Served, Server, serve_until_stopped, withdraw_ready_file, write_ready_file


@click.command("serve")
@click.option(
    "--api", "apis", multiple=True, type=click.Choice(spec.available()), help="Serve this API only; repeatable."
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 is any free one.")
@click.option("--open", "open_tenants", is_flag=True, help="An unknown business is created on first use.")
@click.option("--seed", type=int, help="The same ids in every run.")
@click.option("--token", help="The first tenant's token.")
@click.option("--any-token", is_flag=True, help="Accept every non-empty token.")
@click.option("--switch", "switches", multiple=True, metavar="NAME", help="Turn a switch of the API's profile on.")
@click.option("--fault", "fault_ids", metavar="ID,…", default="", help="Misbehave in these ways: see `fixtura faults`.")
@click.option("--variant", "variants", metavar="NAME,…", default="", help="Be right in these other ways.")
@click.option("--now", metavar="TIME", help="Start the sandbox's clock there, e.g. 2024-03-31T12:00:00Z.")
@click.option(
    "--ready-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write addresses and tokens here, as JSON, once requests are answered.",
)
def command(
    *,
    apis: tuple[str, ...],
    host: str,
    port: int,
    open_tenants: bool,
    seed: int | None,
    token: str | None,
    any_token: bool,
    switches: tuple[str, ...],
    fault_ids: str,
    variants: str,
    now: str | None,
    ready_file: Path | None,
) -> None:
    """Serve the APIs with real state and a real ledger, in memory."""
    sandbox = mock_server.open_sandbox(
        apis or None,
        seed=seed,
        token=token,
        any_token=any_token,
        open_tenants=open_tenants,
        switches=dict.fromkeys(switches, True),
        fault_ids=_split(fault_ids),
        variant_names=_split(variants),
        now=now,
    )

    written = False

    def ready(server: Server) -> None:
        nonlocal written
        if ready_file is not None:
            write_ready_file(ready_file, server)
            written = True
        for name, api in server.access.items():
            click.echo(_introduction(name, api))
        click.echo("Ready. Ctrl-C stops it; nothing is kept.")

    if ready_file is not None:
        check_writable(ready_file)
    try:
        serve_until_stopped(sandbox, host, port, ready)
    finally:
        if ready_file is not None and written:  # it may be another server's
            withdraw_ready_file(ready_file)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _introduction(name: str, api: Served) -> str:
    contract = spec.load(name)
    facts = {
        "base URL": api.base_url,
        **{key.replace("_", " "): value for key, value in api.scope.items()},
        "token": api.token,
        "documentation": api.documentation,
        "try": _curl(contract, api),
    }
    width = max(map(len, facts))
    return "\n".join([contract.profile.title, *(f"  {name:<{width}}  {value}" for name, value in facts.items())])


def _curl(contract: spec.Api, api: Served) -> str:
    """A call that works when it is pasted: a question that every tenant can ask."""
    question = first_question(contract, api.scope)
    assert question is not None, f"{contract.name} has no GET that takes nothing but the scope"
    headers = [("Authorization", f"Bearer {api.token}"), *question.headers]
    words = [word for name, value in headers for word in ("-H", f"{name}: {value}")]
    return shlex.join(["curl", *words, api.base_url + question.path])
