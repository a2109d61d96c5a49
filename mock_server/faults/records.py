"""Faults of state and identity: what is stored, and what is found by which name.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from mock_server.domain.assets import Asset, AssetRef, Assets, AssetTerms
from mock_server.domain.book import Book, JournalTerms
from mock_server.domain.changes import Changes, ChangeTerms, ValueChange
from mock_server.domain.effects import Effect
from mock_server.domain.entries import Entry
from mock_server.domain.record import revised
from mock_server.faults.fault import Family, Shelf

SHELF: Final = Shelf(Family.STATE)


class _Upserting(Assets):
    """Knows when an upsert amends a known asset."""

    def record(self, terms: AssetTerms, *, external_id: str | None = None) -> tuple[Asset, bool]:
        known = None if external_id is None else self.find_external(external_id)
        if known is None:
            return super().record(terms, external_id=external_id)
        return self._known(known, terms), False

    def _known(self, known: Asset, terms: AssetTerms) -> Asset:
        raise NotImplementedError


@SHELF.books("upsert-duplicates", "A known external id makes a second asset.", "layer.R5", "K1")
class _UpsertDuplicates(Assets):
    def record(self, terms: AssetTerms, *, external_id: str | None = None) -> tuple[Asset, bool]:
        asset, new = super().record(terms)
        if external_id is None:
            return asset, new
        with self._undo.command():
            named = revised(asset, external_id=external_id)
            self._undo.replace(self._rows, asset.serial, named)
            self._undo.put(self._by_external_id, external_id, asset.serial)
            return named, new


@SHELF.books("upsert-new-account", "An upsert of a known asset opens another ledger account for it.", "layer.R5")
class _UpsertNewAccount(_Upserting):
    def _known(self, known: Asset, terms: AssetTerms) -> Asset:
        with self._undo.command():
            account = self._chart.open_child(terms.name, self._chart.resolve(self._parent))
            self._undo.replace(self._rows, known.serial, revised(known, account=account))
            return self.amend(self.at(known.serial), terms)


@SHELF.books("upsert-drops-memo", "An upsert of a known asset keeps the old memo.", "layer.R6")
class _UpsertDropsMemo(_Upserting):
    def _known(self, known: Asset, terms: AssetTerms) -> Asset:
        return self.amend(known, revised(terms, note=revised(terms.note, memo=known.note.memo)))


@SHELF.books("upsert-does-nothing", "An upsert of a known asset answers it as it is and stores nothing.", "layer.R6")
class _UpsertDoesNothing(_Upserting):
    def _known(self, known: Asset, terms: AssetTerms) -> Asset:
        return known


@SHELF.books("case-blind", "External ids of assets are compared without case.", "layer.R30")
class _CaseBlind(Assets):
    def find_external(self, external_id: str) -> Asset | None:
        folded = external_id.casefold()
        return next((self.at(n) for known, n in self._by_external_id.items() if known.casefold() == folded), None)


@SHELF.books("prefix-found", "An asset is found by the beginning of its external id.", "layer.R30", "layer.R28")
class _PrefixFound(Assets):
    def find_external(self, external_id: str) -> Asset | None:
        longer = (self.at(n) for known, n in self._by_external_id.items() if known.startswith(external_id))
        return super().find_external(external_id) or next(longer, None)


@SHELF.books("amend-drops-reference", "An amendment of a value change's memo clears its reference number.", "layer.R11")
class _AmendDropsReference(Changes):
    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        if terms.note.memo != change.note.memo and terms.note.reference == change.note.reference:
            terms = revised(terms, note=revised(terms.note, reference=None))
        return super().amend(change, terms)


@SHELF.books("amend-keeps-memo", "An amendment of an asset answers and stores its old memo.", "layer.R11", "layer.R6")
class _AmendKeepsMemo(Assets):
    def amend(self, asset: Asset, terms: AssetTerms) -> Asset:
        return super().amend(asset, revised(terms, note=revised(terms.note, memo=asset.note.memo)))


@SHELF.books(
    "replay-posts",
    "A value change that is sent again under its external id posts again.",
    "O7",
    "M7",
    "layer.R17",
    "K2",
)
class _ReplayPosts(Changes):
    def _replayed(self, known: ValueChange, asset: Asset, terms: ChangeTerms) -> ValueChange:
        found = super()._replayed(known, asset, terms)
        self._ledger.post(found.entry.journal, origin=found.id)
        return found


@SHELF.books("journal-again", "A journal that is sent again under its external id is posted again.", "layer.R25")
class _JournalAgain(Book):
    def post_journal(self, terms: JournalTerms, *, external_id: str | None = None) -> tuple[Entry, bool]:
        entry, new = super().post_journal(terms, external_id=external_id)
        return (entry, new) if new else super().post_journal(terms)


@SHELF.books("first-selector-wins", "Of two selectors that name different assets the first one counts.", "layer.R8")
class _FirstSelectorWins(Assets):
    def resolve(self, ref: AssetRef) -> Asset:
        if ref.id is not None and ref.external_id is not None:
            ref = replace(ref, external_id=None)
        return super().resolve(ref)


@SHELF.books(
    "external-selector-ignored",
    "A value change that names its asset by external id goes to the newest asset.",
    "layer.R7",
    "V1",
    "layer.R1",
)
class _NewestAsset(Assets):
    def resolve(self, ref: AssetRef) -> Asset:
        found = super().resolve(ref)
        return found if ref.id is not None else self._rows[-1]


@SHELF.books(
    "depreciation-without-account",
    "Depreciation of an asset without an accumulated account posts to its own.",
    "layer.R2",
)
class _WithoutAccumulated(Changes):
    def _journal(self, asset: Asset, counter: Any, terms: ChangeTerms, at: str = "") -> Any:
        if terms.effect is Effect.DEPRECIATION and asset.accumulated is None:
            asset = revised(asset, accumulated=asset.account)
        return super()._journal(asset, counter, terms, at)
