"""The contract that a target is judged by: its API's, and what the target's own file says of open points.

Decides how far that reaches: an open point may be answered anew, and a rule that is no must-rule may be
given another level. What a vendor documents stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import spec
from contract_tests.target import Misuse, Target
from contract_tests.verdict import Level, Rule


def contract_of(target: Target) -> spec.Api:
    """The API's contract as that target takes it. Raises Misuse."""
    try:
        api = spec.load(target.api)
        return replace(api, profile=spec.overridden(api.profile, target.overrides))
    except (spec.UnknownApi, spec.BadOverride) as error:
        raise Misuse(str(error)) from error


def levelled(rules: Sequence[Rule], levels: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules, some with another level. Raises Misuse: no such rule or level, or a must-rule."""
    known = {rule.id: rule for rule in rules}
    for rule_id, level in levels.items():
        if rule_id not in known:
            raise Misuse(f"levels: there is no rule {rule_id!r}")
        if known[rule_id].level is Level.MUST:
            raise Misuse(f"levels: {rule_id} is not open: it is documented ({known[rule_id].source})")
        if level not in {kind.value for kind in Level}:
            raise Misuse(f"levels: {rule_id} cannot be {level!r}: {', '.join(kind.value for kind in Level)}")
    return tuple(replace(rule, level=Level(levels.get(rule.id, rule.level))) for rule in rules)
