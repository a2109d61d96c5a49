"""Classes of assets: all of them, as the vendor documents them. Rules that an API's profile states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from stateful.holdings.scene import Scene
from stateful.holdings.sights import SeenClass, SeenClasses
from stateful.model.classes import Way
from stateful.rules.finding import Finding, documented, verdict


@documented("classes-all")
def all_there(scene: Scene) -> Iterator[Finding]:
    """The codes of the classes: each that is documented, and each once. More than those are nobody's fault."""
    for listed in scene.of(SeenClasses):
        codes = Counter(row.kind.code for row in listed.rows)
        missing = sorted(scene.terms.table.keys() - codes.keys())
        yield verdict(not missing, f"{', '.join(missing)} is not listed", "every documented class", (listed.at,))
        twice = sorted(code for code, times in codes.items() if times > 1)
        yield verdict(not twice, f"{', '.join(twice)} is listed twice", "a code for each class", (listed.at,))


@documented("classes-table")
def as_in_table(scene: Scene) -> Iterator[Finding]:
    """Method, standard, group and rate of every documented class."""
    yield from _beside(scene, scene.terms.table)


@documented("classes-shown")
def as_in_example(scene: Scene) -> Iterator[Finding]:
    """The members of the classes that the example shows, but for those in words."""
    yield from _beside(scene, scene.terms.shown)


@documented("classes-accounts")
def with_accounts(scene: Scene) -> Iterator[Finding]:
    """The accounts of classes that are depreciated: one for each part of a charge, by its code."""
    for listed in scene.of(SeenClasses):
        for kind in (row.kind for row in listed.rows):
            accounts: dict[str, str | None] = {"cost": kind.cost_account}
            if kind.way is not Way.NONE:
                accounts |= {"accumulated": kind.accumulated_account, "expense": kind.expense_account}
            wrong = sorted(name for name, code in accounts.items() if code is None or not code.isdecimal())
            seen = f"{kind.code} names no account for {', '.join(wrong)}"
            yield verdict(not wrong, seen, "the code of an account for each", (listed.at,))


def _beside(scene: Scene, documented_: Mapping[str, Mapping[str, str | None]]) -> Iterator[Finding]:
    for listed in scene.of(SeenClasses):
        rows: dict[str, SeenClass] = {row.kind.code: row for row in listed.rows}
        for code in documented_.keys() & rows.keys():
            said = rows[code].said
            wrong = [f"{name} {said.get(name)!r}" for name, text in documented_[code].items() if said.get(name) != text]
            expected = ", ".join(f"{name} {text!r}" for name, text in documented_[code].items())
            yield verdict(not wrong, f"{code} has {', '.join(wrong)}", expected, (listed.at,))
