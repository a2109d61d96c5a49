"""One routed middleware in place of Connexion's request and response validation.

Decides the order in which a request is judged: token (Connexion's security, just before this),
path parameters, `admit`, headers, query, body, handler, reply. A later step is not looked at
where an earlier one fails: a caller without a token learns nothing of the body's faults, and an
unknown business is 404 whatever was sent to it. All violations of one step are reported
together. What a violation is answered with is the API's.

Connexion 3.3 builds validators, signatures and decorators anew for each request; here all that
the document determines is compiled once per operation. It is a `RoutedMiddleware`, as Connexion
calls the ones that find their operation by the routing context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware

from mock_server.http.body import Body
from mock_server.http.parameters import Parameters
from mock_server.http.refusals import ClientGone, Refused
from mock_server.http.replies import Replies
from mock_server.http.security import grant_in
from mock_server.surface import Refusal, Request

if TYPE_CHECKING:
    from connexion.operations import AbstractOperation
    from starlette.types import Receive, Scope, Send

    import spec
    from mock_server.http.mount import Mount
    from mock_server.surface import Answer


class CompiledOperation:
    """One operation of a document: an ASGI app that takes the request through its steps."""

    def __init__(self, mount: Mount, operation: spec.Operation) -> None:
        document = mount.document
        self._id = operation.operation_id
        self._mount = mount
        self._secured = operation.secured
        self._parameters = Parameters(document, operation.parameters)
        self._body = (
            None if operation.body is None else Body(document, operation.body, required=operation.body_required)
        )
        self._replies = Replies(document, operation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request. What is nobody's refusal but a bug propagates."""
        surface = self._mount.surface
        try:
            answer = await self._answer(scope, receive)
        except Refused as refused:
            answer = surface.refuse(refused.violations)
        except Refusal as refusal:
            answer = refusal.answer
        except ClientGone:
            return
        await self._replies.send(answer, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        surface, parameters = self._mount.surface, self._parameters
        request = Request(
            operation_id=self._id,
            path=parameters.path(scope["path_params"]),
            headers=parameters.headers(scope),
            grant=grant_in(scope) if self._secured else None,
        )
        surface.admit(request)
        parameters.judge(request.headers)
        request.query = parameters.query(scope)
        if self._body is not None:
            request.body = await self._body.read(scope, receive)
        wait = surface.waits.get(self._id)
        if wait is not None:
            await wait(request)
        return surface.handlers[self._id](request)


class _CompiledApi(RoutedAPI[CompiledOperation]):
    """The operations of one document, which Connexion walks."""

    def __init__(self, *args: Any, mount: Mount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mount = mount
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> CompiledOperation:
        return CompiledOperation(self._mount, self._mount.operations[operation.operation_id])


class Operations(RoutedMiddleware[_CompiledApi]):
    """The middleware: Connexion hands it the documents, and each request with its operationId."""

    api_cls = _CompiledApi
