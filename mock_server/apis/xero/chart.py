"""The chart of accounts that every organisation starts from, as data.

Decides codes, names and classes of the accounts, and the keys by which the sandbox names those that
it posts to by itself. `subtype` is the vendor's account type; codes and names are ours.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.accounts import ByKey, Kind, Normality, Template

BANK: Final = ByKey("BANK")
GAIN: Final = ByKey("GAIN_ON_DISPOSAL")
LOSS: Final = ByKey("LOSS_ON_DISPOSAL")
CAPITAL_GAIN: Final = ByKey("CAPITAL_GAIN_ON_DISPOSAL")
COST: Final = ByKey("COMPUTER_EQUIPMENT")
ACCUMULATED: Final = ByKey("COMPUTER_EQUIPMENT_DEPRECIATION")
EXPENSE: Final = ByKey("DEPRECIATION")

_A, _L, _Q, _R, _X = Kind.ASSET, Kind.LIABILITY, Kind.EQUITY, Kind.REVENUE, Kind.EXPENSE
_DR, _CR = Normality.DEBIT, Normality.CREDIT

TEMPLATE: Final = tuple(
    Template(key, name, kind, normality, subtype, number=number)
    for number, key, name, kind, normality, subtype in (
        ("090", "BANK", "Business bank account", _A, _DR, "BANK"),
        ("610", "ACCOUNTS_RECEIVABLE", "Accounts receivable", _A, _DR, "CURRENT"),
        ("710", "OFFICE_EQUIPMENT", "Office equipment", _A, _DR, "FIXED"),
        ("711", "OFFICE_EQUIPMENT_DEPRECIATION", "Depreciation of office equipment", _A, _CR, "FIXED"),
        ("720", "COMPUTER_EQUIPMENT", "Computer equipment", _A, _DR, "FIXED"),
        ("721", "COMPUTER_EQUIPMENT_DEPRECIATION", "Depreciation of computer equipment", _A, _CR, "FIXED"),
        ("800", "ACCOUNTS_PAYABLE", "Accounts payable", _L, _CR, "CURRLIAB"),
        ("960", "RETAINED_EARNINGS", "Retained earnings", _Q, _CR, "EQUITY"),
        ("970", "OWNER_FUNDS", "Owner's funds introduced", _Q, _CR, "EQUITY"),
        ("200", "SALES", "Sales", _R, _CR, "REVENUE"),
        ("265", "GAIN_ON_DISPOSAL", "Gain on disposal of fixed assets", _R, _CR, "OTHERINCOME"),
        ("266", "CAPITAL_GAIN_ON_DISPOSAL", "Capital gain on disposal of fixed assets", _R, _CR, "OTHERINCOME"),
        ("416", "DEPRECIATION", "Depreciation", _X, _DR, "DEPRECIATN"),
        ("430", "LOSS_ON_DISPOSAL", "Loss on disposal of fixed assets", _X, _DR, "EXPENSE"),
    )
)
