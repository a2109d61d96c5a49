"""The same application in process, behind uvicorn, and behind Werkzeug."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.asgi import AsgiDriver, AsgiTransport, InProcess
from contract_tests.call import Call, Who
from contract_tests.driver import HttpDriver
from contract_tests.host import hosted, load_app
from contract_tests.target import Misuse, Target
from tests.contract.toy import SHOP, Toy

BOXES = f"/shops/{SHOP}/boxes"
HERE = Target("http://toy.test/v1", "toy", {"shop": SHOP}, token="toy-token")


def test_the_in_process_driver_sends_what_http_would(toy: Toy) -> None:
    with InProcess(toy) as app:
        driver = AsgiDriver(HERE, app)
        made = driver.send(Call("POST", BOXES).with_json({"name": "blue"}))
        refused = driver.send(Call("GET", BOXES, who=Who.NOBODY))
        odd = driver.send(Call("GET", "/a%2Fb/../c", (("x", "1 2"),)))
    assert (made.status, made.header("content-type")) == (201, "application/json")
    assert refused.status == 401
    assert odd.status == 404
    assert [target for _, target, _ in toy.seen] == [f"/v1{BOXES}", f"/v1{BOXES}", "/v1/a%2Fb/../c?x=1%202"]
    assert driver.meter.requests == 3
    assert toy.lives == ["startup", "shutdown"]


def test_several_threads_call_in_process(toy: Toy) -> None:
    with InProcess(toy) as app:
        driver = AsgiDriver(HERE, app)
        calls = [Call("POST", BOXES).with_json({"name": str(number)}) for number in range(50)]
        with ThreadPoolExecutor(8) as pool:
            assert {reply.status for reply in pool.map(driver.send, calls)} == {201}
    assert len(toy.boxes) == 50


def test_an_httpx_client_talks_in_process(toy: Toy) -> None:
    with InProcess(toy) as app, httpx.Client(transport=AsgiTransport(app), base_url="http://toy.test/v1") as client:
        client.headers["authorization"] = "Bearer toy-token"
        assert client.post(BOXES, json={"name": "blue"}).status_code == 201
        assert [box["name"] for box in client.get(BOXES).json()["data"]] == ["blue"]


def test_a_crash_of_the_application_is_seen() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise ZeroDivisionError

    with InProcess(broken) as app, pytest.raises(ZeroDivisionError):
        AsgiDriver(HERE, app).send(Call("GET", "/x"))


def test_a_failed_startup_is_seen() -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    app = InProcess(broken)
    with pytest.raises(RuntimeError, match="no database"):
        app.__enter__()
    with pytest.raises(Misuse, match="failed at start-up"), hosted(broken):
        pass


def test_asgi_is_served_and_stopped(toy: Toy) -> None:
    with hosted(toy) as address:
        with HttpDriver(Target(f"{address}/v1", "toy", token="toy-token")) as driver:
            assert driver.send(Call("GET", BOXES)).status == 200
        port = int(address.rpartition(":")[2])
    assert toy.lives == ["startup", "shutdown"]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start_response("200 OK", [("content-type", "text/plain"), ("content-length", str(len(body)))])
    return [body]


def test_wsgi_is_served_to_several_callers_at_once() -> None:
    with hosted(wsgi) as address, HttpDriver(Target(address, "toy")) as driver:
        replies = [driver.send(Call("POST", "/x", body=b"hello")) for _ in range(3)]
        with ThreadPoolExecutor(4) as pool:
            replies += pool.map(driver.send, [Call("POST", "/x", body=b"hello")] * 8)
    assert {reply.body for reply in replies} == {b"hello"}


def test_without_werkzeug_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "werkzeug.serving", None)
    with pytest.raises(Misuse, match="serving a WSGI application needs Werkzeug: pip install werkzeug"), hosted(wsgi):
        pass


def test_a_taken_port_is_one_sentence(toy: Toy) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Misuse, match=f"cannot listen on 127.0.0.1:{port}: "), hosted(toy, port=port):
            pass


@pytest.mark.parametrize(
    ("thing", "sentence"),
    [(7, "cannot be called"), (lambda: None, "neither an ASGI nor a WSGI"), (dict, "neither an ASGI nor a WSGI")],
)
def test_what_is_no_application_is_refused(thing: object, sentence: str) -> None:
    with pytest.raises(Misuse, match=sentence), hosted(thing):
        pass


def test_an_application_is_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "apps_for_the_test.py").write_text("class Made:\n    app = 42\n")
    (tmp_path / "broken_for_the_test.py").write_text("1 / 0\n")
    (tmp_path / "leaving_for_the_test.py").write_text("raise SystemExit(7)\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert load_app("apps_for_the_test:Made.app") == 42
    for text, sentence in [
        ("apps_for_the_test", "does not name an application as module:attribute"),
        ("nowhere_at_all:app", "there is no module 'nowhere_at_all'"),
        ("apps_for_the_test:other", "has no 'other'"),
        ("broken_for_the_test:app", "fails when imported: ZeroDivisionError"),
        ("leaving_for_the_test:app", "fails when imported: SystemExit: 7"),
    ]:
        with pytest.raises(Misuse, match=sentence):
            load_app(text)
    monkeypatch.delitem(sys.modules, "apps_for_the_test")


def test_a_factory_is_called_where_it_is_named_with_brackets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As gunicorn has it: module:create_app()."""
    (tmp_path / "factories_for_the_test.py").write_text(
        "def create_app(): return 42\n"
        "class Made: create = staticmethod(lambda: 43)\n"
        "def broken(): return 1 / 0\n"
        "def leaving(): raise SystemExit(7)\n"
        "def takes(port): return port\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert load_app("factories_for_the_test:create_app()") == 42
    assert load_app("factories_for_the_test:Made.create()") == 43
    for text, sentence in [
        ("factories_for_the_test:other()", "has no 'other'"),
        ("factories_for_the_test:Made.create()()", "has no 'Made.create\\(\\)'"),
        ("factories_for_the_test:()", "does not name an application"),
        ("factories_for_the_test:broken()", "broken\\(\\) fails: ZeroDivisionError: division by zero"),
        ("factories_for_the_test:leaving()", "leaving\\(\\) fails: SystemExit: 7"),
        ("factories_for_the_test:takes()", "takes\\(\\) fails: TypeError"),
    ]:
        with pytest.raises(Misuse, match=sentence):
            load_app(text)
    monkeypatch.delitem(sys.modules, "factories_for_the_test")


def test_a_factory_that_is_taken_for_an_application_is_told_apart() -> None:
    def create_app(port: int = 0) -> object:
        return object()

    for factory in (create_app, lambda: None, dict):
        with pytest.raises(Misuse, match=r"module:name\(\)"), hosted(factory):
            pass
    with pytest.raises(Misuse) as refused, hosted(lambda one: one):
        pass
    assert "name()" not in str(refused.value)
