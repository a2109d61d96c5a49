"""Layer's contract a second time: Flask, openapi-core and SQLite, sharing no code with the sandbox.

Decides nothing by itself; `create_app` makes a server, `app` is one that is ready to be served.
Where Layer's profile accepts more than one outcome, this server often takes another than the
sandbox does (PROFILE), so that the kit is tried on both.
"""

from __future__ import annotations

from typing import Final

from tests.implementations.flask_layer.application import create_app

__all__ = ["create_app", "app", "PROFILE"]

# Point of spec/layer/profile.toml → this server's choice, where it is not the sandbox's.
PROFILE: Final = {
    "template_account": "from_the_start",
    "child_account_class": "accepted",
    "instant_text": "same_instant",
    "archive_twice": 400,
    "archived_updates_listed": "shown",
    "unknown_reference": 404,
    "entry_source": "nothing",
    "text_nul": "accepted",
}

app = create_app()
