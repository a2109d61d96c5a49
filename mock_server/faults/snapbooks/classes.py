"""Faults of the list of Snapbooks' asset classes.

Decides these faults alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from mock_server.faults.fault import Family, with_body
from mock_server.faults.snapbooks.shelf import shelf
from mock_server.surface import Answer, Request

SHELF: Final = shelf(Family.STATE)

_CLASSES: Final = "listAssetClasses"
Row = dict[str, Any]


def _each(change: Callable[[Row], Row]) -> Callable[[Request, Answer], Answer]:
    return lambda _request, answer: with_body(answer, [change(row) for row in answer.body])


def _of(code: str, **members: Any) -> Callable[[Request, Answer], Answer]:
    """A class with other Norwegian rules."""
    return _each(lambda row: {**row, "no": {**row["no"], **members}} if row["code"] == code else row)


@SHELF.answers("class-left-out", "The classes leave out LAND.", "snapbooks.R32", of=_CLASSES)
def _class_left_out(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, [row for row in answer.body if row["code"] != "LAND"])


@SHELF.answers("class-twice", "The first class is listed twice.", "snapbooks.R32", of=_CLASSES)
def _class_twice(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, [answer.body[0], *answer.body])


SHELF.answers("cars-are-lorries", "MACHINERY_AND_PLANT is in saldogruppe c.", "snapbooks.R32", of=_CLASSES)(
    _of("MACHINERY_AND_PLANT", saldogruppe="c")
)
SHELF.answers(
    "rate-of-livestock",
    "BUILDINGS_AND_STRUCTURES has the rate of AGRICULTURAL_BUILDINGS.",
    "snapbooks.R32",
    of=_CLASSES,
)(_of("BUILDINGS_AND_STRUCTURES", depreciation_rate="0.06"))
SHELF.answers("another-account-of-software", "SOFTWARE is on account 1040.", "snapbooks.R33", of=_CLASSES)(
    _of("SOFTWARE", default_asset_account="1040")
)
SHELF.answers(
    "rates-as-numbers", "Rates of classes are shown as numbers.", "S3", "snapbooks.R32", "snapbooks.R33", of=_CLASSES
)(_each(lambda row: {**row, "no": {**row["no"], "depreciation_rate": float(row["no"]["depreciation_rate"])}}))
