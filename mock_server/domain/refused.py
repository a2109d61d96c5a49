"""The one way in which the books say no.

Decides the list of reasons; each API translates it once into its own statuses and shapes, so a
reason must not speak of HTTP. A refused command has left nothing behind (rule L5).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final


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
    # the register of fixed assets: see OF_THE_REGISTER
    NOT_IN_CENTS = auto()  # an amount with more decimals than the currency has
    NUMBER_TAKEN = auto()
    TYPE_NAME_TAKEN = auto()
    UNKNOWN_TYPE = auto()
    UNFIT_ACCOUNT = auto()  # an account of a kind that the role does not take
    TYPE_IN_USE = auto()  # the accounts of a type whose assets have posted
    WRONG_STATUS = auto()  # the asset is not a draft, not registered or not disposed of
    INCOMPLETE = auto()  # a draft lacks what registering needs
    RATE_AND_LIFE = auto()
    BAD_PLAN = auto()
    LIMIT_TOO_HIGH = auto()  # a cost limit above the price
    RESIDUAL_TOO_HIGH = auto()  # a residual value above the price or the cost limit
    BEFORE_START = auto()  # a day before the organisation's start date or before the purchase
    NOT_A_MONTH_END = auto()
    TOO_FAR = auto()  # more months than one command may post
    # holdings of client accounts: see OF_HOLDINGS
    BALANCES_LEFT = auto()  # a deactivation while accounts that demand an asset hold something for it
    INACTIVE_ASSET = auto()
    NO_DIMENSION = auto()  # a line on an account that demands an asset, and it names none
    NOT_A_DRAFT = auto()  # an entry that is posted, or was cancelled as a draft
    CANCELLED = auto()  # an entry that was cancelled, or is a cancellation itself
    ENTRY_OF_A_LIFE = auto()  # an entry that was posted for an asset's life
    UNKNOWN_CLASS = auto()


OF_THE_REGISTER: Final = frozenset(
    {
        Code.NOT_IN_CENTS,
        Code.NUMBER_TAKEN,
        Code.TYPE_NAME_TAKEN,
        Code.UNKNOWN_TYPE,
        Code.UNFIT_ACCOUNT,
        Code.TYPE_IN_USE,
        Code.WRONG_STATUS,
        Code.INCOMPLETE,
        Code.RATE_AND_LIFE,
        Code.BAD_PLAN,
        Code.LIMIT_TOO_HIGH,
        Code.RESIDUAL_TOO_HIGH,
        Code.BEFORE_START,
        Code.NOT_A_MONTH_END,
        Code.TOO_FAR,
    }
)
"""The reasons that only books with a register of fixed assets (`mock_server.domain.register`) have."""

OF_HOLDINGS: Final = frozenset(
    {
        Code.BALANCES_LEFT,
        Code.INACTIVE_ASSET,
        Code.NO_DIMENSION,
        Code.NOT_A_DRAFT,
        Code.CANCELLED,
        Code.ENTRY_OF_A_LIFE,
        Code.UNKNOWN_CLASS,
    }
)
"""The reasons that only holdings of client accounts (`mock_server.domain.holdings`) have."""


class Refused(Exception):
    """A command that the books do not carry out. Nothing has been written.

    code: the reason. at: the caller's own label of the offending part, where it gave one
    (`accounts.ById.at`). The text says what was wrong and what would be right.
    """

    def __init__(self, code: Code, message: str, at: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.at = at


class RefusedTogether(Refused):
    """Several reasons against one command, each a refusal of its own; itself it is the first of them."""

    def __init__(self, faults: Sequence[Refused]) -> None:
        super().__init__(faults[0].code, str(faults[0]), faults[0].at)
        self.faults = tuple(faults)


def refuse_all(faults: Sequence[Refused]) -> None:
    """Raise what speaks against a command: nothing, the one fault, or all of them together."""
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise RefusedTogether(faults)
