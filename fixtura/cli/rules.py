"""`fixtura rules`: what the kit judges, by which authority. Decides how the rules are listed."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

import spec
from fixtura.running import rules_of


@click.command("rules")
@click.option("--api", type=click.Choice(spec.available()), default=spec.available()[0], show_default=True)
@click.option("--markdown", is_flag=True, help="As a Markdown table.")
def command(*, api: str, markdown: bool) -> None:
    """List every rule with its level and its source."""
    rows = [(rule.id, rule.level.value, rule.statement, rule.source) for rule in rules_of(spec.load(api))]
    if markdown:
        click.echo(markdown_table(rows))
        return
    table = Table("Rule", "Level", "What must hold", "Source")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def markdown_table(rows: list[tuple[str, str, str, str]]) -> str:
    """The rules as the README shows them."""
    head = ["| Rule | Level | What must hold | Source |", "| --- | --- | --- | --- |"]
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(head + [f"| {line} |" for line in lines])
