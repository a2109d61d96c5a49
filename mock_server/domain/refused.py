"""The one way in which the books say no.

Decides the list of reasons; each API translates it once into its own statuses and shapes, so a
reason must not speak of HTTP. A refused command has left nothing behind (rule L5).
"""

from __future__ import annotations

from enum import Enum, auto


class Code(Enum):
    """Why a command was refused."""

    # amounts and dates
    AMOUNT_NOT_POSITIVE = auto()
    AMOUNT_TOO_LARGE = auto()  # one amount, or what all live entries add up to (L8)
    NOT_AN_INSTANT = auto()
    CLOSED_PERIOD = auto()
    # journals (L1, L2)
    TOO_FEW_POSTINGS = auto()
    ZERO_POSTING = auto()
    UNBALANCED = auto()
    # accounts
    UNKNOWN_ACCOUNT = auto()
    WRONG_CLASS = auto()  # an account of another class than the one it is opened under
    TOO_DEEP = auto()  # an account below more others than accounts may be nested
    SAME_ACCOUNT = auto()  # the counter account is the account that the change moves
    OWN_ACCOUNT = auto()  # the accumulated account is the asset's own
    # assets and their value changes
    NO_ASSET_NAMED = auto()
    ASSETS_DISAGREE = auto()  # two ways of naming the asset, and they name different ones
    UNKNOWN_ASSET = auto()
    ARCHIVED_ASSET = auto()
    VOIDED_CHANGE = auto()
    NO_ACCUMULATED_ACCOUNT = auto()
    BELOW_FLOOR = auto()  # only where a book keeps a floor
    # entries
    ENTRY_OF_A_CHANGE = auto()  # reversed by voiding the change, not by itself
    # the caller's own ids
    REPLAY_DIFFERS = auto()  # a known external id with other contents


class Refused(Exception):
    """A command that the books do not carry out. Nothing has been written.

    code: the reason. at: the caller's own label of the offending part, where it gave one
    (`accounts.ById.at`). The text says what was wrong and what would be right.
    """

    def __init__(self, code: Code, message: str, at: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.at = at
