"""A file of ours against the JSON Schema beside this module.

Decides how what is wrong with a file reads: one line a reason, with the file and the place in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import relevance


def reasons(name: str, schema: str, written: Mapping[str, Any]) -> list[str]:
    """What speaks against a file called `name`, the weightiest reason first; `schema` is a file's name."""
    return [
        f"{name}: {'.'.join(map(str, error.absolute_path)) or 'top'}: {error.message}"
        for error in sorted(_validator(schema).iter_errors(written), key=relevance)
    ]


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = resources.files(__package__).joinpath(schema).read_text(encoding="utf-8")
    return Draft202012Validator(yaml.safe_load(text))
