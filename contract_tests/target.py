"""What is being checked: an address, whose data, and with which credentials.

Decides how a target is described and read from a file. Knows no transport and no API: scope keys
are names that the API's profile gives a meaning to.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

CONTROL = "control"
"""The capability of a target whose control plane may be used, as a sandbox's may."""


class Misuse(ValueError):
    """The kit was asked for something that cannot be done. The text is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Other:
    """A second tenant on the same target: its scope, and a token that may see that scope only."""

    scope: Mapping[str, str]
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Target:
    """An implementation of one API.

    base_url: with the document's server path, without a slash at the end. scope: the profile's
    scope keys and whose data they name. headers: sent with every call; those that are credentials
    (`wire.is_credential`) only with the owner's. timeout_s: per call. verify, ca_file: whether and
    against which authority a TLS certificate is checked. capabilities: what this target offers
    beyond its document. control_url: the control plane's base, with capability "control".

    Raises Misuse when the address is not one, and when a token or a header cannot be sent; the sentence
    does not repeat it.
    """

    base_url: str
    api: str
    scope: Mapping[str, str] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    other: Other | None = None
    timeout_s: float = 10.0
    verify: bool = True
    ca_file: Path | None = None
    capabilities: frozenset[str] = frozenset()
    control_url: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", address(self.base_url, "base_url"))
        if self.control_url is not None:
            object.__setattr__(self, "control_url", address(self.control_url, "control_url"))
        _require_token(self.token, "the token")
        _require_token(self.other.token if self.other else None, "the token of other")
        for name, value in self.headers.items():
            _require_header(name, value)

    @classmethod
    def from_file(cls, path: Path | str, api: str | None = None, *, base_url: str | None = None) -> Self:
        """Read a target from a TOML or JSON file, or from a running sandbox's ready file.

        `api` chooses among several in a ready file, and must agree with a target file's own. `base_url`:
        where the target is in truth, whatever the file says.
        Raises Misuse: no such file, not TOML or JSON, unknown or ill-typed members.
        """
        path = Path(path)
        data = read_settings(path)
        if base_url is None:
            return cls.from_data(data, api, where=str(path))
        elsewhere = {key: value for key, value in data.items() if key != "base_url"}
        if "apis" in elsewhere:  # a sandbox's control plane stays with the sandbox
            elsewhere = dict(_of_sandbox(elsewhere, api, str(path)))
        return cls.from_data({**elsewhere, "base_url": base_url}, api, where=str(path))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], api: str | None = None, *, where: str = "target") -> Self:
        """The same from data that was read already; `where` names its origin in messages."""
        if "apis" in data:
            data = _of_sandbox(data, api, where)
        if api is not None and data.get("api", api) != api:
            raise Misuse(f"{where}: it describes the API {data['api']!r}, not {api!r}")
        return cls(**_checked({"api": api, **data}, where))

    @property
    def is_loopback(self) -> bool:
        """Whether the address is on this machine, so that no proxy may stand in between."""
        host = urlsplit(self.base_url).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")


def address(text: str, name: str = "url") -> str:
    """`text` as an http(s) address without a slash at the end.

    Raises Misuse when it has no host, another scheme, a query or a fragment, and when it holds
    credentials: those would be in every report.
    """
    if "@" in text.partition("://")[2].partition("/")[0]:
        raise Misuse(f"{name} holds a user or a password: give credentials as a token or in headers instead")
    try:
        parts = urlsplit(text.strip())
        _ = parts.port  # reading the port is what checks it
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise Misuse(f"{name} {text!r} is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Misuse(f"{name} {text!r} is not an address like http://127.0.0.1:8000/v1")
    if parts.query or parts.fragment:
        raise Misuse(f"{name} {text!r} may not have a query or a fragment")
    # Clients lower-case a host before they send; spelled so, an address that comes back is known again.
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl().rstrip("/")


_TOKEN: Final = re.compile(r"[!-~]+( +[!-~]+)*")
_HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE: Final = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")


def _require_token(token: str | None, name: str) -> None:
    """A token goes out in a header, which holds printable ASCII (RFC 6750 2.1)."""
    if token is not None and not _TOKEN.fullmatch(token):
        raise Misuse(f"{name} holds a line break, or another character that no token may have")


def _require_header(name: str, value: str) -> None:
    """RFC 9110 5.1, 5.5. The value may be a secret."""
    if not _HEADER_NAME.fullmatch(name):
        raise Misuse(f"{name!r} is not the name of a header")
    if not _HEADER_VALUE.fullmatch(value):
        raise Misuse(f"the header {name} holds a line break, or another character that no header may have")


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


_TABLES = ("scope", "headers")
_TEXTS = ("base_url", "api", "token", "control_url", "ca_file")


def _checked(data: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The members of a target file as arguments of Target."""
    # `check` is about the run and not about the target.
    given = {key: value for key, value in data.items() if value is not None and key != "check"}
    if "token_env" in given:
        given["token"] = _token_named(given, where)
        del given["token_env"]
    unknown = sorted(given.keys() - {known.name for known in fields(Target)})
    if unknown:
        raise Misuse(f"{where}: unknown setting {', '.join(unknown)}")
    for name in ("base_url", "api"):
        if name not in given:
            raise Misuse(f"{where}: {name} is missing")
    for name in given.keys() & set(_TEXTS):
        given[name] = _text(given[name], f"{where}: {name}")
    for name in given.keys() & set(_TABLES):
        given[name] = _texts(given[name], f"{where}: {name}")
    if "ca_file" in given:
        given["ca_file"] = Path(given["ca_file"])
    if "other" in given:
        given["other"] = _other(given["other"], f"{where}: other")
    if "capabilities" in given:
        given["capabilities"] = _capabilities(given["capabilities"], f"{where}: capabilities")
    if not isinstance(given.get("verify", True), bool):
        raise Misuse(f"{where}: verify must be true or false")
    seconds = given.get("timeout_s", 1)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds <= 0:
        raise Misuse(f"{where}: timeout_s must be a number of seconds above 0")
    return given


def _token_named(given: Mapping[str, Any], where: str) -> str:
    """The token in the environment variable that `token_env` names, so that none need stand in a file."""
    if "token" in given:
        raise Misuse(f"{where}: token and token_env exclude each other")
    return token_in(_text(given["token_env"], f"{where}: token_env"))


def token_in(variable: str) -> str:
    """The token that an environment variable holds, without the line break that a file leaves behind it.

    Raises Misuse when it holds none.
    """
    token = os.environ.get(variable, "").strip()
    if not token:
        raise Misuse(f"the environment variable {variable} holds no token")
    return token


def _other(value: object, where: str) -> Other:
    if not isinstance(value, dict):
        raise Misuse(f"{where} must have a scope and a token")
    if "token_env" in value:
        value = {**value, "token": _token_named(value, where)}
    if not value.keys() >= {"scope", "token"}:
        raise Misuse(f"{where} must have a scope and a token")
    return Other(_texts(value["scope"], f"{where}.scope"), _text(value["token"], f"{where}.token"))


def _capabilities(value: object, where: str) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Misuse(f"{where} must be a list of names")
    return frozenset(value)


def _texts(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Misuse(f"{where} must be a table of names and texts")
    return {str(key): _text(text, f"{where}.{key}") for key, text in value.items()}


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise Misuse(f"{where} must be a non-empty text")
    return value
