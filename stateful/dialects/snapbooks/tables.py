"""How Snapbooks spells what the kit calls by canonical names, and the classes that its page documents. Data only.

The table is the page's own, written down here once more: what a target lists is judged against the page and not
against any data that a target may serve from.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from stateful.holdings.operations import Relation
from stateful.holdings.sights import ACTIVE, NAME, UPDATED, UPDATER
from stateful.model.classes import Way

RELATIONS: Final = {Relation.ACCOUNT: "client_account", Relation.CREATOR: "created_by"}
UNKNOWN_RELATION: Final = "no_such_thing"

FACTS: Final = MappingProxyType(
    {
        "name": NAME,
        "is_active": ACTIVE,
        "updated_at": UPDATED,
        "updated_by_id": UPDATER,
        "id": "id",
        "client_account_id": "client account",
        "sequence_number": "sequence number",
        "created_at": "time of creation",
        "created_by_id": "creator",
    },
)
"""The members of an asset that the page documents; what a later revision adds may change for reasons of its own."""

WAYS: Final = {"saldo": Way.DECLINING, "linear": Way.STRAIGHT, "none": Way.NONE}

_TABLE: Final = """
OFFICE_EQUIPMENT          | saldo  | IAS 16 | a | 0.30
GOODWILL                  | saldo  | IAS 38 | b | 0.20
COMMERCIAL_VEHICLES       | saldo  | IAS 16 | c | 0.24
MACHINERY_AND_PLANT       | saldo  | IAS 16 | d | 0.20
MOTOR_VEHICLES            | saldo  | IAS 16 | d | 0.20
FURNITURE_AND_FIXTURES    | saldo  | IAS 16 | d | 0.20
SHIPS_AND_VESSELS         | saldo  | IAS 16 | e | 0.14
AIRCRAFT                  | saldo  | IAS 16 | f | 0.12
POWER_DISTRIBUTION        | saldo  | IAS 16 | g | 0.05
BUILDINGS_AND_STRUCTURES  | saldo  | IAS 16 | h | 0.04
AGRICULTURAL_BUILDINGS    | saldo  | IAS 16 | h | 0.06
COMMERCIAL_BUILDINGS      | saldo  | IAS 16 | i | 0.02
BUILDING_INSTALLATIONS    | saldo  | IAS 16 | j | 0.10
LAND                      | none   | IAS 16 | - | 0.00
PATENTS_AND_LICENSES      | linear | IAS 38 | - | 0.10
SOFTWARE                  | linear | IAS 38 | - | 0.33
RESEARCH_AND_DEVELOPMENT  | linear | IAS 38 | - | 0.20
INVESTMENT_PROPERTY       | saldo  | IAS 40 | h | 0.04
"""
_COLUMNS: Final = ("code", "method", "standard", "group", "rate")


def _rows() -> dict[str, dict[str, str | None]]:
    lines = [[cell.strip() for cell in line.split("|")] for line in _TABLE.strip().splitlines()]
    rows = [dict(zip(_COLUMNS, cells, strict=True)) for cells in lines]
    return {row["code"]: {**row, "group": None if row["group"] == "-" else row["group"]} for row in rows}


CLASSES: Final = MappingProxyType(_rows())
"""The page's table of available classes, by code; a rate as the attribute's text. Names, localized, are not judged."""

_EXAMPLES: Final = (
    ("OFFICE_EQUIPMENT", "1280", "6015"),
    ("MOTOR_VEHICLES", "1230", "6010"),
    ("SOFTWARE", "1060", "6029"),
)


def _shown(code: str, cost: str, expense: str) -> dict[str, str | None]:
    accounts = {"asset account": cost, "accumulated account": "1299", "expense account": expense}
    return {**CLASSES[code], **accounts}


EXAMPLES: Final = MappingProxyType({example[0]: _shown(*example) for example in _EXAMPLES})
"""The three classes that the page shows in full, but for their names and descriptions."""
