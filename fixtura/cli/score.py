"""`fixtura score`: how many of the seeded faults the kit catches.

Decides the options, what is shown meanwhile and at the end, and the exit status.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table

import spec
from contract_tests.report import check_writable
from contract_tests.report.files import write
from contract_tests.target import Misuse
from fixtura.scoring import telling
from fixtura.scoring.gallery import Heard, run, sizes
from fixtura.scoring.markdown import markdown
from fixtura.scoring.page import html_text
from fixtura.scoring.planning import Plan
from fixtura.scoring.tally import Score
from mock_server import faults

_FILE = click.Path(dir_okay=False, path_type=Path)
_INTERRUPTED = 130

_WRITTEN: dict[str, Callable[[Score], str]] = {
    "json": lambda score: json.dumps(score.as_data(), indent=2),
    "html": html_text,
    "markdown": markdown,
}


@click.command("score")
@click.option(
    "--api", "apis", multiple=True, type=click.Choice(spec.available()), help="Faults of this API; repeatable."
)
@click.option("--faults", "ids", metavar="ID,…", default="", help="These faults only.")
@click.option("--every", type=click.IntRange(1), default=1, metavar="N", help="Every Nth of them only.")
@click.option("--seeds", type=click.IntRange(1, 100), default=1, show_default=True, help="So many seeds, from 1 on.")
@click.option("--baseline", is_flag=True, help="Plain Schemathesis on the same servers, too: 30 s a fault.")
@click.option(
    "--clean", "cleans", type=click.IntRange(0, 100), metavar="N", help="Runs on each right server; as --seeds."
)
@click.option(
    "--clean-seconds", "clean_s", type=click.IntRange(5), default=45, show_default=True, help="Of such a run."
)
@click.option("--twin", "twins", multiple=True, metavar="API=MODULE:FACTORY", help="Another right server; repeatable.")
@click.option("--resume", type=_FILE, help="What an earlier --json has, of the same code, is not run again.")
@click.option("--json", type=_FILE, help="Write everything as JSON.")
@click.option("--html", type=_FILE, help="Write a page for reading.")
@click.option("--markdown", type=_FILE, help="Write a page to keep beside the code.")
def command(
    *,
    apis: tuple[str, ...],
    ids: str,
    every: int,
    seeds: int,
    baseline: bool,
    cleans: int | None,
    clean_s: int,
    twins: tuple[str, ...],
    resume: Path | None,
    **files: Path | None,
) -> None:
    """Run the kit against every seeded fault, and against servers that do nothing wrong, in all their variants.

    Exit status 0: every fault was caught by a rule that it names, and no rule failed on a right server; else 1.
    Ctrl-C reports what there is by then; 3 where that is all right.
    """
    for path in files.values():
        if path is not None:
            check_writable(path)
    marks = _marks(ids, apis or spec.available())[::every]
    sys.path.insert(0, str(Path.cwd()))  # a twin may be there
    plan = Plan(
        apis=tuple(dict.fromkeys(api for _, api in marks)),
        faults=marks,
        seeds=tuple(range(1, seeds + 1)),
        baseline=baseline,
        cleans=seeds if cleans is None else cleans,
        clean_s=clean_s,
        twins=tuple(_twin(text) for text in twins),
        done=None if resume is None else earlier(resume),
    )
    score = replace(_run(plan), command=_words())
    if not score.shots and not score.cleans and score.unfinished:
        raise KeyboardInterrupt
    _print(score)
    for kind, path in files.items():
        if path is not None:
            write(path, _WRITTEN[kind](score))
    sys.exit(score.exit_status())


def _marks(ids: str, apis: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Which faults on which APIs, in the order of the catalogue. Raises UnknownFault, Misuse."""
    asked = {faults.find(fault_id.strip()).id for fault_id in ids.split(",") if fault_id.strip()}
    chosen = [fault for fault in faults.catalogue() if not asked or fault.id in asked]
    marks = tuple((fault.id, api) for fault in chosen for api in fault.apis if api in apis)
    strangers = asked - {fault_id for fault_id, _ in marks}
    if strangers or not marks:
        raise Misuse(f"no fault {', '.join(sorted(strangers)) or 'at all'} of {', '.join(apis)}; see `fixtura faults`")
    return marks


def _twin(text: str) -> tuple[str, str]:
    api, found, factory = text.partition("=")
    if not found or api not in spec.available() or ":" not in factory:
        raise click.UsageError(f"--twin {text!r}: expected API=MODULE:FACTORY")
    return api, factory


def earlier(path: Path) -> Score:
    """The score that a file has. Raises Misuse."""
    try:
        return Score.from_data(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise Misuse(f"{path}: {error.strerror}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Misuse(f"{path} is not what `fixtura score --json` writes") from error


def _run(plan: Plan) -> Score:
    console = Console(stderr=True)
    if not console.is_terminal:
        return run(plan, tenths(sizes(plan), partial(print, file=sys.stderr, flush=True)))
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),
        console=console,
        transient=True,
    )
    with progress:
        tasks = {kind: progress.add_task(kind, total=many, last="") for kind, many in sizes(plan).items()}
        return run(plan, lambda kind, name: progress.update(tasks[kind], advance=1, last=name))


def tenths(sizes: Mapping[str, int], say: Callable[[str], object]) -> Heard:
    """A line for every tenth of each kind of runs: for a log that nobody watches as it grows."""
    done = Counter[str]()

    def heard(kind: str, _name: str) -> None:
        done[kind] += 1
        tenths, before = (10 * many // sizes[kind] for many in (done[kind], done[kind] - 1))
        if tenths > before:
            say(f"{kind}: {done[kind]} of {sizes[kind]}")

    return heard


def _words() -> tuple[str, ...]:
    """The command line again."""
    context = click.get_current_context()
    words = ["fixtura", "score"]
    for option in command.params:
        value = context.params[str(option.name)]
        if value in (None, "", (), False) or value == option.get_default(context):
            continue
        for one in value if isinstance(value, tuple) else (value,):
            words += [option.opts[-1], *([] if one is True else [str(one)])]
    return tuple(words)


def _print(score: Score) -> None:
    console = Console()
    console.print(matrix(score))
    for clean in score.cleans:
        if clean.failed:
            variant = f" ({clean.variant})" if clean.variant else ""
            console.print(
                f"[bold red]{', '.join(clean.failed)}[/] failed on {clean.server}{variant}, seed {clean.seed}"
            )
    for sentence in (telling.headline(score), telling.pace(score), telling.alarms(score)):
        console.print(sentence, soft_wrap=True, highlight=False)
    for trouble in score.troubles:
        console.print(f"A run crashed: {trouble}", soft_wrap=True, highlight=False, markup=False)
    if score.unfinished:
        console.print("Interrupted: this is what there was until then.")


def matrix(score: Score) -> Table:
    """A row for each run against a fault. No word of it is cut on a terminal of 80 columns."""
    asked = any(shot.baseline is not None for shot in score.shots)
    table = Table(
        Column("Fault", overflow="fold"),
        *(Column(name, no_wrap=True) for name in ("API", "Seed", "Caught by")),
        *(Column(name, no_wrap=True, justify="right") for name in ("Calls", "s", "Steps")),
        *([Column("Plain", no_wrap=True)] if asked else []),
        box=box.SIMPLE,
        show_edge=False,
        padding=(0, 1, 0, 0),
        caption="Calls and s: until it was first seen. Steps: once shrunk."
        + (" Plain: what Schemathesis alone says." if asked else ""),
    )
    for shot in score.shots:
        hit = shot.hit
        found = ("[bold red]missed[/]", "", "", "")
        if hit is not None:
            found = (hit.rule, str(hit.requests), f"{hit.seconds:.1f}", str(hit.steps))
        plain = {True: "caught", False: telling.MISSED, None: ""}[shot.baseline]
        table.add_row(shot.fault, shot.api, str(shot.seed), *found, *([plain] if asked else []))
    return table
