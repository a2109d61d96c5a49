"""Faults of what Layer's replies show, where the books behind them are right.

Decides these faults alone. A wrong answer is not judged against the document on its way out.
"""

from __future__ import annotations

from typing import Any, Final

from mock_server.faults.fault import Family, Shelf, with_body
from mock_server.surface import Answer, Request

SHELF: Final = Shelf(Family.STATE)

_UPDATE: Final = "business.assets.valueUpdates.valueUpdateId"
_UPDATES: Final = ("business.assets.valueUpdates.post", f"{_UPDATE}.get", f"{_UPDATE}.patch", f"{_UPDATE}.delete")
_ENTRIES: Final = (
    "business.ledger.entries.entryId.get",
    "business.ledger.entries.entryId.reverse.post",
    "business.ledger.journalEntries.post",
)
_SHEET: Final = "business.reports.balanceSheet.get"
_TRIAL: Final = "business.reports.unified.trialBalance.get"
_BIG: Final = 2**53


def _data(answer: Answer, **members: Any) -> Answer:
    """The answer with other members of its one record."""
    return with_body(answer, {**answer.body, "data": {**answer.body["data"], **members}})


@SHELF.answers(
    "void-not-shown",
    "A voided value change is shown without the time at which it was archived.",
    "layer.R18",
    "A3",
    of=(f"{_UPDATE}.get", f"{_UPDATE}.delete"),
)
def _void_not_shown(_request: Request, answer: Answer) -> Answer:
    return _data(answer, archived_at=None)


@SHELF.answers(
    "archive-not-shown",
    "An archived asset is shown without the time at which it was archived.",
    "layer.R19",
    of=("business.assets.assetId.get", "business.assets.assetId.delete"),
)
def _archive_not_shown(_request: Request, answer: Answer) -> Answer:
    return _data(answer, archived_at=None)


@SHELF.answers(
    "nested-nulls-dropped",
    "Members of metadata that are null come back only at the top level.",
    "layer.R12",
    of=_UPDATES,
)
def _nested_nulls_dropped(_request: Request, answer: Answer) -> Answer:
    metadata = answer.body["data"]["metadata"]
    return answer if metadata is None else _data(answer, metadata={k: _without_nulls(v) for k, v in metadata.items()})


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(child) for key, child in value.items() if child is not None}
    return [_without_nulls(child) for child in value] if isinstance(value, list) else value


@SHELF.answers(
    "metadata-digits", "Integers of metadata beyond 2^53 come back without their last digits.", "layer.R12", of=_UPDATES
)
def _metadata_digits(_request: Request, answer: Answer) -> Answer:
    metadata = answer.body["data"]["metadata"]
    return answer if metadata is None else _data(answer, metadata=_shortened(metadata))


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shortened(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_shortened(child) for child in value]
    return value - value % 2 if type(value) is int and abs(value) > _BIG else value


@SHELF.answers("metadata-emptied", "Metadata that is an empty object comes back as null.", "layer.R12", of=_UPDATES)
def _metadata_emptied(_request: Request, answer: Answer) -> Answer:
    return _data(answer, metadata=answer.body["data"]["metadata"] or None)


@SHELF.answers("entry-unbalanced", "An entry is shown with a credit one cent too high.", "L1", of=_ENTRIES)
def _entry_unbalanced(_request: Request, answer: Answer) -> Answer:
    lines = answer.body["data"]["line_items"]
    return _data(answer, line_items=[*lines[:-1], {**lines[-1], "amount": lines[-1]["amount"] + 1}])


@SHELF.answers("entry-of-one-line", "An entry is shown with its first line only.", "L1", "L2", of=_ENTRIES)
def _entry_of_one_line(_request: Request, answer: Answer) -> Answer:
    return _data(answer, line_items=answer.body["data"]["line_items"][:1])


@SHELF.answers(
    "reversal-not-swapped",
    "A reversal is shown with the sides of what it reverses.",
    "L7",
    of="business.ledger.entries.entryId.reverse.post",
)
def _reversal_not_swapped(_request: Request, answer: Answer) -> Answer:
    other = {"DEBIT": "CREDIT", "CREDIT": "DEBIT"}
    lines = answer.body["data"]["line_items"]
    return _data(answer, line_items=[{**line, "direction": other[line["direction"]]} for line in lines])


@SHELF.answers("sheet-without-result", "The balance sheet leaves net income out of equity.", "L4", of=_SHEET)
def _sheet_without_result(_request: Request, answer: Answer) -> Answer:
    def without(top: dict[str, Any]) -> dict[str, Any]:
        below = top["line_items"]
        result = sum(line["value"] for line in below if line["name"] == "NET_INCOME")
        kept = [line for line in below if line["name"] != "NET_INCOME"]
        return {**top, "value": top["value"] - result, "line_items": kept}

    return _data(answer, liabilities_and_equity=[without(top) for top in answer.body["data"]["liabilities_and_equity"]])


@SHELF.answers("trial-total-off", "The total of a trial balance's debits is one cent too high.", "L3", of=_TRIAL)
def _trial_total_off(_request: Request, answer: Answer) -> Answer:
    *rows, total = answer.body["data"]["rows"]
    cells = {**total["cells"], "debit": total["cells"]["debit"] + 1}
    return _data(answer, rows=[*rows, {**total, "cells": cells}])


@SHELF.answers(
    "amount-of-the-reply",
    "The reply to a value change shows one cent less than was sent.",
    "layer.R26",
    of="business.assets.valueUpdates.post",
)
def _amount_of_the_reply(_request: Request, answer: Answer) -> Answer:
    return _data(answer, amount=answer.body["data"]["amount"] - 1)


@SHELF.answers(
    "date-of-the-reply",
    "A value change is shown at midnight of its day, whatever its time of day.",
    "layer.R26",
    of="business.assets.valueUpdates.post",
)
def _date_of_the_reply(_request: Request, answer: Answer) -> Answer:
    return _data(answer, date=answer.body["data"]["date"][:10] + "T00:00:00Z")
