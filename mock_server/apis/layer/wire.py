"""Records as replies show them.

Decides the shape of every object in a reply (spec/layer/openapi.yaml); computes nothing. Members
that the sandbox never fills are there, as null or empty.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from mock_server.apis.layer.metadata import Metadata
from mock_server.apis.layer.tenants import Business
from mock_server.apis.layer.words import KIND, NORMALITY, UPDATE_TYPE, shown
from mock_server.domain.accounts import Account
from mock_server.domain.assets import Asset
from mock_server.domain.changes import ValueChange
from mock_server.domain.entries import Entry, Line
from mock_server.domain.instants import written
from mock_server.domain.journal import Note

Shape = dict[str, Any]


def account(one: Account) -> Shape:
    """A ChartAccount."""
    kind = KIND[one.kind]
    return {
        "type": "Single_Chart_Account",
        "id": {"type": "AccountId", "id": one.id},
        "name": one.name,
        "account_number": one.number,
        "stable_name": None if one.key is None else {"type": "StableName", "stable_name": one.key},
        "normality": NORMALITY[one.normality],
        "account_type": {"value": kind, "display_name": shown(kind)},
        "account_subtype": {"value": one.subtype, "display_name": shown(one.subtype)},
    }


def asset(business: Business, one: Asset) -> Shape:
    """An ApiAsset."""
    return {
        "id": one.id,
        "business_id": business.id,
        "external_id": one.external_id,
        "name": one.name,
        "asset_type": one.category,
        "ledger_account": account(one.account),
        "accumulated_depreciation_account": None if one.accumulated is None else account(one.accumulated),
        "original_value": one.cost_minor,
        "salvage_value": one.residual_minor,
        "useful_life_months": one.life_months,
        "archived_at": None if one.archived_ns is None else written(one.archived_ns),
        "transaction_tags": [],
        **_note(one.note),
    }


def value_update(business: Business, one: ValueChange) -> Shape:
    """An ApiAssetValueUpdate."""
    return {
        "id": one.id,
        "business_id": business.id,
        "external_id": one.external_id,
        "asset_id": business.book.assets.at(one.asset).id,
        "amount": one.amount_minor,
        "update_type": UPDATE_TYPE[one.effect],
        "date": one.instant.text,
        "archived_at": None if one.voided_ns is None else written(one.voided_ns),
        "transaction_tags": [],
        **_note(one.note),
    }


def entry(business: Business, one: Entry) -> Shape:
    """A LedgerEntry."""
    about = _about(business, one)
    kind = "MANUAL" if one.origin is None else "ASSET_VALUE_UPDATE"
    return {
        "type": "Ledger_Entry",
        "id": one.id,
        "business_id": business.id,
        "ledger_id": business.ledger_id,
        "entry_number": one.number,
        "agent": "API",
        "entry_type": kind if about.original_id is None else "REVERSAL",
        "customer": None,
        "vendor": None,
        "date": about.created,
        "entry_at": one.journal.instant.text,
        "reversal_of_id": about.original_id,
        "reversal_id": about.reversal_id,
        "line_items": [_line(line, about) for line in business.book.ledger.lines(one)],
        "source": _source(business, one),
        "transaction_tags": [],
        **_note(one.journal.note),
    }


def account_line(business: Business, one: Line) -> Shape:
    """An AccountLine: the line, and its account's balance after it."""
    about = _about(business, one.entry)
    running = business.book.ledger.running(one)
    return {
        **_line(one, about),
        "running_balance": one.posting.account.normality.signed(running),
        "is_reversed": about.reversal_id is not None,
    }


class _About(NamedTuple):
    """What every line of an entry repeats."""

    created: str
    original_id: str | None
    reversal_id: str | None


def _about(business: Business, one: Entry) -> _About:
    ledger = business.book.ledger
    original, reversal = ledger.original_of(one), ledger.reversal_of(one)
    return _About(
        written(one.created_ns),
        None if original is None else original.id,
        None if reversal is None else reversal.id,
    )


def _line(one: Line, about: _About) -> Shape:
    return {
        "id": one.id,
        "entry_id": one.entry.id,
        "account": account(one.posting.account),
        "amount": abs(one.posting.minor),
        "direction": "DEBIT" if one.posting.minor > 0 else "CREDIT",
        "customer": None,
        "vendor": None,
        "entry_at": one.entry.journal.instant.text,
        "createdAt": about.created,
        "entry_reversal_of": about.original_id,
        "entry_reversed_by": about.reversal_id,
    }


def _note(note: Note) -> Shape:
    metadata = note.metadata
    return {
        "memo": note.memo,
        "reference_number": note.reference,
        "metadata": metadata.value if isinstance(metadata, Metadata) else None,
    }


def _source(business: Business, one: Entry) -> Shape:
    change = None if one.origin is None else business.book.changes.find(one.origin)
    if change is None:
        return {
            "type": "Manual_Ledger_Entry_Source",
            "id": None,
            "external_id": one.external_id,
            "display_description": "Manual entry",
        }
    return {
        "type": "Asset_Value_Update_Ledger_Entry_Source",
        "id": change.id,
        "external_id": change.external_id,
        "display_description": "Asset value update",
    }
