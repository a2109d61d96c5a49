"""Seeded faults in Layer's own words: wrong answers, wrong admissions, windows between calls."""

from __future__ import annotations

from typing import Final

from mock_server.faults.layer import answers, contract, races, tenancy

SHELVES: Final = tuple(family.SHELF for family in (answers, contract, tenancy, races))
