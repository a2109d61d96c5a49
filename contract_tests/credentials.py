"""Where a token comes from that is written down nowhere: a command's output, or OAuth2 client credentials.

Decides the shapes, and how a token is fetched and what is said when it cannot be. A secret stands in no
sentence. Knows no target: how to reach a token's server is passed in.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import httpx

if TYPE_CHECKING:
    from oauthlib.oauth2 import BackendApplicationClient

PATIENCE_S: Final = 60
"""How long a command may take to say the token: it may have to ask somebody."""

_NO_ANSWER: Final = "no answer of RFC 6749"
_ERROR: Final = re.compile(r"[!#-\[\]-~]{1,80}")  # RFC 6749 5.2; a terminal would obey other characters


class NoToken(Exception):
    """No token could be had. The text is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program whose output is the token. It is run without a shell."""

    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """The client credentials grant (RFC 6749 4.4), the client known by HTTP Basic (2.3.1).

    scope: what is asked for, "" for the server's own default. parameters: what its server wants beyond
    the standard, such as an audience.
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


Source = Command | ClientCredentials

Post = Callable[[str, Mapping[str, str], str, tuple[str, str]], httpx.Response]
"""Address, headers, form body, and id and secret → the reply. Raises httpx.HTTPError."""


def fetched(source: Source, post: Post) -> str:
    """A fresh token. Raises NoToken."""
    token = _said_by(source) if isinstance(source, Command) else _granted(source, post)
    if not token or any(not "!" <= letter <= "~" for letter in token):
        raise NoToken(f"{_named(source)} gives no token: what comes is not one word of plain text")
    return token


def _said_by(command: Command) -> str:
    try:
        # What it complains of goes to the user's own terminal, where it belongs.
        done = subprocess.run(command.words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise NoToken(f"{_named(command)} has not ended after {PATIENCE_S} seconds") from error
    except OSError as error:
        raise NoToken(f"{_named(command)} cannot be run: {error.strerror}") from error
    except ValueError as error:  # its text may repeat an argument
        raise NoToken(f"{_named(command)} cannot be run: a word of it holds what no argument can") from error
    if done.returncode:
        raise NoToken(f"{_named(command)} ended with status {done.returncode}")
    return done.stdout.decode("utf-8", "replace").strip()


def _granted(asked: ClientCredentials, post: Post) -> str:
    from oauthlib.oauth2 import BackendApplicationClient  # most runs have no use for it

    client = BackendApplicationClient(client_id=asked.client_id)
    body = client.prepare_request_body(scope=asked.scope or None, include_client_id=True)
    body += "".join(f"&{urlencode({name: value})}" for name, value in asked.parameters.items())
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    try:
        reply = post(asked.token_url, headers, body, (asked.client_id, asked.client_secret))
    except httpx.HTTPError as error:
        raise NoToken(f"{_named(asked)} cannot be reached: {error}") from error
    token, why = _answered(client, reply)
    if token is None:
        raise NoToken(f"{_named(asked)} gives no token: status {reply.status_code}, {why}")
    return token


def _answered(client: BackendApplicationClient, reply: httpx.Response) -> tuple[str | None, str]:
    """The token in a reply; without one, why there is none."""
    from oauthlib.oauth2 import OAuth2Error

    try:
        # Without the scope: whether what was granted will do, the server of the API will tell.
        token = client.parse_request_body_response(reply.text)["access_token"]
    except OAuth2Error as error:
        said = str(error.error)
        return None, said if _ERROR.fullmatch(said) else _NO_ANSWER
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):  # oauthlib expects an object
        return None, _NO_ANSWER
    return (token, "") if isinstance(token, str) and reply.is_success else (None, _NO_ANSWER)


def _named(source: Source) -> str:
    """What a sentence calls it: arguments may hold a secret."""
    return f"the token command {source.words[0]!r}" if isinstance(source, Command) else source.token_url
