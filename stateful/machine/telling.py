"""An operation of any suite in words, for the steps of a history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

_TOLD = ("asset", "kind", "entry", "name", "cost", "proceeds", "through", "to", "on", "day", "year")


def note_of(operation: Any) -> str:
    """An operation in words: its name, and what it says that is not the usual."""
    name = type(operation).__name__
    words = ["".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()]
    for member in fields(operation):
        value = getattr(operation, member.name)
        if member.name == "flaw" and value is not None:
            words.append(f"with {value.value}")
        elif member.name in _TOLD and value is not None:
            words.append(_text(value))
        elif member.name == "members" and isinstance(value, Mapping):
            words.append(", ".join(f"{key} {_text(inner)}" for key, inner in value.items()))
        elif member.name == "lines":
            words.append(", ".join(f"{account} {minor:,}" for account, _asset, minor in value))
    return " ".join(word for word in words if word)


def _text(value: object) -> str:
    return str(getattr(value, "code", value.value if isinstance(value, Enum) else value))
