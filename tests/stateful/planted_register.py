"""Faults planted between the kit and the sandbox of Xero Assets, and the rules that name the fault."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Final
from uuid import uuid4

from contract_tests.call import Call, Driver, Reply, Who
from stateful.dialects.xero.tables import NOBODY
from tests.stateful import bent
from tests.stateful.bent import Json, named, with_json

SETTINGS = ("bookDepreciationSetting", "bookDepreciationSettings")


class Bent(bent.Bent):
    """A driver in front of the sandbox of Xero Assets."""

    def shown(self, call: Call, data: Json) -> Json:
        """The data as the kit gets it."""
        if call.path == "/Assets" and call.method == "GET":
            data["items"] = [self.row(call, row) for row in data["items"]]
            return data
        return self.asset(call, data) if call.path.startswith("/Assets/") or call.path == "/Assets" else data

    def row(self, call: Call, row: Json) -> Json:
        """An item of a list as the kit gets it."""
        return row

    def asset(self, call: Call, asset: Json) -> Json:
        """An asset by itself as the kit gets it."""
        return asset


def is_asset(call: Call) -> bool:
    return call.method == "POST" and call.path == "/Assets"


def is_type(call: Call) -> bool:
    return call.method == "POST" and call.path == "/AssetTypes"


# ---- drafts ---------------------------------------------------------------------------------------


class AcceptsNoNumber(Bent):
    def body(self, call: Call, data: Json) -> Json:
        nameless = {"assetNumber": f"made-{uuid4()}", "assetName": "made"}
        return {**nameless, **data} if is_asset(call) and "assetId" not in data else data


class TakesTakenNumbers(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        if is_asset(call) and reply.status == 400 and b"AssetNumber" in reply.body:
            data = json.loads(call.body or b"")
            again = self.inner.send(call.with_json({**data, "assetNumber": f"{data['assetNumber']}-{uuid4()}"}))
            return with_json(again, {**json.loads(again.body), "assetNumber": data["assetNumber"]})
        return reply


class MakesRegistered(Bent):
    def body(self, call: Call, data: Json) -> Json:
        self._asked = data.pop("assetStatus", None) if is_asset(call) else None
        return data

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"assetStatus": self._asked} if is_asset(call) and self._asked else asset

    _asked = None


class ChangesTheRegistered(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        data = json.loads(call.body or b"{}")
        if is_asset(call) and reply.status == 400 and data.get("assetId") and data.get("assetName") == "refused":
            return self.inner.send(replace(call, method="GET", path=f"/Assets/{data['assetId']}", body=None))
        return reply


class UpdateMakesAnother(Bent):
    def body(self, call: Call, data: Json) -> Json:
        if is_asset(call) and data.pop("assetId", None):
            data["assetNumber"] += f"-{uuid4()}"
        return data


class ForgetsTheSerialNumber(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return {name: value for name, value in data.items() if name != "serialNumber"}


class StoresTheNextDay(Bent):
    def body(self, call: Call, data: Json) -> Json:
        if is_asset(call) and data.get("purchaseDate", "").startswith("2020-02-29"):
            data["purchaseDate"] = "2020-03-01T00:00:00"
        return data


class ClearsTheDescription(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return {"description": None, **data} if is_asset(call) and "assetId" in data else data


class ShowsWhatWasSentAsComputed(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        sent = json.loads(call.body or b"{}").get("bookDepreciationDetail", {})
        if "currentAccumDepreciationAmount" in sent:
            asset.setdefault("bookDepreciationDetail", {}).update(sent)
        return asset


class KnowsOneNameOfSettings(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return {name: value for name, value in data.items() if name != "bookDepreciationSettings"}


class TakesRateAndLife(Bent):
    def body(self, call: Call, data: Json) -> Json:
        for name in SETTINGS:
            if "depreciationRate" in data.get(name, {}):
                data[name].pop("effectiveLifeYears", None)
        return data


class TakesAnyLimit(Bent):
    def body(self, call: Call, data: Json) -> Json:
        for name in SETTINGS:
            if data.get(name, {}).get("costLimit", 0) > data.get("purchasePrice", 0):
                del data[name]["costLimit"]
        return data


class TakesAnyResidualValue(Bent):
    def body(self, call: Call, data: Json) -> Json:
        for name in SETTINGS:
            plan = data.get(name, {})
            if plan.get("residualValue", 0) > plan.get("costLimit", data.get("purchasePrice", 0)):
                del plan["residualValue"]
        return data


class WorthACentMore(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"accountingBookValue": asset["accountingBookValue"] + 0.01}


class ShowsNulls(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return {"description": None, **asset}


class ForgetsKeys(Bent):
    def out(self, call: Call) -> Call:
        kept = tuple(pair for pair in call.headers if pair[0] != "Idempotency-Key")
        return replace(call, headers=kept)


class ForgetsOtherBodiesOfAKey(ForgetsKeys):
    """The same call is known again; another one with its key is carried out."""

    def out(self, call: Call) -> Call:
        return super().out(call) if b'"another"' in (call.body or b"") else call


class ChangesWhatItRefuses(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        data = json.loads(call.body or b"{}")
        if is_asset(call) and reply.refused and data.get("assetId") not in (None, NOBODY):
            self.inner.send(call.with_json({"assetId": data["assetId"], "description": "half done"}))
        return reply


class TakesUnknownTypes(Bent):
    def body(self, call: Call, data: Json) -> Json:
        if data.get("assetTypeId") == NOBODY:
            del data["assetTypeId"]
        return data


# ---- lists ----------------------------------------------------------------------------------------


class Asked(Bent):
    """Bends the query of a list."""

    def out(self, call: Call) -> Call:
        if call.path != "/Assets" or call.method != "GET":
            return call
        query = self.query(dict(call.query))
        return replace(call, query=tuple(query.items()))

    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return asked


class NeedsNoStatus(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return {"status": "DRAFT", **asked}


class TakesAnyCasing(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return asked | {"status": asked["status"].upper()} if "status" in asked else asked


class LongPages(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return asked | {"pageSize": "200"} if int(asked.get("pageSize", 0)) > 200 else asked


class TwentyByDefault(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return {"pageSize": "20", **asked}


class AlwaysAscending(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return asked | {"sortDirection": "ASC"} if "sortDirection" in asked else asked


class OrdersDraftsByDisposal(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        return asked | {"orderBy": "AssetName"} if asked.get("orderBy") == "DisposalDate" else asked


class FiltersNothing(Asked):
    def query(self, asked: dict[str, str]) -> dict[str, str]:
        asked.pop("filterBy", None)
        return asked


class ShowsARegisteredDraft(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        data = super().shown(call, data)
        if call.path == "/Assets" and call.method == "GET" and data["items"]:
            data["items"][-1]["assetStatus"] = "Registered"
        return data


class LosesARow(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        data = super().shown(call, data)
        if call.path == "/Assets" and call.method == "GET" and data["pagination"]["page"] == 2:
            data["items"] = data["items"][:-1]
        return data


class CountsOneMore(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        data = super().shown(call, data)
        if call.path == "/Assets" and call.method == "GET":
            data["pagination"]["itemCount"] += 1
        return data


class LooksIntoNamesOnly(Bent):
    def row(self, call: Call, row: Json) -> Json:
        return row

    def shown(self, call: Call, data: Json) -> Json:
        text = dict(call.query).get("filterBy")
        if text and call.path == "/Assets":
            data["items"] = [row for row in data["items"] if text in row["assetName"] or text in row["assetNumber"]]
        return data


class AnotherPriceInLists(Bent):
    def row(self, call: Call, row: Json) -> Json:
        return row | {"purchasePrice": row["purchasePrice"] + 1} if "purchasePrice" in row else row


# ---- types and settings -----------------------------------------------------------------------------


class NextNumberIsTaken(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        if is_asset(call):
            self._last = data["assetNumber"]
        if call.path == "/Settings" and self._last:
            return data | {"assetNumberPrefix": "", "assetNumberSequence": self._last}
        return data

    _last = ""


class TypesNeedNoAccounts(Bent):
    def body(self, call: Call, data: Json) -> Json:
        usual = "depreciationExpenseAccountId"
        if is_type(call) and usual in data and data[usual] != NOBODY:
            self._known = data[usual]
        return {usual: self._known, **data} if is_type(call) and self._known else data

    _known = ""


class TakesTakenTypeNames(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        if is_type(call) and reply.status == 409:
            data = json.loads(call.body or b"")
            again = self.inner.send(call.with_json({**data, "assetTypeName": f"{data['assetTypeName']}-{uuid4()}"}))
            self._renamed[json.loads(again.body)["assetTypeId"]] = data["assetTypeName"]
            return self.back(call, again)
        return reply

    def shown(self, call: Call, data: Json) -> Json:
        for row in data if isinstance(data, list) else [data]:
            if row.get("assetTypeId") in self._renamed and "assetTypeName" in row:
                row["assetTypeName"] = self._renamed[row["assetTypeId"]]
        return data

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._renamed: dict[str, str] = {}


class TakesUnknownAccounts(TypesNeedNoAccounts):
    def body(self, call: Call, data: Json) -> Json:
        if is_type(call) and NOBODY not in data.values():
            self._accounts = {name: data[name] for name in data if name.endswith("AccountId")}
        return data | self._accounts if is_type(call) and NOBODY in data.values() else data

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._accounts: dict[str, str] = {}


class OneElementOnly(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        if is_type(call) and reply.status == 400:
            data = json.loads(reply.body)
            return with_json(reply, data | {"fieldValidationErrors": data["fieldValidationErrors"][:1]})
        return reply


class TypeUpdateMakesAnother(Bent):
    def body(self, call: Call, data: Json) -> Json:
        if is_type(call):
            data.pop("assetTypeId", None)
        return data


# ---- assets in use ----------------------------------------------------------------------------------


class NeverLocks(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        return [row | {"locks": 0} for row in data] if call.path == "/AssetTypes" and call.method == "GET" else data


class ForgetsTheRun(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        return data | {"lastDepreciationDate": "2018-01-31T00:00:00"} if call.path == "/Settings" else data


class AlwaysRollsBack(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"canRollback": True}


class WorthItsPrice(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        used = asset["assetStatus"] == "Registered"
        return asset | {"accountingBookValue": asset["purchasePrice"]} if used else asset


class SometimesThisYearOnly(Bent):
    """Accumulated depreciation is that of the year once an asset has an even number of cents on it."""

    def asset(self, call: Call, asset: Json) -> Json:
        detail = asset.get("bookDepreciationDetail", {})
        current, prior = (detail.get(f"{name}AccumDepreciationAmount", 0) for name in ("current", "prior"))
        if asset["assetStatus"] == "Registered" and prior and round(current * 100) % 2:
            detail["currentAccumDepreciationAmount"] = round(current - prior, 2)
        return asset


class WorthLessThanNothing(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        if asset["assetStatus"] == "Disposed":
            return asset | {"accountingBookValue": -1}
        return asset


class OtherPlan(Bent):
    """Depreciates by another plan than it shows."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._told: dict[str, Json] = {}

    def alter(self, plan: Json) -> None:
        """Make of a plan what is really done."""

    def send(self, call: Call) -> Reply:
        data = json.loads(call.body or b"{}") if is_asset(call) else {}
        plans = {name: dict(data[name]) for name in SETTINGS if name in data}
        for name in plans:
            self.alter(data[name])
        reply = self.inner.send(call.with_json(data) if plans else call)
        if reply.ok and plans:
            self._told[json.loads(reply.body)["assetId"]] = next(iter(plans.values()))
        return self.back(call, reply)

    def asset(self, call: Call, asset: Json) -> Json:
        told = self._told.get(asset["assetId"])
        if told is not None:
            asset["bookDepreciationSetting"].update(told)
            for name in ("costLimit", "residualValue"):
                if name in asset.get("bookDepreciationDetail", {}) and name in told:
                    asset["bookDepreciationDetail"][name] = told[name]
        return asset

    def row(self, call: Call, row: Json) -> Json:
        return self.asset(call, row)


class IgnoresTheResidualValue(OtherPlan):
    def alter(self, plan: Json) -> None:
        if "residualValue" in plan:
            plan["residualValue"] = 0


class IgnoresTheLimit(OtherPlan):
    def alter(self, plan: Json) -> None:
        plan.pop("costLimit", None)


class OneRateForAllDiminishingValues(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("depreciationMethod", "").startswith("Diminishing"):
            plan["depreciationMethod"] = "DiminishingValue100"


class StraightLinesForAll(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("depreciationMethod", "").startswith("Diminishing"):
            plan["depreciationMethod"] = "StraightLine"


class FullIsStraight(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("depreciationMethod") == "FullDepreciation":
            plan |= {"depreciationMethod": "StraightLine", "depreciationRate": 100}


class NoneIsStraight(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("depreciationMethod") == "NoDepreciation":
            plan |= {"depreciationMethod": "StraightLine", "depreciationRate": 20}


class DaysAreMonths(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("averagingMethod") == "ActualDays":
            plan["averagingMethod"] = "FullMonth"


class StartsAMonthLate(OtherPlan):
    def alter(self, plan: Json) -> None:
        if plan.get("effectiveFromDate", "").startswith("2020-01-01"):
            plan["effectiveFromDate"] = "2020-02-01T00:00:00"


class Posted(Bent):
    """Bends what is shown to be posted."""

    def entries(self, rows: list[Json]) -> list[Json]:
        return rows

    def shown(self, call: Call, data: Json) -> Json:
        if call.path.endswith("/entries"):
            return data | {"data": self.entries(data["data"])}
        return super().shown(call, data)


def charges(rows: list[Json]) -> list[Json]:
    return [row for row in rows if "epreciation" in row["memo"]]


class DriftsWithinTheYear(Posted):
    """Twenty cents go from a month to the next."""

    def entries(self, rows: list[Json]) -> list[Json]:
        for row, by in zip(charges(rows)[2:4], (20, -20), strict=False):
            for line in row["lines"]:
                for side in ("debit", "credit"):
                    line[side] = round(line[side] + by / 100, 2) if line[side] else 0
        return rows


class PostsOnTheFirst(Posted):
    def entries(self, rows: list[Json]) -> list[Json]:
        for row in charges(rows):
            row["date"] = row["date"][:8] + "15"
        return rows


class ChargesBackAndForth(Posted):
    def entries(self, rows: list[Json]) -> list[Json]:
        for row in charges(rows)[1:2]:
            for line in row["lines"]:
                line["debit"], line["credit"] = line["credit"], line["debit"]
        return rows


class LosesALine(Posted):
    def entries(self, rows: list[Json]) -> list[Json]:
        return [row | {"lines": row["lines"][:1]} for row in rows]


class LosesACent(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        if call.path.endswith("/balances"):
            data["data"][0]["balance"] = round(data["data"][0]["balance"] + 0.01, 2)
        return data


class LeavesTheCost(Posted):
    def entries(self, rows: list[Json]) -> list[Json]:
        return [row for row in rows if "isposal" not in row["memo"]]


class NoCapitalGains(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        detail = asset.get("bookDepreciationDetail", {})
        if asset["assetStatus"] == "Disposed" and detail.get("currentCapitalGain"):
            detail["currentGainLoss"] = round(detail["currentGainLoss"] + detail["currentCapitalGain"], 2)
            detail["currentCapitalGain"] = 0
        return asset


class GainsTheProceeds(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        detail = asset.get("bookDepreciationDetail", {})
        if asset["assetStatus"] == "Disposed":
            detail["currentGainLoss"] = asset["disposalPrice"]
        return asset


# ---- tenants and clients ----------------------------------------------------------------------------


class AsOwner(Bent):
    """Whoever asks is taken for the owner, where `admits` says so."""

    def admits(self, call: Call) -> bool:
        return False

    def out(self, call: Call) -> Call:
        if not self.admits(call):
            return call
        owner = self.inner.target.scope["tenant_id"]  # type: ignore[attr-defined]
        headers = tuple((name, owner if name == "xero-tenant-id" else value) for name, value in call.headers)
        return replace(call, who=Who.OWNER, headers=headers)


class ReadsAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.path.startswith("/Assets/")


class WritesAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and is_asset(call) and b"assetId" in (call.body or b"")


class ListsAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.method == "GET" and call.path == "/Assets"


class NumbersAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and b"Namesake" in (call.body or b"")


class AnyTokenSeesSettings(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.path == "/Settings"


class SettingsForNobody(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.NOBODY and call.path == "/Settings"


class LosesACreate(Bent):
    def send(self, call: Call) -> Reply:
        data = json.loads(call.body or b"{}")
        reply = self.inner.send(call)
        if is_asset(call) and data.get("assetNumber", "").endswith("many-7") and reply.ok:
            shown = json.loads(reply.body)
            self.inner.send(call.with_json({"assetId": shown["assetId"], "assetNumber": f"gone-{uuid4()}"}))
        return reply


class WritesWhatItRead(Bent):
    """An update reads the asset, takes its time, and writes all of it back."""

    def send(self, call: Call) -> Reply:
        data = json.loads(call.body or b"{}") if is_asset(call) else {}
        if not data.get("assetId"):
            return self.inner.send(call)
        read = self.inner.send(replace(call, method="GET", path=f"/Assets/{data['assetId']}", body=None))
        time.sleep(0.02)
        kept = ("description", "serialNumber", "warrantyExpiryDate", "purchasePrice", "purchaseDate", "disposalPrice")
        old = {name: value for name, value in json.loads(read.body).items() if name in kept} if read.ok else {}
        return self.inner.send(call.with_json({**old, **data}))


class WritesInTwo(Bent):
    def send(self, call: Call) -> Reply:
        data = json.loads(call.body or b"{}") if is_asset(call) else {}
        if not data.get("assetId") or "description" not in data:
            return self.inner.send(call)
        self.inner.send(call.with_json({name: value for name, value in data.items() if name != "description"}))
        time.sleep(0.01)
        return self.inner.send(call.with_json({"assetId": data["assetId"], "description": data["description"]}))


HISTORIES: Final = (
    named(AcceptsNoNumber, "xero.R1"),
    named(TakesTakenNumbers, "xero.R2"),
    named(MakesRegistered, "xero.R3"),
    named(ChangesTheRegistered, "xero.R4"),
    named(UpdateMakesAnother, "xero.R5"),
    named(ForgetsTheSerialNumber, "xero.R6"),
    named(StoresTheNextDay, "xero.R6"),
    named(ClearsTheDescription, "xero.R7"),
    named(ShowsWhatWasSentAsComputed, "xero.R8"),
    named(KnowsOneNameOfSettings, "xero.R9", "xero.R6"),
    named(TakesRateAndLife, "xero.R10"),
    named(NeedsNoStatus, "xero.R11"),
    named(TakesAnyCasing, "xero.R12"),
    named(ShowsARegisteredDraft, "xero.R13"),
    named(LongPages, "xero.R14"),
    named(TwentyByDefault, "xero.R15"),
    named(LosesARow, "xero.R16", "xero.R20"),
    named(CountsOneMore, "xero.R17"),
    named(AlwaysAscending, "xero.R18"),
    named(OrdersDraftsByDisposal, "xero.R19"),
    named(FiltersNothing, "xero.R20"),
    named(LooksIntoNamesOnly, "xero.R20", "xero.R16"),
    named(AnotherPriceInLists, "xero.R21"),
    named(NextNumberIsTaken, "xero.R22"),
    named(TypesNeedNoAccounts, "xero.R23"),
    named(TakesTakenTypeNames, "xero.R24"),
    named(TakesUnknownAccounts, "xero.R25"),
    named(OneElementOnly, "xero.R26"),
    named(TypeUpdateMakesAnother, "xero.R27"),
    named(TakesUnknownTypes, "xero.R28"),
    named(ForgetsKeys, "xero.R29"),
    named(ForgetsOtherBodiesOfAKey, "xero.R30"),
    named(TakesAnyLimit, "xero.R31"),
    named(TakesAnyResidualValue, "xero.R31"),
    named(WorthACentMore, "xero.R33"),
    named(ShowsNulls, "xero.R34"),
    named(ChangesWhatItRefuses, "L5"),
    named(NeverLocks, "xero.R35"),
    named(ForgetsTheRun, "xero.R36"),
    named(AlwaysRollsBack, "xero.R37"),
    named(WorthItsPrice, "V1"),
    named(SometimesThisYearOnly, "V1"),
    named(WorthLessThanNothing, "V5"),
    named(IgnoresTheResidualValue, "V2", "V3", "V4", "D1", "D5", "D10", "T1", "T2"),
    named(IgnoresTheLimit, "V2", "V3", "D1", "T2"),
    named(OneRateForAllDiminishingValues, "D5"),
    named(StraightLinesForAll, "D1", "V3", "D5"),
    named(FullIsStraight, "D10"),
    named(NoneIsStraight, "V4"),
    named(DaysAreMonths, "T2", "D1", "D3"),
    named(StartsAMonthLate, "T1", "D1", "V2"),
    named(DriftsWithinTheYear, "D3"),
    named(PostsOnTheFirst, "T3"),
    named(ChargesBackAndForth, "D2"),
    named(LosesALine, "L1"),
    named(LosesACent, "L3"),
    named(LeavesTheCost, "X3"),
    named(NoCapitalGains, "X5"),
    named(GainsTheProceeds, "X2", "X5"),
)
"""Faults that part B finds."""

TENANCY: Final = (
    named(ReadsAcross, "N1"),
    named(WritesAcross, "N2"),
    named(ListsAcross, "N3"),
    named(NumbersAcross, "N5"),
    named(AnyTokenSeesSettings, "N6"),
    named(SettingsForNobody, "N7"),
)
"""Faults that part C finds with two organisations."""

RACES: Final = (
    named(TakesTakenNumbers, "K1"),
    named(TakesTakenTypeNames, "K2"),
    named(LosesACreate, "K3"),
    named(WritesWhatItRead, "K4"),
    named(WritesInTwo, "K5"),
)
"""Faults that part C finds with many clients."""
