"""The table `check` of a target file: the options of the run that may stand in it.

Decides which those are; the command line and pytest read the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from contract_tests.report import KINDS
from contract_tests.target import Misuse
from contract_tests.target_file import read_settings

NAMES: Final = frozenset(
    {"quick", "budget", "scenarios", "seed", "rule", "read_only", "allow_settings", "strict", "keep", *KINDS}
)
"""The options by the names that they have on the command line."""

_LEAST: Final = {"budget": 5, "scenarios": 1, "seed": 0}
"""Those that are numbers, and how small they may be."""


def options_in(file: Path) -> dict[str, Any]:
    """What the file's table `check` holds. Raises Misuse."""
    given = read_settings(file).get("check", {})
    if not isinstance(given, dict):
        raise Misuse(f"{file}: check must be a table of options")
    unknown = sorted(given.keys() - NAMES)
    if unknown:
        raise Misuse(f"{file}: check has no option {', '.join(unknown)}; it has {', '.join(sorted(NAMES))}")
    return given


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options as a run takes them where no command line stands between.

    rules: () for all. files: the reports to write, by their format.
    """

    rules: tuple[str, ...] = ()
    strict: bool = False
    files: dict[str, Path] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> Self:
        """Those in a file. Raises Misuse where one is not what it needs to be."""
        given = options_in(file)
        for name, value in given.items():
            if not _fits(name, value):
                raise Misuse(f"{file}: check.{name} cannot be {value!r}")
        if given.get("quick") and "budget" in given:
            raise Misuse(f"{file}: check.quick and check.budget exclude each other")
        files = {kind: Path(given[kind]) for kind in KINDS if kind in given}
        names = {"quick", "scenarios", "seed", "read_only", "allow_settings", "keep"}
        rest = {name: given[name] for name in names & given.keys()}
        if "budget" in given:
            rest["budget_s"] = given["budget"]
        return cls(tuple(given.get("rule", ())), given.get("strict", False), files, rest)

    def of_the_plan(self) -> dict[str, Any]:
        """As arguments of a `Plan`."""
        return dict(self.rest)


def _fits(name: str, value: object) -> bool:
    if name in _LEAST:
        return isinstance(value, int) and not isinstance(value, bool) and value >= _LEAST[name]
    if name == "rule":
        return isinstance(value, list) and all(isinstance(rule, str) for rule in value)
    return isinstance(value, str) and value != "" if name in KINDS else isinstance(value, bool)
