"""`fixtura demo`: the two flows in one minute.

Starts the sandbox, plays the guide's story on it, judges it with the kit, and leaves a report. Decides
what of that is printed; a story is data (`spec/<api>/story.yaml`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import click
import httpx
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

import spec
from contract_tests.scope import scope_headers
from contract_tests.target import Target
from fixtura.cli.outcome import judge_and_report
from fixtura.running import Plan
from fixtura.servers import Server, serving
from fixtura.story import load_story, play

FIRST = spec.available()[0]


@click.command("demo")
@click.option("--api", type=click.Choice(spec.available()), default=FIRST, show_default=True)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("out"),
    show_default=True,
    help="The folder for the report.",
)
def command(*, api: str, out: Path) -> None:
    """Start the sandbox, play the guide's story, judge it with the kit, leave a report."""
    console = Console()
    out.mkdir(parents=True, exist_ok=True)
    with serving([api]) as server:
        console.print(f"The sandbox of {spec.load(api).profile.title} answers at {server.access[api].base_url}\n")
        console.print(_story(api, server))
        console.print("\nNow the kit judges that same server, as it would judge any other.\n")
        report = out / "report.html"
        plan = Plan(target=Target.from_data(server.ready(), api), quick=True)
        status = judge_and_report(plan, {"html": report})
    console.print(f"\nThe report: {report.resolve()}")
    sys.exit(status)


def _story(api: str, server: Server) -> Table:
    story, served = load_story(api), server.access[api]
    headers = [("authorization", f"Bearer {served.token}"), *scope_headers(spec.load(api), served.scope)]
    client = httpx.Client(base_url=served.base_url, headers=headers)
    table = Table("Step", "Request", "Reply", title=story["title"], title_justify="left", box=SIMPLE_HEAD)
    for name in [figure["name"] for figure in story["figures"]] + [story["total"]]:
        table.add_column(name, justify="right")
    with client:
        for told in play(story, client, served.scope):
            method, _, path = told.call.partition(" ")
            request = f"{method} …/{path.rpartition('/')[2]}"
            table.add_row(told.title, request, str(told.status), *map(_money, told.figures.values()))
    return table


def _money(minor: int) -> str:
    sign, whole = "-" if minor < 0 else "", abs(minor)
    return f"{sign}{whole // 100:,}.{whole % 100:02}"
