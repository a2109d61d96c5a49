"""Seeded faults of Snapbooks: its assets, lists and classes, and the ledger that a deactivation asks."""

from __future__ import annotations

from typing import Final

from mock_server.faults.snapbooks import books, classes, contract, guard, lists, pools, races, records, tenancy

SHELVES: Final = tuple(
    family.SHELF for family in (guard, books, classes, pools, records, lists, contract, tenancy, races)
)
