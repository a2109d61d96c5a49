"""Assets and the changes of their value.

Decides what each kind of change posts, what is refused, and what replay, amendment, void and
archive mean; knows no HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.implementations.flask_layer import instants, strict_json
from tests.implementations.flask_layer.ledger import OTHER_SIDE, Draft, Ledger, Line, notes, notes_sent
from tests.implementations.flask_layer.refusals import bad, missing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Row

# The kind of change: which of the asset's accounts moves, and to which side.
MOVES: Final = {
    "DEPRECIATION_AMORTIZATION": ("accumulated_account", "CREDIT"),
    "IMPAIRMENT": ("ledger_account", "CREDIT"),
    "REVALUATION_DOWN": ("ledger_account", "CREDIT"),
    "IMPROVEMENT": ("ledger_account", "DEBIT"),
    "REVALUATION_UP": ("ledger_account", "DEBIT"),
}
DESCRIPTIVE: Final = ("name", "asset_type", "original_value", "salvage_value", "useful_life_months")


@dataclass(frozen=True, slots=True)
class Change:
    """What a value update posts; another one of these means another entry."""

    amount: int
    update_type: str
    counter_account: int
    date: str


class Books(Ledger):
    """One business's books inside one transaction. A wrong server is this with one method wrong."""

    # ---- assets -------------------------------------------------------------------------------

    def known_asset(self, external_id: str | None) -> Row | None:
        """The asset that an upsert would update."""
        return self.named("assets", "external_id", external_id)

    def put_asset(self, body: Mapping[str, Any]) -> tuple[Row, bool]:
        """The asset of that external_id with what was sent, or a new one, and whether it is new."""
        known = self.known_asset(body.get("external_id"))
        if known is not None:
            return self._amend_asset(known, body), False
        fixed_assets = self.identified("FIXED_ASSETS", "")
        account = self.insert(
            "accounts",
            parent=fixed_assets["seq"],
            name=body["name"],
            normality="DEBIT",
            type=fixed_assets["type"],
            subtype=fixed_assets["subtype"],
        )
        asset = self.insert(
            "assets",
            external_id=body.get("external_id"),
            ledger_account=account["seq"],
            created_at=self.now,
            **self._asset_columns(body),
        )
        return asset, True

    def patch_asset(self, asset_id: str, body: Mapping[str, Any]) -> Row:
        """The asset with what was sent."""
        return self._amend_asset(self.find("assets", asset_id), body)

    def archive_asset(self, asset_id: str) -> Row:
        """The asset, out of use; its value updates and its balance stay."""
        asset = self.find("assets", asset_id)
        if asset["archived_at"] is not None:
            raise bad("This asset is archived already.")
        return self.update("assets", asset["seq"], archived_at=self.now)

    def _amend_asset(self, asset: Row, body: Mapping[str, Any]) -> Row:
        if asset["archived_at"] is not None:
            raise bad("This asset is archived; it takes no changes.")
        return self.update("assets", asset["seq"], **self._asset_columns(body))

    def _asset_columns(self, body: Mapping[str, Any]) -> dict[str, Any]:
        columns = {name: body[name] for name in DESCRIPTIVE if name in body} | notes_sent(body)
        if "accumulated_depreciation_account" in body:
            identifier, pointer = body["accumulated_depreciation_account"], "/accumulated_depreciation_account"
            columns["accumulated_account"] = None if identifier is None else self.identified(identifier, pointer)["seq"]
        return columns

    # ---- value updates ------------------------------------------------------------------------

    def add_value_update(self, body: Mapping[str, Any]) -> tuple[Row, bool]:
        """The value update, posted, and whether it is new; a replay answers what is there."""
        asset = self._selected_asset(body)
        change = self._change(body)
        known = self.named("value_updates", "external_id", body.get("external_id"))
        if known is not None:
            self._must_agree(known, asset, change, body)
            return known, False
        update = self.insert(
            "value_updates",
            asset=asset["seq"],
            created_at=self.now,
            **columns_of(change),
            **notes(body),
        )
        return self.post_change(update, change), True

    def patch_value_update(self, update_id: str, body: Mapping[str, Any]) -> Row:
        """The value update with what was sent; its entry is replaced where the change is another."""
        update = self.find("value_updates", update_id)
        if update["archived_at"] is not None:
            raise bad("This value update is archived; it takes no changes.")
        before = change_of(update)
        change = self._change(body, before)
        update = self.update("value_updates", update["seq"], **columns_of(change), **notes_sent(body))
        return update if change == before else self.repost(update, change)

    def archive_value_update(self, update_id: str) -> Row:
        """The value update, void, with its entry reversed."""
        update = self.find("value_updates", update_id)
        if update["archived_at"] is not None:
            raise bad("This value update is archived already.")
        self.void(update)
        return self.update("value_updates", update["seq"], archived_at=self.now)

    def sides(self, update_type: str) -> tuple[str, str]:
        """Which of the asset's accounts that kind of change moves, and to which side."""
        return MOVES[update_type]

    def post_change(self, update: Row, change: Change) -> Row:
        """The value update with its entry posted. Raises Refused where it may not post."""
        asset = self.db.execute("SELECT * FROM assets WHERE seq = ?", (update["asset"],)).fetchone()
        column, direction = self.sides(change.update_type)
        if asset["archived_at"] is not None:
            raise bad("This asset is archived; nothing is posted for it.")
        if change.amount <= 0:
            raise bad(f"The amount is {change.amount}; it must be 1 or more, the type gives the direction.", "/amount")
        if asset[column] is None:
            raise bad("Depreciation needs an asset with an accumulated_depreciation_account.", "/update_type")
        if asset[column] == change.counter_account:
            raise bad("The counter account is the very account that this posts to.", "/counter_account")
        lines = [
            Line(asset[column], change.amount, direction),
            Line(change.counter_account, change.amount, OTHER_SIDE[direction]),
        ]
        told = {name: update[name] for name in ("memo", "metadata", "reference_number")}
        entry = self.post(
            Draft("VALUE_UPDATE", change.date, lines, cash_too=False, value_update=update["seq"], notes=told)
        )
        return self.update("value_updates", update["seq"], entry=entry["seq"])

    def repost(self, update: Row, change: Change) -> Row:
        """The value update with its entry reversed and another one posted."""
        self.reverse(self.entry_of(update))
        return self.post_change(update, change)

    def void(self, update: Row) -> None:
        """Takes what the value update posted out of the balances."""
        self.reverse(self.entry_of(update))

    def entry_of(self, update: Row) -> Row:
        """The value update's entry in force."""
        row: Row = self.db.execute("SELECT * FROM entries WHERE seq = ?", (update["entry"],)).fetchone()
        return row

    def _selected_asset(self, body: Mapping[str, Any]) -> Row:
        by_id, by_name = body.get("asset_id"), body.get("asset_external_id")
        if by_id is None and by_name is None:
            raise bad("Name the asset by asset_id or by asset_external_id.")
        found = [] if by_id is None else [self.find("assets", by_id, "/asset_id")]
        if by_name is not None:
            named = self.named("assets", "external_id", by_name)
            if named is None:
                raise missing(f"asset with the external id {by_name[:100]!r}", "/asset_external_id")
            found.append(named)
        if found[0]["seq"] != found[-1]["seq"]:
            raise bad("asset_id and asset_external_id name two different assets.")
        return found[0]

    def _change(self, body: Mapping[str, Any], before: Change | None = None) -> Change:
        """What the body says is to be posted; what it leaves out is as `before`."""
        told = columns_of(before) if before is not None else {}
        told |= {name: body[name] for name in ("amount", "update_type") if name in body}
        if "counter_account" in body:
            told["counter_account"] = self.identified(body["counter_account"], "/counter_account")["seq"]
        if "date" in body:
            told["date"] = instants.normal(body["date"])
        return Change(**told)

    def _must_agree(self, known: Row, asset: Row, change: Change, body: Mapping[str, Any]) -> None:
        """Raises Refused unless the body says again what is on record."""
        if known["archived_at"] is not None:
            raise bad("The value update with this external_id is archived.", "/external_id")
        stored = (known["asset"], change_of(known), known["memo"], known["reference_number"])
        sent = (asset["seq"], change, body.get("memo"), body.get("reference_number"))
        if stored != sent or not strict_json.same(metadata_of(known), body.get("metadata")):
            raise bad("Another value update has this external_id.", "/external_id")


def change_of(update: Row) -> Change:
    """What the value update posts."""
    return Change(update["amount"], update["update_type"], update["counter_account"], update["date"])


def columns_of(change: Change) -> dict[str, Any]:
    """The columns that hold the change."""
    return {name: getattr(change, name) for name in Change.__slots__}


def metadata_of(record: Row) -> Any:
    """The record's metadata as it was sent."""
    return None if record["metadata"] is None else strict_json.parse(record["metadata"].encode())
