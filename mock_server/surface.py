"""The seam between the edge and an API: what each hands to the other.

Decides the shapes only. It knows no Connexion, no vendor and no rule; `http/` compiles a
`Surface` into operations, `apis/<api>/` builds one. A seeded fault is a function from one
`Surface` to another, which is why this is plain, replaceable data.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol


class Where(Enum):
    """The part of a request that a violation was found in, in the order the edge looks."""

    ROUTE = auto()  # no such path
    METHOD = auto()  # the path has no such method
    TOKEN = auto()  # missing, malformed or unknown credentials
    PATH = auto()
    QUERY = auto()
    HEADER = auto()
    MEDIA_TYPE = auto()
    SIZE = auto()
    JSON = auto()  # the bytes are not one JSON text that this API can keep
    BODY = auto()
    RATE = auto()  # too many requests
    SERVER = auto()  # our own bug: a handler crashed or answered outside its document


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with a request. `pointer` is a JSON Pointer into that part ("" is the whole)."""

    where: Where
    message: str
    pointer: str = ""
    keyword: str = ""  # the JSON Schema keyword that was broken, where one was; for an API whose answer depends on it


@dataclass(slots=True)
class Request:
    """One request that has passed the checks of its steps so far.

    `path` and `query` hold converted values (integers as int, absent optional parameters as their
    default or left out); `headers` the texts that were sent, names in lower case. `body` is the parsed
    JSON, None where the operation has none. `grant` is what `Surface.identify` returned for the
    token; `tenant` is whatever `Surface.admit` put there.
    """

    operation_id: str
    path: dict[str, Any]
    query: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    grant: Any = None
    tenant: Any = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply before it is encoded: `body` is JSON data, or None for an empty reply.

    judged: whether it is compared with the document on its way out; a sandbox that is told to answer
    wrongly must be able to.
    """

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    judged: bool = True


class Refusal(Exception):
    """Raised by `admit` or a handler to answer with an error; nothing has been written."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


class BadSettings(ValueError):
    """A sandbox cannot be started with these settings. Raised by `open_instance`; the text is one sentence."""


Handler = Callable[[Request], Answer]
"""Synchronous and quick: it runs on the event loop, so a mutation is one indivisible step."""

Wait = Callable[[Request], Awaitable[None]]
"""What is waited for between reading a request and its handler."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Everything the edge needs to serve one document.

    handlers: operationId → handler, exactly one for every operation of the document.
    identify: bearer token → grant, or None for 401.
    admit: called after path parameters were converted; sets `request.tenant` or raises `Refusal`
        (the API's 404 or 403).
    refuse: the API's table from what went wrong to status and body. All violations passed in one
        call share the first's `where`. Headers such as Allow and WWW-Authenticate are the edge's.
    waits: operationId → what is waited for before its handler is called; nothing, unless told otherwise.
    """

    handlers: Mapping[str, Handler]
    identify: Callable[[str], Any]
    admit: Callable[[Request], None]
    refuse: Callable[[Sequence[Violation]], Answer]
    waits: Mapping[str, Wait] = field(default_factory=dict)


Classes = Mapping[type, type]
"""A class of the books → the subclass of it that takes its place."""


class Tenants(Protocol):
    """What is kept for all tenants of an instance, as far as seeded faults reach into it."""

    def recast(self, classes: Classes) -> None:
        """Give every book, those made later too, these classes and no others in place of its own."""


@dataclass(frozen=True, slots=True)
class Access:
    """A way in, as the ready file prints it: the scope keys of the API's profile, and a token."""

    scope: Mapping[str, str]
    token: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One running API: its data plane, its part of the control plane, and the ways in.

    tenants: what seeded faults reach into; None where there are none of this API's books.
    """

    surface: Surface
    control: Surface
    access: Access
    other: Access
    tenants: Tenants | None = None


class Clock(Protocol):
    """Where "now" comes from."""

    def now_ns(self) -> int:
        """Nanoseconds since 1970-01-01T00:00:00Z, never going back within one sandbox."""


class Ids(Protocol):
    """Where identifiers come from."""

    def new(self) -> str:
        """A fresh RFC 4122 version 4 UUID in its usual spelling."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a sandbox is started with; every API's `open_instance(settings)` takes it.

    token: the first tenant's token, or None for the API's fixed one; which are tokens at all, the API
    says (BadSettings). any_token: accept every
    non-empty token. open_tenants: an unknown tenant is created on first use. switches: the
    profile's switches that were set (`strict_accounts`, ...).
    """

    clock: Clock
    ids: Ids
    token: str | None = None
    any_token: bool = False
    open_tenants: bool = False
    switches: Mapping[str, bool] = field(default_factory=dict)
