"""How a flaw is written into a body of Layer's: one entry of a table for each.

Flaws that lie in the operation's own figures (an amount of zero, an external id that nobody has)
need no entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from stateful.dialects.layer import tables
from stateful.model.outlook import Objection

Body = dict[str, Any]


def account_id(identifier: str) -> Body:
    """An account named by its id."""
    return {"type": "AccountId", "id": identifier}


def stable_name(name: str) -> Body:
    """An account named by its place in the template."""
    return {"type": "StableName", "stable_name": name}


def spoil(body: Body, flaw: Objection | None) -> None:
    """Write the flaw into the body."""
    if flaw in _SPOILERS:
        _SPOILERS[flaw](body)


def _put(member: str, value: Any) -> Callable[[Body], None]:
    def spoiler(body: Body) -> None:
        body[member] = value

    return spoiler


def _drop(*members: str) -> Callable[[Body], None]:
    def spoiler(body: Body) -> None:
        for member in members:
            body.pop(member, None)

    return spoiler


def _put_account(value: Body) -> Callable[[Body], None]:
    def spoiler(body: Body) -> None:
        if "line_items" in body:
            body["line_items"][0]["account_identifier"] = value
        elif "asset_type" in body or "name" in body:
            body["accumulated_depreciation_account"] = value
        else:
            body["counter_account"] = value

    return spoiler


def _amount_as_text(body: Body) -> None:
    body["amount"] = str(body.get("amount", 100))


def _one_line(body: Body) -> None:
    del body["line_items"][1:]


_SPOILERS: Final[Mapping[Objection | None, Callable[[Body], None]]] = MappingProxyType(
    {
        Objection.NO_ASSET: _drop("asset_id", "asset_external_id"),
        Objection.UNKNOWN_ASSET: _put("asset_id", tables.NOBODY),
        Objection.UNKNOWN_ACCOUNT: _put_account(account_id(tables.NOBODY)),
        Objection.UNKNOWN_ACCOUNT_NAME: _put_account(stable_name(tables.NO_SUCH_NAME)),
        Objection.UNKNOWN_EFFECT: _put("update_type", tables.NO_SUCH_EFFECT),
        Objection.UNKNOWN_KIND: _put("asset_type", tables.NO_SUCH_KIND),
        Objection.NO_NAME: _drop("name"),
        Objection.NO_AMOUNT: _drop("amount"),
        Objection.NULL_AMOUNT: _put("amount", None),
        Objection.TEXT_AMOUNT: _amount_as_text,
        Objection.FRACTION: _put("amount", 100.5),  # on purpose: the one number that is not whole
        Objection.IMPOSSIBLE_DAY: _put("date", tables.NO_SUCH_DAY),
        Objection.ONE_LINE: _one_line,
    }
)
