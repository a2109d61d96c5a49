"""Handlers of /reports: the balance sheet and the trial balance.

Decides the shape of the two reports; their figures are the domain's. Without a basis in the query,
the business's default basis is taken.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.apis.layer import admission, reading
from mock_server.apis.layer.ledger import tree
from mock_server.apis.layer.words import BASES, BASIS
from mock_server.domain.accounts import Account, Kind
from mock_server.domain.entries import Days
from mock_server.domain.refused import Code
from mock_server.domain.statements import net_income, rolled_up, trial_balance
from mock_server.surface import Answer, Request

POINTERS: Final[dict[Code, str]] = {}

_OWN_AND_OWED: Final = frozenset({Kind.LIABILITY, Kind.EQUITY})


def balance_sheet(request: Request) -> Answer:
    """Assets, liabilities and equity to the date, net income computed into equity."""
    book, header = admission.business(request).book, _header(request)
    days = Days(through=reading.instant(request.query, "effective_date").day)
    sums = rolled_up(book.chart, book.ledger, basis=BASES[header["reporting_basis"]], days=days)
    result = net_income(sums)

    def line(account: Account) -> dict[str, Any]:
        return {
            "name": account.key or account.id,
            "display_name": account.name,
            "value": sums[account],
            "is_contra": account.parent is not None and account.normality is not account.parent.normality,
        }

    assets = tree((a for a in book.chart if a.kind is Kind.ASSET), line, below="line_items")
    own_and_owed = tree((a for a in book.chart if a.kind in _OWN_AND_OWED), line, below="line_items")
    for top in own_and_owed:
        if top["name"] == "EQUITY":
            top["value"] += result
            top["line_items"].append(_net_income(result))
    return Answer(
        200, {"data": {"type": "Balance_Sheet", **header, "assets": assets, "liabilities_and_equity": own_and_owed}}
    )


def trial(request: Request) -> Answer:
    """Every account's own lines to the date, on one side each, and their totals."""
    book, header = admission.business(request).book, _header(request)
    through = reading.instant(request.query, "effective_date").day
    found = trial_balance(book.chart, book.ledger, basis=BASES[header["reporting_basis"]], through=through)
    rows = [_row(row.account.id, row.account.name, row.debit_minor, row.credit_minor) for row in found]
    rows.append(_row("TOTAL", "Total", sum(row.debit_minor for row in found), sum(row.credit_minor for row in found)))
    return Answer(200, {"data": {"type": "Unified_Report", **header, "columns": list(_COLUMNS), "rows": rows}})


HANDLERS: Final = {
    "business.reports.balanceSheet.get": balance_sheet,
    "business.reports.unified.trialBalance.get": trial,
}

_COLUMNS: Final = (
    {"column_key": "debit", "display_name": "Debit"},
    {"column_key": "credit", "display_name": "Credit"},
    {"column_key": "total", "display_name": "Total"},
)


def _header(request: Request) -> dict[str, Any]:
    business, query = admission.business(request), request.query
    return {
        "business_id": business.id,
        "effective_date": query["effective_date"],
        "reporting_basis": query.get("reporting_basis", BASIS[business.book.default_basis]),
    }


def _net_income(minor: int) -> dict[str, Any]:
    return {
        "name": "NET_INCOME",
        "display_name": "Net income",
        "value": minor,
        "is_contra": False,
        "line_items": [],
    }


def _row(key: str, name: str, debit_minor: int, credit_minor: int) -> dict[str, Any]:
    cells = {"debit": debit_minor, "credit": credit_minor, "total": debit_minor - credit_minor}
    return {"row_key": key, "display_name": name, "cells": cells}
