"""Faults of what denies a deactivation, and of what is said of it.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.accounts import Account
from mock_server.domain.holdings.holdings import BalancesLeft, Holdings
from mock_server.domain.holdings.records import Asset
from mock_server.faults.fault import Family
from mock_server.faults.snapbooks.shelf import shelf

SHELF: Final = shelf(Family.ACCOUNTING)

Balances = list[tuple[Account, int]]
_KRONE: Final = 100


@SHELF.books("guard-off", "An asset with balances is deactivated.", "snapbooks.R13", "snapbooks.R17")
class _Off(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        return []


@SHELF.books("guard-nets", "Balances that make up for each other do not deny a deactivation.", "snapbooks.R17")
class _Nets(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        left = super().blocking(asset)
        return left if sum(minor for _, minor in left) else []


@SHELF.books("guard-minds-debits", "A credit balance does not deny a deactivation.", "snapbooks.R13", "snapbooks.R14")
class _Debits(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        return [(account, minor) for account, minor in super().blocking(asset) if minor > 0]


@SHELF.books("guard-minds-kroner", "Less than a krone does not deny a deactivation.", "snapbooks.R13", "snapbooks.R14")
class _Kroner(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        return [(account, minor) for account, minor in super().blocking(asset) if abs(minor) >= _KRONE]


@SHELF.books(
    "guard-minds-every-account",
    "A balance on an account that demands no asset denies a deactivation.",
    "snapbooks.R16",
    "snapbooks.R14",
)
class _EveryAccount(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        left = self.ledger.balances_about(asset.id).items()
        return sorted(((account, minor) for account, minor in left if minor), key=lambda one: one[0].key or "")


@SHELF.books(
    "guard-minds-other-assets",
    "Another asset's balance denies a deactivation.",
    "snapbooks.R16",
    "snapbooks.R14",
    "snapbooks.R18",
)
class _OtherAssets(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        found = [(account, self.ledger.balance(account)) for account in self.chart]
        return [(account, minor) for account, minor in found if minor and self.vouchers.demands_asset(account)]


@SHELF.books("guard-minds-drafts", "A draft denies a deactivation.", "snapbooks.R18", "snapbooks.R14", "snapbooks.R16")
class _Drafts(Holdings):
    def blocking(self, asset: Asset) -> Balances:
        drafts = [
            (posting.account, posting.minor)
            for voucher in self.vouchers.about(asset.id)
            if voucher.entry is None
            for posting in voucher.journal.postings
            if posting.about == asset.id and self.vouchers.demands_asset(posting.account)
        ]
        return super().blocking(asset) or drafts


class _Telling(Holdings):
    """Denies rightly and tells it wrongly."""

    def told(self, left: Balances) -> Balances:
        """What the denial says."""
        raise NotImplementedError

    def deactivate(self, asset: Asset, user: int) -> None:
        try:
            super().deactivate(asset, user)
        except BalancesLeft as denied:
            raise BalancesLeft(self.told(list(denied.balances))) from None


@SHELF.books("denial-of-the-first", "A denial names the first account only.", "snapbooks.R14")
class _First(_Telling):
    def told(self, left: Balances) -> Balances:
        return left[:1]


@SHELF.books("denial-without-signs", "A denial names balances without their signs.", "snapbooks.R14")
class _NoSigns(_Telling):
    def told(self, left: Balances) -> Balances:
        return [(account, abs(minor)) for account, minor in left]


@SHELF.books("denial-in-kroner", "A denial names balances in whole kroner.", "snapbooks.R14")
class _WholeKroner(_Telling):
    def told(self, left: Balances) -> Balances:
        return [(account, minor // _KRONE * _KRONE) for account, minor in left]


@SHELF.books(
    "denied-yet-inactive", "A deactivation that is denied makes the asset inactive.", "snapbooks.R15", "snapbooks.R12"
)
class _Denied(Holdings):
    def deactivate(self, asset: Asset, user: int) -> None:
        try:
            super().deactivate(asset, user)
        except BalancesLeft:
            asset.active = False
            raise
