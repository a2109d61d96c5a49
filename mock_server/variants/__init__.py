"""Variants: other sandboxes that are just as right, where the vendor's documents leave a point open.

They keep a kit honest: whoever fails one of them fails an implementation that breaks no promise. Decides
where an API's variants are found (`mock_server/variants/<api>.py`, so that a further API is an addition
of files only); what each is stands there, what several share beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from mock_server.variants.variant import Variant

__all__ = ["Variant", "UnknownVariant", "of", "chosen"]


class UnknownVariant(LookupError):
    """No API here has a variant of that name, or two that exclude each other were asked for; one sentence."""


def of(api: str) -> tuple[Variant, ...]:
    """The variants of an API; none where nobody has thought of any."""
    name = f"{__name__}.{api}"
    if find_spec(name) is None:
        return ()
    found: tuple[Variant, ...] = import_module(name).VARIANTS
    return found


def chosen(apis: Iterable[str], names: Iterable[str]) -> dict[str, tuple[Variant, ...]]:
    """By API, those of these variants that it has. Raises UnknownVariant."""
    known, asked = {api: of(api) for api in apis}, list(dict.fromkeys(names))
    unknown = [name for name in asked if not any(name == one.name for own in known.values() for one in own)]
    if unknown:
        raise UnknownVariant(f"no API here has a variant {', '.join(unknown)}; `fixtura faults --variants` lists them")
    picked = {api: tuple(one for one in own if one.name in asked) for api, own in known.items()}
    for own in picked.values():
        for place, one in enumerate(own):
            if any(other.about == one.about for other in own[:place]):
                raise UnknownVariant(
                    f"the variants {', '.join(v.name for v in own if v.about == one.about)} exclude each other"
                )
    return picked
