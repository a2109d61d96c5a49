"""Layer: assets, value updates and the ledger behind them, for businesses that do not see each other.

Decides how the parts of the API are put together. One file per part of the document: assets ·
value_updates · ledger · journals · reports · settings; what they share: words · chart · wire · reading · paging ·
metadata · errors; who may do what: tenants · admission · control.
"""

from __future__ import annotations

from typing import Final

import spec
from mock_server.apis.layer import assets, journals, ledger, reports, settings, value_updates
from mock_server.apis.layer.admission import Admission
from mock_server.apis.layer.control import Control
from mock_server.apis.layer.errors import in_our_words, refuse
from mock_server.apis.layer.tenants import DEMO, OTHER, Tenants
from mock_server.surface import Access, Instance, Settings, Surface

__all__ = ["open_instance"]

_SCOPE: Final = "business_id"
_PARTS: Final = (assets, value_updates, ledger, journals, reports, settings)


def open_instance(start: Settings, document: spec.Api) -> Instance:
    """A fresh instance with its two businesses. Whether bare accounts are allowed, the document says.

    Raises BadSettings.
    """
    switches = {**document.profile.switches, **start.switches}
    tenants = Tenants(start, keeps_floor=switches["refuse_below_zero"])
    admission = Admission(tenants, open_tenants=start.open_tenants)
    surface = Surface(
        handlers={
            operation_id: admission.opening(in_our_words(handler, part.POINTERS))
            for part in _PARTS
            for operation_id, handler in part.HANDLERS.items()
        },
        identify=tenants.identify,
        admit=admission,
        refuse=refuse,
    )
    return Instance(
        surface=surface,
        control=Control(tenants).surface(),
        access=Access({_SCOPE: DEMO.id}, tenants.demo_token),
        other=Access({_SCOPE: OTHER.id}, OTHER.token),
        tenants=tenants,
    )
