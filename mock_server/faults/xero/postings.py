"""Faults of what the register posts: purchases, depreciation, disposals and what takes them back.

Decides these faults alone. The register counts on; it is the ledger, or what is shown of it, that lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from mock_server.domain.accounts import Account, Kind, Normality
from mock_server.domain.entries import Entry
from mock_server.domain.instants import Instant, start_of
from mock_server.domain.journal import Journal, Posting
from mock_server.domain.ledger import Ledger
from mock_server.domain.record import revised
from mock_server.domain.register.records import Asset, Disposal, Status
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule.calendar import month_end, month_number
from mock_server.faults.cut_off import StaleBalance
from mock_server.faults.fault import Family, Parts, recast, with_body
from mock_server.faults.xero.shelf import shelf
from mock_server.surface import Answer, Handler, Request

SHELF: Final = shelf(Family.ACCOUNTING)

_CENT: Final = Decimal("0.01")
_BY_DAY: Final = ("D1", "D3", "D5", "D10", "T1", "T2", "T3")
_BY_SUM: Final = ("V1", "V2", "V3", "D1", "D5", "T1", "T2")


def posting(what: str, wrong: Callable[[Ledger, Journal], Journal]) -> Callable[[Parts], Parts]:
    """Journals whose memo begins so are posted otherwise. The wrong one still balances: no other can be made."""

    class _Otherwise(Ledger):
        def post(self, journal: Journal, **named: Any) -> Entry:
            ours = (journal.note.memo or "").startswith(what)
            return super().post(wrong(self, journal) if ours else journal, **named)

    return lambda parts: recast(parts, _Otherwise)


def _now(ledger: Ledger, journal: Journal) -> Journal:
    return revised(journal, instant=Instant(ledger._now_ns(), ""))


def _a_month_late(_ledger: Ledger, journal: Journal) -> Journal:
    return revised(journal, instant=start_of(month_end(month_number(journal.instant.day) + 1)))


SHELF.fault("charge-today", "Depreciation is dated the day on which it is run.", *_BY_DAY)(
    posting("Depreciation", _now)
)
SHELF.fault("charge-a-month-late", "Depreciation is dated the end of the following month.", *_BY_DAY)(
    posting("Depreciation", _a_month_late)
)
SHELF.fault("charge-swapped", "Depreciation debits what it should credit, and the other way round.", "D2", *_BY_SUM)(
    posting("Depreciation", lambda _ledger, journal: journal.reversed())
)


@SHELF.books("purchase-twice", "Registering an asset posts its purchase twice.", "X3")
class _PurchaseTwice(Ledger):
    def post(self, journal: Journal, **named: Any) -> Entry:
        if (journal.note.memo or "").startswith("Purchase"):
            super().post(journal, **named)
        return super().post(journal, **named)


# ---- disposals --------------------------------------------------------------------------------


def _moved(journal: Journal, account: Account, minor: int) -> Journal:
    """The journal with so much more on the account, and less on the result, or else on another one."""
    others = [one for one in journal.postings if one.account is not account]
    other = next((one for one in others if one.account.kind in (Kind.EXPENSE, Kind.REVENUE)), others[0])
    steps = {account: minor, other.account: -minor}
    moved = (Posting(one.account, one.minor + steps.get(one.account, 0)) for one in journal.postings)
    return revised(journal, postings=tuple(one for one in moved if one.minor))


def _accumulated_left(_ledger: Ledger, journal: Journal) -> Journal:
    for one in journal.postings:
        if one.account.kind is Kind.ASSET and one.account.normality is Normality.CREDIT:
            return _moved(journal, one.account, -one.minor)
    return journal


def _cents_left(_ledger: Ledger, journal: Journal) -> Journal:
    for one in journal.postings:
        if one.account.subtype == "FIXED" and one.account.normality is Normality.DEBIT:
            return _moved(journal, one.account, -one.minor % 100)
    return journal


SHELF.fault("accumulated-left", "A disposal leaves accumulated depreciation where it is.", "X3")(
    posting("Disposal", _accumulated_left)
)
SHELF.fault("cents-left", "A disposal clears the cost without its cents.", "X3")(posting("Disposal", _cents_left))


def _gaining(wrong: Callable[[Asset, Disposal], Disposal]) -> Callable[[Parts], Parts]:
    """The figures of a disposal are kept otherwise; its journal is right."""

    class _Otherwise(Register):
        def change(self, record: Any, **fields: Any) -> None:
            if fields.get("disposal") is not None:
                fields = {**fields, "disposal": wrong(record, fields["disposal"])}
            super().change(record, **fields)

    return lambda parts: recast(parts, _Otherwise)


def _of_the_cost(asset: Asset, disposal: Disposal) -> Disposal:
    cost = asset.facts.price_minor or 0
    return replace(disposal, gain_loss_minor=min(disposal.price_minor, cost) - cost)


def _together(_asset: Asset, disposal: Disposal) -> Disposal:
    both = disposal.gain_loss_minor + disposal.capital_gain_minor
    return replace(disposal, gain_loss_minor=both, capital_gain_minor=0)


SHELF.fault("gain-a-cent-short", "The gain of a disposal is one cent too low.", "X2", "X5")(
    _gaining(lambda _asset, disposal: replace(disposal, gain_loss_minor=disposal.gain_loss_minor - 1))
)
SHELF.fault("gain-of-cost", "The gain of a disposal is taken from the cost, not from the book value.", "X2", "X5")(
    _gaining(_of_the_cost)
)
SHELF.fault("no-capital-gain", "What a sale brings above the cost is a gain like any other.", "X5")(_gaining(_together))


@SHELF.books("disposed-charged", "A run of depreciation charges assets that have been disposed of.", "X3")
class _DisposedCharged(Register):
    def listed(self, status: Status) -> Iterator[Asset]:
        yield from super().listed(status)
        if status is Status.REGISTERED:
            yield from super().listed(Status.DISPOSED)


@SHELF.answers(
    "disposed-is-worth-it", "A disposed asset shows its old price as its book value.", "X3", of="getAssetById"
)
def _disposed_is_worth_it(_request: Request, answer: Answer) -> Answer:
    sold = answer.body.get("assetStatus") == "Disposed"
    return with_body(answer, {**answer.body, "accountingBookValue": answer.body["purchasePrice"]}) if sold else answer


# ---- what is taken back -----------------------------------------------------------------------


def _unreversed(what: str) -> Callable[[Parts], Parts]:
    """What is taken back of that is taken back in the register alone."""

    class _Otherwise(Ledger):
        def reverse(self, entry: Entry) -> tuple[Entry, bool]:
            ours = (entry.journal.note.memo or "").startswith(what)
            return (entry, True) if ours else super().reverse(entry)

    return lambda parts: recast(parts, _Otherwise)


SHELF.fault("rollback-of-one-side", "Rolling back forgets the charges and posts no reversal.", "V1", "X3", *_BY_SUM)(
    _unreversed("Depreciation")
)
SHELF.fault("sale-not-undone", "Undoing a disposal leaves its journal as it is.", "V1", "D2", "D1")(
    _unreversed("Disposal")
)


@SHELF.books("reversal-today", "A reversal is dated the day on which it is made.", "D2", "V1", *_BY_DAY)
class _ReversalToday(Ledger):
    def _write(self, journal: Journal, **named: Any) -> Entry:
        return super()._write(journal if named.get("reverses") is None else _now(self, journal), **named)


@SHELF.handlers(
    "late-without-catch-up",
    "Registering late leaves out the months that have been run.",
    *_BY_SUM,
    of="control.assets.register",
)
def _without_a_last_day(handler: Handler) -> Handler:
    """The handler, in an organisation that seems never to have run depreciation."""

    def answer(request: Request) -> Answer:
        organisation = request.tenant.register.organisation
        last, organisation.last_depreciation = organisation.last_depreciation, None
        try:
            return handler(request)
        finally:
            organisation.last_depreciation = last

    return answer


@SHELF.handlers(
    "run-again-posts",
    "A run through the same day again posts its last month again.",
    *_BY_SUM,
    of="control.depreciation.post",
)
def _posting_again(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        register = request.tenant.register
        through = request.body["through"]
        again = f"{register.organisation.last_depreciation}" == through
        done = handler(request)
        charges = [(asset, asset.charges[-1]) for asset in register.listed(Status.REGISTERED) if asset.charges]
        for asset, charge in charges if again else ():
            register.ledger.post(register.ledger.find(charge.entry_id).journal, origin=asset.id)
        return done

    return answer


# ---- what is shown ----------------------------------------------------------------------------


SHELF.books("stale-account", "An account's balance is remembered until something is posted; a reversal is not.", "V1")(
    StaleBalance
)


def _records(answer: Answer, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Answer:
    return with_body(answer, {**answer.body, "data": [change(record) for record in answer.body["data"]]})


@SHELF.answers(
    "credit-a-cent-high",
    "An entry of the ledger is shown with its last line one cent off.",
    "L1",
    of="control.entries.get",
)
def _credit_a_cent_high(_request: Request, answer: Answer) -> Answer:
    def wrong(entry: dict[str, Any]) -> dict[str, Any]:
        *lines, last = entry["lines"]
        return {**entry, "lines": [*lines, {**last, "credit": Decimal(last["credit"]) + _CENT}]}

    return _records(answer, wrong)


@SHELF.answers("expenses-shown-empty", "Accounts of expenses are shown empty.", "L3", of="control.balances.get")
def _expenses_shown_empty(_request: Request, answer: Answer) -> Answer:
    return _records(answer, lambda account: {**account, "balance": 0} if account["class"] == "EXPENSE" else account)


@SHELF.answers(
    "accumulated-a-cent-short", "Accumulated depreciation is shown one cent too low.", "V1", of="getAssetById"
)
def _accumulated_a_cent_short(_request: Request, answer: Answer) -> Answer:
    detail = answer.body["bookDepreciationDetail"]
    shown = detail["currentAccumDepreciationAmount"]
    if not shown:
        return answer
    less = {**detail, "currentAccumDepreciationAmount": Decimal(shown) - _CENT}
    return with_body(answer, {**answer.body, "bookDepreciationDetail": less})
