"""Trees and tables of balances.

Decides how sums are signed and laid out; the sums themselves are the ledger's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.implementations.flask_layer import wire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Row

    from tests.implementations.flask_layer.ledger import Ledger

Json = dict[str, Any]
TO_EQUITY: Final = ("REVENUE", "EXPENSES")  # the trees whose difference is the net income


def chart(ledger: Ledger) -> list[Json]:
    """The account tree."""
    children = _children(ledger)

    def node(row: Row) -> Json:
        return {**wire.account(row), "sub_accounts": [node(child) for child in children.get(row["seq"], ())]}

    return [node(row) for row in children[None]]


def balances(ledger: Ledger, sums: Mapping[int, int]) -> list[Json]:
    """The account tree, each with its balance on its own side; `sums` are debits less credits."""
    children = _children(ledger)

    def node(row: Row) -> Json:
        return {
            **wire.account(row),
            "balance": _on_its_side(row, sums),
            "sub_accounts": [node(child) for child in children.get(row["seq"], ())],
        }

    return [node(row) for row in children[None]]


def balance_sheet(ledger: Ledger, sums: Mapping[int, int]) -> Json:
    """Both sides of the sheet; the net income stands in equity and is posted nowhere."""
    children = _children(ledger)
    roots = {row["stable_name"]: row for row in children[None]}
    net_income = -sum(sums.get(roots[name]["seq"], 0) for name in TO_EQUITY)

    def report_line(row: Row, above: Row | None = None) -> Json:
        return {
            "name": row["stable_name"] or row["id"],
            "display_name": row["name"],
            "value": _on_its_side(row, sums),
            "is_contra": above is not None and above["normality"] != row["normality"],
            "line_items": [report_line(child, row) for child in children.get(row["seq"], ())],
        }

    equity = report_line(roots["EQUITY"])
    equity["value"] += net_income
    equity["line_items"].append(
        {"name": "NET_INCOME", "display_name": "Net income", "value": net_income, "is_contra": False, "line_items": []}
    )
    return {
        "assets": [report_line(roots["ASSETS"])],
        "liabilities_and_equity": [report_line(roots["LIABILITIES"]), equity],
    }


def trial_balance(ledger: Ledger, sums: Mapping[int, int]) -> Json:
    """One row for each account that has lines, then the totals."""
    rows = [
        _row(account["id"], account["name"], max(sums[account["seq"]], 0), max(-sums[account["seq"]], 0))
        for account in ledger.chart
        if account["seq"] in sums
    ]
    totals = [sum(row["cells"][side] for row in rows) for side in ("debit", "credit")]
    return {
        "columns": [
            {"column_key": "debit", "display_name": "Debit"},
            {"column_key": "credit", "display_name": "Credit"},
            {"column_key": "total", "display_name": "Debit less credit"},
        ],
        "rows": [*rows, _row("TOTAL", "Total", *totals)],
    }


def _children(ledger: Ledger) -> dict[int | None, list[Row]]:
    children: dict[int | None, list[Row]] = {}
    for row in ledger.chart:
        children.setdefault(row["parent"], []).append(row)
    return children


def _on_its_side(row: Row, sums: Mapping[int, int]) -> int:
    return sums.get(row["seq"], 0) * (1 if row["normality"] == "DEBIT" else -1)


def _row(key: str, name: str, debit: int, credit: int) -> Json:
    cells = {"debit": debit, "credit": credit, "total": debit - credit}
    return {"row_key": key, "display_name": name, "cells": cells}
