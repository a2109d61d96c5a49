"""Swagger UI and the document itself, beside each API.

Decides their addresses: `<base>/ui/` and `<base>/openapi.json`. Connexion serves the UI; the
document is served from here as it was loaded, because Connexion's copy has its references
resolved, which a schema that contains itself does not survive. Requests for anything else pass
by Connexion's UI router untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from connexion.middleware.swagger_ui import SwaggerUIMiddleware
from connexion.options import SwaggerUIOptions
from starlette.responses import Response

from mock_server.http.jsontext import encode
from mock_server.http.mount import path_of
from mock_server.http.refusals import Refused
from mock_server.surface import Violation, Where

if TYPE_CHECKING:
    from connexion.spec import Specification
    from starlette.types import ASGIApp, Receive, Scope, Send

    from mock_server.http.mount import Mount

_READING: Final = "GET, HEAD"
UI: Final = "/ui/"
DOCUMENT: Final = "/openapi.json"
UI_OPTIONS: Final = SwaggerUIOptions(serve_spec=False, spec_path=DOCUMENT, swagger_ui_path=UI.rstrip("/"))


class Documentation(SwaggerUIMiddleware):
    """Connexion's Swagger UI, asked only for what is its own."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._documents: dict[str, Mount] = {}
        self._ui: tuple[str, ...] = ()

    def add_api(self, specification: Specification, *, mount: Mount, **kwargs: Any) -> None:
        """Take in one document; Connexion calls this."""
        self._documents[mount.base_path + DOCUMENT] = mount
        self._ui += (mount.base_path + UI, mount.base_path + UI.rstrip("/"))
        super().add_api(specification, **kwargs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the UI or a document, or pass on."""
        path = path_of(scope) if scope["type"] == "http" else ""
        mount = self._documents.get(path)
        if mount is not None:
            if scope["method"] not in ("GET", "HEAD"):
                message = f"{scope['method']} is not offered here; the methods are {_READING}"
                raise Refused((Violation(Where.METHOD, message),), {"Allow": _READING})
            reply = Response(encode(mount.document), media_type="application/json")
            await reply(scope, receive, send)
        elif path.startswith(self._ui):
            await super().__call__(dict(scope), receive, send)  # Starlette's mounts rewrite their scope
        else:
            await self.app(scope, receive, send)
