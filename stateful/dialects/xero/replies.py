"""Replies of Xero Assets, and of a target's control plane, as sights.

Decides how a reply is read, not whether it is right: what is missing or ill-typed is Unreadable.
Identifiers become our keys where they are ours; decimal amounts become minor units, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from typing import Any, Final

from contract_tests.call import NotJson, Reply
from stateful.dialects.xero import control, tables
from stateful.machine.exchanges import Unreadable
from stateful.model.records import Value
from stateful.names import Names
from stateful.register import operations as op
from stateful.register import sights as see
from stateful.register.operations import Accounts, Operation
from stateful.register.sights import Sight

Json = Any  # what json.loads gives; it goes no further than this file

_METHOD_OF: Final = {text: method for method, text in tables.METHODS.items()}
_AVERAGING_OF: Final = {text: averaging for averaging, text in tables.AVERAGINGS.items()}
_STATUS_OF: Final = {text: status for status, text in tables.STATUSES.items()}


def sight_of(operation: Operation, reply: Reply, names: Names) -> Sight:
    """What an accepted call's reply shows. Raises Unreadable."""
    try:
        return _sight(operation, reply.json(), names)
    except NotJson as error:
        raise Unreadable(f"the body is not JSON: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, StopIteration) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


@singledispatch
def _sight(operation: object, _body: Json, _names: Names) -> Sight:
    if isinstance(operation, control.OPERATIONS):
        return see.SeenDone()
    raise NotImplementedError(f"Xero Assets answers nothing to {type(operation).__name__}")


@_sight.register(op.PutAsset)
@_sight.register(op.ReadAsset)
def _asset(_operation: Operation, body: Json, names: Names) -> Sight:
    return _read_asset(body, names)


@_sight.register(op.PutType)
def _type(_operation: Operation, body: Json, names: Names) -> Sight:
    return _read_type(body, names)


@_sight.register(op.ReadTypes)
def _types(_operation: Operation, body: Json, names: Names) -> Sight:
    return see.SeenTypes(tuple(_read_type(row, names) for row in body))


@_sight.register(op.ReadList)
def _list(operation: op.ReadList, body: Json, names: Names) -> Sight:
    said = body["pagination"]
    figures = (int(said[name]) for name in ("page", "pageSize", "pageCount", "itemCount"))
    return see.SeenList(operation, tuple(_read_asset(row, names) for row in body["items"]), *figures)


@_sight.register(op.ReadSettings)
def _settings(_operation: Operation, body: Json, _names: Names) -> Sight:
    prefix, sequence = body.get("assetNumberPrefix"), body.get("assetNumberSequence")
    known = isinstance(prefix, str) and isinstance(sequence, str)
    return see.SeenSettings(
        next_number=f"{prefix}{sequence}" if known else None,
        start=_day(body.get("assetStartDate")),
        depreciated=_day(body.get("lastDepreciationDate")),
        raw=body,
    )


@_sight.register(op.OpenOrganisation)
def _organisation(_operation: Operation, body: Json, _names: Names) -> Sight:
    return see.SeenOrganisation({"tenant_id": body["data"]["tenant_id"]}, body["data"]["token"])


@_sight.register(op.ReadAccounts)
def _accounts(_operation: Operation, body: Json, _names: Names) -> Sight:
    """The first two fixed-asset accounts, and the first for the expense."""
    fixed = [row["account_id"] for row in body["data"] if row["type"] == "FIXED"]
    expense = next(row["account_id"] for row in body["data"] if row["type"] == "DEPRECIATN")
    return see.SeenAccounts(Accounts(fixed[0], expense, next(iter(fixed[1:]))))


@_sight.register(op.ReadBalances)
def _balances(_operation: Operation, body: Json, _names: Names) -> Sight:
    return see.SeenBalances({row["account_id"]: minor_of(row["balance"]) for row in body["data"]})


@_sight.register(op.ReadEntries)
def _entries(operation: op.ReadEntries, body: Json, _names: Names) -> Sight:
    rows = tuple(
        see.SeenEntry(
            date.fromisoformat(row["date"]),
            tuple((line["account_id"], minor_of(line["debit"]) - minor_of(line["credit"])) for line in row["lines"]),
        )
        for row in body["data"]
    )
    return see.SeenEntries(operation.asset, rows)


# ---- records ----------------------------------------------------------------------------------


def minor_of(value: Json) -> int:
    """A JSON number as whole cents. Raises ValueError where it is none, or has a part of a cent."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"{value!r} is not an amount")
    cents = Decimal(value) * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{value} has a part of a cent")
    return int(cents)


def _read_asset(row: Json, names: Names) -> see.SeenAsset:
    members = {name: _value(name, row[spelt]) for name, spelt in tables.FACTS.items() if row.get(spelt) is not None}
    if op.TYPE in members:
        members[op.TYPE] = names.key_of(str(members[op.TYPE]))
    detail = row.get("bookDepreciationDetail") or {}
    members |= _read_plan(row.get("bookDepreciationSetting") or {}, detail)
    return see.SeenAsset(
        id=row["assetId"],
        key=names.key_of(row["assetId"]),
        status=_STATUS_OF[row["assetStatus"]],
        members=members,
        book=_minor(row.get("accountingBookValue")),
        accumulated=_minor(detail.get("currentAccumDepreciationAmount")),
        prior=_minor(detail.get("priorAccumDepreciationAmount")),
        gain=_minor(detail.get("currentGainLoss")),
        capital_gain=_minor(detail.get("currentCapitalGain")),
        can_roll_back=row.get("canRollback"),
        facts={name: value for name, value in row.items() if name not in tables.UNLIKE},
        raw=row,
    )


def _read_type(row: Json, names: Names) -> see.SeenType:
    identifier = row["assetTypeId"]
    return see.SeenType(
        id=identifier,
        key=names.key_of(identifier),
        members={op.NAME: row["assetTypeName"], **_read_plan(row.get("bookDepreciationSetting") or {}, {})},
        locks=row.get("locks"),
        raw=row,
    )


def _read_plan(setting: Mapping[str, Json], detail: Mapping[str, Json]) -> dict[str, Value]:
    """Settings, with what some targets show in the detail instead."""
    shown = {**{name: detail[name] for name in ("costLimit", "residualValue") if name in detail}, **setting}
    found = {name: _value(name, shown[spelt]) for name, spelt in tables.PLANS.items() if shown.get(spelt) is not None}
    if op.START not in found and detail.get("depreciationStartDate") is not None:
        found[op.START] = _day(detail["depreciationStartDate"])
    return found


def _value(name: str, value: Json) -> Value:
    match name:
        case op.PRICE | op.DISPOSAL_PRICE | op.LIMIT | op.RESIDUAL:
            return minor_of(value)
        case op.RATE:
            return Fraction(value) / 100
        case op.LIFE:
            return Fraction(value)
        case op.PURCHASED | op.START:
            return _day(value)
        case op.METHOD:
            return _METHOD_OF[value]
        case op.AVERAGING:
            return _AVERAGING_OF[value]
        case _:
            return value


def _minor(value: Json) -> int | None:
    return None if value is None else minor_of(value)


def _day(text: Json) -> date | None:
    """The day of a date that is sent with or without a time of day."""
    return None if text is None else date.fromisoformat(text[:10])
