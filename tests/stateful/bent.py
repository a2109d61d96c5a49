"""What planted faults are made of: a driver that bends a call on its way out, or a reply on its way back.

A target that misbehaves in just that way could not be told from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contract_tests.call import Call, Driver, Reply

Json = Any


class Bent:
    """A driver in front of the right one. `call` and `reply` are what a fault overrides."""

    def __init__(self, inner: Driver) -> None:
        self.inner = inner

    def send(self, call: Call) -> Reply:
        """Send the bent call; answer with the bent reply."""
        return self.back(call, self.inner.send(self.out(call)))

    def out(self, call: Call) -> Call:
        """The call as the target gets it."""
        data = json.loads(call.body) if call.body else None
        if data is None or call.control:
            return call
        return call.with_json(self.body(call, data))

    def body(self, call: Call, data: Json) -> Json:
        """The body as the target gets it."""
        return data

    def back(self, call: Call, reply: Reply) -> Reply:
        """The reply as the kit gets it."""
        if not reply.ok or not reply.body:
            return reply
        return with_json(reply, self.shown(call, json.loads(reply.body)))

    def shown(self, call: Call, data: Json) -> Json:
        """The data as the kit gets it."""
        return data


def with_json(reply: Reply, data: Json, status: int | None = None) -> Reply:
    body = json.dumps(data).encode()
    return Reply(status or reply.status, reply.headers, body, reply.started, reply.ended)


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault, and the rules that may rightly name what is wrong."""

    name: str
    driver: Callable[[Driver], Driver]
    rules: frozenset[str]


def named(driver: Callable[[Driver], Driver], *rules: str) -> Planted:
    return Planted(driver.__name__, driver, frozenset(rules))
