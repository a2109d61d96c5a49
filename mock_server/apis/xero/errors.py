"""Xero's errors: what was found wrong, as status and body.

Decides statuses, field names and the three shapes that refusals have (facts/xero.md 5): the validation
shape for 400 and 409, a bare message for a page that is too large, and the gateway's shape for every
other status. One element for everything that is wrong (DECISIONS 20).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from mock_server.domain.refused import Code, Refused, RefusedTogether
from mock_server.surface import Answer, Handler, Refusal, Request, Violation, Where

CORRELATION: Final = "xero-correlation-id"
FORBIDDEN: Final = "AuthenticationUnsuccessful"
_NO_ROLE: Final = "AuthorizationUnsuccessful"
_COMMON: Final = "http://common.service.xero.com/errors/validation"

_STATUSES: Final = {
    Where.ROUTE: 404,
    Where.METHOD: 405,
    Where.TOKEN: 401,
    Where.PATH: 400,
    Where.QUERY: 400,
    Where.HEADER: 400,
    Where.MEDIA_TYPE: 415,
    Where.SIZE: 413,
    Where.JSON: 400,
    Where.BODY: 400,
    Where.RATE: 429,
    Where.SERVER: 500,
}


class Field(NamedTuple):
    """What a reason of the books is answered with: a status, and the field at fault ("" where none is)."""

    status: int
    name: str = ""


_SETTING: Final = "BookDepreciationSetting"
_REFUSED_BY_THE_BOOKS: Final = {
    Code.AMOUNT_NOT_POSITIVE: Field(400),
    Code.AMOUNT_TOO_LARGE: Field(400),
    Code.NOT_AN_INSTANT: Field(400),
    Code.CLOSED_PERIOD: Field(400),
    Code.SAME_ACCOUNT: Field(400),
    Code.UNKNOWN_ACCOUNT: Field(400),
    Code.UNKNOWN_ASSET: Field(404),
    Code.NOT_IN_CENTS: Field(400),
    Code.NUMBER_TAKEN: Field(400, "AssetNumber"),
    Code.TYPE_NAME_TAKEN: Field(409, "AssetTypeName"),
    Code.UNKNOWN_TYPE: Field(400, "AssetTypeId"),
    Code.UNFIT_ACCOUNT: Field(400),
    Code.TYPE_IN_USE: Field(400, "FixedAssetAccountId"),
    Code.WRONG_STATUS: Field(400, "AssetStatus"),
    Code.INCOMPLETE: Field(400),
    Code.RATE_AND_LIFE: Field(400, f"{_SETTING}.DepreciationRate"),
    Code.BAD_PLAN: Field(400, _SETTING),
    Code.LIMIT_TOO_HIGH: Field(400, f"{_SETTING}.CostLimit"),
    Code.RESIDUAL_TOO_HIGH: Field(400, f"{_SETTING}.ResidualValue"),
    Code.BEFORE_START: Field(400, f"{_SETTING}.EffectiveFromDate"),
    Code.NOT_A_MONTH_END: Field(400),
    Code.TOO_FAR: Field(400),
}
"""Reasons that are not here cannot come from these books; they are 400 without a field."""

_ANY: Final = Field(400)
_OF_ACCOUNTS: Final = frozenset({Code.UNKNOWN_ACCOUNT, Code.UNFIT_ACCOUNT})


_FORMS: Final = {
    "Id": "must be an id of 32 hexadecimal digits, with dashes or without",
    "Date": "must be a day from 1900-01-01 to 2999-12-31, such as 2016-04-11 or 2016-04-11T00:00:00",
    "Name": "must not be blank",
    "Number": "must not be blank",
}
"""What a text must look like, by the last word of its field's name."""


class Errors:
    """The errors of one instance: each carries an id of its own."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id

    def refuse(self, violations: Sequence[Violation]) -> Answer:
        """`Surface.refuse`."""
        where = violations[0].where
        status = _STATUSES[where]
        if where is Where.QUERY and any(one.pointer == "/status" for one in violations):
            return self._http(403, "The status is missing, or not DRAFT, REGISTERED or DISPOSED.")
        if status not in (400, 409):
            return self._http(status, _NO_ROLE if status == 401 else _sentence(violations[0].message))
        if where is Where.QUERY and any(_too_large_a_page(one) for one in violations):
            return self._answer(400, {"message": "Requested page size cannot exceed 200"})
        return self._answer(400, _body(_of_violation(one) for one in violations))

    def http(self, status: int, detail: str) -> Refusal:
        """What is raised to answer in the gateway's shape."""
        return Refusal(self._http(status, detail))

    def refused(self, message: str, field: str = "", *, status: int = 400) -> Refusal:
        """What is raised to answer with one element of the validation shape."""
        return Refusal(self._answer(status, _body([(field, message)])))

    def in_our_words(self, handler: Handler) -> Handler:
        """The handler, with a correlation id on what it answers, and the books' refusals in this API's words."""

        @wraps(handler)
        def answering(request: Request) -> Answer:
            try:
                answer = handler(request)
            except Refused as refusal:
                raise self._of_refused(refusal) from refusal
            return Answer(answer.status, answer.body, {**answer.headers, CORRELATION: self._new_id()})

        return answering

    def _of_refused(self, refusal: Refused) -> Refusal:
        faults = refusal.faults if isinstance(refusal, RefusedTogether) else (refusal,)
        status = max(_REFUSED_BY_THE_BOOKS.get(fault.code, _ANY).status for fault in faults)
        if status not in (400, 409):
            return self.http(status, str(refusal))
        return Refusal(self._answer(status, _body(map(_of_fault, faults))))

    def _http(self, status: int, detail: str) -> Answer:
        instance = self._new_id()
        body: dict[str, Any] = {
            "Type": None,
            "Title": HTTPStatus(status).phrase,
            "Status": status,
            "Detail": detail,
            "Instance": instance,
            "Extensions": {},
        }
        return Answer(status, body, {CORRELATION: instance})

    def _answer(self, status: int, body: Mapping[str, Any]) -> Answer:
        return Answer(status, body, {CORRELATION: self._new_id()})


def field_at(pointer: str) -> str:
    """The name of the field at a JSON Pointer: PascalCase with dots, the settings in the singular."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    name = ".".join(step[:1].upper() + step[1:] for step in steps)
    return name.replace(f"{_SETTING}s", _SETTING, 1) if name.startswith(f"{_SETTING}s") else name


def _too_large_a_page(violation: Violation) -> bool:
    return violation.pointer == "/pageSize" and violation.keyword == "maximum"


def _of_violation(violation: Violation) -> tuple[str, str]:
    field = field_at(violation.pointer)
    name, message = _spaced(field), violation.message
    if violation.keyword == "pattern":
        message = _FORMS.get(name.rpartition(" ")[2], message)
    return field, f"{name} {message}." if field else f"{_sentence(message)}."


def _of_fault(fault: Refused) -> tuple[str, str]:
    field = fault.at or _REFUSED_BY_THE_BOOKS.get(fault.code, _ANY).name
    if fault.code in _OF_ACCOUNTS and fault.at:
        return field, f"{_spaced(field)} is invalid"
    return field, str(fault)


def _body(faults: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The validation shape: faults of a field, and faults of none, each told as (field, message)."""
    fields: list[dict[str, str]] = []
    resources: list[dict[str, str]] = []
    for field, message in faults:
        told = {"localisedMessage": message, "title": "Validation Error", "detail": message}
        if field:
            fields.append({"fieldName": field, "valueProvided": "", "type": f"{_COMMON}/field", **told})
        else:
            resources.append({"resourceName": "Request", "type": f"{_COMMON}/resource", **told})
    return {
        "resourceValidationErrors": resources,
        "fieldValidationErrors": fields,
        "type": _COMMON,
        "title": "The resource update failed validation.",
        "detail": "Validation Errors",
    }


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:]


def _spaced(field: str) -> str:
    """A field's name as it reads: "Setting.DepreciationRate" is "Depreciation Rate"."""
    last = field.rpartition(".")[2]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last)
