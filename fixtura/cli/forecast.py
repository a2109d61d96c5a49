"""`fixtura check --plan`: what a run would do, said and not done."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from fixtura.forecast import Forecast, forecast
from fixtura.running import Plan


def print_forecast(plan: Plan) -> None:
    """Foretell the run and print it. Raises Misuse and Unreachable, as the run would."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,  # elsewhere it would leave an empty line
    )
    with bar:
        task = bar.add_task("", total=None)
        found = forecast(plan, lambda line: bar.update(task, description=line))
    for line in told(plan, found):
        click.echo(line)


def told(plan: Plan, found: Forecast) -> Iterator[str]:
    """The forecast in lines."""
    yield f"A run of {found.seconds} seconds on {plan.target.base_url}:"
    limit = f", {plan.target.rps:g} a second at most" if plan.target.rps else ""
    answered = "" if found.latency_s is None else f"; the first answer took {found.latency_s * 1000:.0f} ms"
    yield f"  about {found.calls:,} calls{limit}{answered}"
    if plan.read_only:
        yield "  nothing is made: the run only reads"
        return
    kept = plan.keep
    for name, count in found.made.items():
        away = found.putting_away.get(name)
        then = "stays" if kept or away is None else f"put away afterwards by {away}"
        yield f"  about {count:,} records by {name}: {then}"
    yield "  each of them is named fixtura-…, and nothing else is written to"
    yield "Nothing has been made: only the read-only preflight was sent."
