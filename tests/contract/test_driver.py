"""Calls over HTTP: what is sent, what is waited out, what is said when no reply comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from pathlib import Path

import pytest

import contract_tests.driver
import contract_tests.reaching
from contract_tests.call import Call, NotJson, Reply, Unreachable, Who
from contract_tests.driver import HttpDriver
from contract_tests.patience import asks_for_patience, retry_after_s
from contract_tests.reaching import proxy_for
from contract_tests.target import Misuse, Target
from tests.contract.toy import SHOP, Toy

BOXES = f"/shops/{SHOP}/boxes"


def test_a_call_carries_its_owners_credentials(driver: HttpDriver, toy: Toy) -> None:
    reply = driver.send(Call("POST", BOXES).with_json({"name": "blue"}))
    assert (reply.status, reply.json()["data"]["name"]) == (201, "blue")
    method, target, headers = toy.seen[0]
    assert (method, target) == ("POST", f"/v1{BOXES}")
    assert headers["authorization"] == "Bearer toy-token"
    assert headers["content-type"] == "application/json"
    assert reply.started <= reply.ended


def test_others_and_nobody_carry_theirs(target: Target, toy: Toy) -> None:
    with HttpDriver(replace(target, headers={"x-api-key": "mine", "x-team": "books"})) as driver:
        for who in Who:
            driver.send(Call("GET", BOXES, who=who))
    sent = [(headers.get("authorization"), headers.get("x-api-key"), headers["x-team"]) for *_, headers in toy.seen]
    assert sent == [
        ("Bearer toy-token", "mine", "books"),
        ("Bearer toy-other", None, "books"),
        (None, None, "books"),
    ]


@pytest.mark.parametrize("name", ["X-Auth", "x-session", "Signature", "X-Credential", "x-pass", "X-JWT", "cookie"])
def test_a_header_that_says_who_calls_is_the_owners_alone(target: Target, toy: Toy, name: str) -> None:
    with HttpDriver(replace(target, headers={name: "mine"})) as driver:
        for who in Who:
            driver.send(Call("GET", BOXES, who=who))
    assert [headers.get(name.lower()) for *_, headers in toy.seen] == ["mine", None, None]


def test_a_second_tenant_must_be_known(target: Target) -> None:
    with HttpDriver(replace(target, other=None)) as driver, pytest.raises(Misuse, match="second tenant"):
        driver.send(Call("GET", BOXES, who=Who.OTHER))


def test_a_calls_own_header_replaces_the_targets(driver: HttpDriver, toy: Toy) -> None:
    driver.send(Call("GET", BOXES, headers=(("Authorization", "Basic x"),)))
    assert toy.seen[0][2]["authorization"] == "Basic x"


@pytest.mark.parametrize(
    ("path", "query", "sent"),
    [
        ("/a%2Fb/%zz/%c3%a9", (), "/v1/a%2Fb/%zz/%c3%a9"),
        ("/a/../b//c/.", (), "/v1/a/../b//c/."),
        ("/a b/ü", (), "/v1/a%20b/%C3%BC"),
        ("/a", (("x", "1+1 & 2"), ("x", "ü/?")), "/v1/a?x=1%2B1%20%26%202&x=%C3%BC%2F%3F"),
    ],
)
def test_paths_go_out_as_they_are_spelled(
    driver: HttpDriver, toy: Toy, path: str, query: tuple[tuple[str, str], ...], sent: str
) -> None:
    driver.send(Call("GET", path, query))
    assert toy.seen[0][1] == sent


def test_a_busy_server_is_waited_for(target: Target, toy: Toy) -> None:
    toy.busy, toy.retry_after = 3, "7"
    waits: list[float] = []
    with HttpDriver(target, pause=waits.append) as driver:
        assert driver.send(Call("GET", BOXES)).status == 200
    assert waits == pytest.approx([7.0, 7.0, 7.0], abs=0.5)
    assert driver.meter.requests == 4


def test_a_server_that_says_no_time_is_left_alone_for_a_second(target: Target, toy: Toy) -> None:
    toy.busy, toy.retry_after = 2, None
    waits: list[float] = []
    with HttpDriver(target, pause=waits.append) as driver:
        assert driver.send(Call("POST", BOXES).with_json({"name": "blue"})).status == 201
    assert waits == pytest.approx([1.0, 1.0], abs=0.5)


def test_patience_ends(target: Target, toy: Toy) -> None:
    toy.busy, toy.retry_after = 100, "4"
    waits: list[float] = []
    with HttpDriver(target, longest_wait_s=10, pause=waits.append) as driver:
        assert driver.send(Call("GET", BOXES)).status == 429
    assert waits == pytest.approx([4.0, 4.0], abs=0.5)


def test_patience_ends_with_a_server_that_always_says_now(target: Target, toy: Toy) -> None:
    toy.busy = 10_000
    with HttpDriver(target, longest_wait_s=1, pause=lambda _s: None) as driver:
        assert driver.send(Call("GET", BOXES)).status == 429
    assert driver.meter.requests < 30


def test_a_server_that_says_now_is_not_asked_without_a_pause(target: Target, toy: Toy) -> None:
    toy.busy = 2
    waits: list[float] = []
    with HttpDriver(target, pause=waits.append) as driver:
        driver.send(Call("GET", BOXES))
    assert waits == pytest.approx([0.05, 0.05], abs=0.05)


@pytest.mark.parametrize(
    ("status", "retry_after", "asks"),
    [
        (429, None, True),
        (429, "900", True),
        (503, "3", True),
        (503, None, False),
        (503, "soon", False),
        (500, "3", False),
    ],
)
def test_who_asks_for_patience(status: int, retry_after: str | None, asks: bool) -> None:
    headers = () if retry_after is None else (("retry-after", retry_after),)
    assert asks_for_patience(Reply(status, headers)) is asks


@pytest.mark.parametrize(
    ("status", "text", "wait"),
    [
        (429, "3", 3.0),
        (503, "0", 0.0),
        (429, None, 1.0),
        (429, "soon", 1.0),
        (429, "9" * 400, inf),
        (503, None, None),
        (503, "soon", None),
        (500, "3", None),
        (503, "Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date(status: int, text: str | None, wait: float | None) -> None:
    headers = () if text is None else (("Retry-After", text),)
    assert retry_after_s(Reply(status, headers)) == wait


def test_many_threads_share_one_driver(driver: HttpDriver, toy: Toy) -> None:
    calls = [Call("POST", BOXES).with_json({"name": str(number)}) for number in range(64)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(driver.send, calls))
    assert {reply.status for reply in replies} == {201}
    assert len(toy.boxes) == 64
    assert driver.meter.requests == 64


def test_nobody_listening_is_one_sentence(target: Target) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    gone = replace(target, base_url=f"http://127.0.0.1:{port}/v1")
    with HttpDriver(gone) as driver, pytest.raises(Unreachable) as raised:
        driver.send(Call("GET", "/x"))
    assert f"http://127.0.0.1:{port}/v1 cannot be reached: " in str(raised.value)
    assert str(raised.value).endswith("asked for GET /x")


@pytest.fixture
def rude() -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads a request and hangs up."""
    received: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                received.append(connection.recv(65536))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", received
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def test_what_may_have_been_carried_out_is_not_repeated(rude: tuple[str, list[bytes]]) -> None:
    address, received = rude
    with HttpDriver(Target(address, "toy")) as driver:
        with pytest.raises(Unreachable, match="does not speak HTTP as expected"):
            driver.send(Call("POST", "/x", body=b"{}"))
        assert len(received) == 1
        with pytest.raises(Unreachable):
            driver.send(Call("GET", "/x"))
        assert len(received) == 3


def test_a_server_that_never_answers_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = Target(f"http://127.0.0.1:{silent.getsockname()[1]}", "toy", timeout_s=0.1)
        with HttpDriver(target) as driver, pytest.raises(Unreachable, match=r"did not answer within 0\.1 seconds"):
            driver.send(Call("POST", "/x"))


@contextmanager
def dripping(part: bytes, pause_s: float) -> Iterator[str]:
    """A server whose body never ends: so many bytes, a pause, and again."""
    gone = threading.Event()

    class Drip(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                while not gone.wait(pause_s):
                    self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Drip)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        gone.set()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_body_that_drips_does_not_outlast_the_calls_time() -> None:
    late = pytest.raises(Unreachable, match=r"did not answer within 0\.4 seconds")
    with dripping(b" ", 0.05) as address, HttpDriver(Target(address, "toy", timeout_s=0.4)) as driver, late:
        driver.send(Call("GET", "/x"))


def test_a_body_without_end_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract_tests.driver, "LONGEST_REPLY", 2**20)
    endless = pytest.raises(Unreachable, match="answers with more than 1 MiB")
    with dripping(b" " * 2**18, 0) as address, HttpDriver(Target(address, "toy")) as driver, endless:
        driver.send(Call("GET", "/x"))


def test_what_cannot_be_written_as_http_is_not_repeated(driver: HttpDriver) -> None:
    with pytest.raises(Unreachable, match="the call cannot be written as HTTP") as raised:
        driver.send(Call("GET", "/x", headers=(("x-thing", "sec-ret\n"),)))
    assert "sec-ret" not in str(raised.value)


@pytest.mark.parametrize("proxy", ["socks5://user:sec-ret@127.0.0.1:9", "127.0.0.1:9", "foo://user:sec-ret@bar"])
def test_a_proxy_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setattr(contract_tests.reaching, "getproxies", lambda: {"http": proxy})
    with pytest.raises(Unreachable, match="the proxy of the environment") as raised:
        HttpDriver(Target("http://books.test/v1", "toy"))
    assert "sec-ret" not in str(raised.value)


def test_authorities_of_the_environment_that_are_not_there_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    with pytest.raises(Unreachable, match="SSL_CERT_FILE or SSL_CERT_DIR names cannot be read"):
        HttpDriver(Target("https://books.test/v1", "toy"))


def test_tls_to_a_server_without_it_is_said(target: Target) -> None:
    secure = replace(target, base_url=target.base_url.replace("http:", "https:"))
    with HttpDriver(secure) as driver, pytest.raises(Unreachable, match="does not speak TLS as expected"):
        driver.send(Call("GET", "/x"))


def test_an_unreadable_authority_is_said(target: Target, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=r"certificate authority in .* cannot be read"):
        HttpDriver(replace(target, base_url="https://h.test", ca_file=tmp_path / "none.pem"))


def test_a_proxy_is_never_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.test:3128")
    monkeypatch.setenv("no_proxy", "inside.test")
    assert proxy_for(Target("https://books.test/v1", "toy")) == "http://proxy.test:3128"
    assert proxy_for(Target("https://inside.test/v1", "toy")) is None
    assert proxy_for(Target("https://127.0.0.1:8443/v1", "toy")) is None
    assert proxy_for(Target("http://books.test/v1", "toy")) is None


def test_a_body_that_is_not_json_says_so() -> None:
    with pytest.raises(NotJson):
        Reply(200, body=b"<html>").json()


def test_numbers_keep_their_digits() -> None:
    text = b'{"a": 123456789012345678901234567890, "b": 0.10}'
    data = Reply(200, body=text).json()
    assert data["a"] == 123456789012345678901234567890
    assert str(data["b"]) == "0.10"
