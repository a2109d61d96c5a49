"""How figures that were read compare with the model's, in the sentences of a report.

Decides which accounts may be compared: the kit's own ones and the assets' own ones, where every
line is ours. Which rule a difference breaks is for the laws to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from stateful.model.books import Books
from stateful.model.words import Basis
from stateful.operations import Template
from stateful.rules.law import Broken, Finding, Scene, money, verdict
from stateful.sights import SeenBalances, SeenLines, SeenTrial

_SHARED: Final = frozenset(template.value for template in Template)


def owned(books: Books) -> tuple[str, ...]:
    """The accounts on which every line is ours, in order of first use."""
    names = (name for item in books.posted() for name, _ in item.shifts)
    return tuple(name for name in dict.fromkeys(names) if name not in _SHARED)


def unmoved(scene: Scene, account: str, lines: SeenLines, after: str) -> Iterator[Finding]:
    """Whether an own account shows the very lines that it showed before; nothing where it was not read."""
    was = scene.was.get(account)
    if was is None:
        return
    same = {row.id for row in was.rows} == {row.id for row in lines.rows}
    seen = f"{account} stands at {money(lines.balance)} in {len(lines.rows)} lines after {after}"
    expected = f"{money(was.balance)} in {len(was.rows)} lines, as before"
    yield verdict(same and lines.balance == was.balance, seen, expected, (was.at, lines.at))


def against_books(scene: Scene) -> Iterator[Finding]:
    """Whether the own accounts that were read show what the books say after the call."""
    for account, lines in scene.lines.items():
        expected = scene.after.balance(account)
        seen = f"{account} stands at {money(lines.balance)} (debits positive)"
        yield verdict(lines.balance == expected, seen, money(expected), (lines.at,))


def as_of(scene: Scene, read: SeenTrial | SeenBalances, on: date | None, basis: Basis) -> Finding:
    """Whether all own accounts in a statement show what the books say, under one accepted reading."""
    shown = _shown(read)
    accounts = owned(scene.after)
    differences: list[Broken] = []
    for convention in scene.conventions:
        wrong = [
            (account, expected)
            for account in accounts
            if shown.get(account, 0) != (expected := scene.after.balance(account, on, basis, convention))
        ]
        if not wrong:
            return verdict(holds=True, seen="", expected="")
        account, expected = wrong[0]
        where = "now" if on is None else f"at {on}"
        seen = f"{account} stands at {money(shown.get(account, 0))} {where}, {basis.value} basis"
        differences.append(Broken(seen, money(expected), (read.at,)))
    return differences[0]


def _shown(read: SeenTrial | SeenBalances) -> Mapping[str, int]:
    return read.rows if isinstance(read, SeenTrial) else {row.account: row.minor for row in read.rows}
