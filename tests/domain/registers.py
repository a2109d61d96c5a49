"""A small register for tests, its drafts, and everything that can be read of it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from itertools import count
from typing import Any, Final

from mock_server.domain.accounts import Account, ByKey, Chart, Kind, Normality, Template
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask
from mock_server.domain.register.disposal import Sale, Settlement, Until
from mock_server.domain.register.drafts import create_draft
from mock_server.domain.register.kinds import TypeTerms, create_type
from mock_server.domain.register.records import NO_PLAN, Asset, AssetType, Facts, Organisation, Plan, Status
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Averaging, Method
from mock_server.domain.timeline import Sort
from mock_server.domain.undo import Undo
from tests.domain.books import ids

TEMPLATES: Final = (
    Template("bank", "Bank", Kind.ASSET, Normality.DEBIT, "bank"),
    Template("till", "Till", Kind.ASSET, Normality.DEBIT, "bank"),
    Template("cost", "Computers", Kind.ASSET, Normality.DEBIT, "fixed"),
    Template("accumulated", "Less depreciation", Kind.ASSET, Normality.CREDIT, "fixed"),
    Template("expense", "Depreciation", Kind.EXPENSE, Normality.DEBIT, "expense"),
    Template("cost-2", "Vehicles", Kind.ASSET, Normality.DEBIT, "fixed"),
    Template("accumulated-2", "Less depreciation of vehicles", Kind.ASSET, Normality.CREDIT, "fixed"),
    Template("gain", "Gain on disposal", Kind.REVENUE, Normality.CREDIT, "revenue"),
    Template("loss", "Loss on disposal", Kind.EXPENSE, Normality.DEBIT, "expense"),
    Template("capital", "Capital gain on disposal", Kind.REVENUE, Normality.CREDIT, "revenue"),
)
BANK: Final = ByKey("bank")
SETTLEMENT: Final = Settlement(BANK, ByKey("gain"), ByKey("loss"), ByKey("capital"))
LIFE_OF_FIVE: Final = Plan(Method.STRAIGHT_LINE, averaging=Averaging.FULL_MONTH, life=Fraction(5))
"""20 % a year: 10,000.00 gives 166.67 in most months and 2,000.00 in a year."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def a_register(**organisation: Any) -> Register:
    """An empty register that starts on 2020-01-01, with two types: computers and vehicles."""
    undo, new_id = Undo(), ids().__next__
    chart = Chart(TEMPLATES, new_id, undo)
    ledger = Ledger(count(1).__next__, new_id, undo)
    settings = Organisation(**{"start_date": day("2020-01-01"), **organisation})
    register = Register(chart, ledger, undo, settings, now_ns=count(1).__next__, new_id=new_id)
    for name, suffix in (("Computers", ""), ("Vehicles", "-2")):
        kept = ByKey(f"cost{suffix}"), ByKey("expense"), ByKey(f"accumulated{suffix}")
        create_type(register, TypeTerms(name, *kept, NO_PLAN))
    return register


def account(register: Register, key: str) -> Account:
    found = register.chart.keyed(key)
    assert found is not None
    return found


def a_type(register: Register, name: str = "Computers") -> AssetType:
    found = register.named_type(name)
    assert found is not None
    return found


def a_draft(register: Register, plan: Plan | None = LIFE_OF_FIVE, **facts: Any) -> Asset:
    """A draft bought for 10,000.00 on 2022-01-01; it can be registered unless the arguments say otherwise."""
    number = f"FA-{len(register) + 1:04}"
    said = {
        "number": number,
        "name": f"Asset {number}",
        "type": a_type(register),
        "purchased": day("2022-01-01"),
        "price_minor": 1_000_000,
        **facts,
    }
    return create_draft(register, Facts(**said), plan)


def a_sale(on: str, price_minor: int = 0, *, until: Until = Until.UP_TO_DATE, into: str = "bank") -> Sale:
    settlement = Settlement(ByKey(into), SETTLEMENT.gain, SETTLEMENT.loss, SETTLEMENT.capital_gain)
    return Sale(day(on), price_minor, settlement, until)


def sums(register: Register, asset: Asset | None = None) -> dict[str, int]:
    """What each account's lines add up to, debits positive, by key; of one asset's entries, or of all. No zeros."""
    found: Counter[str] = Counter()
    for entry in entries(register):
        if asset is None or entry.origin == asset.id:
            for posting in entry.journal.postings:
                assert posting.account.key is not None
                found[posting.account.key] += posting.minor
    return {key: minor for key, minor in found.items() if minor}


def entries(register: Register) -> tuple[Any, ...]:
    return register.ledger.page(Ask(limit=10**6), sort=Sort.CREATION).rows


def charged(asset: Asset) -> list[tuple[str, int]]:
    return [(charge.month_end.isoformat(), charge.minor) for charge in asset.charges]


def everything(register: Register) -> Any:
    """All that can be read of the register and its ledger, to compare before and after."""
    kept = register.organisation
    return (
        [
            (
                asset.id,
                asset.facts,
                asset.plan,
                asset.status,
                asset.charges,
                asset.disposal,
                asset.registered_entry,
                asset.former_rates,
            )
            for asset in register.assets()
        ],
        [[asset.id for asset in register.listed(status)] for status in Status],
        [(kind.id, kind.name, kind.accounts, kind.plan) for kind in register.types()],
        [getattr(kept, name) for name in kept.__slots__],
        [(entry.id, entry.journal, register.ledger.reversal_of(entry)) for entry in entries(register)],
        register.ledger.live_minor,
        register.ledger.closed_before,
        len(register.undo),
        sums(register),
    )
