"""Seeded faults of Xero Assets: its drafts and lists, and the books that its screens keep."""

from __future__ import annotations

from typing import Final

from mock_server.faults.xero import contract, lists, postings, races, records, schedules, tenancy

SHELVES: Final = tuple(family.SHELF for family in (postings, schedules, records, lists, contract, tenancy, races))
