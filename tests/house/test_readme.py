"""The README is true: its commands exist, its options are the program's, its table of rules is the kit's."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import spec
from fixtura.cli import check, faults, rules, schedule, score, serve
from fixtura.running import rules_of

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def section(heading: str) -> str:
    """The text from one heading to the next of the same or a higher rank."""
    found = re.search(rf"^(#+) {re.escape(heading)}$(.*?)(?=^#{{1,2}} |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[2]


def options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def test_the_two_commands_come_first() -> None:
    first_block = README.split("```")[1]
    assert re.findall(r"^make (\w+)", first_block, re.MULTILINE) == ["demo", "test"]


def test_every_make_target_named_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", README, re.MULTILINE))
    assert len(named) > 3
    for target in ("".join(pair) for pair in named):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize(
    ("heading", "commands"),
    [
        ("As a sandbox", [serve.command, faults.command, score.command]),
        ("As a kit", [check.command, rules.command]),
        ("A depreciation schedule", [schedule.command]),
    ],
    ids=["sandbox", "kit", "schedule"],
)
def test_every_option_named_is_one(heading: str, commands: list[click.Command]) -> None:
    named = set(re.findall(r"`(--[a-z-]+)", section(heading)))
    assert named
    assert named <= set().union(*map(options, commands))


@pytest.mark.parametrize("api", spec.available())
def test_the_table_of_rules_is_what_the_kit_judges(api: str) -> None:
    rows = [(rule.id, rule.level.value, rule.statement, rule.source) for rule in rules_of(spec.load(api))]
    assert rules.markdown_table(rows) in README


def test_every_relative_link_leads_somewhere() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link
