"""Layer's errors: what was found wrong, as status and body.

Decides statuses and codes in two tables, one for what the edge finds and one for what the books
refuse, and the one shape that all of them have (facts/layer.md 6.2, DECISIONS 20). Refusals of the
books are 400, never 409 or 422: those were seen nowhere in the vendor's documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import wraps
from typing import Any, Final, NamedTuple

from mock_server.domain.refused import Code, Refused
from mock_server.surface import Answer, Handler, Refusal, Request, Violation, Where


class Family(NamedTuple):
    """A kind of error: `type` and `error_enum` are the body's, the latter null where there is none."""

    status: int
    type: str
    error_enum: str | None = None


BAD_REQUEST: Final = Family(400, "BadRequest", "SpecifiedBadRequest")
BAD_REFERENCE: Final = Family(400, "BadRequest", "SpecifiedIdNotFound")
BAD_PAGE: Final = Family(400, "PaginationCursor", "SpecifiedBadRequest")
NOT_FOUND: Final = Family(404, "ResourceNotFound", "SpecifiedIdNotFound")

_FOUND_BY_THE_EDGE: Final = {
    Where.ROUTE: Family(404, "ResourceNotFound"),
    Where.METHOD: Family(405, "MethodNotAllowed"),
    Where.TOKEN: Family(401, "Unauthorized"),
    Where.PATH: BAD_REQUEST,
    Where.QUERY: BAD_REQUEST,
    Where.HEADER: BAD_REQUEST,
    Where.MEDIA_TYPE: Family(415, "UnsupportedMediaType"),
    Where.SIZE: Family(413, "PayloadTooLarge"),
    Where.JSON: BAD_REQUEST,
    Where.BODY: BAD_REQUEST,
    Where.RATE: Family(429, "TooManyRequests"),
    Where.SERVER: Family(500, "InternalServerError"),
}
_OF_PAGING: Final = frozenset({"/sort_by", "/sort_order", "/cursor"})

_REFUSED_BY_THE_BOOKS: Final = {
    Code.AMOUNT_NOT_POSITIVE: BAD_REQUEST,
    Code.AMOUNT_TOO_LARGE: BAD_REQUEST,
    Code.NOT_AN_INSTANT: BAD_REQUEST,
    Code.CLOSED_PERIOD: BAD_REQUEST,
    Code.TOO_FEW_POSTINGS: BAD_REQUEST,
    Code.ZERO_POSTING: BAD_REQUEST,
    Code.UNBALANCED: BAD_REQUEST,
    Code.UNKNOWN_ACCOUNT: BAD_REFERENCE,
    Code.WRONG_CLASS: BAD_REQUEST,
    Code.TOO_DEEP: BAD_REQUEST,
    Code.SAME_ACCOUNT: BAD_REQUEST,
    Code.OWN_ACCOUNT: BAD_REQUEST,
    Code.NO_ASSET_NAMED: BAD_REQUEST,
    Code.ASSETS_DISAGREE: BAD_REQUEST,
    Code.UNKNOWN_ASSET: BAD_REFERENCE,
    Code.ARCHIVED_ASSET: BAD_REQUEST,
    Code.VOIDED_CHANGE: BAD_REQUEST,
    Code.NO_ACCUMULATED_ACCOUNT: BAD_REQUEST,
    Code.BELOW_FLOOR: BAD_REQUEST,
    Code.ENTRY_OF_A_CHANGE: BAD_REQUEST,
    Code.REPLAY_DIFFERS: BAD_REQUEST,
}

# Where the books' own words are not this API's.
_SAID_OUR_WAY: Final = {
    Code.ENTRY_OF_A_CHANGE: "The entry is a value update's; archive the value update instead.",
    Code.REPLAY_DIFFERS: "There is a record with this external_id already, and it has other contents.",
    Code.VOIDED_CHANGE: "The value update is archived and cannot be changed or sent again.",
}


def refuse(violations: Sequence[Violation]) -> Answer:
    """`Surface.refuse`: one element for each violation, with its pointer where it has one."""
    family = _FOUND_BY_THE_EDGE[violations[0].where]
    return Answer(family.status, {"errors": [_of_violation(family, violation) for violation in violations]})


def refused(family: Family, message: str, pointer: str = "") -> Refusal:
    """What a handler raises to answer with one error."""
    return Refusal(Answer(family.status, {"errors": [_error(family, message, pointer)]}))


def in_our_words(handler: Handler, pointers: Mapping[Code, str]) -> Handler:
    """The handler, with what the books refuse answered as Layer answers it.

    pointers: the member at fault for a reason, where the refusal does not say it itself; left out
    where the request did not send that member.
    """

    @wraps(handler)
    def answering(request: Request) -> Answer:
        try:
            return handler(request)
        except Refused as error:
            pointer = error.at or _if_sent(pointers.get(error.code, ""), request.body)
            message = _SAID_OUR_WAY.get(error.code, str(error))
            raise refused(_REFUSED_BY_THE_BOOKS[error.code], message, pointer) from error

    return answering


def _if_sent(pointer: str, body: object) -> str:
    return pointer if isinstance(body, dict) and pointer[1:] in body else ""


def _of_violation(family: Family, violation: Violation) -> dict[str, Any]:
    if violation.where is Where.QUERY and violation.pointer in _OF_PAGING:
        family = BAD_PAGE
    return _error(family, violation.message, violation.pointer)


def _error(family: Family, message: str, pointer: str) -> dict[str, Any]:
    description = message[:1].upper() + message[1:]
    return {
        "type": family.type,
        "description": description,
        "error_enum": family.error_enum,
        "meta": {"pointer": pointer} if pointer else None,
    }
