"""The report in a terminal.

Decides what is shown there and in which order: the headline, every failure with its script, how far
the run reached, all rules, and the headline once more where a long output would have hidden it.
"""

from __future__ import annotations

import re
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from contract_tests.report.sentence import Standing, end, failures, headline, observations, standing, why
from contract_tests.report.telling import script
from contract_tests.verdict import Failure, Level, Report, Result

_COLOURS: Final = {
    Standing.FAILED: "bold red",
    Standing.UNKNOWN: "yellow",
    Standing.UNOBSERVABLE: "dim",
    Standing.PASSED: "green",
}
_MARKS: Final = {Standing.FAILED: "✗", Standing.UNKNOWN: "?", Standing.UNOBSERVABLE: "·", Standing.PASSED: "✓"}
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ENDS: Final = {"green": "bold green", "failed": "bold red", "inconclusive": "bold yellow"}


def print_report(report: Report, console: Console, *, strict: bool = False) -> None:
    """Print the report. strict: should-rules bind as must-rules do."""
    outcome = end(report, strict=strict)
    console.print(Text(headline(report), style=_ENDS[outcome]))
    for result, failure in failures(report):
        console.print(_panel(result, failure))
        # Neither wrapped nor framed, so that it can be copied.
        console.print(Text(_visible(script(report, result, failure)), style="dim"), soft_wrap=True)
    if report.lost:
        console.print(Text(f"The target was lost: {_visible(report.lost)}", style="bold yellow"))
    missed = [reached for reached in report.reach if reached.missed]
    if missed:
        console.print(Text("Not reached", style="bold"))
        for reached in missed:
            console.print(Text(f"  {reached.goal.name}: {reached.got} of {reached.goal.wanted}"))
    console.print(_rules(report))
    for note in report.notes:
        console.print(Text(f"{_visible(note)}.", style="dim"))
    facts = f"{report.requests} requests in {report.duration_s:.1f} s, seed {report.seed}"
    console.print(Text.assemble((outcome, _ENDS[outcome]), f": {headline(report)}; {facts}"))


def _visible(text: str) -> str:
    """Text in which nothing is left that a terminal obeys: a target's words must not move its cursor."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _panel(result: Result, failure: Failure) -> RenderableType:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in (
        ("source", result.rule.source),
        ("operation", failure.operation),
        ("expected", failure.expected),
        ("seen", failure.seen),
        ("seed", str(failure.seed)),
    ):
        if value:
            facts.add_row(name, Text(_visible(value)))
    statement = Text(result.rule.statement, style="bold")
    colour = "red" if result.rule.level is Level.MUST else "yellow"
    heading = Text(f"{result.rule.id} ({result.rule.level.value})")
    return Panel(Group(statement, facts), title=heading, title_align="left", border_style=colour)


def _rules(report: Report) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("rule", no_wrap=True)
    table.add_column("level", no_wrap=True)
    table.add_column("seen", justify="right", no_wrap=True)
    table.add_column("statement", no_wrap=True, overflow="ellipsis", ratio=1)
    for result in report.results:
        kind = standing(result)
        statement = Text(result.rule.statement)
        if why(result):  # a reason is shown whole; what passed takes one line
            statement.no_wrap, statement.overflow = False, "fold"
            statement.append(f"\n{_visible(why(result))}", style=_COLOURS[kind])
        table.add_row(
            Text(_MARKS[kind], style=_COLOURS[kind]),
            Text(result.rule.id),
            Text(result.rule.level.value, style="dim"),
            Text(str(observations(result) or "")),
            statement,
        )
    return table
