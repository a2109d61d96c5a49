"""An asset's life in the books: acquired, depreciated a year at a time, disposed of.

Decides that each asset is depreciated by itself, by its class, one entry a year, dated at its end
(DECISIONS 30, 31), and that a disposal clears whatever the accounts of cost and accumulated depreciation
hold for the asset against proceeds, gain or loss (X2, X3): afterwards nothing of it denies a deactivation. What
moves the asset's tax pool besides is only written down here: the pools are a book of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mock_server.domain.accounts import Account
from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset, AssetClass, Disposal, Life
from mock_server.domain.instants import start_of
from mock_server.domain.journal import Journal, Note, Posting
from mock_server.domain.pools import Movements
from mock_server.domain.refused import Code, Refused
from mock_server.domain.schedule import Terms, charge_of_year

MOST_YEARS: Final = 200
"""How many years of one asset a single command charges."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What was acquired and from what it was paid. terms, building: as in `Life`."""

    kind: AssetClass
    terms: Terms
    paid_from: Account
    building: int | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """What was got for an asset, 0 where it was scrapped, and the accounts that take it."""

    on: date
    proceeds_minor: int
    proceeds: Account
    gain: Account
    loss: Account


@dataclass(frozen=True, slots=True)
class Posted:
    """How many entries a command posted, and how much depreciation they hold."""

    entries: int = 0
    minor: int = 0


def acquire(holdings: Holdings, asset: Asset, purchase: Purchase) -> None:
    """Post the purchase of an asset.

    Raises Refused: WRONG_STATUS, AMOUNT_NOT_POSITIVE, SAME_ACCOUNT; what `Vouchers.post` raises.
    """
    with holdings.undo.command():
        if asset.life is not None:
            raise Refused(Code.WRONG_STATUS, "The asset was acquired already.")
        cost = purchase.terms.cost_minor
        if cost < 1:
            raise Refused(Code.AMOUNT_NOT_POSITIVE, "The cost must be above zero.", "cost")
        if purchase.paid_from in (purchase.kind.cost, purchase.kind.accumulated):
            message = f"The asset's own account {purchase.paid_from.key} cannot be what it was paid from."
            raise Refused(Code.SAME_ACCOUNT, message, "credit_account")
        _post(
            holdings,
            asset,
            purchase.terms.start,
            "Acquisition",
            (
                Posting(purchase.kind.cost, cost, asset.id),
                _counter(holdings, asset, purchase.paid_from, -cost),
            ),
        )
        holdings.set_life(asset, Life(purchase.kind, purchase.terms, purchase.building))


def depreciate(holdings: Holdings, assets: Iterable[Asset], year: int) -> Posted:
    """Charge these assets for every year that they lack through that one; those that are not in the books, nothing.

    Raises Refused: TOO_FAR; what `Vouchers.post` raises.
    """
    with holdings.undo.command():
        done = Posted()
        for asset in assets:
            if asset.active and asset.life is not None and asset.life.disposal is None:
                posted = _charge_through(holdings, asset, asset.life, year)
                done = Posted(done.entries + posted.entries, done.minor + posted.minor)
        return done


def dispose(holdings: Holdings, asset: Asset, sale: Sale) -> None:
    """Dispose of an acquired asset, charged through the year before; in the year itself as far as its class has it.

    Raises Refused: WRONG_STATUS, BEFORE_START, TOO_FAR; what `Vouchers.post` raises.
    """
    with holdings.undo.command():
        _check_disposable(asset, sale)
        assert asset.life is not None
        _charge_through(holdings, asset, asset.life, sale.on.year - 1)
        _charge(holdings, asset, sale.on.year, on=sale.on, gone=sale.on)
        held = holdings.ledger.balances_about(asset.id)
        kind = asset.life.kind
        own = [account for account in (kind.cost, kind.accumulated) if account is not None]
        cleared = [Posting(account, -held.get(account, 0), asset.id) for account in own]
        gain = sale.proceeds_minor + sum(posting.minor for posting in cleared)
        settled = ((sale.proceeds, sale.proceeds_minor), (sale.loss, max(-gain, 0)), (sale.gain, min(-gain, 0)))
        counters = [_counter(holdings, asset, account, minor) for account, minor in settled]
        postings = [posting for posting in (*cleared, *counters) if posting.minor]
        if postings:
            _post(holdings, asset, sale.on, "Disposal", postings)
        life = replace(asset.life, disposal=Disposal(sale.on, sale.proceeds_minor, gain))
        holdings.set_life(asset, life)


def move_pool(holdings: Holdings, asset: Asset, year: int, moved: Movements) -> None:
    """Write down what else moved the asset's tax pool in a year, in place of what was written there before.

    Raises Refused: WRONG_STATUS, BEFORE_START.
    """
    life = asset.life
    if life is None:
        raise Refused(Code.WRONG_STATUS, "Only an asset that was acquired is in a tax pool.")
    first = life.terms.start.year
    if year < first:
        message = f"The asset was acquired in {first}; nothing moved its pool in {year}."
        raise Refused(Code.BEFORE_START, message, "year")
    if life.disposal is not None and year > life.disposal.on.year:
        message = f"The asset left in {life.disposal.on.year}; nothing moves its pool in {year}."
        raise Refused(Code.BEFORE_START, message, "year")
    others = {one: before for one, before in life.pooled.items() if one != year}
    pooled = others if moved == Movements() else {**others, year: moved}
    with holdings.undo.command():
        holdings.set_life(asset, replace(life, pooled=pooled))


def _check_disposable(asset: Asset, sale: Sale) -> None:
    life = asset.life
    if life is None or life.disposal is not None or not asset.active:
        raise Refused(Code.WRONG_STATUS, "Only an asset that was acquired and is still there can be disposed of.")
    acquired = life.terms.start
    if sale.on < acquired:
        message = f"The asset was acquired on {acquired}, after the disposal on {sale.on}."
        raise Refused(Code.BEFORE_START, message, "date")
    if life.through is not None and sale.on.year <= life.through:
        message = f"The asset was depreciated through {life.through}; it can be disposed of after that year."
        raise Refused(Code.BEFORE_START, message, "date")
    last_moved = max(life.pooled, default=acquired.year)
    if sale.on.year < last_moved:
        message = f"The asset's tax pool was moved in {last_moved}; it cannot be disposed of before that year."
        raise Refused(Code.BEFORE_START, message, "date")
    if sale.proceeds in (life.kind.cost, life.kind.accumulated):
        message = f"The asset's own account {sale.proceeds.key} cannot be where the proceeds go."
        raise Refused(Code.SAME_ACCOUNT, message, "proceeds_account")


def _charge_through(holdings: Holdings, asset: Asset, life: Life, year: int) -> Posted:
    first = life.terms.start.year if life.through is None else life.through + 1
    if year - first >= MOST_YEARS:
        raise Refused(Code.TOO_FAR, f"At most {MOST_YEARS} years are charged at once; got {year - first + 1}.", "year")
    charges = [_charge(holdings, asset, one, on=date(one, 12, 31)) for one in range(first, year + 1)]
    return Posted(sum(charge > 0 for charge in charges), sum(charges))


def _charge(holdings: Holdings, asset: Asset, year: int, *, on: date, gone: date | None = None) -> int:
    """Charge one year, dated `on`; what it was. gone: the day on which the asset leaves, if it does."""
    life = asset.life
    assert life is not None
    minor = charge_of_year(life.terms, year, life.charged_minor, gone)
    if minor:
        assert life.kind.expense is not None
        assert life.kind.accumulated is not None
        postings = (Posting(life.kind.expense, minor, asset.id), Posting(life.kind.accumulated, -minor, asset.id))
        _post(holdings, asset, on, "Depreciation", postings)
    through = life.through if gone is not None else year
    holdings.set_life(asset, replace(life, charged_minor=life.charged_minor + minor, through=through))
    return minor


def _counter(holdings: Holdings, asset: Asset, account: Account, minor: int) -> Posting:
    """A line on an account that is not the asset's own: it names the asset only where it must."""
    return Posting(account, minor, asset.id if holdings.vouchers.demands_asset(account) else None)


def _post(holdings: Holdings, asset: Asset, on: date, what: str, postings: Iterable[Posting]) -> None:
    journal = Journal(start_of(on), tuple(postings), note=Note(memo=f"{what} of asset {asset.id}"))
    holdings.vouchers.post(journal, of_life=True)
