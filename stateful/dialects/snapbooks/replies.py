"""Replies of Snapbooks, and of a target's control plane, as sights.

Decides how a reply is read, not whether it is right: what is missing or ill-typed is Unreadable. Identifiers become
our keys where they are ours; decimal amounts become minor units, exactly.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Any, Final

from contract_tests.call import NotJson, Reply
from stateful.dialects.snapbooks import control, tables
from stateful.holdings import operations as op
from stateful.holdings import sights as see
from stateful.holdings.operations import Operation, Relation
from stateful.holdings.sights import SeenRefusal, Sight
from stateful.machine.exchanges import Unreadable
from stateful.model.classes import AssetClass, Pool
from stateful.model.holdings import Line
from stateful.names import Names

Json = Any  # what json.loads gives; it goes no further than this file

_BALANCE: Final = re.compile(r"account (\w+): (-?\d+\.\d{2})")


def sight_of(operation: Operation, reply: Reply, names: Names) -> Sight:
    """What an accepted call's reply shows. Raises Unreadable."""
    try:
        return _sight(operation, reply.json(), names)
    except NotJson as error:
        raise Unreadable(f"the body is not JSON: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def refusal_of(reply: Reply) -> SeenRefusal:
    """What a refusal says; what cannot be read is None."""
    try:
        data: Json = reply.json()
    except NotJson:
        data = None
    said = data if isinstance(data, dict) else {}
    error, status = said.get("error"), said.get("status")
    return SeenRefusal(
        reply.status,
        error if isinstance(error, str) else None,
        status if isinstance(status, int) and not isinstance(status, bool) else None,
    )


def balances_in(text: str | None) -> Mapping[str, int] | None:
    """The accounts and balances that a sentence names, in whatever order; None where it names one twice."""
    found = _BALANCE.findall(text or "")
    balances = {account: minor_of(Decimal(amount)) for account, amount in found}
    return balances if len(balances) == len(found) else None


def minor_of(value: Json) -> int:
    """A JSON number as whole minor units. Raises ValueError where it is none, or has a part of one."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"{value!r} is not an amount")
    minor = value * 100
    if minor != int(minor):
        raise ValueError(f"{value} has a part of a minor unit")
    return int(minor)


@singledispatch
def _sight(operation: object, _body: Json, _names: Names) -> Sight:
    if isinstance(operation, control.OPERATIONS):
        return see.SeenDone()
    raise NotImplementedError(f"Snapbooks answers nothing to {type(operation).__name__}")


@_sight.register(op.Create)
@_sight.register(op.Rename)
@_sight.register(op.Deactivate)
def _changed(_operation: Operation, body: Json, names: Names) -> Sight:
    return _asset(body, names, ())


@_sight.register(op.ReadAsset)
def _read(operation: op.ReadAsset, body: Json, names: Names) -> Sight:
    return _asset(body, names, operation.relations)


@_sight.register(op.ReadList)
def _list(operation: op.ReadList, body: Json, names: Names) -> Sight:
    rows = tuple(_asset(row, names, operation.relations) for row in body["data"])
    figures = (int(body["meta"][name]) for name in ("page", "pages", "per_page", "records"))
    return see.SeenList(operation, rows, *figures)


@_sight.register(op.ReadClasses)
def _classes(_operation: op.ReadClasses, body: Json, _names: Names) -> Sight:
    return see.SeenClasses(tuple(_class(row) for row in body))


# ---- the control plane --------------------------------------------------------------------------


@_sight.register(op.OpenAccount)
def _account(_operation: op.OpenAccount, body: Json, _names: Names) -> Sight:
    return see.SeenAccount({"client_account_id": f"{body['data']['client_account_id']}"}, body["data"]["token"])


@_sight.register(op.ReadChart)
def _chart(_operation: op.ReadChart, body: Json, _names: Names) -> Sight:
    return see.SeenChart({row["account_code"]: row["asset_dimension_mandatory"] for row in body["data"]})


@_sight.register(op.ReadBalances)
def _balances(operation: op.ReadBalances, body: Json, _names: Names) -> Sight:
    return see.SeenBalances(operation.asset, {row["account_code"]: minor_of(row["balance"]) for row in body["data"]})


@_sight.register(op.Post)
@_sight.register(op.Publish)
@_sight.register(op.Cancel)
def _posted(_operation: Operation, body: Json, names: Names) -> Sight:
    return _entry(body["data"], names)


@_sight.register(op.ReadEntries)
def _entries(operation: op.ReadEntries, body: Json, names: Names) -> Sight:
    return see.SeenEntries(operation.asset, tuple(_entry(row, names) for row in body["data"]))


@_sight.register(op.ReadBook)
def _book(operation: op.ReadBook, body: Json, _names: Names) -> Sight:
    data = body["data"]
    cost, accumulated, carrying = (minor_of(data[name]) for name in ("cost", "accumulated", "carrying"))
    gain = minor_of(data["gain"]) if data.get("gain") is not None else None
    return see.SeenBook(operation.asset, cost, accumulated, carrying, gain)


@_sight.register(op.ReadPools)
def _pools(operation: op.ReadPools, body: Json, names: Names) -> Sight:
    return see.SeenPools(operation.year, tuple(_pool(row, names) for row in body["data"]))


# ---- records ------------------------------------------------------------------------------------


def _asset(body: Json, names: Names, asked: tuple[Relation, ...]) -> see.SeenAsset:
    identifier = f"{body['id']}"
    related = {relation: body[word]["id"] for relation, word in tables.RELATIONS.items() if body.get(word) is not None}
    return see.SeenAsset(
        id=identifier,
        key=names.key_of(identifier),
        name=body["name"],
        account=f"{body['client_account_id']}",
        number=body["sequence_number"],
        created=_instant(body["created_at"]),
        updated=_instant(body["updated_at"]),
        creator=f"{body['created_by_id']}",
        updater=f"{body['updated_by_id']}",
        active=body.get("is_active"),
        relations={relation: f"{found}" for relation, found in related.items()},
        asked=frozenset(asked),
        facts={name: body[member] for member, name in tables.FACTS.items() if member in body},
    )


def _class(row: Json) -> see.SeenClass:
    norway = row["no"]
    said = {
        "code": row["code"],
        "method": row["depreciation_method"],
        "standard": row["ifrs_standard"],
        "group": norway.get("saldogruppe"),
        "rate": norway["depreciation_rate"],
        "asset account": norway["default_asset_account"],
        "accumulated account": norway.get("default_accumulated_account"),
        "expense account": norway.get("default_expense_account"),
    }
    kind = AssetClass(
        said["code"],
        tables.WAYS[said["method"]],
        said["group"],
        Fraction(said["rate"]),
        said["asset account"],
        said["accumulated account"],
        said["expense account"],
    )
    return see.SeenClass(kind, said)


def _entry(row: Json, names: Names) -> see.SeenEntry:
    lines: tuple[Line, ...] = tuple(
        (
            line["account_code"],
            names.key_of(f"{line['asset_id']}") if line.get("asset_id") is not None else None,
            minor_of(line["amount"]),
        )
        for line in row["lines"]
    )
    identifier = control.entry_id(row["entry_id"])
    return see.SeenEntry(
        id=identifier,
        key=names.key_of(identifier),
        on=date.fromisoformat(row["date"]),
        draft=row["is_draft"],
        cancelled=row["cancelled"],
        lines=lines,
        cancels=control.entry_id(row["cancels"]) if row.get("cancels") is not None else None,
    )


def _pool(row: Json, names: Names) -> see.SeenPool:
    figures = (minor_of(row[name]) for name in ("opening", "acquisitions", "proceeds"))
    of = _id_in(row, "asset_id")
    return see.SeenPool(
        Pool(row["group"], Fraction(row["rate"]), *figures),
        None if of is None else names.key_of(of),
        basis=minor_of(row["basis"]),
        charge=minor_of(row["depreciation"]),
        income=minor_of(row["income"]),
        gain=minor_of(row["gain_loss"]),
        closing=minor_of(row["closing"]),
    )


def _id_in(row: Json, member: str) -> str | None:
    return None if row.get(member) is None else f"{row[member]}"


def _instant(text: Json) -> datetime:
    """An instant with its offset. Raises ValueError where it has none."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return found
