"""An answer on its way out: judged against the document, encoded, sent.

Decides that a reply outside its document is this server's own fault: it is never sent, and
whoever is asking gets the API's 500 instead. Knows no API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.http.jsontext import encode
from mock_server.http.schemas import Compiled
from mock_server.surface import Where

if TYPE_CHECKING:
    from starlette.types import Send

    import spec
    from mock_server.surface import Answer

_JSON = (b"content-type", b"application/json")


class Undocumented(Exception):
    """A handler answered what its document does not allow; the text says what and why."""


class Replies:
    """What one operation may answer, compiled per status."""

    def __init__(self, document: spec.Document, operation: spec.Operation) -> None:
        self._operation = operation
        self._schemas = {
            status: Compiled(document, response.schema) if response.schema is not None else None
            for status, response in operation.responses.items()
        }
        self._required = {
            status: frozenset(name.lower() for name, required in response.headers.items() if required)
            for status, response in operation.responses.items()
        }

    async def send(self, answer: Answer, send: Send) -> None:
        """Send the answer. Raises Undocumented, and then has sent nothing."""
        if answer.judged:
            self._judge(answer)
        headers = [(name.lower().encode(), text.encode("latin-1")) for name, text in answer.headers.items()]
        raw = b""
        if answer.body is not None:
            raw = encode(answer.body)
            headers += (_JSON, (b"content-length", b"%d" % len(raw)))
        elif answer.status != 204:
            headers.append((b"content-length", b"0"))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": raw})

    def _judge(self, answer: Answer) -> None:
        status = str(answer.status)
        if status not in self._schemas:
            status = f"{status[0]}XX"
            if status not in self._schemas:
                raise self._undocumented(answer, "the status is not documented")
        schema = self._schemas[status]
        if schema is None:
            if answer.body is not None:
                raise self._undocumented(answer, "no body is documented")
        elif not schema.accepts(answer.body):
            found = schema.violations(answer.body, Where.SERVER)
            faults = "; ".join(f"{one.pointer or 'the body'} {one.message}" for one in found)
            raise self._undocumented(answer, faults)
        absent = self._required[status] and self._required[status] - {name.lower() for name in answer.headers}
        if absent:
            raise self._undocumented(answer, f"without the header {', '.join(sorted(absent))}")

    def _undocumented(self, answer: Answer, why: str) -> Undocumented:
        return Undocumented(f"{self._operation.operation_id} answered {answer.status}: {why}")
