"""A draft becomes an asset of the books.

Decides what registering posts: the purchase, debit the type's cost account, on the purchase date, and
then the months since the asset's start for which depreciation has been run already (DECISIONS 28).
"""

from __future__ import annotations

from mock_server.domain.accounts import Account, AccountRef
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Posting
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.charging import charge_through, check_status, post_on
from mock_server.domain.register.dues import accounts_of
from mock_server.domain.register.records import Asset, Facts, Status
from mock_server.domain.register.shelf import Register


def enter(register: Register, asset: Asset, *, credit: AccountRef | None) -> None:
    """Register a draft. credit: what the purchase was paid from; None posts no purchase.

    Raises Refused: WRONG_STATUS, SAME_ACCOUNT; what `Schedules.of`, `Chart.resolve` and `Ledger.post` raise.
    """
    with register.undo.command():
        check_status(asset, Status.DRAFT)
        register.schedule_of(asset)
        entry = None
        if credit is not None:
            entry = post_purchase(register, asset.id, asset.facts, register.chart.resolve(credit))
        register.change(asset, status=Status.REGISTERED, registered_entry=None if entry is None else entry.id)
        charge_through(register, (asset,), register.organisation.last_depreciation)


def post_purchase(register: Register, asset_id: str, facts: Facts, credit: Account) -> Entry:
    """Post the purchase of an asset that has a type, a date and a price. Only inside a command.

    Raises Refused: SAME_ACCOUNT; what `Ledger.post` raises.
    """
    accounts = accounts_of(facts)
    assert accounts.cost is not None
    assert facts.purchased is not None
    assert facts.price_minor is not None
    check_counter(facts, credit)
    postings = (Posting(accounts.cost, facts.price_minor), Posting(credit, -facts.price_minor))
    return post_on(register, asset_id, facts.purchased, postings, "Purchase", facts)


def check_counter(facts: Facts, account: Account) -> None:
    """Raises Refused (SAME_ACCOUNT) for an account that holds the asset itself: nothing is paid from or into it."""
    accounts = accounts_of(facts)
    if account is accounts.cost or account is accounts.accumulated:
        message = f"The asset itself is kept in {account.name!r}; name another account."
        raise Refused(Code.SAME_ACCOUNT, message)
