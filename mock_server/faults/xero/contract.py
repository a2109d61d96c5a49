"""Faults of Xero's contract: statuses, shapes and types that its document does not have.

Decides these faults alone. A wrong answer is not judged against the document on its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.faults.fault import Family, Parts, refusing, with_body, with_handlers
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Handler, Request, Violation, Where

SHELF: Final = shelf(Family.CONTRACT)

_PUT_ASSET: Final = "createAsset"
_ASSET: Final = "getAssetById"
_LIST: Final = "getAssets"
_TYPES: Final = "getAssetTypes"
_SETTINGS: Final = ("bookDepreciationSetting", "bookDepreciationSettings")


@SHELF.fault("500-for-one-method", "An asset with DiminishingValue150 is answered with a server error.", "S1", "S5")
def _crash_for_one_method(parts: Parts) -> Parts:
    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            said = [request.body.get(name) or {} for name in _SETTINGS]
            if any(setting.get("depreciationMethod") == "DiminishingValue150" for setting in said):
                return replace(parts.surface.refuse([Violation(Where.SERVER, "something went wrong")]), judged=False)
            return handler(request)

        return answer

    return with_handlers(parts, _PUT_ASSET, wrong)


SHELF.fault("refused-with-200", "A body that the document forbids is answered with 200 and the error.", "S3", "S7")(
    refusing(lambda answer: replace(answer, status=200), Where.BODY)
)
SHELF.fault("bare-refusal", "A body that the document forbids is refused with a bare text.", "S3", "S4")(
    refusing(lambda answer: replace(answer, body="Bad request"), Where.BODY)
)
SHELF.fault("json-unread", "A body that is no JSON is answered with a server error.", "S6", "H5", "H7")(
    refusing(lambda answer: replace(answer, status=500), Where.JSON)
)


def _showing(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Request, Answer], Answer]:
    return lambda _request, answer: with_body(answer, change(answer.body))


def _priced_in_text(asset: dict[str, Any]) -> dict[str, Any]:
    return {**asset, "purchasePrice": f"{asset['purchasePrice']}"} if "purchasePrice" in asset else asset


SHELF.answers("price-as-text", "The price of an asset is shown as text.", "S3", of=(_ASSET, _PUT_ASSET))(
    _showing(_priced_in_text)
)
SHELF.answers("status-in-capitals", "The status of an asset is shown in capitals.", "S3", of=_ASSET)(
    _showing(lambda asset: {**asset, "assetStatus": asset["assetStatus"].upper()})
)
SHELF.answers("id-missing", "A new asset is shown without its id.", "S3", of=_PUT_ASSET)(
    _showing(lambda asset: {name: value for name, value in asset.items() if name != "assetId"})
)
SHELF.answers("types-in-an-envelope", "The list of types is an object.", "S3", of=_TYPES)(
    lambda _request, answer: with_body(answer, {"items": answer.body})
)
SHELF.answers("pagination-missing", "A list has no pagination.", "S3", of=_LIST)(
    _showing(lambda page: {"items": page["items"]})
)
SHELF.answers("created-with-201", "A new asset is answered with 201.", "S1", of=_PUT_ASSET)(
    lambda _request, answer: replace(answer, status=201, judged=False)
)
