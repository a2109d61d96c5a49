"""Rows as the documented objects.

Decides how each record is spelled in a reply; reads, never writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.implementations.flask_layer.books import metadata_of
from tests.implementations.flask_layer.instants import shown
from tests.implementations.flask_layer.ledger import whole

if TYPE_CHECKING:
    from sqlite3 import Row

    from tests.implementations.flask_layer.ledger import Ledger
    from tests.implementations.flask_layer.pages import Asked, Page

Json = dict[str, Any]


def account(row: Row) -> Json:
    """A ChartAccount."""
    stable_name = row["stable_name"]
    return {
        "type": "Single_Chart_Account",
        "id": {"type": "AccountId", "id": row["id"]},
        "name": row["name"],
        "account_number": None,
        "stable_name": None if stable_name is None else {"type": "StableName", "stable_name": stable_name},
        "normality": row["normality"],
        "account_type": _titled(row["type"]),
        "account_subtype": _titled(row["subtype"]),
    }


def asset(row: Row, ledger: Ledger) -> Json:
    """An ApiAsset."""
    accumulated = row["accumulated_account"]
    return {
        "id": row["id"],
        "business_id": row["business_id"],
        "external_id": row["external_id"],
        "name": row["name"],
        "asset_type": row["asset_type"],
        "ledger_account": account(ledger.account(row["ledger_account"])),
        "accumulated_depreciation_account": None if accumulated is None else account(ledger.account(accumulated)),
        "original_value": row["original_value"],
        "salvage_value": row["salvage_value"],
        "useful_life_months": row["useful_life_months"],
        "archived_at": shown(row["archived_at"]),
        **_notes(row),
    }


def value_update(row: Row, ledger: Ledger) -> Json:
    """An ApiAssetValueUpdate."""
    asset_id = ledger.db.execute("SELECT id FROM assets WHERE seq = ?", (row["asset"],)).fetchone()["id"]
    return {
        "id": row["id"],
        "business_id": row["business_id"],
        "external_id": row["external_id"],
        "asset_id": asset_id,
        "amount": row["amount"],
        "update_type": row["update_type"],
        "date": shown(row["date"]),
        "archived_at": shown(row["archived_at"]),
        **_notes(row),
    }


def entry(row: Row, ledger: Ledger) -> Json:
    """A LedgerEntry. What it was posted for is not told."""
    return {
        "type": "Ledger_Entry",
        "id": row["id"],
        "business_id": row["business_id"],
        "ledger_id": ledger.business["ledger_id"],
        "entry_number": row["number"],
        "agent": "API",
        "entry_type": row["entry_type"],
        "customer": None,
        "vendor": None,
        "date": shown(row["created_at"]),
        "entry_at": shown(row["entry_at"]),
        "reversal_of_id": _reversed(row, ledger),
        "reversal_id": _reversal(row, ledger),
        "line_items": [line(side, row, ledger) for side in ledger.lines(row)],
        "source": None,
        **_notes(row),
    }


def line(row: Row, of: Row, ledger: Ledger) -> Json:
    """A LedgerLine of the entry `of`."""
    return {
        "id": row["id"],
        "entry_id": of["id"],
        "account": account(ledger.account(row["account"])),
        "amount": row["amount"],
        "direction": row["direction"],
        "customer": None,
        "vendor": None,
        "entry_at": shown(of["entry_at"]),
        "createdAt": shown(of["created_at"]),
        "entry_reversal_of": _reversed(of, ledger),
        "entry_reversed_by": _reversal(of, ledger),
    }


def account_line(row: Row, ledger: Ledger) -> Json:
    """An AccountLine: the running balance is positive on the account's own side."""
    of = ledger.db.execute("SELECT * FROM entries WHERE seq = ?", (row["entry"],)).fetchone()
    sign = 1 if ledger.account(row["account"])["normality"] == "DEBIT" else -1
    told = line(row, of, ledger)
    return {**told, "running_balance": sign * whole(row), "is_reversed": told["entry_reversed_by"] is not None}


def page_meta(page: Page, asked: Asked) -> Json:
    """The `meta` of one page of a list."""
    return {
        "type": "request_metadata",
        "pagination": {
            "sort_by": asked.sort_by,
            "sort_order": "DESC" if asked.descending else "ASC",
            "cursor": page.cursor,
            "has_more": page.cursor is not None,
            "total_count": page.total,
        },
    }


def config(business: Row) -> Json:
    """The accounting settings."""
    return {
        "business_id": business["id"],
        "default_reporting_basis": business["basis"],
        "closing_date": business["closing_date"],
    }


def _notes(row: Row) -> Json:
    return {
        "memo": row["memo"],
        "metadata": metadata_of(row),
        "reference_number": row["reference_number"],
        "transaction_tags": [],
    }


def _titled(name: str) -> Json:
    return {"value": name, "display_name": name.replace("_", " ").capitalize()}


def _reversed(row: Row, ledger: Ledger) -> str | None:
    sql = "SELECT id FROM entries WHERE seq = ?"
    found = ledger.db.execute(sql, (row["reversal_of"],)).fetchone()
    return None if found is None else str(found["id"])


def _reversal(row: Row, ledger: Ledger) -> str | None:
    found = ledger.reversal(row)
    return None if found is None else str(found["id"])
