"""Handlers of /AssetTypes and /Settings.

Decides that a POST with an assetTypeId amends and one without creates.
"""

from __future__ import annotations

from typing import Final

from mock_server.apis.xero import admission, reading, wire
from mock_server.apis.xero.reading import dashed
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.kinds import amend_type, create_type
from mock_server.surface import Answer, Request

_REQUIRED: Final = (
    "assetTypeName",
    "fixedAssetAccountId",
    "depreciationExpenseAccountId",
    "accumulatedDepreciationAccountId",
)


def all_types(request: Request) -> Answer:
    """Every asset type."""
    register = admission.tenant(request).register
    return Answer(200, [wire.asset_type(register, kind) for kind in register.types()])


def post(request: Request) -> Answer:
    """Make a type, or amend the one that the body names."""
    register, body = admission.tenant(request).register, request.body
    type_id = body.get("assetTypeId")
    if type_id is None:
        reading.require(body, *_REQUIRED)
        return Answer(200, wire.asset_type(register, create_type(register, reading.kind(body, None))))
    known = register.find_type(dashed(type_id))
    if known is None:
        raise Refused(Code.UNKNOWN_ASSET, "There is no asset type with this id.")
    return Answer(200, wire.asset_type(register, amend_type(register, known, reading.kind(body, known))))


def settings(request: Request) -> Answer:
    """The organisation's settings."""
    return Answer(200, wire.settings(admission.tenant(request).register))


HANDLERS: Final = {
    "getAssetTypes": all_types,
    "createAssetType": post,
    "getAssetSettings": settings,
}
