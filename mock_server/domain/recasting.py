"""Parts of some books that behave as subclasses of their own classes do, for seeded faults.

Decides how a part is exchanged: what it holds stays. Books that nobody tells otherwise never hear of it.
"""

from __future__ import annotations

from collections.abc import Mapping


def recast(parts: Mapping[type, object], classes: Mapping[type, type]) -> None:
    """Give each part, by its own class, the class that takes its place; its own one where none does."""
    for own, part in parts.items():
        object.__setattr__(part, "__class__", classes.get(own, own))
