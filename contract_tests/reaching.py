"""The way to a target: by which proxy, and whose word is taken for its certificate.

Decides what of the target and of the environment settles that. Knows no call.
"""

from __future__ import annotations

import ssl
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from contract_tests.call import Unreachable
from contract_tests.target import Target, is_loopback

_IDLE_S: Final = 4.0  # below the 5 s after which common servers drop an idle connection
_CONNECTIONS: Final = 64


def transport_to(target: Target, url: str = "") -> httpx.HTTPTransport:
    """A pool of connections to the target, or to `url` by the way that leads to it. Raises Unreachable."""
    verify = tls_context(target)
    try:
        return httpx.HTTPTransport(
            verify=verify,
            proxy=proxy_for(target, url),
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
        whose = "the proxy of the environment (HTTP_PROXY, ALL_PROXY)" if target.proxy is None else "the target's proxy"
        raise Unreachable(f"{whose} cannot be used: {why}") from None


def proxy_for(target: Target, url: str = "") -> str | None:
    """The proxy to `url` (the target's base URL without one): the target's own, else the environment's.

    The environment's is never asked for this machine itself.
    """
    if target.proxy is not None:
        return target.proxy
    parts = urlsplit(url or target.base_url)
    if is_loopback(parts.hostname or "") or proxy_bypass(parts.hostname or ""):
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
