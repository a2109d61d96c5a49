"""Asset classes: as the API lists them, and as the books use them.

Decides the shape of a class on the wire, which says nothing of where a value is from, and which accounts of a
client account a class stands for. The classes themselves are `spec/snapbooks/classes.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mock_server.domain.accounts import Account, ByKey, Chart
from mock_server.domain.holdings.records import AssetClass
from mock_server.domain.refused import Code, Refused
from mock_server.surface import Answer, Handler, Request
from spec import AssetClass as Written


class Classes:
    """All classes, in the API's order."""

    def __init__(self, classes: Sequence[Written]) -> None:
        self._by_code = {one.code: one for one in classes}
        self._shown = [_shape(one) for one in classes]

    def handlers(self) -> dict[str, Handler]:
        """By operationId."""
        return {"listAssetClasses": self.list_classes}

    def list_classes(self, _request: Request) -> Answer:
        """All of them."""
        return Answer(200, self._shown)

    def find(self, code: str) -> Written:
        """The class with that code. Raises Refused (UNKNOWN_CLASS)."""
        if code not in self._by_code:
            raise Refused(Code.UNKNOWN_CLASS, f"there is no asset class {code[:64]!r}", "class")
        return self._by_code[code]


def in_books(one: Written, chart: Chart) -> AssetClass:
    """The class as the books of a client account use it."""

    def resolved(code: str | None) -> Account | None:
        return None if code is None else chart.resolve(ByKey(code))

    accounts = one.accounts
    return AssetClass(
        code=one.code,
        cost=chart.resolve(ByKey(accounts.asset)),
        accumulated=resolved(accounts.accumulated),
        expense=resolved(accounts.expense),
        group=one.group,
    )


def _shape(one: Written) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "description": one.description,
        "depreciation_method": one.method,
        "ifrs_standard": one.standard,
        "no": {
            "saldogruppe": one.group,
            "depreciation_rate": one.rate,
            "default_asset_account": one.accounts.asset,
            "default_accumulated_account": one.accounts.accumulated,
            "default_expense_account": one.accounts.expense,
        },
    }
