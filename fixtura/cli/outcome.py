"""What a check shows while it runs and when it ends.

Decides that progress goes to standard error, that every report file asked for is written whatever
happened, and that the exit status is the report's. What a report looks like is `contract_tests.report`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from contract_tests.report import check_writable, print_report, write_report
from contract_tests.verdict import Report
from fixtura.running import Plan, run


def judge_and_report(plan: Plan, files: Mapping[str, Path], *, strict: bool = False) -> int:
    """Run the plan, print the verdicts, write `files` (format → path), and return the exit status.

    Raises Misuse and Unreachable, the former also, before anything is sent, when a file cannot be written.
    """
    for path in files.values():
        check_writable(path)
    report = _judge(plan)
    print_report(report, Console(), strict=strict)
    for kind, path in files.items():
        write_report(report, kind, path, strict=strict)
    return report.exit_status(strict=strict)


def _judge(plan: Plan) -> Report:
    console = Console(stderr=True)
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,  # elsewhere it would leave an empty line
    )
    with progress:
        task = progress.add_task("looking at the target", total=None)
        return run(plan, say=lambda line: progress.update(task, description=line))
