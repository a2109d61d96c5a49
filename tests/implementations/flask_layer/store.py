"""The SQLite file, its connections and transactions.

Decides that a request is one transaction; knows no accounting.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
import tempfile
import uuid
import weakref
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parent
LONGEST_WAIT: Final = 60.0  # seconds that one writer waits for the others
BUSINESSES: Final = (
    ("11111111-1111-4111-8111-111111111111", "layer-demo-token", "Demo"),
    ("22222222-2222-4222-8222-222222222222", "layer-other-token", "Other"),
)


def new_id() -> str:
    """A fresh identifier."""
    return str(uuid.uuid4())


class Store:
    """Two businesses' books in a temporary file, gone with the object that holds them.

    A transaction has a connection to itself, so any thread may ask for one. A reader sees one
    state of the books throughout; writers come one after the other.
    """

    schema: ClassVar[str] = (HERE / "schema.sql").read_text("utf-8")

    def __init__(self) -> None:
        folder = tempfile.mkdtemp(prefix="flask-layer-")
        self._file = Path(folder, "books.sqlite")
        self._idle: list[sqlite3.Connection] = []
        weakref.finalize(self, _clear_away, self._idle, folder)
        with self._connection() as db:
            db.execute("PRAGMA journal_mode = WAL")  # readers do not wait for writers
            db.executescript(self.schema)
        with self.writing() as db:
            for business in BUSINESSES:
                open_business(db, *business)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that changes nothing."""
        with self._connection() as db:
            db.execute("BEGIN")
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept when its block ends, and undone when the block raises."""
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """An idle connection or a new one; opening costs more than most requests."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = self._connect()
        try:
            yield db
        finally:
            db.rollback()  # whatever was not committed
            self._idle.append(db)

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, LONGEST_WAIT, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = OFF")  # nothing outlives the process anyway
        db.execute("PRAGMA foreign_keys = ON")
        return db


def _clear_away(connections: list[sqlite3.Connection], folder: str) -> None:
    for db in connections:
        db.close()
    shutil.rmtree(folder, ignore_errors=True)


def open_business(db: sqlite3.Connection, business_id: str, token: str, name: str) -> None:
    """A business with the template's accounts and nothing posted."""
    db.execute(
        "INSERT INTO businesses (id, token, name, ledger_id) VALUES (?, ?, ?, ?)",
        (business_id, token, name, new_id()),
    )
    with (HERE / "chart.csv").open(encoding="utf-8", newline="") as chart:
        db.executemany(
            """INSERT INTO accounts (id, business_id, parent, name, stable_name, normality, type, subtype)
               VALUES (:id, :business_id,
                       (SELECT seq FROM accounts WHERE business_id = :business_id AND stable_name = :parent),
                       :name, :stable_name, :normality, :type, :subtype)""",
            [{**account, "id": new_id(), "business_id": business_id} for account in csv.DictReader(chart)],
        )
