"""Are `spec`, `mock_server`, `contract_tests` and `stateful` really ours?

These names are plain enough that a project under test may have a folder called the same; pytest puts
such a folder in front of the installed packages. This file decides how that is noticed and said, before
the wrong package is imported and fails in some obscure way. It imports none of them.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

SIBLINGS = ("spec", "mock_server", "contract_tests", "stateful")


class Shadowed(ImportError):
    """Another folder stands in for one of fixtura's packages; the text names it in one line."""


def require_own_packages() -> None:
    """Make sure that fixtura's sibling packages lie beside it.

    Raises Shadowed, naming the folder that takes a package's place.
    """
    home = Path(__file__).resolve().parents[1]
    for name in SIBLINGS:
        found = _folder_of(name)
        if found is None:
            raise Shadowed(f"fixtura's package {name!r} is missing: expected it at {home / name}")
        if found != home / name:
            raise Shadowed(
                f"{found} shadows fixtura's own package {name!r} (expected at {home / name}):"
                " rename that folder, or keep it off sys.path"
            )


def _folder_of(name: str) -> Path | None:
    try:
        spec = find_spec(name)
    except ValueError:  # a module of that name without a spec has been put into sys.modules
        spec = None
    if spec is None:
        return None
    places = list(spec.submodule_search_locations or ())
    if places:
        return Path(places[0]).resolve()
    return Path(spec.origin).resolve() if spec.origin else None
