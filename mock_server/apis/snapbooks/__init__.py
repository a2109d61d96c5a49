"""Snapbooks: assets of client accounts and their classes, for users who see some client accounts and not others.

Decides how the parts of the API are put together: assets and asset_classes are the document's; what they share:
tenants · admission · errors · wire; what stands behind them: chart · groups; what only the sandbox has: control.
"""

from __future__ import annotations

import spec
from mock_server.apis.snapbooks.admission import Admission
from mock_server.apis.snapbooks.asset_classes import Classes
from mock_server.apis.snapbooks.assets import Assets, Habits
from mock_server.apis.snapbooks.control import Control
from mock_server.apis.snapbooks.errors import in_our_words, refuse
from mock_server.apis.snapbooks.tenants import DEMO, OTHER, Tenants
from mock_server.apis.snapbooks.wire import Shown
from mock_server.surface import Access, Instance, Settings, Surface

__all__ = ["open_instance"]


def open_instance(start: Settings, document: spec.Api) -> Instance:
    """A fresh instance with its two users and three client accounts.

    Raises BadSettings.
    """
    switches = {**document.profile.switches, **start.switches}
    tenants, classes = Tenants(start), Classes(document.classes)
    admission = Admission(tenants, open_tenants=start.open_tenants)
    shown = Shown(newer=switches["newer_revision"], active_unless_false=not switches["is_active_only_when_false"])
    habits = Habits(strict_lists=switches["strict_lists"], ignore_account_change=switches["ignore_account_change"])
    handlers = {**Assets(tenants, admission, shown, habits).handlers(), **classes.handlers()}
    surface = Surface(
        handlers={operation_id: in_our_words(admission.again(handler)) for operation_id, handler in handlers.items()},
        identify=tenants.identify,
        admit=admission,
        refuse=refuse,
    )
    return Instance(
        surface=surface,
        control=Control(tenants, classes).surface(),
        access=Access(DEMO.scope, tenants.demo_token),
        other=Access(OTHER.scope, OTHER.token),
        tenants=tenants,
    )
