"""One document at its place on this server, and what answers for it.

Decides which mount a path belongs to, so that whatever goes wrong below an API's prefix is said
in that API's words. Knows no routing and no Connexion.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import spec
from spec.document import server_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import Scope

    from mock_server.surface import Surface


class HandlersDiffer(ValueError):
    """A surface's handlers are not exactly the operations of its document; the text says which."""


@dataclass(slots=True, eq=False)
class Mount:
    """A document and the surface that serves it.

    surface: looked at anew for every request, so that it may be replaced while serving; the one
    given at the start must have a handler for each operation and no other (HandlersDiffer).
    base_path: the document's first server path ("/v1").
    """

    name: str
    document: spec.Document
    surface: Surface
    base_path: str = field(init=False)
    operations: Mapping[str, spec.Operation] = field(init=False)

    def __post_init__(self) -> None:
        self.base_path = server_path(self.document)
        self.operations = {operation.operation_id: operation for operation in spec.operations(self.document)}
        missing = sorted(self.operations.keys() - self.surface.handlers.keys())
        unknown = sorted(self.surface.handlers.keys() - self.operations.keys())
        if missing or unknown:
            raise HandlersDiffer(f"{self.name}: no handler for {missing}, no operation for {unknown}")


def path_of(scope: Scope) -> str:
    """The decoded path below wherever this server itself is mounted (ASGI's root_path)."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


class Mounts:
    """All documents of one server."""

    def __init__(self, mounts: Iterable[Mount]) -> None:
        self.all = tuple(sorted(mounts, key=lambda mount: len(mount.base_path), reverse=True))

    def of(self, scope: Scope) -> Mount | None:
        """The mount whose prefix the request's path begins with, in any casing; the longest wins."""
        folded = path_of(scope).lower() + "/"
        return next((mount for mount in self.all if folded.startswith(mount.base_path.lower() + "/")), None)
