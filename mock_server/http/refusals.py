"""How the edge itself says no, before any API has been asked.

Decides nothing: a refusal carries what was found, and the API's own `Surface.refuse` turns it
into status and body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_server.surface import Violation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mock_server.surface import Where


class Refused(Exception):
    """The request is wrong in one or more ways, all in the same part of it.

    headers: what HTTP itself asks for beside the API's answer (Allow).
    """

    def __init__(self, violations: Sequence[Violation], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(violations)
        self.violations = violations
        self.headers = headers or {}

    @classmethod
    def because(cls, where: Where, message: str, pointer: str = "", keyword: str = "") -> Refused:
        """One violation."""
        return cls((Violation(where, message, pointer, keyword),))


class ClientGone(Exception):
    """The client hung up in the middle of its request; nobody is there to be answered."""
