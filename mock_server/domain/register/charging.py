"""Depreciation as it is posted: charges, and charges taken back.

Decides one journal for each asset and month, debit expense, credit accumulated depreciation, dated at
the month end; taking one back is its reversal at its own date (DECISIONS 6, L7), so that what is left
of an asset's charges is what its accounts hold. All journals of the register are of the accrual books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from mock_server.domain.entries import Entry
from mock_server.domain.instants import Instant, start_of
from mock_server.domain.journal import ACCRUAL_ONLY, Journal, Note, Posting
from mock_server.domain.refused import Code, Refused
from mock_server.domain.register.dues import accounts_of, dues
from mock_server.domain.register.records import Asset, Charge, Facts, Status
from mock_server.domain.register.shelf import Register


@dataclass(frozen=True, slots=True)
class Posted:
    """How many journals a command posted or reversed, and how much depreciation they hold."""

    journals: int = 0
    minor: int = 0


NOTHING = Posted()


def check_status(asset: Asset, status: Status) -> None:
    """Raises Refused (WRONG_STATUS)."""
    if asset.status is not status:
        message = f"The asset is {asset.status.value}; only a {status.value} one can be treated so."
        raise Refused(Code.WRONG_STATUS, message)


def post_on(
    register: Register, asset_id: str, day: date, postings: Iterable[Posting], what: str, facts: Facts
) -> Entry:
    """Post a journal for an asset, without postings of nothing. what: for its memo. Only inside a command.

    Raises Refused: what `Ledger.post` raises.
    """
    journal = Journal(
        start_of(day),
        tuple(posting for posting in postings if posting.minor),
        bases=ACCRUAL_ONLY,
        note=Note(memo=f"{what} of {facts.number}"),
    )
    return register.ledger.post(journal, origin=asset_id)


def charge_through(register: Register, assets: Iterable[Asset], through: date | None) -> Posted:
    """Post what the assets lack through that day; None is a day before all. Only inside a command.

    Month by month, and in each month asset by asset: that is how books are kept, and entries that arrive
    in order of time cost the ledger less than back-dated ones.

    Raises Refused: what `Schedules.of` and `Ledger.post` raise.
    """
    if through is None:
        return NOTHING
    missing: list[tuple[date, int, _Poster]] = []
    posters = []
    for asset in assets:
        found = list(dues(asset, register.schedule_of(asset), through))
        if found:
            poster = _Poster(asset)
            posters.append(poster)
            missing += [(day, minor, poster) for day, minor in found]
    missing.sort(key=itemgetter(0))  # stable
    for day, month in groupby(missing, key=itemgetter(0)):
        instant = start_of(day)
        for _day, minor, poster in month:
            entry = register.ledger.post(poster.journal(instant, minor), origin=poster.asset.id)
            poster.charges.append(Charge(day, minor, entry.id))
    for poster in posters:
        register.change(poster.asset, charges=(*poster.asset.charges, *poster.charges))
    return Posted(len(missing), sum([minor for _day, minor, _poster in missing]))


def take_back(register: Register, asset: Asset, unless: Callable[[Charge], bool]) -> Posted:
    """Reverse the charges that do not stay. Only inside a command.

    Raises Refused: what `Ledger.reverse` raises.
    """
    going = [charge for charge in asset.charges if not unless(charge)]
    if not going:
        return NOTHING
    ledger = register.ledger
    for charge in reversed(going):
        entry = ledger.find(charge.entry_id)
        assert entry is not None
        ledger.reverse(entry)
    register.change(asset, charges=tuple(charge for charge in asset.charges if unless(charge)))
    return Posted(len(going), sum(charge.minor for charge in going))


class _Poster:
    """What the journals of one asset have in common."""

    __slots__ = ("_accumulated", "_expense", "_note", "asset", "charges")

    def __init__(self, asset: Asset) -> None:
        accounts = accounts_of(asset.facts)
        assert accounts.expense is not None
        assert accounts.accumulated is not None
        self.asset = asset
        self.charges: list[Charge] = []
        self._expense = accounts.expense
        self._accumulated = accounts.accumulated
        self._note = Note(memo=f"Depreciation of {asset.facts.number}")

    def journal(self, instant: Instant, minor: int) -> Journal:
        """The journal of one month."""
        postings = (Posting(self._expense, minor), Posting(self._accumulated, -minor))
        return Journal(instant, postings, bases=ACCRUAL_ONLY, note=self._note)
