"""Faults planted into the fake: one method overridden each, and the rules that name the fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from contract_tests.call import Call, Reply
from tests.stateful.fake_books import Business, Entry, Json, Line, Refused, day
from tests.stateful.fake_layer import FakeLayer


@dataclass(frozen=True, slots=True)
class Planted:
    """A wrong server, and the rules that may rightly name what is wrong with it."""

    server: type[FakeLayer]
    rules: frozenset[str]


class SwappedSides(FakeLayer):
    def sides(self, update_type: str) -> str:
        return "DEBIT" if super().sides(update_type) == "CREDIT" else "CREDIT"


class ImpairmentRaises(FakeLayer):
    def sides(self, update_type: str) -> str:
        return "DEBIT" if update_type == "IMPAIRMENT" else super().sides(update_type)


class DepreciationCreditsTheAsset(FakeLayer):
    def moved(self, business: Business, change: Json) -> str:
        super().moved(business, change)
        return str(self.find(business.assets, change["asset_id"])["account"])


class DepreciationWithoutAnAccount(FakeLayer):
    def moved(self, business: Business, change: Json) -> str:
        asset = self.find(business.assets, change["asset_id"])
        return super().moved(business, change) if asset["accumulated"] else str(asset["account"])


class MissingSecondLine(FakeLayer):
    def post(self, business: Business, lines: Any, at: str, **more: Any) -> Entry:
        return super().post(business, lines[:1], at, **more)


class OneCentOff(FakeLayer):
    def amount(self, change: Json) -> int:
        return super().amount(change) + (change["amount"] > 1_000 and change["amount"] % 2 == 1)


class WrongOnLeapDays(FakeLayer):
    def amount(self, change: Json) -> int:
        return super().amount(change) * (2 if change["date"].startswith("2024-02-29") else 1)


class FloatingPoint(FakeLayer):
    def amount(self, change: Json) -> int:
        return int(float(change["amount"]))


class VoidForgetsReversal(FakeLayer):
    def void(self, business: Business, identifier: str) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        change["archived_at"] = change["archived_at"] or self.now()
        return 200, {"data": self.show_change(business, change)}


class DoubleVoid(FakeLayer):
    def void(self, business: Business, identifier: str) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        self.take_back(business, change)
        change["archived_at"] = self.now()
        return 200, {"data": self.show_change(business, change)}


class VoidIsNotShown(FakeLayer):
    def void(self, business: Business, identifier: str) -> tuple[int, Json]:
        status, body = super().void(business, identifier)
        return status, {"data": body["data"] | {"archived_at": None}}


class CrookedReversal(FakeLayer):
    """A reversal nets to nothing on one account only."""

    def mirror(self, business: Business, entry: Entry) -> Entry:
        back = super().mirror(business, entry)
        back.lines[-1].account = self.stable(business, "CASH").id
        return back


class ReversesTwice(FakeLayer):
    def reverse(self, business: Business, identifier: str) -> tuple[int, Json]:
        entry = self.entry(business, identifier)
        return 201, {"data": self.show_entry(business, self.mirror(business, entry))}


class UpsertDuplicates(FakeLayer):
    def known_asset(self, business: Business, external: str | None) -> Json | None:
        return None


class UpsertDropsAMember(FakeLayer):
    def merge_asset(self, business: Business, asset: Json, body: Json) -> None:
        super().merge_asset(business, asset, body | {"memo": body.get("memo")})


class ExternalIdsWithoutCase(FakeLayer):
    def known_asset(self, business: Business, external: str | None) -> Json | None:
        found = (one for one in business.assets if external and str(one["external_id"]).lower() == external.lower())
        return next(found, None)


class PatchKeepsOldJournal(FakeLayer):
    def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        self._amending = True
        try:
            return super().amend(business, identifier, body)
        finally:
            self._amending = False

    def take_back(self, business: Business, change: Json) -> None:
        if not self._amending:
            super().take_back(business, change)

    _amending = False


class PatchRepostsForANote(FakeLayer):
    def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        reply = super().amend(business, identifier, body)
        self.take_back(business, change)
        self.post_change(business, change)
        return reply


class PatchEditsThePostedJournal(FakeLayer):
    def take_back(self, business: Business, change: Json) -> None:
        if not change["archived_at"]:
            super().take_back(business, change)

    def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        change = self.find(business.changes, identifier)
        if "amount" in body and not body.keys() & {"update_type", "date"} and not change["archived_at"]:
            self.check_change(business, body)
            change["amount"] = body["amount"]
            for line in self.entry(business, change["entry"]).lines:
                line.amount = body["amount"]
            return 200, {"data": self.show_change(business, change)}
        return super().amend(business, identifier, body)


class PatchForgetsANote(FakeLayer):
    def amend(self, business: Business, identifier: str, body: Json) -> tuple[int, Json]:
        status, shown = super().amend(business, identifier, body)
        if "amount" in body:
            self.find(business.changes, identifier)["memo"] = None
        return status, shown


class MetadataLosesNulls(FakeLayer):
    def show_change(self, business: Business, change: Json) -> Json:
        shown = super().show_change(business, change)
        return shown | {"metadata": _without_nulls(shown["metadata"])}


class PostsAgainOnResend(FakeLayer):
    def record(self, business: Business, body: Json) -> tuple[int, Json]:
        known = self.known_change(business, body.get("external_id"))
        status, shown = super().record(business, body)
        if known is not None:
            self.post_change(business, dict(known))
        return status, shown


class StoresWhatItRefuses(FakeLayer):
    def record(self, business: Business, body: Json) -> tuple[int, Json]:
        try:
            return super().record(business, body)
        except Refused:
            if body.get("asset_id"):
                with suppress(Refused, KeyError, TypeError, ValueError):
                    day(body["date"])
                    self.post_change(business, body | {"counter": self.stable(business, "CASH").id, "memo": None})
            raise


class CashBooksToo(FakeLayer):
    def counted(self, business: Business, to: str | None, basis: str) -> Iterator[Line]:
        return super().counted(business, to, "ACCRUAL")


class AsOfByCreation(FakeLayer):
    def falls_in(self, entry: Entry, to: str) -> bool:
        return day(entry.posted) <= day(to)


class AsOfIsExclusive(FakeLayer):
    def falls_in(self, entry: Entry, to: str) -> bool:
        return day(entry.at) < day(to)


class OffsetDropped(FakeLayer):
    def falls_in(self, entry: Entry, to: str) -> bool:
        return entry.at[:10] <= to[:10]


class LopsidedSheet(FakeLayer):
    def sheet(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        status, body = super().sheet(business, query)
        body["data"]["assets"][0]["value"] += 1
        return status, body


class ForgottenRoot(FakeLayer):
    """Expenses are missing from the chart's balances."""

    def balances(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        status, body = super().balances(business, query)
        kept = [root for root in body["data"]["accounts"] if root["account_type"]["value"] != "LIABILITY"]
        return status, {"data": body["data"] | {"accounts": kept}}


class ListLosesLastPage(FakeLayer):
    def cut(self, rows: list[Json], start: int, limit: int, query: dict[str, str], sort_by: str) -> Json:
        whole = (len(rows) - 1) // limit * limit if len(rows) > limit else len(rows)
        return super().cut(rows[:whole], start, limit, query, sort_by)


class ThirdPageRepeatsARow(FakeLayer):
    def cut(self, rows: list[Json], start: int, limit: int, query: dict[str, str], sort_by: str) -> Json:
        page = super().cut(rows, start, limit, query, sort_by)
        if start == 2 * limit and page["data"]:
            page["data"][-1] = rows[start - 1]
        return page


class OrderIgnored(FakeLayer):
    def cut(self, rows: list[Json], start: int, limit: int, query: dict[str, str], sort_by: str) -> Json:
        turned = rows[::-1] if query.get("sort_order") == "DESC" else rows
        return super().cut(turned, start, limit, query, sort_by)


class ShowsTheArchived(FakeLayer):
    def list_assets(self, business: Business, query: dict[str, str]) -> tuple[int, Json]:
        rows = [self.show_asset(business, asset) for asset in business.assets]
        return 200, self.page(rows, query, "created_at")


class MixesUpTheRunningBalance(FakeLayer):
    def lines(self, business: Business, identifier: str, query: dict[str, str]) -> tuple[int, Json]:
        status, body = super().lines(business, identifier, query)
        for row in body["data"][2:]:
            row["running_balance"] += 1
        return status, body


class ArchivingWritesOff(FakeLayer):
    """Archiving an asset takes back its last change and no other."""

    def archive_asset(self, business: Business, identifier: str) -> tuple[int, Json]:
        changes = [one for one in business.changes if one["asset_id"] == identifier and not one["archived_at"]]
        if changes and not self.find(business.assets, identifier)["archived_at"]:
            self.post(
                business,
                [(self.moved(business, changes[-1]), "DEBIT", 7), (changes[-1]["counter"], "CREDIT", 7)],
                "2024-01-01T00:00:00Z",
                cash=False,
            )
        return super().archive_asset(business, identifier)


class TouchesTheNeighbour(FakeLayer):
    def post_change(self, business: Business, change: Json) -> None:
        super().post_change(business, change)
        other = [asset for asset in business.assets if asset["id"] != change["asset_id"]]
        if other and change["update_type"] == "REVALUATION_UP":
            lines = [(other[-1]["account"], "DEBIT", 1), (self.stable(business, "CASH").id, "CREDIT", 1)]
            self.post(business, lines, change["date"], cash=False)


class CreationPostsTheCost(FakeLayer):
    def create_asset(self, business: Business, body: Json) -> tuple[int, Json]:
        status, shown = super().create_asset(business, body)
        if status == 201 and body.get("original_value"):
            account, amount = shown["data"]["ledger_account"]["id"]["id"], body["original_value"]
            cash = self.stable(business, "CASH").id
            self.post(business, [(account, "DEBIT", amount), (cash, "CREDIT", amount)], self.now(), cash=True)
        return status, shown


class BelievesEitherSelector(FakeLayer):
    def selected(self, business: Business, body: Json) -> Json:
        if body.get("asset_id"):
            return super().selected(business, {"asset_id": body["asset_id"]})
        return super().selected(business, body)


class Crashes(FakeLayer):
    def send(self, call: Call) -> Reply:
        if call.body and json.loads(call.body).get("update_type") == "REVALUATION_DOWN":
            return Reply(500, (("content-type", "application/json"),), b"{}")
        return super().send(call)


class OpenBooks(FakeLayer):
    """The closing date is kept and not obeyed."""

    def check_open(self, business: Business, at: str) -> None:
        return


def _without_nulls(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _without_nulls(one) for key, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value


def named(server: type[FakeLayer], *rules: str) -> Planted:
    return Planted(server, frozenset(rules))


HISTORIES: Final = (
    named(SwappedSides, "layer.R1", "layer.R3", "layer.R4", "V1"),
    named(ImpairmentRaises, "layer.R1", "layer.R4", "V1"),
    named(DepreciationCreditsTheAsset, "layer.R3", "layer.R1", "V1"),
    named(DepreciationWithoutAnAccount, "layer.R2"),
    named(MissingSecondLine, "L1", "L2"),
    named(OneCentOff, "layer.R1", "V1"),
    named(WrongOnLeapDays, "layer.R1", "layer.R3", "V1"),
    named(FloatingPoint, "layer.R1", "L8", "V1"),
    named(VoidForgetsReversal, "A1"),
    named(DoubleVoid, "A2"),
    named(VoidIsNotShown, "layer.R18"),
    named(CrookedReversal, "L7", "A1"),
    named(ReversesTwice, "layer.R24"),
    named(UpsertDuplicates, "layer.R5"),
    named(UpsertDropsAMember, "layer.R6", "layer.R11"),
    named(ExternalIdsWithoutCase, "layer.R30", "layer.R22"),
    named(PatchKeepsOldJournal, "layer.R9", "M4"),
    named(PatchRepostsForANote, "layer.R10"),
    named(PatchEditsThePostedJournal, "L6"),
    named(PatchForgetsANote, "layer.R11"),
    named(MetadataLosesNulls, "layer.R12"),
    named(PostsAgainOnResend, "O7", "layer.R17", "M7"),
    named(StoresWhatItRefuses, "L5", "M11"),
    named(CashBooksToo, "C1", "C2", "M8"),
    named(AsOfByCreation, "O1", "O3", "M2"),
    named(AsOfIsExclusive, "O1", "O3", "M2"),
    named(OffsetDropped, "T4"),
    named(LopsidedSheet, "L4"),
    named(ForgottenRoot, "L3"),
    named(ListLosesLastPage, "layer.R14", "layer.R16"),
    named(ThirdPageRepeatsARow, "layer.R14"),
    named(OrderIgnored, "layer.R15"),
    named(ShowsTheArchived, "layer.R13"),
    named(MixesUpTheRunningBalance, "layer.R29"),
    named(ArchivingWritesOff, "A4"),
    named(TouchesTheNeighbour, "M6", "V1", "layer.R1", "layer.R9", "O1", "T4"),
    named(CreationPostsTheCost, "layer.R20"),
    named(BelievesEitherSelector, "layer.R8"),
    named(Crashes, "S5"),
    named(OpenBooks, "layer.R21"),
)
"""Faults that part B finds."""
