"""Faults planted between the kit and the sandbox of Snapbooks, and the rules that name the fault."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from typing import Final

from contract_tests.call import Call, Driver, Reply, Who
from tests.stateful import bent
from tests.stateful.bent import Json, named, with_json


class Bent(bent.Bent):
    """A driver in front of the sandbox of Snapbooks."""

    def shown(self, call: Call, data: Json) -> Json:
        """The data as the kit gets it."""
        if call.control:
            return self.ledger(call, data)
        if call.operation_id == "listAssets":
            return self.page(call, data | {"data": [self.row(call, row) for row in data["data"]]})
        if call.operation_id == "listAssetClasses":
            return [self.kind(row) for row in data]
        return self.asset(call, data)

    def page(self, call: Call, page: Json) -> Json:
        """A page of a list as the kit gets it."""
        return page

    def row(self, call: Call, row: Json) -> Json:
        """An asset in a list as the kit gets it."""
        return row

    def asset(self, call: Call, asset: Json) -> Json:
        """An asset by itself as the kit gets it."""
        return asset

    def kind(self, kind: Json) -> Json:
        """A class as the kit gets it."""
        return kind

    def ledger(self, call: Call, data: Json) -> Json:
        """What the control plane shows, as the kit gets it."""
        return data


class Everywhere(Bent):
    """Bends an asset alone and in lists alike."""

    def row(self, call: Call, row: Json) -> Json:
        return self.asset(call, row)


# ---- records ----------------------------------------------------------------------------------------


class CutsLongNames(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return data | {"name": data["name"][:255]} if isinstance(data.get("name"), str) else data


class CreatesInAnotherAccount(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"client_account_id": 457} if call.operation_id == "createAsset" else asset


class ServesStaleNames(Bent):
    """A name is shown as it was first read."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._names: dict[int, str] = {}

    def asset(self, call: Call, asset: Json) -> Json:
        if call.operation_id != "getAsset":
            return asset
        return asset | {"name": self._names.setdefault(asset["id"], asset["name"])}


class RenamesEverything(Everywhere):
    """Every asset is shown with the last name that was given."""

    _last = ""

    def body(self, call: Call, data: Json) -> Json:
        self._last = data["name"] if call.method == "PUT" and isinstance(data.get("name"), str) else self._last
        return data

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"name": self._last} if self._last and call.operation_id == "getAsset" else asset


class ReactivatesOnRename(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"is_active": True} if call.method == "PUT" else asset


class MovesToAnotherAccount(Everywhere):
    """A PUT may move an asset, and only its records show it."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._moved: dict[str, int] = {}

    def body(self, call: Call, data: Json) -> Json:
        if call.method == "PUT" and "client_account_id" in data:
            self._moved[call.path.rpartition("/")[2]] = data.pop("client_account_id")
        return data

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"client_account_id": self._moved.get(str(asset["id"]), asset["client_account_id"])}


class TwoShareANumber(Everywhere):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"sequence_number": asset["sequence_number"] - (asset["sequence_number"] % 4 == 0)}


class RenumbersOnRename(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"sequence_number": asset["sequence_number"] + 1000} if call.method == "PUT" else asset


class LeavesGaps(Everywhere):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"sequence_number": asset["sequence_number"] * 2}


class ForgetsWhoMadeIt(Bent):
    """After a change, its author is taken for the asset's."""

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"created_at": asset["updated_at"], "created_by_id": 1} if call.method == "PUT" else asset


class NeverDated(Everywhere):
    """A change is dated at the creation."""

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"updated_at": asset["created_at"]}


class ChangedByNobody(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"updated_by_id": 1} if call.method == "PUT" else asset


class BornLate(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"updated_at": "2099-01-01T00:00:00Z"} if call.operation_id == "createAsset" else asset


class TakesNumbersFromClients(Everywhere):
    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._sent: dict[int, int] = {}

    def asset(self, call: Call, asset: Json) -> Json:
        sent = json.loads(call.body or b"{}").get("sequence_number")
        if call.method == "POST" and sent:
            self._sent[asset["id"]] = sent
        return asset | {"sequence_number": self._sent.get(asset["id"], asset["sequence_number"])}


class StaysActive(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"is_active": True}


class DeletesForGood(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        if call.operation_id == "getAsset" and reply.ok and not json.loads(reply.body)["is_active"]:
            return with_json(reply, {"error": "Asset not found", "status": 404}, 404)
        return super().back(call, reply)


class DeactivationRenames(Everywhere):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset if asset["is_active"] else asset | {"name": "(deactivated)"}


class RelatesAlways(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        account = {"id": asset["client_account_id"], "unique_name": "a", "display_name": "A"}
        return {"client_account": account, **asset}


class RelatesTheFirstOnly(Bent):
    def out(self, call: Call) -> Call:
        return replace(call, query=tuple((name, text.split(",")[0]) for name, text in call.query))


class RelatesAnother(Everywhere):
    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"created_by": asset["created_by"] | {"id": 1}} if "created_by" in asset else asset


# ---- calls that must be refused ----------------------------------------------------------------------


class NeedsNoName(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return {"name": "Unnamed", **data}


class NeedsNoAccount(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return {"client_account_id": 456, **data} if call.method == "POST" else data


class TakesBlankNames(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return data | {"name": "blank"} if isinstance(data.get("name"), str) and not data["name"].strip() else data


class RefusesWith(Bent):
    """Refusals of what is missing have another status than the documented one."""

    def back(self, call: Call, reply: Reply) -> Reply:
        data = json.loads(call.body or b"{}")
        if reply.status == 400 and call.method == "POST" and not {"name", "client_account_id"} <= data.keys():
            return with_json(reply, {"error": "No", "status": 403}, 403)
        return super().back(call, reply)


class ForbidsUnknownAssets(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        return (
            with_json(reply, {"error": "No", "status": 403}, 403) if reply.status == 404 else super().back(call, reply)
        )


class OpensAccounts(Bent):
    def body(self, call: Call, data: Json) -> Json:
        return data | {"client_account_id": 456} if data.get("client_account_id") == 2**53 - 11 else data


class SaysAnotherStatus(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        if reply.refused and reply.body:
            return with_json(reply, json.loads(reply.body) | {"status": 500})
        return super().back(call, reply)


class ChangesWhatItRefuses(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        if call.method == "PUT" and reply.status == 400:
            self.inner.send(call.with_json({"name": "half done"}))
        return reply


# ---- the guard ---------------------------------------------------------------------------------------


class Guarded(Bent):
    """Sees the refusal of a deactivation, with the accounts and balances that it names."""

    def named(self, reply: Reply) -> dict[str, str]:
        return dict(re.findall(r"account (\d+): (-?[\d.]+)", json.loads(reply.body)["error"]))

    def lets_go(self, named: dict[str, str]) -> bool:
        """Whether the asset may go all the same."""
        return False

    def says(self, named: dict[str, str]) -> dict[str, str]:
        """What the refusal names."""
        return named

    def back(self, call: Call, reply: Reply) -> Reply:
        if call.method != "DELETE" or reply.status != 400:
            return super().back(call, reply)
        named = self.named(reply)
        if self.lets_go(named):
            read = self.inner.send(replace(call, method="GET", operation_id="getAsset"))
            return with_json(read, json.loads(read.body) | {"is_active": False})
        told = ", ".join(f"account {code}: {amount}" for code, amount in self.says(named).items())
        return with_json(reply, {"error": f"Cannot deactivate asset: {told}", "status": 400})


class AsksNobody(Guarded):
    def lets_go(self, named: dict[str, str]) -> bool:
        return True


class Nets(Guarded):
    def lets_go(self, named: dict[str, str]) -> bool:
        return not sum(float(amount) for amount in named.values())


class IgnoresCredits(Guarded):
    def lets_go(self, named: dict[str, str]) -> bool:
        return all(amount.startswith("-") for amount in named.values())


class NamesTheFirstOnly(Guarded):
    def says(self, named: dict[str, str]) -> dict[str, str]:
        return dict(list(named.items())[:1])


class NamesNoSigns(Guarded):
    def says(self, named: dict[str, str]) -> dict[str, str]:
        return {code: amount.lstrip("-") for code, amount in named.items()}


class DeactivatesWhatItDenies(Bent):
    """A denial, and the asset is inactive all the same."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._denied: set[str] = set()

    def back(self, call: Call, reply: Reply) -> Reply:
        if call.method == "DELETE" and reply.status == 400:
            self._denied.add(call.path)
        return super().back(call, reply)

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"is_active": False} if f"/assets/{asset['id']}" in self._denied else asset


class Denies(Bent):
    """Denies a deactivation because of something that it should not mind."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._against: set[str] = set()

    def minds(self, call: Call, line: Json, data: Json) -> bool:
        return False

    def send(self, call: Call) -> Reply:
        if call.operation_id == "control.entries.post":
            data = json.loads(call.body or b"{}")
            lines = [line for line in data["lines"] if "asset_id" in line and self.minds(call, line, data)]
            self._against |= {f"/assets/{line['asset_id']}" for line in lines}
        if call.method == "DELETE" and call.path in self._against:
            body = {"error": "Cannot deactivate asset: account 1200: 1.00", "status": 400}
            return Reply(400, (("content-type", "application/json"),), json.dumps(body).encode())
        return super().send(call)


class MindsDrafts(Denies):
    def minds(self, call: Call, line: Json, data: Json) -> bool:
        return bool(data["is_draft"])


class MindsEveryAccount(Denies):
    def minds(self, call: Call, line: Json, data: Json) -> bool:
        return line["account_code"] >= "1300"


# ---- lists -------------------------------------------------------------------------------------------


class LosesTheLastRow(Bent):
    def page(self, call: Call, page: Json) -> Json:
        return page | {"data": page["data"][:-1]} if page["meta"]["page"] == 2 else page


class RepeatsARow(Bent):
    """Every page but the first begins with the last row of the one before."""

    _last: Json = None

    def page(self, call: Call, page: Json) -> Json:
        before, self._last = self._last, page["data"][-1] if page["data"] else None
        if page["meta"]["page"] > 1 and before and page["data"]:
            return page | {"data": [before, *page["data"][1:]]}
        return page


class FloorsPages(Bent):
    def page(self, call: Call, page: Json) -> Json:
        meta = page["meta"]
        return page | {"meta": meta | {"pages": meta["records"] // meta["per_page"]}}


class CountsThePage(Bent):
    def page(self, call: Call, page: Json) -> Json:
        return page | {"meta": page["meta"] | {"records": len(page["data"])}}


class IgnoresTheAccount(Bent):
    def out(self, call: Call) -> Call:
        return replace(call, query=tuple(pair for pair in call.query if pair[0] != "client_account_id"))

    def row(self, call: Call, row: Json) -> Json:
        return row | {"client_account_id": 457} if row["id"] % 3 == 0 else row


class ListsOneAccount(Bent):
    def page(self, call: Call, page: Json) -> Json:
        named = any(name == "client_account_id" for name, _ in call.query)
        return page if named else page | {"data": [row | {"id": -row["id"]} for row in page["data"]]}


class LongPages(Bent):
    def page(self, call: Call, page: Json) -> Json:
        asked = dict(call.query).get("per_page", "")
        return (
            page | {"meta": page["meta"] | {"per_page": int(asked)}} if asked.isdecimal() and int(asked) > 100 else page
        )


class TenByDefault(Bent):
    def out(self, call: Call) -> Call:
        if call.operation_id != "listAssets" or any(name == "per_page" for name, _ in call.query):
            return call
        return replace(call, query=(*call.query, ("per_page", "10")))


class PageZero(Bent):
    def send(self, call: Call) -> Reply:
        reply = super().send(call)
        if call.operation_id == "listAssets" and dict(call.query).get("page") == "0" and reply.status == 400:
            query = tuple((name, "1" if name == "page" else text) for name, text in call.query)
            first = super().send(replace(call, query=query))
            data = json.loads(first.body)
            return with_json(first, data | {"meta": data["meta"] | {"page": 0}})
        return reply


class AnotherNameInLists(Bent):
    def row(self, call: Call, row: Json) -> Json:
        return row | {"name": row["name"].upper()}


# ---- classes -----------------------------------------------------------------------------------------


class ForgetsLand(Bent):
    def shown(self, call: Call, data: Json) -> Json:
        data = super().shown(call, data)
        return [row for row in data if row["code"] != "LAND"] if isinstance(data, list) else data


class CarsAreTrucks(Bent):
    def kind(self, kind: Json) -> Json:
        return kind | {"no": kind["no"] | {"saldogruppe": "c"}} if kind["code"] == "MACHINERY_AND_PLANT" else kind


class AnotherAccountOfSoftware(Bent):
    def kind(self, kind: Json) -> Json:
        return kind | {"no": kind["no"] | {"default_asset_account": "1040"}} if kind["code"] == "SOFTWARE" else kind


class NoExpenseAccount(Bent):
    def kind(self, kind: Json) -> Json:
        return kind | {"no": kind["no"] | {"default_expense_account": None}} if kind["code"] == "AIRCRAFT" else kind


# ---- the ledger ----------------------------------------------------------------------------------------


class LosesACent(Bent):
    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.balances.get" and not call.query:
            data["data"][0]["balance"] = round(data["data"][0]["balance"] + 0.01, 2)
        return data


class CountsDrafts(Bent):
    """A draft is posted at once."""

    def out(self, call: Call) -> Call:
        if call.operation_id == "control.entries.post":
            return call.with_json(json.loads(call.body or b"{}") | {"is_draft": False})
        return call


class Entries(Bent):
    """Bends the entries of an asset."""

    def entry(self, entry: Json) -> Json:
        return entry

    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.entries.get":
            data["data"] = [self.entry(row) for row in data["data"]]
        return data


class LosesALine(Entries):
    def entry(self, entry: Json) -> Json:
        return entry | {"lines": entry["lines"][:1]}


class CancelsHalf(Entries):
    def entry(self, entry: Json) -> Json:
        if "cancels" not in entry:
            return entry
        return entry | {"lines": [line | {"amount": line["amount"] / 2} for line in entry["lines"]]}


class CancelsTwice(Bent):
    """A second cancellation posts another one, of which the entries tell."""

    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.entries.get":
            again = [row | {"entry_id": row["entry_id"] + 10**6} for row in data["data"] if "cancels" in row]
            data["data"] += again
        return data


def charging(entry: Json) -> bool:
    return "epreciation" in entry["memo"]


class ChargesACent(Entries):
    """A charge is one krone too high in every second year."""

    def entry(self, entry: Json) -> Json:
        if not charging(entry) or int(entry["date"][:4]) % 2:
            return entry
        lines = [line | {"amount": line["amount"] + (1 if line["amount"] > 0 else -1)} for line in entry["lines"]]
        return entry | {"lines": lines}


class ChargesHalfAYear(Entries):
    """The year of acquisition counts half."""

    def entry(self, entry: Json) -> Json:
        if charging(entry) and entry["date"].startswith("2022"):
            return entry | {"lines": [line | {"amount": round(line["amount"] / 2)} for line in entry["lines"]]}
        return entry


class ChargesLand(Bent):
    """Every asset of any class is shown with a charge more."""

    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.entries.get" and len(data["data"]) == 1:
            first = data["data"][0]
            if first["memo"].startswith("Acquisition") and first["lines"][0]["account_code"] == "1150":
                lines = [{"account_code": "1299", "amount": -1}, {"account_code": "6000", "amount": 1}]
                data["data"].append(first | {"entry_id": 10**6, "date": "2023-12-31", "lines": lines})
        return data


class ChargesOnAnotherAccount(Entries):
    def entry(self, entry: Json) -> Json:
        if not charging(entry):
            return entry
        lines = [line | {"account_code": "6099"} if line["amount"] > 0 else line for line in entry["lines"]]
        return entry | {"lines": lines}


class KeepsTheAccumulated(Entries):
    """A disposal leaves accumulated depreciation where it was."""

    def entry(self, entry: Json) -> Json:
        if "isposal" not in entry["memo"]:
            return entry
        return entry | {"lines": [line for line in entry["lines"] if line["account_code"] != "1299"]}


class GainsTheProceeds(Bent):
    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.assets.book" and "gain" in data["data"]:
            data["data"]["gain"] = data["data"]["proceeds"]
        return data


class CarriesTheCost(Bent):
    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.assets.book":
            data["data"]["carrying"] = data["data"]["cost"]
        return data


class Pools(Bent):
    """Bends the tax report."""

    def pool(self, pool: Json) -> Json:
        return pool

    def ledger(self, call: Call, data: Json) -> Json:
        if call.operation_id == "control.taxPools.get":
            data["data"] = [self.pool(row) for row in data["data"]]
        return data


class OpensAnew(Pools):
    def pool(self, pool: Json) -> Json:
        basis = round(pool["acquisitions"] - pool["proceeds"], 2)
        return pool | {"opening": 0, "basis": basis, "closing": round(pool["closing"] - pool["opening"], 2)}


class ForgetsProceeds(Pools):
    def pool(self, pool: Json) -> Json:
        return pool | {"proceeds": 0, "basis": round(pool["basis"] + pool["proceeds"], 2)}


class DepreciatesByMonths(Pools):
    def pool(self, pool: Json) -> Json:
        half = pool["depreciation"] / 2 if pool["acquisitions"] else 0
        depreciation, closing = round(pool["depreciation"] - half, 2), round(pool["closing"] + half, 2)
        return pool | {"depreciation": depreciation, "closing": closing}


class NegativeIsLost(Pools):
    def pool(self, pool: Json) -> Json:
        return pool | {"income": 0, "gain_loss": 0} if pool["basis"] < 0 else pool


class ClosesWithItsBasis(Pools):
    def pool(self, pool: Json) -> Json:
        return pool | {"closing": pool["basis"]}


# ---- users and clients -------------------------------------------------------------------------------


class AsOwner(Bent):
    """Whoever asks is taken for the owner, where `admits` says so."""

    def admits(self, call: Call) -> bool:
        return False

    def out(self, call: Call) -> Call:
        return replace(call, who=Who.OWNER) if self.admits(call) else call


class ReadsAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.operation_id == "getAsset"


class WritesAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.method == "PUT"


class DeactivatesAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.method == "DELETE"


class ListsAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return (
            call.who is Who.OTHER and call.operation_id == "listAssets" and "client_account_id" not in dict(call.query)
        )


class ListsTheOwners(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and dict(call.query).get("client_account_id") == "456"


class CreatesAcross(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.OTHER and call.method == "POST"


class ClassesForNobody(AsOwner):
    def admits(self, call: Call) -> bool:
        return call.who is Who.NOBODY and call.operation_id == "listAssetClasses"


class HidesBehind(Bent):
    """No access is answered as nothing that any document knows."""

    def back(self, call: Call, reply: Reply) -> Reply:
        return (
            with_json(reply, {"error": "No", "status": 400}, 400) if reply.status == 403 else super().back(call, reply)
        )


class SharesNumbers(Bent):
    """Of the assets that are made at once, two get the same number."""

    _last = 0

    def asset(self, call: Call, asset: Json) -> Json:
        if "raced" in asset["name"] and asset["sequence_number"] % 2:
            return asset | {"sequence_number": asset["sequence_number"] - 1}
        return asset


class LosesACreate(Bent):
    def back(self, call: Call, reply: Reply) -> Reply:
        if call.operation_id == "getAsset" and reply.ok and json.loads(reply.body)["name"].endswith("raced 7"):
            return with_json(reply, {"error": "Asset not found", "status": 404}, 404)
        return super().back(call, reply)


class MixesNames(Bent):
    def asset(self, call: Call, asset: Json) -> Json:
        raced = call.operation_id == "getAsset" and "raced" in asset["name"]
        return asset | {"name": asset["name"][:-3]} if raced else asset


class RenameReactivates(Bent):
    """A change of the name writes back what it read before the deactivation."""

    def asset(self, call: Call, asset: Json) -> Json:
        raced = call.operation_id == "getAsset" and "raced" in asset["name"]
        return asset | {"is_active": True} if raced else asset


class LetsGoWhatIsHeld(AsksNobody):
    """A deactivation that meets postings is looked at before them, and carried out after them."""

    def __init__(self, inner: Driver) -> None:
        super().__init__(inner)
        self._gone: set[str] = set()

    def send(self, call: Call) -> Reply:
        if call.method == "DELETE":
            time.sleep(0.05)
            self._gone.add(call.path)
        return super().send(call)

    def asset(self, call: Call, asset: Json) -> Json:
        return asset | {"is_active": False} if call.path in self._gone else asset


HISTORIES: Final = (
    named(CutsLongNames, "snapbooks.R1", "snapbooks.R3"),
    named(CreatesInAnotherAccount, "snapbooks.R1", "snapbooks.R4"),
    named(ServesStaleNames, "snapbooks.R2", "snapbooks.R3"),
    named(RenamesEverything, "snapbooks.R1", "snapbooks.R2"),
    named(ReactivatesOnRename, "snapbooks.R3", "snapbooks.R12"),
    named(MovesToAnotherAccount, "snapbooks.R4"),
    named(TwoShareANumber, "snapbooks.R5"),
    named(RenumbersOnRename, "snapbooks.R6"),
    named(LeavesGaps, "snapbooks.R7"),
    named(ForgetsWhoMadeIt, "snapbooks.R8"),
    named(BornLate, "snapbooks.R9"),
    named(NeverDated, "snapbooks.R35"),
    named(ChangedByNobody, "snapbooks.R35"),
    named(TakesNumbersFromClients, "snapbooks.R10"),
    named(StaysActive, "snapbooks.R11", "snapbooks.R12"),
    named(DeletesForGood, "snapbooks.R12"),
    named(DeactivationRenames, "snapbooks.R12"),
    named(AsksNobody, "snapbooks.R13", "snapbooks.R17"),
    named(IgnoresCredits, "snapbooks.R13"),
    named(Nets, "snapbooks.R17"),
    named(NamesTheFirstOnly, "snapbooks.R14"),
    named(NamesNoSigns, "snapbooks.R14"),
    named(DeactivatesWhatItDenies, "snapbooks.R15"),
    named(MindsEveryAccount, "snapbooks.R16"),
    named(MindsDrafts, "snapbooks.R18"),
    named(LosesTheLastRow, "snapbooks.R19", "snapbooks.R20"),
    named(RepeatsARow, "snapbooks.R19"),
    named(FloorsPages, "snapbooks.R20"),
    named(CountsThePage, "snapbooks.R20"),
    named(IgnoresTheAccount, "snapbooks.R21"),
    named(ListsOneAccount, "snapbooks.R22"),
    named(LongPages, "snapbooks.R23"),
    named(TenByDefault, "snapbooks.R23"),
    named(RelatesAlways, "snapbooks.R24"),
    named(RelatesTheFirstOnly, "snapbooks.R25"),
    named(RelatesAnother, "snapbooks.R25"),
    named(AnotherNameInLists, "snapbooks.R26"),
    named(NeedsNoName, "snapbooks.R27"),
    named(NeedsNoAccount, "snapbooks.R27"),
    named(RefusesWith, "snapbooks.R27"),
    named(TakesBlankNames, "snapbooks.R28"),
    named(ForbidsUnknownAssets, "snapbooks.R29"),
    named(HidesBehind, "snapbooks.R30"),
    named(PageZero, "snapbooks.R31"),
    named(ForgetsLand, "snapbooks.R32"),
    named(CarsAreTrucks, "snapbooks.R32"),
    named(AnotherAccountOfSoftware, "snapbooks.R33"),
    named(NoExpenseAccount, "snapbooks.R38"),
    named(SaysAnotherStatus, "snapbooks.R34"),
    named(OpensAccounts, "snapbooks.R36"),
    named(ChangesWhatItRefuses, "L5"),
    named(LosesALine, "L1"),
    named(LosesACent, "L3"),
    named(CountsDrafts, "V1", "snapbooks.R18"),
    named(CancelsHalf, "L7"),
    named(CancelsTwice, "A2"),
    named(ChargesACent, "D1", "T2"),
    named(ChargesHalfAYear, "T2"),
    named(ChargesLand, "V7"),
    named(ChargesOnAnotherAccount, "snapbooks.R37"),
    named(KeepsTheAccumulated, "X3", "L1"),
    named(GainsTheProceeds, "X2"),
    named(CarriesTheCost, "V2"),
    named(OpensAnew, "P1", "P3"),
    named(ForgetsProceeds, "P2"),
    named(DepreciatesByMonths, "P3"),
    named(NegativeIsLost, "P4"),
    named(ClosesWithItsBasis, "P5", "P1"),
)
"""Faults that part B finds."""

TENANCY: Final = (
    named(ReadsAcross, "N1"),
    named(WritesAcross, "N2"),
    named(DeactivatesAcross, "N2"),
    named(ListsAcross, "N3"),
    named(CreatesAcross, "N4"),
    named(ListsTheOwners, "N6"),
    named(ClassesForNobody, "N7"),
)
"""Faults that part C finds with two users."""

RACES: Final = (
    named(SharesNumbers, "K1"),
    named(LosesACreate, "K2"),
    named(MixesNames, "K3"),
    named(RenameReactivates, "K4"),
    named(LetsGoWhatIsHeld, "K5"),
)
"""Faults that part C finds with many clients."""
