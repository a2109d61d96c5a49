"""What only a sandbox's ledger does, as calls of a target's control plane.

Decides bodies; paths are the control plane's own document's. Such calls carry no credentials, and name the client
account in their path.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from contract_tests.call import Call
from contract_tests.scope import filled, parameters_in
from spec import Operation as Path
from stateful.holdings import operations as op
from stateful.holdings.operations import Operation
from stateful.names import Names

OPERATIONS: Final = (
    op.OpenAccount,
    op.Post,
    op.Publish,
    op.Cancel,
    op.Acquire,
    op.Depreciate,
    op.Dispose,
    op.ReadChart,
    op.ReadBalances,
    op.ReadEntries,
    op.ReadBook,
    op.ReadPools,
)
"""What the control plane is asked for."""

_LONGEST: Final = "1000"
_OF_ENTRY: Final = "entry "
Said = tuple[str, dict[str, Any] | None, tuple[tuple[str, str], ...]]


def call_of(operation: Operation, names: Names, ledger: Mapping[str, Path]) -> Call:
    """The one call that carries the operation out. Raises KeyError for a key that has no id yet."""
    operation_id, body, query = _said(operation, names)
    path = ledger[operation_id]
    values = {"client_account_id": names.scope["client_account_id"]}
    for parameter, member in (("asset_id", "asset"), ("entry_id", "entry")):
        if parameter in parameters_in(path.path):
            values[parameter] = names.id_of(getattr(operation, member)).removeprefix(_OF_ENTRY)
    call = Call(path.method, filled(path.path, values), query, operation_id=operation_id, control=True)
    return call if body is None else call.with_json(body)


def entry_id(number: int) -> str:
    """What the kit calls an entry's id: assets have numbers, too."""
    return f"{_OF_ENTRY}{number}"


def amount(minor: int) -> int | float:
    """Minor units as a JSON number, exact up to 15 digits: a caller's own floats hold no more."""
    return minor // 100 if minor % 100 == 0 else float(Decimal(minor) / 100)


def _said(operation: Operation, names: Names) -> Said:
    """The operation's name in the control document, its body and its query."""
    match operation:
        case op.OpenAccount():
            return "control.clientAccounts.post", {"display_name": "Of the kit's own"}, ()
        case op.Post(_entry, lines, on, draft):
            rows = [
                {"account_code": account, "amount": amount(minor)}
                | ({} if asset is None else {"asset_id": int(names.id_of(asset))})
                for account, asset, minor in lines
            ]
            return "control.entries.post", {"date": f"{on}", "is_draft": draft, "lines": rows}, ()
        case op.Publish():
            return "control.entries.publish", None, ()
        case op.Cancel():
            return "control.entries.cancel", None, ()
        case op.Acquire(_asset, kind, cost, on):
            return "control.assets.acquire", {"class": kind.code, "cost": amount(cost), "date": f"{on}"}, ()
        case op.Depreciate(year):
            return "control.depreciation.post", {"year": year}, ()
        case op.Dispose(_asset, on, proceeds):
            return "control.assets.dispose", {"date": f"{on}", "proceeds": amount(proceeds)}, ()
        case _:
            return _asked(operation, names)


def _asked(operation: Operation, names: Names) -> Said:
    match operation:
        case op.ReadChart():
            return "control.accounts.get", None, ()
        case op.ReadBalances(asset):
            return "control.balances.get", None, () if asset is None else (("asset_id", names.id_of(asset)),)
        case op.ReadEntries(asset):
            return "control.entries.get", None, (("asset_id", names.id_of(asset)), ("per_page", _LONGEST))
        case op.ReadBook():
            return "control.assets.book", None, ()
        case op.ReadPools(year):
            return "control.taxPools.get", None, (("year", f"{year}"),)
        case _:
            raise NotImplementedError(f"no ledger does {type(operation).__name__}")
