"""What a target is, and how it is read from a file."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest

from contract_tests.target import CONTROL, Misuse, Other, Target

FULL = """
base_url = "https://api.example.test/v1/"
api = "layer"
token = "secret"
timeout_s = 2.5
verify = true
ca_file = "ca.pem"
capabilities = ["control"]
control_url = "https://api.example.test/_sandbox/layer"
[scope]
business_id = "one"
[headers]
x-team = "books"
[other]
token = "second"
scope = { business_id = "two" }
"""

LAYER = {
    "base_url": "http://127.0.0.1:8000/v1",
    "token": "t",
    "scope": {"business_id": "one"},
    "other": {"scope": {"business_id": "two"}, "token": "u"},
}
READY = {"base_url": "http://127.0.0.1:8000", "pid": 4711, "apis": {"layer": LAYER}}


def written(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_a_toml_file_says_everything(tmp_path: Path) -> None:
    assert Target.from_file(written(tmp_path, "t.toml", FULL)) == Target(
        base_url="https://api.example.test/v1",
        api="layer",
        scope={"business_id": "one"},
        token="secret",
        headers={"x-team": "books"},
        other=Other({"business_id": "two"}, "second"),
        timeout_s=2.5,
        ca_file=Path("ca.pem"),
        capabilities=frozenset({CONTROL}),
        control_url="https://api.example.test/_sandbox/layer",
    )


def test_json_says_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, "t.json", {"base_url": "http://h/v1", "api": "layer", "scope": {"business_id": "one"}})
    assert Target.from_file(path) == Target("http://h/v1", "layer", {"business_id": "one"})


def test_a_ready_file_is_a_target_with_a_control_plane(tmp_path: Path) -> None:
    target = Target.from_file(written(tmp_path, "ready.json", READY))
    assert target.base_url == "http://127.0.0.1:8000/v1"
    assert (target.api, target.token, target.scope) == ("layer", "t", {"business_id": "one"})
    assert target.other == Other({"business_id": "two"}, "u")
    assert target.control_url == "http://127.0.0.1:8000/_sandbox/layer"
    assert CONTROL in target.capabilities


def test_a_ready_file_of_several_apis_wants_a_choice(tmp_path: Path) -> None:
    several = {**READY, "apis": {"layer": LAYER, "toy": {"base_url": "http://h/toy"}}}
    path = written(tmp_path, "ready.json", several)
    assert Target.from_file(path, "toy").base_url == "http://h/toy"
    with pytest.raises(Misuse, match=r"describes layer, toy: say which with --api"):
        Target.from_file(path)
    with pytest.raises(Misuse, match="no API 'xero'; it has layer, toy"):
        Target.from_file(path, "xero")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("t.toml", "base_url = ", "is not TOML: "),
        ("t.json", "{", "is not JSON: "),
        ("t.json", [1], "must hold one table of settings"),
        ("t.json", {"api": "layer"}, "base_url is missing"),
        ("t.json", {"base_url": "http://h"}, "api is missing"),
        ("t.json", {"base_url": "http://h", "api": "layer", "tokn": "x"}, "unknown setting tokn"),
        ("t.json", {"base_url": "ftp://h", "api": "layer"}, "is not an address like"),
        ("t.json", {"base_url": "http://h:port", "api": "layer"}, "is not an address"),
        ("t.json", {"base_url": "http://h/v1?x=1", "api": "layer"}, "may not have a query or a fragment"),
        ("t.json", {"base_url": "http://h", "api": "layer", "token": ""}, "token must be a non-empty text"),
        ("t.json", {"base_url": "http://h", "api": "layer", "scope": {"a": 1}}, "scope.a must be a non-empty text"),
        ("t.json", {"base_url": "http://h", "api": "layer", "scope": "a"}, "scope must be a table of names and texts"),
        ("t.json", {"base_url": "http://h", "api": "layer", "other": {"token": "x"}}, "other must have a scope and a"),
        ("t.json", {"base_url": "http://h", "api": "layer", "timeout_s": 0}, "timeout_s must be a number of seconds"),
        ("t.toml", 'base_url = "http://h"\napi = "layer"\ntimeout_s = nan', "timeout_s must be a number of seconds"),
        ("t.toml", 'base_url = "http://h"\napi = "layer"\nrps = inf', "rps must be a number of requests a second"),
        (
            "t.json",
            {"base_url": "http://h", "api": "layer", "other": {"scope": {"a": "b"}, "token": "x", "headers": {}}},
            "other: unknown setting headers",
        ),
        ("t.json", {"base_url": "http://h", "api": "layer", "capabilities": ["contrl"]}, "no capability contrl"),
        ("t.json", {"base_url": "http://h", "api": "layer", "capabilities": ["control"]}, "control needs control_url"),
        ("t.json", {"base_url": "http://h", "api": "layer", "verify": "no"}, "verify must be true or false"),
        ("t.json", {"base_url": "http://h", "api": "layer", "capabilities": "all"}, "capabilities must be a list"),
        ("t.TOML", "base_url = ", "is not TOML: "),
        ("t.json", "[" * 100_000, "is nested too deeply"),
        ("t.toml", "a = " + "[" * 100_000, "t.toml is "),
        ("t.json", {"base_url": "http://a..b/v1", "api": "layer"}, "is not an address"),
        ("t.json", {"base_url": f"http://{'a' * 80}.test", "api": "layer"}, "is not an address"),
        ("t.json", {"base_url": "http://h", "api": "layer", "token_env": "NO_SUCH_TOKEN"}, "NO_SUCH_TOKEN holds no"),
        ("t.json", {"base_url": "http://h", "api": "layer", "token_env": "A", "token": "x"}, "exclude each other"),
        ("t.json", {"apis": []}, "apis must map each API's name to its settings"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(tmp_path: Path, name: str, content: object, sentence: str) -> None:
    with pytest.raises(Misuse) as raised:
        Target.from_file(written(tmp_path, name, content))
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"cannot read the target file .*: No such file or directory"):
        Target.from_file(tmp_path / "nowhere.toml")


def test_a_target_file_of_another_api_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "t.json", {"base_url": "http://h", "api": "layer"})
    with pytest.raises(Misuse, match="it describes the API 'layer', not 'xero'"):
        Target.from_file(path, "xero")


def test_a_token_may_stay_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINE", "hush\n")
    monkeypatch.setenv("THEIRS", "psst")
    other = {"scope": {"business_id": "two"}, "token_env": "THEIRS"}
    path = written(tmp_path, "t.json", {"base_url": "http://h", "api": "layer", "token_env": "MINE", "other": other})
    target = Target.from_file(path)
    assert (target.token, target.other) == ("hush", Other({"business_id": "two"}, "psst"))


@pytest.mark.parametrize(
    "given",
    [
        {"token": "sec-ret\n"},
        {"token": "sec-ret\u00fc"},
        {"headers": {"x-thing": "sec-ret\r\nx-other: 1"}},
        {"other": Other({}, "sec-ret\t")},
        {"base_url": "https://user:sec-ret@h.test/v1"},
    ],
)
def test_what_cannot_be_sent_is_refused_without_being_repeated(given: dict[str, Any]) -> None:
    with pytest.raises(Misuse) as raised:
        Target(**{"base_url": "http://h", "api": "layer", **given})
    assert "sec-ret" not in str(raised.value)


@pytest.mark.parametrize("name", ["rps", "timeout_s", "connect_timeout_s"])
@pytest.mark.parametrize("number", [0.0, -1.0, nan, inf])
def test_a_pace_and_a_patience_are_numbers_that_end(name: str, number: float) -> None:
    given: dict[str, Any] = {name: number}
    with pytest.raises(Misuse, match=f"{name} must be a number above 0"):
        Target("http://h", "layer", **given)


def test_a_host_is_spelled_as_clients_send_it() -> None:
    assert Target("HTTP://LOCALHOST:8000/V1/", "layer").base_url == "http://localhost:8000/V1"


def test_a_file_may_describe_a_target_that_is_somewhere_else(tmp_path: Path) -> None:
    bare = {"api": "layer", "token": "t", "scope": {"business_id": "one"}}
    target = Target.from_file(written(tmp_path, "t.json", bare), base_url="http://127.0.0.1:1")
    assert (target.base_url, target.token) == ("http://127.0.0.1:1", "t")
    moved = Target.from_file(written(tmp_path, "ready.json", READY), base_url="http://127.0.0.1:1")
    assert (moved.base_url, moved.control_url, moved.capabilities) == ("http://127.0.0.1:1", None, frozenset())
    assert moved.other == Other({"business_id": "two"}, "u")


def test_secrets_do_not_show_in_messages() -> None:
    target = Target("http://h", "layer", token="hush", other=Other({}, "hush"), headers={"x-key": "hush"})
    assert "hush" not in repr(target)


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:1", True),
        ("http://127.8.9.10", True),
        ("http://[::1]:1", True),
        ("http://localhost", True),
        ("http://h.test", False),
        ("http://127.acme.com", False),
    ],
)
def test_loopback_is_told_from_the_address(url: str, loopback: bool) -> None:
    assert Target(url, "layer").is_loopback is loopback
