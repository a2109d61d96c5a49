"""Histories as an HTTP archive (HAR 1.2), for browsers' and proxies' viewers.

Decides how a call and its reply are written down there. Tokens are not told.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from http.client import responses
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from contract_tests.call import Call, Reply, Who
from contract_tests.origin import Origin
from contract_tests.verdict import Step
from contract_tests.wire import USER_AGENT, request_target

_SECRET_OF_REPLIES: Final = frozenset({"set-cookie", "set-cookie2"})


def har(
    histories: Iterable[tuple[str, Sequence[Step]]],
    origin: Origin,
    *,
    wall: datetime | None = None,
    ticks: float | None = None,
) -> dict[str, Any]:
    """The archive as JSON data: one page for each (title, history).

    `wall` is the time of day at the monotonic second `ticks`; both are now by default.
    """
    now = wall or datetime.now(UTC)
    ticks = monotonic() if ticks is None else ticks
    pages: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for number, (title, history) in enumerate(histories, 1):
        page = f"page_{number}"
        first = history[0].reply.started if history else ticks
        pages.append({"id": page, "title": title, "startedDateTime": _moment(now, ticks, first), "pageTimings": {}})
        entries += [_entry(step, origin, page, _moment(now, ticks, step.reply.started)) for step in history]
    creator = {"name": USER_AGENT, "version": "1"}
    return {"log": {"version": "1.2", "creator": creator, "pages": pages, "entries": entries}}


def _entry(step: Step, origin: Origin, page: str, moment: str) -> dict[str, Any]:
    elapsed_ms = max(0.0, (step.reply.ended - step.reply.started) * 1000)
    return {
        "pageref": page,
        "startedDateTime": moment,
        "time": elapsed_ms,
        "request": _request(step.call, origin),
        "response": _response(step.reply),
        "cache": {},
        "timings": {"send": 0, "wait": elapsed_ms, "receive": 0},
        "comment": step.note,
    }


def _request(call: Call, origin: Origin) -> dict[str, Any]:
    address = urlsplit(origin.control_url if call.control else origin.base_url)
    target = request_target(address.path, call)
    headers = {**origin.headers, **dict(call.headers)}
    if call.who is not Who.NOBODY and not call.control and not any(name.lower() == "authorization" for name in headers):
        headers["authorization"] = f"Bearer ({call.who.value}'s token)"
    request: dict[str, Any] = {
        "method": call.method,
        "url": f"{address.scheme}://{address.netloc}{target}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": value} for name, value in headers.items()],
        "queryString": [{"name": name, "value": value} for name, value in call.query],
        "headersSize": -1,
        "bodySize": len(call.body or b""),
    }
    if call.body is not None:
        kind = next((value for name, value in call.headers if name.lower() == "content-type"), "")
        request["postData"] = {"mimeType": kind, "text": call.body.decode("utf-8", "backslashreplace")}
    return request


def _response(reply: Reply) -> dict[str, Any]:
    content: dict[str, Any] = {"size": len(reply.body), "mimeType": reply.header("content-type") or ""}
    try:
        content["text"] = reply.body.decode("utf-8")
    except UnicodeDecodeError:
        content |= {"text": base64.b64encode(reply.body).decode("ascii"), "encoding": "base64"}
    return {
        "status": reply.status,
        "statusText": responses.get(reply.status, ""),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [{"name": name, "value": _told(name, value)} for name, value in reply.headers],
        "content": content,
        "redirectURL": reply.header("location") or "",
        "headersSize": -1,
        "bodySize": len(reply.body),
    }


def _told(name: str, value: str) -> str:
    """A reply's header; a cookie may be as good as a token."""
    return "(not told)" if name.lower() in _SECRET_OF_REPLIES else value


def _moment(now: datetime, ticks: float, at: float) -> str:
    return (now - timedelta(seconds=ticks - at)).isoformat(timespec="milliseconds")
