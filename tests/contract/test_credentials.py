"""Tokens that come from a command or from OAuth2 client credentials, and grow old."""

from __future__ import annotations

import base64
import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from contract_tests.call import Call, Unreachable, Who
from contract_tests.credentials import ClientCredentials, Command
from contract_tests.driver import HttpDriver
from contract_tests.target import Misuse, Other, Target
from tests.contract.test_target import written


@dataclass
class Authority:
    """An API and the server of its tokens in one: what it grants, it accepts until it is revoked."""

    url: str = ""
    answer: tuple[int, str] | None = None
    granted: list[str] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    shown: list[str | None] = field(default_factory=list)


@pytest.fixture
def authority() -> Iterator[Authority]:
    state = Authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            state.asked.append((self.headers["authorization"], parse_qs(body)))
            state.granted.append(f"granted-{len(state.granted) + 1}")
            token = {"access_token": state.granted[-1], "token_type": "Bearer", "expires_in": 3600}
            self._answer(*(state.answer or (200, json.dumps(token))))

        def do_GET(self) -> None:
            shown = (self.headers["authorization"] or "").removeprefix("Bearer ") or None
            state.shown.append(shown)
            self._answer(200 if shown in state.granted and shown not in state.revoked else 401, "{}")

        def _answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def client(authority: Authority) -> ClientCredentials:
    return ClientCredentials(f"{authority.url}/token", "the-id", "sec-ret", "books", {"audience": "here"})


def test_client_credentials_are_sent_as_rfc_6749_has_them(authority: Authority) -> None:
    with HttpDriver(Target(authority.url, "toy", source=client(authority))) as driver:
        assert [driver.send(Call("GET", "/x")).status for _ in range(3)] == [200, 200, 200]
    (basic, form), *more = authority.asked
    assert base64.b64decode(basic.removeprefix("Basic ")) == b"the-id:sec-ret"
    assert form == {
        "grant_type": ["client_credentials"],
        "client_id": ["the-id"],
        "scope": ["books"],
        "audience": ["here"],
    }
    assert more == []


def test_a_parameter_may_have_any_name(authority: Authority) -> None:
    named = replace(client(authority), parameters={"body": "b", "include_client_id": "c", "client_secret": "d"})
    with HttpDriver(Target(authority.url, "toy", source=named)) as driver:
        assert driver.send(Call("GET", "/x")).status == 200
    ((_, sent),) = authority.asked
    assert (sent["body"], sent["include_client_id"], sent["client_secret"]) == (["b"], ["c"], ["d"])


def test_a_token_that_grows_old_is_fetched_anew_and_the_call_sent_again(authority: Authority) -> None:
    with HttpDriver(Target(authority.url, "toy", source=client(authority))) as driver:
        driver.send(Call("GET", "/x"))
        authority.revoked.add("granted-1")
        assert driver.send(Call("GET", "/x")).status == 200
    assert authority.shown == ["granted-1", "granted-1", "granted-2"]


def test_a_fresh_token_that_is_refused_is_not_replaced_again(authority: Authority) -> None:
    with HttpDriver(Target(authority.url, "toy", source=client(authority))) as driver:
        authority.revoked |= {f"granted-{number}" for number in range(1, 9)}
        assert [driver.send(Call("GET", "/x")).status for _ in range(3)] == [401, 401, 401]
    assert len(authority.asked) == 2


def test_each_tenant_has_a_token_of_its_own_and_nobody_has_none(authority: Authority) -> None:
    target = Target(authority.url, "toy", source=client(authority), other=Other({}, source=client(authority)))
    with HttpDriver(target) as driver:
        for who in (Who.OWNER, Who.OTHER, Who.NOBODY, Who.OWNER):
            driver.send(Call("GET", "/x", who=who))
        # Nor is a call with credentials of its own given another one's.
        driver.send(Call("GET", "/x", headers=(("authorization", "Bearer wrong"),)))
    assert authority.shown == ["granted-1", "granted-2", None, "granted-1", "wrong"]


def test_whoever_else_sends_has_leave_and_the_token_of_the_moment(authority: Authority) -> None:
    with HttpDriver(Target(authority.url, "toy", source=client(authority))) as driver:
        assert [driver.leave(), driver.leave("granted-1"), driver.leave()] == ["granted-1", "granted-2", "granted-2"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((401, '{"error": "invalid_client"}'), "status 401, invalid_client"),
        ((200, "<html>"), "status 200, "),
        ((200, '{"token_type": "Bearer"}'), "status 200, "),
        ((200, '{"access_token": "a b", "token_type": "Bearer"}'), "not one word of plain text"),
        ((200, '{"access_token": null}'), "status 200, no answer of RFC 6749"),
        ((200, '{"access_token": ["a"]}'), "status 200, no answer of RFC 6749"),
        ((200, '{"access_token": "a", "expires_in": 1e400}'), "status 200, no answer of RFC 6749"),
        ((200, '{"access_token": "a", "scope": 5}'), "status 200, no answer of RFC 6749"),
        ((200, "[]"), "status 200, no answer of RFC 6749"),
        ((200, "null"), "status 200, no answer of RFC 6749"),
        ((200, "[" * 100_000), "status 200, no answer of RFC 6749"),
        ((400, '{"error": null}'), "status 400, no answer of RFC 6749"),
        ((400, '{"error": "\\u001b[2J"}'), "status 400, no answer of RFC 6749"),
        ((500, '{"access_token": "granted", "token_type": "Bearer"}'), "status 500, no answer of RFC 6749"),
    ],
)
def test_no_token_is_one_sentence_without_the_secret(authority: Authority, answer: tuple[int, str], why: str) -> None:
    authority.answer = answer
    with (
        HttpDriver(Target(authority.url, "toy", source=client(authority))) as driver,
        pytest.raises(Unreachable) as raised,
    ):
        driver.send(Call("GET", "/x"))
    assert f"{authority.url}/token gives no token: " in str(raised.value)
    assert why in str(raised.value)
    assert "sec-ret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_commands_output_is_the_token(authority: Authority, tmp_path: Path) -> None:
    counter = tmp_path / "count"
    script = f"import pathlib; p = pathlib.Path({str(counter)!r}); n = len(p.read_text()) + 1 if p.exists() else 1"
    script += "; p.write_text('x' * n); print(f'said-{n}')"
    authority.granted = ["said-2"]
    with HttpDriver(Target(authority.url, "toy", source=Command((sys.executable, "-c", script)))) as driver:
        assert driver.send(Call("GET", "/x")).status == 200
    assert authority.shown == ["said-1", "said-2"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("/nowhere/to-be-found", "sec-ret"), "cannot be run: No such file or directory"),
        ((sys.executable, "-c", "raise SystemExit('sec-ret')"), "ended with status 1"),
        ((sys.executable, "-c", "'sec-ret'"), "gives no token"),
        (("a\0b", "sec-ret"), "cannot be run: "),
    ],
)
def test_a_command_that_gives_none_is_one_sentence(words: tuple[str, ...], why: str) -> None:
    driver = HttpDriver(Target("http://h.test", "toy", source=Command(words)))
    with driver, pytest.raises(Unreachable) as raised:
        driver.send(Call("GET", "/x"))
    assert why in str(raised.value)
    assert "sec-ret" not in str(raised.value)


def test_a_file_names_where_tokens_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_SECRET", "hush\n")
    path = tmp_path / "t.toml"
    path.write_text(
        'base_url = "http://h"\napi = "layer"\n'
        'oauth2 = { token_url = "https://a.test/token", client_id = "me", client_secret_env = "THE_SECRET" }\n'
        'other = { scope = { business_id = "two" }, token_command = "pass show \'layer other\'" }\n'
    )
    target = Target.from_file(path)
    assert target.source == ClientCredentials("https://a.test/token", "me", "hush")
    assert target.other == Other({"business_id": "two"}, source=Command(("pass", "show", "layer other")))
    assert target.token is None
    assert "hush" not in repr(target)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"token": "x", "token_command": "y"}, "token and token_command exclude each other"),
        ({"token_command": "'"}, "cannot be split into words"),
        ({"token_command": []}, "must be a command"),
        ({"token_command": 3}, "must be a command"),
        ({"oauth2": "x"}, "oauth2 must be a table"),
        ({"oauth2": {"token_url": "http://a"}}, "oauth2: it lacks client_id, client_secret"),
        ({"oauth2": {"tokn_url": "http://a"}}, "oauth2: unknown setting tokn_url"),
        (
            {"oauth2": {"token_url": "http://a", "client_id": "a", "client_secret": "b", "parameters": {"scope": "c"}}},
            "oauth2.parameters: scope has a place of its own",
        ),
        ({"oauth2": {"token_url": "x", "client_id": "a", "client_secret": "b"}}, "is not an address"),
        ({"rps": 0}, "rps must be a number of requests a second above 0"),
        ({"connect_timeout_s": "1"}, "connect_timeout_s must be a number of seconds above 0"),
        ({"proxy": "squid:3128"}, "proxy is not an address"),
        ({"accepts": []}, "accepts must be a table"),
        ({"levels": {"A3": 1}}, "levels.A3 must be a non-empty text"),
    ],
)
def test_what_is_wrong_with_it_is_one_sentence(tmp_path: Path, given: dict[str, Any], sentence: str) -> None:
    path = written(tmp_path, "t.json", {"base_url": "http://h", "api": "layer", **given})
    with pytest.raises(Misuse) as raised:
        Target.from_file(path)
    assert sentence in str(raised.value)


def test_a_proxy_of_the_targets_own_is_asked(authority: Authority) -> None:
    # As a proxy the authority sees the whole address, and answers all the same.
    with HttpDriver(Target("http://books.test/v1", "toy", token="granted-1", proxy=authority.url)) as driver:
        authority.granted.append("granted-1")
        assert driver.send(Call("GET", "/x")).status == 200
    assert authority.shown == ["granted-1"]


def test_a_proxys_password_is_not_told() -> None:
    target = Target("http://h.test", "toy", proxy="http://me:sec-ret@proxy.test")
    assert "sec-ret" not in repr(target)
    assert replace(target, rps=2.0).proxy == target.proxy
