"""The 24 places where a stock Connexion 3.3 server goes wrong, each held to what is right.

Every test runs in process and over a real socket; the P-number in its docstring is the pitfall's.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from mock_server.http.body import MAX_BODY_BYTES
from tests.edge.conftest import AS_JSON, AUTHORIZED, Served
from tests.edge.toy import OTHER_SHELF, SHELF, THINGS

THING = {"name": "Van", "price": 5}
LATEST = f"{THINGS}/latest"


def encoded(**members: Any) -> bytes:
    return json.dumps(THING | members).encode()


def refused(both: Served, body: bytes, status: int = 400, *headers: tuple[str, str]) -> list[dict[str, str]]:
    """What POST things says to this body; nothing may have been stored."""
    reply = both.exchange.send("POST", THINGS, (AUTHORIZED, *(headers or (AS_JSON,))), body)
    assert reply.status == status, reply.body
    assert both.toy.stored == []
    return reply.faults


def test_every_refusal_has_a_documented_status_and_the_apis_own_shape(both: Served) -> None:
    """P1: stock Connexion answers problem+json with statuses that no document lists."""
    for reply in (
        both.get("/toy/v1/nothing"),
        both.get(f"{THINGS}?limit=x"),
        both.send("DELETE", THINGS),
        both.exchange.send("GET", THINGS),
        both.send("POST", THINGS, b"{"),
    ):
        assert reply.header("content-type") == "application/json"
        assert reply.faults


@pytest.mark.parametrize("body", [b"\xff\xfe", b'{"name":"\xe9","price":1}', '{"name":"é"}'.encode("utf-16")])
def test_a_body_that_is_not_utf_8_is_refused(both: Served, body: bytes) -> None:
    """P2: UnicodeDecodeError, 500."""
    assert refused(both, body)[0]["where"] == "JSON"


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "foo-8"])
def test_another_charset_than_utf_8_is_415(both: Served, charset: str) -> None:
    """P2, P24: charset=utf-16 is 500 in stock Connexion, an unknown charset is taken for UTF-8."""
    refused(both, encoded(), 415, ("Content-Type", f"application/json; charset={charset}"))


@pytest.mark.parametrize("text", ["null,null", "1", f"{{{SHELF}}}", f"urn:uuid:{SHELF}", SHELF.replace("-", "")])
def test_a_uuid_is_checked_in_path_query_and_body(both: Served, text: str) -> None:
    """P3, P23: format uuid is never checked; other spellings than the dashed one pass elsewhere."""
    quoted = text.replace("{", "%7B").replace("}", "%7D")
    assert both.get(f"/toy/v1/shelves/{quoted}/things").faults[0]["at"] == "/shelfId"
    assert both.get(f"{THINGS}?owner={quoted}").faults[0]["at"] == "/owner"
    assert refused(both, encoded(owner=text))[0]["at"] == "/owner"


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30])
def test_integers_stay_within_int64(both: Served, number: int) -> None:
    """P4: int64 is never checked; 2^63 was stored."""
    assert refused(both, encoded(price=number))[0]["at"] == "/price"
    assert both.get(f"/toy/v1/counters/{number}").faults[0]["at"] == "/number"


def test_the_ends_of_int64_are_accepted_to_the_digit(both: Served) -> None:
    """P4: the legal side."""
    assert both.send("POST", THINGS, encoded(price=2**63 - 1)).json() == {"data": THING | {"price": 2**63 - 1}}
    assert both.get(f"/toy/v1/counters/{-(2**63)}").json()["path"] == {"number": -(2**63)}


def test_null_is_accepted_where_the_schema_is_nullable_and_nowhere_else(both: Served) -> None:
    """P5: nullable means what spec.json_schema says, for requests and replies alike."""
    assert both.send("POST", THINGS, encoded(note=None, extra=None)).status == 201
    both.toy.stored.clear()
    assert refused(both, encoded(colour=None))[0]["at"] == "/colour"


@pytest.mark.parametrize("method", ["DELETE", "PUT", "TRACE", "QUERY"])
def test_405_lists_every_method_of_the_path(both: Served, method: str) -> None:
    """P6: Starlette's Allow has the first operation's method only."""
    reply = both.exchange.send(method, THINGS, (AUTHORIZED,))
    assert reply.status == 405
    assert reply.header("allow") == "GET, HEAD, OPTIONS, POST"
    assert reply.faults[0]["where"] == "METHOD"


def test_options_lists_every_method_of_the_path(both: Served) -> None:
    """P6: the same list for whoever asks."""
    reply = both.exchange.send("OPTIONS", f"{THINGS}/{SHELF}")
    assert (reply.status, reply.body) == (204, b"")
    assert reply.header("allow") == "DELETE, GET, HEAD, OPTIONS, PATCH"


def test_a_literal_path_wins_though_its_template_is_listed_first(both: Served) -> None:
    """P7: the document's order decided."""
    assert both.get(LATEST).json()["operation"] == "things.latest.get"
    assert both.get(f"{THINGS}/{SHELF}").json()["operation"] == "things.thingId.get"


def test_a_request_is_validated_by_the_operation_that_answers_it(both: Served) -> None:
    """P8: validated as the template's operation, dispatched to the literal's."""
    reply = both.send("POST", LATEST, b'{"name":"Van"}')
    assert reply.status == 400
    assert [fault["at"] for fault in reply.faults] == ["/price"]
    assert both.toy.asked == []


@pytest.mark.parametrize(
    "target",
    [
        f"{THINGS}%0A",
        f"{LATEST}%0A",
        "/toy/v1//ping",
        "//toy/v1/ping",
        "/toy/v1/ping/",
        f"{THINGS}/",
        "/toy/v1/ping%00",
    ],
)
def test_a_path_that_is_almost_right_is_404_and_never_redirected(both: Served, target: str) -> None:
    """P9: %0A and // were 500; a trailing slash was redirected."""
    reply = both.get(target)
    assert reply.status == 404
    assert reply.header("location") is None
    assert both.toy.asked == []


@pytest.mark.parametrize("number", ["%00", "%0A1", "1%0A", "%FF", "%2F", "1%2F2", "%D9%A3"])
def test_hostile_text_in_a_path_parameter_is_a_refusal(both: Served, number: str) -> None:
    """P9: what is left of the path is judged as a parameter, a quoted slash included."""
    reply = both.get(f"/toy/v1/counters/{number}")
    assert reply.status == 404
    assert reply.faults == [
        {"where": "PATH", "message": "must be an integer in plain digits", "at": "/number", "keyword": "type"}
    ]


def test_a_reply_says_that_it_is_json(both: Served) -> None:
    """P10: several documented content types made every success a 500."""
    assert both.get("/toy/v1/ping").header("content-type") == "application/json"


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_a_method_that_only_the_template_has_is_405_on_the_literal(both: Served, method: str) -> None:
    """P11: DELETE on the literal went to the template's handler."""
    reply = both.send(method, LATEST, encoded())
    assert reply.status == 405
    assert reply.header("allow") == "GET, HEAD, OPTIONS, POST"
    assert both.toy.asked == []


@pytest.mark.parametrize("digits", [301, 5_000, 500_000])
def test_an_integer_of_thousands_of_digits_is_refused(both: Served, digits: int) -> None:
    """P12: ValueError, 500."""
    assert "digits" in refused(both, b'{"name":"Van","price":%b}' % (b"9" * digits))[0]["message"]


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
@pytest.mark.parametrize("depth", [101, 5_000, 100_000])
def test_a_body_nested_too_deep_is_refused(both: Served, opening: bytes, depth: int) -> None:
    """P13: RecursionError, 500."""
    closing = b"]" if opening == b"[" else b"}"
    body = b'{"name":"Van","price":5,"extra":%b1%b}' % (opening * depth, closing * depth)
    assert "deep" in refused(both, body)[0]["message"]


def test_a_body_nested_deep_comes_back_whole(both: Served) -> None:
    """P13: the legal side; the reply wraps it once more."""
    extra = b'{"a":' * 99 + b"1" + b"}" * 99
    reply = both.send("POST", THINGS, b'{"name":"Van","price":5,"extra":%b}' % extra)
    assert reply.status == 201
    assert extra in reply.body


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e400", b"1e-400"])
def test_a_number_that_is_none_is_refused(both: Served, number: bytes) -> None:
    """P14: NaN, Infinity and 1e999 were accepted."""
    assert refused(both, b'{"name":"Van","price":5,"extra":{"n":%b}}' % number)[0]["where"] == "JSON"


@pytest.mark.parametrize(
    "body", [b'{"name":"a","price":1,"price":99}', b'{"name":"a","price":1,"extra":{"b":1,"b":1}}']
)
def test_a_key_used_twice_is_refused(both: Served, body: bytes) -> None:
    """P15: the last one won, 1 or 99."""
    assert "twice" in refused(both, body)[0]["message"]


@pytest.mark.parametrize("text", [b"\\ud800", b"\\udc00\\ud800", b"\\u0000", b"\xed\xa0\x80", b"\x00"])
def test_lone_surrogates_and_nul_are_refused(both: Served, text: bytes) -> None:
    """P16: accepted, and storage or encoding broke later."""
    for body in (b'{"name":"%b","price":1}', b'{"name":"a","price":1,"extra":{"k%b":1}}'):
        assert refused(both, body % text)[0]["where"] == "JSON"


def test_a_chunked_body_is_read_to_its_end(both: Served) -> None:
    """P17: 'RequestBody is required', because Content-Length was looked for."""
    reply = both.exchange.send("POST", THINGS, (AUTHORIZED, AS_JSON), [b'{"name":', b'"Van","price":5}'])
    assert reply.status == 201
    assert both.toy.stored == [THING]


@pytest.mark.parametrize("chunks", [[b"{", b'"name":"Van"'], [b'{"name":"Van","price":5}', b"x"]])
def test_a_chunked_body_is_judged_whole(both: Served, chunks: list[bytes]) -> None:
    """P17: the refused side."""
    assert both.exchange.send("POST", THINGS, (AUTHORIZED, AS_JSON), chunks).status == 400
    assert both.toy.stored == []


def test_a_body_without_a_media_type_is_415(both: Served) -> None:
    """P18: the handler got bytes, 500."""
    reply = both.exchange.send("POST", THINGS, (AUTHORIZED,), encoded())
    assert reply.status == 415
    assert both.toy.stored == []


@pytest.mark.parametrize(
    "media", ["APPLICATION/JSON", "Application/Json; Charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_a_media_type_may_be_spelled_in_any_casing(both: Served, media: str) -> None:
    """P19: another casing skipped validation entirely."""
    reply = both.exchange.send("POST", THINGS, (AUTHORIZED, ("Content-Type", media)), encoded())
    assert reply.status == 201
    both.toy.stored.clear()
    refused(both, b'{"name":""}', 400, ("Content-Type", media))


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "application/jsonp", "json", "*/*", ""])
def test_another_media_type_is_415(both: Served, media: str) -> None:
    """P19: the refused side; text/plain was parsed as JSON by some peers."""
    refused(both, encoded(), 415, ("Content-Type", media))


def test_401_says_how_to_authenticate(both: Served) -> None:
    """P20: no WWW-Authenticate (RFC 9110 11.6.1); RFC 6750 3 names a fault only where a token was sent."""
    without = both.exchange.send("GET", THINGS)
    assert (without.status, without.header("www-authenticate")) == (401, 'Bearer realm="fixtura"')
    wrong = both.exchange.send("GET", THINGS, [("Authorization", "Bearer nobody")])
    assert wrong.status == 401
    assert wrong.header("www-authenticate") == 'Bearer realm="fixtura", error="invalid_token"'
    assert both.toy.asked == []


@pytest.mark.parametrize(
    "text", ["1_0", "%201", "1%20", "%2B1", "+1", "%EF%BC%91", "01", "1.0", "1e0", "0x1", "", "one", "null"]
)
def test_a_query_integer_is_plain_ascii_digits(both: Served, text: str) -> None:
    """P21: whatever int() takes was accepted."""
    reply = both.get(f"{THINGS}?limit={text}")
    assert reply.status == 400
    assert [fault["at"] for fault in reply.faults] == ["/limit"]


def test_a_scalar_given_twice_is_refused(both: Served) -> None:
    """P22: the last one won silently."""
    reply = both.get(f"{THINGS}?limit=1&limit=2")
    assert reply.status == 400
    assert reply.faults[0]["message"] == "must be given once"


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-31T00:00:00Z\n",
        "2024-01-31",
        "2024-01-31T00:00:00",
        "2024-02-30T00:00:00Z",
        "2024-12-31T23:59:60Z",
        "2016-12-31T23:59:60Z",
        "2024-01-31T24:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "\u0662\u066024-01-31T00:00:00Z",
    ],
)
def test_an_instant_that_no_calendar_of_the_books_holds_is_refused(both: Served, text: str) -> None:
    """P23: a trailing newline passed; years 1 and 9999 with an offset overflowed in handlers."""
    assert [fault["at"] for fault in refused(both, encoded(made_at=text))] == ["/made_at"]


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2024-02-29T00:00:00-13:13",
        "2024-01-31t00:00:00z",
    ],
)
def test_an_instant_comes_back_as_it_was_sent(both: Served, text: str) -> None:
    """P23: the legal side."""
    assert both.send("POST", THINGS, encoded(made_at=text)).json()["data"]["made_at"] == text


def test_an_unknown_query_parameter_is_ignored(both: Served) -> None:
    """P24: decided: ignored, as the vendors' servers do; repeated or not."""
    reply = both.get(f"{THINGS}?unknown=1&unknown=2&limit=3")
    assert reply.status == 200
    assert reply.json()["query"] == {"limit": 3}


def test_a_body_of_ten_megabytes_is_413_and_one_of_a_megabyte_is_judged(both: Served) -> None:
    long = encoded(name="x" * 1_000_000)
    assert both.send("POST", THINGS, long).status == 201
    both.toy.stored.clear()
    refused(both, encoded(name="x" * 10_000_000), 413)


def test_a_chunked_body_is_413_as_soon_as_it_is_too_large(both: Served) -> None:
    chunk = b" " * 65_536
    chunks = [chunk] * (MAX_BODY_BYTES // len(chunk) + 1)
    assert both.exchange.send("POST", THINGS, (AUTHORIZED, AS_JSON), chunks).status == 413


def test_an_unknown_shelf_is_told_before_a_bad_body(both: Served) -> None:
    reply = both.send("POST", f"/toy/v1/shelves/{OTHER_SHELF}/things", b"{")
    assert reply.status == 404
    assert reply.faults[0]["at"] == "/shelfId"
