"""Entries as a client account keeps them: drafts, posted ones, and cancellations.

Decides that a line on an account that demands an asset names one, and that an inactive asset takes no new
lines (DECISIONS 32); that a draft is asked the same and counts in no balance; and that cancelling a posted
entry posts its reversal, so that both count and add up to nothing. What is posted is the ledger's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mock_server.domain.accounts import Account
from mock_server.domain.holdings.records import Voucher
from mock_server.domain.journal import Journal
from mock_server.domain.ledger import Ledger
from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Undo


class Vouchers:
    """All vouchers of one client account, in order of creation."""

    def __init__(self, ledger: Ledger, undo: Undo, *, is_active: Callable[[int], bool]) -> None:
        """`is_active`: whether an asset is; raises Refused (UNKNOWN_ASSET)."""
        self._ledger = ledger
        self._undo = undo
        self._is_active = is_active
        self._vouchers: list[Voucher] = []  # number n at n - 1
        self._about: dict[int, list[Voucher]] = {}  # an asset's id → those with a line about it
        self._demanding: dict[Account, bool] = {}

    def demands_asset(self, account: Account) -> bool:
        """Whether each line on the account must name an asset."""
        return self._demanding.get(account, False)

    def set_demand(self, account: Account, demands_asset: bool) -> None:
        """Say whether lines on the account must name an asset. What has been posted stays as it is."""
        with self._undo.command():
            self._undo.put(self._demanding, account, demands_asset)

    # ---- reading ------------------------------------------------------------------------------

    def find(self, number: int) -> Voucher | None:
        """The voucher with that number."""
        return self._vouchers[number - 1] if 0 < number <= len(self._vouchers) else None

    def all(self) -> Sequence[Voucher]:
        """All of them. To be looked at only."""
        return self._vouchers

    def about(self, asset_id: int) -> Sequence[Voucher]:
        """Those with a line that names the asset. To be looked at only."""
        return self._about.get(asset_id, ())

    # ---- writing ------------------------------------------------------------------------------

    def draft(self, journal: Journal) -> Voucher:
        """Keep an entry that is not posted. Raises Refused: NO_DIMENSION, UNKNOWN_ASSET, INACTIVE_ASSET."""
        with self._undo.command():
            self._check(journal)
            return self._add(journal)

    def post(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        """Post an entry. Raises Refused: as `draft`; what `Ledger.post` raises."""
        with self._undo.command():
            self._check(journal)
            voucher = self._add(journal, of_life=of_life)
            self._undo.assign(voucher, entry=self._ledger.post(journal))
            return voucher

    def publish(self, voucher: Voucher) -> None:
        """Post a draft. Raises Refused: NOT_A_DRAFT; as `post`."""
        if voucher.entry is not None or voucher.cancelled:
            raise Refused(Code.NOT_A_DRAFT, "The entry is no draft any more.")
        with self._undo.command():
            self._check(voucher.journal)
            self._undo.assign(voucher, entry=self._ledger.post(voucher.journal))

    def cancel(self, voucher: Voucher) -> None:
        """Cancel a voucher.

        Raises Refused: CANCELLED, ENTRY_OF_A_LIFE, INACTIVE_ASSET; what `Ledger.reverse` raises.
        """
        if voucher.cancelled or voucher.cancels is not None:
            raise Refused(Code.CANCELLED, "The entry was cancelled, or is itself a cancellation.")
        if voucher.of_life:
            message = "The entry was posted for what became of an asset; it cannot be cancelled by itself."
            raise Refused(Code.ENTRY_OF_A_LIFE, message)
        with self._undo.command():
            self._undo.assign(voucher, cancelled=True)
            if voucher.entry is None:
                return
            self._check_active(voucher.journal)
            reversal, _made = self._ledger.reverse(voucher.entry)
            turned = self._add(reversal.journal)
            self._undo.assign(turned, entry=reversal, cancels=voucher.number)
            self._undo.assign(voucher, cancelled_by=turned.number)

    # ---- inside -------------------------------------------------------------------------------

    def _check(self, journal: Journal) -> None:
        for posting in journal.postings:
            if posting.about is None and self.demands_asset(posting.account):
                message = f"A line on account {posting.account.key} must name an asset."
                raise Refused(Code.NO_DIMENSION, message)
        self._check_active(journal)

    def _check_active(self, journal: Journal) -> None:
        for posting in journal.postings:
            if posting.about is not None and not self._is_active(posting.about):
                message = f"Asset {posting.about} was deactivated and takes no lines."
                raise Refused(Code.INACTIVE_ASSET, message)

    def _add(self, journal: Journal, *, of_life: bool = False) -> Voucher:
        voucher = Voucher(len(self._vouchers) + 1, journal, of_life=of_life)
        self._undo.append(self._vouchers, voucher)
        for asset_id in dict.fromkeys(posting.about for posting in journal.postings):
            if asset_id is not None:
                self._undo.append(self._about.setdefault(asset_id, []), voucher)
        return voucher
