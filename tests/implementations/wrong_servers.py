"""Ten servers, each wrong in one way: the independent implementation with one method overridden.

Decides what is wrong with each, and by which rules a kit that is worth its name must catch it
(`WRONG`). Each name of the registry is also an attribute of this module, an application to serve:
`fixtura check --app tests.implementations.wrong_servers:swapped_sides`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from tests.implementations.flask_layer import create_app
from tests.implementations.flask_layer.ledger import OTHER_SIDE, Draft, Line
from tests.implementations.flask_layer.pages import Asked, Lists, Page
from tests.implementations.flask_layer.refusals import missing
from tests.implementations.flask_layer.store import Store

if TYPE_CHECKING:
    from sqlite3 import Row

    from flask import Flask

    from tests.implementations.flask_layer.books import Change


@dataclass(frozen=True, slots=True)
class WrongServer:
    """One fault: what it is in a sentence, the ids of the rules that name it, and how to serve it."""

    sentence: str
    rules: frozenset[str]
    books: type[Lists] = Lists
    store: type[Store] = Store

    def factory(self) -> Flask:
        """A server with this fault and fresh books."""
        return create_app(self.books, store=self.store, checks_itself=False)


class SwappedSides(Lists):
    def sides(self, update_type: str) -> tuple[str, str]:
        column, direction = super().sides(update_type)
        return column, OTHER_SIDE[direction]


class MissingSecondLine(Lists):
    def write_lines(self, entry: int, lines: Sequence[Line]) -> None:
        super().write_lines(entry, lines[:1])


class VoidForgetsReversal(Lists):
    def void(self, update: Row) -> None:
        return


class DoubleVoid(Lists):
    def archive_value_update(self, update_id: str) -> Row:
        update = self.find("value_updates", update_id)
        if update["archived_at"] is None:
            return super().archive_value_update(update_id)
        entry = self.entry_of(update)
        self.post(Draft("REVERSAL", entry["entry_at"], self.mirrored(entry), cash_too=False))
        return update


class UpsertDuplicates(Lists):
    def known_asset(self, external_id: str | None) -> Row | None:
        return None


class WithoutUniqueAssets(Store):
    """Tables that let a second asset have the same external_id."""

    schema = Store.schema.replace("UNIQUE INDEX asset_by_external_id", "INDEX asset_by_external_id")


class PatchKeepsOldJournal(Lists):
    def repost(self, update: Row, change: Change) -> Row:
        return update


class ListLosesLastPage(Lists):
    def page(self, name: str, asked: Asked, **arguments: Any) -> Page:
        page = super().page(name, asked, **arguments)
        if page.cursor is None:
            return page
        following = super().page(name, replace(asked, cursor=page.cursor), **arguments)
        return page if following.cursor is not None else replace(page, cursor=None)


class AsOfByCreationTime(Lists):
    as_of_day = "substr(entries.created_at, 1, 10)"


class CrossBusinessRead(Lists):
    def find(self, table: str, record_id: str, pointer: str = "") -> Row:
        sql = f"SELECT * FROM {table} WHERE id = ?"
        row: Row | None = self.db.execute(sql, (record_id.lower(),)).fetchone()
        if row is None:
            raise missing(f"{table} {record_id}", pointer)
        return row


class LastWriterWins(Store):
    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction on a copy of the books, which then takes the place of whatever is there."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            copy.row_factory = sqlite3.Row
            with self._connection() as db:
                db.backup(copy)
            yield copy
            with self._connection() as db:
                copy.backup(db, sleep=0.001)


WRONG: Final[Mapping[str, WrongServer]] = {
    "swapped_sides": WrongServer(
        "A value update debits what it should credit, and the other way round.",
        frozenset({"layer.R1", "layer.R3", "layer.R4", "V1"}),
        SwappedSides,
    ),
    "missing_second_line": WrongServer(
        "Only the first line of an entry is posted.", frozenset({"L1", "L2", "L3"}), MissingSecondLine
    ),
    "void_forgets_reversal": WrongServer(
        "Archiving a value update marks it and posts nothing.",
        frozenset({"A1", "V1", "layer.R18"}),
        VoidForgetsReversal,
    ),
    "double_void": WrongServer(
        "Archiving a value update a second time reverses its entry a second time.",
        frozenset({"A2"}),
        DoubleVoid,
    ),
    "upsert_duplicates": WrongServer(
        "A known external_id makes a second asset.",
        frozenset({"layer.R5"}),
        UpsertDuplicates,
        WithoutUniqueAssets,
    ),
    "patch_keeps_old_journal": WrongServer(
        "A PATCH of the amount, type, account or date leaves the old entry as it is.",
        frozenset({"layer.R9", "V1", "K6"}),
        PatchKeepsOldJournal,
    ),
    "list_loses_last_page": WrongServer(
        "A list of more than one page ends before its last page.",
        frozenset({"layer.R14", "layer.R16"}),
        ListLosesLastPage,
    ),
    "as_of_by_creation_time": WrongServer(
        "Balances and reports to a date go by when an entry was posted, not by its own date.",
        frozenset({"O1", "O3"}),
        AsOfByCreationTime,
    ),
    "cross_business_read": WrongServer(
        "A record is found by its id whatever business it is of.", frozenset({"N1"}), CrossBusinessRead
    ),
    "lost_update": WrongServer(
        "A request works on a copy of the books and puts it back over what others wrote meanwhile.",
        frozenset({"K3"}),
        store=LastWriterWins,
    ),
}


def __getattr__(name: str) -> Flask:
    """The wrong server of that name, made when it is first asked for."""
    if name not in WRONG:
        raise AttributeError(name)
    app = globals()[name] = WRONG[name].factory()
    return app
