"""Seeded faults: a sandbox that misbehaves in one precise way at a time.

They prove a kit: what is not caught, it does not see. And they let users try their own monitors and
reconciliations on a ledger that lies. Decides which faults there are; each is in its family's file, an
API's own ones in the folder of its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import spec
from mock_server.faults import amounts, corrections, cut_off, lists, postings, records
from mock_server.faults.fault import Family, Fault, Parts, Shelf

__all__ = ["Family", "Fault", "Parts", "UnknownFault", "catalogue", "find"]


class UnknownFault(LookupError):
    """There is no fault with that id; the text is one sentence."""


def catalogue() -> tuple[Fault, ...]:
    """Every fault, family by family."""
    families = (postings, corrections, cut_off, amounts, records, lists)
    shelves = [*(family.SHELF for family in families), *(shelf for api in spec.available() for shelf in _own(api))]
    return tuple(fault for shelf in shelves for fault in shelf.faults)


def find(fault_id: str) -> Fault:
    """The fault with that id. Raises UnknownFault."""
    for fault in catalogue():
        if fault.id == fault_id:
            return fault
    raise UnknownFault(f"there is no fault {fault_id!r}; `fixtura faults` lists them")


def _own(api: str) -> Iterable[Shelf]:
    """The faults in an API's own words: those of the folder of its name here, where it has one."""
    name = f"{__name__}.{api}"
    module: Any = None if find_spec(name) is None else import_module(name)
    return () if module is None else module.SHELVES
