"""Value changes: recorded with the entry that each posts, amended by another, voided by a reversal.

Decides when a change is accepted, what a replay of its external id is (DECISIONS 11), what makes an
amendment post again (DECISIONS 10), and that a voided change stays readable (A1 to A3). Every change
counts in the accrual books only (C1, C2, DECISIONS 3).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from mock_server.domain import money
from mock_server.domain.accounts import Account, AccountRef, Chart
from mock_server.domain.assets import Asset, AssetRef, Assets
from mock_server.domain.carrying import above_zero
from mock_server.domain.effects import Effect, postings
from mock_server.domain.entries import Entry
from mock_server.domain.instants import Instant
from mock_server.domain.journal import ACCRUAL_ONLY, NO_NOTE, Journal, Note
from mock_server.domain.ledger import Ledger
from mock_server.domain.order import Ask, Order, Page, page_of, place, serial_at
from mock_server.domain.record import Record, revised
from mock_server.domain.refused import Code, Refused
from mock_server.domain.timeline import Sort
from mock_server.domain.undo import Undo

_NO_FLOOR: Final = nullcontext()


class ChangeTerms(Record, frozen=True):
    """What a caller may say about a change, complete: what was left out has its old value already."""

    amount_minor: int
    effect: Effect
    counter: AccountRef
    instant: Instant
    note: Note = NO_NOTE


class ValueChange(Record, frozen=True, eq=False):
    """A change as it stands. asset: the asset's serial. entry: its entry that counts, or counted last."""

    id: str
    serial: int
    asset: int
    external_id: str | None
    amount_minor: int
    effect: Effect
    counter: Account
    instant: Instant
    note: Note
    entry: Entry
    voided_ns: int | None = None

    @property
    def live(self) -> bool:
        """Whether it counts."""
        return self.voided_ns is None


class Changes:
    """The register of value changes. Records are replaced, never changed."""

    def __init__(
        self,
        assets: Assets,
        chart: Chart,
        ledger: Ledger,
        undo: Undo,
        *,
        now_ns: Callable[[], int],
        new_id: Callable[[], str],
        keeps_floor: bool,
    ) -> None:
        """`keeps_floor`: refuse what takes an asset's carrying value below zero."""
        self._assets = assets
        self._chart = chart
        self._ledger = ledger
        self._undo = undo
        self._now_ns = now_ns
        self._new_id = new_id
        self._keeps_floor = keeps_floor
        self._rows: list[ValueChange] = []
        self._by_id: dict[str, int] = {}
        self._by_external_id: dict[str, int] = {}
        self._of_asset: dict[int, list[int]] = {}
        self._live = Order()  # serials
        self._live_by_time = Order()  # places of (instant, serial)

    def __len__(self) -> int:
        return len(self._rows)

    def at(self, serial: int) -> ValueChange:
        """The change with that serial."""
        return self._rows[serial]

    def find(self, change_id: str) -> ValueChange | None:
        """The change with that id, voided or not."""
        serial = self._by_id.get(change_id)
        return None if serial is None else self._rows[serial]

    def find_external(self, external_id: str) -> ValueChange | None:
        """The change with that id of the caller's, voided or not."""
        serial = self._by_external_id.get(external_id)
        return None if serial is None else self._rows[serial]

    def of(self, asset: Asset) -> tuple[ValueChange, ...]:
        """The asset's live changes, by instant and then in order of creation."""
        live = (self._rows[serial] for serial in self._of_asset.get(asset.serial, ()))
        return tuple(sorted(live, key=lambda change: (change.instant.ns, change.serial)))

    def page(self, ask: Ask, *, sort: Sort) -> Page[ValueChange]:
        """One page of the live changes of all assets."""
        order = self._live_by_time if sort is Sort.TIME else self._live
        places = order.walk(descending=ask.descending, after=ask.after)
        return page_of(places, ask, len(order), lambda at: self._rows[serial_at(at)])

    def post(self, asset: AssetRef, terms: ChangeTerms, *, external_id: str | None = None) -> tuple[ValueChange, bool]:
        """Record a change and post its entry, or find the same one; and whether it is new.

        Raises Refused: what `Assets.resolve`, `Chart.resolve`, `Asset.moved_by`, `money.positive` and
        `Ledger.post` raise; REPLAY_DIFFERS, VOIDED_CHANGE, ARCHIVED_ASSET, SAME_ACCOUNT.
        """
        with self._undo.command():
            named = self._assets.resolve(asset)
            known = None if external_id is None else self.find_external(external_id)
            if known is not None:
                return self._replayed(known, named, terms), False
            counter = self._chart.resolve(terms.counter)
            journal = self._journal(named, counter, terms, asset.at)
            change_id = self._new_id()
            with self._above_floor(named, journal.instant):
                change = ValueChange(
                    id=change_id,
                    serial=len(self._rows),
                    asset=named.serial,
                    external_id=external_id,
                    amount_minor=terms.amount_minor,
                    effect=terms.effect,
                    counter=counter,
                    instant=terms.instant,
                    note=terms.note,
                    entry=self._ledger.post(journal, origin=change_id),
                )
                self._record(change)
            return change, True

    def amend(self, change: ValueChange, terms: ChangeTerms) -> ValueChange:
        """Put new terms in place of the old. Another amount, effect, account or instant posts again.

        Raises Refused: VOIDED_CHANGE, and where it posts again what `post` and `Ledger.reverse` raise.
        """
        self._check_live(change)
        with self._undo.command():
            counter = self._chart.resolve(terms.counter)
            amended = revised(
                change,
                amount_minor=terms.amount_minor,
                effect=terms.effect,
                counter=counter,
                instant=terms.instant,
                note=terms.note,
            )
            if _posted_as(change) == _posted_as(amended):
                self._exchange(change, amended)
                return amended
            asset = self._assets.at(change.asset)
            journal = self._journal(asset, counter, terms)
            with self._above_floor(asset, min(change.instant, journal.instant, key=_ns)):
                self._ledger.reverse(change.entry)
                amended = revised(amended, entry=self._ledger.post(journal, origin=change.id))
                self._exchange(change, amended)
            return amended

    def void(self, change: ValueChange) -> ValueChange:
        """Take a change out of the books by reversing its entry; a second time changes nothing (A2).

        Raises Refused: CLOSED_PERIOD.
        """
        if not change.live:
            return change
        asset = self._assets.at(change.asset)
        with self._undo.command(), self._above_floor(asset, change.instant):
            self._ledger.reverse(change.entry)
            voided = revised(change, voided_ns=self._now_ns())
            self._exchange(change, voided)
            return voided

    def _journal(self, asset: Asset, counter: Account, terms: ChangeTerms, at: str = "") -> Journal:
        """`at`: the caller's label of the asset."""
        if asset.archived_ns is not None:
            message = f"Asset {asset.name[:64]!r} is archived; no entry is posted for it any more."
            raise Refused(Code.ARCHIVED_ASSET, message, at)
        amount_minor = money.positive(terms.amount_minor)
        moved = asset.moved_by(terms.effect)
        if counter is moved:
            message = f"The counter account is {moved.name[:64]!r}, which the change moves; name another one."
            raise Refused(Code.SAME_ACCOUNT, message)
        sides = postings(terms.effect, amount_minor, moved=moved, counter=counter)
        return Journal(terms.instant, sides, ACCRUAL_ONLY, terms.note)

    def _replayed(self, known: ValueChange, asset: Asset, terms: ChangeTerms) -> ValueChange:
        self._check_live(known)
        sent = revised(
            known,
            asset=asset.serial,
            amount_minor=terms.amount_minor,
            effect=terms.effect,
            counter=self._chart.resolve(terms.counter),
            instant=terms.instant,
            note=terms.note,
        )
        if _said_of(sent) != _said_of(known):
            message = f"External id {known.external_id!r:.80} is that of a value change with other contents."
            raise Refused(Code.REPLAY_DIFFERS, message)
        return known

    def _check_live(self, change: ValueChange) -> None:
        if not change.live:
            raise Refused(Code.VOIDED_CHANGE, "The value change was voided and cannot be amended or sent again.")

    def _above_floor(self, asset: Asset, since: Instant) -> AbstractContextManager[None]:
        if not self._keeps_floor:
            return _NO_FLOOR
        return above_zero(self._ledger, asset, since.day, lambda: self.of(asset))

    def _record(self, change: ValueChange) -> None:
        self._undo.append(self._rows, change)
        self._undo.put(self._by_id, change.id, change.serial)
        if change.external_id is not None:
            self._undo.put(self._by_external_id, change.external_id, change.serial)
        self._list(change)
        self._undo.did(self._unlist, change)

    def _exchange(self, old: ValueChange, new: ValueChange) -> None:
        self._unlist(old)
        self._undo.did(self._list, old)
        self._undo.replace(self._rows, old.serial, new)
        if new.live:
            self._list(new)
            self._undo.did(self._unlist, new)

    def _list(self, change: ValueChange) -> None:
        insort(self._of_asset.setdefault(change.asset, []), change.serial)
        self._live.add(change.serial)
        self._live_by_time.add(place(change.instant.ns, change.serial))

    def _unlist(self, change: ValueChange) -> None:
        serials = self._of_asset[change.asset]
        serials.pop(bisect_left(serials, change.serial))
        self._live.remove(change.serial)
        self._live_by_time.remove(place(change.instant.ns, change.serial))


def _posted_as(change: ValueChange) -> tuple[int, Effect, Account, Instant]:
    """What its entry is made of."""
    return change.amount_minor, change.effect, change.counter, change.instant


def _said_of(change: ValueChange) -> tuple[object, ...]:
    """What a replay must repeat."""
    return (change.asset, *_posted_as(change), change.note)


def _ns(instant: Instant) -> int:
    return instant.ns
