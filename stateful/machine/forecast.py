"""What may become of an operation: the model's word on it, in the machine's terms.

Decides the objections to an operation and the books that each admissible outcome leaves. Where a
document leaves open what an accepted call does, several books are possible; the ledger then shows
which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import singledispatch
from typing import Final

from stateful import operations as op
from stateful.model import outlook
from stateful.model.books import Asset, Books, Change, Closed, Entry, Opened, Posted, Withdrawn
from stateful.model.outlook import Latitude, Objection, Outcome
from stateful.operations import Operation, Template, account_of, day_of


@dataclass(frozen=True, slots=True)
class Forecast:
    """The objections to a call, and the books after it, were it accepted: the first is the likeliest."""

    objections: frozenset[Objection]
    accepted: tuple[Books, ...]

    def outcomes(self, latitude: Latitude) -> frozenset[Outcome]:
        """How the call may end."""
        return outlook.outcomes(self.objections, latitude)


_NONE: Final[frozenset[Objection]] = frozenset()


def forecast(operation: Operation, books: Books, *, opened: frozenset[str] = frozenset()) -> Forecast:
    """What may become of an operation. `opened`: the keys of accounts that exist."""
    if isinstance(operation, op.OpenAccount):
        known = operation.account in opened
        return Forecast(frozenset({Objection.ACCOUNT_KNOWN}) if known else _NONE, (books,))
    foreseen = _forecast(operation, books)
    flaw = getattr(operation, "flaw", None)
    return foreseen if flaw is None else replace(foreseen, objections=foreseen.objections | {flaw})


def counter_key(counter: str | Template) -> str:
    """What the books call a counter account."""
    return counter.value if isinstance(counter, Template) else counter


@singledispatch
def _forecast(_operation: object, books: Books) -> Forecast:
    return Forecast(_NONE, (books,))  # a read


@_forecast.register(op.CreateAsset)
def _create_asset(operation: op.CreateAsset, books: Books) -> Forecast:
    known = books.assets().get(operation.asset)
    if known is None:
        asset = Asset(operation.asset, account_of(operation.asset), operation.accumulated)
        return Forecast(_NONE, (books.after(Opened(asset)),))
    found = {Objection.ARCHIVED_UPSERT} if known.archived else set()
    return _with_accumulated(books, known, operation.accumulated, found)


@_forecast.register(op.AmendAsset)
def _amend_asset(operation: op.AmendAsset, books: Books) -> Forecast:
    known = books.assets()[operation.asset]
    found = {Objection.ARCHIVED_PATCH} if known.archived else set()
    return _with_accumulated(books, known, operation.accumulated, found)


def _with_accumulated(books: Books, known: Asset, accumulated: str | None, found: set[Objection]) -> Forecast:
    if accumulated is None or accumulated == known.accumulated:
        return Forecast(frozenset(found), (books,))
    if books.changes(known.key):
        found.add(Objection.OTHER_ACCUMULATED)
    return Forecast(frozenset(found), (books.after(Opened(replace(known, accumulated=accumulated))),))


@_forecast.register(op.ArchiveAsset)
def _archive_asset(operation: op.ArchiveAsset, books: Books) -> Forecast:
    known = books.assets()[operation.asset]
    if known.archived:
        return Forecast(frozenset({Objection.ARCHIVED}), (books,))
    changes = books.changes(known.key)
    kept = books.after(Opened(replace(known, archived=True)))
    gone = kept.after(*(Withdrawn(change.key) for change in changes))
    return Forecast(frozenset({Objection.IN_USE}) if changes else _NONE, (kept, gone))


@_forecast.register(op.Record)
def _record(operation: op.Record, books: Books) -> Forecast:
    asset = books.assets()[operation.asset]
    known = books.live().get(operation.change)
    if isinstance(known, Change):
        again = _as_change(operation, known.against)
        objection = Objection.REPLAYED if again == known else Objection.REPLAYED_DIFFERENTLY
        amended = books.after(Withdrawn(known.key), Posted(again))
        return Forecast(frozenset({objection}), (books,) if again == known else (books, amended))
    found = outlook.to_recording(
        books,
        asset=asset,
        effect=operation.effect,
        minor=operation.minor,
        day=day_of(operation.instant),
        counter=counter_key(operation.counter),
    )
    if operation.by_id and operation.by_external is not None and operation.flaw is None:
        found |= {Objection.TWO_SELECTORS}
    against = asset.part(operation.effect)
    posted = books if against is None else books.after(Posted(_as_change(operation, against)))
    return Forecast(found, (posted, books) if operation.minor <= 0 else (posted,))


def _as_change(operation: op.Record, against: str) -> Change:
    return Change(
        key=operation.change,
        asset=operation.asset,
        effect=operation.effect,
        minor=operation.minor,
        day=day_of(operation.instant),
        counter=counter_key(operation.counter),
        against=against,
        late=_late(operation.instant),
    )


@_forecast.register(op.Amend)
def _amend(operation: op.Amend, books: Books) -> Forecast:
    before = books.live().get(operation.change)
    if not isinstance(before, Change):
        return Forecast(frozenset({Objection.VOIDED}), (books,))
    instant = operation.instant
    effect = operation.effect or before.effect
    against = books.assets()[before.asset].part(effect)
    after = replace(
        before,
        effect=effect,
        minor=before.minor if operation.minor is None else operation.minor,
        day=before.day if instant is None else day_of(instant),
        late=before.late if instant is None else _late(instant),
        counter=before.counter if operation.counter is None else counter_key(operation.counter),
    )
    if after == before:  # values that are equal to the stored ones post nothing
        return Forecast(outlook.to_amending(books, before, after), (books,))
    if against is None:
        return Forecast(frozenset({Objection.NO_ACCUMULATED}), (books,))
    after = replace(after, against=against)
    reposted = books.after(Withdrawn(before.key), Posted(after))
    return Forecast(outlook.to_amending(books, before, after), (reposted,))


@_forecast.register(op.Void)
def _void(operation: op.Void, books: Books) -> Forecast:
    item = books.live().get(operation.change)
    if item is None:
        return Forecast(frozenset({Objection.WITHDRAWN}), (books,))
    return Forecast(outlook.to_withdrawing(books, item), (books.after(Withdrawn(item.key)),))


@_forecast.register(op.Post)
def _post(operation: op.Post, books: Books) -> Forecast:
    if operation.entry in {item.key for item in books.posted()}:
        return Forecast(frozenset({Objection.ENTRY_REPLAYED}), (books,))
    entry = Entry(operation.entry, day_of(operation.instant), operation.lines, _late(operation.instant))
    return Forecast(outlook.to_posting(books, entry), (books.after(Posted(entry)),))


@_forecast.register(op.Reverse)
def _reverse(operation: op.Reverse, books: Books) -> Forecast:
    item = books.live().get(operation.entry)
    if item is None:
        return Forecast(frozenset({Objection.REVERSED}), (books,))
    return Forecast(outlook.to_withdrawing(books, item), (books.after(Withdrawn(item.key)),))


@_forecast.register(op.Configure)
def _configure(operation: op.Configure, books: Books) -> Forecast:
    if operation.closed_before is None and not operation.reopen:
        return Forecast(_NONE, (books,))
    return Forecast(_NONE, (books.after(Closed(operation.closed_before)),))


def _late(instant: datetime) -> bool:
    """Whether an instant is not the very start of its UTC day, written as such."""
    utc = instant.astimezone(UTC)
    return (utc.hour, utc.minute, utc.second, utc.microsecond) != (0, 0, 0, 0) or bool(instant.utcoffset())
