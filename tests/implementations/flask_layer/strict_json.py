"""JSON as this server takes and gives it: one text, one meaning, every digit kept.

Decides which bytes are refused and how numbers survive the way in and out; knows no API.
"""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any, NoReturn

DEEPEST = 64  # containers inside containers; a limit that does not depend on Python's stack


class BadJson(ValueError):
    """The bytes are not a JSON text that can be kept; the text says why."""


def parse(raw: bytes) -> Any:
    """One JSON text: integers as int, other numbers as Decimal. Raises BadJson."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_float=_number,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
        _check(value, DEEPEST)
    except BadJson:
        raise
    except RecursionError as error:
        raise BadJson(f"The body is nested more than {DEEPEST} levels deep.") from error
    except UnicodeError as error:
        raise BadJson("The body is not UTF-8 text.") from error
    except ValueError as error:
        raise BadJson(f"The body is not JSON: {error}.") from error
    return value


def encode(value: Any) -> str:
    """JSON text of what `parse` gives; the standard encoder, many times as fast, cannot write a Decimal."""
    try:
        return json.dumps(value, separators=(",", ":"))
    except TypeError:
        return _with_decimals(value)


def _with_decimals(value: Any) -> str:
    match value:
        case dict():
            return "{" + ",".join([f"{json.dumps(key)}:{encode(item)}" for key, item in value.items()]) + "}"
        case list() | tuple():
            return "[" + ",".join([encode(item) for item in value]) + "]"
        case Decimal():
            return str(value)
        case _:
            return json.dumps(value)


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values: 1 is 1.0, but true is not 1 and the order of keys is nothing."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(item, other[key]) for key, item in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def _number(text: str) -> Decimal:
    if math.isinf(float(text)):
        raise BadJson(f"The number {text[:40]} is larger than can be kept.")
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise BadJson(f"The number {text[:40]} is smaller than can be kept.") from error


def _constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not a JSON number.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise BadJson("An object names the same member twice.")
    return members


def _check(value: Any, room: int) -> None:
    """Refuse what could not be stored or written again: half a surrogate pair, bottomless nesting."""
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, dict | list):
        if not room:
            raise BadJson(f"The body is nested more than {DEEPEST} levels deep.")
        inside = value if isinstance(value, list) else (*value.keys(), *value.values())
        for item in inside:
            _check(item, room - 1)
