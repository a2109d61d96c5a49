"""JSON as this server reads and writes it: strict on the way in, exact on the way out.

Decides which texts are refused (RFC 8259 leaves all of these to the receiver): anything but
UTF-8, a byte order mark, a key used twice, NaN and infinities, numbers outside the range that
other parsers keep, lone surrogates, NUL characters, and nesting beyond `MAX_DEPTH`. Knows no
schema.

Integers stay exact and other numbers become `Decimal`, so that every digit survives. The
standard library reads (orjson would lose digits and duplicate keys); orjson writes (the standard
library cannot write a Decimal).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 100
"""Deepest nesting of arrays and objects that is read; far below what any layer behind can recurse."""

MAX_DIGITS = 300
"""Longest number that is read, in characters; an integer of that length is still a finite double."""

_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
_WORD_64 = range(-(2**63), 2**64)  # the integers that orjson writes by itself


class NotKept(ValueError):
    """The bytes are not one JSON text that can be kept as it is. `pointer` says where, if known."""

    def __init__(self, message: str, pointer: str = "") -> None:
        self.message = _sendable(message)
        self.pointer = _sendable(pointer)
        super().__init__(self.message)


def decode(raw: bytes) -> Any:
    """The value of one JSON text: dict, list, str, bool, None, int, or Decimal for other numbers.

    Raises NotKept.
    """
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotKept(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except json.JSONDecodeError as error:
        if raw.startswith(b"\xef\xbb\xbf"):
            raise NotKept("starts with a byte order mark; leave it out") from None
        raise NotKept(f"not JSON: {error.msg} at line {error.lineno} column {error.colno}") from None
    except RecursionError:
        raise _too_deep() from None
    if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH and _deeper_than(MAX_DEPTH, value):
        raise _too_deep()
    if b"\\u" in raw:  # unescaped, the parser and UTF-8 have refused them already
        _refuse_unsendable(value)
    return value


def encode(data: Any) -> bytes:
    """`data` as compact UTF-8 JSON with every digit of every number.

    Raises TypeError for what JSON cannot hold.
    """
    try:
        return orjson.dumps(data, default=_exact)
    except orjson.JSONEncodeError:
        return orjson.dumps(_widened(data), default=_exact)


def pointer_of(*steps: str | int) -> str:
    """The JSON Pointer (RFC 6901) through these keys and indexes."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def shortened(text: str, limit: int = 60) -> str:
    """`text` as it may be quoted in an error message."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _sendable(text: str) -> str:
    """`text` with lone surrogates spelled out: what is refused for them is still quoted."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        times = Counter(key for key, _ in pairs)
        raise NotKept(f'the key "{shortened(times.most_common(1)[0][0])}" is used twice in one object')
    return members


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise NotKept(f"the number {shortened(text)} has more than {MAX_DIGITS} digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > MAX_DIGITS:
        raise NotKept(f"the number {shortened(text)} has more than {MAX_DIGITS} digits")
    nearest = float(text)
    vanished = not nearest and text.lower().partition("e")[0].strip("-0.")
    if vanished or not isfinite(nearest):
        raise NotKept(f"the number {shortened(text)} is outside the range of a double")
    number = Decimal(text)
    sign, digits, exponent = number.as_tuple()
    # 1.2e1 would be written as 12, which a validator takes for an integer; 12.0 is the same number and none.
    return number if exponent else Decimal((sign, (*digits, 0), -1))


def _constant(text: str) -> NoReturn:
    raise NotKept(f"{text} is not a JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _too_deep() -> NotKept:
    return NotKept(f"nested more than {MAX_DEPTH} levels deep")


def _deeper_than(limit: int, value: Any) -> bool:
    level = [value]
    for _ in range(limit):
        level = [child for node in level for child in _containers_in(node)]
    return bool(level)


def _containers_in(node: dict[str, Any] | list[Any]) -> Iterator[Any]:
    children = node.values() if isinstance(node, dict) else node
    return (child for child in children if isinstance(child, dict | list))


def _refuse_unsendable(value: Any) -> None:
    """Refuse NUL characters and lone surrogates: storage and encoders downstream break on them."""
    pending: list[tuple[Any, tuple[str | int, ...]]] = [(value, ())]
    while pending:
        node, path = pending.pop()
        if isinstance(node, str):
            found = _UNSENDABLE.search(node)
            if found:
                what = "a NUL character" if found[0] == "\0" else "half of a surrogate pair"
                raise NotKept(f"holds {what}", pointer_of(*path))
        elif isinstance(node, list):
            pending.extend((child, (*path, index)) for index, child in enumerate(node))
        elif isinstance(node, dict):
            pending.extend((key, path) for key in node)
            pending.extend((child, (*path, key)) for key, child in node.items())


def _exact(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value))
    raise TypeError(f"{type(value).__name__} is not JSON")


def _widened(data: Any) -> Any:
    """The same data, integers beyond 64 bits as text for orjson to put in unchanged."""
    if isinstance(data, dict):
        return {key: _widened(child) for key, child in data.items()}
    if isinstance(data, list | tuple):
        return [_widened(child) for child in data]
    if isinstance(data, int) and data not in _WORD_64:
        return orjson.Fragment(str(data))
    return data
