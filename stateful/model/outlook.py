"""What may become of a call: the objections to it, and the outcomes that they leave open.

Decides which objections the books raise. Which outcomes an objection admits is data
(`Latitude`), because documents leave it open; an unlisted objection means refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Final

from stateful.model.books import Asset, Books, Change, Entry, Item, Posted, Withdrawn
from stateful.model.words import INT64_MAX, MOVES, Effect, Side

CROWDED_FROM: Final = 2**60
"""Amounts on record beyond this may meet a limit that other histories have nearly used up."""

LARGE_FROM: Final = 10**13
"""One amount beyond this is kept to the last digit or refused: 64 bits are a format, not a promise (L8)."""


class Outcome(Enum):
    """How a call ended, as the books see it."""

    DONE = "done"  # accepted, and the books moved accordingly
    UNCHANGED = "accepted without effect"
    REFUSED = "refused"


class Objection(Enum):
    """A reason not to carry a call out. The value is what reports call it."""

    # raised by the books
    ARCHIVED_ASSET = "a value change of an archived asset"
    ARCHIVED_UPSERT = "an update by the external id of an archived asset"
    ARCHIVED_PATCH = "a change of an archived asset's record"
    ARCHIVED = "an asset archived twice"
    IN_USE = "an asset archived while changes of it are live"
    NO_ACCUMULATED = "depreciation without an accumulated account"
    OTHER_ACCUMULATED = "another accumulated account after postings"
    SAME_ACCOUNT = "a counter account that the change itself moves"
    NOT_POSITIVE = "an amount that is not positive"
    BEYOND_INT64 = "an amount beyond 64 bits"
    OVERFLOW = "a balance beyond 64 bits"
    CROWDED = "amounts so large that a limit may be met"
    BELOW_ZERO = "a carrying value below zero"
    CLOSED = "a day in a closed period"
    CLOSED_WITHDRAWAL = "taking back what lies in a closed period"
    REPLAYED = "a value change sent again"
    REPLAYED_DIFFERENTLY = "another value change under a known external id"
    ENTRY_REPLAYED = "an entry sent again"
    VOIDED = "a change of a voided value change"
    WITHDRAWN = "a value change voided twice"
    REVERSED = "an entry reversed twice"
    ACCOUNT_KNOWN = "an account opened twice"
    # written into the call
    TWO_SELECTORS = "both selectors, naming one asset"
    NO_ASSET = "no asset named"
    TWO_ASSETS = "two assets named"
    UNKNOWN_ASSET = "an unknown asset id"
    UNKNOWN_ASSET_EXTERNAL = "an unknown external id of an asset"
    UNKNOWN_CHANGE = "an unknown value change"
    UNKNOWN_ACCOUNT = "an unknown account id"
    UNKNOWN_ACCOUNT_NAME = "an unknown account name"
    UNKNOWN_EFFECT = "an unknown type of change"
    UNKNOWN_KIND = "an unknown kind of asset"
    NO_NAME = "no name"
    NO_AMOUNT = "no amount"
    NULL_AMOUNT = "an amount of null"
    TEXT_AMOUNT = "an amount as text"
    FRACTION = "an amount that is not whole"
    IMPOSSIBLE_DAY = "a day that does not exist"
    UNBALANCED = "debits and credits that differ"
    ONE_LINE = "an entry of one line"


Latitude = Mapping[Objection, frozenset[Outcome]]

_WITHOUT_OBJECTION: Final = frozenset({Outcome.DONE})
_REFUSAL: Final = frozenset({Outcome.REFUSED})


def outcomes(objections: Iterable[Objection], latitude: Latitude) -> frozenset[Outcome]:
    """What may become of a call: every objection must admit the outcome, and refusal is always one
    that refuses."""
    admitted = [latitude.get(objection, _REFUSAL) for objection in objections]
    return frozenset.intersection(*admitted) if admitted else _WITHOUT_OBJECTION


def to_recording(
    books: Books, *, asset: Asset, effect: Effect, minor: int, day: date, counter: str
) -> frozenset[Objection]:
    """What the books object to in a new value change of that asset."""
    against = asset.part(effect)
    found = {Objection.ARCHIVED_ASSET} if asset.archived else set()
    if against is None:
        return frozenset({*found, Objection.NO_ACCUMULATED})
    if against == counter:
        found.add(Objection.SAME_ACCOUNT)
    if to_amount(minor):
        return frozenset(found) | to_amount(minor) | to_day(books, day)
    change = Change("?", asset.key, effect, minor, day, counter, against)
    lowers = MOVES[effect][0] is Side.CREDIT
    found |= to_day(books, day) | _to_result(books.after(Posted(change)), change, lowers=lowers)
    return frozenset(found)


def to_amending(books: Books, before: Change, after: Change) -> frozenset[Objection]:
    """What the books object to in replacing a live value change by `after`.

    Where no posting follows from it, a closed day does not matter.
    """
    if before == after:
        return _to_archived(books, before)
    again = to_recording(
        books.after(Withdrawn(before.key)),
        asset=books.assets()[after.asset],
        effect=after.effect,
        minor=after.minor,
        day=after.day,
        counter=after.counter,
    )
    return again | to_withdrawing(books.after(Posted(after)), before)


def to_posting(books: Books, entry: Entry) -> frozenset[Objection]:
    """What the books object to in posting directly."""
    unbalanced = {Objection.UNBALANCED} if sum(minor for _, minor in entry.shifts) else set()
    return frozenset(unbalanced) | to_day(books, entry.day) | _to_result(books.after(Posted(entry)), entry)


def to_withdrawing(books: Books, item: Item) -> frozenset[Objection]:
    """What the books object to in voiding a value change, or reversing an entry, that is live."""
    closed = {Objection.CLOSED_WITHDRAWAL} if to_day(books, item.day) else set()
    return frozenset(closed) | _to_archived(books, item) | _to_result(books.after(Withdrawn(item.key)), item)


def to_day(books: Books, day: date) -> frozenset[Objection]:
    """Whether a posting on that day falls into a closed period."""
    first_open = books.closed_before()
    return frozenset({Objection.CLOSED}) if first_open is not None and day < first_open else frozenset()


def to_amount(minor: int) -> frozenset[Objection]:
    """Whether an amount is one at all."""
    if minor <= 0:
        return frozenset({Objection.NOT_POSITIVE})
    return frozenset({Objection.BEYOND_INT64}) if minor > INT64_MAX else frozenset()


def _to_archived(books: Books, item: Item) -> frozenset[Objection]:
    """Whether an item is a value change of an asset that was archived since."""
    archived = isinstance(item, Change) and books.assets()[item.asset].archived
    return frozenset({Objection.ARCHIVED_ASSET}) if archived else frozenset()


def _to_result(books: Books, item: Item, *, lowers: bool = True) -> frozenset[Objection]:
    """What the books object to in themselves, once the item is in or out of them."""
    found = set()
    accounts = {account for account, _ in item.shifts}
    if any(abs(books.balance(account)) > INT64_MAX for account in accounts):
        found.add(Objection.OVERFLOW)
    largest = max(abs(minor) for _, minor in item.shifts)
    if books.volume() > CROWDED_FROM or largest > LARGE_FROM:
        found.add(Objection.CROWDED)
    touched = (asset for asset in books.assets().values() if {asset.account, asset.accumulated} & accounts)
    if lowers and any(books.lowest(asset.key) < _taken_back(books, asset.key) for asset in touched):
        found.add(Objection.BELOW_ZERO)
    return frozenset(found)


def _taken_back(books: Books, asset: str) -> int:
    """The decreases of an asset that were taken back; some end them today, so that they count before."""
    live = books.live().values()
    gone = (item for item in books.posted() if isinstance(item, Change) and item.asset == asset and item not in live)
    return sum(change.minor for change in gone if MOVES[change.effect][0] is Side.CREDIT)
