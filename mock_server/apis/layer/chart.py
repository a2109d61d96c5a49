"""The chart of accounts that every business starts from, as data.

Decides names, numbers and places of the template's accounts (facts/layer.md 4): those that exist
from the start, and those that are opened when their stable name is first used. The stable names,
classes and subtypes are the vendor's; names and numbers are ours.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.accounts import ByKey, Kind, Normality, Template

ASSET_PARENT: Final = ByKey("FIXED_ASSETS")
"""Where each asset's own account is opened."""

_A, _L, _Q, _R, _X = Kind.ASSET, Kind.LIABILITY, Kind.EQUITY, Kind.REVENUE, Kind.EXPENSE
_DR, _CR = Normality.DEBIT, Normality.CREDIT


def _row(
    number: str,
    key: str,
    name: str,
    kind: Kind,
    normality: Normality,
    subtype: str,
    parent: str | None = None,
    *,
    required: bool = True,
) -> Template:
    return Template(key, name, kind, normality, subtype, parent, number, required)


TEMPLATE: Final = (
    _row("1000", "ASSETS", "Assets", _A, _DR, "CURRENT_ASSET"),
    _row("1010", "CASH", "Cash", _A, _DR, "CASH", "ASSETS"),
    _row("1020", "BANK_ACCOUNTS", "Bank accounts", _A, _DR, "BANK_ACCOUNTS", "ASSETS"),
    _row("1030", "UNDEPOSITED_FUNDS", "Undeposited funds", _A, _DR, "UNDEPOSITED_FUNDS", "ASSETS"),
    _row(
        "1040",
        "PAYMENT_PROCESSOR_CLEARING",
        "Payment processor clearing",
        _A,
        _DR,
        "PAYMENT_PROCESSOR_CLEARING_ACCOUNT",
        "ASSETS",
    ),
    _row("1050", "CURRENT_ASSETS", "Current assets", _A, _DR, "CURRENT_ASSET", "ASSETS", required=False),
    _row("1100", "ACCOUNTS_RECEIVABLE", "Accounts receivable", _A, _DR, "ACCOUNTS_RECEIVABLE", "ASSETS"),
    _row("1200", "INVENTORY", "Inventory", _A, _DR, "INVENTORY", "ASSETS"),
    _row("1300", "PREPAID_EXPENSES", "Prepaid expenses", _A, _DR, "PREPAID_EXPENSES", "ASSETS"),
    _row("1400", "DEVELOPMENT_COSTS", "Development costs", _A, _DR, "DEVELOPMENT_COSTS", "ASSETS"),
    _row("1500", "FIXED_ASSETS", "Fixed assets", _A, _DR, "FIXED_ASSET", "ASSETS"),
    _row(
        "1900",
        "ACCUMULATED_DEPRECIATION",
        "Accumulated depreciation",
        _A,
        _CR,
        "ACCUMULATED_DEPRECIATION",
        "FIXED_ASSETS",
    ),
    _row("2000", "LIABILITIES", "Liabilities", _L, _CR, "CURRENT_LIABILITY"),
    _row("2100", "ACCOUNTS_PAYABLE", "Accounts payable", _L, _CR, "ACCOUNTS_PAYABLE", "LIABILITIES"),
    _row("2200", "CREDIT_CARDS", "Credit cards", _L, _CR, "CREDIT_CARD", "LIABILITIES"),
    _row("2300", "LINE_OF_CREDIT", "Line of credit", _L, _CR, "LINE_OF_CREDIT", "LIABILITIES"),
    _row("2400", "NOTES_PAYABLE", "Notes payable", _L, _CR, "NOTES_PAYABLE", "LIABILITIES"),
    _row("2500", "SHAREHOLDER_LOANS", "Shareholder loans", _L, _CR, "SHAREHOLDER_LOAN", "LIABILITIES"),
    _row("3000", "EQUITY", "Equity", _Q, _CR, "EQUITY"),
    _row("3100", "OWNERS_CAPITAL", "Owner's capital", _Q, _CR, "EQUITY", "EQUITY"),
    _row("3200", "CONTRIBUTIONS", "Contributions", _Q, _CR, "CONTRIBUTIONS", "EQUITY"),
    _row("3300", "DISTRIBUTIONS", "Distributions", _Q, _DR, "DISTRIBUTIONS", "EQUITY"),
    _row("3310", "OWNERS_DRAW", "Owner's draw", _Q, _DR, "DISTRIBUTIONS", "DISTRIBUTIONS"),
    _row("3400", "RETAINED_EARNINGS", "Retained earnings", _Q, _CR, "RETAINED_EARNINGS", "EQUITY"),
    _row("3500", "ACCUMULATED_ADJUSTMENTS", "Accumulated adjustments", _Q, _CR, "ACCUMULATED_ADJUSTMENTS", "EQUITY"),
    _row("3600", "OPENING_BALANCE_EQUITY", "Opening balance equity", _Q, _CR, "OPENING_BALANCE_EQUITY", "EQUITY"),
    _row("4000", "REVENUE", "Revenue", _R, _CR, "REVENUE"),
    _row("4100", "SALES", "Sales", _R, _CR, "SALES", "REVENUE"),
    _row("4200", "UNCATEGORIZED_REVENUE", "Uncategorized revenue", _R, _CR, "UNCATEGORIZED_REVENUE", "REVENUE"),
    _row("4300", "RETURNS_AND_ALLOWANCES", "Returns and allowances", _R, _DR, "RETURNS_ALLOWANCES", "REVENUE"),
    _row("5000", "EXPENSES", "Expenses", _X, _DR, "OPERATING_EXPENSES"),
    _row("5100", "COST_OF_GOODS_SOLD", "Cost of goods sold", _X, _DR, "COGS", "EXPENSES"),
    _row("6000", "OPERATING_EXPENSES", "Operating expenses", _X, _DR, "OPERATING_EXPENSES", "EXPENSES"),
    _row("6100", "RENT", "Rent", _X, _DR, "RENT", "OPERATING_EXPENSES"),
    _row("6200", "UTILITIES", "Utilities", _X, _DR, "UTILITIES", "OPERATING_EXPENSES"),
    _row("6300", "EQUIPMENT", "Equipment and machinery", _X, _DR, "EQUIPMENT", "OPERATING_EXPENSES"),
    _row("6400", "BAD_DEBT", "Bad debt", _X, _DR, "BAD_DEBT", "OPERATING_EXPENSES"),
    _row("6500", "DEPRECIATION", "Depreciation expense", _X, _DR, "DEPRECIATION", "OPERATING_EXPENSES", required=False),
    _row("7000", "TAXES", "Taxes", _X, _DR, "TAXES", "EXPENSES"),
)
