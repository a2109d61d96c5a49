"""`fixtura faults`: the ways in which the sandbox can be told to misbehave. Decides how they are listed."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from mock_server import faults


@click.command("faults")
@click.option("--json", "as_json", is_flag=True, help="As JSON: a list of {id, sentence, family, apis, rules}.")
def command(*, as_json: bool) -> None:
    """List the seeded faults, and the rules that may rightly catch each."""
    known = faults.catalogue()
    if as_json:
        click.echo(json.dumps([_told(fault) for fault in known], indent=2, ensure_ascii=False))
        return
    table = Table("Fault", "What the server does wrong", "Family", "APIs", "Caught by")
    for fault in known:
        table.add_row(fault.id, fault.sentence, fault.family.value, ", ".join(fault.apis), ", ".join(fault.rules))
    Console().print(table)


def _told(fault: faults.Fault) -> dict[str, object]:
    return {
        "id": fault.id,
        "sentence": fault.sentence,
        "family": fault.family.value,
        "apis": list(fault.apis),
        "rules": list(fault.rules),
    }
