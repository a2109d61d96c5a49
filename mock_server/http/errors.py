"""Whatever went wrong before or beside an operation, in the words of the API it was meant for.

Decides that every error below an API's prefix has that API's own shape (unknown paths, methods,
tokens, crashes, and what Connexion or Starlette raise by themselves), and what is said where no
API is. These are Connexion's error handlers. Knows no API.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from connexion.exceptions import OAuthProblem
from connexion.lifecycle import ConnexionResponse
from starlette.exceptions import HTTPException

from mock_server.http.jsontext import encode
from mock_server.http.refusals import Refused
from mock_server.http.security import challenge
from mock_server.surface import Answer, Violation, Where

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from connexion.lifecycle import ConnexionRequest

    from mock_server.http.mount import Mounts

_LOG = logging.getLogger(__name__)

_NO_API: Final = {
    Where.ROUTE: HTTPStatus.NOT_FOUND,
    Where.METHOD: HTTPStatus.METHOD_NOT_ALLOWED,
}
_RAISED_BY_STARLETTE: Final = {404: Where.ROUTE, 405: Where.METHOD}


class ErrorHandlers:
    """Renders exceptions. `by_exception` is what `AsyncApp.add_error_handler` wants to know."""

    def __init__(self, mounts: Mounts) -> None:
        self._mounts = mounts
        self.by_exception: Mapping[type[Exception], Callable[..., Awaitable[ConnexionResponse]]] = {
            Refused: self._refused,
            OAuthProblem: self._unauthorized,
            HTTPException: self._http_exception,
            Exception: self._crashed,
        }

    async def _refused(self, request: ConnexionRequest, error: Refused) -> ConnexionResponse:
        return self._reply(request, error.violations, error.headers)

    async def _unauthorized(self, request: ConnexionRequest, error: OAuthProblem) -> ConnexionResponse:
        found = Violation(Where.TOKEN, str(error.detail))
        return self._reply(request, (found,), {"WWW-Authenticate": challenge(request.scope)})

    async def _http_exception(self, request: ConnexionRequest, error: HTTPException) -> ConnexionResponse:
        where = _RAISED_BY_STARLETTE.get(error.status_code)
        if where is None:
            return await self._crashed(request, error)
        return self._reply(request, (Violation(where, str(error.detail)),), error.headers or {})

    async def _crashed(self, request: ConnexionRequest, error: Exception) -> ConnexionResponse:
        scope = request.scope
        _LOG.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
        return self._reply(request, (Violation(Where.SERVER, "this server made a mistake; see its log"),), {})

    def _reply(
        self, request: ConnexionRequest, violations: Sequence[Violation], headers: Mapping[str, str]
    ) -> ConnexionResponse:
        mount = self._mounts.of(request.scope)
        answer = mount.surface.refuse(violations) if mount is not None else self._neutral(violations)
        return ConnexionResponse(
            status_code=answer.status,
            content_type="application/json",
            body=b"" if request.scope["method"] == "HEAD" else encode(answer.body),
            headers={**answer.headers, **headers},
        )

    def _neutral(self, violations: Sequence[Violation]) -> Answer:
        status = _NO_API.get(violations[0].where, HTTPStatus.INTERNAL_SERVER_ERROR)
        message = "; ".join(violation.message for violation in violations)
        here = sorted(mount.base_path for mount in self._mounts.all)
        return Answer(status, {"error": message, "status": int(status), "base_paths": here})
