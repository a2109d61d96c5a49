"""A small Layer in memory, spoken to as a driver: right by default, wrong where a test makes it so.

Decides nothing that the sandbox decides: it is here so that the kit's own tests are quick, need no
server, and can plant a fault by overriding one method. Its books are in `fake_books`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from threading import RLock

from contract_tests.call import Call, Reply, Who
from tests.stateful.fake_books import ELSEWHERE, LIMIT, Account, Business, FakeBooks, Json, Refused, day

_EFFECTS = {
    "DEPRECIATION_AMORTIZATION": "CREDIT",
    "IMPAIRMENT": "CREDIT",
    "REVALUATION_DOWN": "CREDIT",
    "IMPROVEMENT": "DEBIT",
    "REVALUATION_UP": "DEBIT",
}
_KINDS = ("EQUIPMENT", "VEHICLE", "RIGHT_OF_USE_ASSET", "GOODWILL")
_NOTES = ("memo", "metadata", "reference_number")
_ASSET_MEMBERS = ("name", "asset_type", "original_value", "salvage_value", "useful_life_months", *_NOTES)


class FakeLayer(FakeBooks):
    """The driver. Every public method is one thing that a planted fault may override."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = RLock()

    # ---- the wire -----------------------------------------------------------------------------

    def send(self, call: Call) -> Reply:
        self.requests += 1
        started = float(self.requests)
        try:
            status, body = self.answer(call)
        except Refused as refused:
            error = {"type": "BadRequest", "description": str(refused), "error_enum": "SpecifiedBadRequest"}
            status, body = refused.status, {"errors": [error]}
        headers = (("content-type", "application/json"), ("www-authenticate", "Bearer"), ("allow", "GET"))
        text = json.dumps(body, default=_number).encode()
        return Reply(status, headers, text, started, float(self.requests) + 2.0)

    def answer(self, call: Call) -> tuple[int, Json]:
        match = re.fullmatch(r"/businesses/([^/]+)(/.*)", call.path)
        assert match is not None, call.path
        business = self.admit(call.who, match[1])
        body = json.loads(call.body, parse_float=Decimal) if call.body else None
        for method, pattern, name in _ROUTES:
            found = re.fullmatch(pattern, match[2])
            if found is not None and method == call.method:
                with self.turn():
                    handler: Callable[..., tuple[int, Json]] = getattr(self, name)
                    return handler(business, *found.groups(), **self.given(method, body, dict(call.query)))
        raise AssertionError(f"no route for {call.method} {call.path}")

    def given(self, method: str, body: Json, query: dict[str, str]) -> dict[str, Json]:
        return {"query": query} if method == "GET" else ({} if body is None else {"body": body})

    def turn(self) -> RLock:
        """What a request holds while it is answered."""
        return self._lock

    def admit(self, who: Who, business: str) -> Business:
        if who is Who.NOBODY:
            raise Refused(401, "who are you?")
        if (who is Who.OTHER) != (business == ELSEWHERE):
            raise Refused(404, "no such business")
        return self.businesses[business]

    # ---- assets -------------------------------------------------------------------------------

    def known_asset(self, business: Business, external: str | None) -> Json | None:
        found = (asset for asset in business.assets if external is not None and asset["external_id"] == external)
        return next(found, None)

    def create_asset(self, business: Business, body: Json) -> tuple[int, Json]:
        self.check_asset(business, body, required=("name", "asset_type"))
        known = self.known_asset(business, body.get("external_id"))
        if known is not None:
            if known["archived_at"]:
                raise Refused(400, "the asset is archived")
            self.merge_asset(business, known, body)
            return 200, {"data": self.show_asset(business, known)}
        fixed = self.stable(business, "FIXED_ASSETS")
        account = Account(self.new(), body["name"], "DEBIT", "ASSET", fixed.id)
        business.accounts[account.id] = account
        asset = {"id": self.new(), "external_id": body.get("external_id"), "account": account.id}
        asset |= {"archived_at": None, "accumulated": None} | dict.fromkeys(_ASSET_MEMBERS)
        self.merge_asset(business, asset, body)
        business.assets.append(asset)
        return 201, {"data": self.show_asset(business, asset)}

    def check_asset(self, business: Business, body: Json, required: tuple[str, ...] = ()) -> None:
        if any(member not in body for member in required):
            raise Refused(400, "a member is missing")
        if body.get("asset_type", _KINDS[0]) not in _KINDS:
            raise Refused(400, "no such asset_type")
        if body.get("accumulated_depreciation_account"):
            self.account(business, body["accumulated_depreciation_account"])

    def merge_asset(self, business: Business, asset: Json, body: Json) -> None:
        asset.update({name: body[name] for name in _ASSET_MEMBERS if name in body})
        if body.get("accumulated_depreciation_account"):
            asset["accumulated"] = self.account(business, body["accumulated_depreciation_account"]).id

    def find(self, records: list[Json], identifier: str) -> Json:
        for record in records:
            if record["id"] == identifier:
                return record
        raise Refused(404, "no such record")

    def read_asset(self, business: Business, identifier: str, query: Json) -> tuple[int, Json]:
        return 200, {"data": self.show_asset(business, self.find(business.assets, identifier))}

    def patch_asset(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        asset = self.find(business.assets, identifier)
        if asset["archived_at"]:
            raise Refused(400, "the asset is archived")
        self.check_asset(business, body)
        self.merge_asset(business, asset, body)
        return 200, {"data": self.show_asset(business, asset)}

    def archive_asset(self, business: Business, identifier: str) -> tuple[int, Json]:
        asset = self.find(business.assets, identifier)
        asset["archived_at"] = asset["archived_at"] or self.now()
        return 200, {"data": self.show_asset(business, asset)}

    # ---- value updates ------------------------------------------------------------------------

    def record(self, business: Business, body: Json) -> tuple[int, Json]:
        known = self.known_change(business, body.get("external_id"))
        self.check_change(business, body)
        if known is not None:
            same = all(known[name] == body[name] for name in ("amount", "update_type", "date"))
            if not same or known["archived_at"]:
                raise Refused(400, "another value update has this external_id")
            return 200, {"data": self.show_change(business, known)}
        asset = self.selected(business, body)
        if asset["archived_at"]:
            raise Refused(400, "the asset is archived")
        change = {"id": self.new(), "asset_id": asset["id"], "external_id": body.get("external_id")}
        change |= {"archived_at": None, "counter": self.account(business, body["counter_account"]).id}
        change |= {name: body[name] for name in ("amount", "update_type", "date")}
        change |= {name: body.get(name) for name in _NOTES}
        self.post_change(business, change)
        business.changes.append(change)
        return 201, {"data": self.show_change(business, change)}

    def known_change(self, business: Business, external: str | None) -> Json | None:
        found = (change for change in business.changes if external and change["external_id"] == external)
        return next(found, None)

    def selected(self, business: Business, body: Json) -> Json:
        named = [asset for asset in business.assets if asset["id"] == body.get("asset_id")]
        external = self.known_asset(business, body.get("asset_external_id"))
        wanted = [body.get("asset_id"), body.get("asset_external_id")]
        if wanted == [None, None] or (wanted[0] and not named) or (wanted[1] and external is None):
            raise Refused(400, "no such asset")
        if named and external is not None and named[0] is not external:
            raise Refused(400, "two assets")
        asset = named[0] if named else external
        assert asset is not None
        return asset

    def check_change(self, business: Business, body: Json, required: tuple[str, ...] = ("amount",)) -> None:
        if any(member not in body for member in required):
            raise Refused(400, "a member is missing")
        amount = body.get("amount", 1)
        if type(amount) is not int or not 0 < amount <= LIMIT:
            raise Refused(400, "no amount")
        if body.get("update_type", "IMPAIRMENT") not in _EFFECTS:
            raise Refused(400, "no such update_type")
        if "counter_account" in body:
            self.account(business, body["counter_account"])
        try:
            datetime.fromisoformat(body.get("date", "2024-01-01T00:00:00Z"))
        except ValueError:
            raise Refused(400, "no such day") from None

    def sides(self, update_type: str) -> str:
        return _EFFECTS[update_type]

    def moved(self, business: Business, change: Json) -> str:
        asset = self.find(business.assets, change["asset_id"])
        if change["update_type"] != "DEPRECIATION_AMORTIZATION":
            return str(asset["account"])
        if asset["accumulated"] is None:
            raise Refused(400, "depreciation needs an accumulated account")
        return str(asset["accumulated"])

    def post_change(self, business: Business, change: Json) -> None:
        against, side = self.moved(business, change), self.sides(change["update_type"])
        if against == change["counter"]:
            raise Refused(400, "the counter account is the asset's own")
        other = "CREDIT" if side == "DEBIT" else "DEBIT"
        amount = self.amount(change)
        lines = [(against, side, amount), (change["counter"], other, amount)]
        change["entry"] = self.post(business, lines, change["date"], cash=False, memo=change["memo"]).id

    def amount(self, change: Json) -> int:
        return int(change["amount"])

    def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        if change["archived_at"]:
            raise Refused(400, "the value update is archived")
        self.check_change(business, body, required=())
        after = change | {name: body[name] for name in ("amount", "update_type", "date", *_NOTES) if name in body}
        if "counter_account" in body:
            after["counter"] = self.account(business, body["counter_account"]).id
        if any(after[name] != change[name] for name in ("amount", "update_type", "date", "counter")):
            self.moved(business, after)
            self.check_open(business, after["date"])
            self.take_back(business, change)
            self.post_change(business, after)
        change.update(after)
        return 200, {"data": self.show_change(business, change)}

    def void(self, business: Business, identifier: str) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        if not change["archived_at"]:
            self.take_back(business, change)
            change["archived_at"] = self.now()
        return 200, {"data": self.show_change(business, change)}

    def take_back(self, business: Business, change: Json) -> None:
        self.mirror(business, self.entry(business, change["entry"]))

    def read_change(self, business: Business, identifier: str, query: Json) -> tuple[int, Json]:
        return 200, {"data": self.show_change(business, self.find(business.changes, identifier))}

    def changes_of(self, business: Business, identifier: str, query: Json) -> tuple[int, Json]:
        asset = self.find(business.assets, identifier)
        rows = [one for one in business.changes if one["asset_id"] == asset["id"] and not one["archived_at"]]
        return 200, {"data": [self.show_change(business, row) for row in rows]}

    # ---- lists --------------------------------------------------------------------------------

    def page(self, rows: list[Json], query: dict[str, str], sort_by: str) -> Json:
        if query.get("sort_order") == "DESC":
            rows = rows[::-1]
        start, limit = int(query.get("cursor", "0")), int(query.get("limit", "100"))
        return self.cut(rows, start, limit, query, sort_by)

    def cut(self, rows: list[Json], start: int, limit: int, query: dict[str, str], sort_by: str) -> Json:
        end = start + limit
        more = end < len(rows)
        pagination = {"sort_by": sort_by, "sort_order": query.get("sort_order", "ASC"), "has_more": more}
        pagination |= {"cursor": str(end) if more else None}
        if query.get("show_total_count") == "true":
            pagination["total_count"] = len(rows)
        return {"data": rows[start:end], "meta": {"type": "request_metadata", "pagination": pagination}}

    def list_assets(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        rows = [self.show_asset(business, asset) for asset in business.assets if not asset["archived_at"]]
        return 200, self.page(rows, query, "created_at")

    def list_changes(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        live = [change for change in business.changes if not change["archived_at"]]
        if query.get("sort_by", "date") == "date":
            live.sort(key=lambda change: datetime.fromisoformat(change["date"]))
        rows = [self.show_change(business, change) for change in live]
        return 200, self.page(rows, query, query.get("sort_by", "date"))

    def list_entries(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        entries = sorted(business.entries, key=lambda entry: datetime.fromisoformat(entry.at))
        rows = [self.show_entry(business, entry) for entry in entries]
        return 200, self.page(rows, query, "entry_at")

    def lines(self, business: Business, identifier: str, query: dict[str, str]) -> tuple[int, Json]:
        if identifier not in business.accounts:
            raise Refused(404, "no such account")
        running, shown = 0, []
        for entry in sorted(business.entries, key=lambda entry: day(entry.at)):
            for line in (line for line in entry.lines if line.account == identifier):
                running += line.signed * (1 if business.accounts[identifier].normality == "DEBIT" else -1)
                row = self.show_line(business, entry, line)
                row |= {"running_balance": running, "is_reversed": entry.reversed_by is not None}
                shown.append(row)
        by = "createdAt" if query.get("sort_by") == "created_at" else "entry_at"
        shown.sort(key=lambda row: datetime.fromisoformat(row[by]))
        return 200, self.page(shown, query, query.get("sort_by", "entry_at"))

    # ---- records on the wire ------------------------------------------------------------------

    def show_asset(self, business: Business, asset: Json) -> Json:
        accumulated = business.accounts.get(asset["accumulated"] or "")
        shown = {name: asset[name] for name in ("id", "external_id", "archived_at", *_ASSET_MEMBERS)}
        shown |= {"business_id": business.id, "transaction_tags": []}
        shown["ledger_account"] = self.show_account(business.accounts[asset["account"]])
        shown["accumulated_depreciation_account"] = accumulated and self.show_account(accumulated)
        return shown

    def show_change(self, business: Business, change: Json) -> Json:
        names = ("id", "asset_id", "external_id", "amount", "update_type", "date", "archived_at", *_NOTES)
        return {name: change[name] for name in names} | {"business_id": business.id, "transaction_tags": []}


def _number(value: object) -> float:
    assert isinstance(value, Decimal)
    return float(value)


_ID = "([^/]+)"
_ROUTES = (
    ("POST", "/assets", "create_asset"),
    ("GET", "/assets", "list_assets"),
    ("POST", "/assets/value-updates", "record"),
    ("GET", "/assets/value-updates", "list_changes"),
    ("GET", f"/assets/value-updates/{_ID}", "read_change"),
    ("PATCH", f"/assets/value-updates/{_ID}", "amend"),
    ("DELETE", f"/assets/value-updates/{_ID}", "void"),
    ("GET", f"/assets/{_ID}", "read_asset"),
    ("PATCH", f"/assets/{_ID}", "patch_asset"),
    ("DELETE", f"/assets/{_ID}", "archive_asset"),
    ("GET", f"/assets/{_ID}/value-updates", "changes_of"),
    ("POST", "/ledger/accounts", "open_account"),
    ("GET", f"/ledger/accounts/{_ID}/lines", "lines"),
    ("GET", "/ledger/balances", "balances"),
    ("GET", "/ledger/entries", "list_entries"),
    ("GET", f"/ledger/entries/{_ID}", "read_entry"),
    ("POST", f"/ledger/entries/{_ID}/reverse", "reverse"),
    ("POST", "/ledger/journal-entries", "post_journal"),
    ("GET", "/reports/balance-sheet", "sheet"),
    ("GET", "/reports/unified/trial-balance", "trial"),
    ("GET", "/accounting-config", "settings"),
    ("PATCH", "/accounting-config", "configure"),
)
