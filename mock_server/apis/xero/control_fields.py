"""Which field of a control request a refusal is about.

Decides field names only. The register names its own fields, or none, and every operation knows which of its
members a reason speaks of; members are told in the API's PascalCase, whatever they are called here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Final

from mock_server.apis.xero.errors import Errors
from mock_server.domain.refused import Code, Refused
from mock_server.surface import Answer, Handler, Request, Violation

_SETTING: Final = "BookDepreciationSetting"
OF_THE_ASSET: Final[Mapping[Code | str, str]] = {
    "type": "AssetTypeId",
    "purchased": "PurchaseDate",
    "price_minor": "PurchasePrice",
    "method": f"{_SETTING}.DepreciationMethod",
    "averaging": f"{_SETTING}.AveragingMethod",
    "start": f"{_SETTING}.EffectiveFromDate",
}
"""The register's fields of an asset, as the API calls them."""


def saying(fields: Mapping[Code | str, str], handler: Handler) -> Handler:
    """The handler, with fields for what is refused: by the register's own field, else by the reason."""

    @wraps(handler)
    def answering(request: Request) -> Answer:
        try:
            return handler(request)
        except Refused as refusal:
            refusal.at = fields.get(refusal.at, refusal.at) if refusal.at else fields.get(refusal.code, "")
            raise

    return answering


def pascal(text: str) -> str:
    """Members as the API's errors call them: "/page_size" is "/PageSize"."""
    return "".join(part[:1].upper() + part[1:] for part in re.split("_|(?<=/)", text))


def refusing(errors: Errors) -> Callable[[Sequence[Violation]], Answer]:
    """`Surface.refuse`, with the members of this plane as the API's errors call them."""
    return lambda violations: errors.refuse([replace(one, pointer=pascal(one.pointer)) for one in violations])
