"""A small server that is no accounting API: boxes with things in them, for tests of the kit's tools.

`Toy` is an ASGI application that keeps its document (`toy_api.py`). Each name in `faults` makes it
wrong in one way; nothing of it is shared with the kit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

SHOP = "5f6b1c7e-0000-4000-8000-000000000001"
OTHER_SHOP = "5f6b1c7e-0000-4000-8000-000000000002"
TOKENS = {"toy-token": SHOP, "toy-other": OTHER_SHOP}

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BOXES = re.compile(r"/v1/shops/([^/]+)/boxes")
BOX = re.compile(r"/v1/shops/([^/]+)/boxes/([^/]+)")
SETTINGS = re.compile(r"/v1/shops/([^/]+)/settings")
ROUTES = ((BOXES, ("GET", "POST")), (BOX, ("GET", "PATCH", "DELETE")), (SETTINGS, ("GET", "PATCH")))
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Refused(Exception):
    """An answer with an error."""

    def __init__(self, status: int, text: str, **headers: str) -> None:
        super().__init__(text)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class Toy:
    """The server. busy: so many replies of 429 first. seen, bodies: every request, as it came.

    named: every name that a box has been given.
    """

    faults: frozenset[str] = frozenset()
    busy: int = 0
    retry_after: str | None = "0"
    numeric_ids: bool = False
    boxes: dict[str, dict[str, Any]] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    named: list[Any] = field(default_factory=list)
    lives: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: count(700))

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        path = scope["raw_path"].decode()
        self.seen.append((scope["method"], f"{path}?{query}" if query else path, headers))
        self.bodies.append(body)
        status, answer, extra = self._answer(scope["method"], path, query, headers, body)
        await self._send(send, status, answer, extra, scope["method"])

    async def _send(self, send: Send, status: int, answer: Any, extra: dict[str, str], method: str) -> None:
        payload = b"" if answer is None else json.dumps(answer).encode()
        if "wrong media type" in self.faults:
            extra = {**extra, "content-type": "text/plain"}
        elif answer is not None:
            extra = {"content-type": "application/json", **extra}
        raw = [(name.encode(), value.encode()) for name, value in extra.items()]
        raw.append((b"content-length", str(len(payload)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else payload})

    def _answer(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        if self.busy:
            self.busy -= 1
            return 429, {"error": "busy"}, {} if self.retry_after is None else {"retry-after": self.retry_after}
        try:
            route, methods, groups = self._route(path)
            self._admit(method, headers, groups, query, methods)
            if route is SETTINGS:
                return 200, {"data": {"colour": "grey"}}, {}
            if route is BOX:
                return self._one(method, groups[1], headers, body)
            return self._all(method, query, headers, body)
        except Refused as refused:
            return refused.status, {"error": str(refused)}, refused.headers

    def _route(self, path: str) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
        if "%00" in path and "crash on odd path" in self.faults:
            raise Refused(500, "boom")
        for pattern, methods in ROUTES:
            match = pattern.fullmatch(path)
            if match:
                return pattern, methods, match.groups()
        raise Refused(404, "nothing here")

    def _admit(
        self, method: str, headers: dict[str, str], groups: tuple[str, ...], query: str, methods: tuple[str, ...]
    ) -> None:
        asked = "GET" if method == "HEAD" and "no head" not in self.faults else method
        if asked not in methods:
            allow = "GET" if "short allow" in self.faults else ", ".join(methods)
            if "any method" in self.faults:
                raise Refused(200, "why not")
            raise Refused(405, "no such method", **({} if "no allow" in self.faults else {"allow": allow}))
        token = headers.get("authorization", "").removeprefix("Bearer ")
        shop = TOKENS.get(token)
        if token and "any token" in self.faults:
            shop = groups[0]
        if shop is None and not ("open list" in self.faults and method == "GET"):
            raise Refused(
                401, "who are you?", **({} if "no challenge" in self.faults else {"www_authenticate": "Bearer"})
            )
        if shop is not None and groups[0] != shop:
            raise Refused(404, "no such shop")
        if method == "HEAD" and "odd head" in self.faults:
            raise Refused(403, "")

    def _all(self, method: str, query: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, dict[str, str]]:
        if method in ("GET", "HEAD"):
            limit = self._limit(query)
            shown = list(self.boxes.values())[:limit]
            return 200, {"data": shown, **({"colour": 1} if "extra members" in self.faults else {})}, {}
        given = self._body(headers, body, partial=False)
        if "crash on the example" in self.faults and str(given.get("name", "")).endswith("blue"):
            raise Refused(500, "boom")
        if str(given.get("name", "")).startswith("late") and "undeclared status" in self.faults:
            return 299, {"data": None}, {}
        box = {"id": self._id(), "name": "", "size": 0, "inside": None, "tags": None, "owner": {"id": str(UUID(int=7))}}
        box.update({key: value for key, value in given.items() if key in box and key not in ("id", "owner")})
        self.boxes[str(box["id"])] = box
        if "owner not a uuid" in self.faults:
            return 201, {"data": {**box, "owner": {"id": "me"}}}, {}
        if "size lost" in self.faults:
            return 201, {"data": {key: value for key, value in box.items() if key != "size"}}, {}
        return (200 if "other status" in self.faults else 201), {"data": box}, {}

    def _one(self, method: str, box_id: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, dict[str, str]]:
        box = self.boxes.get(box_id)
        if box is None:
            raise Refused(404, "no such box")
        if method == "PATCH":
            given = self._body(headers, body, partial=True)
            box.update({key: value for key, value in given.items() if key in box and key not in ("id", "owner")})
        if method == "DELETE":
            del self.boxes[box_id]
            return 204, None, {}
        return 200, {"data": box}, {}

    def _limit(self, query: str) -> int:
        given = [value for key, value in parse_qsl(query, keep_blank_values=True) if key == "limit"]
        if len(given) > 1 and "repeated" not in self.faults:
            raise Refused(400, "one limit")
        if given and not re.fullmatch(r"[1-9]\d{0,2}", given[0], re.ASCII):
            if "lax query" in self.faults:
                return 10
            raise Refused(400, "limit is a number from 1 to 999")
        return int(given[0]) if given else 100

    def _body(self, headers: dict[str, str], body: bytes, *, partial: bool) -> dict[str, Any]:
        if "chunked" in headers.get("transfer-encoding", "") and "no chunks" in self.faults:
            raise Refused(400, "a body, please")
        kind = headers.get("content-type", "")
        media = kind.partition(";")[0].strip()
        if "media case" not in self.faults:
            media = media.lower()
        if media != "application/json" and "any media type" not in self.faults:
            raise Refused(415, "application/json, please")
        given = self._parsed(body)
        if not isinstance(given, dict):
            raise Refused(400, "an object, please")
        self._check(given, partial=partial)
        self.named += [given["name"]] if "name" in given else []
        return given

    def _parsed(self, body: bytes) -> Any:
        lax = "lax json" in self.faults
        try:
            text = body.decode("utf-8", "replace" if lax else "strict")
            given = json.loads(text, parse_constant=None if lax else _refuse, object_pairs_hook=self._members)
            json.dumps(given, ensure_ascii=False, allow_nan=lax).encode()
        except RecursionError:
            raise Refused(500 if "crash on depth" in self.faults else 400, "too deep") from None
        except ValueError as error:
            raise Refused(400, str(error)) from error
        return given

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs) and "duplicates" not in self.faults:
            raise ValueError("a member twice")
        return members

    def _check(self, given: dict[str, Any], *, partial: bool) -> None:
        def wrong(key: str, good: bool) -> None:
            if key in given and not good:
                raise Refused(400, f"{key} is not what it should be")

        if "unchecked" in self.faults:
            return
        if not partial and "name" not in given:
            raise Refused(400, "a name, please")
        size, inside, tags = given.get("size"), given.get("inside"), given.get("tags")
        wrong("name", isinstance(given.get("name"), str))
        wrong("size", isinstance(size, int) and not isinstance(size, bool) and -(2**63) <= size < 2**63)
        wrong("inside", inside is None or (isinstance(inside, str) and self._fits(inside)))
        wrong("tags", tags is None or isinstance(tags, dict))
        if inside is not None and str(inside) not in self.boxes:
            raise Refused(400, "no such outer box")

    def _fits(self, text: str) -> bool:
        return self.numeric_ids or UUID_FORM.fullmatch(text) is not None

    def _id(self) -> str | int:
        return next(self._numbers) if self.numeric_ids else str(uuid4())

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            event = message["type"].removeprefix("lifespan.")
            self.lives.append(event)
            await send({"type": f"{message['type']}.complete"})
            if event == "shutdown":
                return


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
