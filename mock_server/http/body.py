"""A request's body: its media type, its size, its JSON, its schema, in this order.

Decides what is 415 (no or another media type, another charset than UTF-8), what is too large, and
that a body ends where its transfer ends, whatever Content-Length says. Knows no API.
"""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING, Any, Final

from mock_server.http.jsontext import NotKept, decode
from mock_server.http.refusals import ClientGone, Refused
from mock_server.http.schemas import Compiled
from mock_server.surface import Where

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

    import spec

MAX_BODY_BYTES: Final = 2 * 1024 * 1024
"""Larger bodies are refused as a whole (413): twice what the longest text that is judged needs."""

_JSON: Final = "application/json"


class Body:
    """The body of one operation, compiled."""

    def __init__(self, document: spec.Document, schema: spec.Schema, *, required: bool) -> None:
        self._schema = Compiled(document, schema)
        self._required = required

    async def read(self, scope: Scope, receive: Receive) -> Any:
        """The parsed and valid body, None where an optional one was not sent.

        Raises Refused with every violation of the first step that finds any, and ClientGone.
        """
        declared = _declared(scope)
        if declared is not None and not _is_json(declared):
            raise Refused.because(Where.MEDIA_TYPE, f"the media type must be {_JSON} in UTF-8")
        raw = await _received(scope, receive)
        if not raw and not self._required:
            return None
        if not raw:
            raise Refused.because(Where.BODY, "a JSON body is required", keyword="required")
        if declared is None:
            raise Refused.because(Where.MEDIA_TYPE, f"the body has no media type; it must be {_JSON}")
        try:
            value = decode(raw)
        except NotKept as fault:
            raise Refused.because(Where.JSON, fault.message, fault.pointer) from None
        if not self._schema.accepts(value):
            raise Refused(self._schema.violations(value, Where.BODY))
        return value


def _declared(scope: Scope) -> bytes | None:
    """The Content-Type; several that differ are joined, which makes them none that is known."""
    sent = {value for name, value in scope["headers"] if name == b"content-type"}
    return b", ".join(sorted(sent)) if sent else None


def _is_json(declared: bytes) -> bool:
    if declared == b"application/json":
        return True
    header = Message()
    header["Content-Type"] = str(declared, "latin-1")
    charset = header.get_param("charset", "utf-8")
    return header.get_content_type() == _JSON and str(charset).lower() in ("utf-8", "utf8")


async def _received(scope: Scope, receive: Receive) -> bytes:
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    if announced.isdigit() and int(announced[:20]) > MAX_BODY_BYTES:
        raise _too_large()
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise _too_large()
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _too_large() -> Refused:
    return Refused.because(Where.SIZE, f"the body is larger than {MAX_BODY_BYTES} bytes")
