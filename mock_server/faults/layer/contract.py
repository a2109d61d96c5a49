"""Faults of Layer's contract: statuses, shapes and types that its document does not have.

Decides these faults alone. A wrong answer is not judged against the document on its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from mock_server.faults.fault import Family, Parts, Shelf, refusing, with_body, with_handlers
from mock_server.surface import Answer, Handler, Request, Violation, Where

SHELF: Final = Shelf(Family.CONTRACT)

_CREATE_UPDATE: Final = "business.assets.valueUpdates.post"
_CREATE_ASSET: Final = "business.assets.post"
_ASSET: Final = "business.assets.assetId.get"
_LIST: Final = "business.assets.get"
_UPDATE: Final = "business.assets.valueUpdates.valueUpdateId.get"


def _data(answer: Answer, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    return with_body(answer, {**answer.body, "data": change(answer.body["data"])})


def _without(record: dict[str, Any], member: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != member}


@SHELF.fault(
    "500-for-one-type",
    "A value change of the type REVALUATION_UP is answered with a server error.",
    "S1",
    "S5",
    "layer.R1",
)
def _crash_for_one_type(parts: Parts) -> Parts:
    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            if request.body["update_type"] == "REVALUATION_UP":
                return replace(parts.surface.refuse([Violation(Where.SERVER, "something went wrong")]), judged=False)
            return handler(request)

        return answer

    return with_handlers(parts, _CREATE_UPDATE, wrong)


SHELF.fault("error-with-200", "A body that the document forbids is answered with 200 and an error.", "S3", "S7", "M11")(
    refusing(lambda answer: replace(answer, status=200), Where.BODY)
)
SHELF.fault(
    "error-with-500", "A body that the document forbids is answered with a server error.", "S1", "S5", "S6", "M11"
)(refusing(lambda answer: replace(answer, status=500), Where.BODY))
SHELF.fault("error-without-body", "A refusal of a body has no body of its own.", "S2", "S3", "S4")(
    refusing(lambda answer: replace(answer, body=None), Where.BODY, Where.QUERY)
)
SHELF.fault("error-of-another-shape", "A refusal of a body is a bare message.", "S3", "S4")(
    refusing(lambda answer: replace(answer, body={"message": "Bad request"}), Where.BODY, Where.QUERY)
)
SHELF.fault("media-type-unread", "A body of another media type is answered with a server error.", "H3", "S6")(
    refusing(lambda answer: replace(answer, status=500), Where.MEDIA_TYPE)
)


@SHELF.answers("amount-as-text", "The amount of a value change is shown as text.", "S3", of=(_CREATE_UPDATE, _UPDATE))
def _amount_as_text(_request: Request, answer: Answer) -> Answer:
    return _data(answer, lambda record: {**record, "amount": str(record["amount"])})


@SHELF.answers("member-missing", "An asset is shown without its ledger account.", "S3", of=_ASSET)
def _member_missing(_request: Request, answer: Answer) -> Answer:
    return _data(answer, lambda record: _without(record, "ledger_account"))


@SHELF.answers("null-where-none-is", "The name of an asset that is read on its own is null.", "S3", of=_ASSET)
def _null_name(_request: Request, answer: Answer) -> Answer:
    return _data(answer, lambda record: {**record, "name": None})


@SHELF.answers(
    "another-enum-member", "A value change is shown with its type in lower case.", "S3", of=(_CREATE_UPDATE, _UPDATE)
)
def _lower_type(_request: Request, answer: Answer) -> Answer:
    return _data(answer, lambda record: {**record, "update_type": record["update_type"].lower()})


@SHELF.answers(
    "date-without-offset", "The date of a value change is shown without an offset.", "S3", of=(_CREATE_UPDATE, _UPDATE)
)
def _date_without_offset(_request: Request, answer: Answer) -> Answer:
    return _data(answer, lambda record: {**record, "date": record["date"][:19]})


@SHELF.answers("data-without-envelope", "The list of assets is a bare array.", "S3", of=_LIST)
def _bare_array(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, answer.body["data"])


@SHELF.answers(
    "no-content-for-create", "A new asset is answered with 204 and nothing.", "S1", "S2", "S4", of=_CREATE_ASSET
)
def _no_content(_request: Request, answer: Answer) -> Answer:
    return replace(answer, status=204, body=None, judged=False) if answer.status == 201 else answer


@SHELF.answers("undeclared-status", "A list is answered with 206.", "S1", of=_LIST)
def _undeclared_status(_request: Request, answer: Answer) -> Answer:
    return replace(answer, status=206, judged=False)
