"""`fixtura score`: how many of the seeded faults the kit catches. Decides how that is told, and the exit status."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from contract_tests.report import check_writable
from contract_tests.report.files import write
from fixtura.scoring import Clean, Shot, Totals, fire_all, run_clean
from mock_server import faults


@click.command("score")
@click.option("--faults", "ids", metavar="ID,…", default="", help="These faults only.")
@click.option("--seeds", type=click.IntRange(1, 100), default=1, show_default=True, help="So many seeds, from 1 on.")
@click.option(
    "--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write everything here as JSON."
)
def command(*, ids: str, seeds: int, json_file: Path | None) -> None:
    """Run the kit against every seeded fault, and against a sandbox without any.

    Exit status 0: every fault was caught by a rule that it names, and no rule failed on the right sandbox; else 1.
    """
    if json_file is not None:
        check_writable(json_file)
    api = "layer" if not ids else faults.find(_split(ids)[0]).apis[0]
    known = [fault.id for fault in faults.catalogue() if api in fault.apis]
    wanted, numbers = _split(ids) or known, range(1, seeds + 1)
    console, shots, cleans = Console(), [], []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("faults", total=len(wanted) * seeds)
        for shot in fire_all(wanted, api, numbers):
            shots.append(shot)
            progress.update(task, advance=1, description=shot.fault)
        task = progress.add_task("the right sandbox", total=seeds)
        for seed in numbers:
            cleans.append(run_clean(api, seed))
            progress.advance(task)
    shots.sort(key=lambda shot: (known.index(shot.fault), shot.seed))
    totals = Totals.of(shots, cleans)
    console.print(_matrix(shots))
    console.print(_sentence(totals), soft_wrap=True)
    if json_file is not None:
        write(json_file, json.dumps(_told(api, numbers, shots, cleans, totals), indent=2))
    sys.exit(0 if totals.caught == totals.shots and not totals.false_alarms else 1)


def _split(ids: str) -> list[str]:
    return [one.strip() for one in ids.split(",") if one.strip()]


def _matrix(shots: list[Shot]) -> Table:
    table = Table("Fault", "Seed", "Caught by", "Requests", "Seconds", "Steps")
    for shot in shots:
        hit = shot.hit
        cells = (
            ("[bold red]missed[/]",)
            if hit is None
            else (hit.rule, str(hit.requests), f"{hit.seconds:.1f}", str(hit.steps))
        )
        table.add_row(shot.fault, str(shot.seed), *cells)
    return table


def _sentence(totals: Totals) -> str:
    return (
        f"{totals.caught} of {totals.shots} caught, in the median after {_shown(totals.requests)} requests, "
        f"{_seconds(totals.seconds)}, {_shown(totals.steps)} steps; "
        f"{totals.false_alarms} rules failed on the sandbox that does nothing wrong."
    )


def _seconds(seconds: float | None) -> str:
    return "no time" if seconds is None else f"{seconds:.1f} s"


def _shown(figure: float | None) -> str:
    return "" if figure is None else f"{figure:g}"


def _told(api: str, seeds: range, shots: list[Shot], cleans: list[Clean], totals: Totals) -> dict[str, Any]:
    def fault(shot: Shot) -> dict[str, Any]:
        nothing = dict.fromkeys(("rule", "requests", "seconds", "steps"))
        hit = nothing if shot.hit is None else asdict(shot.hit)
        return {"id": shot.fault, "api": shot.api, "seed": shot.seed, "caught": shot.hit is not None, **hit}

    return {
        "api": api,
        "seeds": list(seeds),
        "faults": [fault(shot) for shot in shots],
        "clean": [{"server": "sandbox", "seed": clean.seed, "failed": list(clean.failed)} for clean in cleans],
        "totals": asdict(totals),
    }
