"""The books behind the small Layer: accounts, entries and statements, kept as lists and added up.

Every public method is one thing that a planted fault may override.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

Json = Any

HERE, ELSEWHERE = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
_TEMPLATE = {
    "ASSETS": (None, "DEBIT", "ASSET"),
    "CASH": ("ASSETS", "DEBIT", "ASSET"),
    "FIXED_ASSETS": ("ASSETS", "DEBIT", "ASSET"),
    "ACCUMULATED_DEPRECIATION": ("FIXED_ASSETS", "CREDIT", "ASSET"),
    "LIABILITIES": (None, "CREDIT", "LIABILITY"),
    "NOTES_PAYABLE": ("LIABILITIES", "CREDIT", "LIABILITY"),
    "EQUITY": (None, "CREDIT", "EQUITY"),
    "EXPENSES": (None, "DEBIT", "EXPENSE"),
    "DEPRECIATION": ("EXPENSES", "DEBIT", "EXPENSE"),
}
LIMIT = 2**63 - 1


class Refused(Exception):
    """Answered as an error of that status."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@dataclass
class Account:
    id: str
    name: str
    normality: str
    kind: str
    parent: str | None
    stable: str | None = None


@dataclass
class Line:
    id: str
    account: str
    side: str
    amount: int

    @property
    def signed(self) -> int:
        return self.amount if self.side == "DEBIT" else -self.amount


@dataclass
class Entry:
    id: str
    at: str
    posted: str
    lines: list[Line]
    cash: bool
    memo: str | None = None
    reversal_of: str | None = None
    reversed_by: str | None = None


@dataclass
class Business:
    """One business's books, as lists."""

    id: str
    accounts: dict[str, Account] = field(default_factory=dict)
    assets: list[Json] = field(default_factory=list)
    changes: list[Json] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    externals: dict[str, Entry] = field(default_factory=dict)
    closing: str | None = None
    basis: str = "ACCRUAL"


def day(instant: str) -> date:
    return datetime.fromisoformat(instant).astimezone(UTC).date()


class FakeBooks:
    """Two businesses' accounts and entries."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.requests = 0
        self.businesses = {HERE: self.open(HERE), ELSEWHERE: self.open(ELSEWHERE)}

    # ---- accounts -----------------------------------------------------------------------------

    def open(self, identifier: str) -> Business:
        business = Business(identifier)
        for stable, (parent, normality, kind) in _TEMPLATE.items():
            above = None if parent is None else self.stable(business, parent).id
            account = Account(self.new(), stable.title(), normality, kind, above, stable)
            business.accounts[account.id] = account
        return business

    def new(self) -> str:
        number = next(self._numbers)
        return str(UUID(int=(number << 64) | 0x4000_8000_0000_0000_0000, version=4))

    def stable(self, business: Business, name: str) -> Account:
        for account in business.accounts.values():
            if account.stable == name:
                return account
        raise Refused(400, f"no account is called {name}")

    def account(self, business: Business, named: Json) -> Account:
        if isinstance(named, dict) and "stable_name" in named:
            return self.stable(business, named["stable_name"])
        if named["id"] not in business.accounts:
            raise Refused(400, "no such account")
        return business.accounts[named["id"]]

    def open_account(self, business: Business, body: Json) -> tuple[int, Json]:
        known = [one for one in business.accounts.values() if one.stable and one.stable == body.get("stable_name")]
        if known:
            return 200, {"data": self.show_account(known[0])}
        parent = self.account(business, body["parent_id"])
        account = Account(
            self.new(), body["name"], body["normality"], body["account_type"], parent.id, body.get("stable_name")
        )
        business.accounts[account.id] = account
        return 201, {"data": self.show_account(account)}

    # ---- the ledger ---------------------------------------------------------------------------

    def now(self) -> str:
        return datetime.fromtimestamp(1_800_000_000 + self.requests / 1000, UTC).isoformat()

    def check_open(self, business: Business, at: str) -> None:
        if business.closing and day(at).isoformat() < business.closing:
            raise Refused(400, "the period is closed")

    def post(
        self,
        business: Business,
        lines: list[tuple[str, str, int]],
        at: str,
        *,
        cash: bool,
        memo: str | None = None,
        reversal_of: str | None = None,
    ) -> Entry:
        self.check_open(business, at)
        total = sum(line.amount for entry in business.entries if not entry.reversed_by for line in entry.lines) // 2
        if reversal_of is None and total + sum(amount for *_, amount in lines) // 2 > LIMIT:
            raise Refused(400, "that would leave 64 bits")
        shaped = [Line(self.new(), account, side, amount) for account, side, amount in lines]
        entry = Entry(self.new(), at, self.now(), shaped, cash, memo, reversal_of)
        business.entries.append(entry)
        return entry

    def entry(self, business: Business, identifier: str) -> Entry:
        for entry in business.entries:
            if entry.id == identifier:
                return entry
        raise Refused(404, "no such entry")

    def mirror(self, business: Business, entry: Entry) -> Entry:
        turned = {"DEBIT": "CREDIT", "CREDIT": "DEBIT"}
        lines = [(line.account, turned[line.side], line.amount) for line in entry.lines]
        back = self.post(business, lines, self.reversal_at(entry), cash=entry.cash, reversal_of=entry.id)
        entry.reversed_by = back.id
        back.reversed_by = entry.id
        return back

    def reversal_at(self, entry: Entry) -> str:
        return entry.at

    def post_journal(self, business: Business, body: Json) -> tuple[int, Json]:
        known = business.externals.get(body.get("external_id") or "")
        if known is not None:
            return 200, {"data": self.show_entry(business, known)}
        lines = [
            (self.account(business, line["account_identifier"]).id, line["direction"], line["amount"])
            for line in body["line_items"]
        ]
        sums = {side: sum(amount for _, at, amount in lines if at == side) for side in ("DEBIT", "CREDIT")}
        if len(lines) < 2 or sums["DEBIT"] != sums["CREDIT"]:
            raise Refused(400, "the entry does not balance")
        entry = self.post(business, lines, body["entry_at"], cash=True, memo=body.get("memo"))
        if body.get("external_id"):
            business.externals[body["external_id"]] = entry
        return 201, {"data": self.show_entry(business, entry)}

    def reverse(self, business: Business, identifier: str) -> tuple[int, Json]:
        entry = self.entry(business, identifier)
        if entry.reversed_by:
            return 200, {"data": self.show_entry(business, self.entry(business, entry.reversed_by))}
        return 201, {"data": self.show_entry(business, self.mirror(business, entry))}

    def read_entry(self, business: Business, identifier: str, query: Json) -> tuple[int, Json]:
        return 200, {"data": self.show_entry(business, self.entry(business, identifier))}

    def counted(self, business: Business, to: str | None, basis: str) -> Iterator[Line]:
        """The lines that a statement adds up."""
        for entry in business.entries:
            if (basis == "ACCRUAL" or entry.cash) and (to is None or self.falls_in(entry, to)):
                yield from entry.lines

    def falls_in(self, entry: Entry, to: str) -> bool:
        return day(entry.at) <= day(to)

    def balance(self, business: Business, account: str, to: str | None, basis: str = "ACCRUAL") -> int:
        return sum(line.signed for line in self.counted(business, to, basis) if line.account == account)

    def balances(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        to = query.get("end_date")
        roots = [self.branch(business, one, to) for one in business.accounts.values() if one.parent is None]
        return 200, {"data": {"type": "Ledger_Balances", "accounts": roots}}

    def branch(self, business: Business, account: Account, to: str | None) -> Json:
        below = [self.branch(business, one, to) for one in business.accounts.values() if one.parent == account.id]
        sign = 1 if account.normality == "DEBIT" else -1
        total = self.balance(business, account.id, to) + sum(
            node["balance"] * (1 if node["normality"] == "DEBIT" else -1) for node in below
        )
        return self.show_account(account) | {"balance": sign * total, "sub_accounts": below}

    def trial(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        to, basis = query["effective_date"], query.get("reporting_basis", business.basis)
        rows = []
        used = dict.fromkeys(line.account for line in self.counted(business, to, basis))
        for account in used:
            net = self.balance(business, account, to, basis)
            cells = {"debit": max(net, 0), "credit": max(-net, 0), "total": net}
            rows.append({"row_key": account, "display_name": "", "cells": cells})
        sums = {key: sum(row["cells"][key] for row in rows) for key in ("debit", "credit", "total")}
        rows.append({"row_key": "TOTAL", "display_name": "Total", "cells": sums})
        columns = [{"column_key": key, "display_name": key} for key in ("debit", "credit", "total")]
        return 200, {"data": {"type": "Unified_Report", "columns": columns, "rows": rows}}

    def sheet(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        to, basis = query["effective_date"], query.get("reporting_basis", business.basis)
        sums = dict.fromkeys(("ASSET", "LIABILITY", "EQUITY", "EXPENSE"), 0)
        for line in self.counted(business, to, basis):
            sums[business.accounts[line.account].kind] += line.signed
        funding = -(sums["LIABILITY"] + sums["EQUITY"] + sums["EXPENSE"])
        row = {"display_name": "", "line_items": []}
        data = {
            "assets": [row | {"name": "ASSETS", "value": sums["ASSET"]}],
            "liabilities_and_equity": [row | {"name": "FUNDING", "value": funding}],
        }
        return 200, {"data": {"type": "Balance_Sheet", "business_id": business.id, **data}}

    def settings(self, business: Business, query: Json) -> tuple[int, Json]:
        return 200, {"data": {"default_reporting_basis": business.basis, "closing_date": business.closing}}

    def configure(self, business: Business, body: Json) -> tuple[int, Json]:
        business.closing = body.get("closing_date", business.closing)
        business.basis = body.get("default_reporting_basis", business.basis)
        return self.settings(business, {})

    # ---- on the wire --------------------------------------------------------------------------

    def show_account(self, account: Account) -> Json:
        stable = None if account.stable is None else {"type": "StableName", "stable_name": account.stable}
        return {
            "type": "Single_Chart_Account",
            "id": {"type": "AccountId", "id": account.id},
            "name": account.name,
            "account_number": None,
            "stable_name": stable,
            "normality": account.normality,
            "account_type": {"value": account.kind, "display_name": account.kind},
            "account_subtype": {"value": account.kind, "display_name": account.kind},
        }

    def show_entry(self, business: Business, entry: Entry) -> Json:
        lines = [self.show_line(business, entry, line) for line in entry.lines]
        back = entry.reversal_of is not None
        return {
            "type": "Ledger_Entry",
            "id": entry.id,
            "business_id": business.id,
            "ledger_id": business.id,
            "entry_type": "REVERSAL" if back else "MANUAL",
            "date": entry.posted,
            "entry_at": entry.at,
            "reversal_of_id": entry.reversal_of,
            "reversal_id": None if back else entry.reversed_by,
            "line_items": lines,
            "memo": entry.memo,
        }

    def show_line(self, business: Business, entry: Entry, line: Line) -> Json:
        return {
            "id": line.id,
            "entry_id": entry.id,
            "account": self.show_account(business.accounts[line.account]),
            "amount": line.amount,
            "direction": line.side,
            "entry_at": entry.at,
            "createdAt": entry.posted,
        }
