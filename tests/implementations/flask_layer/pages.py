"""Lists, page by page.

Decides what each list holds, its order, and what a cursor is: the sort value and the place in
the order of creation of the last row, so that a walk meets each row once whatever is written.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.implementations.flask_layer import instants
from tests.implementations.flask_layer.books import Books
from tests.implementations.flask_layer.ledger import HALVES
from tests.implementations.flask_layer.refusals import Fault, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Row

RUNNING: Final = HALVES.replace(" AS", " OVER running AS")

# Each list as a query over the business (:business), with a column for each sort key and `seq`.
LISTS: Final = {
    "assets": "SELECT * FROM assets WHERE business_id = :business AND archived_at IS NULL",
    "value_updates": "SELECT * FROM value_updates WHERE business_id = :business",
    "entries": """SELECT *, number AS entry_number FROM entries WHERE business_id = :business
                  AND day >= :first AND day <= :last""",
    "lines": f"""SELECT * FROM (
                   SELECT lines.*, entries.day, entries.entry_at, entries.created_at,
                          entries.number AS entry_number, {RUNNING.format("lines.signed")}
                   FROM lines JOIN entries ON entries.seq = lines.entry
                   WHERE lines.account = :account
                   WINDOW running AS (ORDER BY entries.day, lines.seq ROWS UNBOUNDED PRECEDING)
                 ) WHERE day >= :first AND day <= :last""",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of a list is asked for. `place` tells lists apart that share a query."""

    place: str
    sort_by: str
    descending: bool
    limit: int
    cursor: str | None
    counted: bool

    @classmethod
    def read(cls, query: Mapping[str, str], place: str, sort_by: str) -> Asked:
        """The paging parameters of a request; `sort_by` is the list's default."""
        return cls(
            place=place,
            sort_by=query.get("sort_by", sort_by),
            descending=query.get("sort_order") == "DESC",
            limit=int(query.get("limit", "100")),
            cursor=query.get("cursor"),
            counted=query.get("show_total_count") == "true",
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list. `cursor` is the next page's, None after the last."""

    rows: list[Row]
    cursor: str | None
    total: int | None


class Lists(Books):
    """Books that can also be read page by page."""

    def page(self, name: str, asked: Asked, **arguments: Any) -> Page:
        """One page of the list called `name` in LISTS. Raises Refused for a cursor of another walk."""
        bound = {"business": self.business_id, **arguments}
        key, order, beyond = asked.sort_by, "ASC", ">"
        if asked.descending:
            order, beyond = "DESC", "<"
        where = ""
        if asked.cursor is not None:
            bound["key"], bound["seq"] = _read_cursor(asked)
            where = f"WHERE {key} {beyond} :key OR ({key} = :key AND seq > :seq)"
        sql = f"SELECT * FROM ({LISTS[name]}) {where} ORDER BY {key} {order}, seq LIMIT {asked.limit + 1}"
        rows = self.db.execute(sql, bound).fetchall()
        more = len(rows) > asked.limit
        rows = rows[: asked.limit]
        return Page(rows, _cursor(asked, rows[-1]) if more else None, self._total(name, asked, bound))

    def _total(self, name: str, asked: Asked, bound: dict[str, Any]) -> int | None:
        if not asked.counted:
            return None
        return int(self.db.execute(f"SELECT count(*) FROM ({LISTS[name]})", bound).fetchone()[0])


def days(query: Mapping[str, str]) -> dict[str, str]:
    """The first and last day that a request asks for, as arguments of a list."""
    return {
        "first": instants.day(query["start_date"]) if "start_date" in query else "0001-01-01",
        "last": instants.day(query["end_date"]) if "end_date" in query else "9999-12-31",
    }


def _walk(asked: Asked) -> list[Any]:
    return [asked.place, asked.sort_by, asked.descending]


def _cursor(asked: Asked, last: Row) -> str:
    text = json.dumps([*_walk(asked), last[asked.sort_by], last["seq"]])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read_cursor(asked: Asked) -> tuple[Any, int]:
    fault = Fault("This cursor is not one of this list in this order.", "/cursor", "PaginationCursor")
    try:
        *walk, key, seq = json.loads(base64.urlsafe_b64decode((asked.cursor or "").encode("ascii")))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise Refused(400, fault) from error
    if walk != _walk(asked) or not isinstance(key, str | int) or type(seq) is not int or abs(seq) >= 2**63:
        raise Refused(400, fault)
    return key, seq
