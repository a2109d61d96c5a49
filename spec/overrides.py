"""What somebody's own system makes of the points that a vendor's documents leave open.

Decides which points may be answered anew: those that are not documented. It must not know what any
profile says, nor how a rule is checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from spec.evidence import Evidence
from spec.profile import Outcome, Point, Profile

_ALWAYS: Final = ("accepted", "refused")


class BadOverride(ValueError):
    """A point that may not be answered anew, or not so. The text is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """accepts: an open point's id → the outcomes that nobody is failed for. levels: rule id → its level."""

    accepts: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)


def overridden(profile: Profile, overrides: Overrides) -> Profile:
    """The profile with these points answered anew.

    A point of a target's own choice is no vendor's word any more: its evidence becomes `chosen`.
    Raises BadOverride.
    """
    answered = {name: _answered(profile, name, accepts) for name, accepts in overrides.accepts.items()}
    return replace(profile, points=MappingProxyType({**profile.points, **answered})) if answered else profile


def _answered(profile: Profile, name: str, accepts: Any) -> Point:
    point = profile.points.get(name)
    if point is None:
        raise BadOverride(f"{profile.title} has no open point {name!r}; it has {', '.join(sorted(profile.points))}")
    if point.evidence is Evidence.DOCUMENTED:
        raise BadOverride(f"the point {name} is not open: it is documented ({point.source})")
    if not isinstance(accepts, list) or not accepts:
        raise BadOverride(f"the point {name} takes a list of outcomes, such as {list(point.accepts)!r}")
    for outcome in accepts:
        _require_outcome(point, outcome)
    return replace(point, accepts=tuple(dict.fromkeys(accepts)), evidence=Evidence.CHOSEN)


def _require_outcome(point: Point, outcome: Any) -> None:
    """A status, one of the point's own words, or one of the two that every yes-or-no question has."""
    names: Sequence[Outcome] = [known for known in point.accepts if isinstance(known, str)]
    yes_or_no = [*names, *(_ALWAYS if set(names) <= set(_ALWAYS) else ())]
    known = outcome in yes_or_no if isinstance(outcome, str) else _is_status(outcome)
    if not known:
        words = ", ".join(map(str, dict.fromkeys(yes_or_no)))
        raise BadOverride(f"the point {point.id} has no outcome {outcome!r}; it has statuses and {words}")


def _is_status(outcome: Any) -> bool:
    return isinstance(outcome, int) and not isinstance(outcome, bool) and 200 <= outcome <= 599
