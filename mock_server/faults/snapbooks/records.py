"""Faults of what is kept of Snapbooks' assets, and of who changed them when.

Decides these faults alone. Each class stands in for one of the books' and gets one thing wrong.
"""

from __future__ import annotations

from typing import Final

from mock_server.domain.holdings.holdings import Holdings
from mock_server.domain.holdings.records import Asset
from mock_server.faults.fault import Family, Parts, recast, with_body, with_handlers
from mock_server.faults.snapbooks.shelf import asset_of, holdings_of, shelf, tenants_of
from mock_server.surface import Answer, Handler, Refusal, Request

SHELF: Final = shelf(Family.STATE)

_LONGEST: Final = 200
_NOBODY: Final = 1


@SHELF.books("name-cut", "A name is cut after 200 characters.", "snapbooks.R1", "snapbooks.R2", "snapbooks.R3")
class _NameCut(Holdings):
    def create(self, name: str, user: int) -> Asset:
        return super().create(name[:_LONGEST], user)

    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name[:_LONGEST], user)


@SHELF.books("newest-renamed", "A rename goes to the newest asset.", "snapbooks.R2", "snapbooks.R3")
class _NewestRenamed(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(self.assets()[-1], name, user)


@SHELF.books(
    "number-used-again", "An asset gets the number of one that was deactivated.", "snapbooks.R5", "snapbooks.R6"
)
class _NumberAgain(Holdings):
    def create(self, name: str, user: int) -> Asset:
        asset = super().create(name, user)
        gone = [other.number for other in self.assets() if not other.active]
        with self.undo.command():
            self.undo.assign(asset, number=gone[-1] if gone else asset.number)
        return asset


@SHELF.books("rename-renumbers", "A rename gives the next number.", "snapbooks.R6", "snapbooks.R3")
class _Renumbers(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name, user)
        with self.undo.command():
            self.undo.assign(self, _last_number=self._last_number + 1)
            self.undo.assign(asset, number=self._last_number)


@SHELF.books("rename-makes-anew", "A rename makes its user the asset's creator, now.", "snapbooks.R8", "snapbooks.R3")
class _MadeAnew(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name, user)
        with self.undo.command():
            self.undo.assign(asset, created_ns=self._now_ns(), created_by=_NOBODY)


@SHELF.books("rename-undated", "A rename leaves updated_at as it was.", "snapbooks.R35")
class _Undated(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        before = asset.updated_ns
        super().rename(asset, name, user)
        with self.undo.command():
            self.undo.assign(asset, updated_ns=before)


@SHELF.books("rename-unsigned", "A rename is another user's.", "snapbooks.R35")
class _Unsigned(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name, _NOBODY)


@SHELF.books("born-changed", "A new asset was last changed a minute before it was made.", "snapbooks.R9")
class _BornChanged(Holdings):
    def create(self, name: str, user: int) -> Asset:
        asset = super().create(name, user)
        with self.undo.command():
            self.undo.assign(asset, updated_ns=asset.created_ns - 60_000_000_000)
        return asset


@SHELF.books("rename-reactivates", "A rename makes an inactive asset active.", "snapbooks.R3", "snapbooks.R12")
class _Reactivates(Holdings):
    def rename(self, asset: Asset, name: str, user: int) -> None:
        super().rename(asset, name, user)
        with self.undo.command():
            self._unlist(asset)
            self.undo.assign(asset, active=True)
            self._list(asset)


@SHELF.fault("deactivation-undone", "A deactivation is answered and does nothing.", "snapbooks.R12")
def _deactivation_undone(parts: Parts) -> Parts:
    class _DoesNothing(Holdings):
        def deactivate(self, asset: Asset, user: int) -> None:
            """Nothing."""

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            found = handler(request)
            return with_body(found, {**found.body, "is_active": False})

        return answer

    return recast(with_handlers(parts, "deactivateAsset", wrong), _DoesNothing)


@SHELF.handlers(
    "deactivated-gone", "The id of a deactivated asset is answered with 404.", "snapbooks.R12", of="getAsset"
)
def _gone(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        found = handler(request)
        return found if found.body["is_active"] else Answer(404, {"error": "Asset not found", "status": 404})

    return answer


@SHELF.books("deactivated-nameless", "A deactivated asset has lost its name.", "snapbooks.R12", "snapbooks.R2")
class _Nameless(Holdings):
    def deactivate(self, asset: Asset, user: int) -> None:
        super().deactivate(asset, user)
        with self.undo.command():
            self.undo.assign(asset, name="(deactivated)")


@SHELF.answers(
    "deactivation-shown-active", "The reply to a deactivation says active.", "snapbooks.R11", "S3", of="deactivateAsset"
)
def _shown_active(_request: Request, answer: Answer) -> Answer:
    return with_body(answer, {**answer.body, "is_active": True})


@SHELF.handlers(
    "account-moved",
    "A PUT with another client account is shown to have moved the asset.",
    "snapbooks.R4",
    of="updateAsset",
)
def _account_moved(handler: Handler) -> Handler:
    def answer(request: Request) -> Answer:
        asked = request.body.pop("client_account_id", None)
        found = handler(request)
        return found if asked is None else with_body(found, {**found.body, "client_account_id": asked})

    return answer


@SHELF.fault("sent-number-kept", "A sequence number that a client sends is stored.", "snapbooks.R10")
def _sent_number_kept(parts: Parts) -> Parts:
    tenants = tenants_of(parts)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            found, sent = handler(request), request.body.get("sequence_number")
            holdings = holdings_of(tenants, request)
            if sent is None or holdings is None:
                return found
            holdings.assets()[-1].number = sent
            return with_body(found, {**found.body, "sequence_number": sent})

        return answer

    return with_handlers(parts, "createAsset", wrong)


@SHELF.fault("refused-half-done", "A refused PUT of another client account stores the name.", "L5")
def _refused_half_done(parts: Parts) -> Parts:
    tenants = tenants_of(parts)

    def wrong(handler: Handler) -> Handler:
        def answer(request: Request) -> Answer:
            try:
                return handler(request)
            except Refusal:
                asset = asset_of(tenants, request)
                if asset is not None:
                    asset.name = request.body["name"]
                raise

        return answer

    return with_handlers(parts, "updateAsset", wrong)
