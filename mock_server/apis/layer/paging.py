"""Pages of a list, as a request asks for them and a reply tells of them.

Decides what a cursor holds: the list and the sort it belongs to and the position of the page's last
row (DECISIONS 18). It is opaque to callers, and refused under another sort and by another list.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

from mock_server.apis.layer import reading
from mock_server.apis.layer.errors import BAD_PAGE, refused
from mock_server.domain.order import Ask, Page
from mock_server.surface import Answer, Refusal, Request

T = TypeVar("T")

_LONGEST_POSITION = 60  # digits; a place has at most 34


def ask(request: Request) -> Ask:
    """The page that a request asks for.

    Raises Refusal where the cursor is none of ours, or of another list or sort; Refused (NOT_AN_INSTANT).
    """
    query = request.query
    after = None if "cursor" not in query else _position(query["cursor"], _list(request), _sort(query))
    return Ask(query["limit"], descending=query["sort_order"] == "DESC", after=after)


def answer(request: Request, page: Page[T], shape: Callable[[T], dict[str, Any]]) -> Answer:
    """The reply that shows a page."""
    query = request.query
    goes_on = page.more and page.last is not None
    pagination = {
        "sort_by": query["sort_by"],
        "sort_order": query["sort_order"],
        "cursor": _cursor(f"{_list(request)} {_sort(query)} {page.last}") if goes_on else None,
        "has_more": page.more,
        "total_count": page.total if query["show_total_count"] else None,
    }
    meta = {"type": "request_metadata", "pagination": pagination}
    return Answer(200, {"data": [shape(row) for row in page.rows], "meta": meta})


def _list(request: Request) -> str:
    """What tells the list from every other one: what was asked of which record, for which days."""
    days = reading.days(request.query)
    named = f"{request.operation_id} {sorted(request.path.items())} {days.since} {days.through}"
    return blake2b(named.encode(), digest_size=8).hexdigest()


def _sort(query: dict[str, Any]) -> str:
    return f"{query['sort_by']} {query['sort_order']}"


def _cursor(said: str) -> str:
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _position(cursor: str, of_list: str, sort: str) -> int:
    try:
        said = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        given_by, _, rest = said.partition(" ")
        sorted_by, _, digits = rest.rpartition(" ")
        position = int(digits[:_LONGEST_POSITION])
    except (NotBase64, ValueError) as error:
        raise _not_ours() from error
    if given_by != of_list or _cursor(f"{of_list} {sorted_by} {position}") != cursor:
        raise _not_ours()
    if sorted_by != sort:
        raise refused(BAD_PAGE, f"The cursor belongs to another sort than {sort}.", "/cursor")
    return position


def _not_ours() -> Refusal:
    return refused(BAD_PAGE, "The cursor is not one that a page of this list has given.", "/cursor")
