"""An asset leaves, and comes back when that was a mistake.

Decides where depreciation ends (X1), that one journal on the day of the disposal clears cost and
accumulated depreciation in full (X3) against proceeds, gain, loss and capital gain (X2, X5), and that
undoing it leaves the asset as all other registered ones are (A6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from mock_server.domain.accounts import AccountRef
from mock_server.domain.entries import Entry
from mock_server.domain.journal import Posting
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.charging import charge_through, check_status, post_on, take_back
from mock_server.domain.register.dues import accounts_of, check_reach
from mock_server.domain.register.figures import year_start
from mock_server.domain.register.lifecycle import check_counter
from mock_server.domain.register.records import Asset, Disposal, Status
from mock_server.domain.register.shelf import Register
from mock_server.domain.schedule import Gain, gain
from mock_server.domain.schedule.calendar import month_end, month_number


class Until(Enum):
    """Where depreciation ends: with the day of the disposal, or with the financial year before it."""

    UP_TO_DATE = auto()
    NONE_THIS_YEAR = auto()


@dataclass(frozen=True, slots=True)
class Settlement:
    """The accounts that the disposal is settled with."""

    proceeds: AccountRef
    gain: AccountRef
    loss: AccountRef
    capital_gain: AccountRef


@dataclass(frozen=True, slots=True)
class Sale:
    """What was done with the asset. price_minor: 0 where it was scrapped."""

    on: date
    price_minor: int
    settlement: Settlement
    until: Until = Until.UP_TO_DATE


def dispose(register: Register, asset: Asset, sale: Sale) -> None:
    """Dispose of a registered asset.

    Raises Refused: WRONG_STATUS, BEFORE_START, TOO_FAR, AMOUNT_NOT_POSITIVE, SAME_ACCOUNT; what `charge_through`,
    `Chart.resolve`, `Ledger.post` and `Ledger.reverse` raise.
    """
    with register.undo.command():
        check_status(asset, Status.REGISTERED)
        _check(register, asset, sale)
        end = _end(register, sale)
        take_back(register, asset, unless=lambda charge: end is not None and charge.month_end <= end)
        charge_through(register, (asset,), end)
        cost, charged = asset.facts.price_minor or 0, asset.charged_minor
        result = gain(sale.price_minor, cost, cost - charged)
        entry = _post(register, asset, sale, result)
        disposal = Disposal(sale.on, sale.price_minor, result.gain_loss_minor, result.capital_gain_minor, entry.id)
        register.change(asset, status=Status.DISPOSED, disposal=disposal)


def undo_disposal(register: Register, asset: Asset) -> None:
    """Make a disposed asset a registered one again, charged through the last depreciation date.

    Raises Refused: WRONG_STATUS; what `charge_through` and `Ledger.reverse` raise.
    """
    with register.undo.command():
        check_status(asset, Status.DISPOSED)
        assert asset.disposal is not None
        entry = register.ledger.find(asset.disposal.entry_id)
        assert entry is not None
        register.ledger.reverse(entry)
        register.change(asset, status=Status.REGISTERED, disposal=None)
        last = register.organisation.last_depreciation
        take_back(
            register,
            asset,
            unless=lambda charge: (
                last is not None
                and charge.month_end <= last
                and charge.month_end == month_end(month_number(charge.month_end))
            ),
        )
        charge_through(register, (asset,), last)


def _check(register: Register, asset: Asset, sale: Sale) -> None:
    assert asset.facts.purchased is not None
    if sale.on < asset.facts.purchased:
        message = f"The asset was purchased on {asset.facts.purchased}, after the disposal on {sale.on}."
        raise Refused(Code.BEFORE_START, message, "on")
    if sale.price_minor < 0:
        raise Refused(Code.AMOUNT_NOT_POSITIVE, f"The price is 0 or more; got {sale.price_minor}.", "price_minor")
    check_reach(register.organisation, sale.on)


def _end(register: Register, sale: Sale) -> date | None:
    """The last day of depreciation; None where there is none before it."""
    if sale.until is Until.UP_TO_DATE:
        return sale.on
    first = year_start(register.organisation.year_end, sale.on)
    return None if first == date.min else first - timedelta(days=1)


def _post(register: Register, asset: Asset, sale: Sale, result: Gain) -> Entry:
    accounts, resolve = accounts_of(asset.facts), register.chart.resolve
    assert accounts.cost is not None
    assert accounts.accumulated is not None
    assert asset.facts.price_minor is not None
    proceeds = resolve(sale.settlement.proceeds)
    check_counter(asset.facts, proceeds)
    loss = min(result.gain_loss_minor, 0)
    postings = (
        Posting(proceeds, sale.price_minor),
        Posting(accounts.accumulated, asset.charged_minor),
        Posting(resolve(sale.settlement.loss), -loss),
        Posting(accounts.cost, -asset.facts.price_minor),
        Posting(resolve(sale.settlement.gain), loss - result.gain_loss_minor),
        Posting(resolve(sale.settlement.capital_gain), -result.capital_gain_minor),
    )
    return post_on(register, asset.id, sale.on, postings, "Disposal", asset.facts)
