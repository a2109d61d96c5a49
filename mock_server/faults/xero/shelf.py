"""Where Xero's seeded faults are put. Decides the API that they are of."""

from __future__ import annotations

from mock_server.faults.fault import Family, Shelf


def shelf(family: Family) -> Shelf:
    """An empty shelf of Xero's faults."""
    return Shelf(family, ("xero",))
