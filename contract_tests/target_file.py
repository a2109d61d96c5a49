"""A target as a file says it.

Decides the names of a target file's settings, what each may hold, and how a running sandbox's ready file
is read as one. Each complaint is one sentence that names the file and the setting, and repeats no secret.
"""

from __future__ import annotations

import json
import os
import shlex
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from math import inf
from pathlib import Path
from typing import Any, Final

from contract_tests.credentials import ClientCredentials, Command, Source
from contract_tests.target import CONTROL, Misuse, Other, Target, address
from spec import Overrides


def target_in(path: Path, api: str | None = None, *, base_url: str | None = None) -> dict[str, Any]:
    """A file's target as arguments of `Target`; see `Target.from_file`. Raises Misuse."""
    data = read_settings(path)
    if base_url is None:
        return target_of(data, api, str(path))
    elsewhere = {key: value for key, value in data.items() if key != "base_url"}
    if "apis" in elsewhere:  # a sandbox's control plane stays with the sandbox
        elsewhere = dict(_of_sandbox(elsewhere, api, str(path)))
    return target_of({**elsewhere, "base_url": base_url}, api, str(path))


def target_of(data: Mapping[str, Any], api: str | None, where: str) -> dict[str, Any]:
    """Data as arguments of `Target`; see `Target.from_data`. Raises Misuse."""
    if "apis" in data:
        data = _of_sandbox(data, api, where)
    if api is not None and data.get("api", api) != api:
        raise Misuse(f"{where}: it describes the API {data['api']!r}, not {api!r}")
    return _checked({"api": api, **data}, where)


def read_settings(path: Path) -> Mapping[str, Any]:
    """What a TOML or JSON file of settings holds. Raises Misuse: no such file, not TOML or JSON, no table."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Misuse(f"cannot read the target file {path}: {reason}") from error
    kind = "TOML" if path.suffix.lower() == ".toml" else "JSON"
    try:
        data = tomllib.loads(text) if kind == "TOML" else json.loads(text)
    except RecursionError as error:
        raise Misuse(f"{path} is nested too deeply") from error
    except ValueError as error:  # both parsers' errors are ValueErrors
        raise Misuse(f"{path} is not {kind}: {error}") from error
    if not isinstance(data, dict):
        raise Misuse(f"{path} must hold one table of settings")
    return data


def _of_sandbox(data: Mapping[str, Any], api: str | None, where: str) -> Mapping[str, Any]:
    """One API's part of a ready file; a sandbox's control plane stands beside its APIs."""
    apis = data["apis"]
    if not isinstance(apis, dict) or not all(isinstance(part, dict) for part in apis.values()):
        raise Misuse(f"{where}: apis must map each API's name to its settings")
    if api is None and len(apis) != 1:
        raise Misuse(f"{where} describes {', '.join(sorted(apis)) or 'no API'}: say which with --api")
    name = api if api is not None else next(iter(apis))
    if name not in apis:
        raise Misuse(f"{where} has no API {name!r}; it has {', '.join(sorted(apis)) or 'none'}")
    root = str(data.get("base_url", "")).rstrip("/")
    beside = {"control_url": f"{root}/_sandbox/{name}", "capabilities": [CONTROL]} if root else {}
    return {**beside, **apis[name], "api": name}


_TEXTS: Final = ("base_url", "api", "token", "control_url", "ca_file", "proxy")
_TABLES: Final = ("scope", "headers")
_SECONDS: Final = ("timeout_s", "connect_timeout_s")
_OF_A_TOKEN: Final = ("token", "token_env", "token_command", "oauth2")
_OF_OAUTH2: Final = ("token_url", "client_id", "client_secret", "scope", "parameters")
_NOT_THE_TARGETS: Final = frozenset({"check"})  # about the run


def _checked(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The members of a target file as arguments of Target."""
    given = {key: value for key, value in data.items() if value is not None and key not in _NOT_THE_TARGETS}
    given = _with_token(given, where)
    given["overrides"] = Overrides(
        _table(given.pop("accepts", {}), f"{where}: accepts"), _texts(given.pop("levels", {}), f"{where}: levels")
    )
    unknown = sorted(given.keys() - {known.name for known in fields(Target)})
    if unknown:
        raise Misuse(f"{where}: unknown setting {', '.join(unknown)}")
    for name in ("base_url", "api"):
        if name not in given:
            raise Misuse(f"{where}: {name} is missing")
    for names, reader in _READERS:
        for name in given.keys() & set(names):
            given[name] = reader(given[name], f"{where}: {name}")
    if CONTROL in given.get("capabilities", ()) and "control_url" not in given:
        raise Misuse(f"{where}: capability {CONTROL} needs control_url, the control plane's address")
    return given


def _of_tls(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise Misuse(f"{where} must be true or false")
    return value


def _above_0(unit: str) -> Callable[[object, str], float]:
    def read(value: object, where: str) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < inf:
            raise Misuse(f"{where} must be a number of {unit} above 0")
        return value

    return read


def _with_token(given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The same with what is said of a token as `token` or `source`."""
    said = [name for name in _OF_A_TOKEN if name in given]
    if len(said) > 1:
        raise Misuse(f"{where}: {' and '.join(said)} exclude each other")
    rest = {name: value for name, value in given.items() if name not in said}
    for name in said:
        value, place = given[name], f"{where}: {name}"
        if name == "token":
            rest["token"] = _text(value, place)
        elif name == "token_env":
            rest["token"] = token_in(_text(value, place))
        else:
            rest["source"] = _command(value, place) if name == "token_command" else _oauth2(value, place)
    return rest


def _command(value: object, where: str) -> Source:
    """A list of words, or a text that is split as a shell does it."""
    try:
        words = shlex.split(value) if isinstance(value, str) else value
    except ValueError as error:
        raise Misuse(f"{where} cannot be split into words: {error}") from error
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise Misuse(f"{where} must be a command: a text, or a list of words")
    return Command(tuple(words))


def _oauth2(value: object, where: str) -> Source:
    """Client credentials; `client_id_env` and `client_secret_env` name variables that hold them."""
    given = dict(_table(value, where))
    for name in ("client_id", "client_secret"):
        if f"{name}_env" in given:
            if name in given:
                raise Misuse(f"{where}: {name} and {name}_env exclude each other")
            given[name] = token_in(_text(given.pop(f"{name}_env"), f"{where}.{name}_env"))
    unknown = sorted(given.keys() - set(_OF_OAUTH2))
    missing = [name for name in _OF_OAUTH2[:3] if name not in given]
    if unknown or missing:
        raise Misuse(f"{where}: {'unknown setting' if unknown else 'it lacks'} {', '.join(unknown or missing)}")
    parameters = _texts(given.pop("parameters", {}), f"{where}.parameters")
    twice = sorted(parameters.keys() & {"grant_type", "client_id", "scope"})
    if twice:
        raise Misuse(f"{where}.parameters: {', '.join(twice)} has a place of its own")
    texts = {name: _text(text, f"{where}.{name}") for name, text in given.items()}
    texts["token_url"] = address(texts["token_url"], f"{where}.token_url")
    return ClientCredentials(**texts, parameters=parameters)


def token_in(variable: str) -> str:
    """The token that an environment variable holds, without the line break that a file leaves behind it.

    Raises Misuse when it holds none.
    """
    token = os.environ.get(variable, "").strip()
    if not token:
        raise Misuse(f"the environment variable {variable} holds no token")
    return token


def _other(value: object, where: str) -> Other:
    given = _with_token(value, where) if isinstance(value, dict) else {}
    if not given.keys() >= {"scope"} or not given.keys() & {"token", "source"}:
        raise Misuse(f"{where} must have a scope and a token")
    unknown = sorted(given.keys() - {"scope", "token", "source"})
    if unknown:
        raise Misuse(f"{where}: unknown setting {', '.join(unknown)}")
    return Other(_texts(given["scope"], f"{where}.scope"), given.get("token"), given.get("source"))


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Misuse(f"{where} must be a table")
    return value


def _capabilities(value: object, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Misuse(f"{where} must be a list of names")
    unknown = sorted(set(value) - {CONTROL})
    if unknown:
        raise Misuse(f"{where}: there is no capability {', '.join(unknown)}; there is {CONTROL}")
    return frozenset(value)


def _texts(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Misuse(f"{where} must be a table of names and texts")
    return {str(key): _text(text, f"{where}.{key}") for key, text in value.items()}


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise Misuse(f"{where} must be a non-empty text")
    return value


_READERS: Final[tuple[tuple[tuple[str, ...], Callable[[Any, str], Any]], ...]] = (
    (_TEXTS, _text),
    (_TABLES, _texts),
    (("ca_file",), lambda value, _where: Path(value)),
    (("other",), _other),
    (("capabilities",), _capabilities),
    (("verify",), _of_tls),
    (_SECONDS, _above_0("seconds")),
    (("rps",), _above_0("requests a second")),
)
