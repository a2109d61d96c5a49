"""Whatever is sent, the answer is a refusal in the API's shape or a documented success: never a 5xx."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.edge.conftest import AS_JSON, AUTHORIZED, Served
from tests.edge.toy import DOCUMENT, SHELF, THINGS

SEGMENTS = st.sampled_from(
    ["toy", "v1", "shelves", SHELF, "things", "latest", "counters", "echo", "required", "..", ""]
)
TEXT = st.text(st.characters(max_codepoint=255, exclude_characters=" \r\n?#"), max_size=8)
TARGETS = st.lists(SEGMENTS | TEXT | st.just("%00") | st.just("%FF%2F"), max_size=6).map("/".join).map("/{}".format)
QUERIES = st.lists(st.sampled_from(["limit", "tag", "name", "since", "loose", "%FF", "mode"]), max_size=3).flatmap(
    lambda names: st.lists(TEXT, min_size=len(names), max_size=len(names)).map(
        lambda texts: "&".join(f"{name}={text}" for name, text in zip(names, texts, strict=True))
    )
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["Authorization", "Content-Type", "X-Trace", "X-Reason", "Content-Length", "X-Scope"]), TEXT
    ),
    max_size=4,
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
MEMBERS = {
    name: JSON | st.sampled_from([SHELF, 1, "red", {"type": "ById", "id": SHELF}, "2024-01-31T00:00:00Z"])
    for name in DOCUMENT["components"]["schemas"]["Thing"]["properties"]
}


def is_an_answer(in_process: Served, method: str, target: str, headers: Any, body: bytes) -> None:
    reply = in_process.exchange.send(method, target, headers, body)
    assert reply.status < 500, reply.body
    if reply.status >= 400 and method != "HEAD":
        assert "faults" in reply.json() or "base_paths" in reply.json()


@given(
    st.sampled_from(["GET", "POST", "PATCH", "HEAD", "OPTIONS", "PUT"]),
    TARGETS,
    QUERIES,
    HEADERS,
    st.binary(max_size=20),
)
@example("GET", f"{THINGS}/%ED%A0%80", "", [AUTHORIZED], b"")
def test_any_request_is_answered(
    in_process: Served, method: str, path: str, query: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    is_an_answer(in_process, method, f"{path}?{query}", headers, body)


@given(QUERIES, HEADERS)
def test_any_query_and_any_header_is_answered(in_process: Served, query: str, headers: list[tuple[str, str]]) -> None:
    known = [pair for pair in headers if pair[0] not in ("Authorization", "Content-Type")]
    is_an_answer(in_process, "GET", f"{THINGS}?{query}", [AUTHORIZED, *known], b"")


@settings(max_examples=200)
@given(st.fixed_dictionaries({}, optional=MEMBERS) | JSON)
def test_any_json_is_answered(in_process: Served, body: Any) -> None:
    raw = json.dumps(body).encode()  # NaN and Infinity included
    is_an_answer(in_process, "POST", THINGS, [AUTHORIZED, AS_JSON], raw)


@given(st.binary(max_size=60) | st.text(max_size=30).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_answered(in_process: Served, body: bytes) -> None:
    is_an_answer(in_process, "POST", "/toy/v1/echo", [AUTHORIZED, AS_JSON], body)
