"""Pages of a list, as a request asks for them and a reply tells of them.

Decides what a cursor holds: the sort it belongs to and the position of the page's last row
(DECISIONS 18). It is opaque to callers, and refused under another sort.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from typing import Any, TypeVar

from mock_server.apis.layer.errors import BAD_PAGE, refused
from mock_server.domain.order import Ask, Page
from mock_server.surface import Answer

T = TypeVar("T")

_LONGEST_POSITION = 60  # digits; a place has at most 34


def ask(query: dict[str, Any]) -> Ask:
    """The page that a query asks for.

    Raises Refusal where the cursor is none of ours, or of another sort.
    """
    after = None if "cursor" not in query else _position(query["cursor"], _sort(query))
    return Ask(query["limit"], descending=query["sort_order"] == "DESC", after=after)


def answer(query: dict[str, Any], page: Page[T], shape: Callable[[T], dict[str, Any]]) -> Answer:
    """The reply that shows a page."""
    pagination = {
        "sort_by": query["sort_by"],
        "sort_order": query["sort_order"],
        "cursor": _cursor(page.last, _sort(query)) if page.more and page.last is not None else None,
        "has_more": page.more,
        "total_count": page.total if query["show_total_count"] else None,
    }
    meta = {"type": "request_metadata", "pagination": pagination}
    return Answer(200, {"data": [shape(row) for row in page.rows], "meta": meta})


def _sort(query: dict[str, Any]) -> str:
    return f"{query['sort_by']} {query['sort_order']}"


def _cursor(position: int, sort: str) -> str:
    return urlsafe_b64encode(f"{sort} {position}".encode()).decode().rstrip("=")


def _position(cursor: str, sort: str) -> int:
    try:
        said = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        sorted_by, _, digits = said.rpartition(" ")
        position = int(digits[:_LONGEST_POSITION])
    except (NotBase64, ValueError) as error:
        raise refused(BAD_PAGE, "The cursor is not one that a page of this list has given.", "/cursor") from error
    if sorted_by != sort or _cursor(position, sort) != cursor:
        raise refused(BAD_PAGE, f"The cursor belongs to another sort than {sort}.", "/cursor")
    return position
