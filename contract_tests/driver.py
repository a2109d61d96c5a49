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
from urllib.request import getproxies, proxy_bypass

import httpx

from contract_tests.call import Call, Reply, Unreachable
from contract_tests.patience import LONGEST_WAIT_S, SHORTEST_WAIT_S, retry_after_s
from contract_tests.target import Target
from contract_tests.wire import base_url, decoded, encoded, request_headers, request_target

LONGEST_REPLY: Final = 64 * 2**20
"""How many bytes of a reply's body are read; nothing that these APIs answer comes near it."""

_IDLE_S: Final = 4.0  # below the 5 s after which common servers drop an idle connection
_CONNECTIONS: Final = 64


class _TooLong(httpx.RequestError):
    """A body that does not end."""


_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_UNSENDABLE: Final = (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError)


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

        Raises Unreachable when a certificate authority cannot be read, or the proxy not be used.
        """
        self.target = target
        self.meter = Meter()
        self._longest_wait_s = longest_wait_s
        self._pause = pause
        self._now = now
        # The transport without httpx.Client around it: no cookies, no redirects, a third of the time saved.
        self._transport = _transport(target)

    def send(self, call: Call) -> Reply:
        """Send one call and return its reply, whatever its status. Raises Unreachable."""
        patience = self._longest_wait_s
        while True:
            reply = self._exchange(call)
            wait = retry_after_s(reply)
            if wait is None or wait > patience:
                return reply
            wait = max(wait, SHORTEST_WAIT_S)  # a server that always says 0 is not asked forever
            patience -= wait
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
        except _UNSENDABLE as error:
            raise self._unreachable(call, error) from error
        except httpx.RequestError as error:
            if call.mutates and not isinstance(error, _NEVER_SENT):
                raise self._unreachable(call, error) from error
        try:
            return self._once(call)
        except httpx.RequestError as error:
            raise self._unreachable(call, error) from error

    def _once(self, call: Call) -> Reply:
        base = base_url(self.target, call)
        request = httpx.Request(
            call.method,
            base,
            headers=encoded(request_headers(self.target, call)),
            content=_content(call),
            # httpx would fold dots and re-encode the path; `target` goes into the request line as it is.
            extensions={
                "target": request_target(urlsplit(base).path, call).encode("ascii"),
                "timeout": httpx.Timeout(self.target.timeout_s).as_dict(),
            },
        )
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


def _transport(target: Target) -> httpx.HTTPTransport:
    """A pool of connections to the target. Raises Unreachable."""
    verify = tls_context(target)
    try:
        return httpx.HTTPTransport(
            verify=verify,
            proxy=proxy_for(target),
            limits=httpx.Limits(
                max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS, keepalive_expiry=_IDLE_S
            ),
        )
    except OSError as error:  # of all that is read here only this comes from the environment
        where = "the certificate authorities that SSL_CERT_FILE or SSL_CERT_DIR names"
        raise Unreachable(f"{where} cannot be read: {error.strerror or error}") from error
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # Its address may hold a password, and the error repeats it.
        why = "SOCKS needs the package socksio" if isinstance(error, ImportError) else "it is no address of a proxy"
        raise Unreachable(f"the proxy of the environment (HTTP_PROXY, ALL_PROXY) cannot be used: {why}") from None


def _content(call: Call) -> bytes | Iterator[bytes] | None:
    """The body as httpx takes it: a stream goes out in chunks, bytes with their length."""
    if call.body is not None and ("transfer-encoding", "chunked") in call.headers:
        return iter((call.body,))
    return call.body


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
