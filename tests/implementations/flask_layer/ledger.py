"""Accounts, entries and their sums, in SQL.

Decides what may be posted and what a balance is; knows no asset and no HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from tests.implementations.flask_layer import instants, strict_json
from tests.implementations.flask_layer.refusals import bad, missing
from tests.implementations.flask_layer.store import new_id

if TYPE_CHECKING:
    from sqlite3 import Connection, Row

LARGEST: Final = 2**63 - 1
ONE_OF: Final = {
    "accounts": "account",
    "assets": "asset",
    "entries": "entry",
    "value_updates": "value update",
}
OTHER_SIDE: Final = {"DEBIT": "CREDIT", "CREDIT": "DEBIT"}

# sum() gives up where a running sum leaves 64 bits, even if the total does not; halves cannot.
HALVES: Final = "sum({0} >> 31) AS high, sum({0} & 2147483647) AS low"


def whole(row: Row) -> int:
    """The exact sum of which `HALVES` gave the two parts."""
    return int(row["high"]) * 2**31 + int(row["low"])


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry to be posted; `account` is the account's seq."""

    account: int
    amount: int
    direction: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be posted. Without `cash_too` it is in the accrual books only."""

    entry_type: str
    entry_at: str
    lines: Sequence[Line]
    cash_too: bool
    reversal_of: int | None = None
    value_update: int | None = None
    notes: Mapping[str, Any] | None = None  # external_id, memo, metadata, reference_number


class Ledger:
    """One business's ledger inside one transaction; `now` is the transaction's instant."""

    as_of_day: ClassVar[str] = "entries.day"  # the day from which an entry counts

    def __init__(self, db: Connection, business_id: str, now: str) -> None:
        self.db = db
        self.business_id = business_id
        self.now = now
        self._accounts: dict[int, Row] = {}

    @property
    def business(self) -> Row:
        """The business's own row, as it is now."""
        row: Row = self.db.execute("SELECT * FROM businesses WHERE id = ?", (self.business_id,)).fetchone()
        return row

    def configure(self, body: Mapping[str, Any]) -> Row:
        """The business's own row, with the settings that were sent."""
        columns = {"default_reporting_basis": "basis", "closing_date": "closing_date"}
        for name in columns.keys() & body.keys():
            sql = f"UPDATE businesses SET {columns[name]} = ? WHERE id = ?"
            self.db.execute(sql, (body[name], self.business_id))
        return self.business

    # ---- look-up ------------------------------------------------------------------------------

    def find(self, table: str, record_id: str, pointer: str = "") -> Row:
        """The business's record of that id. Raises Refused with 404."""
        row: Row | None = self.db.execute(
            f"SELECT * FROM {table} WHERE id = ? AND business_id = ?", (record_id.lower(), self.business_id)
        ).fetchone()
        if row is None:
            raise missing(f"{ONE_OF[table]} {record_id} in this business", pointer)
        return row

    def named(self, table: str, column: str, text: str | None) -> Row | None:
        """The business's record that the caller knows by that text; nothing is known by null."""
        found: Row | None = self.db.execute(
            f"SELECT * FROM {table} WHERE business_id = ? AND {column} = ?", (self.business_id, text)
        ).fetchone()
        return found

    def account(self, seq: int) -> Row:
        """An account that some other row refers to."""
        if seq not in self._accounts:
            self._accounts[seq] = self.db.execute("SELECT * FROM accounts WHERE seq = ?", (seq,)).fetchone()
        return self._accounts[seq]

    def identified(self, identifier: Any, pointer: str) -> Row:
        """The account that an AccountIdentifier names. Raises Refused with 404."""
        if isinstance(identifier, dict) and identifier["type"] == "AccountId":
            return self.find("accounts", identifier["id"], f"{pointer}/id")
        stable_name = identifier["stable_name"] if isinstance(identifier, dict) else identifier
        account = self.named("accounts", "stable_name", stable_name)
        if account is None:
            raise missing(f"account with the stable name {stable_name[:100]!r}", pointer)
        return account

    # ---- writing ------------------------------------------------------------------------------

    def insert(self, table: str, **values: Any) -> Row:
        """A new record of this business."""
        record = {"id": new_id(), "business_id": self.business_id, **values}
        columns, marks = ", ".join(record), ", ".join("?" * len(record))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING *"
        row: Row = self.db.execute(sql, tuple(record.values())).fetchone()
        return row

    def update(self, table: str, seq: int, **values: Any) -> Row:
        """The record with other values in these columns."""
        changes = ", ".join(f"{column} = ?" for column in (*values, "seq"))
        sql = f"UPDATE {table} SET {changes} WHERE seq = ? RETURNING *"
        row: Row = self.db.execute(sql, (*values.values(), seq, seq)).fetchone()
        return row

    def open_account(self, body: Mapping[str, Any]) -> tuple[Row, bool]:
        """The account of that stable name, or a new one, and whether it is new."""
        known = self.named("accounts", "stable_name", body.get("stable_name"))
        if known is not None:
            return known, False
        parent = self.identified(body["parent_id"], "/parent_id")
        account = self.insert(
            "accounts",
            parent=parent["seq"],
            name=body["name"],
            stable_name=body.get("stable_name"),
            normality=body["normality"],
            type=body["account_type"],
            subtype=body["account_subtype"],
        )
        return account, True

    def post(self, draft: Draft) -> Row:
        """The entry, posted. Raises Refused where the books are closed or would overflow."""
        business, day = self.business, draft.entry_at[:10]
        if business["closing_date"] is not None and day < business["closing_date"]:
            raise bad(f"The books are closed before {business['closing_date']}; {day} takes no entry.")
        total = sum(line.amount for line in draft.lines if line.direction == "DEBIT")
        frees = self._depth(draft.reversal_of) % 2 == 1
        in_force = business["in_force"] + (-total if frees else total)
        if in_force > LARGEST:
            raise bad("With this entry the amounts in these books would add up to more than 64 bits hold.")
        self.db.execute("UPDATE businesses SET in_force = ? WHERE id = ?", (in_force, self.business_id))
        entry = self.insert(
            "entries",
            number=self._next_number(),
            entry_type=draft.entry_type,
            entry_at=draft.entry_at,
            created_at=self.now,
            cash_too=int(draft.cash_too),
            reversal_of=draft.reversal_of,
            value_update=draft.value_update,
            **(draft.notes or {}),
        )
        self.write_lines(entry["seq"], draft.lines)
        return entry

    def write_lines(self, entry: int, lines: Sequence[Line]) -> None:
        """The sides of an entry that is being posted."""
        self.db.executemany(
            "INSERT INTO lines (id, entry, account, amount, direction) VALUES (?, ?, ?, ?, ?)",
            [(new_id(), entry, line.account, line.amount, line.direction) for line in lines],
        )

    def reverse(self, entry: Row) -> Row:
        """A new entry with every side swapped, from the same instant on."""
        return self.post(
            Draft(
                "REVERSAL",
                entry["entry_at"],
                self.mirrored(entry),
                cash_too=bool(entry["cash_too"]),
                reversal_of=entry["seq"],
                value_update=entry["value_update"],
            )
        )

    def mirrored(self, entry: Row) -> list[Line]:
        """The entry's lines with their sides swapped."""
        return [Line(line["account"], line["amount"], OTHER_SIDE[line["direction"]]) for line in self.lines(entry)]

    def reverse_by_hand(self, entry_id: str) -> tuple[Row, bool]:
        """The entry's reversal, and whether it is new."""
        entry = self.find("entries", entry_id)
        reversal = self.reversal(entry)
        if reversal is not None:
            return reversal, False
        if entry["value_update"] is not None:
            raise bad("This entry belongs to a value update; archive the value update instead.")
        return self.reverse(entry), True

    def post_by_hand(self, body: Mapping[str, Any]) -> tuple[Row, bool]:
        """The entry of that external_id, or a new one in both books, and whether it is new."""
        known = self.named("entries", "external_id", body.get("external_id"))
        if known is not None:
            return known, False
        lines = [
            Line(
                self.identified(line["account_identifier"], f"/line_items/{at}/account_identifier")["seq"],
                line["amount"],
                line["direction"],
            )
            for at, line in enumerate(body["line_items"])
        ]
        left_over = sum(line.amount if line.direction == "DEBIT" else -line.amount for line in lines)
        if left_over:
            raise bad(f"Debits less credits are {left_over}; they must be equal.", "/line_items")
        draft = Draft("MANUAL", instants.normal(body["entry_at"]), lines, cash_too=True, notes=notes(body))
        return self.post(draft), True

    def _next_number(self) -> int:
        sql = "SELECT coalesce(max(number), 0) + 1 FROM entries WHERE business_id = ?"
        return int(self.db.execute(sql, (self.business_id,)).fetchone()[0])

    def _depth(self, reversal_of: int | None) -> int:
        """How many entries a chain of reversals has below the new one."""
        sql = """WITH RECURSIVE chain (seq) AS (
                     VALUES (?) UNION ALL
                     SELECT entries.reversal_of FROM chain JOIN entries USING (seq)
                 ) SELECT count(seq) FROM chain"""
        return int(self.db.execute(sql, (reversal_of,)).fetchone()[0])

    # ---- reading ------------------------------------------------------------------------------

    def lines(self, entry: Row) -> list[Row]:
        """The sides of an entry, as they were posted."""
        return self.db.execute("SELECT * FROM lines WHERE entry = ? ORDER BY seq", (entry["seq"],)).fetchall()

    def reversal(self, entry: Row) -> Row | None:
        """The entry that reverses this one."""
        sql = "SELECT * FROM entries WHERE reversal_of = ?"
        found: Row | None = self.db.execute(sql, (entry["seq"],)).fetchone()
        return found

    @cached_property
    def chart(self) -> list[Row]:
        """Every account, parents before children."""
        sql = "SELECT * FROM accounts WHERE business_id = ? ORDER BY seq"
        return self.db.execute(sql, (self.business_id,)).fetchall()

    def own_sums(self, first: str | None, last: str | None, basis: str) -> dict[int, int]:
        """Debits less credits of each account that has lines on those days, descendants apart."""
        sql, arguments = self._own(first, last, basis)
        return {row["account"]: whole(row) for row in self.db.execute(sql, arguments)}

    def rolled_sums(self, first: str | None, last: str | None, basis: str) -> dict[int, int]:
        """Debits less credits of each account with those below it."""
        own, arguments = self._own(first, last, basis)
        sql = f"""WITH RECURSIVE own AS ({own}),
                  climb (account, up) AS (
                      SELECT account, account FROM own UNION ALL
                      SELECT climb.account, accounts.parent
                      FROM climb JOIN accounts ON accounts.seq = climb.up WHERE accounts.parent IS NOT NULL
                  )
                  SELECT up, sum(high) AS high, sum(low) AS low FROM climb JOIN own USING (account) GROUP BY up"""
        return {row["up"]: whole(row) for row in self.db.execute(sql, arguments)}

    def _own(self, first: str | None, last: str | None, basis: str) -> tuple[str, tuple[str | None, ...]]:
        sql = f"""SELECT lines.account, {HALVES.format("lines.signed")}
                  FROM entries JOIN lines ON lines.entry = entries.seq
                  WHERE entries.business_id = ? AND (entries.cash_too OR ? = 'ACCRUAL')
                    AND {self.as_of_day} >= coalesce(?, '') AND {self.as_of_day} <= coalesce(?, '9999-12-31')
                  GROUP BY lines.account"""
        return sql, (self.business_id, basis, first, last)


def notes(body: Mapping[str, Any]) -> dict[str, Any]:
    """The caller's own texts about a record, as columns; what is absent is null."""
    return {"external_id": body.get("external_id"), **notes_sent(body)}


def notes_sent(body: Mapping[str, Any]) -> dict[str, Any]:
    """Those of memo, metadata and reference_number that were sent, as columns."""
    sent = {name: body[name] for name in ("memo", "metadata", "reference_number") if name in body}
    if sent.get("metadata") is not None:
        sent["metadata"] = strict_json.encode(sent["metadata"])
    return sent
