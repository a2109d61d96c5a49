"""One call at a time: the way to a target, what a reply must look like, and how findings are told.

Decides what part A of a check is made of and which rules it speaks of. Knows the document and the
protocol, not what a ledger must add up to: histories belong to `stateful`.

Its public parts are loaded when first used, so that a module of it can be had without the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contract_tests.part import contract, fuzzer, goals_for, rules_for

__all__ = ["contract", "fuzzer", "rules_for", "goals_for"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from contract_tests import part

    return getattr(part, name)
