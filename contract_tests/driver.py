"""Calls over HTTP, through one pool of kept-alive connections.

Decides what is waited out, what may be sent twice, and how a failure to get any reply is put into
one sentence. Knows no API: what a reply means is for its reader to say.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic, sleep
from typing import Final, Protocol, Self, runtime_checkable
from urllib.parse import urlsplit

import httpx

from contract_tests.call import Call, Reply, Unreachable, Who
from contract_tests.pace import Pace
from contract_tests.patience import LONGEST_WAIT_S, SHORTEST_WAIT_S, retry_after_s
from contract_tests.reaching import transport_to
from contract_tests.target import Target
from contract_tests.tokens import Tokens
from contract_tests.wire import base_url, decoded, encoded, request_headers, request_target

LONGEST_REPLY: Final = 64 * 2**20
"""How many bytes of a reply's body are read; nothing that these APIs answer comes near it."""


class _TooLong(httpx.RequestError):
    """A body that does not end."""


_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_UNSENDABLE: Final = (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError)


class Meter:
    """How many requests went out, and how often the target wanted to be left alone; counted from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests = 0
        self._pleas = 0
        self._longest_s = 0.0

    def add(self, times: int = 1) -> None:
        """So many requests were sent."""
        with self._lock:
            self._requests += times

    def plead(self, seconds: float) -> None:
        """A reply asked for patience, for so long."""
        with self._lock:
            self._pleas += 1
            self._longest_s = max(self._longest_s, seconds)

    @property
    def requests(self) -> int:
        """How many in all."""
        return self._requests

    @property
    def pleas(self) -> tuple[int, float]:
        """How many replies asked for patience, and for how many seconds the longest of them."""
        return self._pleas, self._longest_s


@runtime_checkable
class Metered(Protocol):
    """A driver that counts; whoever sends requests past it asks for leave here, and adds them."""

    meter: Meter

    def leave(self, refused: str | None = None) -> str | None:
        """Wait until one more request may go out, and give the owner's token for it.

        refused: a token that was answered with 401; there may be another one now. Raises Unreachable.
        """


class HttpDriver:
    """Sends calls to `target.base_url`. One instance serves any number of threads.

    A reply of 429, or 503 with Retry-After, was not carried out: everybody waits as long as it says (a second
    where it does not), at most `longest_wait_s` for one call in all; then it is returned as it is. A call that
    failed before any byte of it was sent is sent once more, and so is one that writes nothing. A call that may
    have been carried out is never repeated, not even where an external id would make that harmless: whether it
    does is among the things to be found out. After a 401 a token that can be fetched is, and the call sent once more.
    """

    def __init__(
        self,
        target: Target,
        *,
        longest_wait_s: float = LONGEST_WAIT_S,
        pause: Callable[[float], None] = sleep,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """`pause` and `now` are the clock that waiting is measured with.

        Raises Unreachable when a certificate authority cannot be read, or the proxy not be used.
        """
        self.target = target
        self.meter = Meter()
        self._longest_wait_s = longest_wait_s
        self._pace = Pace(target.rps, pause=pause, now=now)
        self._tokens = Tokens(target)
        self._now = now
        # The transport without httpx.Client around it: no cookies, no redirects, a third of the time saved.
        self._transport = transport_to(target)

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply, whatever its status. Raises Unreachable."""
        token = self._tokens.shown_by(call)
        reply = self._patiently(call, token)
        if self._tokens.renewed(call.who, token, reply.status):
            reply = self._patiently(call, self._tokens.shown_by(call))
        return reply

    def leave(self, refused: str | None = None) -> str | None:
        """Wait until one more request may go out, and give the owner's token for it; see `Metered`."""
        if refused is not None:
            self._tokens.renewed(Who.OWNER, refused, httpx.codes.UNAUTHORIZED)
        self._pace.turn()
        return self._tokens.of(Who.OWNER)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _patiently(self, call: Call, token: str | None) -> Reply:
        patience = self._longest_wait_s
        while True:
            reply = self._exchange(call, token)
            wait = retry_after_s(reply)
            if wait is None:
                return reply
            self.meter.plead(wait)
            wait = max(wait, SHORTEST_WAIT_S)  # a server that always says 0 is not asked forever
            self._pace.hold(min(wait, self._longest_wait_s))
            if wait > patience:
                return reply
            patience -= wait

    def _exchange(self, call: Call, token: str | None) -> Reply:
        try:
            return self._once(call, token)
        except _UNSENDABLE as error:
            raise self._unreachable(call, error) from error
        except httpx.RequestError as error:
            if call.mutates and not isinstance(error, _NEVER_SENT):
                raise self._unreachable(call, error) from error
        try:
            return self._once(call, token)
        except httpx.RequestError as error:
            raise self._unreachable(call, error) from error

    def _once(self, call: Call, token: str | None) -> Reply:
        base = base_url(self.target, call)
        request = httpx.Request(
            call.method,
            base,
            headers=encoded(request_headers(self.target, call, token)),
            content=_content(call),
            # httpx would fold dots and re-encode the path; `target` goes into the request line as it is.
            extensions={
                "target": request_target(urlsplit(base).path, call).encode("ascii"),
                "timeout": httpx.Timeout(self.target.timeout_s, connect=self.target.connect_timeout_s).as_dict(),
            },
        )
        self._pace.turn()
        self.meter.add()
        started = self._now()
        response = self._transport.handle_request(request)
        try:
            body = self._body(request, response, started + self.target.timeout_s)
        finally:
            response.close()
        return Reply(
            status=response.status_code,
            headers=decoded(response.headers.raw),
            body=body,
            started=started,
            ended=self._now(),
        )

    def _body(self, request: httpx.Request, response: httpx.Response, deadline: float) -> bytes:
        """The whole body. Raises RequestError when it has not ended in time, or does not seem to end."""
        parts, size, late = [], 0, False
        for part in response.iter_bytes():
            if late:  # the transport's own limit is for each read, however little comes
                raise httpx.ReadTimeout("the body goes on", request=request)
            parts.append(part)
            size += len(part)
            if size > LONGEST_REPLY:
                raise _TooLong("a body without end", request=request)
            late = self._now() > deadline
        return b"".join(parts)

    def _unreachable(self, call: Call, error: Exception) -> Unreachable:
        return Unreachable(f"{self.target.base_url} {why_unreachable(error, self.target.timeout_s)}, {_about(call)}")


def _content(call: Call) -> bytes | Iterator[bytes] | None:
    """The body as httpx takes it: a stream goes out in chunks, bytes with their length."""
    if call.body is not None and ("transfer-encoding", "chunked") in call.headers:
        return iter((call.body,))
    return call.body


def why_unreachable(error: Exception, timeout_s: float) -> str:
    """The end of a sentence that starts with an address: why no reply came from there."""
    reason = _cause(error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"shows a certificate that cannot be verified: {reason.verify_message}"
    if isinstance(reason, ssl.SSLError):
        return f"does not speak TLS as expected: {reason.reason or reason}"
    if isinstance(error, _TooLong):
        return f"answers with more than {LONGEST_REPLY >> 20} MiB"
    if isinstance(error, _UNSENDABLE):  # its text may repeat a header, and so a secret
        return "was sent nothing: the call cannot be written as HTTP"
    if isinstance(error, httpx.TimeoutException):
        return f"did not answer within {timeout_s:g} seconds"
    if isinstance(error, httpx.ConnectError):
        return f"cannot be reached: {error}"
    if isinstance(error, httpx.RemoteProtocolError):
        return f"does not speak HTTP as expected: {error}"
    return f"broke off the connection: {error or type(error).__name__}"


def _cause(error: BaseException) -> BaseException:
    """The innermost reason: httpx wraps httpcore's error, which wraps the socket's."""
    for link in _chain(error):
        if isinstance(link, ssl.SSLError):
            return link
    return error


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _about(call: Call) -> str:
    return f"asked for {call.method} {call.path}"
