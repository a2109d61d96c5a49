"""Is this host one to try things out on?

Decides, by its name or number alone, whether a host looks like a sandbox. The kit writes, and what it
writes are bookings: into somebody's real books it goes only when told so. No name is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from contract_tests.target import Misuse, Target, is_loopback
from spec import Profile

YES: Final = "--yes-this-host"

_WORDS: Final = (
    "sandbox", "sandboxes", "sbx", "staging", "stage", "stg", "test", "tests", "testing", "tst", "dev", "devel",
    "develop", "development", "demo", "mock", "mocks", "fake", "stub", "qa", "uat", "ci", "preview", "playground",
)  # fmt: skip
_NOBODYS: Final = ("test", "example", "invalid", "localhost", "local", "localdomain", "internal")
"""Top-level names that are nobody's, or a private network's; others, such as dev, are anybody's (RFC 2606, 6762)."""

_NUMBER: Final = re.compile(r"\d+|0x[0-9a-f]+")
_WORD: Final = re.compile(rf"(?:{'|'.join(_WORDS)})\d*")


def require_sandbox(profile: Profile, target: Target, yes: Collection[str] = ()) -> None:
    """Make sure that every host the kit would write to looks like a sandbox. Raises Misuse.

    yes: hosts for which somebody has said that it is all right.
    """
    allowed = {host.lower().rstrip(".") for host in yes}
    for url in (target.base_url, target.control_url):
        host = (urlsplit(url or "").hostname or "").rstrip(".")
        if host and host not in allowed:
            _require(profile, host)


def _require(profile: Profile, host: str) -> None:
    if host in profile.hosts.production:
        raise Misuse(
            f"{host} is where {profile.title} keeps real books, and a check writes into them:"
            f" say {YES} {host} if that is meant"
        )
    if host not in profile.hosts.sandbox and not looks_like_sandbox(host):
        raise Misuse(
            f"{host} does not look like a sandbox, and a check writes to it: say {YES} {host} if it may be written to"
        )


def looks_like_sandbox(host: str) -> bool:
    """Whether a host is this machine, in a private network, or called what sandboxes are called.

    A name without a dot is one that only a private network knows; a number without one may be any address.
    """
    if is_loopback(host):
        return True
    try:
        number = ip_address(host.partition("%")[0])
    except ValueError:
        *below, top = host.split(".")
        words = (word for label in below for word in label.split("-"))
        alone = not below and not _NUMBER.fullmatch(top)
        return alone or top in _NOBODYS or any(_WORD.fullmatch(word) for word in words)
    return number.is_private or number.is_link_local
