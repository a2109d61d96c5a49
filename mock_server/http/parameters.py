"""Parameters in the path, the query and the headers: text in, values out.

Decides how a text becomes an integer, a number or a boolean (by its JSON spelling in ASCII, so
that `+1`, ` 1`, `1_0` and fullwidth digits are refused), that a scalar is given once, and that
a parameter which the document does not know is ignored: the vendors' servers do, and a cache
buster is no reason to refuse (chosen). A schema with `x-any-casing: true` takes the values of its
enum in any casing, and hands on the one that is written there; one with `x-joined: ","` takes a
parameter that is given more than once as one text, joined by that. Knows no API.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import spec
from mock_server.http.formats import is_uuid
from mock_server.http.jsontext import MAX_DIGITS, pointer_of
from mock_server.http.refusals import Refused
from mock_server.http.schemas import Compiled
from mock_server.surface import Violation, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from starlette.types import Scope

_INTEGER = re.compile("-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile("-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
ANY_CASING: Final = "x-any-casing"
JOINED: Final = "x-joined"
_WHERE: Final = {"path": Where.PATH, "query": Where.QUERY, "header": Where.HEADER}


class UnsupportedParameter(ValueError):
    """The document has a parameter of a kind that this server does not read; the text says which."""


class Parameter:
    """One parameter of an operation, compiled: `value_of(texts)` and what is wrong with it."""

    def __init__(self, document: spec.Document, parameter: spec.Parameter) -> None:
        if parameter.where not in _WHERE:
            raise UnsupportedParameter(f"{parameter.where} parameter {parameter.name}")
        schema = spec.resolve(document, parameter.schema)
        self.where = _WHERE[parameter.where]
        self.key = parameter.name.lower() if self.where is Where.HEADER else parameter.name
        self.required = parameter.required
        self.default = schema.get("default")
        self._many = schema.get("type") == "array"
        self._joint: str | None = schema.get(JOINED)
        item = spec.resolve(document, schema["items"]) if self._many else schema
        self._kind = str(item.get("type", "string"))
        self._convert: Callable[[str], Any] = _uuid if item.get("format") == "uuid" else _FROM_TEXT[self._kind]
        if item.get(ANY_CASING):
            self._convert = _any_casing(item["enum"])
        self._schema = Compiled(document, parameter.schema)
        self._pointer = pointer_of(parameter.name)

    def read(self, texts: Sequence[str], into: dict[str, Any], wrong: list[Violation]) -> None:
        """Put the value of these texts under the parameter's key, or what is wrong with them."""
        if self._joint is not None:
            texts = [self._joint.join(texts)]
        if len(texts) > 1 and not self._many:
            wrong.append(Violation(self.where, "must be given once", self._pointer))
            return
        try:
            values = [self._convert(text) for text in texts]
        except ValueError:
            wrong.append(Violation(self.where, f"must be {_SPELLED[self._kind]}", self._pointer, keyword="type"))
            return
        value = values if self._many else values[0]
        if self._schema.accepts(value):
            into[self.key] = value
        else:
            wrong.extend(self._schema.violations(value, self.where, at=self._pointer))

    def missing(self) -> Violation:
        """The violation of its absence."""
        return Violation(self.where, "is required", self._pointer, keyword="required")


class Parameters:
    """All parameters of one operation. Each method raises Refused with every violation it finds."""

    def __init__(self, document: spec.Document, parameters: Iterable[spec.Parameter]) -> None:
        compiled = [Parameter(document, parameter) for parameter in parameters]
        self._path = [one for one in compiled if one.where is Where.PATH]
        self._query = [one for one in compiled if one.where is Where.QUERY]
        self._headers = [one for one in compiled if one.where is Where.HEADER]
        self._header_keys = frozenset(one.key.encode("latin-1") for one in self._headers)

    def path(self, texts: Mapping[str, str]) -> dict[str, Any]:
        """The values of the path's parameters."""
        values: dict[str, Any] = {}
        wrong: list[Violation] = []
        for parameter in self._path:
            parameter.read((texts[parameter.key],), values, wrong)
        if wrong:
            raise Refused(wrong)
        return values

    def headers(self, scope: Scope) -> dict[str, str]:
        """The documented headers as they were sent, not judged yet; repeated ones joined by commas."""
        found: dict[str, str] = {}
        if not self._headers:
            return found
        for name, value in scope["headers"]:
            if name in self._header_keys:
                key, text = str(name, "latin-1"), str(value, "latin-1")
                found[key] = f"{found[key]}, {text}" if key in found else text
        return found

    def judge(self, headers: Mapping[str, str]) -> None:
        """Judge the headers that `headers` found."""
        values: dict[str, Any] = {}
        wrong: list[Violation] = []
        for parameter in self._headers:
            if parameter.key in headers:
                parameter.read((headers[parameter.key],), values, wrong)
            elif parameter.required:
                wrong.append(parameter.missing())
        if wrong:
            raise Refused(wrong)

    def query(self, scope: Scope) -> dict[str, Any]:
        """The values of the query's parameters; absent ones by their default, or left out."""
        values: dict[str, Any] = {}
        if not self._query:
            return values
        sent = _sent(scope["query_string"])
        wrong: list[Violation] = []
        for parameter in self._query:
            if parameter.key in sent:
                parameter.read(sent[parameter.key], values, wrong)
            elif parameter.required:
                wrong.append(parameter.missing())
            elif parameter.default is not None:
                values[parameter.key] = parameter.default
        if wrong:
            raise Refused(wrong)
        return values


def _sent(query: bytes) -> dict[str, list[str]]:
    sent: dict[str, list[str]] = {}
    if not query:
        return sent
    try:
        pairs = parse_qsl(str(query, "utf-8"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise Refused.because(Where.QUERY, "the query string is not UTF-8") from None
    for name, text in pairs:
        sent.setdefault(name, []).append(text)
    return sent


def _string(text: str) -> str:
    if _UNSENDABLE.search(text):
        raise ValueError(text)
    return text


def _uuid(text: str) -> str:
    """A uuid in lower case: its hex digits may be sent in either."""
    return text.lower() if is_uuid(text) else _string(text)


def _any_casing(values: Iterable[str]) -> Callable[[str], str]:
    written = {value.lower(): value for value in values}
    return lambda text: written.get(text.lower(), _string(text))


def _integer(text: str) -> int:
    if _INTEGER.fullmatch(text) is None or len(text) > MAX_DIGITS:
        raise ValueError(text)
    return int(text)


def _number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text) is None or len(text) > MAX_DIGITS:
        raise ValueError(text)
    return Decimal(text)


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


_FROM_TEXT: Final[Mapping[str, Callable[[str], Any]]] = {
    "string": _string,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
}
_SPELLED: Final = {
    "string": "text without NUL characters, in UTF-8",
    "integer": "an integer in plain digits",
    "number": "a number in plain digits",
    "boolean": "true or false",
}
