"""Canonical operations as calls of Xero Assets.

Decides paths, bodies and how a flaw is written into them. Judges nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import singledispatch
from typing import Any, Final
from urllib.parse import quote

from contract_tests.call import Call
from stateful.dialects.xero import tables
from stateful.model.records import Value
from stateful.names import Names
from stateful.register import operations as op
from stateful.register.operations import DISPOSAL_PRICE, LIMIT, OF_PLANS, PRICE, RESIDUAL, Flaw, Members, Operation

Body = dict[str, Any]

_MONEY: Final = frozenset({PRICE, DISPOSAL_PRICE, LIMIT, RESIDUAL})
_COMPUTED: Final[Body] = {
    "accountingBookValue": op.SENT_VALUE / 100,
    "canRollback": False,
    "bookDepreciationDetail": {
        "currentCapitalGain": 5.32,
        "currentGainLoss": 3.88,
        "priorAccumDepreciationAmount": 1.5,
        "currentAccumDepreciationAmount": 2.25,
    },
}


def call_of(operation: Operation, names: Names) -> Call:
    """The one call that carries the operation out. Raises KeyError for a key that has no id yet."""
    return _call(operation, names)


def money(minor: int) -> int | float:
    """Minor units as a JSON number, exact up to 15 digits: a caller's own floats hold no more."""
    return minor // 100 if minor % 100 == 0 else minor / 100


@singledispatch
def _call(operation: object, names: Names) -> Call:
    raise NotImplementedError(f"Xero Assets has no call for {type(operation).__name__}")


@_call.register(op.PutAsset)
def _put_asset(operation: op.PutAsset, names: Names) -> Call:
    body = _facts(operation.members, names)
    plan = _plan(operation.members)
    _spoil_plan(plan, operation.flaw)
    if plan:
        body[tables.SETTINGS[operation.spelling]] = plan
    if operation.computed:
        body |= _COMPUTED
    if not operation.new:
        body["assetId"] = tables.NOBODY if operation.flaw is Flaw.UNKNOWN_ASSET else names.id_of(operation.asset)
    if operation.flaw is Flaw.UNKNOWN_TYPE:
        body["assetTypeId"] = tables.NOBODY
    if operation.flaw is Flaw.OTHER_STATUS:
        body["assetStatus"] = "Registered"
    key = () if operation.token is None else (("Idempotency-Key", operation.token),)
    return _plain("POST", "/Assets", "createAsset", names, (), key).with_json(body)


@_call.register(op.PutType)
def _put_type(operation: op.PutType, names: Names) -> Call:
    body: Body = {"assetTypeName": operation.members.get(op.NAME)}
    plan = _plan(operation.members)
    _spoil_plan(plan, operation.flaw)
    if plan and operation.flaw is not Flaw.NO_TYPE_SETTINGS:
        body[tables.SETTINGS[operation.spelling]] = plan
    for member, (scope, own) in tables.ACCOUNTS.items():
        body[member] = names.id_of(own) if names.knows(own) else names.scope[scope]
    if not operation.new:
        body["assetTypeId"] = names.id_of(operation.kind)
    match operation.flaw:
        case Flaw.NO_TYPE_NAME:
            del body["assetTypeName"]
        case Flaw.NO_TYPE_ACCOUNT:
            del body["depreciationExpenseAccountId"]
        case Flaw.UNKNOWN_ACCOUNT | Flaw.UNKNOWN_ACCOUNTS:
            body["fixedAssetAccountId"] = tables.NOBODY
    if operation.flaw is Flaw.UNKNOWN_ACCOUNTS:
        body["depreciationExpenseAccountId"] = tables.NOBODY
    return _plain("POST", "/AssetTypes", "createAssetType", names).with_json(body)


@_call.register(op.ReadAsset)
def _read_asset(operation: op.ReadAsset, names: Names) -> Call:
    identifier = names.id_of(operation.asset) if names.knows(operation.asset) else operation.asset
    return _plain("GET", f"/Assets/{quote(identifier, safe='')}", "getAssetById", names)


@_call.register(op.ReadList)
def _read_list(operation: op.ReadList, names: Names) -> Call:
    status = tables.STATUSES[operation.status]
    asked = {
        "status": None if operation.flaw is Flaw.NO_STATUS else status,
        "page": None if operation.page is None else str(operation.page),
        "pageSize": None if operation.size is None else str(operation.size),
        "orderBy": None if operation.order is None else tables.ORDERS[operation.order],
        "sortDirection": None if operation.order is None else ("DESC" if operation.descending else "ASC"),
        "filterBy": operation.text,
    }
    if asked["status"] and operation.flaw is not Flaw.ODD_STATUS:
        asked["status"] = asked["status"].upper()
    query = tuple((name, text) for name, text in asked.items() if text is not None)
    return _plain("GET", "/Assets", "getAssets", names, query)


@_call.register(op.ReadTypes)
def _read_types(_operation: op.ReadTypes, names: Names) -> Call:
    return _plain("GET", "/AssetTypes", "getAssetTypes", names)


@_call.register(op.ReadSettings)
def _read_settings(_operation: op.ReadSettings, names: Names) -> Call:
    return _plain("GET", "/Settings", "getAssetSettings", names)


def _plain(
    method: str,
    path: str,
    operation_id: str,
    names: Names,
    query: tuple[tuple[str, str], ...] = (),
    more: tuple[tuple[str, str], ...] = (),
) -> Call:
    own = () if names.token is None else (("authorization", f"Bearer {names.token}"),)
    headers = (("xero-tenant-id", names.scope["tenant_id"]), *own, *more)
    return Call(method, path, query, headers, operation_id=operation_id, who=names.who)


def _facts(members: Members, names: Names) -> Body:
    body: Body = {tables.FACTS[name]: _json(name, members[name]) for name in members if name not in OF_PLANS}
    kind = members.get(op.TYPE)
    if kind is not None:
        body["assetTypeId"] = names.id_of(str(kind))
    return body


def _plan(members: Members) -> Body:
    return {tables.PLANS[name]: _json(name, members[name]) for name in members if name in OF_PLANS}


def _json(name: str, value: Value) -> Any:
    if name in _MONEY and isinstance(value, int):
        return money(value)
    if name == op.RATE and isinstance(value, Fraction):
        return _number(value * 100)
    if isinstance(value, Fraction):
        return _number(value)
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00"
    if isinstance(value, Enum):
        words: Mapping[Enum, str] = tables.METHODS if name == op.METHOD else tables.AVERAGINGS
        return words[value]
    return value


def _number(value: Fraction) -> Any:
    whole = value.denominator == 1
    return int(value) if whole else json.loads(f"{value.numerator / value.denominator!r}")


def _spoil_plan(plan: Body, flaw: Flaw | None) -> None:
    if flaw in (Flaw.RATE_AND_LIFE, Flaw.TYPE_RATE_AND_LIFE):
        plan |= {"depreciationRate": 20, "effectiveLifeYears": 5}
    if flaw is Flaw.EARLY_START:
        plan["effectiveFromDate"] = "1990-01-01T00:00:00"
