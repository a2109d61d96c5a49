"""Faults of Snapbooks' contract: statuses, shapes and types that its document does not have.

Decides these faults alone. A wrong answer is not judged against the document on its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.faults.fault import Family, Parts, refusing, with_body, with_handlers
from mock_server.faults.snapbooks.shelf import admitting_with, shelf
from mock_server.surface import Answer, Handler, Request, Violation, Where

SHELF: Final = shelf(Family.CONTRACT)

_CREATE: Final = "createAsset"
_ASSET: Final = "getAsset"
_LIST: Final = "listAssets"
_LONG: Final = 250


@SHELF.fault("500-for-long-names", "A name of more than 250 characters is answered with a server error.", "S1", "S5")
def _crash_for_long_names(parts: Parts) -> Parts:
    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            if len(request.body["name"]) > _LONG:
                return replace(parts.surface.refuse([Violation(Where.SERVER, "something went wrong")]), judged=False)
            return handler(request)

        return answer

    return with_handlers(parts, _CREATE, wrong)


SHELF.fault("missing-name-422", "A body that the document forbids is refused with 422.", "snapbooks.R27", "S1")(
    refusing(lambda answer: replace(answer, status=422, body={**answer.body, "status": 422}), Where.BODY)
)
SHELF.fault("error-says-200", "The status in a refusal's body is 200.", "snapbooks.R34")(
    refusing(lambda answer: replace(answer, body={**answer.body, "status": 200}), Where.BODY, Where.QUERY)
)
SHELF.fault("error-in-a-list", "A refusal is a list of sentences.", "S3", "S4", "snapbooks.R34")(
    refusing(lambda answer: replace(answer, body=[answer.body["error"]]), Where.BODY, Where.QUERY)
)
SHELF.fault(
    "forbidden-with-201", "A body that the document forbids is answered with 201.", "S3", "S7", "snapbooks.R27"
)(refusing(lambda answer: replace(answer, status=201), Where.BODY))


SHELF.fault("unknown-asset-403", "The id of no asset is answered with 403.", "snapbooks.R29")(admitting_with(404, 403))


def _showing(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Request, Answer], Answer]:
    return lambda _request, answer: with_body(answer, change(answer.body))


SHELF.answers("number-as-text", "The sequence number of a new asset is shown as text.", "S3", of=_CREATE)(
    _showing(lambda asset: {**asset, "sequence_number": str(asset["sequence_number"])})
)
SHELF.answers("time-without-zone", "The times of an asset by its id have no offset.", "S3", of=_ASSET)(
    _showing(lambda asset: {**asset, "updated_at": asset["updated_at"].rstrip("Z")})
)
SHELF.answers("creator-unsaid", "An asset by its id is shown without created_by_id.", "S3", of=_ASSET)(
    _showing(lambda asset: {name: value for name, value in asset.items() if name != "created_by_id"})
)
SHELF.answers("records-unsaid", "meta does not say how many records there are.", "S3", of=_LIST)(
    _showing(lambda page: {**page, "meta": {name: page["meta"][name] for name in ("page", "pages", "per_page")}})
)
SHELF.answers("assets-enveloped", "A new asset is wrapped in data.", "S3", of=_CREATE)(
    _showing(lambda asset: {"data": asset})
)


@SHELF.answers("list-with-206", "A list of assets is answered with 206.", "S1", of=_LIST)
def _list_with_206(_request: Request, answer: Answer) -> Answer:
    return replace(answer, status=206, judged=False)
