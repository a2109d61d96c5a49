"""Xero Assets: draft assets, their types and settings, for organisations that do not see each other.

Decides how the parts of the API are put together. One file per part of the document: assets · types;
what they share: words · chart · replays · tenants · errors · reading · wire · admission; what the vendor's
screens do beyond the API: control.
"""

from __future__ import annotations

from typing import Final

import spec
from mock_server.apis.xero import assets, types
from mock_server.apis.xero.admission import Admission
from mock_server.apis.xero.control import Control
from mock_server.apis.xero.errors import Errors
from mock_server.apis.xero.tenants import DEMO, OTHER, Tenants
from mock_server.surface import Access, Instance, Settings, Surface

__all__ = ["open_instance"]

_PARTS: Final = (assets, types)


def open_instance(start: Settings, document: spec.Api) -> Instance:
    """A fresh instance with its two organisations.

    Raises BadSettings.
    """
    switches = {**document.profile.switches, **start.switches}
    tenants = Tenants(start, this_year_only=switches["accumulated_this_year"])
    errors = Errors(start.ids.new)
    admission = Admission(tenants, errors, open_tenants=start.open_tenants)
    surface = Surface(
        handlers={
            operation_id: errors.in_our_words(admission.opening(handler))
            for part in _PARTS
            for operation_id, handler in part.HANDLERS.items()
        },
        identify=tenants.identify,
        admit=admission,
        refuse=errors.refuse,
    )
    return Instance(
        surface=surface,
        control=Control(tenants, errors).surface(),
        access=Access(DEMO.scope, tenants.demo_token),
        other=Access(OTHER.scope, OTHER.token),
        tenants=tenants,
    )
