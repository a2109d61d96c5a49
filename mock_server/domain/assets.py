"""The assets of one book.

Decides what an asset is, that each has a ledger account of its own, that a known external id merges
into the asset that has it (DECISIONS 9), and that archiving posts nothing (DECISIONS 12). Knows no
value changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mock_server.domain.accounts import Account, AccountRef, Chart
from mock_server.domain.effects import MOVES, Effect, Side
from mock_server.domain.journal import NO_NOTE, Note
from mock_server.domain.order import Ask, Order, Page, page_of
from mock_server.domain.record import Record, revised
from mock_server.domain.refused import Code, Refused
from mock_server.domain.undo import Undo


class AssetTerms(Record, frozen=True):
    """What a caller may say about an asset, complete: what was left out has its old value already.

    category: the API's own kind of asset. cost_minor, residual_minor, life_months: descriptive; they
    are in no sum and post nothing (DECISIONS 2).
    """

    name: str
    category: str
    accumulated: AccountRef | None = None
    cost_minor: int | None = None
    residual_minor: int | None = None
    life_months: int | None = None
    note: Note = NO_NOTE


class Asset(Record, frozen=True, eq=False):
    """An asset as it stands. `account` is its own; `accumulated` may be shared with others."""

    id: str
    serial: int
    external_id: str | None
    account: Account
    name: str
    category: str
    accumulated: Account | None
    cost_minor: int | None
    residual_minor: int | None
    life_months: int | None
    note: Note
    archived_ns: int | None = None

    def moved_by(self, effect: Effect) -> Account:
        """The account that a change of that effect moves.

        Raises Refused (NO_ACCUMULATED_ACCOUNT).
        """
        if MOVES[effect].side is Side.COST:
            return self.account
        if self.accumulated is None:
            message = f"Asset {self.name[:64]!r} has no accumulated account, which depreciation needs."
            raise Refused(Code.NO_ACCUMULATED_ACCOUNT, message)
        return self.accumulated


@dataclass(frozen=True, slots=True)
class AssetRef:
    """How a command names an asset: by id, by the caller's id, or by both when they agree.

    id_at, external_id_at: the caller's labels of the two for a refusal (`Refused.at`).
    """

    id: str | None = None
    external_id: str | None = None
    id_at: str = field(default="", compare=False)
    external_id_at: str = field(default="", compare=False)

    @property
    def at(self) -> str:
        """The label of what names the asset, the id's first; of what was to name it where nothing does."""
        if self.id is None and self.external_id is not None:
            return self.external_id_at
        return self.id_at or self.external_id_at


class Assets:
    """The register of assets. Records are replaced, never changed."""

    def __init__(
        self,
        chart: Chart,
        undo: Undo,
        *,
        parent: AccountRef,
        now_ns: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        """`parent`: the account under which each asset's own is opened."""
        self._chart = chart
        self._undo = undo
        self._parent = parent
        self._now_ns = now_ns
        self._new_id = new_id
        self._rows: list[Asset] = []
        self._by_id: dict[str, int] = {}
        self._by_external_id: dict[str, int] = {}
        self._active = Order()

    def __len__(self) -> int:
        return len(self._rows)

    def at(self, serial: int) -> Asset:
        """The asset with that serial."""
        return self._rows[serial]

    def find(self, asset_id: str) -> Asset | None:
        """The asset with that id."""
        serial = self._by_id.get(asset_id)
        return None if serial is None else self._rows[serial]

    def find_external(self, external_id: str) -> Asset | None:
        """The asset with that id of the caller's."""
        serial = self._by_external_id.get(external_id)
        return None if serial is None else self._rows[serial]

    def resolve(self, ref: AssetRef) -> Asset:
        """The asset that a command names.

        Raises Refused: NO_ASSET_NAMED, UNKNOWN_ASSET, ASSETS_DISAGREE.
        """
        found: list[Asset] = []
        for said, find, what, at in (
            (ref.id, self.find, "id", ref.id_at),
            (ref.external_id, self.find_external, "external id", ref.external_id_at),
        ):
            if said is None:
                continue
            asset = find(said)
            if asset is None:
                raise Refused(Code.UNKNOWN_ASSET, f"There is no asset with the {what} {said[:80]!r}.", at)
            found.append(asset)
        if not found:
            raise Refused(Code.NO_ASSET_NAMED, "Name the asset by its id or by its external id.", ref.at)
        if found[0] is not found[-1]:
            raise Refused(Code.ASSETS_DISAGREE, "The id and the external id name different assets.", ref.external_id_at)
        return found[0]

    def page(self, ask: Ask) -> Page[Asset]:
        """One page of the active assets, in order of creation."""
        serials = self._active.walk(descending=ask.descending, after=ask.after)
        return page_of(serials, ask, len(self._active), self.at)

    def record(self, terms: AssetTerms, *, external_id: str | None = None) -> tuple[Asset, bool]:
        """Make an asset and open its account, or amend the one with that external id; and whether it is new.

        Raises Refused: UNKNOWN_ACCOUNT, ARCHIVED_ASSET, TOO_DEEP.
        """
        known = None if external_id is None else self.find_external(external_id)
        if known is not None:
            return self.amend(known, terms), False
        with self._undo.command():
            accumulated = self._accumulated(terms)
            serial = len(self._rows)
            asset = Asset(
                id=self._new_id(),
                serial=serial,
                external_id=external_id,
                account=self._chart.open_child(terms.name, self._chart.resolve(self._parent)),
                name=terms.name,
                category=terms.category,
                accumulated=accumulated,
                cost_minor=terms.cost_minor,
                residual_minor=terms.residual_minor,
                life_months=terms.life_months,
                note=terms.note,
            )
            self._undo.append(self._rows, asset)
            self._undo.put(self._by_id, asset.id, serial)
            if external_id is not None:
                self._undo.put(self._by_external_id, external_id, serial)
            self._activate(serial)
            return asset, True

    def amend(self, asset: Asset, terms: AssetTerms) -> Asset:
        """Put new terms in place of the old; ids and the ledger account stay (DECISIONS 9, 10, 17).

        Raises Refused: ARCHIVED_ASSET, UNKNOWN_ACCOUNT; OWN_ACCOUNT where the accumulated account would be
        the asset's own, which would then be counted twice.
        """
        if asset.archived_ns is not None:
            raise Refused(Code.ARCHIVED_ASSET, f"Asset {asset.name[:64]!r} is archived and takes no changes.")
        with self._undo.command():
            accumulated = self._accumulated(terms)
            if accumulated is asset.account:
                raise Refused(Code.OWN_ACCOUNT, "The accumulated account is the asset's own; name another one.")
            amended = revised(
                asset,
                name=terms.name,
                category=terms.category,
                accumulated=accumulated,
                cost_minor=terms.cost_minor,
                residual_minor=terms.residual_minor,
                life_months=terms.life_months,
                note=terms.note,
            )
            self._undo.replace(self._rows, asset.serial, amended)
            return amended

    def archive(self, asset: Asset) -> Asset:
        """Take an asset off the list; a second time changes nothing."""
        if asset.archived_ns is not None:
            return asset
        with self._undo.command():
            archived = revised(asset, archived_ns=self._now_ns())
            self._undo.replace(self._rows, asset.serial, archived)
            self._undo.did(self._active.add, asset.serial)
            self._active.remove(asset.serial)
            return archived

    def _accumulated(self, terms: AssetTerms) -> Account | None:
        return None if terms.accumulated is None else self._chart.resolve(terms.accumulated)

    def _activate(self, serial: int) -> None:
        self._undo.did(self._active.remove, serial)
        self._active.add(serial)
