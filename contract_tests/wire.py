"""How a call looks on the wire: its request target and its headers.

Decides what is sent for whom, once for all transports. Knows no socket and no API.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

from contract_tests.call import Call, Who
from contract_tests.target import Misuse, Target

USER_AGENT: Final = "fixtura"

_PRINTABLE: Final = string.punctuation + string.digits + string.ascii_letters
_SECRET_WORDS: Final = (
    "auth", "cookie", "credential", "jwt", "key", "pass", "secret", "session", "sign", "token",
)  # fmt: skip


def request_target(base_path: str, call: Call) -> str:
    """Path and query as they go into the request line.

    The path is sent as the call spells it: nothing is decoded, folded or encoded twice. Only what
    could not stand in a request line at all (spaces, controls, non-ASCII) is percent-encoded.
    """
    path = quote(base_path + call.path, safe=_PRINTABLE)
    if not call.query:
        return path
    return f"{path}?{urlencode(call.query, quote_via=quote, errors='surrogatepass')}"


def request_headers(target: Target, call: Call, token: str | None) -> list[tuple[str, str]]:
    """Every header of a call except Host and framing; the call's own replace the target's. token: what it shows."""
    headers = [("accept", "application/json"), ("user-agent", USER_AGENT)]
    theirs = call.who is Who.OWNER and not call.control
    headers += [pair for pair in target.headers.items() if theirs or not is_credential(pair[0])]
    if token is not None:
        headers.append(("authorization", f"Bearer {token}"))
    own = {name.lower() for name, _ in call.headers}
    return [pair for pair in headers if pair[0].lower() not in own] + list(call.headers)


def base_url(target: Target, call: Call) -> str:
    """The address that the call's path is below. Raises Misuse: a control plane that the target has not."""
    if not call.control:
        return target.base_url
    if target.control_url is None:
        raise Misuse("a call of the control plane needs a target that has one (control_url)")
    return target.control_url


def token_of(target: Target, who: Who) -> str | None:
    """The token that `who` was given, or None for no credentials.

    Raises Misuse when the target has no second tenant and one is asked for.
    """
    if who is Who.OWNER:
        return target.token
    if who is Who.NOBODY:
        return None
    if target.other is None:
        raise Misuse("a call as the second tenant needs a target that names one (other)")
    return target.other.token


def is_credential(header: str) -> bool:
    """Whether a header of that name says who is calling, so that nobody's calls must lack it."""
    return any(word in header.lower() for word in _SECRET_WORDS)


def has_credentials(target: Target) -> bool:
    """Whether the owner's calls say who is calling at all."""
    return target.has_token or any(map(is_credential, target.headers))


def encoded(headers: Sequence[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """Headers as bytes; text beyond Latin-1 goes out as UTF-8."""
    return [(name.encode("latin-1", "replace"), value.encode("utf-8", "surrogateescape")) for name, value in headers]


def decoded(headers: Sequence[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers as text, names in lower case."""
    return tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers)
