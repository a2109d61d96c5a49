"""Calls over HTTP, through one pool of kept-alive connections.

Decides what is waited out, what may be sent twice, and how a failure to get any reply is put into
one sentence. Knows no API: what a reply means is for its reader to say.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from threading import Lock
from time import monotonic, sleep, time
from typing import Final, Protocol, Self, runtime_checkable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from contract_tests.call import Call, Reply, Unreachable
from contract_tests.target import Target
from contract_tests.wire import decoded, encoded, request_headers, request_target

BUSY: Final = frozenset({429, 503})
"""Statuses that ask the caller to come back later; with Retry-After they are never a finding."""

LONGEST_WAIT_S: Final = 60.0
"""How long one call is held back in all by replies that ask for patience."""

_IDLE_S: Final = 4.0  # below the 5 s after which common servers drop an idle connection
_CONNECTIONS: Final = 64
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Meter:
    """How many requests went out, counted from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests = 0

    def add(self, times: int = 1) -> None:
        """So many requests were sent."""
        with self._lock:
            self._requests += times

    @property
    def requests(self) -> int:
        """How many in all."""
        return self._requests


@runtime_checkable
class Metered(Protocol):
    """A driver that counts; whoever sends requests past it adds them here."""

    meter: Meter


class HttpDriver:
    """Sends calls to `target.base_url`. One instance serves any number of threads.

    A reply of 429 or 503 with Retry-After is waited out, for `longest_wait_s` in all; then it is
    returned as it is. A call that failed before any byte of it was sent is sent once more, and so
    is one that writes nothing; a call that may have been carried out is never repeated.
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

        Raises Unreachable when the target's certificate authority cannot be read.
        """
        self.target = target
        self.meter = Meter()
        self._longest_wait_s = longest_wait_s
        self._pause = pause
        self._now = now
        self._base_path = urlsplit(target.base_url).path
        # The transport without httpx.Client around it: no cookies, no redirects, a third of the time saved.
        self._transport = httpx.HTTPTransport(
            verify=tls_context(target),
            proxy=proxy_for(target),
            limits=httpx.Limits(
                max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS, keepalive_expiry=_IDLE_S
            ),
        )

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply, whatever its status. Raises Unreachable."""
        patience = self._longest_wait_s
        while True:
            reply = self._exchange(call)
            wait = retry_after_s(reply)
            if wait is None or wait > patience:
                return reply
            patience -= max(wait, 0.05)  # a server that always says 0 is not asked forever
            self._pause(wait)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _exchange(self, call: Call) -> Reply:
        try:
            return self._once(call)
        except httpx.RequestError as error:
            if call.mutates and not isinstance(error, _NEVER_SENT):
                raise self._unreachable(call, error) from error
        try:
            return self._once(call)
        except httpx.RequestError as error:
            raise self._unreachable(call, error) from error

    def _once(self, call: Call) -> Reply:
        request = httpx.Request(
            call.method,
            self.target.base_url,
            headers=encoded(request_headers(self.target, call)),
            content=_content(call),
            # httpx would fold dots and re-encode the path; `target` goes into the request line as it is.
            extensions={
                "target": request_target(self._base_path, call).encode("ascii"),
                "timeout": httpx.Timeout(self.target.timeout_s).as_dict(),
            },
        )
        self.meter.add()
        started = self._now()
        response = self._transport.handle_request(request)
        try:
            body = response.read()
        finally:
            response.close()
        return Reply(
            status=response.status_code,
            headers=decoded(response.headers.raw),
            body=body,
            started=started,
            ended=self._now(),
        )

    def _unreachable(self, call: Call, error: httpx.RequestError) -> Unreachable:
        return Unreachable(f"{self.target.base_url} {why_unreachable(error, self.target.timeout_s)}, {_about(call)}")


def _content(call: Call) -> bytes | Iterator[bytes] | None:
    """The body as httpx takes it: a stream goes out in chunks, bytes with their length."""
    if call.body is not None and ("transfer-encoding", "chunked") in call.headers:
        return iter((call.body,))
    return call.body


def retry_after_s(reply: Reply) -> float | None:
    """How long a busy server asks to be left alone, in seconds; None when it does not ask.

    RFC 9110 10.2.3: a number of seconds, or a date.
    """
    text = reply.header("retry-after") if reply.status in BUSY else None
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except ValueError:
        return None


def proxy_for(target: Target) -> str | None:
    """The proxy that the environment names for the target's host; never one for this machine itself."""
    parts = urlsplit(target.base_url)
    if target.is_loopback or proxy_bypass(parts.hostname or ""):
        return None
    known = getproxies()
    return known.get(parts.scheme) or known.get("all")


def tls_context(target: Target) -> ssl.SSLContext | bool:
    """How certificates are checked. Raises Unreachable when `ca_file` holds no authority."""
    if not target.verify:
        return False
    if target.ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(target.ca_file))
    except (OSError, ssl.SSLError) as error:
        raise Unreachable(f"the certificate authority in {target.ca_file} cannot be read: {error}") from error


def why_unreachable(error: Exception, timeout_s: float) -> str:
    """The end of a sentence that starts with an address: why no reply came from there."""
    reason = _cause(error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"shows a certificate that cannot be verified: {reason.verify_message}"
    if isinstance(reason, ssl.SSLError):
        return f"does not speak TLS as expected: {reason.reason or reason}"
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
