"""JSON comes in strictly and goes out to the digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_server.http.jsontext import MAX_DEPTH, MAX_DIGITS, NotKept, decode, encode, pointer_of

KEPT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**MAX_DIGITS) // 10 + 1, 10**MAX_DIGITS - 1)
    | st.decimals(-(10**200), 10**200, places=50)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=20,
)


@given(KEPT)
def test_what_is_written_is_read_back_with_every_digit(value: Any) -> None:
    assert decode(encode(value)) == value


@given(KEPT)
def test_what_is_written_is_what_the_standard_library_reads(value: Any) -> None:
    assert json.loads(encode(value), parse_float=Decimal) == value


@given(
    st.binary()
    | st.text(alphabet='{}[]",:\\u0dDeE19.-+ntf\ud800 \0').map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused_in_a_sendable_sentence(raw: bytes) -> None:
    try:
        value = decode(raw)
    except NotKept as fault:
        value = [fault.message, fault.pointer]
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"1", int),
        (b"-0", int),
        (b"1.0", Decimal),
        (b"1e3", Decimal),
        (b"0.0", Decimal),
        (b"0e-999", Decimal),
        (b"12345678901234567890123", int),
    ],
)
def test_a_number_is_an_integer_only_where_it_is_spelled_as_one(raw: bytes, kind: type) -> None:
    assert type(decode(raw)) is kind


@pytest.mark.parametrize("raw", [b"6.6667e4", b"1e0", b"12.0e1", b"-1.5e1", b"0e0", b"66667.0"])
def test_a_number_that_is_not_spelled_as_an_integer_is_not_written_as_one(raw: bytes) -> None:
    written = encode(decode(raw))
    assert not written.lstrip(b"-").isdigit()
    assert Decimal(written.decode()) == Decimal(raw.decode())


def test_digits_beyond_64_bits_and_beyond_a_double_survive() -> None:
    text = b'{"a":[18446744073709551616,-9223372036854775809],"b":0.1234567890123456789012345678901234567890}'
    assert encode(decode(text)) == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not JSON"),
        (b"  ", "not JSON"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b"{} {}", "Extra data"),
        (b"{'a':1}", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"[01]", "not JSON"),
        (b"[+1]", "not JSON"),
        (b'"\t"', "not JSON"),
        (b"nul", "not JSON"),
        (b"[1] // note", "Extra data"),
        (b"\xc0\x80", "not UTF-8"),
    ],
)
def test_what_is_not_one_json_text_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(NotKept, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    "number", ["9" * (MAX_DIGITS + 1), "0." + "1" * MAX_DIGITS, "1e309", "-1e309", "1e-400", "NaN"]
)
def test_a_number_that_cannot_be_kept_is_refused(number: str) -> None:
    for raw in (number, f"[{number}]", f'{{"a":{number}}}'):
        with pytest.raises(NotKept):
            decode(raw.encode())


def test_the_longest_number_is_kept() -> None:
    assert decode(b"9" * MAX_DIGITS) == 10**MAX_DIGITS - 1


def test_the_deepest_nesting_is_kept_and_one_more_is_refused() -> None:
    assert decode(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    with pytest.raises(NotKept, match="deep"):
        decode(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))


def test_many_siblings_are_not_deep() -> None:
    assert len(decode(b"[" + b",".join([b"[{}]"] * 500) + b"]")) == 500


def test_brackets_within_text_are_not_nesting() -> None:
    assert decode(b'"' + b"[" * 500 + b'"') == "[" * 500


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        (rb'{"a":[{"b":"\u0000"}]}', "/a/0/b"),
        (rb'{"a/b":{"~":"\ud800"}}', "/a~1b/~0"),
        (rb'{"a":{"\udfff":1}}', "/a"),
        (rb'"\ud800"', ""),
    ],
)
def test_text_that_cannot_be_sent_on_is_pointed_at(raw: bytes, pointer: str) -> None:
    with pytest.raises(NotKept) as refused:
        decode(raw)
    assert refused.value.pointer == pointer


def test_a_pair_of_surrogates_and_an_escaped_backslash_are_ordinary_text() -> None:
    assert decode(rb'["\ud83d\ude00","\\u0000"]') == ["\U0001f600", r"\u0000"]


def test_a_key_that_is_used_twice_is_quoted_even_if_it_cannot_be_sent() -> None:
    with pytest.raises(NotKept, match=r"\\ud800"):
        decode(rb'{"\ud800":1,"\ud800":2}')


def test_what_json_cannot_hold_is_not_written() -> None:
    for value in (object(), {"a": object()}, Decimal("NaN"), [2**70, object()]):
        with pytest.raises(TypeError):
            encode(value)


def test_a_pointer_escapes_what_it_must() -> None:
    assert pointer_of() == ""
    assert pointer_of("a", 0, "b/c", "~") == "/a/0/b~1c/~0"
