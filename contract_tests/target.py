"""What is being checked: an address, whose data, and with which credentials.

Decides how a target is described; how a file says it is in `target_file`. Knows no transport and no API:
scope keys and open points are names that the API's profile gives a meaning to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from math import inf
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from contract_tests.credentials import Source
from spec import Overrides

CONTROL = "control"
"""The capability of a target whose control plane may be used, as a sandbox's may."""


class Misuse(ValueError):
    """The kit was asked for something that cannot be done. The text is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Other:
    """A second tenant on the same target: its scope, and a token, or its source, that may see that scope only."""

    scope: Mapping[str, str]
    token: str | None = field(default=None, repr=False)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """An implementation of one API.

    base_url: with the document's server path, without a slash at the end. scope: the profile's
    scope keys and whose data they name. headers: sent with every call; those that are credentials
    (`wire.is_credential`) only with the owner's. source: where the token comes from, if not given.
    timeout_s, connect_timeout_s: per call. verify, ca_file: whether and against which authority a TLS
    certificate is checked. proxy: the way there; None for the environment's. rps: requests a second, at most.
    capabilities: what this target offers beyond its document. control_url: the control plane's base, with
    capability "control". overrides: what this target makes of the profile's open points.

    Raises Misuse when the address is not one, a number is not above 0 or without end, and when a token or a
    header cannot be sent; the sentence does not repeat it.
    """

    base_url: str
    api: str
    scope: Mapping[str, str] = field(default_factory=dict)
    token: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    other: Other | None = None
    source: Source | None = None
    timeout_s: float = 10.0
    connect_timeout_s: float = 10.0
    verify: bool = True
    ca_file: Path | None = None
    proxy: str | None = field(default=None, repr=False)
    rps: float | None = None
    capabilities: frozenset[str] = frozenset()
    control_url: str | None = None
    overrides: Overrides = field(default_factory=Overrides)

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", address(self.base_url, "base_url"))
        if self.control_url is not None:
            object.__setattr__(self, "control_url", address(self.control_url, "control_url"))
        for name in ("timeout_s", "connect_timeout_s", "rps"):
            number = getattr(self, name)
            if number is not None and not 0 < number < inf:
                raise Misuse(f"{name} must be a number above 0")
        _require_token(self.token, "the token")
        _require_token(self.other.token if self.other else None, "the token of other")
        if self.proxy is not None and not _PROXY.match(self.proxy):  # which may hold a password
            raise Misuse("proxy is not an address like http://proxy.example:3128")
        for name, value in self.headers.items():
            _require_header(name, value)

    @classmethod
    def from_file(cls, path: Path | str, api: str | None = None, *, base_url: str | None = None) -> Self:
        """Read a target from a TOML or JSON file, or from a running sandbox's ready file.

        `api` chooses among several in a ready file, and must agree with a target file's own. `base_url`:
        where the target is in truth, whatever the file says.
        Raises Misuse: no such file, not TOML or JSON, unknown or ill-typed members.
        """
        from contract_tests.target_file import target_in  # which knows this class

        return cls(**target_in(Path(path), api, base_url=base_url))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], api: str | None = None, *, where: str = "target") -> Self:
        """The same from data that was read already; `where` names its origin in messages."""
        from contract_tests.target_file import target_of

        return cls(**target_of(data, api, where))

    @property
    def has_token(self) -> bool:
        """Whether the owner has a token, or a source of some."""
        return self.token is not None or self.source is not None

    @property
    def is_loopback(self) -> bool:
        """Whether the address is on this machine, so that no proxy may stand in between."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or number alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, whatever its first label
        return False


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


_PROXY: Final = re.compile(r"(https?|socks5h?)://[^\s/]+/?\Z")
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
