"""`fixtura faults`: the ways in which the sandbox can be told to misbehave, or to be right in another way.

Decides how they are listed.
"""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

import spec
from mock_server import faults, variants


@click.command("faults")
@click.option("--json", "as_json", is_flag=True, help="As JSON: a list of {id, sentence, family, apis, rules}.")
@click.option(
    "--variants", "of_variants", is_flag=True, help="The ways of being right instead: `serve --variant NAME`."
)
def command(*, as_json: bool, of_variants: bool) -> None:
    """List the seeded faults, and the rules that may rightly catch each; or the variants of the right sandbox."""
    if of_variants:
        told, table = _variants()
    else:
        told, table = _faults()
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        Console().print(table)


def _faults() -> tuple[list[dict[str, object]], Table]:
    told: list[dict[str, object]] = []
    table = Table("Fault", "What the server does wrong", "Family", "APIs", "Caught by")
    for fault in faults.catalogue():
        table.add_row(fault.id, fault.sentence, fault.family.value, ", ".join(fault.apis), ", ".join(fault.rules))
        told.append(
            {
                "id": fault.id,
                "sentence": fault.sentence,
                "family": fault.family.value,
                "apis": list(fault.apis),
                "rules": list(fault.rules),
            }
        )
    return told, table


def _variants() -> tuple[list[dict[str, object]], Table]:
    told: list[dict[str, object]] = []
    table = Table("Variant", "API", "What the server does", "Left open by")
    for api in spec.available():
        for one in variants.of(api):
            table.add_row(one.name, api, one.sentence, one.point)
            told.append(
                {
                    "name": one.name,
                    "api": api,
                    "sentence": one.sentence,
                    "point": one.point,
                    "outcome": one.outcome,
                }
            )
    return told, table
