"""M: relations between two ways of saying the same, which need no model (accounting.md 13).

Decides what each relation claims. The figures of both ways were read from the target; the machine
only pairs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from contract_tests.verdict import Level, Rule
from stateful.model.records import Value, same
from stateful.rules.law import Finding, Law, Pair, Scene, verdict

RELATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "M1": ("Changes recorded in another order end in the same balances", "O2, without a model"),
    "M2": ("A back-dated change shifts only the figures from its day on, by its amount", "O3, without a model"),
    "M3": ("A change that is recorded and voided leaves the balances of before", "A1, without a model"),
    "M4": ("A change that is amended leaves the balances of one recorded so", "A1 with re-posting"),
    "M5": ("Two changes leave the balances of one with their sum", "Balances are sums"),
    "M6": ("What is done to one asset leaves another one's accounts alone", "V1, for two assets"),
    "M7": ("An external id sent twice leaves the balances of once", "O7, without a model"),
    "M8": ("Cash-basis figures are the same before and after a value change", "C1, without a model"),
    "M9": ("All amounts times k leave all balances times k", "Balances are sums"),
    "M10": ("A list holds what single reads show, at every page size", "Lists and reads show the same records"),
    "M11": ("After a refused call every read gives what it gave before", "L5, without a model"),
}


def relation_laws() -> tuple[Law, ...]:
    """One law for each relation."""
    return tuple(_law(name, statement, source) for name, (statement, source) in RELATIONS.items())


def _law(name: str, statement: str, source: str) -> Law:
    def judge(scene: Scene) -> Iterator[Finding]:
        return (_compared(pair) for pair in scene.pairs if pair.relation == name)

    return Law(name, judge, Rule(name, Level.MUST, statement, source))


def _compared(pair: Pair) -> Finding:
    for name in dict.fromkeys((*pair.one, *pair.other)):
        one, other = pair.one.get(name), pair.other.get(name)
        expected = one * pair.scale if isinstance(one, int) and pair.scale != 1 else one
        if not same(expected, other):
            seen = f"{name}: {_text(one)} {pair.by[0]}, {_text(other)} {pair.by[1]}"
            return verdict(holds=False, seen=seen, expected=f"{_text(expected)} {pair.by[1]}", at=pair.at)
    return verdict(holds=True, seen="", expected="")


def _text(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else repr(value)
