"""The lock date: the last day on which nothing is posted any more.

Decides that the register and the ledger agree on it; who is refused because of it, they decide.
"""

from __future__ import annotations

from datetime import date, timedelta

from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.shelf import Register


def lock(register: Register, through: date | None) -> None:
    """Lock all days through that one; None unlocks.

    Raises Refused (TOO_FAR): after the last day of the calendar nothing would be open.
    """
    if through == date.max:
        raise Refused(Code.TOO_FAR, f"The lock date is before {date.max}.")
    with register.undo.command():
        register.ledger.close(None if through is None else through + timedelta(days=1))
        register.change(register.organisation, lock=through)
