"""What Xero's screens do and its API does not, as calls of a target's control plane.

Decides bodies; paths are the control plane's own document's. Such calls carry no credentials, and name
the organisation in their path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from contract_tests.call import Call
from contract_tests.scope import filled
from spec import Operation as Path
from stateful.dialects.xero.calls import money
from stateful.model.register_course import Calendar
from stateful.names import Names
from stateful.register import operations as op
from stateful.register.operations import Operation

OPERATIONS: Final = (
    op.OpenOrganisation,
    op.Register,
    op.Depreciate,
    op.RollBack,
    op.Dispose,
    op.UndoDisposal,
    op.Lock,
    op.ReadAccounts,
    op.ReadBalances,
    op.ReadEntries,
)
"""What the control plane is asked for."""

_LONGEST: Final = "1000"
_ASSET: Final = re.compile("asset_id")


def call_of(operation: Operation, names: Names, screens: Mapping[str, Path]) -> Call:
    """The one call that carries the operation out. Raises KeyError for a key that has no id yet."""
    operation_id, body, query = _said(operation, names)
    path = screens[operation_id]
    asset = getattr(operation, "asset", None)
    values = {"tenant_id": names.scope["tenant_id"]}
    if asset is not None and _ASSET.search(path.path):
        values["asset_id"] = names.id_of(asset)
    call = Call(path.method, filled(path.path, values), query, operation_id=operation_id, control=True)
    return call if body is None else call.with_json(body)


def _said(operation: Operation, names: Names) -> tuple[str, dict[str, Any] | None, tuple[tuple[str, str], ...]]:
    """The operation's name in the control document, its body and its query."""
    match operation:
        case op.OpenOrganisation(start, month):
            last = Calendar(month).last_day(start)
            body = {"name": names.external("organisation"), "start_date": f"{start}", "year_end": f"{last:%m-%d}"}
            return "control.organisations.post", body, ()
        case op.Register(_asset, paid):
            return "control.assets.register", {} if paid else {"credit_account_id": None}, ()
        case op.Depreciate(through):
            return "control.depreciation.post", {"through": f"{through}"}, ()
        case op.RollBack(to):
            return "control.rollback.post", {"to": f"{to}"}, ()
        case op.Dispose(_asset, on, proceeds, to_date):
            how = "up_to_date" if to_date else "none_this_year"
            return "control.assets.dispose", {"date": f"{on}", "price": money(proceeds), "depreciation": how}, ()
        case op.UndoDisposal():
            return "control.assets.undoDisposal", None, ()
        case op.Lock(day):
            return "control.lock.put", {"date": None if day is None else f"{day}"}, ()
        case op.ReadAccounts():
            return "control.accounts.get", None, ()
        case op.ReadBalances():
            return "control.balances.get", None, ()
        case op.ReadEntries(asset):
            return "control.entries.get", None, (("asset_id", names.id_of(asset)), ("page_size", _LONGEST))
        case _:
            raise NotImplementedError(f"no screen does {type(operation).__name__}")
