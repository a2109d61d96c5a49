"""Bent request bodies, made from the create that the API's profile names as its probe.

Decides which bodies are sent and what each rule expects of them. Each is the same valid record
with one thing odd, so that a refusal has one reason only. Knows no member's name: the profile says
which member holds text, an integer, and anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from contract_tests.call import Call
from contract_tests.checks import rules
from contract_tests.checks.battery.shot import Outcome, Shot
from contract_tests.scope import filled, scope_headers, scope_parameters
from contract_tests.session import Session, Specimens
from contract_tests.verdict import Rule
from spec import Operation, operations, resolve

_JSON: Final = "application/json"
_HOLE: Final = "\u0000hole"
_PLACE: Final = re.compile(r"\{(fresh|specimen:(\w+))\}")

NEVER_JSON: Final = (
    ("NaN", "NaN"),
    ("-Infinity", "-Infinity"),
    ("a trailing comma", '{"a": 1,}'),
    ("single quotes", "{'a': 1}"),
    ("a comment", '{"a": 1 /* one */}'),
    ("an unescaped line break in a text", '{"a": "x\ny"}'),
    ("a leading zero", '{"a": 01}'),
)
"""What stands where any JSON may stand, but is none (RFC 8259)."""

HOSTILE_NUMBERS: Final = (
    ("an integer of 5,000 digits", "9" * 5_000),
    ("an integer beyond int64", str(2**63)),
    ("a number beyond every float", "1e999"),
    ("an exponent of a million", "1e1000000"),
    ("a number with 5,000 decimals", "0." + "1" * 5_000),
)
HOSTILE_TEXTS: Final = (
    ("half of a surrogate pair", '"\\ud800"'),
    ("a NUL character", '"a\\u0000b"'),
    ("a text of 70,000 characters", f'"{"a" * 70_000}"'),  # beyond 64 KiB, and lists stay readable
    ("a text of astral and combining characters", '"\U0001f986\u0301\u202e"'),
)
HOSTILE_VALUES: Final = (
    ("100,000 nested lists", f'{{"a": {"[" * 100_000}{"]" * 100_000}}}'),
    ("10,000 nested objects", '{"a":' * 10_000 + "1" + "}" * 10_000),
    ("a member without a name", '{"": 1}'),
    ("members named like a language's own", '{"__proto__": {"x": 1}, "constructor": null}'),
)


@dataclass(frozen=True, slots=True)
class Mould:
    """The probe's request: valid as it is, with a fresh external id each time."""

    session: Session
    specimens: Specimens
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def call(self, body: bytes, *, kind: str | None = _JSON, **headers: str) -> Call:
        """The probe's call with that body and media type."""
        api, scope = self.session.api, self.session.target.scope
        operation = self._operation()
        values = {**{name: ids[0] for name, ids in self.specimens.items() if ids}, **scope_parameters(api, scope)}
        sent = [(name.replace("_", "-"), value) for name, value in headers.items()]
        sent += [("content-type", kind)] if kind is not None else []
        return Call(
            method=operation.method,
            path=filled(operation.path, values),
            headers=(*scope_headers(api, scope), *sent),
            body=body,
            operation_id=operation.operation_id,
        )

    def text(self, member: str = "", raw: str = "") -> str:
        """The body as JSON text; `raw` stands where `member`'s value stands. Raises KeyError for a missing specimen."""
        body = self.session.api.profile.probe.body
        data: dict[str, Any] = {name: self._typed(name, self._cast(value)) for name, value in body.items()}
        if not member:
            return json.dumps(data)
        data[member] = _HOLE
        return json.dumps(data).replace(json.dumps(_HOLE), raw)

    def _operation(self) -> Operation:
        api = self.session.api
        return next(one for one in operations(api.judged) if one.operation_id == api.profile.probe.operation_id)

    def _typed(self, member: str, value: Any) -> Any:
        """A specimen's id as the number that the document wants in its place."""
        document, schema = self.session.api.judged, self._operation().body or {}
        wanted = resolve(document, resolve(document, schema).get("properties", {}).get(member, {})).get("type")
        return int(value) if wanted == "integer" and isinstance(value, str) else value

    def _cast(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._cast(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._cast(inner) for inner in value]
        return _PLACE.sub(self._replacement, value) if isinstance(value, str) else value

    def _replacement(self, place: re.Match[str]) -> str:
        if place[1] == "fresh":
            return f"{self.session.prefix}-probe-{next(self._numbers)}"
        return self.specimens[place[2]][0]


def media_types(mould: Mould) -> Iterator[Shot]:
    """The right body under other names, and under the right name in other spellings."""
    for kind in (
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        yield _shot(rules.MEDIA_TYPE, f"JSON sent as {kind}", mould.call(_bytes(mould), kind=kind), Outcome.REFUSED)
    for kind in ("APPLICATION/JSON", "Application/Json; Charset=UTF-8", 'application/json; charset="utf-8"'):
        yield _shot(rules.MEDIA_CASE, f"JSON sent as {kind}", mould.call(_bytes(mould), kind=kind), Outcome.ACCEPTED)
    utf16 = mould.text().encode("utf-16")
    for oddity, call in (
        ("no content-type", mould.call(_bytes(mould), kind=None)),
        ("a content-type that is none", mould.call(_bytes(mould), kind="json")),
        ("an unknown charset", mould.call(_bytes(mould), kind="application/json; charset=foo-8")),
        ("UTF-16 and its charset", mould.call(utf16, kind="application/json; charset=utf-16")),
        ("a content-encoding that is not true", mould.call(_bytes(mould), content_encoding="gzip")),
    ):
        yield _shot(rules.HOSTILE, oddity, call, Outcome.ANSWERED)


def texts(mould: Mould) -> Iterator[Shot]:
    """Bodies that are not one JSON text, and one that arrives in chunks."""
    probe = mould.session.api.profile.probe
    whole = _bytes(mould)
    for oddity, raw in NEVER_JSON:
        yield _shot(rules.NOT_JSON, oddity, mould.call(mould.text(probe.free, raw).encode()), Outcome.REFUSED)
    for oddity, body in (
        ("an empty body", b""),
        ("half of a body", whole[: len(whole) // 2]),
        ("two JSON texts", whole + whole),
        ("bytes that are not UTF-8", mould.text(probe.text, '"caf\udce9"').encode("utf-8", "surrogateescape")),
    ):
        yield _shot(rules.NOT_JSON, oddity, mould.call(body), Outcome.REFUSED)
    chunked = mould.call(_bytes(mould), transfer_encoding="chunked")
    yield _shot(rules.CHUNKED, "a chunked body", chunked, Outcome.ACCEPTED)


def values(mould: Mould) -> Iterator[Shot]:
    """Numbers, texts and structures that break careless servers, and members given twice."""
    probe = mould.session.api.profile.probe
    for member, hostile in (
        (probe.integer, HOSTILE_NUMBERS),
        (probe.text, HOSTILE_TEXTS),
        (probe.free, HOSTILE_VALUES),
        (probe.free, tuple((oddity, f'{{"a": {raw}}}') for oddity, raw in HOSTILE_NUMBERS)),
    ):
        for oddity, raw in hostile:
            call = mould.call(mould.text(member, raw).encode())
            yield _shot(rules.HOSTILE, f"{oddity} as {member}", call, Outcome.ANSWERED)
    yield _shot(rules.HOSTILE, "a byte-order mark", mould.call(b"\xef\xbb\xbf" + _bytes(mould)), Outcome.ANSWERED)
    for oddity, body in (("null", b"null"), ("a list", b"[]"), ("a text", b'"x"'), ("a number", b"0")):
        yield _shot(rules.HOSTILE, f"{oddity} as the body", mould.call(body), Outcome.ANSWERED)
    twice = mould.text(probe.text, f'"a", {json.dumps(probe.text)}: "b"').encode()
    yield _shot(rules.DUPLICATES, f"{probe.text} given twice", mould.call(twice), Outcome.NOTED)


def specimens_named(body: Any) -> Sequence[str]:
    """The path parameters whose specimens a probe's body wants."""
    return [place[2] for place in _PLACE.finditer(json.dumps(body)) if place[2]]


def _bytes(mould: Mould) -> bytes:
    return mould.text().encode()


def _shot(rule: Rule, oddity: str, call: Call, outcome: Outcome) -> Shot:
    return Shot(rule, oddity, call, outcome)
