"""Canonical operations as calls of Snapbooks.

Decides paths, bodies and how a flaw is written into them. Judges nothing.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any, Final

from contract_tests.call import Call
from stateful.dialects.snapbooks import tables
from stateful.holdings import operations as op
from stateful.holdings.operations import Flaw, Operation, Relation
from stateful.names import Names

Body = dict[str, Any]
Query = tuple[tuple[str, str], ...]

NO_ASSET: Final = str(2**53 - 7)
NO_ACCOUNT: Final = 2**53 - 11
"""Ids that no target gives away, small enough for every client."""

_COMPUTED: Final[Body] = {
    "id": op.SENT_NUMBER,
    "sequence_number": op.SENT_NUMBER,
    "created_by_id": op.SENT_USER,
    "updated_by_id": op.SENT_USER,
    "created_at": f"{op.SENT_INSTANT:%Y-%m-%dT%H:%M:%SZ}",
    "updated_at": f"{op.SENT_INSTANT:%Y-%m-%dT%H:%M:%SZ}",
}


def call_of(operation: Operation, names: Names) -> Call:
    """The one call that carries the operation out. Raises KeyError for a key that has no id yet."""
    return _call(operation, names)


def account_of(names: Names) -> int:
    """The client account that a history is about."""
    return int(names.scope["client_account_id"])


@singledispatch
def _call(operation: object, names: Names) -> Call:
    raise NotImplementedError(f"Snapbooks has no call for {type(operation).__name__}")


@_call.register(op.Create)
def _create(operation: op.Create, names: Names) -> Call:
    body: Body = {"name": operation.name, "client_account_id": account_of(names)}
    match operation.flaw:
        case Flaw.NO_ACCOUNT:
            del body["client_account_id"]
        case Flaw.ODD_ACCOUNT:
            body["client_account_id"] = "the first one"
        case Flaw.UNKNOWN_ACCOUNT:
            body["client_account_id"] = NO_ACCOUNT
    return _plain("POST", "/assets", "createAsset", names).with_json(_spoilt(body, operation.flaw))


@_call.register(op.Rename)
def _rename(operation: op.Rename, names: Names) -> Call:
    body: Body = {"name": operation.name}
    if operation.flaw is Flaw.OTHER_ACCOUNT:
        body["client_account_id"] = account_of(names) + 1
    path = _path_of(operation.asset, operation.flaw, names)
    return _plain("PUT", path, "updateAsset", names).with_json(_spoilt(body, operation.flaw))


@_call.register(op.Deactivate)
def _deactivate(operation: op.Deactivate, names: Names) -> Call:
    return _plain("DELETE", _path_of(operation.asset, operation.flaw, names), "deactivateAsset", names)


@_call.register(op.ReadAsset)
def _read_asset(operation: op.ReadAsset, names: Names) -> Call:
    query = _with(operation.relations, operation.flaw)
    return _plain("GET", _path_of(operation.asset, operation.flaw, names), "getAsset", names, query)


@_call.register(op.ReadList)
def _read_list(operation: op.ReadList, names: Names) -> Call:
    asked = {
        "client_account_id": None if operation.all else account_of(names),
        "page": operation.page,
        "per_page": operation.size,
    }
    query = tuple((name, f"{value}") for name, value in asked.items() if value is not None)
    return _plain("GET", "/assets", "listAssets", names, query + _with(operation.relations, operation.flaw))


@_call.register(op.ReadClasses)
def _read_classes(_operation: op.ReadClasses, names: Names) -> Call:
    return _plain("GET", "/asset-classes", "listAssetClasses", names)


def _plain(method: str, path: str, operation_id: str, names: Names, query: Query = ()) -> Call:
    own = () if names.token is None else (("authorization", f"Bearer {names.token}"),)
    return Call(method, path, query, own, operation_id=operation_id, who=names.who)


def _path_of(asset: str, flaw: Flaw | None, names: Names) -> str:
    return f"/assets/{NO_ASSET if flaw is Flaw.UNKNOWN_ASSET else names.id_of(asset)}"


def _with(relations: tuple[Relation, ...], flaw: Flaw | None) -> Query:
    wanted = [tables.RELATIONS[relation] for relation in relations]
    if flaw is Flaw.UNKNOWN_RELATION:
        wanted.append(tables.UNKNOWN_RELATION)
    return (("with", ",".join(wanted)),) if wanted else ()


def _spoilt(body: Body, flaw: Flaw | None) -> Body:
    match flaw:
        case Flaw.NO_NAME:
            return {member: value for member, value in body.items() if member != "name"}
        case Flaw.BLANK_NAME:
            return {**body, "name": "   "}
        case Flaw.ODD_NAME:
            return {**body, "name": 7}
        case Flaw.COMPUTED:
            return {**body, **_COMPUTED}
        case _:
            return body
