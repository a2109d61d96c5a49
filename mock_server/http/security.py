"""Bearer tokens, inside Connexion's own security.

Decides what counts as a credential (one `Authorization: Bearer …`, the scheme in any casing) and
when a 401 blames the token. Connexion decides which operations ask for one, from the document;
who a token belongs to is the API's (`Surface.identify`).

Connexion's stock handlers look functions up by name and inspect their signatures for each
request; this one is bound to its mount, and costs a fifth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connexion.exceptions import OAuthProblem
from connexion.security import AbstractSecurityHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from connexion.lifecycle import ConnexionRequest
    from starlette.types import Scope

    from mock_server.http.mount import Mount

_GRANT = "grant"


class BearerToken(AbstractSecurityHandler):
    """Connexion's handler for `type: http, scheme: bearer` (and for oauth2, whose tokens are the same)."""

    def __init__(self, mount: Mount) -> None:
        self._mount = mount

    def get_fn(
        self, security_scheme: Mapping[str, Any], required_scopes: list[str]
    ) -> Callable[[ConnexionRequest], Mapping[str, Any]]:
        """The check of one request: Connexion's token info, or OAuthProblem raised."""
        del security_scheme, required_scopes

        def check(request: ConnexionRequest) -> Mapping[str, Any]:
            grant = self._mount.surface.identify(token_in(request.scope))
            if grant is None:
                raise OAuthProblem("the bearer token is not one that is accepted here")
            return {_GRANT: grant}

        return check


def token_in(scope: Scope) -> str:
    """The bearer token of a request.

    Raises OAuthProblem where there is none, or credentials of another kind, or malformed or several.
    """
    sent = [value for name, value in scope["headers"] if name == b"authorization"]
    if not sent:
        raise OAuthProblem("a bearer token is needed in the Authorization header")
    scheme, _, token = sent[0].partition(b" ")
    token = token.strip()
    if len(sent) > 1 or scheme.lower() != b"bearer" or not token or b" " in token:
        raise OAuthProblem("the Authorization header must be 'Bearer' and one token")
    return str(token, "latin-1")


def grant_in(scope: Scope) -> Any:
    """What `Surface.identify` returned for this request, or None where no token was asked for."""
    context = scope["extensions"].get("connexion_context")
    return context["token_info"].get(_GRANT) if context else None


def challenge(scope: Scope) -> str:
    """The WWW-Authenticate of a 401 (RFC 6750 3): a fault is named only where a token was sent."""
    sent = any(name == b"authorization" for name, _ in scope["headers"])
    return 'Bearer realm="fixtura", error="invalid_token"' if sent else 'Bearer realm="fixtura"'
