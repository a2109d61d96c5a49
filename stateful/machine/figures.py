"""What people read beside an exchange: a note in words, and the figures before and after it.

Decides the wording and which figures are shown: `carrying` is the one worth a chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from stateful import operations as op
from stateful.model.books import Books, Change
from stateful.operations import Operation, Template, day_of
from stateful.rules.figures import owned
from stateful.rules.law import money
from stateful.sights import SeenLines

Figures = Mapping[str, int]


def figures_of(operation: Operation, books: Books, lines: Mapping[str, SeenLines] | None = None) -> Figures:
    """The asset's value and the kit's accounts, debit-positive minor units.

    `lines`: accounts as they were read; what they show goes before what the books say.
    """
    read = {account: seen.balance for account, seen in (lines or {}).items()}
    figures = {account: read.get(account, books.balance(account)) for account in owned(books)}
    asset = books.assets().get(_asset(operation, books) or "")
    if asset is None:
        return figures
    surprise = sum(
        read[account] - books.balance(account) for account in (asset.account, asset.accumulated) if account in read
    )
    accumulated = {} if asset.accumulated is None else {"accumulated": books.accumulated(asset.key)}
    return {"carrying": books.carrying(asset.key) + surprise, **accumulated, **figures}


def _asset(operation: Operation, books: Books) -> str | None:
    named = getattr(operation, "asset", None)
    if named is not None:
        return str(named)
    change = getattr(operation, "change", None)
    found = [item.asset for item in books.posted() if isinstance(item, Change) and item.key == change]
    return found[-1] if found else next(iter(books.assets()), None)


def note_of(operation: Operation) -> str:
    """An operation in words."""
    words = _note(operation)
    flaw = getattr(operation, "flaw", None)
    return words if flaw is None else f"{words}, with {flaw.value}"


@singledispatch
def _note(operation: object) -> str:
    """Reads, and what needs no figures: the operation's name and the record it is about."""
    name = type(operation).__name__
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    for member in ("asset", "change", "entry", "account", "on"):
        about = getattr(operation, member, None)
        if about is not None:
            return f"{words} {about}"
    listing = getattr(operation, "listing", None)
    return words if listing is None else f"{words} of {listing.value}"


@_note.register(op.OpenAccount)
def _open(operation: op.OpenAccount) -> str:
    return f"open the account {operation.account}"


@_note.register(op.CreateAsset)
def _create(operation: op.CreateAsset) -> str:
    known_as = "" if operation.external is None else f", external id {operation.external}"
    return f"create or update {operation.asset}{known_as}"


@_note.register(op.Record)
def _record(operation: op.Record) -> str:
    return (
        f"record {operation.change}: {operation.effect.value} of {money(operation.minor)} on {operation.asset}, "
        f"{day_of(operation.instant)}, counter account {_counter(operation.counter)}"
    )


@_note.register(op.Amend)
def _amend(operation: op.Amend) -> str:
    sent = {
        "amount": None if operation.minor is None else money(operation.minor),
        "type": None if operation.effect is None else operation.effect.value,
        "date": None if operation.instant is None else str(day_of(operation.instant)),
        "counter account": None if operation.counter is None else _counter(operation.counter),
    }
    changed = [f"{name} {value}" for name, value in sent.items() if value is not None]
    return f"amend {operation.change}: {', '.join([*changed, *operation.members]) or 'nothing'}"


@_note.register(op.Post)
def _post(operation: op.Post) -> str:
    lines = ", ".join(f"{account} {money(minor)}" for account, minor in operation.lines)
    return f"post {operation.entry}: {lines} (debits positive), {day_of(operation.instant)}"


def _counter(counter: str | Template) -> str:
    return counter.value if isinstance(counter, Template) else counter
