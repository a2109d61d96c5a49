"""Faults of the report of tax pools.

Decides these faults alone. A wrong answer is not judged against the document on its way out.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from mock_server.faults.fault import Family, with_body
from mock_server.faults.snapbooks.shelf import shelf
from mock_server.surface import Answer, Request

SHELF: Final = shelf(Family.MONEY)

_POOLS: Final = "control.taxPools.get"
_CENT: Final = Decimal("0.01")
Row = dict[str, Any]


def _each(change: Callable[[Row], Row]) -> Callable[[Request, Answer], Answer]:
    return lambda _request, answer: with_body(
        answer, {**answer.body, "data": [change(row) for row in answer.body["data"]]}
    )


def _cents(value: Any) -> float:
    return float(Decimal(str(value)).quantize(_CENT))


def _moved(row: Row, **by: float) -> Row:
    """The row with these members moved by so much."""
    return {**row, **{name: _cents(Decimal(str(row[name])) + Decimal(str(step))) for name, step in by.items()}}


SHELF.answers("pool-by-months", "What was bought in the year is depreciated by half.", "P3", of=_POOLS)(
    _each(
        lambda row: (
            _moved(row, depreciation=-(h := _cents(row["depreciation"] / 2)), closing=h) if row["acquisitions"] else row
        )
    )
)
SHELF.answers("pool-opens-empty", "A pool opens with nothing.", "P1", "P3", "P4", of=_POOLS)(
    _each(lambda row: _moved(row, opening=-row["opening"], basis=-row["opening"], closing=-row["opening"]))
)
SHELF.answers("pool-without-proceeds", "Proceeds are not taken off a pool.", "P2", of=_POOLS)(
    _each(lambda row: _moved({**row, "proceeds": 0}, basis=row["proceeds"], closing=row["proceeds"]))
)
SHELF.answers("pool-basis-of-proceeds", "Proceeds are added to a pool's basis.", "P2", of=_POOLS)(
    _each(lambda row: _moved(row, basis=2 * row["proceeds"]))
)
SHELF.answers("pool-negative-kept", "A pool below zero stays there.", "P4", of=_POOLS)(
    _each(lambda row: {**row, "income": 0, "gain_loss": 0, "closing": row["basis"]} if row["basis"] < 0 else row)
)
SHELF.answers("pool-gain-turned", "A gain of a pool is shown as a loss.", "P4", "P5", of=_POOLS)(
    _each(lambda row: {**row, "gain_loss": -row["gain_loss"]})
)
SHELF.answers("pool-closing-off", "A pool closes a krone too high.", "P5", "P1", of=_POOLS)(
    _each(lambda row: _moved(row, closing=1))
)
