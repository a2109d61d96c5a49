"""Seeded faults: a sandbox that misbehaves in one precise way at a time.

They prove a kit: what is not caught, it does not see. And they let users try their own monitors and
reconciliations on a ledger that lies. Decides which faults there are; each is in its family's file.
"""

from __future__ import annotations

from mock_server.faults import amounts, corrections, cut_off, lists, postings, records
from mock_server.faults.fault import Family, Fault, Parts
from mock_server.faults.layer import answers, contract, races, tenancy

__all__ = ["Family", "Fault", "Parts", "UnknownFault", "catalogue", "find"]


class UnknownFault(LookupError):
    """There is no fault with that id; the text is one sentence."""


def catalogue() -> tuple[Fault, ...]:
    """Every fault, family by family."""
    families = (postings, corrections, cut_off, amounts, records, lists, answers, contract, tenancy, races)
    return tuple(fault for family in families for fault in family.SHELF.faults)


def find(fault_id: str) -> Fault:
    """The fault with that id. Raises UnknownFault."""
    for fault in catalogue():
        if fault.id == fault_id:
            return fault
    raise UnknownFault(f"there is no fault {fault_id!r}; `fixtura faults` lists them")
