"""How the pages are rendered: escaped, self-contained, and failing loudly where a name is missing.

Decides that alone; each page has its own template and says what stands on it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from jinja2 import Environment, FunctionLoader, StrictUndefined


def environment(load: Callable[[str], str]) -> Environment:
    """What renders templates that `load` gives by name. Its filter `digest` is for a Content-Security-Policy."""
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FunctionLoader(load),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"digest": digest}
    return made


def digest(text: str) -> str:
    """What a Content-Security-Policy calls an inline script or style that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
