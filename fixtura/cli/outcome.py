"""What a check shows while it runs and when it ends.

Decides that progress goes to standard error, that every report file asked for is written whatever
happened, and that the exit status is the report's. What a report looks like is `contract_tests.report`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from contract_tests.report import check_writable, print_report, write_reports
from contract_tests.target import Misuse
from contract_tests.verdict import Report
from fixtura.running import Plan, run


def judge_and_report(plan: Plan, files: Mapping[str, Path], *, strict: bool = False) -> int:
    """Run the plan, print the verdicts, write `files` (format → path), and return the exit status.

    Raises Misuse and Unreachable, the former also when a file cannot be written: before anything is sent where
    that can be seen, else after all the others have been.
    """
    for path in files.values():
        check_writable(path)
    report = _judge(plan)
    # Files first: a terminal may be gone by now, and a disk that is full for one may take the others.
    unwritten = write_reports(report, files, strict=strict)
    print_report(report, Console(), strict=strict)
    if unwritten:
        raise Misuse("; ".join(unwritten))
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
